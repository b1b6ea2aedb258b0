package layout_test

import (
	"strings"
	"testing"

	"repertoire/internal/layout"
)

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
		case n.Role == "LI" && parent != "L", (n.Role == "TD" || n.Role == "TH") && parent != "TR", n.Role == "TR" && parent != "Table",
			n.Role == "TOCI" && parent != "TOC":
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
	for _, r := range []string{"Document", "Sect", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure",
		"Caption", "Link", "TOC", "TOCI", "Index", "Note", "Reference", "Span"} {
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

// Whatever levels a person asks for, screen readers get an outline in which
// none is skipped.
func TestHeadingsSkipNoLevel(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	for name, c := range map[string]struct {
		asked []int
		want  string
	}{
		"in order":          {[]int{1, 2, 3, 2, 1}, "H1 H2 H3 H2 H1"},
		"skipped":           {[]int{1, 3, 4, 3, 2, 1}, "H1 H2 H3 H2 H2 H1"},
		"starts deep":       {[]int{3, 1, 6}, "H1 H1 H2"},
		"deep, then higher": {[]int{1, 4, 3, 4}, "H1 H2 H2 H3"},
	} {
		t.Run(name, func(t *testing.T) {
			var blocks []layout.Block
			for _, level := range c.asked {
				blocks = append(blocks, layout.Heading{Level: level, Text: layout.Plain("Titre")}, layout.Para("Texte."))
			}
			var got []string
			var walk func(n *layout.Node)
			walk = func(n *layout.Node) {
				if strings.HasPrefix(n.Role, "H") {
					got = append(got, n.Role)
				}
				for _, k := range n.Kids {
					walk(k)
				}
			}
			walk(lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: blocks}}}).Structure)
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v became %v, want %s", c.asked, got, c.want)
			}
		})
	}
}

// Words either side of a Break are not one word to who hears them.
func TestBreaksPartWords(t *testing.T) {
	s := newSetter(t, "institutionnel", "170x240")
	pages := lay(t, s, layout.Document{Sections: []layout.Section{{Matter: layout.BodyMatter, Blocks: []layout.Block{
		layout.Paragraph{Text: []layout.Inline{layout.Text{Text: "Cannes"}, layout.Break{}, layout.Text{Text: "Alpes-Maritimes"}}}}}}})
	var text strings.Builder
	for _, it := range pages.Pages[0].Items {
		if g, ok := it.(*layout.Glyphs); ok && g.Node != 0 {
			text.WriteString(g.Text)
		}
	}
	if !strings.Contains(text.String(), "Cannes Alpes-Maritimes") {
		t.Errorf("the text reads %q", text.String())
	}
}
