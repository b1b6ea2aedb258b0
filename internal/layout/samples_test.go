package layout_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"repertoire/assets"
	"repertoire/internal/layout"
	"repertoire/internal/raster"
)

var (
	update   = flag.Bool("update", false, "rewrite the golden files")
	pictures = flag.String("pictures", "", "folder to write the pages of the samples to, as PNG")
)

type bundled struct{}

func (bundled) Font(name string) ([]byte, error) { return assets.Font(name) }

func newSetter(t testing.TB, design, format string, opts ...layout.Option) *layout.Setter {
	t.Helper()
	if _, err := assets.Font("NotoSerif-Regular"); err != nil {
		t.Skip(err)
	}
	d, err := layout.LoadDesign(design, format)
	if err != nil {
		t.Fatal(err)
	}
	s, err := layout.New(bundled{}, d, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lay(t testing.TB, s *layout.Setter, doc layout.Document) *layout.Pages {
	t.Helper()
	p, err := s.Lay(context.Background(), doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// faults are the warnings but those of pages with little on them, which short
// documents cannot help.
func faults(p *layout.Pages) []layout.Warning {
	var out []layout.Warning
	for _, w := range p.Warnings {
		if w.Kind != layout.WarnHollow {
			out = append(out, w)
		}
	}
	return out
}

// look writes the pages as pictures when the flag asks.
func look(t testing.TB, name string, p *layout.Pages) {
	t.Helper()
	if *pictures == "" {
		return
	}
	for i := range p.Pages {
		img, err := raster.Page(p, i, 100)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pictures, fmt.Sprintf("%s-%03d.png", name, i)), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Words of the field, so that generated text breaks and hyphenates as real
// text does.
var lexicon = strings.Fields(`partenariat coopération décentralisée collectivité commune département région métropole
eau assainissement éducation jeunesse culture patrimoine développement durable agriculture formation
professionnelle échanges délégation convention signature comité jumelage accompagnement gouvernance locale
services publics énergie déchets mobilité tourisme économie solidaire santé hôpital école bibliothèque
numérique urbanisme aménagement forêt biodiversité climat résilience habitants élus techniciens associations
depuis pour avec dans entre sur par les des une la le de du et en au aux qui que plus ainsi notamment
mise en œuvre réhabilitation extraordinairement intercommunalité renforcement capacités maîtrise d’ouvrage`)

// prose makes n words of text with sentences.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	start := true
	for i := range n {
		w := lexicon[r.IntN(len(lexicon))]
		if start {
			c, size := utf8.DecodeRuneInString(w)
			w = string(unicode.ToUpper(c)) + w[size:]
			start = false
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		if r.IntN(14) == 0 || i == n-1 {
			b.WriteString([]string{".", ".", ".", " ;", " :", " ?", " !"}[r.IntN(7)])
			start = true
		} else if r.IntN(9) == 0 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

var french = []string{"Lille", "Saint-Étienne", "Le Havre", "Métropole européenne de Lille", "La Rochelle",
	"Conseil départemental des Hauts-de-Seine", "Région Auvergne-Rhône-Alpes", "Bègles"}
var foreign = []string{"Saint-Louis", "Antananarivo", "Nouakchott", "Toamasina", "Ziguinchor", "Erevan", "Byblos", "Kanazawa"}

// entry makes a record of a usual length.
func entry(r *rand.Rand, i int) layout.Group {
	title := fmt.Sprintf("%s – %s", french[r.IntN(len(french))], foreign[r.IntN(len(foreign))])
	o := func(field string) layout.Origin {
		return layout.Origin{Entry: fmt.Sprintf("e%04d", i), Title: title, Field: field}
	}
	label := func(s string) layout.Block {
		return layout.Paragraph{Style: "field-label", Text: layout.Plain(s)}
	}
	fact := func(k, v string) layout.TableRow {
		return layout.TableRow{Cells: []layout.Cell{{Header: true, Blocks: []layout.Block{layout.Para(k)}},
			{Blocks: []layout.Block{layout.Para(v)}}}}
	}
	blocks := []layout.Block{
		layout.Heading{Level: 2, Style: "entry-title", Text: []layout.Inline{layout.Text{Text: title, NoHyphen: true}}, Origin: o("title")},
		layout.Paragraph{Style: "entry-subtitle", Text: layout.Plain("Madagascar · coopération décentralisée · active"), Origin: o("type")},
		layout.Table{Style: "facts", Columns: []layout.TableColumn{{Width: 92}, {Share: 1}}, Rows: []layout.TableRow{
			fact("Depuis", fmt.Sprint(1970+r.IntN(50))),
			fact("Thématiques", "Eau et assainissement ; jeunesse ; patrimoine"),
			fact("Population", fmt.Sprintf("%d %03d habitants", 10+r.IntN(400), r.IntN(1000))),
		}, Origin: o("facts")},
		label("Contexte et objectifs"),
		layout.Paragraph{Text: layout.Plain(prose(r, 60+r.IntN(60))), Origin: o("objectives")},
		layout.Paragraph{Text: layout.Plain(prose(r, 30+r.IntN(60))), Origin: o("objectives")},
		label("Projets"),
		layout.List{Items: [][]layout.Block{{layout.Paragraph{Text: layout.Plain(prose(r, 22))}},
			{layout.Paragraph{Text: layout.Plain(prose(r, 31))}}}, Origin: o("projects")},
		label("Contact"),
		layout.Paragraph{Style: "small", Text: []layout.Inline{layout.Text{Text: "Service des relations internationales, "},
			layout.Text{Text: "international@ville.example.fr", URL: "mailto:international@ville.example.fr"}}, Origin: o("contacts")},
	}
	return layout.Group{
		Role: "entry", Anchor: fmt.Sprintf("entry-%d", i), Head: title, Running: title, Title: title,
		Contents: i%10 == 0, Keep: false, Blocks: blocks, Origin: o(""),
	}
}

// directory makes a book of n entries with contents and index.
func directory(n int) layout.Document {
	r := rand.New(rand.NewPCG(1, 2))
	var entries []layout.Block
	var idx []layout.IndexEntry
	for i := range n {
		g := entry(r, i)
		entries = append(entries, g)
		idx = append(idx, layout.IndexEntry{Letter: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i*26/n : i*26/n+1], Text: layout.Plain(g.Title),
			Targets: []string{g.Anchor, fmt.Sprintf("entry-%d", (i+n/2)%n)}})
	}
	h1 := func(s string) layout.Block { return layout.Heading{Level: 1, Text: layout.Plain(s)} }
	accent := layout.Color{C: 95, M: 65, Y: 15, K: 20, R: 0x17, G: 0x49, B: 0x7c}
	return layout.Document{
		Meta: layout.Meta{Title: "Répertoire des partenariats franco-malgaches", Language: "fr-FR"},
		Sections: []layout.Section{
			{Title: "Couverture", Matter: layout.CoverMatter, HideFromContents: true, Blocks: []layout.Block{layout.FullPage{
				Background: accent,
				Blocks: []layout.Block{
					layout.Paragraph{Style: "cover-title", Text: layout.Plain("Répertoire des partenariats franco-malgaches")},
					layout.Paragraph{Style: "cover-subtitle", Text: layout.Plain("Édition de septembre 2026")},
				},
				Foot: []layout.Block{layout.Paragraph{Style: "cover-foot", Text: layout.Plain("Cités Unies France")}},
			}}},
			{Anchor: "toc", Matter: layout.FrontMatter, Recto: true, Blocks: []layout.Block{h1("Sommaire"), layout.Contents{Levels: 2}}},
			{Anchor: "intro", Title: "Avant-propos", Matter: layout.FrontMatter, Blocks: []layout.Block{
				h1("Avant-propos"),
				layout.Paragraph{Style: "lead", Text: layout.Plain(prose(r, 40))},
				layout.Para(prose(r, 160)), layout.Para(prose(r, 120)), layout.Para(prose(r, 150)),
				layout.Paragraph{Style: "signature", Text: layout.Plain("La présidente du groupe-pays")},
			}},
			{Anchor: "entries", Title: "Les partenariats", Matter: layout.BodyMatter, Recto: true, Thumb: "F",
				Blocks: append([]layout.Block{h1("Les partenariats")}, entries...)},
			{Anchor: "index", Title: "Index des collectivités", Matter: layout.BodyMatter, Recto: true, Thumb: "I",
				Blocks: []layout.Block{h1("Index des collectivités"), layout.Index{Columns: 2, Entries: idx}}},
		},
	}
}

// photo makes a picture of a size.
func photo(w, h int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(80 + x*120/w), uint8(110 + y*90/h), 150, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestDirectoryIsLaidOut(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, directory(24))
	look(t, "directory", p)
	for _, w := range faults(p) {
		t.Errorf("warning %s on page %d: %s (%s)", w.Kind, w.Page, w.Message, w.Origin.Title)
	}
	if len(p.Pages) < 10 {
		t.Errorf("%d pages", len(p.Pages))
	}
}
