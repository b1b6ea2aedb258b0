package layout

import (
	"strconv"
	"strings"
)

// add makes a child element. IDs are given at the end, in reading order.
func (n *Node) add(role string) *Node {
	kid := &Node{Role: role}
	n.Kids = append(n.Kids, kid)
	return kid
}

// spanNodes gives each stretch of a paragraph its element. A plain paragraph
// is its own; as soon as a link or a note interrupts it, each stretch gets an
// element, so that the order of Kids is the order of reading.
func spanNodes(n *Node, spans []spanInfo) []*Node {
	nodes := make([]*Node, len(spans))
	if len(spans) == 1 && spans[0].kind == spanPlain {
		nodes[0] = n
		return nodes
	}
	for i, s := range spans {
		switch s.kind {
		case spanLink:
			nodes[i] = n.add("Link")
			nodes[i].Alt = strings.TrimSpace(s.alt)
		case spanNote:
			nodes[i] = n.add("Reference")
		case spanFigure:
			nodes[i] = n.add("Figure")
			nodes[i].Alt = s.alt
		default:
			nodes[i] = n.add("Span")
			nodes[i].Lang = s.lang
		}
	}
	return nodes
}

// ranked gives headings the levels of an outline without gaps, as PDF/UA-1
// (clause 7.4.2) wants: the level a block asks for says which look it has and
// what it stands under, and a text typed by hand may well start at its third.
func ranked(root *Node) {
	var open []byte // levels asked for, of the headings one is under
	var walk func(n *Node)
	walk = func(n *Node) {
		if r := n.Role; len(r) == 2 && r[0] == 'H' && r[1] >= '1' && r[1] <= '6' {
			for len(open) > 0 && open[len(open)-1] >= r[1] {
				open = open[:len(open)-1]
			}
			open = append(open, r[1])
			n.Role = "H" + strconv.Itoa(len(open))
		}
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(root)
}

// number gives the tree its IDs in reading order, from 1, leaving out
// elements that hold nothing.
func number(root *Node) {
	next := NodeID(1)
	var walk func(n *Node)
	walk = func(n *Node) {
		n.ID = next
		next++
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(root)
}

// plainText is the text of inlines without their looks.
func plainText(inlines []Inline) string {
	var b strings.Builder
	for _, in := range inlines {
		switch in := in.(type) {
		case Text:
			b.WriteString(in.Text)
		case Break:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
