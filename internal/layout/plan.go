package layout

import (
	"fmt"
	"slices"
	"strings"
)

// plan is the document looked over once before anything is set: anchors,
// contents, bookmarks, the chunks to set in parallel.
type plan struct {
	doc      Document
	lang     string
	sections []*sectionPlan
	contents []contentsLine
	outline  []Bookmark
	anchors  map[string]bool
	wanted   map[string]Origin // anchors referred to
	warnings []Warning
	lost     []Warning // references that lead nowhere, known once the blocks are released
}

type sectionPlan struct {
	Section
	chunks []*chunk
	done   [2]*composer // as composed from an even and an odd page
}

// chunk is a run of blocks of a section set together.
type chunk struct {
	blocks   []Block
	section  *sectionPlan
	columns  int       // of the segment it goes to
	full     *FullPage // a page of its own
	notes    int       // footnotes of the section before it
	volatile bool      // holds page numbers
	floor    lineFloor
	set      *chunkResult
}

func newPlan(doc Document) *plan {
	p := &plan{doc: doc, lang: doc.Meta.Language, anchors: map[string]bool{}, wanted: map[string]Origin{}}
	if p.lang == "" {
		p.lang = "fr-FR"
	}
	for i, s := range doc.Sections {
		sp := &sectionPlan{Section: s}
		if sp.Anchor == "" {
			sp.Anchor = fmt.Sprintf("§%d", i+1)
		}
		p.anchor(sp.Anchor, Origin{})
		if s.Title != "" {
			if !s.HideFromContents {
				p.contents = append(p.contents, contentsLine{1, s.Title, sp.Anchor})
			}
			p.outline = append(p.outline, Bookmark{Title: s.Title, Anchor: sp.Anchor})
		}
		sp.Blocks = p.name(s.Blocks, s.HideFromContents, s.Title != "", Origin{})
		p.chunk(sp)
		p.sections = append(p.sections, sp)
	}
	return p
}

func (p *plan) anchor(name string, o Origin) {
	if p.anchors[name] {
		p.warnings = append(p.warnings, Warning{Kind: WarnAnchor, Page: -1, Origin: o,
			Message: fmt.Sprintf("Deux passages portent le même repère « %s » ; les renvois mènent au premier.", name)})
	}
	p.anchors[name] = true
}

// name walks the blocks: every block listed in the contents gets an anchor.
// Blocks are values of the caller: those that change are copied.
func (p *plan) name(blocks []Block, hidden, under bool, o Origin) []Block {
	out := blocks
	copied := false
	set := func(i int, b Block) {
		if !copied {
			out, copied = append([]Block(nil), blocks...), true
		}
		out[i] = b
	}
	for i, bl := range blocks {
		switch b := bl.(type) {
		case Heading:
			if b.Contents {
				if b.Anchor == "" {
					b.Anchor = fmt.Sprintf("§%d.%d", len(p.anchors), i)
					set(i, b)
				}
				p.listed(max(b.Level, 2), plainText(b.Text), b.Anchor, hidden, under)
			}
			if b.Anchor != "" {
				p.anchor(b.Anchor, originOf(b.Origin, o))
			}
			p.refer(b.Text, originOf(b.Origin, o))
		case Group:
			in := originOf(b.Origin, o)
			if b.Contents && b.Title != "" {
				if b.Anchor == "" {
					b.Anchor = fmt.Sprintf("§%d.%d", len(p.anchors), i)
				}
				p.listed(2, b.Title, b.Anchor, hidden, under)
			}
			if b.Anchor != "" {
				p.anchor(b.Anchor, in)
			}
			b.Blocks = p.name(b.Blocks, hidden, under, in)
			set(i, b)
		case Columned:
			b.Blocks = p.name(b.Blocks, hidden, under, o)
			set(i, b)
		case Beside:
			b.Facts, b.Blocks = p.name(b.Facts, hidden, under, o), p.name(b.Blocks, hidden, under, o)
			set(i, b)
		default:
			p.held(bl, o)
			inlinesOf(bl, func(t []Inline, own Origin) { p.refer(t, originOf(own, o)) })
		}
	}
	return out
}

// held notes the anchors of what a table, a list or another holder has inside:
// its blocks are not listed, but references lead to them.
func (p *plan) held(bl Block, o Origin) {
	each := func(blocks []Block) {
		for _, b := range blocks {
			anchor, in := "", o
			switch b := b.(type) {
			case Heading:
				anchor, in = b.Anchor, originOf(b.Origin, o)
			case Group:
				anchor, in = b.Anchor, originOf(b.Origin, o)
			}
			if anchor != "" {
				p.anchor(anchor, in)
			}
			p.held(b, in)
		}
	}
	switch b := bl.(type) {
	case List:
		for _, it := range b.Items {
			each(it)
		}
	case Table:
		for _, rows := range [][]TableRow{b.Head, b.Rows} {
			for _, r := range rows {
				for _, c := range r.Cells {
					each(c.Blocks)
				}
			}
		}
	case Side:
		for _, c := range b.Cells {
			each(c)
		}
	case Group:
		each(b.Blocks)
	case Columned:
		each(b.Blocks)
	case Beside:
		each(b.Facts)
		each(b.Blocks)
	case FullPage:
		each(b.Blocks)
		each(b.Foot)
	}
}

// listed adds a line to contents and bookmarks.
func (p *plan) listed(level int, title, anchor string, hidden, under bool) {
	if !hidden {
		p.contents = append(p.contents, contentsLine{level, title, anchor})
	}
	b := Bookmark{Title: title, Anchor: anchor}
	kids := &p.outline
	for depth := 1; depth < level && len(*kids) > 0 && (under || depth > 1); depth++ {
		kids = &(*kids)[len(*kids)-1].Kids
	}
	*kids = append(*kids, b)
}

func (p *plan) refer(inlines []Inline, o Origin) {
	for _, in := range inlines {
		switch in := in.(type) {
		case PageRef:
			p.want(in.Anchor, o)
		case Text:
			if in.Anchor != "" {
				p.want(in.Anchor, o)
			}
		case Note:
			p.refer(in.Text, o)
		}
	}
}

func (p *plan) want(anchor string, o Origin) {
	if _, ok := p.wanted[anchor]; !ok {
		p.wanted[anchor] = o
	}
}

// inlinesOf calls f for every run of inlines under a block.
func inlinesOf(bl Block, f func([]Inline, Origin)) {
	each := func(blocks []Block) {
		for _, b := range blocks {
			inlinesOf(b, f)
		}
	}
	switch b := bl.(type) {
	case Paragraph:
		f(b.Text, b.Origin)
	case Heading:
		f(b.Text, b.Origin)
	case List:
		for _, it := range b.Items {
			each(it)
		}
	case Table:
		f(b.Caption, b.Origin)
		for _, rows := range [][]TableRow{b.Head, b.Rows} {
			for _, r := range rows {
				for _, c := range r.Cells {
					each(c.Blocks)
				}
			}
		}
	case Image:
		f(b.Caption, b.Origin)
	case Drawing:
		f(b.Caption, b.Origin)
	case Group:
		each(b.Blocks)
	case Side:
		for _, c := range b.Cells {
			each(c)
		}
	case Columned:
		each(b.Blocks)
	case Beside:
		each(b.Facts)
		each(b.Blocks)
	case Index:
		for _, e := range b.Entries {
			f(e.Text, b.Origin)
		}
	case FullPage:
		each(b.Blocks)
		each(b.Foot)
	}
}

// chunkBlocks is how many loose blocks go together: enough to be worth a
// task, few enough to share the work.
const chunkBlocks = 24

// chunk cuts a section where nothing but room passes from one block to the
// next: around groups, and before headings.
func (p *plan) chunk(sp *sectionPlan) {
	base := max(sp.Columns, 1)
	var loose *chunk
	notes := 0
	add := func(c *chunk) *chunk {
		c.section, c.notes = sp, notes
		sp.chunks = append(sp.chunks, c)
		return c
	}
	for i, bl := range sp.Blocks {
		columns, alone := base, false
		var full *FullPage
		switch b := bl.(type) {
		case Group:
			alone = true
		case Index:
			columns, alone = max(b.Columns, 1), true
		case Columned:
			columns, alone = max(b.Count, 1), true
		case Contents:
			columns, alone = 1, true
		case FullPage:
			full, alone = &b, true
		case Heading:
			if base > 1 && i == 0 {
				columns, alone = 1, true // the title runs over all columns
			}
			if loose != nil && len(loose.blocks) >= chunkBlocks {
				loose = nil
			}
		}
		if alone {
			loose = nil
			add(&chunk{blocks: []Block{bl}, columns: columns, full: full})
		} else {
			if loose == nil {
				loose = add(&chunk{columns: columns})
			}
			loose.blocks = append(loose.blocks, bl)
		}
		inlinesOf(bl, func(t []Inline, _ Origin) { notes += len(notesIn(t)) })
	}
	for _, c := range sp.chunks {
		for _, bl := range c.blocks {
			c.volatile = c.volatile || numbered(bl)
		}
	}
}

// numbered tells whether a block prints page numbers.
func numbered(bl Block) bool {
	switch b := bl.(type) {
	case Index, Contents:
		return true
	case Group:
		return slices.ContainsFunc(b.Blocks, numbered)
	case Columned:
		return slices.ContainsFunc(b.Blocks, numbered)
	case Beside:
		return slices.ContainsFunc(b.Facts, numbered) || slices.ContainsFunc(b.Blocks, numbered)
	case Side:
		for _, c := range b.Cells {
			for _, k := range c {
				if numbered(k) {
					return true
				}
			}
		}
		return false
	}
	found := false
	inlinesOf(bl, func(t []Inline, _ Origin) {
		for _, in := range t {
			switch in := in.(type) {
			case PageRef:
				found = true
			case Note:
				for _, k := range in.Text {
					if _, ok := k.(PageRef); ok {
						found = true
					}
				}
			}
		}
	})
	return found
}

// missingAnchors reports references that lead nowhere, those of indexes too.
func (p *plan) missingAnchors() []Warning {
	var out []Warning
	seen := map[string]bool{}
	lead := func(name string, o Origin, format string) {
		if name != "" && name != PageCount && !p.anchors[name] && !seen[name] {
			seen[name] = true
			out = append(out, Warning{Kind: WarnAnchor, Page: -1, Origin: o, Message: fmt.Sprintf(format, strings.TrimSpace(name))})
		}
	}
	for _, s := range p.sections {
		for _, bl := range s.Blocks {
			inlinesOf(bl, func(t []Inline, _ Origin) {
				for _, in := range t {
					switch in := in.(type) {
					case PageRef:
						lead(in.Anchor, p.wanted[in.Anchor], "Un renvoi mène au repère « %s », qui n’existe pas.")
					case Text:
						lead(in.Anchor, p.wanted[in.Anchor], "Un renvoi mène au repère « %s », qui n’existe pas.")
					}
				}
			})
			eachIndex(bl, func(x Index) {
				for _, e := range x.Entries {
					for _, target := range e.Targets {
						if p.anchors[target] {
							continue
						}
						lead(target, x.Origin, "« "+strings.ReplaceAll(plainText(e.Text), "%", "%%")+
							" » mène, dans l’index, au repère « %s », qui n’existe pas : aucune page n’y est imprimée.")
					}
				}
			})
		}
	}
	return out
}

// eachIndex calls f for every index under a block.
func eachIndex(bl Block, f func(Index)) {
	each := func(blocks []Block) {
		for _, b := range blocks {
			eachIndex(b, f)
		}
	}
	switch b := bl.(type) {
	case Index:
		f(b)
	case Group:
		each(b.Blocks)
	case Columned:
		each(b.Blocks)
	case Beside:
		each(b.Blocks)
	}
}

// release forgets the blocks once they are set: while pages are drawn, the book
// is there twice already.
func (p *plan) release() {
	p.lost = p.missingAnchors()
	p.doc.Sections = nil
	for _, sp := range p.sections {
		sp.Blocks = nil
		for _, c := range sp.chunks {
			c.blocks = nil
		}
	}
}
