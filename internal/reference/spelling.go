package reference

import (
	"strings"

	"repertoire/internal/repertoire"
)

// short words that names and people write in either form.
var shortened = map[string]string{"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}

// Key writes a name so that case, accents, hyphens, apostrophes and St for
// Saint do not count: "St-Étienne" and "saint etienne" have the same.
func Key(name string) string {
	folded := repertoire.Fold(name)
	words := strings.FieldsFunc(folded, func(r rune) bool {
		switch r {
		case ' ', '-', '\'', '’', '\u00a0', '\u202f', '–', '.', ',', '(', ')', '/':
			return true
		}
		return false
	})
	for i, w := range words {
		if long, ok := shortened[w]; ok {
			words[i] = long
		}
	}
	return strings.Join(words, " ")
}

// bareKey drops the leading article of a key: "le havre" gives "havre".
func bareKey(key string) string {
	for _, article := range []string{"le ", "la ", "les ", "l "} {
		if rest, ok := strings.CutPrefix(key, article); ok {
			return rest
		}
	}
	return key
}

// The ways a name answers what is typed, better ones higher.
const (
	noMatch = iota
	byWords // each word typed begins a word of the name
	byStart // the name begins so
	byName  // it is the name
)

// match tells how key answers query; both are Keys. Articles are ignored.
func match(key, query string) int {
	if query == "" {
		return noMatch
	}
	if key == query || bareKey(key) == bareKey(query) {
		return byName
	}
	if strings.HasPrefix(key, query) || strings.HasPrefix(bareKey(key), bareKey(query)) {
		return byStart
	}
	for word := range strings.SplitSeq(bareKey(query), " ") {
		if !strings.HasPrefix(key, word) && !strings.Contains(key, " "+word) {
			return noMatch
		}
	}
	return byWords
}
