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
	words := strings.FieldsFunc(folded, betweenWords)
	for i, w := range words {
		if long, ok := shortened[w]; ok {
			words[i] = long
		}
	}
	return strings.Join(words, " ")
}

// betweenWords tells what parts the words of a name.
func betweenWords(r rune) bool {
	switch r {
	case ' ', '-', '\'', '’', '‘', 'ʼ', '`', '\u00a0', '\u202f', '\u2009', '\t', '‑', '–', '—', '.', ',', ';', '(', ')', '/', '_', '«', '»',
		'"', '“', '”', '·':
		return true
	}
	return false
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

// query is a Key being typed, taken apart once for many names.
type query struct {
	whole, bare string
	words       []string
	inside      []string // the words, each after a space
}

func newQuery(key string) query {
	q := query{whole: key, bare: bareKey(key)}
	q.words = strings.Fields(q.bare)
	for _, w := range q.words {
		q.inside = append(q.inside, " "+w)
	}
	return q
}

// match tells how a name's key answers. Leading articles are ignored.
func (q query) match(key string) int {
	// The last word typed is the rarest: most names stop here.
	if len(q.words) == 0 || !strings.Contains(key, q.words[len(q.words)-1]) {
		return noMatch
	}
	bare := bareKey(key)
	if bare == q.bare {
		return byName
	}
	if strings.HasPrefix(key, q.whole) || strings.HasPrefix(bare, q.bare) {
		return byStart
	}
	for i, word := range q.words {
		if !strings.HasPrefix(key, word) && !strings.Contains(key, q.inside[i]) {
			return noMatch
		}
	}
	return byWords
}

// match is for a few names.
func match(key, typed string) int { return newQuery(typed).match(key) }
