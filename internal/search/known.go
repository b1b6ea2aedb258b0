package search

import (
	"slices"
	"strings"
	"sync"

	"repertoire/internal/repertoire"
)

// known is what is right as it is written although no partnership has it: it
// is neither taken apart nor taken for a typing error. Who looks for Mali, or
// for sport, and finds none, must not be given May or ports.
type known struct {
	countries map[string][]string // stems of names, joined: codes
	names     map[string]string   // code: name
	areas     map[string][]string // folded name of a region of the United Nations: codes
	forms     map[string]bool     // the words of those names, in all their forms
	stems     map[string]bool     // of words of the trade: themes, related words, statuses
	named     func(string) bool
}

// learn prepares what Options say is known.
func newKnown(opt Options, f *french) *known {
	k := &known{countries: map[string][]string{}, names: map[string]string{}, areas: map[string][]string{}, forms: map[string]bool{},
		stems: map[string]bool{}, named: opt.Named}
	for i := range opt.Countries {
		c := &opt.Countries[i]
		k.names[c.ISO] = c.Name
		for _, list := range [][]string{{c.Name}, c.Others, c.Adjectives} {
			for _, name := range list {
				if words := wordsOf(name); len(words) == 1 && !slices.Contains(c.Others, name) { // "Mexico" is the town in French
					for _, form := range inflected(words[0]) {
						k.forms[form] = true
					}
				}
				if key := stemKey(wordsOf(name), f); len(key) > 2 && !slices.Contains(k.countries[key], c.ISO) {
					k.countries[key] = append(k.countries[key], c.ISO)
				}
			}
		}
	}
	for iso, areas := range opt.Areas {
		for _, area := range areas {
			key := repertoire.Fold(strings.ReplaceAll(area, "’", "'"))
			k.areas[key] = append(k.areas[key], iso)
		}
	}
	for _, text := range opt.Words {
		for _, w := range wordsOf(text) {
			k.stems[f.stem(w)] = true
		}
	}
	return k
}

// country tells whether the stems name a country.
func (k *known) country(stems string) bool { return k != nil && len(k.countries[stems]) > 0 }

// word tells whether a folded word is right as it is.
func (k *known) word(w string, f *french) bool {
	return k != nil && (k.stems[f.stem(w)] || len(k.countries[f.stem(w)]) > 0 || k.named != nil && k.named(w))
}

// maxRemembered bounds the answers kept by remembered.
const maxRemembered = 2_000

// remembered keeps what ask answered: the same words are asked about at each key.
func remembered(ask func(string) bool) func(string) bool {
	var mu sync.Mutex
	answers := map[string]bool{}
	return func(name string) bool {
		mu.Lock()
		yes, known := answers[name]
		mu.Unlock()
		if known {
			return yes
		}
		yes = ask(name)
		mu.Lock()
		defer mu.Unlock()
		if len(answers) >= maxRemembered {
			clear(answers)
		}
		answers[name] = yes
		return yes
	}
}
