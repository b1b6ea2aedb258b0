package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	nbsp       = '\u00A0' // before : and inside « »
	thinNbsp   = '\u202F' // before ; ! ? and between thousands
	apostrophe = '’'
)

// Typography puts a French text in the form a press expects: spaces of
// punctuation, apostrophes, guillemets, suspension points, dashes, groups of
// thousands. Doing it twice changes nothing more. URLs, e-mail addresses and
// codes are left alone.
//
// The rules are those of the Lexique des règles typographiques en usage à
// l'Imprimerie nationale.
func Typography(s string) string { return typography(s, 0, 0) }

// typography does the pass knowing the characters around the text (0 for
// none), so that a text cut into styled runs comes out as if it were whole.
func typography(s string, before, after rune) string {
	if !needsTypography(s) {
		return s
	}
	// A space put in may show that what follows is an address, or that quotes
	// pair: the pass is made until nothing moves, twice as a rule.
	for range 4 {
		next := typographyOnce(s, before, after)
		if next == s {
			break
		}
		s = next
	}
	return s
}

func typographyOnce(s string, before, after rune) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\t", " ")
	s = strings.ReplaceAll(s, "\n", " ")
	s = guillemets(s, before)
	var out strings.Builder
	out.Grow(len(s) + 16)
	prev := before
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if startsToken(prev) && !isSpace(r) && !strings.ContainsRune("«([<", r) {
			if tok := token(s[i:]); technical(tok) {
				out.WriteString(tok)
				i += len(tok)
				prev, _ = utf8.DecodeLastRuneInString(tok)
				continue
			}
		}
		next := after
		if i+n < len(s) {
			next, _ = utf8.DecodeRuneInString(s[i+n:])
		}
		switch {
		case isSpace(r):
			j := i
			for j < len(s) {
				q, m := utf8.DecodeRuneInString(s[j:])
				if !isSpace(q) {
					break
				}
				j += m
			}
			sp := spaceBetween(s[i:j], prev, s[j:], after)
			if sp == " " && bindsToNext(s[:i], s[j:]) {
				sp = string(nbsp)
				if thousands(s[j:]) && unicode.IsDigit(prev) {
					sp = string(thinNbsp)
				}
			}
			out.WriteString(sp)
			prev, _ = utf8.DecodeLastRuneInString(sp)
			i = j
			continue
		case r == '\'' && (unicode.IsLetter(prev) &&
			(unicode.IsLetter(next) || next == '«' || unicode.IsDigit(next) && elides(s[:i]) || next == 0 && i > 0)):
			out.WriteRune(apostrophe)
			r = apostrophe
		case r == '.' && strings.HasPrefix(s[i:], "...") && prev != '.' && !strings.HasPrefix(s[i:], "...."):
			out.WriteRune('…')
			prev = '…'
			i += 3
			continue
		case (r == ';' || r == '!' || r == '?') && sticks(prev) && endsAfter(next):
			out.WriteRune(thinNbsp)
			out.WriteRune(r)
		case r == ':' && sticks(prev) && endsAfter(next):
			out.WriteRune(nbsp)
			out.WriteRune(r)
		case r == '»' && prev != 0 && !isSpace(prev):
			out.WriteRune(nbsp)
			out.WriteRune(r)
		case r == '%' && unicode.IsDigit(prev), r == '€' && unicode.IsDigit(prev):
			out.WriteRune(nbsp)
			out.WriteRune(r)
		case r == '«' && next != 0 && !isSpace(next):
			out.WriteRune(r)
			out.WriteRune(nbsp)
			r = nbsp
		case r == '°' && (prev == 'n' || prev == 'N') && unicode.IsDigit(next):
			out.WriteRune(r)
			out.WriteRune(nbsp)
			r = nbsp
		default:
			out.WriteString(s[i : i+n])
		}
		prev = r
		i += n
	}
	return out.String()
}

// elides tells whether a text ends in a word that only stands elided: "d'1
// million" takes the apostrophe of a word, "le code F'16" stays as typed.
func elides(before string) bool {
	start := strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })
	word := before
	if start >= 0 {
		_, n := utf8.DecodeRuneInString(before[start:])
		word = before[start+n:]
	}
	switch strings.ToLower(word) {
	case "d", "l", "qu", "n", "s", "c", "j", "m", "t", "jusqu", "lorsqu", "puisqu":
		return true
	}
	return false
}

// needsTypography spares the common clean text of the second time.
func needsTypography(s string) bool {
	return strings.ContainsAny(s, " '\".;:!?«»%€°\t\r\n\u00A0\u202F")
}

// isSpace covers the blanks the pass may rewrite. Typographers' spaces
// (em, en, figure) were chosen by someone and stay.
func isSpace(r rune) bool {
	return r == ' ' || r == nbsp || r == thinNbsp || r == '\u2009'
}

// sticks: punctuation glued to a word takes a space before it.
func sticks(prev rune) bool {
	return unicode.IsLetter(prev) || unicode.IsDigit(prev) || strings.ContainsRune("»)]”’%€…°", prev)
}

func endsAfter(next rune) bool {
	return next == 0 || unicode.IsSpace(next) || isSpace(next) || strings.ContainsRune("»)]”!?.", next)
}

func startsToken(prev rune) bool {
	return prev == 0 || isSpace(prev) || unicode.IsSpace(prev) || prev == '(' || prev == '«' || prev == '<' || prev == '['
}

// token is what runs up to the next blank, without the closing punctuation of
// the sentence, which is not part of an address.
func token(s string) string {
	for i, r := range s {
		if isSpace(r) || unicode.IsSpace(r) {
			s = s[:i]
			break
		}
	}
	return strings.TrimRight(s, ".,;:!?»)%€…")
}

// technical tells an address or a code from a word.
func technical(tok string) bool {
	switch {
	case strings.Contains(tok, "://"), strings.HasPrefix(tok, "www."), strings.HasPrefix(tok, "mailto:"):
		return true
	case strings.ContainsRune(tok, '@'):
		return true
	case strings.ContainsAny(tok, "_\\") && utf8.RuneCountInString(tok) > 2:
		return true
	case strings.ContainsRune(tok, '/') && strings.ContainsAny(tok, "?=&#"):
		return true
	}
	return false
}

var titleBefore = map[string]bool{"M.": true, "MM.": true, "Mme": true, "Mmes": true, "Mlle": true, "Dr": true, "Pr": true, "Me": true}
var referenceBefore = map[string]bool{"p.": true, "pp.": true, "art.": true, "n°": true, "N°": true, "vol.": true, "t.": true, "fig.": true,
	"chap.": true}

// spaceBetween says which blank stands between what precedes and the rest.
func spaceBetween(blank string, prev rune, rest string, after rune) string {
	next, m := utf8.DecodeRuneInString(rest)
	then := after
	if len(rest) == 0 {
		next = after
		then = 0
	} else if m < len(rest) {
		then, _ = utf8.DecodeRuneInString(rest[m:])
	}
	switch {
	case prev == '«':
		return string(nbsp)
	case next == '»':
		return string(nbsp)
	case (next == ';' || next == '!' || next == '?') && prev != 0 && endsAfter(then):
		return string(thinNbsp)
	case next == ':' && prev != 0 && endsAfter(then):
		return string(nbsp)
	case (next == '%' || next == '€') && unicode.IsDigit(prev):
		return string(nbsp)
	case unicode.IsDigit(prev) && thousands(rest) && strings.ContainsRune(blank, thinNbsp):
		return string(thinNbsp)
	}
	// A blank somebody chose to be unbreakable stays so.
	if strings.ContainsRune(blank, nbsp) {
		return string(nbsp)
	}
	if strings.ContainsRune(blank, thinNbsp) {
		return string(thinNbsp)
	}
	return " "
}

// bindsToNext: a title and its name, "p." and its number, groups of thousands
// do not part at a line's end.
func bindsToNext(before, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	start := strings.LastIndexFunc(before, func(r rune) bool { return isSpace(r) || r == '(' || r == apostrophe || r == '\'' })
	last := before
	if start >= 0 {
		_, n := utf8.DecodeRuneInString(before[start:])
		last = before[start+n:]
	}
	switch {
	case titleBefore[last]:
		return unicode.IsUpper(next)
	case referenceBefore[last]:
		return unicode.IsDigit(next)
	case thousands(rest) && last != "" && len(last) <= 3 && allDigits(last):
		// "en 2015 120 habitants" must not become a number: the group before
		// has at most three digits.
		return true
	}
	return false
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// thousands tells whether three digits and no more start the text.
func thousands(s string) bool {
	if len(s) < 3 {
		return false
	}
	for i := range 3 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 3 || s[3] < '0' || s[3] > '9'
}

// guillemets turns straight double quotes into « and » when all of them pair;
// with a lone one among them (inches, seconds) all stay as typed.
func guillemets(s string, before rune) string {
	if n := strings.Count(s, `"`); n == 0 || n%2 == 1 {
		return s
	}
	var out strings.Builder
	opened := false
	prev := before
	for i, r := range s {
		if r == '"' {
			next, _ := utf8.DecodeRuneInString(s[i+1:])
			switch {
			case !opened && (startsToken(prev) || prev == apostrophe || prev == '\'') && i+1 < len(s) && quotable(next):
				r = '«'
			case opened && quotable(prev) && !unicode.IsLetter(next) && !unicode.IsDigit(next):
				r = '»'
			default:
				return s
			}
			opened = !opened
		}
		out.WriteRune(r)
		prev = r
	}
	return out.String()
}

// quotable characters may stand right inside a pair of quotes.
func quotable(r rune) bool {
	return !isSpace(r) && !unicode.IsSpace(r) && r != '"' && r != '«' && r != '»'
}
