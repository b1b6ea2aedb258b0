package shell

import (
	"sync"

	"repertoire/app/partnerships"
	"repertoire/assets"
	"repertoire/internal/spelling"
)

// french is the dictionary, read once a text is first written in; nil when the
// program was built without it.
var french = sync.OnceValue(func() *spelling.Dictionary {
	rules, words, ok := assets.Spelling()
	if !ok {
		return nil
	}
	return spelling.Read(rules, words)
})

// speller is the dictionary with the person's own words.
func (s *Shell) speller() partnerships.Speller {
	own := s.prefs.words()
	checker := sync.OnceValue(func() *spelling.Checker {
		if d := french(); d != nil {
			return spelling.NewChecker(d, own)
		}
		return nil
	})
	return partnerships.Speller{Checker: checker, Learn: func(word string) {
		s.prefs.addWord(word)
		if c := checker(); c != nil {
			c.Learn(word)
		}
	}}
}
