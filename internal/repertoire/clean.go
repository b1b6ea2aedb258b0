package repertoire

import (
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean is what every text goes through on entry, typed, pasted or read from a
// file: line ends become "\n" (Word's vertical tab and form feed too), accents
// are composed, and what nobody sees is taken away: soft hyphens, zero-width
// spaces, marks of direction, control characters. Joiners stay between letters
// of the scripts that need them, no-break spaces stay everywhere. It changes no
// sign that a person can see.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	for i, r := range s {
		switch {
		case r == '\n':
			if before != '\r' {
				b.WriteByte('\n')
			}
		case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte('\t')
		case r >= 0x80 && r <= 0x9f:
			// Windows-1252 that went through a program that took it for Latin-1.
			if w := windowsSigns[r-0x80]; w != 0 {
				b.WriteRune(w)
			}
		case unicode.IsControl(r):
		case r == '\u200c' || r == '\u200d':
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if joins(before) && joins(next) {
				b.WriteRune(r)
			}
		case r >= 0xfb00 && r <= 0xfb06:
			b.WriteString(ligatures[r-0xfb00])
		case unseen(r):
		default:
			b.WriteRune(r)
		}
		before = r
	}
	out := b.String()
	if !norm.NFC.IsNormalString(out) { // an accent that a removed sign kept from its letter
		out = norm.NFC.String(out)
	}
	return out
}

// plain tells whether s surely has nothing to clean.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func unseen(r rune) bool {
	switch {
	case r == '\u00ad', r == '\u180e', r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e',
		r >= '\u2060' && r <= '\u206f', r == '\ufeff', r == '\ufffe', r == '\uffff', r >= '\ufff9' && r <= '\ufffc',
		r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}

// joins tells whether a zero-width joiner beside r has a sense: letters of
// Arabic, of India and their neighbours, and pictograms.
func joins(r rune) bool {
	return r >= 0x0600 && r <= 0x0dff || r >= 0x1800 && r <= 0x18af || r >= 0xfb50 && r <= 0xfeff || r >= 0x2190 && r <= 0x2bff ||
		r == 0xfe0f || r >= 0x1f000
}

// ligatures are what a PDF gives for "fi" and its kin.
var ligatures = [7]string{"ff", "fi", "fl", "ffi", "ffl", "ft", "st"}

// windowsSigns are the signs of Windows-1252 from 0x80 to 0x9f; 0 for none.
var windowsSigns = [32]rune{'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ'}

// CleanRecord cleans every text of the record that record points to.
func CleanRecord(record any) { cleanValue(reflect.ValueOf(record)) }

func cleanValue(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			cleanValue(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				cleanValue(f)
			}
		}
	case reflect.Slice:
		cleanList(v)
	case reflect.String:
		if s := v.String(); !plain(s) {
			if c := Clean(s); c != s {
				v.SetString(c)
			}
		}
	}
}

// cleanList cleans a copy when there is something to clean: records share their
// lists with the ones they were made from.
func cleanList(v reflect.Value) {
	switch v.Type().Elem().Kind() {
	case reflect.Struct, reflect.String, reflect.Pointer, reflect.Slice:
	default:
		return
	}
	if v.Len() == 0 {
		return
	}
	fresh := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(fresh, v)
	for i := range fresh.Len() {
		cleanValue(fresh.Index(i))
	}
	v.Set(fresh)
}
