package repertoire

import "reflect"

// KeyOf tells an element of a list (by its pointer) from its neighbours: its
// ID, else its telling fields; "" when nothing tells it.
func (f *Field) KeyOf(element any) string { return f.key(reflect.ValueOf(element).Elem()) }

// Append puts an element, by its pointer, at the end of a list of groups.
func (f *Field) Append(record, element any) {
	list := f.in(record)
	list.Set(reflect.Append(list, copied(reflect.ValueOf(element).Elem())))
}

// Remove takes the element at i out of a list; the others keep their order. An
// emptied list is an absent one.
func (f *Field) Remove(record any, i int) {
	list := f.in(record)
	if list.Len() == 1 {
		list.SetZero()
		return
	}
	rest := reflect.MakeSlice(list.Type(), 0, list.Len()-1)
	rest = reflect.AppendSlice(rest, list.Slice(0, i))
	list.Set(reflect.AppendSlice(rest, list.Slice(i+1, list.Len())))
}

// SetWords writes plain words into a field that holds one or several of them:
// texts, codes, choices, dates.
func (f *Field) SetWords(record any, words ...string) {
	v := f.in(record)
	if !f.Many {
		v.SetString(words[0])
		return
	}
	list := reflect.MakeSlice(v.Type(), len(words), len(words))
	for i, s := range words {
		list.Index(i).SetString(s)
	}
	if len(words) == 0 {
		list = reflect.Zero(v.Type())
	}
	v.Set(list)
}

// Copied gives an element of its own: a pointer to a copy that shares nothing.
func (d *Declaration) Copied(element any) any {
	out := reflect.New(d.typ)
	out.Elem().Set(copied(reflect.ValueOf(element).Elem()))
	return out.Interface()
}
