package spelling

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Slip is a word that no dictionary knows, and where it stands in the text.
type Slip struct {
	Word       string
	Start, End int // in bytes
}

// Checker knows a dictionary and a person's own words. Safe for concurrent use.
type Checker struct {
	d   *Dictionary
	mu  sync.RWMutex
	own map[string]bool
}

// NewChecker returns a checker; own are the words a person added.
func NewChecker(d *Dictionary, own []string) *Checker {
	c := &Checker{d: d, own: map[string]bool{}}
	for _, w := range own {
		c.own[plain(w)] = true
	}
	return c
}

// Learn takes a word as known from now on.
func (c *Checker) Learn(word string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.own[plain(word)] = true
}

// isOwn tells whether a person added the word.
func (c *Checker) isOwn(small string) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.own[small]
}

// Check gives the words of a text that are not known, each once.
func (c *Checker) Check(text string) []Slip {
	var out []Slip
	seen := map[string]bool{}
	for i := 0; i < len(text); {
		start, end, skip := nextWord(text, i)
		if start < 0 {
			break
		}
		i = end
		if skip {
			continue
		}
		word := text[start:end]
		for _, part := range c.parts(word) {
			if !seen[part] && !c.Known(part) {
				seen[part] = true
				at := start + strings.Index(word, part)
				out = append(out, Slip{Word: part, Start: at, End: at + len(part)})
			}
		}
	}
	return out
}

// nextWord finds the next run of letters from i on, -1 when there is none. One
// that holds digits, or is part of an address, is to be skipped.
func nextWord(text string, i int) (start, end int, skip bool) {
	start = -1
	for at, r := range text[i:] {
		if start < 0 {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				start, skip = i+at, unicode.IsDigit(r)
			}
			continue
		}
		switch {
		case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
		case unicode.IsDigit(r), r == '@', r == '/', r == '_':
			skip = true
		case r == '\'', r == '’', r == '-':
		case r == '.' && letterAfter(text[i+at+1:]):
			skip = true // an address, or initials
		default:
			return start, i + at, skip
		}
	}
	return start, len(text), skip
}

func letterAfter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// elided are the words that lose their end before another.
var elided = []string{"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"}

// parts gives what of a word is looked up by itself: what follows an elision,
// and the members of a compound that is not in the dictionary whole.
func (c *Checker) parts(word string) []string {
	word = strings.Trim(word, "-'’.")
	if word == "" || c.Known(word) {
		return nil
	}
	for {
		head, tail, cut := cutApostrophe(word)
		if !cut {
			break
		}
		known := false
		for _, e := range elided {
			known = known || strings.EqualFold(head, e)
		}
		if !known {
			break
		}
		word = tail
		if c.Known(word) {
			return nil
		}
	}
	var out []string
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '\'' || r == '’' }) {
		if utf8.RuneCountInString(part) > 1 {
			out = append(out, part)
		}
	}
	return out
}

func cutApostrophe(word string) (head, tail string, ok bool) {
	i := strings.IndexAny(word, "'’")
	if i < 0 {
		return word, "", false
	}
	_, n := utf8.DecodeRuneInString(word[i:])
	return word[:i], word[i+n:], true
}

// plain is a word with the apostrophe of the tables, in small letters.
func plain(word string) string { return strings.ToLower(strings.ReplaceAll(word, "’", "'")) }

// Known tells whether a word is in the dictionary or a person's own, or is
// taken for a name: one that begins with a capital and is no word in small
// letters either is left alone.
func (c *Checker) Known(word string) bool {
	as := strings.ReplaceAll(word, "’", "'")
	small := strings.ToLower(as)
	if c.isOwn(small) || c.d.knows(as) || c.d.knows(small) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(as)
	return unicode.IsUpper(first) || foreign(as)
}

// foreign tells a word in another script than the dictionary's.
func foreign(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return true
		}
	}
	return false
}

// mostOffered is how many words are proposed for one.
const mostOffered = 5

// Suggest gives the words nearest to one that is not known, best first: those
// that differ by accents, then by one letter, then by two letters changed places
// or a space left out.
func (c *Checker) Suggest(word string) []string {
	small := plain(word)
	ranks := map[string]int{}
	try := func(s string, rank int) {
		if before, seen := ranks[s]; s != small && c.offers(s) && (!seen || rank < before) {
			ranks[s] = rank
		}
	}
	letters := []rune(small)
	for i, r := range letters {
		head, tail := string(letters[:i]), string(letters[i+1:])
		for _, accent := range siblings(r) {
			try(head+string(accent)+tail, 0)
			for j := i + 1; j < len(letters); j++ {
				for _, second := range siblings(letters[j]) {
					try(head+string(accent)+string(letters[i+1:j])+string(second)+string(letters[j+1:]), 1)
				}
			}
		}
		if i > 0 && letters[i-1] == r {
			try(head+tail, 1) // doubled by mistake
		}
		try(head+string(r)+string(r)+tail, 1) // not doubled
		if i+1 < len(letters) {
			try(head+string(letters[i+1])+string(r)+string(letters[i+2:]), 2)
		}
		try(head+tail, 3)
		for _, other := range c.d.alphabet {
			try(head+string(other)+tail, 4)
			try(head+string(other)+string(r)+tail, 2)
		}
		if a, b := string(letters[:i]), string(letters[i:]); i > 1 && len(letters)-i > 1 && c.d.knows(a) && c.d.knows(b) {
			try(a+" "+b, 5)
		}
	}
	for _, other := range c.d.alphabet {
		try(small+string(other), 2)
	}
	out := make([]string, 0, len(ranks))
	for s := range ranks {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool {
		if ranks[out[i]] != ranks[out[j]] {
			return ranks[out[i]] < ranks[out[j]]
		}
		return out[i] < out[j]
	})
	return out[:min(len(out), mostOffered)]
}

// offers tells whether a word, or each of two, is one to propose.
func (c *Checker) offers(s string) bool {
	for _, w := range strings.Fields(s) {
		for _, flags := range c.d.stems[w] {
			if flagged(flags, c.d.unshown) {
				return false
			}
		}
		if !c.d.knows(w) && !c.isOwn(w) {
			return false
		}
	}
	return s != ""
}

// siblings are the same letter with other accents.
func siblings(r rune) []rune {
	for _, family := range []string{"eéèêë", "aàâ", "iîï", "oôö", "uùûü", "cç"} {
		if strings.ContainsRune(family, r) {
			return []rune(strings.ReplaceAll(family, string(r), ""))
		}
	}
	return nil
}
