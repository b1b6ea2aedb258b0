package repertoire

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"time"
)

// Clash is a place that two sides changed to different contents. The merge
// keeps theirs there.
type Clash struct {
	Path               string // "title", "projects.0198….results"
	Field              *Field
	Base, Mine, Theirs json.RawMessage // nil where absent or taken away
}

// Merge puts what mine changed since base into theirs: field by field, of lists
// element by element (by ID, else by their telling fields) and field by field
// within. Nothing either side wrote is lost without a clash. The bookkeeping is
// theirs, with the newest confirmation of each field. The three are bodies of
// the aggregate, a nil base one without fields.
func (d *Declaration) Merge(base, mine, theirs json.RawMessage) (json.RawMessage, []Clash, error) {
	var v [3]reflect.Value
	if err := decodeAll(d.typ, &v, base, mine, theirs); err != nil {
		return nil, nil, err
	}
	out, clashes := d.merge(v[0], v[1], v[2], "")
	raw, err := plainJSON(out.Interface())
	return raw, clashes, err
}

// MergeOf merges the JSON of one field; nil is an absent one.
func (f *Field) MergeOf(base, mine, theirs json.RawMessage) (json.RawMessage, []Clash, error) {
	var v [3]reflect.Value
	if err := decodeAll(f.typ, &v, base, mine, theirs); err != nil {
		return nil, nil, err
	}
	out, clashes := f.merge(v[0], v[1], v[2], f.Name)
	if !filled(out) {
		return nil, clashes, nil
	}
	raw, err := plainJSON(out.Interface())
	return raw, clashes, err
}

// decodeAll reads values of one type; of an absent one, its zero.
func decodeAll(typ reflect.Type, into *[3]reflect.Value, bodies ...json.RawMessage) error {
	for i, raw := range bodies {
		v := reflect.New(typ)
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, v.Interface()); err != nil {
				return Fault(err, "Une fiche n’est pas lisible ; rien n’a été modifié.")
			}
		}
		into[i] = v.Elem()
	}
	return nil
}

// plainJSON leaves < > & as bodies have them.
func plainJSON(v any) (json.RawMessage, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

func (d *Declaration) merge(b, m, t reflect.Value, path string) (reflect.Value, []Clash) {
	out := reflect.New(d.typ).Elem()
	out.Set(t)
	var clashes []Clash
	for _, f := range d.Fields {
		x, y, z := b.Field(f.index), m.Field(f.index), t.Field(f.index)
		at := f.Name
		if path != "" {
			at = path + "." + f.Name
		}
		switch {
		case f.Kind == FieldByKey && f.Has(Kept):
			out.Field(f.index).Set(newest(y, z))
		case f.Has(Kept):
			if !filled(z) {
				out.Field(f.index).Set(y)
			}
		default:
			v, more := f.merge(x, y, z, at)
			out.Field(f.index).Set(v)
			clashes = append(clashes, more...)
		}
	}
	return out, clashes
}

// newest keeps, field by field, the later of two confirmations.
func newest(mine, theirs reflect.Value) reflect.Value {
	out := reflect.MakeMap(theirs.Type())
	at := func(v reflect.Value) time.Time {
		c, _ := v.Interface().(Confirmation)
		return c.At
	}
	for _, side := range []reflect.Value{theirs, mine} {
		for _, k := range side.MapKeys() {
			if old := out.MapIndex(k); !old.IsValid() || at(side.MapIndex(k)).After(at(old)) {
				out.SetMapIndex(k, side.MapIndex(k))
			}
		}
	}
	if out.Len() == 0 {
		return reflect.Zero(theirs.Type())
	}
	return out
}

func (f *Field) merge(b, m, t reflect.Value, path string) (reflect.Value, []Clash) {
	switch {
	case sameValue(m, t), sameValue(m, b):
		return t, nil
	case sameValue(t, b):
		return m, nil
	case f.Many:
		if out, clashes, ok := f.mergeList(b, m, t, path); ok {
			return out, clashes
		}
	case f.Kind == FieldGroup:
		return f.Of.merge(b, m, t, path)
	case f.Kind == FieldByKey:
		return f.mergeKeys(b, m, t, path)
	}
	return t, []Clash{f.clash(b, m, t, path)}
}

func (f *Field) clash(b, m, t reflect.Value, path string) Clash {
	raw := func(v reflect.Value) json.RawMessage {
		if !v.IsValid() || !filled(v) {
			return nil
		}
		out, err := plainJSON(v.Interface())
		if err != nil {
			return nil
		}
		return out
	}
	return Clash{path, f, raw(b), raw(m), raw(t)}
}

// mergeList merges lists whose elements can be told apart; false when they
// cannot, or when both sides put the same ones into another order.
func (f *Field) mergeList(b, m, t reflect.Value, path string) (reflect.Value, []Clash, bool) {
	base, mine, theirs := f.elements(b), f.elements(m), f.elements(t)
	if !base.sure || !mine.sure || !theirs.sure {
		return t, nil, false
	}
	order, ok := mergedOrder(base, mine, theirs)
	if !ok {
		return t, nil, false
	}
	out := reflect.MakeSlice(f.typ, 0, len(order))
	var clashes []Clash
	for _, key := range order {
		v, keep, more := f.mergeElement(base.byKey[key], mine.byKey[key], theirs.byKey[key], path+"."+keyed(key))
		clashes = append(clashes, more...)
		if keep {
			out = reflect.Append(out, v)
		}
	}
	return out, clashes, true
}

// keyed is how a path names an element.
func keyed(key string) string {
	if len(key) > 3 && key[:3] == "id " {
		return key[3:]
	}
	return key
}

// mergeElement merges one element of a list; the zero Value is one that a side
// has not. What one side took away and the other changed stays, as a clash.
func (f *Field) mergeElement(b, m, t reflect.Value, path string) (v reflect.Value, keep bool, clashes []Clash) {
	switch {
	case m.IsValid() && t.IsValid():
		if f.Kind != FieldGroup {
			return t, true, nil
		}
		if !b.IsValid() {
			b = reflect.Zero(f.Of.typ)
		}
		v, clashes = f.Of.merge(b, m, t, path)
		return v, true, clashes
	case !b.IsValid() && m.IsValid():
		return m, true, nil
	case !b.IsValid():
		return t, t.IsValid(), nil
	case m.IsValid(): // they took it away
		if f.Kind != FieldGroup || len(f.Of.unequal(b, m)) == 0 {
			return m, false, nil
		}
		return m, true, []Clash{f.clash(b, m, t, path)}
	case t.IsValid(): // I took it away
		if f.Kind != FieldGroup || len(f.Of.unequal(b, t)) == 0 {
			return t, false, nil
		}
		return t, true, []Clash{f.clash(b, m, t, path)}
	}
	return t, false, nil
}

// mergedOrder lists every element of both sides: in the order of the side that
// moved some, else of theirs, what only the other has after its neighbour.
func mergedOrder(base, mine, theirs elements) ([]string, bool) {
	common := func(x elements) []string {
		var out []string
		for _, k := range x.keys {
			_, a := base.byKey[k]
			_, b := mine.byKey[k]
			_, c := theirs.byKey[k]
			if a && b && c {
				out = append(out, k)
			}
		}
		return out
	}
	was, my, their := common(base), common(mine), common(theirs)
	first, second := theirs, mine
	if !slices.Equal(my, was) {
		if !slices.Equal(their, was) && !slices.Equal(their, my) {
			return nil, false
		}
		first, second = mine, theirs
	}
	out := slices.Clone(first.keys)
	for i, k := range second.keys {
		if _, there := first.byKey[k]; there {
			continue
		}
		at := 0
		for j := i - 1; j >= 0; j-- {
			if p := slices.Index(out, second.keys[j]); p >= 0 {
				at = p + 1
				break
			}
		}
		out = slices.Insert(out, at, k)
	}
	return out, true
}

// mergeKeys merges objects by their keys.
func (f *Field) mergeKeys(b, m, t reflect.Value, path string) (reflect.Value, []Clash) {
	out := reflect.MakeMap(f.typ)
	var clashes []Clash
	group := *f
	group.Kind = FieldGroup
	done := map[string]bool{}
	for _, k := range slices.Concat(sortedKeys(b), sortedKeys(m), sortedKeys(t)) {
		if done[k.String()] {
			continue
		}
		done[k.String()] = true
		v, keep, more := group.mergeElement(b.MapIndex(k), m.MapIndex(k), t.MapIndex(k), path+"."+k.String())
		clashes = append(clashes, more...)
		if keep {
			out.SetMapIndex(k, v)
		}
	}
	return out, clashes
}
