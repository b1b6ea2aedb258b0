package search

import (
	_ "embed"
	"fmt"
	"sort"
	"strings"
)

//go:embed synonyms.txt
var synonymList string

// Synonyms are related words, by the word or phrase that leads to them. They
// widen a query when it is asked, so the list can be edited without a rebuild.
type Synonyms struct {
	pairs []synonym
	// by holds, for the stems of a word or phrase, what else to look for.
	by map[string][]alias
	// up holds what a word belongs to: those that lead to it.
	up      map[string][]alias
	longest int             // words of the longest key
	stems   map[string]bool // of all words of the list
}

type synonym struct {
	from, to string
	same     bool
}

// alias is one way on: its words, all to be found, and how people write it.
type alias struct {
	words []string // folded, empty words left out
	label string
	same  bool // of the same sense, not only near it
}

// DefaultSynonyms is the text of the program's own list, to be offered for editing.
func DefaultSynonyms() string { return synonymList }

func defaultSynonyms() *Synonyms {
	s, _ := ParseSynonyms(synonymList) // its lines are checked by a test
	return s
}

// ParseSynonyms reads a list of related words: "eau: puits, forage" leads from
// the first to the others, "AFD = Agence française de développement" both ways;
// "#" begins a comment. Lines that say nothing are told in problems, in French,
// and passed over.
func ParseSynonyms(text string) (s *Synonyms, problems []string) {
	s = &Synonyms{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.IndexAny(line, ":=")
		var values []string
		if at > 0 {
			for v := range strings.SplitSeq(line[at+1:], ",") {
				if v = strings.TrimSpace(v); len(wordsOf(v)) > 0 {
					values = append(values, v)
				}
			}
		}
		if len(values) == 0 || len(wordsOf(line[:max(at, 0)])) == 0 {
			problems = append(problems, fmt.Sprintf("Ligne %d : « %s » n’est pas de la forme « eau: puits, forage ».", n, line))
			continue
		}
		from := strings.TrimSpace(line[:at])
		for _, v := range values {
			s.pairs = append(s.pairs, synonym{from, v, line[at] == '='})
			if line[at] == '=' {
				s.pairs = append(s.pairs, synonym{v, from, true})
			}
		}
	}
	return s, problems
}

// prepared indexes the pairs by stems.
func (s *Synonyms) prepared(f *french) *Synonyms {
	out := &Synonyms{pairs: s.pairs, by: map[string][]alias{}, up: map[string][]alias{}, stems: map[string]bool{}}
	for _, p := range s.pairs {
		for _, w := range wordsOf(p.from + " " + p.to) {
			out.stems[f.stem(w)] = true
		}
		key := stemKey(wordsOf(p.from), f)
		to := alias{label: p.to, same: p.same}
		for _, w := range wordsOf(p.to) {
			if !f.empty(w) {
				to.words = append(to.words, w)
			}
		}
		if key == "" || len(to.words) == 0 || stemKey(to.words, f) == key {
			continue
		}
		out.by[key] = append(out.by[key], to)
		if !p.same {
			from := alias{label: p.from}
			for _, w := range wordsOf(p.from) {
				if !f.empty(w) {
					from.words = append(from.words, w)
				}
			}
			if below := stemKey(to.words, f); below != "" {
				out.up[below] = append(out.up[below], from)
			}
		}
		out.longest = max(out.longest, strings.Count(key, " ")+1)
	}
	for _, list := range out.by {
		sort.SliceStable(list, func(i, j int) bool { return list[i].label < list[j].label })
	}
	return out
}

// knows tells whether a word of that stem stands in the list.
func (s *Synonyms) knows(stem string) bool { return s.stems[stem] }

// above gives what words belong to, together or, failing that, one by one.
func (s *Synonyms) above(words []string, f *french) []alias {
	if up := s.up[stemKey(words, f)]; len(up) > 0 || len(words) < 2 {
		return up
	}
	var out []alias
	for _, w := range words {
		if up := s.up[f.stem(w)]; len(up) > 0 {
			out = append(out, up...)
		} else if s.by[f.stem(w)] != nil && !f.empty(w) {
			out = append(out, alias{label: w, words: []string{w}})
		}
	}
	return out
}
