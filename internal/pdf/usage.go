package pdf

import (
	"fmt"
	"math"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/truetype"
	"repertoire/internal/repertoire"
)

// face is a font as one file uses it. Each pair of a shape and the text it
// stands for has a CID of its own, so that ToUnicode tells every cluster
// exactly: a hyphen from a soft one, the letters that share a skeleton in
// Arabic, a letter with its marks.
type face struct {
	name   string // PostScript name, no subset prefix
	source *layout.Font
	units  float64 // font units to the em
	subset []byte  // what gopdf embeds
	shapes []truetype.Shape
	text   []string  // what CID 1+i stands for
	width  []float64 // of every CID, in thousandths of an em as /W has it
	alone  []meaning // by glyph
	others map[string]uint16
}

// meaning is the CID of a glyph that stands alone, with its first text.
type meaning struct {
	text string
	cid  uint16
}

// cluster is a group of glyphs that stand for one text together.
type cluster struct {
	first, end int // glyphs of the run
	text       string
	x          float64 // pen, points from the start of the run
}

// clusters cuts a run into its clusters. A glyph that carries no text joins
// the cluster before it; at the very start it joins the first.
func clusters(g *layout.Glyphs, buf []cluster) []cluster {
	buf = buf[:0]
	for i, glyph := range g.Run {
		carries := glyph.Start < glyph.End && glyph.Start >= 0 && int(glyph.End) <= len(g.Text)
		if !carries {
			if len(buf) == 0 {
				buf = append(buf, cluster{first: i, end: i + 1})
			} else {
				buf[len(buf)-1].end = i + 1
			}
			continue
		}
		text := g.Text[glyph.Start:glyph.End]
		if len(buf) == 1 && buf[0].text == "" {
			buf[0].end, buf[0].text = i+1, text
			continue
		}
		buf = append(buf, cluster{first: i, end: i + 1, text: text})
	}
	return buf
}

// faces finds which shapes of each font the runs use and makes the subsets.
// Fonts that nothing uses stay nil.
func faces(fonts []*layout.Font, runs []*layout.Glyphs) ([]*face, error) {
	out := make([]*face, len(fonts))
	var buf []cluster
	for _, g := range runs {
		if g.Font < 0 || g.Font >= len(fonts) {
			return nil, repertoire.Fault(nil, "Une ligne appelle la police n° %d, qui n'existe pas : le fichier n'a pas été écrit.", g.Font)
		}
		f := out[g.Font]
		if f == nil {
			font := fonts[g.Font]
			f = &face{name: postScriptName(font.Name), source: font, units: float64(font.UnitsPerEm),
				others: map[string]uint16{}}
			out[g.Font] = f
		}
		buf = clusters(g, buf)
		for _, c := range buf {
			f.cid(g, c, true)
		}
	}
	errs := make([]error, len(out))
	parallel(len(out), func(i int) {
		if out[i] != nil {
			errs[i] = out[i].embed()
		}
	})
	for i, err := range errs {
		if err != nil {
			return nil, repertoire.Fault(err, "La police « %s » ne peut pas être incorporée : le fichier n'a pas été écrit.", out[i].name)
		}
	}
	return out, nil
}

// cid gives the CID of a cluster; a new one gets the next when add is set. Without
// it, several may ask at a time.
func (f *face) cid(g *layout.Glyphs, c cluster, add bool) uint16 {
	id := int(g.Run[c.first].ID)
	one := c.end-c.first == 1
	if one && id < len(f.alone) {
		if m := &f.alone[id]; m.cid != 0 && m.text == c.text {
			return m.cid
		}
	}
	var room [64]byte
	key := room[:0]
	for _, p := range f.shape(g, c) {
		key = append(key, byte(p.Glyph>>8), byte(p.Glyph), byte(p.DX>>8), byte(p.DX), byte(p.DY>>8), byte(p.DY))
	}
	key = append(append(key, 0xff), c.text...)
	if cid, ok := f.others[string(key)]; ok || !add {
		return cid
	}
	f.shapes = append(f.shapes, f.shape(g, c))
	f.text = append(f.text, c.text)
	cid := uint16(len(f.shapes))
	if !one {
		f.others[string(key)] = cid
		return cid
	}
	for id >= len(f.alone) {
		f.alone = append(f.alone, make([]meaning, max(256, id+1-len(f.alone)))...)
	}
	if f.alone[id].cid == 0 {
		f.alone[id] = meaning{c.text, cid}
	} else {
		f.others[string(key)] = cid
	}
	return cid
}

// shape gives the parts of a cluster in font units, from its pen. A glyph
// alone has none of its own offset: text is set there.
func (f *face) shape(g *layout.Glyphs, c cluster) truetype.Shape {
	if c.end-c.first == 1 {
		return truetype.Shape{{Glyph: g.Run[c.first].ID}}
	}
	var s truetype.Shape
	pen, scale := 0.0, f.units/g.Size
	for _, glyph := range g.Run[c.first:c.end] {
		s = append(s, truetype.Part{
			Glyph: glyph.ID,
			DX:    int(math.Round((pen + float64(glyph.DX)) * scale)),
			DY:    int(math.Round(float64(glyph.DY) * scale)),
		})
		pen += glyph.Advance
	}
	return s
}

func (f *face) embed() error {
	data, err := f.source.File()
	if err != nil {
		return err
	}
	font, err := truetype.Parse(data)
	if err != nil {
		return err
	}
	if len(f.shapes) >= 0xffff {
		return fmt.Errorf("%d shapes", len(f.shapes))
	}
	if f.subset, err = font.Subset(f.shapes); err != nil {
		return err
	}
	f.width = []float64{f.milli(font.Advance(truetype.Shape{{}}))}
	for _, s := range f.shapes {
		f.width = append(f.width, f.milli(font.Advance(s)))
	}
	return nil
}

// milli turns font units into thousandths of an em, to three decimals.
func (f *face) milli(units int) float64 {
	return math.Round(float64(units)*1e6/f.units) / 1e3
}

// postScriptName keeps what a PDF font name may hold.
func postScriptName(s string) string {
	out := make([]byte, 0, len(s))
	for _, c := range []byte(s) {
		if c > ' ' && c < 0x7f && c != '(' && c != ')' && c != '<' && c != '>' && c != '[' && c != ']' && c != '{' && c != '}' &&
			c != '/' && c != '%' && c != '#' {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return "Font"
	}
	return string(out)
}
