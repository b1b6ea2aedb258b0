package repertoire

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a field may hold: far more than any record has, and little
// enough for every step behind it (index, layout, comparison).
const (
	MaxText = 200_000 // bytes of one text
	MaxWord = 2_000   // letters without a space; long web addresses have some hundreds
	MaxList = 2_000   // elements of one list
)

// Unwieldy looks for what no field may hold in a record (a pointer to one) and
// gives the place and a French sentence; "" when all is well.
func Unwieldy(record any) (field, why string) {
	return unwieldy(reflect.ValueOf(record), nil)
}

// spot is where in a record a value stands. It is written out for what is
// refused only: nearly always nobody asks.
type spot struct {
	in    *spot
	name  string
	index int // of a list's element, which has no name
}

func (p *spot) String() string {
	switch {
	case p == nil:
		return ""
	case p.name == "" && p.index >= 0:
		return join(p.in.String(), strconv.Itoa(p.index))
	}
	return join(p.in.String(), p.name)
}

func unwieldy(v reflect.Value, at *spot) (field, why string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return unwieldy(v.Elem(), at)
		}
	case reflect.String:
		if why := unwieldyText(v.String()); why != "" {
			return at.String(), why
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			break
		}
		if v.Len() > MaxList {
			return at.String(), fmt.Sprintf("La liste a %s éléments ; elle en a au plus %s.", Thousands(int64(v.Len())), Thousands(MaxList))
		}
		for i := range v.Len() {
			if field, why := unwieldy(v.Index(i), &spot{in: at, index: i}); why != "" {
				return field, why
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if field, why := unwieldy(it.Value(), &spot{in: at, name: fmt.Sprint(it.Key()), index: -1}); why != "" {
				return field, why
			}
		}
	case reflect.Struct:
		return unwieldyFields(v, at)
	}
	return "", ""
}

func unwieldyFields(v reflect.Value, at *spot) (field, why string) {
	for _, f := range exportedFields(v.Type()) {
		x, here := v.Field(f.index), &spot{in: at, name: f.name, index: -1}
		if f.name == "media" && x.Kind() == reflect.String && !mediaName(x.String()) {
			return here.String(),
				"Le fichier joint n’est pas désigné par son empreinte : il n’est pas de ce dossier. Ajoutez-le de nouveau à la fiche."
		}
		if field, why := unwieldy(x, here); why != "" {
			return field, why
		}
	}
	return "", ""
}

// namedField is an exported field of a type, by its JSON name.
type namedField struct {
	index int
	name  string
}

// namedFields remembers those of each type: reading tags for each of a hundred
// thousand records costs more than looking at what they hold.
var namedFields sync.Map // reflect.Type -> []namedField

func exportedFields(t reflect.Type) []namedField {
	if known, ok := namedFields.Load(t); ok {
		return known.([]namedField)
	}
	var out []namedField
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			out = append(out, namedField{i, name})
		}
	}
	namedFields.Store(t, out)
	return out
}

// mediaName tells whether a text names a file of a workspace (the SHA-256 of its
// bytes), or none: a path would reach out of the folder.
func mediaName(s string) bool {
	if s == "" {
		return true
	}
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

func join(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}

func unwieldyText(s string) string {
	if len(s) > MaxText {
		return fmt.Sprintf("Le texte a %s octets ; un champ en a au plus %s. Mettez le document en pièce jointe.", Thousands(int64(len(s))),
			Thousands(MaxText))
	}
	if len(s) <= MaxWord {
		return ""
	}
	start := 0
	for i, r := range s {
		if unicode.IsSpace(r) {
			start = i + utf8.RuneLen(r)
		} else if i-start > 4*MaxWord || i-start > MaxWord && utf8.RuneCountInString(s[start:i]) > MaxWord {
			return fmt.Sprintf("« %s… » est un mot de plus de %s lettres, ce n’est pas un texte. Coupez-le ou retirez-le.",
				s[start:start+runeEnd(s[start:], 20)], Thousands(MaxWord))
		}
	}
	return ""
}

// runeEnd is the length in bytes of the first n characters of s.
func runeEnd(s string, n int) int {
	for i := range s {
		if n--; n < 0 {
			return i
		}
	}
	return len(s)
}

// Directional tells whether s holds a control that turns the direction of what
// follows: a name with one is not read as it is written.
func Directional(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 })
}
