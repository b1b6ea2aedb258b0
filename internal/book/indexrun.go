package book

import (
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// composed is a part with its sections.
type composed struct {
	plan     plan
	sections []layout.Section
}

// An index of fewer lines than shortIndex leaves most of its page white; a run
// of such ones becomes one part as long as it stays under longRun lines.
const (
	shortIndex = 45
	longRun    = 140
)

// joinIndexes sets neighbouring short indexes as one part called "Index".
func joinIndexes(parts []composed) []layout.Section {
	var out []layout.Section
	for i := 0; i < len(parts); {
		j, lines := i, 0
		for j < len(parts) && strings.HasPrefix(parts[j].plan.key, "index-") {
			n := indexLines(parts[j].sections)
			if n > shortIndex || lines+n > longRun {
				break
			}
			lines += n
			j++
		}
		var full []composed
		for _, p := range parts[i:j] {
			if len(p.sections) > 0 {
				full = append(full, p)
			}
		}
		if len(full) > 1 {
			title := "Index"
			if n := len(out); n > 0 && strings.HasPrefix(out[n-1].Anchor, "partie-index-") {
				title = "Autres index"
			}
			out = append(out, joined(full, title))
			i = j
			continue
		}
		if j == i {
			j++
		}
		for _, p := range parts[i:j] {
			out = append(out, p.sections...)
		}
		i = j
	}
	return out
}

// fewContacts is how many blocks of people leave a page nearly white.
const fewContacts = 14

// joinContacts sets a few names on the page of the part that follows them.
func joinContacts(sections []layout.Section) []layout.Section {
	for i := 0; i+1 < len(sections); i++ {
		s, next := sections[i], sections[i+1]
		if s.Anchor != "partie-"+PartContacts || next.Anchor != "partie-"+PartSources || blockCount(s.Blocks) > fewContacts {
			continue
		}
		for k, b := range next.Blocks {
			if h, ok := b.(layout.Heading); ok && k == 0 && h.Level == 1 {
				h.Anchor, h.Contents, h.Running = next.Anchor, true, next.Title
				b = h
			}
			s.Blocks = append(s.Blocks, b)
		}
		out := append([]layout.Section(nil), sections[:i]...)
		return append(append(out, s), sections[i+2:]...)
	}
	return sections
}

func blockCount(blocks []layout.Block) int {
	n := 0
	for _, b := range blocks {
		switch b := b.(type) {
		case layout.Columned:
			n += blockCount(b.Blocks)
		case layout.Group:
			n += blockCount(b.Blocks)
		default:
			n++
		}
	}
	return n
}

func indexLines(sections []layout.Section) int {
	n := 0
	for _, s := range sections {
		for _, b := range s.Blocks {
			if x, ok := b.(layout.Index); ok {
				n += len(x.Entries)
			}
		}
	}
	return n
}

func joined(parts []composed, title string) layout.Section {
	// Two runs may be parted by another section: the first index names the run.
	s := layout.Section{Anchor: "partie-run-" + parts[0].plan.key, Title: title, Matter: layout.BodyMatter,
		Blocks: []layout.Block{layout.Heading{Level: 1, Text: layout.Plain(title)}}}
	for _, p := range parts {
		title := p.plan.title
		if rest, ok := strings.CutPrefix(title, "Index des "); ok {
			title = repertoire.Capital(rest)
		}
		for _, own := range p.sections {
			g := layout.Group{Keep: true}
			for i, b := range own.Blocks {
				if h, ok := b.(layout.Heading); ok && i == 0 && h.Level == 1 {
					h.Level, h.Text, h.Anchor, h.Contents, h.Running = 2, layout.Plain(title), own.Anchor, true, title
					b = h
				}
				g.Blocks = append(g.Blocks, b)
			}
			s.Blocks = append(s.Blocks, g)
		}
	}
	return s
}
