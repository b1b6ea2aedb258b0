package reference

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// The ways in which a spelling answers a name, better ones higher.
type spelling uint8

const (
	spelledNot      spelling = iota
	spelledSpacing           // the same letters, cut otherwise
	spelledAccents           // the same words with other accents
	spelledCapitals          // the same words without accents that capitals lack
	spelledSame              // the very words
)

// compareSpelling tells how a typed name answers one that has the same Key.
func compareSpelling(typed, name string) spelling {
	if typed == name {
		return spelledSame
	}
	a, b := accentedWords(typed), accentedWords(name)
	if len(a) != len(b) {
		a, b = trimArticle(a), trimArticle(b)
	}
	if len(a) != len(b) {
		return spelledSpacing
	}
	worst := spelledSame
	upper := allCapitals(typed)
	for i := range a {
		x, y := strings.ToLower(a[i]), strings.ToLower(b[i])
		if x == y {
			continue
		}
		switch {
		case repertoire.Fold(x) != repertoire.Fold(y):
			return spelledSpacing
		case upper && plain(x), capitalOnly(a[i], b[i]):
			worst = min(worst, spelledCapitals)
		default:
			worst = min(worst, spelledAccents)
		}
	}
	return worst
}

// capitalOnly tells that two words differ by the accent of a first capital
// alone: Evreux and Évreux.
func capitalOnly(typed, name string) bool {
	r, n := utf8.DecodeRuneInString(typed)
	s, m := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r) && r < utf8.RuneSelf && unicode.IsUpper(s) && strings.EqualFold(typed[n:], name[m:])
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// allCapitals tells whether a text has capitals and no small letter.
func allCapitals(s string) bool {
	found := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		found = found || unicode.IsUpper(r)
	}
	return found
}

// accentedWords cuts a name as Key does, accents and case kept; œ is two letters.
func accentedWords(name string) []string {
	words := strings.FieldsFunc(ligatures.Replace(name), betweenWords)
	for i, w := range words {
		if long, ok := shortened[strings.ToLower(w)]; ok {
			words[i] = long
		}
	}
	return words
}

var ligatures = strings.NewReplacer("œ", "oe", "Œ", "Oe", "æ", "ae", "Æ", "Ae")

func trimArticle(words []string) []string {
	if len(words) > 1 {
		switch strings.ToLower(words[0]) {
		case "le", "la", "les", "l":
			return words[1:]
		}
	}
	return words
}

// compact runs the words of a key together without the article before them,
// so that names cut otherwise meet: "Villeneuve dAscq", "GrandAngoulême".
func compact(key string) string { return strings.ReplaceAll(bareKey(key), " ", "") }
