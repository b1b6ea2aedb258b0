package layout_test

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// placed is a line of text on its page.
type placed struct {
	page int
	y    float64
	text string
}

// linesOf gathers the lines of each block-level element, in reading order.
func linesOf(p *layout.Pages) (order []*layout.Node, lines map[*layout.Node][]placed) {
	owner := map[layout.NodeID]*layout.Node{}
	var walk func(n, block *layout.Node)
	walk = func(n, block *layout.Node) {
		switch n.Role {
		case "P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "Caption", "TOCI":
			block = n
			order = append(order, n)
		}
		if block != nil {
			owner[n.ID] = block
		}
		for _, k := range n.Kids {
			inner := block
			if k.Role == "Note" {
				inner = nil
			}
			walk(k, inner)
		}
	}
	walk(p.Structure, nil)
	lines = map[*layout.Node][]placed{}
	for i, pg := range p.Pages {
		for _, it := range pg.Items {
			g, ok := it.(*layout.Glyphs)
			if !ok || owner[g.Node] == nil {
				continue
			}
			n := owner[g.Node]
			l := lines[n]
			if k := len(l); k > 0 && l[k-1].page == i && math.Abs(l[k-1].y-g.Y) < 5 {
				l[k-1].text += g.Text
			} else {
				lines[n] = append(l, placed{i, g.Y, g.Text})
			}
		}
	}
	return order, lines
}

// Issue 4: on 200 generated pages no page has a single last line at its top
// or a heading at its foot.
func TestNoWidowsOrphansOrStrandedHeadings(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, directory(190))
	if len(p.Pages) < 195 {
		t.Fatalf("only %d pages", len(p.Pages))
	}
	order, lines := linesOf(p)
	split := 0
	for i, n := range order {
		l := lines[n]
		if len(l) == 0 {
			continue
		}
		byPage := map[int]int{}
		for _, one := range l {
			byPage[one.page]++
		}
		if len(byPage) > 1 {
			split++
			for page, count := range byPage {
				if count == 1 {
					t.Errorf("page %d has a single line of “%.40s”", page, l[0].text)
				}
			}
		}
		if strings.HasPrefix(n.Role, "H") {
			for _, next := range order[i+1:] {
				if nl := lines[next]; len(nl) > 0 {
					if nl[0].page != l[len(l)-1].page {
						t.Errorf("heading “%s” stands at the foot of page %d", l[0].text, l[0].page)
					}
					break
				}
			}
		}
	}
	if split < 50 {
		t.Errorf("only %d paragraphs run over a page: the test proves little", split)
	}
	for _, w := range faults(p) {
		t.Errorf("warning: %s: %s", w.Kind, w.Message)
	}
}

// Body lines of all pages stand on the same grid.
func TestBaselineGrid(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, directory(40))
	const grid, top = 12.5, 66.0
	off, body := 0, 0
	for i, pg := range p.Pages {
		for _, it := range pg.Items {
			g, ok := it.(*layout.Glyphs)
			if !ok || math.Abs(g.Size-9.2) > 0.01 || g.Node == 0 || p.Fonts[g.Font].Name != "NotoSerif-Regular" {
				continue
			}
			body++
			k := (g.Y - top - 1.65 - 0.79*9.2) / grid
			if math.Abs(k-math.Round(k)) > 0.02 {
				off++
				if off < 5 {
					t.Errorf("page %d: %q is off the grid by %.2f lines", i, g.Text, k-math.Round(k))
				}
			}
		}
	}
	if body < 1000 {
		t.Errorf("only %d lines of body text seen", body)
	}
}

// Text stays between the margins, unless a warning says otherwise.
func TestNothingLeavesTheTextBlock(t *testing.T) {
	for _, f := range layout.Formats() {
		s := newSetter(t, "sobre", f.Name)
		p := lay(t, s, hardCases())
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				if g, ok := it.(*layout.Glyphs); ok && g.Node != 0 && (g.Y < 0 || g.Y > f.Size.H-50 || g.X < 40 || g.X > f.Size.W-40) {
					t.Errorf("%s page %d: %q at %.1f, %.1f", f.Name, i, g.Text, g.X, g.Y)
				}
			}
		}
		for _, w := range p.Warnings {
			if w.Kind == layout.WarnOverfull || w.Kind == layout.WarnMissingGlyph {
				t.Errorf("%s: %s: %s", f.Name, w.Kind, w.Message)
			}
		}
	}
}

// digest writes a page as text, for comparison and for reading.
func digest(p *layout.Pages) string {
	var b strings.Builder
	for i, pg := range p.Pages {
		fmt.Fprintf(&b, "page %d %q\n", i, pg.Label)
		for _, it := range pg.Items {
			switch it := it.(type) {
			case *layout.Glyphs:
				w := 0.0
				for _, g := range it.Run {
					w += g.Advance
				}
				fmt.Fprintf(&b, "  text %.2f %.2f w%.2f %s %.2f n%d %q\n", it.X, it.Y, w, p.Fonts[it.Font].Name, it.Size, it.Node, it.Text)
			case *layout.Path:
				fmt.Fprintf(&b, "  path %d steps from %.2f %.2f n%d\n", len(it.Ops), it.Ops[0].X, it.Ops[0].Y, it.Node)
			case *layout.Picture:
				fmt.Fprintf(&b, "  picture %.2f %.2f %.2f×%.2f n%d\n", it.X, it.Y, it.W, it.H, it.Node)
			case *layout.Link:
				fmt.Fprintf(&b, "  link %.2f %.2f %.2f×%.2f %s%s n%d\n", it.X, it.Y, it.W, it.H, it.URL, it.Anchor, it.Node)
			}
		}
	}
	return b.String()
}

func TestSamePagesOnAnyNumberOfWorkers(t *testing.T) {
	one := lay(t, newSetter(t, "institutionnel", "A5", layout.Workers(1)), hardCases())
	many := newSetter(t, "institutionnel", "A5", layout.Workers(7))
	first := lay(t, many, hardCases())
	again := lay(t, many, hardCases())
	if digest(one) != digest(first) || digest(one) != digest(again) {
		t.Error("pages differ between runs")
	}
	if !reflect.DeepEqual(one.Structure, first.Structure) || !reflect.DeepEqual(one.Anchors, first.Anchors) ||
		!reflect.DeepEqual(one.Warnings, first.Warnings) || !reflect.DeepEqual(one.Entries, again.Entries) {
		t.Error("structure, anchors, warnings or entries differ between runs")
	}
}

// What was returned before must not move when the setter works again.
func TestPagesAreImmutable(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	doc := directory(12)
	p := lay(t, s, doc)
	before := digest(p)
	g := doc.Sections[3].Blocks[3].(layout.Group)
	g.Blocks = append([]layout.Block{layout.Para("Nouveau texte.")}, g.Blocks...)
	doc.Sections[3].Blocks[3] = g
	lay(t, s, doc)
	if digest(p) != before {
		t.Error("an earlier result has changed")
	}
}

func TestNumbersAgreeWithPages(t *testing.T) {
	s := newSetter(t, "institutionnel", "A5")
	doc := directory(60)
	p := lay(t, s, doc)
	// Each line of the contents ends with the label of the page it leads to.
	for _, it := range p.Pages[2].Items {
		l, ok := it.(*layout.Link)
		if !ok {
			continue
		}
		want := p.Pages[p.Anchors[l.Anchor].Page].Label
		found := ""
		for _, o := range p.Pages[2].Items {
			if g, ok := o.(*layout.Glyphs); ok && g.Node == l.Node {
				found = g.Text
			}
		}
		if found != want {
			t.Errorf("contents say %s for %s, which is on %s", found, l.Anchor, want)
		}
	}
	if got := p.Pages[0].Label + p.Pages[2].Label; got != "i" {
		t.Errorf("labels of cover and first page: %q", got)
	}
	body := p.Anchors["entries"].Page
	if p.Pages[body].Label != "1" || body%2 != 0 {
		t.Errorf("the body starts on page index %d, labelled %s", body, p.Pages[body].Label)
	}
}

// The index prints three pages in a row as a range and each page once.
func TestIndexRanges(t *testing.T) {
	s := newSetter(t, "sobre", "A5")
	var blocks []layout.Block
	for i := range 6 {
		blocks = append(blocks, layout.Heading{Level: 2, Text: layout.Plain(fmt.Sprint("Titre ", i)), Anchor: fmt.Sprint("a", i)},
			layout.PageBreak{})
	}
	blocks = append(blocks, layout.Index{Columns: 2, Entries: []layout.IndexEntry{
		{Letter: "A", Text: layout.Plain("Suite"), Targets: []string{"a2", "a0", "a1", "a4", "a0"}},
		{Letter: "B", Text: layout.Plain("Deux"), Targets: []string{"a4", "a3"}},
	}})
	p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: blocks}}})
	var text strings.Builder
	for _, it := range p.Pages[len(p.Pages)-1].Items {
		if g, ok := it.(*layout.Glyphs); ok {
			text.WriteString(g.Text)
		}
	}
	for _, want := range []string{"1–3", "5"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("index %q lacks %q", text.String(), want)
		}
	}
	if got := strings.ReplaceAll(text.String(), "\u00A0", " "); !strings.Contains(got, "Suite, 1–3, 5") ||
		!strings.Contains(got, "Deux, 4, 5") {
		t.Errorf("index reads %q", got)
	}
}

func TestWarningsNameTheEntry(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	o := layout.Origin{Entry: "42", Title: "Lille – Saint-Louis", Field: "objectives"}
	tests := []struct {
		kind  layout.WarningKind
		block layout.Block
	}{
		{layout.WarnMissingGlyph, layout.Paragraph{Text: layout.Plain("signe 𓀀"), Origin: o}},
		{layout.WarnOverfull, layout.Paragraph{Text: layout.Plain(strings.Repeat("W", 200)), Origin: o}},
		{layout.WarnStyle, layout.Paragraph{Style: "inconnu", Text: layout.Plain("x"), Origin: o}},
		{layout.WarnPicture, layout.Image{Data: []byte("pas une image"), Alt: "x", Origin: o}},
		{layout.WarnResolution, layout.Image{Data: photo(200, 100), Alt: "x", Origin: o}},
		{layout.WarnAlt, layout.Image{Data: photo(2000, 1000), Origin: o}},
		{layout.WarnAnchor, layout.Paragraph{Text: []layout.Inline{layout.PageRef{Anchor: "nulle-part"}}, Origin: o}},
		{layout.WarnAnchor, layout.Group{Blocks: []layout.Block{layout.Index{Columns: 2, Origin: o,
			Entries: []layout.IndexEntry{{Letter: "A", Text: layout.Plain("Agen 100 %"), Targets: []string{"nulle-part"}}}}}}},
		{layout.WarnCut, layout.Table{Columns: []layout.TableColumn{{Width: 300}, {Width: 300}},
			Rows: []layout.TableRow{row(false, "a", "b")}, Origin: o}},
	}
	for _, tt := range tests {
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: []layout.Block{tt.block}}}})
		if w := faults(p); len(w) != 1 || w[0].Kind != tt.kind || w[0].Origin != o {
			t.Errorf("%s: got %+v", tt.kind, w)
		}
	}
}

// A reference may lead into a table, a list or a column as well as elsewhere.
func TestReferencesLeadInsideHolders(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	inside := func(name string) []layout.Block {
		return []layout.Block{layout.Group{Anchor: name, Blocks: []layout.Block{layout.Para("Ici.")}}}
	}
	refs := layout.Paragraph{}
	for _, name := range []string{"tableau", "liste", "colonne"} {
		refs.Text = append(refs.Text, layout.Text{Text: "Voir p. ", Anchor: name}, layout.PageRef{Anchor: name})
	}
	p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: []layout.Block{refs,
		layout.Table{Columns: []layout.TableColumn{{Share: 1}},
			Rows: []layout.TableRow{{Cells: []layout.Cell{{Blocks: inside("tableau")}}}}},
		layout.List{Items: [][]layout.Block{inside("liste")}},
		layout.Side{Cells: [][]layout.Block{inside("colonne"), inside("autre")}, Shares: []float64{0.5, 0.5}},
	}}}})
	if w := faults(p); len(w) != 0 {
		t.Errorf("got %+v", w)
	}
	for _, name := range []string{"tableau", "liste", "colonne"} {
		if _, ok := p.Anchors[name]; !ok {
			t.Errorf("%s is nowhere", name)
		}
	}
}

func TestEntriesAndRegions(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, directory(20))
	if len(p.Entries) != 20 {
		t.Fatalf("%d entries placed", len(p.Entries))
	}
	for id, pages := range p.Entries {
		for _, i := range pages {
			seen := false
			for _, r := range p.Pages[i].Regions {
				seen = seen || r.Origin.Entry == id && r.W > 0 && r.H > 0
			}
			if !seen {
				t.Errorf("entry %s has no region on page %d", id, i)
			}
		}
	}
}

func TestCancelled(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Lay(ctx, directory(50), nil); err == nil {
		t.Error("a cancelled run gave pages")
	}
}

// Work grows with pages, not faster.
func TestLinearGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("2,000 pages")
	}
	perPage := map[int]float64{}
	for _, n := range []int{19, 190, 1900} {
		s := newSetter(t, "institutionnel", "170x240")
		doc := directory(n)
		var a, b runtime.MemStats
		runtime.ReadMemStats(&a)
		p := lay(t, s, doc)
		runtime.ReadMemStats(&b)
		perPage[n] = float64(b.Mallocs-a.Mallocs) / float64(len(p.Pages))
		t.Logf("%d pages: %.0f allocations a page", len(p.Pages), perPage[n])
	}
	if perPage[1900] > 1.25*perPage[190] {
		t.Errorf("allocations a page grow: %v", perPage)
	}
}
