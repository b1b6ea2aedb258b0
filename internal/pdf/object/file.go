package object

import (
	"bytes"
	"fmt"
	"sort"
	"sync"
)

// maxObjects bounds what a cross-reference may claim to hold.
const maxObjects = 2_000_000

// place says where an object lies: at an offset, or as the index-th of an
// object stream.
type place struct {
	offset, stream, index int
	used                  bool
}

// File is a PDF file opened for reading. Objects are parsed when asked for. Once
// opened it is safe for concurrent use, as long as nobody changes what it gives.
type File struct {
	Data    []byte
	Trailer *Dict

	mu      sync.Mutex // of what is below
	places  []place
	cache   map[int]any
	packed  map[int][]any // objects of object streams, by stream
	opening map[int]bool  // streams being opened, against loops
}

// Open reads the cross-reference of data. It repairs nothing: a file that a
// printer might refuse must not look sound here.
func Open(data []byte) (*File, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, fmt.Errorf("no %%PDF header: %w", ErrSyntax)
	}
	tail := data[max(0, len(data)-2048):]
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return nil, fmt.Errorf("no startxref: %w", ErrSyntax)
	}
	l := Lexer{Data: tail, Pos: i + len("startxref")}
	v, err := l.Next()
	if err != nil {
		return nil, err
	}
	at, ok := v.(int)
	if !ok {
		return nil, ErrSyntax
	}
	f := &File{Data: data, cache: map[int]any{}, packed: map[int][]any{}, opening: map[int]bool{}}
	seen := map[int]bool{}
	for at > 0 {
		if seen[at] || at >= len(data) {
			return nil, fmt.Errorf("cross-reference at %d: %w", at, ErrSyntax)
		}
		seen[at] = true
		trailer, err := f.section(at)
		if err != nil {
			return nil, err
		}
		if f.Trailer == nil {
			f.Trailer = trailer
		}
		if hybrid, ok := trailer.Get("XRefStm").(int); ok && hybrid > 0 && hybrid < len(data) && !seen[hybrid] {
			seen[hybrid] = true
			if _, err := f.section(hybrid); err != nil {
				return nil, err
			}
		}
		at, _ = trailer.Get("Prev").(int)
	}
	if f.Trailer == nil {
		return nil, ErrSyntax
	}
	return f, nil
}

// Len is one more than the highest object number.
func (f *File) Len() int { return len(f.places) }

// Numbers lists the objects in use, ascending.
func (f *File) Numbers() []int {
	var out []int
	for n, p := range f.places {
		if p.used {
			out = append(out, n)
		}
	}
	sort.Ints(out)
	return out
}

func (f *File) note(num int, p place) bool {
	if num < 0 || num > maxObjects || num > len(f.Data) {
		return false
	}
	for len(f.places) <= num {
		f.places = append(f.places, place{offset: -1})
	}
	// The newest section is read first: it wins.
	if f.places[num].offset == -1 && !f.places[num].used {
		f.places[num] = p
	}
	return true
}

func (f *File) section(at int) (*Dict, error) {
	l := Lexer{Data: f.Data, Pos: at, Refs: true}
	v, err := l.Next()
	if err != nil {
		return nil, err
	}
	if v == Keyword("xref") {
		return f.table(&l)
	}
	s, ok := f.objectAt(at, -1).(*Stream)
	if !ok {
		return nil, fmt.Errorf("cross-reference at %d: %w", at, ErrSyntax)
	}
	return s.Dict, f.stream(s)
}

// table reads the classic form.
func (f *File) table(l *Lexer) (*Dict, error) {
	for {
		v, err := l.Next()
		if err != nil {
			return nil, err
		}
		if v == Keyword("trailer") {
			break
		}
		first, ok1 := v.(int)
		n, err := l.Next()
		count, ok2 := n.(int)
		if err != nil || !ok1 || !ok2 || first < 0 || count < 0 || count > maxObjects {
			return nil, ErrSyntax
		}
		for i := range count {
			var e [3]any
			for k := range e {
				if e[k], err = l.Next(); err != nil {
					return nil, err
				}
			}
			offset, ok := e[0].(int)
			if !ok {
				return nil, ErrSyntax
			}
			if !f.note(first+i, place{offset: offset, used: e[2] == Keyword("n")}) {
				return nil, ErrSyntax
			}
		}
	}
	v, err := l.Next()
	if err != nil {
		return nil, err
	}
	d, ok := v.(*Dict)
	if !ok {
		return nil, ErrSyntax
	}
	return d, nil
}

// stream reads a cross-reference stream.
func (f *File) stream(s *Stream) error {
	data, err := f.decode(s, f.resolve)
	if err != nil {
		return err
	}
	w, _ := s.Dict.Get("W").(Array)
	if len(w) != 3 {
		return ErrSyntax
	}
	var width [3]int
	for i := range w {
		n, ok := w[i].(int)
		if !ok || n < 0 || n > 8 {
			return ErrSyntax
		}
		width[i] = n
	}
	size, _ := s.Dict.Get("Size").(int)
	index, ok := s.Dict.Get("Index").(Array)
	if !ok {
		index = Array{0, size}
	}
	row := width[0] + width[1] + width[2]
	if row == 0 {
		return ErrSyntax
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, ok1 := index[i].(int)
		count, ok2 := index[i+1].(int)
		if !ok1 || !ok2 || first < 0 || count < 0 {
			return ErrSyntax
		}
		for k := range count {
			if len(data) < row {
				return ErrSyntax
			}
			var v [3]int
			for c, p := 0, 0; c < 3; c++ {
				for range width[c] {
					v[c] = v[c]<<8 | int(data[p])
					p++
				}
			}
			if width[0] == 0 {
				v[0] = 1
			}
			data = data[row:]
			p := place{offset: v[1], used: v[0] == 1 || v[0] == 2}
			if v[0] == 2 {
				p.stream, p.index = v[1], v[2]
			}
			if !f.note(first+k, p) {
				return ErrSyntax
			}
		}
	}
	return nil
}

// objectAt parses "n g obj …" at an offset; nil when it is something else.
// num -1 accepts any number.
func (f *File) objectAt(at, num int) any {
	if at < 0 || at >= len(f.Data) {
		return nil
	}
	l := Lexer{Data: f.Data, Pos: at, Refs: true}
	n, err1 := l.Next()
	_, err2 := l.Next()
	word, err3 := l.Next()
	if err1 != nil || err2 != nil || err3 != nil || word != Keyword("obj") || num >= 0 && n != num {
		return nil
	}
	v, err := l.Next()
	if err != nil {
		return nil
	}
	d, ok := v.(*Dict)
	if !ok {
		return v
	}
	l.skip()
	if !bytes.HasPrefix(l.Data[l.Pos:], []byte("stream")) {
		return d
	}
	l.Pos += len("stream")
	if l.peek(0) == '\r' {
		l.Pos++
	}
	if l.peek(0) == '\n' {
		l.Pos++
	}
	length, ok := f.resolve(d.Get("Length")).(int)
	if !ok || length < 0 || l.Pos+length > len(f.Data) {
		return nil
	}
	s := &Stream{Dict: d, Data: f.Data[l.Pos : l.Pos+length]}
	l.Pos += length
	if end, err := l.Next(); err != nil || end != Keyword("endstream") {
		return nil
	}
	return s
}

// Get returns object num, nil when there is none or it cannot be read.
func (f *File) Get(num int) any {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.get(num)
}

func (f *File) get(num int) any {
	if num <= 0 || num >= len(f.places) || !f.places[num].used {
		return nil
	}
	if v, ok := f.cache[num]; ok {
		return v
	}
	f.cache[num] = nil // a loop of lengths ends here
	p := f.places[num]
	var v any
	if p.stream == 0 {
		v = f.objectAt(p.offset, num)
	} else if list := f.unpack(p.stream); p.index < len(list) {
		v = list[p.index]
	}
	f.cache[num] = v
	return v
}

// unpack gives the objects of an object stream.
func (f *File) unpack(num int) []any {
	if list, ok := f.packed[num]; ok || f.opening[num] {
		return list
	}
	f.opening[num] = true
	defer delete(f.opening, num)
	s, ok := f.get(num).(*Stream)
	if !ok {
		return nil
	}
	n, _ := f.resolve(s.Dict.Get("N")).(int)
	first, _ := f.resolve(s.Dict.Get("First")).(int)
	data, err := f.decode(s, f.resolve)
	if err != nil || n <= 0 || n > maxObjects || first < 0 || first > len(data) {
		return nil
	}
	var list []any
	head := Lexer{Data: data[:first]}
	for range n {
		_, err1 := head.Next()
		at, err2 := head.Next()
		offset, ok := at.(int)
		if err1 != nil || err2 != nil || !ok || offset < 0 || first+offset >= len(data) {
			break
		}
		l := Lexer{Data: data, Pos: first + offset, Refs: true}
		v, _ := l.Next()
		list = append(list, v)
	}
	f.packed[num] = list
	return list
}

// Resolve follows references.
func (f *File) Resolve(v any) any { return follow(v, f.Get) }

// resolve is Resolve where the file is held already.
func (f *File) resolve(v any) any { return follow(v, f.get) }

func follow(v any, get func(int) any) any {
	for range 16 {
		ref, ok := v.(Ref)
		if !ok {
			return v
		}
		v = get(ref.Num)
	}
	return nil
}

// Dict resolves v to a dictionary (a stream's counts), nil otherwise.
func (f *File) Dict(v any) *Dict {
	switch d := f.Resolve(v).(type) {
	case *Dict:
		return d
	case *Stream:
		return d.Dict
	}
	return nil
}

// Array resolves v to an array, nil otherwise.
func (f *File) Array(v any) Array {
	a, _ := f.Resolve(v).(Array)
	return a
}

// Name resolves v to a name, "" otherwise.
func (f *File) Name(v any) Name {
	n, _ := f.Resolve(v).(Name)
	return n
}

// Int resolves v to a whole number, 0 otherwise.
func (f *File) Int(v any) int {
	n, _ := Number(f.Resolve(v))
	return int(n)
}
