package search

import (
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"

	"repertoire/internal/repertoire"
)

// french brings words to the form under which their inflections meet.
// It is safe for concurrent use.
type french struct {
	stop  map[string]bool
	light *fr.FrenchLightStemmerFilter
	mu    sync.RWMutex
	stems map[string]string

	packers packers
}

// maxStems bounds the cache: a French base knows some tens of thousands of forms.
const maxStems = 200_000

// irregular are forms that the light stemmer leaves apart from their
// singular, or cuts too short ("coopération" becomes "cop").
var irregular = map[string]string{
	"travaux": "travail", "travail": "travail", "chevaux": "cheval", "cheval": "cheval", "vitraux": "vitrail", "vitrail": "vitrail",
	"cooperation": "cooper", "cooperations": "cooper", "cooperer": "cooper", "coopere": "cooper", "cooperent": "cooper",
	"coraux": "corail", "corail": "corail", "baux": "bail", "bail": "bail", "emaux": "email", "yeux": "oeil", "oeil": "oeil",
}

func newFrench() *french {
	list := analysis.NewTokenMap()
	_ = list.LoadBytes(fr.FrenchStopWords) // a list compiled in: it loads or no test passes
	f := &french{stop: make(map[string]bool, len(list)), light: fr.NewFrenchLightStemmerFilter(), stems: map[string]string{}}
	for w := range list {
		f.stop[repertoire.Fold(w)] = true
	}
	for _, w := range []string{"des", "du", "de", "un", "une", "les", "la", "le", "et", "aux", "au", "en", "dans", "avec", "ces",
		"depuis", "entre", "chez", "vers", "lors", "afin"} {
		f.stop[w] = true
	}
	return f
}

// empty tells whether a folded word says nothing by itself in running text.
func (f *french) empty(folded string) bool { return f.stop[folded] }

// stem gives the stem of a folded word.
func (f *french) stem(folded string) string {
	f.mu.RLock()
	s, ok := f.stems[folded]
	f.mu.RUnlock()
	if ok {
		return s
	}
	s = f.derive(folded)
	f.mu.Lock()
	if len(f.stems) >= maxStems {
		f.stems = map[string]string{}
	}
	f.stems[folded] = s
	f.mu.Unlock()
	return s
}

func (f *french) derive(folded string) string {
	if s, ok := irregular[folded]; ok {
		return s
	}
	for i := 0; i < len(folded); i++ {
		if folded[i] >= utf8.RuneSelf || folded[i] >= '0' && folded[i] <= '9' {
			return folded
		}
	}
	out := f.light.Filter(analysis.TokenStream{{Term: masculine([]byte(folded))}})
	return string(out[0].Term)
}

// masculine undoes, on folded words, what the light stemmer only does on
// accented ones: premiere, etrangere, complete, deuxieme,
// senegalaise, active.
func masculine(b []byte) []byte {
	if n := len(b); n > 5 && b[n-1] == 's' {
		b = b[:n-1]
	}
	n := len(b)
	switch {
	case n > 6 && (string(b[n-4:]) == "aise" || string(b[n-4:]) == "oise"):
		return b[:n-1]
	case n > 5 && string(b[n-3:]) == "ive":
		return append(b[:n-2:n-2], 'f')
	case n > 5 && string(b[n-4:]) == "iere", n > 6 && string(b[n-4:]) == "gere", n > 5 && string(b[n-3:]) == "ete":
		return b[:n-1]
	case n > 5 && string(b[n-4:]) == "ieme":
		return b[:n-4]
	}
	return b
}
