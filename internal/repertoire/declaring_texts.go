package repertoire

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
)

// TextAt is one text of a record: where it stands and, to be changed, itself.
type TextAt struct {
	Path  string // "projects.2.results"
	Top   *Field // the record's own field it stands in
	Field *Field
	Text  *string
}

// Texts hands over every filled text of a record given by its pointer, those of
// its elements too, in the order of the declarations. What fn writes stays.
func (d *Declaration) Texts(record any, fn func(TextAt)) {
	d.texts(reflect.ValueOf(record).Elem(), "", nil, fn)
}

func (d *Declaration) texts(record reflect.Value, path string, top *Field, fn func(TextAt)) (changed bool) {
	for _, f := range d.Fields {
		at := TextAt{Path: path + f.Name, Top: top, Field: f}
		if top == nil {
			at.Top = f
		}
		changed = at.in(record.Field(f.index), fn) || changed
	}
	return changed
}

// in writes only what changes: records may be shared by readers.
func (t TextAt) in(v reflect.Value, fn func(TextAt)) (changed bool) {
	below := func(step string) TextAt {
		inner := t
		inner.Path += "." + step
		return inner
	}
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 {
			return false
		}
		s := v.String()
		t.Text = &s
		if fn(t); s != v.String() {
			v.SetString(s)
			return true
		}
	case reflect.Slice:
		for i := range v.Len() {
			changed = below(strconv.Itoa(i)).in(v.Index(i), fn) || changed
		}
	case reflect.Struct:
		if t.Field.Of != nil {
			return t.Field.Of.texts(v, t.Path+".", t.Top, fn)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			content := reflect.New(v.Type().Elem()).Elem()
			content.Set(v.MapIndex(k))
			if below(k.String()).in(content, fn) {
				v.SetMapIndex(k, content)
				changed = true
			}
		}
	}
	return changed
}

// StringAt is one string of a record's JSON. Field is nil for what is not
// declared: what an older or a newer program wrote.
type StringAt struct {
	Path  string
	Field *Field
	Value string
}

// Strings hands over every string of a record's JSON and puts back what fn
// gives; the same bytes come out when it changes nothing. Keys of objects stay.
func (d *Declaration) Strings(raw json.RawMessage, fn func(StringAt) string) json.RawMessage {
	s := stringScan{raw: raw, fn: fn}
	s.value(place{of: d})
	if s.copied == 0 {
		return raw
	}
	return append(s.out, raw[s.copied:]...)
}

type stringScan struct {
	raw    json.RawMessage
	at     int
	fn     func(StringAt) string
	out    []byte
	copied int // bytes of raw that are in out
}

// place is where the scan is: the declaration of the object it is in, or the
// field whose value it reads.
type place struct {
	path  string
	of    *Declaration
	field *Field
}

func (p place) key(name string) place {
	next := place{path: name}
	if p.path != "" {
		next.path = p.path + "." + name
	}
	switch {
	case p.of != nil:
		next.field = p.of.Field(name)
		if next.field != nil && next.field.Kind == FieldGroup {
			next.of = next.field.Of
		}
	case p.field != nil && p.field.Kind == FieldByKey:
		next.of, next.field = p.field.Of, p.field
	default:
		next.field = p.field
	}
	return next
}

// value reads one JSON value; raw is known to be sound, or is left alone from
// where it is not.
func (s *stringScan) value(p place) {
	s.blank()
	if s.at >= len(s.raw) {
		return
	}
	switch s.raw[s.at] {
	case '"':
		from := s.at
		text, ok := s.text()
		if !ok {
			return
		}
		if next := s.fn(StringAt{p.path, p.field, text}); next != text {
			s.replace(from, next)
		}
	case '{':
		s.at++
		for s.more('}') {
			name, ok := s.text()
			if !ok {
				return
			}
			s.blank()
			s.at++ // the colon
			s.value(p.key(name))
		}
	case '[':
		s.at++
		for i := 0; s.more(']'); i++ {
			inner := p
			inner.path += "." + strconv.Itoa(i)
			s.value(inner)
		}
	default:
		for s.at < len(s.raw) && s.raw[s.at] != ',' && s.raw[s.at] != '}' && s.raw[s.at] != ']' {
			s.at++
		}
	}
}

// more passes blanks and the comma, and tells whether another value comes
// before end, which it passes.
func (s *stringScan) more(end byte) bool {
	s.blank()
	if s.at < len(s.raw) && s.raw[s.at] == ',' {
		s.at++
		s.blank()
	}
	if s.at >= len(s.raw) || s.raw[s.at] == end {
		s.at++
		return false
	}
	return true
}

func (s *stringScan) blank() {
	for s.at < len(s.raw) && (s.raw[s.at] == ' ' || s.raw[s.at] == '\n' || s.raw[s.at] == '\t' || s.raw[s.at] == '\r') {
		s.at++
	}
}

// text reads the string at hand.
func (s *stringScan) text() (string, bool) {
	from := s.at
	plain := true
	for s.at++; s.at < len(s.raw) && s.raw[s.at] != '"'; s.at++ {
		if s.raw[s.at] == '\\' {
			plain = false
			s.at++
		}
	}
	if s.at >= len(s.raw) || s.raw[from] != '"' {
		s.at = len(s.raw)
		return "", false
	}
	s.at++
	if plain {
		return string(s.raw[from+1 : s.at-1]), true
	}
	var text string
	return text, json.Unmarshal(s.raw[from:s.at], &text) == nil
}

func (s *stringScan) replace(from int, text string) {
	var quoted bytes.Buffer
	enc := json.NewEncoder(&quoted)
	enc.SetEscapeHTML(false) // as bodies are written
	if enc.Encode(text) != nil {
		return
	}
	s.out = append(append(s.out, s.raw[s.copied:from]...), bytes.TrimSpace(quoted.Bytes())...)
	s.copied = s.at
}
