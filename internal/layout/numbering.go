package layout

import (
	"repertoire/internal/repertoire"
	"sort"
	"strconv"
)

// numbering knows on which page each anchor fell in the last attempt.
type numbering struct {
	pages   map[string]int // anchor -> page index
	labels  []string       // of each page
	matters []Matter       // of each page
}

// label is the printed number of an anchor's page. Before the first attempt
// it is a number of the usual width.
func (n *numbering) label(anchor string) string {
	if n.pages == nil {
		return "00"
	}
	if anchor == PageCount {
		return strconv.Itoa(len(n.labels))
	}
	p, ok := n.pages[anchor]
	if !ok || p >= len(n.labels) {
		return "?"
	}
	return n.labels[p]
}

// list prints the pages of several anchors: sorted, each once, three or more
// in a row as a range.
func (n *numbering) list(anchors []string) []pageRange {
	if n.pages == nil {
		return []pageRange{{text: "00"}}
	}
	var pages []int
	anchorOf := map[int]string{}
	for _, a := range anchors {
		if p, ok := n.pages[a]; ok {
			if _, twice := anchorOf[p]; !twice {
				anchorOf[p] = a
				pages = append(pages, p)
			}
		}
	}
	sort.Ints(pages)
	var out []pageRange
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 && n.matters[pages[j+1]] == n.matters[pages[i]] {
			j++
		}
		if j-i >= 2 {
			out = append(out, pageRange{n.labels[pages[i]] + "–" + n.labels[pages[j]], anchorOf[pages[i]]})
			i = j + 1
			continue
		}
		out = append(out, pageRange{n.labels[pages[i]], anchorOf[pages[i]]})
		i++
	}
	return out
}

// pageRange is "12" or "12–15" and where it leads.
type pageRange struct{ text, anchor string }

// pageLabels prints the numbers of pages by their matter.
func pageLabels(matters []Matter) []string {
	labels := make([]string, len(matters))
	front, body := 0, 0
	for i, m := range matters {
		switch m {
		case FrontMatter:
			front++
			labels[i] = repertoire.Roman(front)
		case BodyMatter:
			body++
			labels[i] = strconv.Itoa(body)
		}
	}
	return labels
}

// lineFloor is what makes numbering end. Page numbers depend on breaks, breaks
// on how many lines the numbers take. After a few free attempts, the
// paragraphs that hold page numbers may only grow: line counts are then
// non-decreasing, and bounded since a number has at most as many characters
// as there are pages in digits; so the counts settle, with them the breaks,
// which depend on nothing else, and with them the numbers.
type lineFloor struct {
	counts []int
	next   int
	on     bool
}

func (f *lineFloor) hold(boxes []vbox, leading float64) []vbox {
	i := f.next
	f.next++
	if i == len(f.counts) {
		f.counts = append(f.counts, len(boxes))
	}
	if !f.on {
		f.counts[i] = len(boxes)
		return boxes
	}
	for len(boxes) < f.counts[i] {
		boxes = append(boxes, vbox{height: leading, cost: costNever})
	}
	f.counts[i] = len(boxes)
	return boxes
}
