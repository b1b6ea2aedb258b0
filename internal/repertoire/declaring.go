package repertoire

import (
	"fmt"
	"reflect"
	"strings"
)

// A field is declared once, in one of the tables of declared*.go, and all that
// goes through the fields of a record iterates the table:
//
//	d := Declared(AggPartnership)            // or DeclarationOf(&p)
//	for _, f := range d.Fields {
//		f.Name, f.Label, f.Kind, f.Many      // what it is
//		f.Has(Printed), f.Has(Confirmed)     // what it is used for
//		f.Filled(&p)                         // reading and writing a record
//		text := f.Pointer(&p).(*string)
//		f.Same(&p, &q); f.Copy(&p, &q)
//		f.Words(&p, names)                   // for a person, in French
//		f.WordsOf(raw, names)                // the same of its JSON alone
//	}
//	d.Texts(&p, func(t TextAt) { *t.Text })  // every text, nested ones too
//	d.Strings(raw, func(s StringAt) string)  // the same over the JSON of any version
//	d.At("projects.2.results")               // a field by its path, as findings name it
//	d.Merge(base, mine, theirs)              // three ways, element by element
//	d.Schema()                               // JSON Schema
//
// To add a field: the struct, one line of its table; TestEveryFieldIsDeclared
// fails until both agree. Types of other packages (orders) declare theirs with
// Declare and are handed over where all aggregates are gone through.

// FieldKind says what a field holds.
type FieldKind int

// The kinds. Of texts, only FieldText and FieldMarkdown are read as sentences.
const (
	FieldText      FieldKind = iota // one line
	FieldMarkdown                   // paragraphs
	FieldCode                       // an official or own code: INSEE, SIREN, slug, ISBN, checksum
	FieldChoice                     // the stored word of a closed list: see Choices
	FieldTheme                      // a theme's code
	FieldCountry                    // ISO 3166-1 alpha-2
	FieldDirectory                  // a répertoire's slug
	FieldAuthority                  // an authority's ID
	FieldRecord                     // another record's ID
	FieldMedia                      // SHA-256 of a file of media/
	FieldEmail
	FieldPhone
	FieldURL
	FieldLanguage // BCP 47
	FieldDate
	FieldYear
	FieldNumber
	FieldDegrees
	FieldMoney
	FieldFlag
	FieldMoment  // an instant, kept by the program
	FieldGroup   // an object, or a list of them when Many: see Of
	FieldByKey   // objects by a key: see Of
	FieldOptions // lists of words by a key
)

// Use says what a field is for, by flags.
type Use int

const (
	// Printed: may stand in a book.
	Printed Use = 1 << iota
	// Public: may leave the base (exports, sharing of files); contacts moreover
	// as their own flags say (Contact.Published).
	Public
	// Personal: free words that may name somebody; an erasure looks there.
	Personal
	// Confirmed: its freshness is kept, of a partnership's own fields.
	Confirmed
	// Essential: without it an entry is of little use to a reader.
	Essential
	// Kept: written by the program at each save; nothing to compare.
	Kept
	// Naming: what an element of a list is called; it has no label before it.
	Naming
	// Plain: understood without its label beside a name.
	Plain
	// Identifying: its elements name the record itself in other people's bases.
	Identifying
	// Telling: with the other telling ones, what tells an element without ID
	// from its neighbours.
	Telling
	// Asked: stands in the questionnaires that authorities fill in once a year.
	Asked
	// Fact: printed with its label among the facts of a partnership, where the
	// page has no place of its own for it.
	Fact
)

// Column is a field's column in tables that go out and come in.
type Column struct {
	Code     string   // the word of mapping files
	Heading  string   // of exported files, "" for columns that are only read
	Synonyms []string // headings that are understood, folded
}

// Field is the declaration of one field.
type Field struct {
	Name    string // JSON
	Label   string // French
	Hint    string // French, in an empty entry
	Kind    FieldKind
	Many    bool
	Use     Use
	Of      *Declaration     // of FieldGroup and FieldByKey
	Choices []Choice[string] // of FieldChoice
	// Weight is how much its words count in a search, 0 not searched; heavier
	// ones come first.
	Weight int
	Column Column
	// Expected are the points of completeness it brings.
	Expected []Expectation

	index int
	typ   reflect.Type
}

// Expectation is what readers look for in a field.
type Expectation struct {
	Points  int
	Message string                  // French sentence: what to add
	Met     func(*Partnership) bool // nil: the field is filled
}

// Has tells whether the field is used so.
func (f *Field) Has(u Use) bool { return f.Use&u == u }

// Declaration lists the fields of one type, in the order people read them.
type Declaration struct {
	Name   string // of the aggregate, or of the kind of element
	Label  string // French: "Projet"
	Fields []*Field

	// Text and Read, when given, are the form an element has in one entry of a
	// form: see Field.Cell. Elements go by pointer.
	Text func(element any) string
	Read func(text string) (element any, err error)

	byName map[string]*Field
	typ    reflect.Type
}

// InCells gives the elements their form in one entry.
func (d *Declaration) InCells(text func(any) string, read func(string) (any, error)) *Declaration {
	d.Text, d.Read = text, read
	return d
}

// Declare makes the declaration of T, a struct whose exported fields have JSON
// names; it panics on a name that T has not, which is a fault of the program.
func Declare[T any](name, label string, fields ...Field) *Declaration {
	typ := reflect.TypeFor[T]()
	d := &Declaration{Name: name, Label: label, byName: map[string]*Field{}, typ: typ}
	indexes := map[string]int{}
	for i := range typ.NumField() {
		indexes[JSONName(typ.Field(i))] = i
	}
	for i := range fields {
		f := &fields[i]
		index, ok := indexes[f.Name]
		if !ok || f.Name == "" || d.byName[f.Name] != nil {
			panic(fmt.Sprintf("repertoire: %s has no field %q, or twice", typ, f.Name))
		}
		f.index, f.typ = index, typ.Field(index).Type
		d.Fields, d.byName[f.Name] = append(d.Fields, f), f
	}
	return d
}

// JSONName gives the JSON name of a struct field, "" when it has none.
func JSONName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}

// Field finds a field by its JSON name, nil when it is not declared.
func (d *Declaration) Field(name string) *Field {
	if d == nil {
		return nil
	}
	return d.byName[name]
}

// With lists the fields of a use.
func (d *Declaration) With(u Use) []*Field {
	var out []*Field
	for _, f := range d.Fields {
		if f.Has(u) {
			out = append(out, f)
		}
	}
	return out
}

// At finds a field by its path, "projects.2.results"; indexes and keys are
// passed over.
func (d *Declaration) At(path string) *Field {
	var found *Field
	for _, step := range strings.Split(path, ".") {
		f := d.Field(step)
		if f == nil {
			if found == nil {
				return nil
			}
			continue // an index, an ID, a key
		}
		found = f
		if f.Of != nil {
			d = f.Of
		}
	}
	return found
}

// Blank makes an empty record: a pointer to the struct.
func (d *Declaration) Blank() any { return reflect.New(d.typ).Interface() }

func (f *Field) in(record any) reflect.Value {
	v := reflect.ValueOf(record)
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v.Field(f.index)
}

// Value gives the content of the field.
func (f *Field) Value(record any) any { return f.in(record).Interface() }

// Pointer gives the address of the field's content in a record given by its
// pointer: a *string for a text, a *[]Project for the projects.
func (f *Field) Pointer(record any) any { return f.in(record).Addr().Interface() }

// Filled tells whether somebody entered anything.
func (f *Field) Filled(record any) bool { return filled(f.in(record)) }

// Same tells whether two records (or nothing: nil) hold the same content.
func (f *Field) Same(a, b any) bool {
	return sameValue(f.in(a), f.in(b))
}

// Copy puts the content of one record into another; lists are not shared.
func (f *Field) Copy(into, from any) { f.in(into).Set(copied(f.in(from))) }

// Clear empties the field.
func (f *Field) Clear(record any) { f.in(record).SetZero() }

// Elements gives the elements of a list of groups, each by its pointer, or the
// one group of a field that is no list.
func (f *Field) Elements(record any) []any {
	v := f.in(record)
	if f.Kind != FieldGroup {
		return nil
	}
	if !f.Many {
		return []any{v.Addr().Interface()}
	}
	out := make([]any, v.Len())
	for i := range out {
		out[i] = v.Index(i).Addr().Interface()
	}
	return out
}

func filled(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() > 0
	case reflect.Pointer:
		return !v.IsNil()
	}
	return !v.IsZero()
}

// sameValue is equality as people see it: an absent list is an empty one.
func sameValue(a, b reflect.Value) bool {
	if !filled(a) && !filled(b) {
		return true
	}
	switch a.Kind() {
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameValue(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		if m := a.MethodByName("Equal"); m.IsValid() { // instants
			return m.Call([]reflect.Value{b})[0].Bool()
		}
		for i := range a.NumField() {
			if !sameValue(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// copied gives a value that shares no list with v.
func copied(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(copied(v.Index(i)))
		}
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if f := out.Field(i); f.CanSet() {
				f.Set(copied(v.Field(i)))
			}
		}
		return out
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(copied(v.Elem()))
		return out
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, copied(v.MapIndex(k)))
		}
		return out
	}
	return v
}
