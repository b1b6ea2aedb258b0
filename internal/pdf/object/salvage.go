package object

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
)

var (
	opens    = regexp.MustCompile(`(?:^|[\r\n\s])(\d{1,8})\s+\d{1,5}\s+obj\b`)
	trailers = regexp.MustCompile(`\btrailer\b`)
)

// Salvage opens a file whose cross-reference is gone or wrong, by the objects
// that stand in it; the last of a number counts. Open is for files that must be
// sound; this one is for what somebody sent.
func Salvage(data []byte) (*File, error) {
	f := &File{Data: data, cache: map[int]any{}, packed: map[int][]any{}, opening: map[int]bool{}}
	put := func(num int, p place) {
		if num <= 0 || num > maxObjects || num > len(data) {
			return
		}
		for len(f.places) <= num {
			f.places = append(f.places, place{offset: -1})
		}
		f.places[num] = p
	}
	for _, m := range opens.FindAllSubmatchIndex(data, -1) {
		num, err := strconv.Atoi(string(data[m[2]:m[3]]))
		if err == nil {
			put(num, place{offset: m[2], used: true})
		}
	}
	for num := range len(f.places) { // what object streams hold
		s, ok := f.Get(num).(*Stream)
		if !ok {
			continue
		}
		switch s.Dict.Get("Type") {
		case Name("ObjStm"):
			f.spill(num, s, put)
		case Name("XRef"):
			f.Trailer = joined(f.Trailer, s.Dict)
		}
	}
	for _, m := range trailers.FindAllIndex(data, -1) {
		l := Lexer{Data: data, Pos: m[1], Refs: true}
		if v, err := l.Next(); err == nil {
			if d, ok := v.(*Dict); ok {
				f.Trailer = joined(f.Trailer, d)
			}
		}
	}
	if f.Dict(f.Trailer.Get("Root")) == nil {
		for num := range f.places {
			if d, ok := f.Get(num).(*Dict); ok && d.Get("Type") == Name("Catalog") {
				f.Trailer = joined(f.Trailer, NewDict("Root", Ref{Num: num}))
			}
		}
	}
	if f.Dict(f.Trailer.Get("Root")) == nil || !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return nil, fmt.Errorf("no document found: %w", ErrSyntax)
	}
	return f, nil
}

// spill notes the objects of an object stream, unless they stand alone too.
func (f *File) spill(num int, s *Stream, put func(int, place)) {
	data, err := f.Decode(s)
	first := f.Int(s.Dict.Get("First"))
	if err != nil || first < 0 || first > len(data) {
		return
	}
	head := Lexer{Data: data[:first]}
	for i := range f.Int(s.Dict.Get("N")) {
		n, err1 := head.Next()
		_, err2 := head.Next()
		inside, ok := n.(int)
		if err1 != nil || err2 != nil || !ok {
			return
		}
		if inside < len(f.places) && inside > 0 && f.places[inside].used && f.places[inside].stream == 0 {
			continue
		}
		delete(f.cache, inside)
		put(inside, place{stream: num, index: i, used: true})
	}
}

// joined puts what a later trailer says over an earlier one.
func joined(before, after *Dict) *Dict {
	out := &Dict{}
	for _, d := range []*Dict{before, after} {
		if d == nil {
			continue
		}
		for _, p := range d.Pairs {
			out.Set(p.Key, p.Value)
		}
	}
	return out
}
