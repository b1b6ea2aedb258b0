package rights

import (
	"context"
	"encoding/json"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
)

// PersonPlace is a field of a record that names a person.
type PersonPlace struct {
	history.RecordRef
	Title   string `json:"title"`
	Field   string `json:"field"`
	Label   string `json:"label"`
	Excerpt string `json:"excerpt"`
	Trashed bool   `json:"trashed,omitempty"`
	// Kept tells that the law has it kept: invoices, ten years.
	Kept bool `json:"kept,omitempty"`
}

// PersonReport is all that names a person.
type PersonReport struct {
	Places   []PersonPlace       `json:"places"`
	Versions int                 `json:"versions"` // of the journal
	Editions []books.NamedPerson `json:"editions"` // frozen copies, which stay as they are
	Backups  []string            `json:"backups"`  // which hold the data until they leave by rotation
	// Surname are the places that bear the surname alone: they stay, for
	// somebody to judge whether they speak of the person.
	Surname []PersonPlace `json:"surname"`
	// Files are drafts and copies of deliveries that go with an erasure.
	Files []string `json:"files"`
}

// Erasable counts the places and versions an erasure would reach.
func (r PersonReport) Erasable() int {
	n := r.Versions + len(r.Files)
	for _, p := range r.Places {
		if !p.Kept {
			n++
		}
	}
	return n
}

// person recognises somebody by a full name, an e-mail address or a number; it
// refuses a single word, which would take others away. What the records say of
// them beside (address, number, and the name of who was asked for by those) is
// looked for too.
func (room *Room) person(ctx context.Context, query string) (*repertoire.Person, store.Words, error) {
	asked, err := repertoire.NewPerson(query)
	if err != nil {
		return nil, store.Words{}, err
	}
	p, err := repertoire.NewPerson(query)
	if err != nil {
		return nil, store.Words{}, err
	}
	words, err := room.learn(ctx, asked, p)
	return p, words, err
}

// learn adds to p what the records say of who was asked for, and gives what an
// erasure does to texts.
func (room *Room) learn(ctx context.Context, asked, p *repertoire.Person) (store.Words, error) {
	is := func(c repertoire.Contact) bool { return asked.In(c.Name) || asked.In(c.Email) || asked.In(c.Phone) }
	learn := func(name string, more ...string) {
		if len(strings.Fields(name)) > 1 && !asked.In(name) {
			p.Add(name)
		}
		for _, s := range more {
			if s != "" {
				p.Add(s)
			}
		}
	}
	see := func(b store.Body) error {
		if x, ok := buyerOf(b.Aggregate, b.JSON); ok {
			switch {
			case asked.In(x.Name):
				learn(x.Name, x.Email, x.Phone)
			case asked.In(x.Contact), asked.In(x.Email), asked.In(x.Phone):
				learn(x.Contact, x.Email, x.Phone)
				if x.Contact == "" && !x.Public() && x.Authority == "" {
					learn(x.Name) // who buys for themselves is the person
				}
			}
		}
		if b.Aggregate != repertoire.AggPartnership || !strings.Contains(string(b.JSON), `"contacts"`) {
			return ctx.Err()
		}
		var x struct{ Contacts []repertoire.Contact }
		if err := json.Unmarshal(b.JSON, &x); err != nil {
			return repertoire.Fault(err, "Une fiche n’est pas lisible ; rien n’a été effacé.")
		}
		for _, c := range x.Contacts {
			if is(c) {
				learn(c.Name, c.Email, c.Phone)
			}
		}
		return ctx.Err()
	}
	if err := room.base.Store.EachBody(ctx, see); err != nil {
		return store.Words{}, base.Stopped(err)
	}
	// Those of contacts that only the journal still has stand in texts too.
	if err := room.base.Store.EachVersion(ctx, see); err != nil {
		return store.Words{}, base.Stopped(err)
	}
	body := func(a repertoire.Aggregate, raw json.RawMessage) json.RawMessage { return redacted(p, a, raw) }
	return store.Words{Person: is, Body: body, Text: p.Without}, nil
}

// FindPerson lists what names a person: contacts, texts, notes, buyers, the
// trash, the journal, frozen editions.
func (room *Room) FindPerson(ctx context.Context, name string) (PersonReport, error) {
	out := PersonReport{Places: []PersonPlace{}, Editions: []books.NamedPerson{}, Backups: []string{}, Surname: []PersonPlace{},
		Files: []string{}}
	p, _, err := room.person(ctx, name)
	if err != nil {
		return out, err
	}
	err = room.base.Store.View(ctx, func(read store.Reader) error {
		var named []store.Body
		if err := read.EachBody(ctx, func(b store.Body) error {
			if namesPerson(p, b) || bears(p, b) {
				named = append(named, b)
			}
			return ctx.Err()
		}); err != nil {
			return err
		}
		for _, b := range named {
			b.Title = read.TitleOf(ctx, b.Aggregate, b.ID, b.JSON)
			out.Places = append(out.Places, places(b, func(s string) ([2]int, bool) {
				spans := p.Spans(s)
				return append(spans, [2]int{})[0], len(spans) > 0
			})...)
			if !keptByLaw(b.Aggregate, b.JSON) {
				out.Surname = append(out.Surname, places(b, p.Surname)...)
			}
		}
		return read.EachVersion(ctx, func(b store.Body) error {
			if namesPerson(p, b) && !keptByLaw(b.Aggregate, b.JSON) {
				out.Versions++
			}
			return ctx.Err()
		})
	})
	if err != nil {
		return out, base.Stopped(err)
	}
	if out.Files, err = room.filesNaming(ctx, p); err != nil {
		return out, err
	}
	editions, err := room.books.Named(ctx, name)
	if err != nil {
		return out, err
	}
	out.Editions = append(out.Editions, editions.People...)
	backups, err := store.Backups(room.base.Dir())
	for _, b := range backups {
		out.Backups = append(out.Backups, b.File)
	}
	return out, err
}

func namesPerson(p *repertoire.Person, b store.Body) bool { return holds(b, p.In) }

func bears(p *repertoire.Person, b store.Body) bool {
	return holds(b, func(s string) bool { _, yes := p.Surname(s); return yes })
}

// holds tells whether any text of a record that may name somebody is such.
func holds(b store.Body, is func(string) bool) (found bool) {
	store.Declared(b.Aggregate).Strings(b.JSON, func(s repertoire.StringAt) string {
		found = found || s.Field.Named() && is(s.Value)
		return s.Value
	})
	return found
}

// places lists the top-level fields of a record in which find finds something.
func places(b store.Body, find func(string) ([2]int, bool)) (out []PersonPlace) {
	d := store.Declared(b.Aggregate)
	last := ""
	d.Strings(b.JSON, func(s repertoire.StringAt) string {
		name, _, _ := strings.Cut(s.Path, ".")
		if !s.Field.Named() || name == last {
			return s.Value
		}
		if at, yes := find(s.Value); yes {
			last = name
			out = append(out, PersonPlace{RecordRef: history.RecordRef{Aggregate: b.Aggregate, ID: b.ID}, Title: b.Title, Field: name,
				Label:   d.LabelOf(name),
				Excerpt: around(s.Value, at), Trashed: b.Trashed, Kept: keptByLaw(b.Aggregate, b.JSON)})
		}
		return s.Value
	})
	return out
}

// around cuts the words about a span.
func around(s string, span [2]int) string {
	const margin = 40
	before, after := []rune(s[:span[0]]), []rune(s[span[1]:])
	head, tail := "", ""
	if len(before) > margin {
		before, head = before[len(before)-margin:], "…"
	}
	if len(after) > margin {
		after, tail = after[:margin], "…"
	}
	return head + string(before) + s[span[0]:span[1]] + string(after) + tail
}

// ErasedReport says what an erasure reached and what still names the person.
type ErasedReport struct {
	Records  int                 `json:"records"`
	Versions int                 `json:"versions"`
	Kept     []PersonPlace       `json:"kept"` // by law
	Editions []books.NamedPerson `json:"editions"`
	Backups  []string            `json:"backups"`
	Surname  []PersonPlace       `json:"surname"` // what still bears the surname alone
	Files    []string            `json:"files"`   // drafts and copies that were removed
}

// ErasePerson erases a person for good from the base, its journal and the
// index; backups made from now on hold nothing of them. The erasure is recorded
// with reason and without the data.
func (room *Room) ErasePerson(ctx context.Context, name, reason string) (ErasedReport, error) {
	out := ErasedReport{Kept: []PersonPlace{}, Editions: []books.NamedPerson{}, Backups: []string{}, Surname: []PersonPlace{},
		Files: []string{}}
	p, words, err := room.person(ctx, name)
	if err != nil {
		return out, err
	}
	seen, err := room.FindPerson(ctx, name)
	if err != nil {
		return out, err
	}
	event := room.base.Change(repertoire.CauseErase, "Effacement d’une personne")
	note := store.ErasureNote{Erasure: store.Erasure{ID: event.ID, Author: room.base.Author(), At: event.At, Reason: p.Without(reason)}}
	if note.Asked, note.Known, err = marks(name, p); err != nil {
		return out, err
	}
	report, err := room.noted(ctx, note, func(ctx context.Context) (r store.ErasureReport, err error) {
		r, err = room.base.Store.EraseWords(ctx, words, note.Erasure)
		if repertoire.KindOf(err) == repertoire.NotFound && len(seen.Files) > 0 {
			return r, room.base.Store.SettleErasure(ctx, note.Erasure) // nothing in the base: the files are left to remove
		}
		return r, err
	})
	if err == nil {
		out.Files, err = removed(seen.Files)
	}
	if err == nil {
		err = room.eraseDrafts(p, words)
	}
	out.Records, out.Versions, out.Editions = len(report.Records), report.Versions, seen.Editions
	for _, x := range seen.Places {
		if x.Kept {
			out.Kept = append(out.Kept, x)
		}
	}
	out.Surname = append(out.Surname, seen.Surname...)
	for _, b := range report.Backups {
		out.Backups = append(out.Backups, b.File)
	}
	for _, id := range report.Records {
		event.Ops = append(event.Ops, repertoire.Op{ID: id})
	}
	if report.Seq > 0 {
		room.base.Publish(event)
	}
	return out, err
}
