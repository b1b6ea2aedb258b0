package books

import (
	"context"
	"image"
	"sync"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/raster"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Proof is a whole book laid out, to be looked at page by page before any file
// is made. It may be read from several goroutines.
type Proof struct {
	pages  *layout.Pages
	mu     sync.Mutex // the renderer keeps what it decoded
	draw   *raster.Renderer
	report BuildReport
}

// Proof lays out the working edition of a répertoire. No page is painted yet.
func (room *Room) Proof(ctx context.Context, slug string, progress base.Progress) (*Proof, error) {
	report := BuildReport{Warnings: []BuildWarning{}, Timings: map[string]float64{}}
	clock := Stopwatch{At: time.Now(), Timings: report.Timings}
	pages, err := room.set(ctx, Job{Compose: book.Compose,
		Read: func(ctx context.Context) (book.Input, error) { return room.BookInput(ctx, slug) }}, nil, &report, &clock, progress)
	if err != nil {
		return nil, base.Stopped(err)
	}
	return &Proof{pages: pages, draw: raster.New(pages), report: report}, nil
}

// Count is the number of pages.
func (p *Proof) Count() int { return len(p.pages.Pages) }

// Size is that of a page in points.
func (p *Proof) Size() (w, h float64) { return p.pages.Size.W, p.pages.Size.H }

// Entries is the number of entries in the book.
func (p *Proof) Entries() int { return p.report.Entries }

// Image paints page i (from 0) at dpi.
func (p *Proof) Image(i int, dpi float64) (*image.RGBA, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.draw.Page(i, dpi)
}

// EntryAt gives the entry that begins highest on page i, with its title; "" on
// a page without entries.
func (p *Proof) EntryAt(i int) (repertoire.ID, string) {
	if i < 0 || i >= len(p.pages.Pages) {
		return "", ""
	}
	var id repertoire.ID
	title, top := "", 0.0
	for _, r := range p.pages.Pages[i].Regions {
		_, isEntry := p.pages.Entries[r.Origin.Entry]
		if isEntry && (id == "" || r.Y < top) {
			id, title, top = repertoire.ID(r.Origin.Entry), r.Origin.Title, r.Y
		}
	}
	return id, title
}

// At tells what is printed at a point of page i, in points: a field of an entry,
// or of the book itself ("editorial.0", "sections.index"); "" for nothing.
func (p *Proof) At(i int, x, y float64) (repertoire.ID, string) {
	at := originAt(p.pages, i, x, y)
	if _, isEntry := p.pages.Entries[at.Entry]; isEntry {
		return repertoire.ID(at.Entry), at.Field
	}
	return "", at.Field
}

// PageOf gives the first page (from 0) of an entry, -1 when it is on none.
func (p *Proof) PageOf(id repertoire.ID) int {
	if on := p.pages.Entries[string(id)]; len(on) > 0 {
		return on[0]
	}
	return -1
}

// PageOfSection gives the page (from 0) on which a part of the book begins, by
// its key; -1 for one that is on none.
func (p *Proof) PageOfSection(key string) int {
	if to, ok := p.pages.Anchors[book.SectionAnchor(key)]; ok {
		return to.Page
	}
	// A short index stands in a run with others: its heading says whose it is.
	for i := range p.pages.Pages {
		for _, r := range p.pages.Pages[i].Regions {
			if r.Origin.Field == "sections."+key {
				return i
			}
		}
	}
	if key != book.PartEntries {
		return -1
	}
	first := -1
	for _, on := range p.pages.Entries {
		if len(on) > 0 && (first < 0 || on[0] < first) {
			first = on[0]
		}
	}
	return first
}

// Section is one part of a book as its répertoire has it.
type Section struct {
	repertoire.SectionChoice
	Default string // title when the répertoire gives none
	About   string // what it holds, one sentence; may be empty
	Silent  bool   // prints no title of its own
}

// Signed tells whether the part is that of the editorials, which the répertoire
// keeps apart from its title and text.
func (s Section) Signed() bool { return s.Key == book.PartEditorials }

// Sections lists all the parts of a répertoire's book in their order, those
// switched off among them.
func (room *Room) Sections(d repertoire.Directory) []Section {
	var out []Section
	for _, c := range book.Resolved(d.Sections) {
		s := Section{SectionChoice: c}
		for _, part := range book.Parts() {
			if part.Key == c.Key {
				s.Default, s.About, s.Silent = part.Title, part.About, part.Silent
			}
		}
		out = append(out, s)
	}
	return out
}
