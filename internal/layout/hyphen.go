package layout

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/speedata/hyphenation"

	"repertoire/data"
)

// hyphenator finds where French words may be cut. Safe for concurrent use.
type hyphenator struct {
	mu    sync.Mutex
	lang  *hyphenation.Lang
	cache map[string][]int
}

const (
	// Three letters stay on either side of the hyphen (a line that ends in "lo-"
	// tells nothing), and short words are left whole.
	hyphenBefore   = 3
	hyphenAfter    = 3
	hyphenShortest = 6
	// No French word is longer; the library's time grows with the cube.
	hyphenLongest = 60
)

func newHyphenator() (*hyphenator, error) {
	var patterns strings.Builder
	for line := range strings.Lines(data.FrenchHyphenation()) {
		if !strings.HasPrefix(line, "%") {
			patterns.WriteString(line)
		}
	}
	lang, err := hyphenation.New(strings.NewReader(patterns.String()))
	if err != nil {
		return nil, err
	}
	lang.Leftmin, lang.Rightmin = 1, hyphenAfter
	return &hyphenator{lang: lang, cache: map[string][]int{}}, nil
}

// points returns the byte offsets of word where it may be cut. A word with
// digits or with capitals inside is an acronym or a code: it stays whole.
func (h *hyphenator) points(word string) []int {
	if n := utf8.RuneCountInString(word); n < hyphenShortest || n > hyphenLongest {
		return nil
	}
	first := true
	for _, r := range word {
		if !unicode.Is(unicode.Latin, r) || !first && unicode.IsUpper(r) {
			return nil
		}
		first = false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if p, ok := h.cache[word]; ok {
		return p
	}
	lower := strings.ToLower(word)
	var points []int
	// Case may change a letter's length in bytes: then no cut is safe.
	if len(lower) == len(word) {
		total := utf8.RuneCountInString(word)
		cuts := h.lang.Hyphenate(lower)
		n, at := 0, 0
		for _, r := range lower {
			for _, c := range cuts {
				if c == n && n >= hyphenBefore && total-n >= hyphenAfter {
					points = append(points, at)
				}
			}
			n++
			at += utf8.RuneLen(r)
		}
	}
	if len(h.cache) > 50000 {
		h.cache = map[string][]int{}
	}
	h.cache[word] = points
	return points
}
