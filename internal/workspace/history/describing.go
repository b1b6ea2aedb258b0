package history

import (
	"encoding/json"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Line is one labelled value, as people read it.
type Line = repertoire.Line

// Names resolves what records only point to, and writes the fields of one kind
// of records for a person.
type Names struct {
	Authority func(repertoire.ID) *repertoire.Authority
	Theme     func(code string) string
	Country   func(iso string) string
	directory func(slug string) string
	title     func(repertoire.ID) string // of a partnership
	of        *repertoire.Declaration    // nil: of partnerships
}

// In gives the names for records of a kind.
func (n Names) In(a repertoire.Aggregate) Names {
	n.of = store.Declared(a)
	return n
}

func (n Names) fields() *repertoire.Declaration {
	if n.of == nil {
		return repertoire.DeclaredPartnership
	}
	return n.of
}

func (n Names) words() repertoire.Names {
	return repertoire.Names{Authority: n.Authority, Theme: n.Theme, Country: n.Country, Directory: n.directory, Partnership: n.title}
}

// Describe lists every filled field of p.
func (n Names) Describe(p *repertoire.Partnership) []Line {
	return repertoire.DeclaredPartnership.Lines(p, n.words())
}

// Value writes one raw JSON field for a person.
func (n Names) Value(field string, raw json.RawMessage) string {
	return n.fields().WordsOf(field, raw, n.words())
}

// Label names a field.
func (n Names) Label(field string) string { return n.fields().LabelOf(field) }

// differing writes a field before and after, of a list only what differs; now
// names what the state after refers to.
func (n Names) differing(now Names, f repertoire.FieldChange) (before, after string) {
	if d := n.fields().Field(f.Name); d != nil {
		return d.Differing(f.Before, f.After, n.words(), now.words())
	}
	return n.Value(f.Name, f.Before), now.Value(f.Name, f.After)
}

// Change writes one changed field.
func (n Names) Change(now Names, f repertoire.FieldChange) FieldChange {
	before, after := n.differing(now, f)
	return FieldChange{Name: f.Name, Label: n.Label(f.Name), Before: before, After: after}
}

// Differences lists what separates two states of a partnership, as people
// read it.
func (n Names) Differences(before, after *repertoire.Partnership) ([]FieldChange, error) {
	was, err := store.Encode(before)
	if err != nil {
		return nil, err
	}
	now, err := store.Encode(after)
	if err != nil {
		return nil, err
	}
	changed, err := repertoire.Compare(was, now)
	if err != nil {
		return nil, repertoire.Fault(err, "Ces fiches ne peuvent pas être comparées.")
	}
	out := make([]FieldChange, len(changed))
	for i, f := range changed {
		out[i] = n.Change(n, f)
	}
	return out, nil
}
