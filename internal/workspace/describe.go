package workspace

import (
	"encoding/json"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Line is one labelled value, as people read it.
type Line = repertoire.Line

// names resolves what records only point to, and writes the fields of one kind
// of records for a person.
type names struct {
	authority func(repertoire.ID) *repertoire.Authority
	theme     func(code string) string
	country   func(iso string) string
	directory func(slug string) string
	title     func(repertoire.ID) string // of a partnership
	of        *repertoire.Declaration    // nil: of partnerships
}

// in gives the names for records of a kind.
func (n names) in(a repertoire.Aggregate) names {
	n.of = order.Declared(a)
	return n
}

func (n names) fields() *repertoire.Declaration {
	if n.of == nil {
		return repertoire.DeclaredPartnership
	}
	return n.of
}

func (n names) words() repertoire.Names {
	return repertoire.Names{Authority: n.authority, Theme: n.theme, Country: n.country, Directory: n.directory, Partnership: n.title}
}

// describe lists every filled field of p.
func (n names) describe(p *repertoire.Partnership) []Line {
	return repertoire.DeclaredPartnership.Lines(p, n.words())
}

// value writes one raw JSON field for a person.
func (n names) value(field string, raw json.RawMessage) string {
	return n.fields().WordsOf(field, raw, n.words())
}

// label names a field.
func (n names) label(field string) string { return n.fields().LabelOf(field) }

// differing writes a field before and after, of a list only what differs; now
// names what the state after refers to.
func (n names) differing(now names, f repertoire.FieldChange) (before, after string) {
	if d := n.fields().Field(f.Name); d != nil {
		return d.Differing(f.Before, f.After, n.words(), now.words())
	}
	return n.value(f.Name, f.Before), now.value(f.Name, f.After)
}

// change writes one changed field.
func (n names) change(now names, f repertoire.FieldChange) FieldChange {
	before, after := n.differing(now, f)
	return FieldChange{Name: f.Name, Label: n.label(f.Name), Before: before, After: after}
}

func list[T any](items []T, show func(T) string) string {
	parts := make([]string, 0, len(items))
	for _, x := range items {
		if s := show(x); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ; ")
}

func join(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
