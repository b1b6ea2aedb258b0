package repertoire

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Names turns what records refer to into words. Each function may be nil, and
// is asked for IDs and codes that no longer exist: it then gives nil or "".
type Names struct {
	Authority   func(ID) *Authority
	Theme       func(code string) string
	Country     func(iso string) string
	Directory   func(slug string) string
	Partnership func(ID) string // its title
}

func asked(find func(string) string, s string) string {
	if find != nil {
		if l := find(s); l != "" {
			return l
		}
	}
	return s
}

// AuthorityName gives an authority's usual name.
func (n Names) AuthorityName(id ID) string {
	if n.Authority != nil {
		if a := n.Authority(id); a != nil {
			return a.Usual()
		}
	}
	return "collectivité inconnue"
}

// ThemeLabel gives a theme's label, its code when it has none.
func (n Names) ThemeLabel(code string) string { return asked(n.Theme, code) }

// CountryName gives a country's French name, its code when it has none.
func (n Names) CountryName(iso string) string { return asked(n.Country, iso) }

// placed is an authority with what tells it from others of its name.
func (n Names) placed(id ID) string {
	if n.Authority == nil {
		return n.AuthorityName(id)
	}
	a := n.Authority(id)
	if a == nil {
		return n.AuthorityName(id)
	}
	where := a.Departement
	if !a.French() {
		where = n.CountryName(a.Country)
	}
	if s := a.Usual(); where != "" && where != s {
		return s + " (" + where + ")"
	}
	return a.Usual()
}

// Words writes the field's content for a person; "" when it is empty.
func (f *Field) Words(record any, n Names) string { return f.words(f.in(record), n) }

// WordsOf writes the JSON of the field's content alone, as journals keep it.
func (f *Field) WordsOf(raw json.RawMessage, n Names) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	v := reflect.New(f.typ)
	if json.Unmarshal(raw, v.Interface()) != nil {
		return "(illisible)"
	}
	return f.words(v.Elem(), n)
}

func (f *Field) lines(v reflect.Value, n Names) []string {
	var out []string
	for i := range v.Len() {
		if s := f.one(v.Index(i), n); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (f *Field) words(v reflect.Value, n Names) string {
	switch {
	case !filled(v):
		return ""
	case f.Many:
		return strings.Join(f.lines(v, n), " ; ")
	case f.Kind == FieldOptions:
		var out []string
		for _, k := range sortedKeys(v) {
			out = append(out, strings.Join(v.MapIndex(k).Interface().([]string), ", "))
		}
		return strings.Join(out, " ; ")
	case f.Kind == FieldByKey:
		var out []string
		for _, k := range sortedKeys(v) {
			content := reflect.New(v.Type().Elem())
			content.Elem().Set(v.MapIndex(k))
			name := k.String()
			if n.Partnership != nil && n.Partnership(ID(name)) != "" {
				name = n.Partnership(ID(name))
			}
			out = append(out, name+" – "+f.Of.Words(content.Interface(), n))
		}
		return strings.Join(out, " ; ")
	}
	return f.one(v, n)
}

func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

// one writes a single value.
func (f *Field) one(v reflect.Value, n Names) string {
	switch f.Kind {
	case FieldGroup, FieldByKey:
		if f.Of == DeclaredParty {
			p := v.Interface().(Party)
			if p.Lead {
				return n.placed(p.Authority) + ", chef de file"
			}
			return n.placed(p.Authority)
		}
		return f.Of.words(v, n, nil)
	case FieldChoice:
		return Choices[string](f.Choices).Label(v.String())
	case FieldTheme:
		return n.ThemeLabel(v.String())
	case FieldCountry:
		return n.CountryName(v.String())
	case FieldDirectory:
		return asked(n.Directory, v.String())
	case FieldAuthority:
		if v.Len() == 0 {
			return ""
		}
		return n.AuthorityName(ID(v.String()))
	case FieldRecord:
		if n.Partnership != nil {
			if t := n.Partnership(ID(v.String())); t != "" {
				return t
			}
		}
		return "fiche qui n’est plus là"
	case FieldMedia:
		if v.Len() == 0 {
			return ""
		}
		return "fichier joint"
	case FieldDate:
		return Date(v.String()).Field()
	case FieldYear:
		return strconv.FormatInt(v.Int(), 10)
	case FieldNumber:
		if x, ok := v.Interface().(interface{ French() string }); ok { // amounts, rates
			return x.French()
		}
		return numeral(v)
	case FieldDegrees:
		for v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		return strings.ReplaceAll(strconv.FormatFloat(v.Float(), 'f', -1, 64), ".", ",")
	case FieldMoney:
		return v.Interface().(Money).French()
	case FieldFlag:
		if v.Bool() {
			return "oui"
		}
		return "non"
	case FieldMoment:
		t := v.Interface().(time.Time)
		return DateOf(t.Local()).Field() + t.Local().Format(" à 15:04")
	}
	return v.String()
}

func numeral(v reflect.Value) string {
	if v.CanFloat() {
		return strings.ReplaceAll(strconv.FormatFloat(v.Float(), 'f', -1, 64), ".", ",")
	}
	return Thousands(v.Int())
}

// Words writes an element for a person: what it is called, then each other
// filled field with its label.
func (d *Declaration) Words(element any, n Names) string {
	return d.words(reflect.ValueOf(element).Elem(), n, nil)
}

// called gives what an element is called, from its naming fields, else its
// plain ones, and the field that says so.
func (d *Declaration) called(v reflect.Value, n Names) (string, *Field) {
	for _, use := range []Use{Naming, Plain} {
		for _, f := range d.With(use) {
			if s := f.words(v.Field(f.index), n); s != "" {
				return s, f
			}
		}
	}
	return "", nil
}

// words writes what an element is called and its filled fields, of only when it
// is not nil: what a change touched.
func (d *Declaration) words(v reflect.Value, n Names, only []*Field) string {
	name, by := d.called(v, n)
	var parts []string
	for _, f := range d.Fields {
		content := v.Field(f.index)
		switch {
		case f == by || f.Has(Kept), only != nil && !slices.Contains(only, f), only == nil && !filled(content):
			continue
		}
		s := f.words(content, n)
		switch {
		case s == "":
		case f.Has(Plain):
			parts = append(parts, s)
		default:
			parts = append(parts, LowerFirst(f.Label)+" : "+s)
		}
	}
	switch {
	case len(parts) == 0:
		return name
	case name == "":
		return strings.Join(parts, ", ")
	}
	return name + " – " + strings.Join(parts, ", ")
}

// LowerFirst puts a label within a sentence; abbreviations stay.
func LowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) {
		return s
	}
	return strings.ToLower(string(r[:min(1, len(r))])) + string(r[min(1, len(r)):])
}
