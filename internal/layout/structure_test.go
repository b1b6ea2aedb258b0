package layout_test

import (
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
