package repertoire

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Line is one filled field of a record, written for a person.
type Line struct {
	Field string `json:"field"` // JSON name
	Label string `json:"label"`
	Value string `json:"value"`
}

// Lines writes every filled field of a record, in the order of the table.
func (d *Declaration) Lines(record any, n Names) []Line {
	var out []Line
	for _, f := range d.Fields {
		if f.Has(Kept) || !f.Filled(record) {
			continue
		}
		if s := f.Words(record, n); s != "" {
			out = append(out, Line{f.Name, f.Label, s})
		}
	}
	return out
}

// WordsOf writes the JSON of one field, by its name, for a person; a field that
// is not declared is not shown raw either.
func (d *Declaration) WordsOf(name string, raw json.RawMessage, n Names) string {
	if f := d.Field(name); f != nil {
		return f.WordsOf(raw, n)
	}
	if len(raw) == 0 {
		return ""
	}
	return "(champ d’une autre version du programme)"
}

// LabelOf gives the French name of a field by its name or path.
func (d *Declaration) LabelOf(path string) string {
	if d != nil {
		if f := d.At(path); f != nil {
			return f.Label
		}
	}
	return FieldLabel(path)
}

// Differing writes a field before and after for a person. Of a list of elements
// only what differs is written, element by element: a project whose results
// changed is not told by its title twice. was and is name what each state
// refers to.
func (f *Field) Differing(before, after json.RawMessage, was, is Names) (string, string) {
	if f.Kind != FieldGroup || !f.Many {
		return f.WordsOf(before, was), f.WordsOf(after, is)
	}
	a, ok := f.listOf(before)
	b, too := f.listOf(after)
	if !ok || !too {
		return f.WordsOf(before, was), f.WordsOf(after, is)
	}
	var x, y []string
	for _, key := range append(slices.Clone(a.keys), b.keys...) {
		old, had := a.byKey[key]
		now, has := b.byKey[key]
		switch {
		case !had && has:
			y = append(y, f.one(now, is))
		case had && !has:
			x = append(x, f.one(old, was))
		case had && has:
			if fields := f.Of.unequal(old, now); len(fields) > 0 {
				s, t := f.Of.words(old, was, fields), f.Of.words(now, is, fields)
				if s == t {
					t += " (autre fichier)"
				}
				x, y = append(x, s), append(y, t)
			}
		}
		delete(a.byKey, key)
		delete(b.byKey, key)
	}
	if x == nil && y == nil { // the same elements in another order
		return f.WordsOf(before, was), f.WordsOf(after, is)
	}
	return strings.Join(x, " ; "), strings.Join(y, " ; ")
}

// unequal lists the fields in which two elements differ, bookkeeping apart.
func (d *Declaration) unequal(a, b reflect.Value) []*Field {
	var out []*Field
	for _, f := range d.Fields {
		if !f.Has(Kept) && !sameValue(a.Field(f.index), b.Field(f.index)) {
			out = append(out, f)
		}
	}
	return out
}

// elements are those of a list by what tells them apart, in order.
type elements struct {
	keys  []string
	byKey map[string]reflect.Value
	// sure tells that each has an ID, or telling fields of its own.
	sure bool
}

func (f *Field) listOf(raw json.RawMessage) (elements, bool) {
	v := reflect.New(f.typ)
	if len(raw) > 0 && json.Unmarshal(raw, v.Interface()) != nil {
		return elements{}, false
	}
	return f.elements(v.Elem()), true
}

func (f *Field) elements(list reflect.Value) elements {
	out := elements{byKey: map[string]reflect.Value{}, sure: true}
	for i := range list.Len() {
		key := f.key(list.Index(i))
		if _, twice := out.byKey[key]; key == "" || twice {
			key += "#" + strconv.Itoa(i)
			out.sure = false
		}
		out.keys = append(out.keys, key)
		out.byKey[key] = list.Index(i)
	}
	return out
}

// key tells an element from its neighbours: its ID, else its telling fields,
// else, of plain words, itself.
func (f *Field) key(v reflect.Value) string {
	if v.Kind() != reflect.Struct {
		return "= " + v.String()
	}
	if id := f.Of.Field("id"); id != nil && filled(v.Field(id.index)) {
		return "id " + v.Field(id.index).String()
	}
	var parts []string
	any := false
	for _, t := range f.Of.With(Telling) {
		s := v.Field(t.index).String()
		any = any || s != ""
		parts = append(parts, s)
	}
	if !any {
		return ""
	}
	return strings.Join(parts, "\x00")
}
