package repertoire

import (
	"bytes"
	"encoding/json"
	"sort"
)

// labelled are the declarations in which a field without its aggregate is
// looked for, the most asked for first.
var labelled = [...]*Declaration{DeclaredPartnership, DeclaredAuthority, DeclaredDirectory, DeclaredPresentation, DeclaredList,
	DeclaredTheme}

// FieldLabel gives the French name of a field by its JSON name or its path
// ("projects.2.results"), or the name itself when it is not declared.
func FieldLabel(field string) string {
	for _, d := range labelled {
		if f := d.At(field); f != nil {
			return f.Label
		}
	}
	return field
}

// Bookkeeping tells whether a top-level field changes with every save and means
// nothing to a person.
func Bookkeeping(field string) bool {
	f := DeclaredPartnership.Field(field)
	return f != nil && f.Has(Kept)
}

// FieldChange is one top-level field before and after, as raw JSON; nil where
// the field is absent.
type FieldChange struct {
	Name          string
	Before, After json.RawMessage
}

// Compare lists the fields in which two JSON records differ, sorted by name;
// bookkeeping (version, dates of writing, confirmations) is left out. A nil
// record has no fields.
func Compare(before, after json.RawMessage) ([]FieldChange, error) {
	b, err := fieldsOf(before)
	if err != nil {
		return nil, err
	}
	a, err := fieldsOf(after)
	if err != nil {
		return nil, err
	}
	var out []FieldChange
	for name, v := range b {
		if !Bookkeeping(name) && !bytes.Equal(v, a[name]) {
			out = append(out, FieldChange{name, v, a[name]})
		}
	}
	for name, v := range a {
		if _, both := b[name]; !both && !Bookkeeping(name) {
			out = append(out, FieldChange{name, nil, v})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, nil
}

func fieldsOf(raw json.RawMessage) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	if len(raw) == 0 {
		return fields, nil
	}
	err := json.Unmarshal(raw, &fields)
	return fields, err
}
