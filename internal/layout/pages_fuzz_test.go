package layout_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// Any tree of blocks is laid out, every page gets a finite position, and the
// work ends.
func FuzzPages(f *testing.F) {
	f.Add([]byte("pphpgtiscfxkqnvRBC"))
	f.Add([]byte("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"))
	f.Add([]byte("GGGGGGGGpppp"))
	f.Add([]byte("vvvvvvvvvvvvffffff"))
	f.Add([]byte("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"))
	s := newSetter(f, "institutionnel", "A5")
	pic := photo(900, 1400)
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 120 {
			return
		}
		d := &scripted{script: script, photo: pic}
		doc := layout.Document{Sections: []layout.Section{
			{Matter: layout.FrontMatter, Blocks: []layout.Block{layout.Contents{Levels: 3}}},
			{Title: "S", Matter: layout.BodyMatter, Columns: len(script) % 4, Blocks: d.blocks(0)},
		}}
		p, err := s.Lay(context.Background(), doc, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				if g, ok := it.(*layout.Glyphs); ok && (math.IsNaN(g.X+g.Y) || math.IsInf(g.X+g.Y, 0) || g.Y < -20 || g.X < -20 ||
					len(p.Warnings) == 0 && g.Y > p.Size.H) {
					t.Fatalf("page %d: %q at %v, %v", i, g.Text, g.X, g.Y)
				}
			}
		}
		got, want := 0, d.paragraphs
		for _, pg := range p.Pages {
			for _, it := range pg.Items {
				if g, ok := it.(*layout.Glyphs); ok && g.Node != 0 {
					got += strings.Count(g.Text, "§")
				}
			}
		}
		if got != want {
			t.Fatalf("%d of %d paragraphs placed", got, want)
		}
	})
}

// scripted makes blocks from bytes.
type scripted struct {
	script     []byte
	paragraphs int
	photo      []byte
}

func (d *scripted) para(words int) layout.Paragraph {
	d.paragraphs++
	return layout.Para("§" + strings.Repeat(" coopération", words))
}

func (d *scripted) blocks(depth int) []layout.Block {
	var out []layout.Block
	for len(d.script) > 0 {
		c := d.script[0]
		d.script = d.script[1:]
		size := int(c) % 23
		nested := func() []layout.Block {
			if depth > 3 {
				return []layout.Block{d.para(3)}
			}
			return d.blocks(depth + 1)
		}
		switch c {
		case 'p':
			out = append(out, d.para(150))
		case 'h':
			out = append(out, layout.Heading{Level: 2, Text: layout.Plain("Titre"), Contents: true})
		case 'g':
			out = append(out, layout.Group{Head: "Groupe", Running: "Groupe", Blocks: nested()})
		case 'G':
			out = append(out, layout.Group{Keep: true, NewPage: true, Role: "box", Head: "Groupe", Blocks: nested()})
		case 't':
			var rows []layout.TableRow
			for range 12 {
				rows = append(rows, layout.TableRow{Cells: []layout.Cell{{Blocks: []layout.Block{d.para(4)}},
					{Span: 2, Blocks: []layout.Block{d.para(40)}}}})
			}
			out = append(out, layout.Table{Head: []layout.TableRow{row(true, "Tête", "de", "tableau")}, Rows: rows})
		case 'T':
			out = append(out, layout.Table{Rows: []layout.TableRow{{Cells: []layout.Cell{{Blocks: nested()}}}}})
		case 'i', 'v':
			out = append(out, layout.Image{Data: d.photo, Alt: "x", Float: c == 'v', MaxHeight: float64(size) * 40})
		case 's':
			out = append(out, layout.Side{Cells: [][]layout.Block{{d.para(20)}, nested()}})
		case 'c':
			out = append(out, layout.Columned{Count: 1 + size%3, Blocks: nested()})
		case 'f':
			out = append(out, layout.FullPage{Blocks: []layout.Block{d.para(5)}})
		case 'x':
			out = append(out, layout.Index{Columns: 2,
				Entries: []layout.IndexEntry{{Letter: "A", Text: layout.Plain("Entrée"), Targets: []string{"S", "nulle part"}}}})
		case 'k':
			out = append(out, layout.Space{Lines: float64(size)})
		case 'q':
			out = append(out, layout.PageBreak{Recto: size%2 == 0})
		case 'n':
			d.paragraphs++
			out = append(out, layout.Paragraph{Text: []layout.Inline{txt("§ note"),
				layout.Note{Text: layout.Plain(strings.Repeat("mot ", 40))}, txt(" suite.")}})
		case 'R':
			out = append(out, layout.Rule{})
		case 'l':
			out = append(out, layout.List{Items: [][]layout.Block{nested(), {d.para(2)}}})
		case ')':
			return out
		default:
			out = append(out, d.para(size))
		}
	}
	return out
}
