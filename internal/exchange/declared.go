package exchange

import (
	"sync"

	"repertoire/internal/repertoire"
)

// The partnership's own fields that have a column declare it themselves: its
// word, its heading and what other people call it. What can be read and
// written by its kind alone is; the others (themes, people, dates that may be
// ranges) have their own code here.

// declaredColumns gives the fields of a partnership by the word of their column.
var declaredColumns = sync.OnceValue(func() map[Field]*repertoire.Field {
	out := map[Field]*repertoire.Field{}
	for _, f := range repertoire.DeclaredPartnership.Fields {
		if f.Column.Code != "" {
			out[Field(f.Column.Code)] = f
		}
	}
	return out
})

// declared is the column of a field as its declaration has it.
func declared(f Field) column {
	d := declaredColumns()[f]
	return column{f, d.Column.Heading, d.Column.Synonyms}
}

// undistributed are the declared columns that no list has placed, in their order.
func undistributed(placed []column) []column {
	there := map[Field]bool{}
	for _, c := range placed {
		there[c.field] = true
	}
	var out []column
	for _, f := range repertoire.DeclaredPartnership.Fields {
		if code := Field(f.Column.Code); code != "" && !there[code] {
			out = append(out, declared(code))
		}
	}
	return out
}

// single gives the declaration of a field of one value.
func single(f Field) (*repertoire.Field, bool) {
	d, ok := declaredColumns()[f]
	return d, ok && !d.Many
}

// kindOf gives what a column of the partnership's own fields holds.
func kindOf(f Field) (repertoire.FieldKind, bool) {
	d, ok := single(f)
	if !ok {
		return 0, false
	}
	return d.Kind, true
}

func isDate(f Field) bool {
	k, ok := kindOf(f)
	return ok && k == repertoire.FieldDate
}

// plainCell is what a field of one value says, false for the others.
func plainCell(p *repertoire.Partnership, f Field) (string, bool) {
	d, ok := single(f)
	if !ok {
		return "", false
	}
	switch v := d.Value(p).(type) {
	case bool:
		return yes(v), true
	case int:
		return positive(v), true
	case repertoire.Date:
		return v.Field(), true
	}
	switch d.Kind {
	case repertoire.FieldText, repertoire.FieldMarkdown, repertoire.FieldURL:
		return *d.Pointer(p).(*string), true
	case repertoire.FieldChoice:
		return d.Words(p, repertoire.Names{}), true
	}
	return "", false
}

// setDeclared writes the texts, choices and ticks of a row.
func (w *writer) setDeclared() {
	for _, d := range repertoire.DeclaredPartnership.Fields {
		f := Field(d.Column.Code)
		switch {
		case f == "" || d.Many || f == FieldSource || f == FieldNotes:
		case d.Kind == repertoire.FieldText || d.Kind == repertoire.FieldMarkdown || d.Kind == repertoire.FieldURL:
			w.setText(f, d.Name, d.Pointer(w.record).(*string))
		case d.Kind == repertoire.FieldFlag:
			w.setBool(f, d.Name, d.Pointer(w.record).(*bool))
		case d.Kind == repertoire.FieldChoice:
			w.setChoice(f, d)
		}
	}
}

// setChoice sets a value of a closed list; a word that it does not have leaves
// the cell and is said.
func (w *writer) setChoice(f Field, d *repertoire.Field) {
	v, ok := w.value(f)
	if !ok {
		return
	}
	choice, ok := parseChoice(d, v)
	switch {
	case !ok && empty(v):
	case !ok:
		w.strange(f, v)
	default:
		before := d.Value(w.record)
		d.SetWords(w.record, choice)
		if d.Value(w.record) != before {
			w.touch(d.Name)
		}
	}
}

// parseChoice reads a word of a closed list, by its own readings first.
func parseChoice(d *repertoire.Field, v string) (string, bool) {
	switch Field(d.Column.Code) {
	case FieldType:
		t, ok := parseType(v)
		return string(t), ok
	case FieldFormality:
		t, ok := parseFormality(v)
		return string(t), ok
	case FieldStatus:
		t, ok := parseStatus(v)
		return string(t), ok
	}
	for _, c := range d.Choices {
		if word := foldHeading(oneLine(v)); word == foldHeading(c.Value) || word == foldHeading(c.Label) {
			return c.Value, true
		}
	}
	return "", false
}
