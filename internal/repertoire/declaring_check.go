package repertoire

import (
	"fmt"
	"reflect"
)

// goTypes are what the kinds that have one Go type are kept as.
var goTypes = map[FieldKind]reflect.Type{FieldDate: reflect.TypeFor[Date](), FieldMoney: reflect.TypeFor[Money](),
	FieldFlag: reflect.TypeFor[bool](),
	FieldYear: reflect.TypeFor[int](), FieldDegrees: reflect.TypeFor[*float64](), FieldOptions: reflect.TypeFor[map[string][]string](),
	FieldAuthority: reflect.TypeFor[ID](), FieldRecord: reflect.TypeFor[ID](), FieldMarkdown: reflect.TypeFor[string](),
	FieldText: reflect.TypeFor[string](), FieldEmail: reflect.TypeFor[string](), FieldPhone: reflect.TypeFor[string](),
	FieldURL: reflect.TypeFor[string](), FieldTheme: reflect.TypeFor[string](), FieldCountry: reflect.TypeFor[string]()}

// Faults lists what of the struct the declaration leaves out or says wrongly,
// of what it holds too. Tests ask for it: it is empty.
func (d *Declaration) Faults() []string { return d.faults(map[*Declaration]bool{}) }

func (d *Declaration) faults(seen map[*Declaration]bool) (out []string) {
	if seen[d] {
		return nil
	}
	seen[d] = true
	for i := range d.typ.NumField() {
		s := d.typ.Field(i)
		name := JSONName(s)
		if name == "" {
			continue
		}
		f := d.Field(name)
		if f == nil {
			out = append(out, fmt.Sprintf("%s.%s (%q) is not declared: add its line to the table of %q", d.typ, s.Name, name, d.Name))
			continue
		}
		if wrong := f.wrong(s.Type); wrong != "" {
			out = append(out, fmt.Sprintf("%s.%s %s", d.Name, f.Name, wrong))
		}
		if f.Of != nil {
			out = append(out, f.Of.faults(seen)...)
		}
	}
	return out
}

// wrong says in what the declaration differs from the field's Go type.
func (f *Field) wrong(typ reflect.Type) string {
	if f.Label == "" {
		return "has no label"
	}
	if many := typ.Kind() == reflect.Slice; many != f.Many {
		return fmt.Sprintf("is a list: %v, declared %v", many, f.Many)
	}
	if typ.Kind() == reflect.Slice || f.Kind == FieldByKey && typ.Kind() == reflect.Map {
		typ = typ.Elem()
	}
	if want := goTypes[f.Kind]; want != nil && want != typ {
		return fmt.Sprintf("holds %s, declared as a kind of %s", typ, want)
	}
	switch f.Kind {
	case FieldGroup, FieldByKey:
		if f.Of == nil || f.Of.typ != typ {
			return fmt.Sprintf("holds %s, declared otherwise", typ)
		}
	case FieldChoice:
		if len(f.Choices) == 0 || typ.Kind() != reflect.String {
			return "is a choice without choices"
		}
	}
	return ""
}
