package repertoire

import (
	"fmt"
	"reflect"
	"strings"
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
	return unwieldy(reflect.ValueOf(record), "")
}

func unwieldy(v reflect.Value, path string) (field, why string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return unwieldy(v.Elem(), path)
		}
	case reflect.String:
		if why := unwieldyText(v.String()); why != "" {
			return path, why
		}
	case reflect.Slice, reflect.Array:
		if v.Len() > MaxList && v.Type().Elem().Kind() != reflect.Uint8 {
			return path, fmt.Sprintf("La liste a %s éléments ; elle en a au plus %s.", Thousands(int64(v.Len())), Thousands(MaxList))
		}
		for i := range v.Len() {
			if field, why := unwieldy(v.Index(i), join(path, fmt.Sprint(i))); why != "" {
				return field, why
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			if field, why := unwieldy(it.Value(), join(path, fmt.Sprint(it.Key()))); why != "" {
				return field, why
			}
		}
	case reflect.Struct:
		t := v.Type()
		for i := range t.NumField() {
			if !t.Field(i).IsExported() {
				continue
			}
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if name == "media" && v.Field(i).Kind() == reflect.String && !mediaName(v.Field(i).String()) {
				return join(path, name),
					"Le fichier joint n’est pas désigné par son empreinte : il n’est pas de ce dossier. Ajoutez-le de nouveau à la fiche."
			}
			if field, why := unwieldy(v.Field(i), join(path, name)); why != "" {
				return field, why
			}
		}
	}
	return "", ""
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
