package layout

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// styledPart is a byte range of a text that takes a style by rule.
type styledPart struct {
	start, end int
	super      bool // ordinal ending: 1er, 2e, XIXe
	smallCaps  bool // roman numeral of a century
	lining     bool // code of capitals and figures: CC0, P190
}

var (
	ordinalAfterDigit = regexp.MustCompile(`\d(er|re|ers|res|e|es|nd|nde|nds|ndes)\b`)
	code              = regexp.MustCompile(`\b[A-Z0-9][A-Z0-9./-]*\b`)
	romanOrdinal      = regexp.MustCompile(`\b([IVXLC]+)(er|re|e)\b`)
	centuryFollows    = regexp.MustCompile(`^(\s*(et|ou|au|-|–|,)\s*([IVXLC]+)(er|e))*[\s\x{00A0}\x{202F}](siècles?|s\.|millénaires?)`)
)

// ordinals finds the endings to raise and the centuries to set in small
// capitals. The characters do not change: a reader who copies the text gets
// "XIXe".
func ordinals(s string) []styledPart {
	if !strings.ContainsAny(s, "0123456789IVXLC") {
		return nil
	}
	var parts []styledPart
	for _, m := range ordinalAfterDigit.FindAllStringSubmatchIndex(s, -1) {
		if wordEnds(s, m[3]) && digitsAlone(s, m[0]) {
			parts = append(parts, styledPart{start: m[2], end: m[3], super: true})
		}
	}
	for _, m := range romanOrdinal.FindAllStringSubmatchIndex(s, -1) {
		roman := s[m[2]:m[3]]
		if !wordEnds(s, m[5]) || !wordStarts(s, m[2]) || !isRoman(roman) {
			continue
		}
		century := centuryFollows.MatchString(s[m[5]:])
		// "Ce", "Le", "De" are words; a lone I, V or X is a rank only before
		// the word that says so.
		if len(roman) == 1 && !century && !rankFollows(s[m[5]:]) {
			continue
		}
		if century {
			parts = append(parts, styledPart{start: m[2], end: m[3], smallCaps: true})
		}
		parts = append(parts, styledPart{start: m[4], end: m[5], super: true})
	}
	sortParts(parts)
	return parts
}

// codes finds the words of capitals and figures, in which old-style figures
// would look like small letters.
func codes(s string) []styledPart {
	if !strings.ContainsAny(s, "0123456789") {
		return nil
	}
	var parts []styledPart
	for _, m := range code.FindAllStringIndex(s, -1) {
		word := s[m[0]:m[1]]
		capitals := strings.IndexFunc(word, unicode.IsUpper) >= 0
		if capitals && strings.ContainsAny(word, "0123456789") && wordStarts(s, m[0]) && wordEnds(s, m[1]) {
			parts = append(parts, styledPart{start: m[0], end: m[1], lining: true})
		}
	}
	return parts
}

func sortParts(parts []styledPart) {
	for i := 1; i < len(parts); i++ {
		for j := i; j > 0 && parts[j].start < parts[j-1].start; j-- {
			parts[j], parts[j-1] = parts[j-1], parts[j]
		}
	}
}

// wordEnds: \b of the regexp package knows ASCII only ("2eé" is not ordinal).
func wordEnds(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return i >= len(s) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func wordStarts(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return i == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// digitsAlone keeps codes such as "A2e" and hexadecimal out.
func digitsAlone(s string, lastDigit int) bool {
	i := lastDigit
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	return wordStarts(s, i) && lastDigit-i < 3
}

func isRoman(s string) bool {
	return romanNumber.MatchString(s)
}

var (
	romanNumber = regexp.MustCompile(`^C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$`)
	rank        = regexp.MustCompile(`^[\s\x{00A0}\x{202F}](République|Plan|Reich|Empire|arrondissement|Internationale|Congrès|congrès|Assises|édition|Sommet|sommet|Forum|Conférence)`)
)

func rankFollows(s string) bool { return rank.MatchString(s) }
