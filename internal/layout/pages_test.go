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
	for _, w := range p.Warnings {
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
	if !reflect.DeepEqual(one.Structure, first.Structure) || !reflect.DeepEqual(one.Anchors, first.Anchors) || !reflect.DeepEqual(one.Warnings, first.Warnings) || !reflect.DeepEqual(one.Entries, again.Entries) {
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

// Every node with ink is in the tree, and links, tables and figures have the
// elements PDF/UA asks for.
func TestStructure(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	p := lay(t, s, hardCases())
	roles := map[layout.NodeID]string{}
	counts := map[string]int{}
	next := layout.NodeID(1)
	var walk func(n *layout.Node, parent string)
	walk = func(n *layout.Node, parent string) {
		if n.ID != next {
			t.Fatalf("node %d is numbered %d", next, n.ID)
		}
		next++
		roles[n.ID] = n.Role
		counts[n.Role]++
		switch {
		case n.Role == "LI" && parent != "L", (n.Role == "TD" || n.Role == "TH") && parent != "TR", n.Role == "TR" && parent != "Table", n.Role == "TOCI" && parent != "TOC":
			t.Errorf("%s inside %s", n.Role, parent)
		case n.Role == "Figure" && n.Alt == "":
			t.Error("a figure has no text alternative")
		case n.Role == "TH" && n.Scope == "":
			t.Error("a header cell has no scope")
		}
		for _, k := range n.Kids {
			walk(k, n.Role)
		}
	}
	walk(p.Structure, "")
	for _, r := range []string{"Document", "Sect", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure", "Caption", "Link", "TOC", "TOCI", "Index", "Note", "Reference", "Span"} {
		if counts[r] == 0 {
			t.Errorf("no %s in the tree", r)
		}
	}
	links := 0
	for i, pg := range p.Pages {
		for _, it := range pg.Items {
			switch it := it.(type) {
			case *layout.Glyphs:
				if it.Node != 0 && roles[it.Node] == "" {
					t.Errorf("page %d: %q has no element", i, it.Text)
				}
			case *layout.Link:
				links++
				if roles[it.Node] != "Link" {
					t.Errorf("page %d: a link belongs to %q", i, roles[it.Node])
				}
				if it.Anchor != "" {
					if _, ok := p.Anchors[it.Anchor]; !ok {
						t.Errorf("page %d: link to nowhere %q", i, it.Anchor)
					}
				}
			}
		}
	}
	if links < 50 {
		t.Errorf("%d links", links)
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
		blocks = append(blocks, layout.Heading{Level: 2, Text: layout.Plain(fmt.Sprint("Titre ", i)), Anchor: fmt.Sprint("a", i)}, layout.PageBreak{})
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
	if got := strings.ReplaceAll(text.String(), "\u00A0", " "); !strings.Contains(got, "Suite, 1–3, 5") || !strings.Contains(got, "Deux, 4, 5") {
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
		{layout.WarnCut, layout.Table{Columns: []layout.TableColumn{{Width: 300}, {Width: 300}}, Rows: []layout.TableRow{row(false, "a", "b")}, Origin: o}},
	}
	for _, tt := range tests {
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: []layout.Block{tt.block}}}})
		if len(p.Warnings) != 1 || p.Warnings[0].Kind != tt.kind || p.Warnings[0].Origin != o {
			t.Errorf("%s: got %+v", tt.kind, p.Warnings)
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
			{Title: "S", Matter: layout.BodyMatter, Columns: int(len(script) % 4), Blocks: d.blocks(0)},
		}}
		p, err := s.Lay(context.Background(), doc, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				if g, ok := it.(*layout.Glyphs); ok && (math.IsNaN(g.X+g.Y) || math.IsInf(g.X+g.Y, 0) || g.Y < -20 || g.X < -20 || len(p.Warnings) == 0 && g.Y > p.Size.H) {
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
				rows = append(rows, layout.TableRow{Cells: []layout.Cell{{Blocks: []layout.Block{d.para(4)}}, {Span: 2, Blocks: []layout.Block{d.para(40)}}}})
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
			out = append(out, layout.Index{Columns: 2, Entries: []layout.IndexEntry{{Letter: "A", Text: layout.Plain("Entrée"), Targets: []string{"S", "nulle part"}}}})
		case 'k':
			out = append(out, layout.Space{Lines: float64(size)})
		case 'q':
			out = append(out, layout.PageBreak{Recto: size%2 == 0})
		case 'n':
			d.paragraphs++
			out = append(out, layout.Paragraph{Text: []layout.Inline{txt("§ note"), layout.Note{Text: layout.Plain(strings.Repeat("mot ", 40))}, txt(" suite.")}})
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

// Balanced columns do not leave a letter without its names.
func TestColumnsKeepHeadingsWithTheirLines(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	for n := 1; n < 30; n++ {
		var idx []layout.IndexEntry
		for i := range n {
			idx = append(idx, layout.IndexEntry{Letter: string(rune('A' + i)), Text: layout.Plain("Nom assez long pour tenir sur deux lignes d’index au moins"), Targets: []string{"s"}})
		}
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Anchor: "s", Matter: layout.BodyMatter, Blocks: []layout.Block{layout.Index{Columns: 3, Entries: idx}}}}})
		// A letter and the line after it have the same left edge.
		for i, pg := range p.Pages {
			letter := -1.0
			for _, it := range pg.Items {
				g, ok := it.(*layout.Glyphs)
				if !ok || g.Node == 0 {
					continue
				}
				if letter >= 0 && math.Abs(letter-g.X) > 1 {
					t.Fatalf("%d entries, page %d: %q stands apart from its letter", n, i, g.Text)
				}
				letter = -1
				if len(g.Text) == 1 && p.Fonts[g.Font].Name == "NotoSans-SemiBold" {
					letter = g.X
				}
			}
			if letter >= 0 {
				t.Fatalf("%d entries, page %d ends with a letter", n, i)
			}
		}
	}
}

// References whose own width moves the pages they print: the numbers must
// settle, and be true.
func TestNumbersSettle(t *testing.T) {
	s := newSetter(t, "sobre", "A5")
	for seed := range 40 {
		var blocks []layout.Block
		var anchors []string
		for i := range 60 {
			name := fmt.Sprint("r", i)
			anchors = append(anchors, name)
			text := []layout.Inline{txt(strings.Repeat("mot ", (i*7+seed*13)%60+20))}
			// Each names the pages of others, forwards and backwards.
			for k := range 12 {
				text = append(text, txt(" "), layout.PageRef{Anchor: fmt.Sprint("r", (i*5+k*11+seed)%60)})
			}
			blocks = append(blocks, layout.Heading{Level: 3, Text: layout.Plain("T"), Anchor: name}, layout.Paragraph{Text: text})
		}
		blocks = append(blocks, layout.Index{Columns: 2, Entries: []layout.IndexEntry{{Letter: "A", Text: layout.Plain("Tous"), Targets: anchors}}})
		p := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: append([]layout.Block{layout.Contents{Levels: 3}}, blocks...)}}})
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				l, ok := it.(*layout.Link)
				if !ok || l.Anchor == "" {
					continue
				}
				if want := p.Pages[p.Anchors[l.Anchor].Page].Label; l.Alt != want && !strings.HasPrefix(l.Alt, want+"–") {
					t.Fatalf("seed %d, page %d: %q printed for %s, which is on %s", seed, i, l.Alt, l.Anchor, want)
				}
			}
		}
	}
}

// A float that does not fit goes to the top of the next page and the text
// fills the hole it would have left.
func TestFloatMovesToTheNextPage(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	text := func(n int) layout.Block {
		return layout.Para(strings.Repeat("La coopération décentralisée des villes et des régions. ", n))
	}
	for _, float := range []bool{false, true} {
		doc := layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: []layout.Block{
			text(18), text(18), text(12), layout.Image{Data: photo(2400, 1500), Alt: "x", Float: float, Caption: layout.Plain("Légende")}, text(18), text(20), text(20),
		}}}}
		p := lay(t, s, doc)
		lowest, picture := 0.0, -1
		for i, pg := range p.Pages {
			for _, it := range pg.Items {
				switch it := it.(type) {
				case *layout.Glyphs:
					if i == 0 && it.Node != 0 {
						lowest = max(lowest, it.Y)
					}
				case *layout.Picture:
					picture = i
					if i > 0 && it.Y > 70 {
						t.Errorf("float %v: the picture stands at %.0f", float, it.Y)
					}
				}
			}
		}
		if picture != 1 {
			t.Errorf("float %v: picture on page %d", float, picture)
		}
		if full := lowest > 550; full != float {
			t.Errorf("float %v: the first page ends at %.0f", float, lowest)
		}
	}
}
