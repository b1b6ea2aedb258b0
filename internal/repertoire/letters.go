package repertoire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Capital raises the first letter, accents kept: "état" gives "État".
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Roman writes a number in small Roman figures. They end after 64 signs, for a
// damaged file may name any number.
func Roman(n int) string {
	var b strings.Builder
	for _, step := range [...]struct {
		value int
		sign  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"},
		{4, "iv"}, {1, "i"}} {
		for n >= step.value && b.Len() < 64 {
			b.WriteString(step.sign)
			n -= step.value
		}
	}
	return b.String()
}
