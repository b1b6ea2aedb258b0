package book

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// count writes "1 partenariat", "22 partenariats", "1 200 partenariats".
func count(n int, one, many string) string {
	word := many
	if n < 2 {
		word = one
	}
	return repertoire.Thousands(int64(n)) + "\u00a0" + word
}

// opening writes a count that begins a sentence, where a figure must not stand:
// "Trente partenariats", "Une fiche". feminine is the noun's gender.
func opening(n int, one, many string, feminine bool) string {
	word := many
	if n < 2 {
		word = one
	}
	return repertoire.Capital(inWords(n, feminine)) + "\u00a0" + word
}

// inWords writes a number in letters, from zero to 999 999; beyond, in figures.
func inWords(n int, feminine bool) string {
	if n < 0 || n > 999_999 {
		return repertoire.Thousands(int64(n))
	}
	one := "un"
	if feminine {
		one = "une"
	}
	if n == 0 {
		return "auc" + one
	}
	return strings.TrimSpace(underMillion(n, one))
}

func underMillion(n int, one string) string {
	if n < 1000 {
		return underThousand(n, one, true)
	}
	head := "mille"
	if k := n / 1000; k > 1 {
		head = underThousand(k, "un", false) + " mille"
	}
	if n%1000 == 0 {
		return head
	}
	return head + " " + underThousand(n%1000, one, true)
}

// underThousand: last tells whether "cent" and "vingt" end the number, which
// gives them their plural.
func underThousand(n int, one string, last bool) string {
	if n < 100 {
		return underHundred(n, one, last)
	}
	head := "cent"
	if h := n / 100; h > 1 {
		head = underHundred(h, "un", false) + " cent"
		if n%100 == 0 && last {
			head += "s"
		}
	}
	if n%100 == 0 {
		return head
	}
	return head + " " + underHundred(n%100, one, last)
}

func underHundred(n int, one string, last bool) string {
	units := [...]string{"", one, "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
		"quatorze", "quinze", "seize",
		"dix-sept", "dix-huit", "dix-neuf"}
	tens := [...]string{2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "soixante", 8: "quatre-vingt",
		9: "quatre-vingt"}
	if n < len(units) {
		return units[n]
	}
	ten, unit := n/10, n%10
	if ten == 7 || ten == 9 {
		unit += 10
	}
	switch {
	case n == 80 && last:
		return "quatre-vingts"
	case unit == 0:
		return tens[ten]
	case (unit == 1 || unit == 11) && ten < 8:
		return tens[ten] + " et " + units[unit]
	}
	return tens[ten] + "-" + units[unit]
}

// and joins "A, B et C".
func and(parts []string) string { return join(parts, " et ") }

// nor joins "A, B ni C".
func nor(parts []string) string { return join(parts, " ni ") }

func join(parts []string, last string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + last + parts[len(parts)-1]
}

// lower lowers the first letter unless the word is an acronym ("AFD").
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if n == 0 || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// inhabitants writes "254 171 habitants".
func inhabitants(n int) string { return count(n, "habitant", "habitants") }

// sentence gives s a final point when it has no mark of its own.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// period writes "2019–2023", "depuis 2019", "jusqu’en 2023".
func period(start, end repertoire.Date) string {
	switch {
	case start == "" && end == "":
		return ""
	case end == "":
		return "depuis " + sinceWord(start)
	case start == "":
		return "jusqu’" + untilWord(end)
	case start == end:
		return start.French()
	case len(start) == 4 && len(end) == 4 && !start.Decade() && !end.Decade():
		return string(start) + "–" + string(end)
	}
	return start.French() + " – " + end.French()
}

func sinceWord(d repertoire.Date) string {
	switch {
	case d.Decade():
		return "les " + d.French()
	case d.Approximate():
		return d.Plain().French() + " environ"
	case len(d) == 10:
		return "le " + d.French()
	}
	return d.French()
}

func untilWord(d repertoire.Date) string {
	switch {
	case d.Decade():
		return "aux " + d.French()
	case d.Approximate():
		return "en " + d.Plain().French() + " environ"
	case len(d) == 10:
		return "au " + d.French()
	}
	return "en " + d.French()
}

// ofThing writes "de Paris", "d’Agen", "des Ulis" for any name without an
// official article.
func ofThing(name string) string {
	a := repertoire.Authority{Name: name, Article: -1}
	return a.Of()
}

// clean removes what no page can show: broken UTF-8, control characters.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r':
			return -1
		case unicode.IsControl(r), r == '\ufeff', r == '\ufffe', r == '\uffff':
			return -1
		}
		return r
	}, s)
}

// oneLine is clean text on a single line. Only ordinary white space is folded:
// no-break spaces were put there on purpose.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

// tied keeps a dash or an ampersand from starting a line of a title.
func tied(s string) string {
	return strings.NewReplacer(" – ", "\u00a0– ", " — ", "\u00a0— ", " & ", "\u00a0&\u00a0").Replace(s)
}

// shorten keeps at most n characters, for heads and bookmarks.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:n-1]), " ,–-") + "…"
}

// thousandsOf writes a year as it is and any other number by thousands.
func thousandsOf(n int) string { return repertoire.Thousands(int64(n)) }

func year(n int) string { return fmt.Sprint(n) }
