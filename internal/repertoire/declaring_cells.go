package repertoire

import (
	"reflect"
	"strings"
)

// cellGlue stands between the elements of a list in one entry of a
// form.
const cellGlue = " | "

// Cell writes a list whose elements have a one-cell form (see Declaration.Text)
// as forms hold it.
func (f *Field) Cell(record any) string {
	var out []string
	for _, x := range f.Elements(record) {
		out = append(out, f.Of.Text(x))
	}
	return strings.Join(out, cellGlue)
}

// SetCell reads what Cell writes; nothing changes when an element cannot be read.
func (f *Field) SetCell(record any, text string) error {
	list := reflect.MakeSlice(f.typ, 0, 0)
	for _, s := range strings.Split(text, strings.TrimSpace(cellGlue)) {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		x, err := f.Of.Read(s)
		if err != nil {
			return err
		}
		list = reflect.Append(list, reflect.ValueOf(x).Elem())
	}
	if list.Len() == 0 {
		list = reflect.Zero(f.typ)
	}
	f.in(record).Set(list)
	return nil
}

// InOneCell lists the fields that forms show in one entry.
func (d *Declaration) InOneCell() []*Field {
	var out []*Field
	for _, f := range d.Fields {
		if f.Many && f.Of != nil && f.Of.Read != nil {
			out = append(out, f)
		}
	}
	return out
}
