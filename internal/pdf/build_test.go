package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	script "github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"repertoire/assets"
	"repertoire/internal/layout"
)

// fontNames are the fonts tests set text in.
var fontNames = map[string]string{
	"serif":    "NotoSerif-Regular",
	"bold":     "NotoSerif-Bold",
	"arabic":   "NotoNaskhArabic-Regular",
	"armenian": "NotoSansArmenian-Regular",
	"japanese": "NotoSansJP-Regular",
}

type testFace struct {
	font *layout.Font
	face *font.Face
}

var loadedFaces sync.Map

func loadFace(t testing.TB, key string) testFace {
	t.Helper()
	if f, ok := loadedFaces.Load(key); ok {
		return f.(testFace)
	}
	data, err := assets.Font(fontNames[key])
	if err != nil {
		t.Fatal(err)
	}
	lf, err := layout.ParseFont(data)
	if err != nil {
		t.Fatal(err)
	}
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	f := testFace{lf, face}
	loadedFaces.Store(key, f)
	return f
}

// book builds display lists by hand, as layout would.
type book struct {
	t      testing.TB
	pages  *layout.Pages
	fonts  map[string]int
	page   *layout.Page
	nextID layout.NodeID
}

var black = layout.Color{K: 100}
var blue = layout.Color{C: 100, M: 60, K: 10, G: 82, B: 160}

func newBook(t testing.TB) *book {
	b := &book{t: t, fonts: map[string]int{}, nextID: 1}
	b.pages = &layout.Pages{
		Meta: layout.Meta{Title: "Répertoire des partenariats", Author: "Cités Unies France", Subject: "Essai",
			Keywords: []string{"jumelage", "coopération"}, Date: "2026-11-22T10:00:00+01:00"},
		Size: layout.Size{W: 595.28, H: 841.89}, Bleed: bleedWidth,
		Anchors: map[string]layout.Destination{}, Entries: map[string][]int{},
	}
	b.pages.Structure = b.node(nil, "Document")
	return b
}

func (b *book) node(parent *layout.Node, role string) *layout.Node {
	n := &layout.Node{ID: b.nextID, Role: role}
	b.nextID++
	if parent != nil {
		parent.Kids = append(parent.Kids, n)
	}
	return n
}

func (b *book) addPage(label string) {
	b.page = &layout.Page{Label: label}
	b.pages.Pages = append(b.pages.Pages, b.page)
}

func (b *book) add(it layout.Item) { b.page.Items = append(b.page.Items, it) }

func id(n *layout.Node) layout.NodeID {
	if n == nil {
		return 0
	}
	return n.ID
}

// text shapes a line in a font; RTL is told by the font.
func (b *book) text(n *layout.Node, key string, size, x, y float64, s string) *layout.Glyphs {
	f := loadFace(b.t, key)
	index, ok := b.fonts[key]
	if !ok {
		index = len(b.pages.Fonts)
		b.fonts[key] = index
		b.pages.Fonts = append(b.pages.Fonts, f.font)
	}
	g := &layout.Glyphs{Font: index, Size: size, X: x, Y: y, Text: s, Fill: black, Node: id(n)}
	in := shaping.Input{Text: []rune(s), RunEnd: len([]rune(s)), Direction: di.DirectionLTR, Face: f.face, Size: fixed.I(1000),
		Script: script.Latin, Language: "fr"}
	switch key {
	case "arabic":
		in.Direction, in.Script, in.Language, g.RTL, g.Lang = di.DirectionRTL, script.Arabic, "ar", true, "ar"
	case "armenian":
		in.Script, in.Language, g.Lang = script.Armenian, "hy", "hy"
	case "japanese":
		in.Script, in.Language, g.Lang = script.Han, "ja", "ja"
	}
	var shaper shaping.HarfbuzzShaper
	out := shaper.Shape(in)
	offsets := []int{}
	for at := range s {
		offsets = append(offsets, at)
	}
	offsets = append(offsets, len(s))
	scale := size / 1000 / 64
	last := -1
	for _, o := range out.Glyphs {
		gl := layout.Glyph{ID: uint16(o.GlyphID), DX: float32(float64(o.XOffset) * scale), DY: float32(float64(o.YOffset) * scale),
			Advance: float64(o.Advance) * scale}
		if at := o.TextIndex(); at != last {
			gl.Start, gl.End = int32(offsets[at]), int32(offsets[at+o.RunesCount()])
			last = at
		}
		g.Run = append(g.Run, gl)
	}
	b.add(g)
	return g
}

func rect(x, y, w, h float64) []layout.PathOp {
	return []layout.PathOp{{Kind: 'M', X: x, Y: y}, {Kind: 'L', X: x + w, Y: y}, {Kind: 'L', X: x + w, Y: y + h},
		{Kind: 'L', X: x, Y: y + h}, {Kind: 'Z'}}
}

func (b *book) fill(n *layout.Node, c layout.Color, ops []layout.PathOp) {
	b.add(&layout.Path{Ops: ops, Fill: c, Stroke: layout.Color{None: true}, Node: id(n)})
}

// photo makes a picture with all hues.
func photo(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8((x + y) * 255 / (w + h)), 255})
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func (b *book) picture(n *layout.Node, data []byte, format string, pw, ph int, x, y, w, h float64) *layout.Picture {
	p := &layout.Picture{X: x, Y: y, W: w, H: h, Data: data, Format: format, PixelW: pw, PixelH: ph, Node: id(n),
		Origin: layout.Origin{Entry: "e1", Title: "Lille – Saint-Louis", Field: "pictures.0"}}
	b.add(p)
	return p
}

const lorem = "La commune de Saint‑Étienne entretient depuis 1959 un jumelage avec Wuppertal : échanges, offices, fêtes."

// sample is a small book that shows every feature.
func sample(t testing.TB) *book {
	b := newBook(t)
	doc := b.pages.Structure
	// cover
	b.addPage("")
	b.fill(nil, blue, rect(-bleedWidth, -bleedWidth, 595.28+2*bleedWidth, 300))
	title := b.node(doc, "H1")
	b.text(title, "bold", 30, 60, 200, "Répertoire des partenariats").Fill = layout.Color{R: 255, G: 255, B: 255}
	// contents
	b.addPage("i")
	toc := b.node(doc, "TOC")
	b.pages.Anchors["fiche-1"] = layout.Destination{Page: 2, Y: 80}
	b.pages.Anchors["fiche-2"] = layout.Destination{Page: 3, Y: 80}
	for i := range 2 {
		item := b.node(toc, "TOCI")
		ref := b.node(item, "Reference")
		link := b.node(ref, "Link")
		y := 100 + 20*float64(i)
		b.text(item, "serif", 10, 60, y, fmt.Sprintf("Fiche %d : Lille – Saint-Louis ", i+1))
		b.text(link, "serif", 10, 500, y, fmt.Sprint(i+1))
		b.add(&layout.Link{X: 500, Y: y - 10, W: 20, H: 12, Anchor: fmt.Sprintf("fiche-%d", i+1),
			Alt: fmt.Sprintf("Aller à la fiche %d", i+1), Node: link.ID})
	}
	for i := range 2 {
		entry := b.entry(i)
		b.pages.Outline = append(b.pages.Outline, entry)
	}
	return b
}

func (b *book) entry(i int) layout.Bookmark {
	doc := b.pages.Structure
	b.addPage(fmt.Sprint(i + 1))
	b.text(nil, "serif", 8, 60, 30, "Répertoire")
	sect := b.node(doc, "Sect")
	b.text(b.node(sect, "H2"), "bold", 18, 60, 80, fmt.Sprintf("Fiche %d : office des fêtes", i+1))
	p := b.node(sect, "P")
	for l := range 8 {
		b.text(p, "serif", 10, 60, 110+13*float64(l), lorem+" ")
	}
	p = b.node(sect, "P")
	link := b.node(p, "Link")
	b.text(p, "serif", 10, 60, 240, "Voir ")
	b.text(link, "serif", 10, 90, 240, "www.lille.fr")
	b.add(&layout.Link{X: 90, Y: 230, W: 60, H: 12, URL: "https://www.lille.fr/é", Alt: "Site de Lille", Node: link.ID})
	b.text(p, "serif", 10, 160, 240, " pour en savoir plus.")
	b.text(b.node(sect, "P"), "arabic", 14, 60, 270, "بلدية توأمة الجزائر")
	b.text(b.node(sect, "P"), "armenian", 12, 60, 300, "Հայաստան Երևան")
	b.text(b.node(sect, "P"), "japanese", 12, 60, 330, "日本の姉妹都市 横浜")
	table := b.node(sect, "Table")
	for r := range 2 {
		row := b.node(table, "TR")
		for c := range 2 {
			role := "TD"
			if r == 0 {
				role = "TH"
			}
			cell := b.node(row, role)
			cell.Scope = "Column"
			b.text(b.node(cell, "P"), "serif", 9, 60+200*float64(c), 360+14*float64(r), fmt.Sprintf("Cellule %d %d", r, c))
		}
		b.add(&layout.Path{Ops: []layout.PathOp{{Kind: 'M', X: 60, Y: 365 + 14*float64(r)}, {Kind: 'L', X: 460, Y: 365 + 14*float64(r)}},
			Fill: layout.Color{None: true}, Stroke: black, Width: 0.5})
	}
	fig := b.node(sect, "Figure")
	fig.Alt = "Photographie du marché"
	img := photo(400, 300)
	b.picture(fig, jpegOf(b.t, img), "jpeg", 400, 300, 60, 420, 100, 75)
	chart := b.node(sect, "Figure")
	chart.Alt = "Diagramme"
	b.add(&layout.Path{Ops: []layout.PathOp{{Kind: 'M', X: 300, Y: 420}, {Kind: 'C', X1: 340, Y1: 420, X2: 340, Y2: 480, X: 300, Y: 480},
		{Kind: 'Z'}, {Kind: 'M', X: 305, Y: 440}, {Kind: 'L', X: 315, Y: 440}, {Kind: 'L', X: 315, Y: 450}, {Kind: 'Z'}}, Fill: blue,
		Stroke: black, Width: 1, Dash: []float64{3, 2}, EvenOdd: true, Node: chart.ID})
	b.text(b.node(sect, "P"), "serif", 10, 60, 520, strings.Repeat("Fin. ", 3))
	return layout.Bookmark{Title: fmt.Sprintf("Fiche %d – Lille", i+1), Anchor: fmt.Sprintf("fiche-%d", i+1),
		Kids: []layout.Bookmark{{Title: "Contacts", Anchor: fmt.Sprintf("fiche-%d", i+1)}}}
}

func pressProfile(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../../data/icc/FOGRA39L_coated.icc")
	if err != nil {
		t.Fatalf("le profil FOGRA39 manque : %v", err)
	}
	return data
}
