package store

import (
	"encoding/json"
	"slices"

	"repertoire/internal/repertoire"
)

// fieldsOf splits a body into its top-level fields; nil has none.
func fieldsOf(body json.RawMessage) (map[string]json.RawMessage, error) {
	fields := map[string]json.RawMessage{}
	if body == nil {
		return fields, nil
	}
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, repertoire.Fault(err, "Une fiche de la base n’est pas lisible ; rien n’a été modifié.")
	}
	return fields, nil
}

// setField puts a value in place, nil taking the field away.
func setField(fields map[string]json.RawMessage, name string, value json.RawMessage) {
	if value == nil {
		delete(fields, name)
		return
	}
	fields[name] = value
}

// names lists the fields of several bodies, sorted, each once.
func names(bodies ...map[string]json.RawMessage) []string {
	var out []string
	for _, b := range bodies {
		for name := range b {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// bookkeeping fields change with every save and mean nothing to a person;
// confirmations follow the fields they confirm.
func bookkeeping(name string) bool { return repertoire.Bookkeeping(name) }

func confirmationsOf(raw json.RawMessage) (map[string]repertoire.Confirmation, error) {
	out := map[string]repertoire.Confirmation{}
	if raw == nil {
		return out, nil
	}
	err := json.Unmarshal(raw, &out)
	return out, err
}

// newestConfirmations keeps, field by field, the later of two confirmations.
func newestConfirmations(a, b json.RawMessage) (json.RawMessage, error) {
	left, err := confirmationsOf(a)
	if err != nil {
		return nil, err
	}
	right, err := confirmationsOf(b)
	if err != nil {
		return nil, err
	}
	for field, c := range right {
		if old, ok := left[field]; !ok || c.At.After(old.At) {
			left[field] = c
		}
	}
	if len(left) == 0 {
		return nil, nil
	}
	return json.Marshal(left)
}
