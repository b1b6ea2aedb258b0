package object

// A value is one of: nil, bool, int, float64, Name, String, Array, *Dict,
// *Stream, Ref, Raw.

// Name is a PDF name without its slash, decoded.
type Name string

// String is a PDF string, decoded: bytes of PDFDocEncoding, or UTF-16BE after
// FE FF.
type String []byte

// Array is a PDF array.
type Array []any

// Ref points to an object.
type Ref struct{ Num, Gen int }

// Raw is text that is already PDF syntax; only the writer meets it.
type Raw []byte

// Pair is one entry of a dictionary.
type Pair struct {
	Key   Name
	Value any
}

// Dict is a PDF dictionary that keeps its order, so that what is written
// depends on nothing but what was put in.
type Dict struct{ Pairs []Pair }

// Stream is a dictionary with data, still encoded as Filter says.
type Stream struct {
	Dict *Dict
	Data []byte
}

// NewDict makes a dictionary of key, value, key, value…
func NewDict(keyValues ...any) *Dict {
	d := &Dict{Pairs: make([]Pair, 0, len(keyValues)/2)}
	for i := 0; i+1 < len(keyValues); i += 2 {
		key, _ := keyValues[i].(string)
		d.Pairs = append(d.Pairs, Pair{Name(key), keyValues[i+1]})
	}
	return d
}

// Get returns the value of key, nil when it has none; d may be nil.
func (d *Dict) Get(key Name) any {
	if d == nil {
		return nil
	}
	for _, p := range d.Pairs {
		if p.Key == key {
			return p.Value
		}
	}
	return nil
}

// Set replaces or adds the value of key.
func (d *Dict) Set(key Name, value any) {
	for i := range d.Pairs {
		if d.Pairs[i].Key == key {
			d.Pairs[i].Value = value
			return
		}
	}
	d.Pairs = append(d.Pairs, Pair{key, value})
}

// Delete removes key.
func (d *Dict) Delete(key Name) {
	for i := range d.Pairs {
		if d.Pairs[i].Key == key {
			d.Pairs = append(d.Pairs[:i:i], d.Pairs[i+1:]...)
			return
		}
	}
}

// Number gives the number v is.
func Number(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}
