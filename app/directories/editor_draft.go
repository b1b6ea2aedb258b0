package directories

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// book is what the editor holds: a répertoire and what it says of its
// countries.
type book struct {
	Directory repertoire.Directory
	Countries []repertoire.Presentation
}

// presentation gives that of a country, added when there is none.
func (b *book) presentation(iso string) *repertoire.Presentation {
	for i := range b.Countries {
		if b.Countries[i].Country == iso {
			return &b.Countries[i]
		}
	}
	b.Countries = append(b.Countries, repertoire.Presentation{ID: repertoire.PresentationID(iso), Country: iso})
	return &b.Countries[len(b.Countries)-1]
}

// tidy takes away the spaces around words, the blank elements of lists and the
// presentations of countries that are no longer the book's.
func (b *book) tidy() {
	d := &b.Directory
	for _, s := range []*string{&d.Title, &d.Short, &d.Slug, &d.Edition, &d.Imprint.Publisher, &d.Imprint.Printer, &d.Imprint.Director} {
		*s = strings.TrimSpace(*s)
	}
	if isbn, err := repertoire.ParseISBN(d.Imprint.ISBN); err == nil {
		d.Imprint.ISBN = isbn
	}
	d.Editorial = slices.DeleteFunc(d.Editorial, func(x repertoire.Editorial) bool { return x == repertoire.Editorial{} })
	d.Groups = slices.DeleteFunc(d.Groups, func(x repertoire.CountryGroup) bool { return strings.TrimSpace(x.Name+x.President) == "" })
	b.Countries = slices.DeleteFunc(b.Countries, func(p repertoire.Presentation) bool { return !slices.Contains(d.Countries, p.Country) })
	for i := range b.Countries {
		p := &b.Countries[i]
		p.Figures = slices.DeleteFunc(p.Figures, func(x repertoire.Figure) bool { return x == repertoire.Figure{} })
		p.Tiers = slices.DeleteFunc(p.Tiers, func(x repertoire.Tier) bool { return x == repertoire.Tier{} })
		p.Milestones = slices.DeleteFunc(p.Milestones, func(x repertoire.Milestone) bool { return x == repertoire.Milestone{} })
		p.Contacts = slices.DeleteFunc(p.Contacts, func(x repertoire.UsefulContact) bool { return x == repertoire.UsefulContact{} })
		p.Links = slices.DeleteFunc(p.Links, func(x repertoire.Link) bool { return x == repertoire.Link{} })
	}
}

// clone copies a book whole: its lists are edited in place.
func clone(b book) book {
	data, err := json.Marshal(b)
	if err != nil {
		return b
	}
	var out book
	if json.Unmarshal(data, &out) != nil {
		return b
	}
	return out
}

// draft is a book while it is edited, with the steps that can be taken back.
type draft struct {
	saved, now book
	undo, redo []book
	editing    string // field of the last edit: further keys in it are one step
}

// maxSteps bounds the memory of a long session.
const maxSteps = 100

func newDraft(b book) *draft { return &draft{saved: clone(b), now: clone(b)} }

// before notes the state before an edit of field; "" always begins a step.
func (d *draft) before(field string) {
	if field != "" && field == d.editing {
		return
	}
	d.editing = field
	d.undo = append(d.undo, clone(d.now))
	if len(d.undo) > maxSteps {
		d.undo = d.undo[1:]
	}
	d.redo = nil
}

func (d *draft) stepBack() bool    { return d.move(&d.undo, &d.redo) }
func (d *draft) stepForward() bool { return d.move(&d.redo, &d.undo) }

func (d *draft) move(from, to *[]book) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, clone(d.now))
	d.now = (*from)[n-1]
	*from = (*from)[:n-1]
	d.editing = ""
	return true
}

// modified tells whether anything differs from what was saved; blank elements
// do not count.
func (d *draft) modified() bool {
	now, saved := clone(d.now), clone(d.saved)
	now.tidy()
	saved.tidy()
	blank := func(p repertoire.Presentation) bool {
		a, errA := json.Marshal(p)
		b, errB := json.Marshal(repertoire.Presentation{ID: p.ID, Country: p.Country})
		return errA == nil && errB == nil && bytes.Equal(a, b)
	}
	now.Countries = slices.DeleteFunc(now.Countries, blank)
	saved.Countries = slices.DeleteFunc(saved.Countries, blank)
	a, errA := json.Marshal(saved)
	b, errB := json.Marshal(now)
	return errA != nil || errB != nil || !bytes.Equal(a, b)
}
