package workspace

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// PersonPlace is a field of a record that names a person.
type PersonPlace struct {
	RecordRef
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
	Places   []PersonPlace `json:"places"`
	Versions int           `json:"versions"` // of the journal
	Editions []NamedPerson `json:"editions"` // frozen copies, which stay as they are
	Backups  []string      `json:"backups"`  // which hold the data until they leave by rotation
}

// Erasable counts the places and versions an erasure would reach.
func (r PersonReport) Erasable() int {
	n := r.Versions
	for _, p := range r.Places {
		if !p.Kept {
			n++
		}
	}
	return n
}

// person recognises somebody by a full name; it refuses a single word, which
// would take others away.
func (w *Workspace) person(ctx context.Context, name string) (redactor, store.Words, error) {
	name = strings.Join(strings.Fields(name), " ")
	if len(strings.Fields(name)) < 2 {
		return redactor{}, store.Words{}, repertoire.Refuse("Donnez le prénom et le nom de la personne : un seul mot effacerait aussi d’autres personnes ou des lieux. Rien n’a été effacé.")
	}
	byName := newRedactor(name)
	is := func(c repertoire.Contact) bool { return len(byName.spans(c.Name)) > 0 }
	// Addresses and numbers of the person may stand in texts too, and so may
	// those of contacts that only the journal still has.
	var more []string
	see := func(b store.Body) error {
		if b.Aggregate != repertoire.AggPartnership || !strings.Contains(string(b.JSON), `"contacts"`) {
			return ctx.Err()
		}
		var p struct{ Contacts []repertoire.Contact }
		if err := json.Unmarshal(b.JSON, &p); err != nil {
			return repertoire.Fault(err, "Une fiche n’est pas lisible ; rien n’a été effacé.")
		}
		for _, c := range p.Contacts {
			if is(c) {
				for _, s := range []string{c.Email, c.Phone} {
					if s != "" && !slices.Contains(more, s) {
						more = append(more, s)
					}
				}
			}
		}
		return ctx.Err()
	}
	if err := w.store.EachBody(ctx, see); err != nil {
		return byName, store.Words{}, stopped(err)
	}
	if err := w.store.EachVersion(ctx, see); err != nil {
		return byName, store.Words{}, stopped(err)
	}
	r := newRedactor(name, more...)
	return r, store.Words{Person: is, Body: r.body, Text: r.text}, nil
}

// FindPerson lists what names a person: contacts, texts, notes, buyers, the
// trash, the journal, frozen editions.
func (w *Workspace) FindPerson(ctx context.Context, name string) (PersonReport, error) {
	out := PersonReport{Places: []PersonPlace{}, Editions: []NamedPerson{}, Backups: []string{}}
	r, _, err := w.person(ctx, name)
	if err != nil {
		return out, err
	}
	err = w.store.View(ctx, func(read store.Reader) error {
		var named []store.Body
		if err := read.EachBody(ctx, func(b store.Body) error {
			if r.names(b) {
				named = append(named, b)
			}
			return ctx.Err()
		}); err != nil {
			return err
		}
		for _, b := range named {
			b.Title = read.TitleOf(ctx, b.Aggregate, b.ID, b.JSON)
			out.Places = append(out.Places, r.places(b)...)
		}
		return read.EachVersion(ctx, func(b store.Body) error {
			if r.names(b) && !keptByLaw(b.Aggregate, b.JSON) {
				out.Versions++
			}
			return ctx.Err()
		})
	})
	if err != nil {
		return out, stopped(err)
	}
	editions, err := w.Named(ctx, name)
	if err != nil {
		return out, err
	}
	out.Editions = append(out.Editions, editions.People...)
	backups, err := store.Backups(w.dir)
	for _, b := range backups {
		out.Backups = append(out.Backups, b.File)
	}
	return out, err
}

func (r redactor) names(b store.Body) bool {
	found := false
	literals(b.JSON, func(key, value string) string {
		found = found || !placeName(b.Aggregate, key) && len(r.spans(value)) > 0
		return value
	})
	return found
}

// places lists the top-level fields of a record that name the person.
func (r redactor) places(b store.Body) (out []PersonPlace) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(b.JSON, &fields) != nil {
		return nil
	}
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		excerpt := ""
		literals(append(json.RawMessage(`"`+name+`":`), fields[name]...), func(key, value string) string {
			if spans := r.spans(value); excerpt == "" && len(spans) > 0 && !placeName(b.Aggregate, key) {
				excerpt = around(value, spans[0])
			}
			return value
		})
		if excerpt != "" {
			out = append(out, PersonPlace{RecordRef: RecordRef{b.Aggregate, b.ID}, Title: b.Title, Field: name, Label: repertoire.FieldLabel(name),
				Excerpt: excerpt, Trashed: b.Trashed, Kept: keptByLaw(b.Aggregate, b.JSON)})
		}
	}
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
	Records  int           `json:"records"`
	Versions int           `json:"versions"`
	Kept     []PersonPlace `json:"kept"` // by law
	Editions []NamedPerson `json:"editions"`
	Backups  []string      `json:"backups"`
}

// ErasePerson erases a person for good from the base, its journal and the
// index; backups made from now on hold nothing of them. The erasure is recorded
// with reason and without the data.
func (w *Workspace) ErasePerson(ctx context.Context, name, reason string) (ErasedReport, error) {
	out := ErasedReport{Kept: []PersonPlace{}, Editions: []NamedPerson{}, Backups: []string{}}
	r, words, err := w.person(ctx, name)
	if err != nil {
		return out, err
	}
	seen, err := w.FindPerson(ctx, name)
	if err != nil {
		return out, err
	}
	var report store.ErasureReport
	event := w.change(repertoire.CauseErase, "Effacement d’une personne")
	err = w.eraseAndForget(ctx, func(ctx context.Context) (err error) {
		report, err = w.store.EraseWords(ctx, words, store.Erasure{ID: event.ID, Author: w.author, At: event.At, Reason: r.text(reason)})
		return err
	})
	out.Records, out.Versions, out.Editions = len(report.Records), report.Versions, seen.Editions
	for _, p := range seen.Places {
		if p.Kept {
			out.Kept = append(out.Kept, p)
		}
	}
	for _, b := range report.Backups {
		out.Backups = append(out.Backups, b.File)
	}
	for _, id := range report.Records {
		event.Ops = append(event.Ops, repertoire.Op{ID: id})
	}
	if report.Seq > 0 {
		w.publish(event)
	}
	return out, err
}
