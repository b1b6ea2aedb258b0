package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"repertoire/internal/repertoire"
)

//go:embed places.txt
var placeList string

// placeKind is a level of places.
type placeKind byte

// The levels, in the letters of places.txt.
const (
	placeDepartement placeKind = 'D'
	placeRegion      placeKind = 'R'
	placeArea        placeKind = 'Z'
	placeTown        placeKind = 'V'
	placeCountry     placeKind = 'P'
)

// place is what a name or the name of its inhabitants stands for.
type place struct {
	kind  placeKind
	label string
	// codes are départements, isos countries, areas regions of the United Nations.
	codes, isos, areas []string
	town               []string // folded words of a town's name
	people             bool     // named by its inhabitants
	common             bool     // a common word too: a capital or a preposition must say it is the place
	capitals           bool     // an acronym, read in capitals only
	told               bool     // the name of a body too, of which texts tell
	part               string   // the name is that of a part of the country only
}

// gazetteer finds places by their folded names.
type gazetteer struct {
	by      map[string][]place
	longest int // words of the longest name
}

// staticPlaces reads places.txt once: it is the same for every index.
var staticPlaces = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{by: map[string][]place{}}
	for line := range strings.Lines(placeList) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		g.read(strings.Split(line, ";"))
	}
	return g
})

// read takes one line of places.txt: kind; what it covers; names; inhabitants.
func (g *gazetteer) read(cells []string) {
	p := place{kind: placeKind(cells[0][0])}
	names := strings.Split(cells[2], "|")
	people := ""
	switch p.kind {
	case placeTown:
		names, people = nil, cells[2]
		p.label, p.town = cells[1], wordsOf(cells[1])
	case placeDepartement, placeRegion:
		p.codes = strings.Split(cells[1], ",")
	case placeCountry:
		p.isos = []string{cells[1]}
		if part, ok := strings.CutPrefix(names[0], "~"); ok {
			p.part, names[0] = part, part
		}
	case placeArea:
		for part := range strings.FieldsSeq(cells[1]) {
			switch {
			case strings.HasPrefix(part, "un:"):
				p.areas = strings.Split(strings.ReplaceAll(part[3:], "_", " "), ",")
			case strings.HasPrefix(part, "d:"):
				p.codes = strings.Split(part[2:], ",")
			default:
				p.isos = strings.Split(part, ",")
			}
		}
		if name, ok := strings.CutPrefix(names[0], "+"); ok {
			p.told, names[0] = true, name
		}
	}
	if len(cells) > 3 {
		people = cells[3]
	}
	if len(names) > 0 {
		p.label = strings.TrimLeft(names[0], "?=")
	}
	for _, name := range names {
		q := p
		q.common = strings.HasPrefix(name, "?")
		name = strings.TrimLeft(name, "?")
		q.capitals = strings.HasPrefix(name, "=")
		name = strings.TrimLeft(name, "=")
		if q.kind == placeRegion && isAcronym(name) {
			q.label = p.label
		}
		g.add(wordsOf(name), q)
		// "Valdoise", as one word.
		if joined := lettersOf(name); strings.ContainsAny(name, " -'") && len(joined) >= 8 {
			g.add([]string{joined}, q)
		}
	}
	if people == "" {
		return
	}
	p.people = true
	for masculine := range strings.SplitSeq(people, "|") {
		for _, form := range inflected(masculine) {
			g.add(wordsOf(form), p)
		}
	}
}

// lettersOf gives the folded letters of a name and nothing else.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, repertoire.Fold(name))
}

// add files p under a name, with and without its leading article.
func (g *gazetteer) add(words []string, p place) {
	for {
		if key := strings.Join(words, " "); key != "" &&
			!slices.ContainsFunc(g.by[key], func(o place) bool { return o.kind == p.kind && o.label == p.label }) {
			g.by[key] = append(g.by[key], p)
			g.longest = max(g.longest, len(words))
		}
		if len(words) < 2 || !determiners[words[0]] {
			return
		}
		words = words[1:]
	}
}

// at gives the places that the first words of run name, the longest name
// first, and how many words it takes.
func (g *gazetteer) at(run []typedWord, least int) ([]place, int) {
	if g == nil {
		return nil, 0
	}
	for n := min(len(run), g.longest); n >= least; n-- {
		found := g.by[strings.Join(texts(run[:n]), " ")]
		if len(found) == 0 {
			continue
		}
		var out []place
		for _, p := range found {
			if p.capitals && run[0].raw != strings.ToUpper(run[0].raw) {
				continue
			}
			out = append(out, p)
		}
		if len(out) > 0 {
			return out, n
		}
	}
	return nil, 0
}

// isAcronym tells whether s is written in capitals only.
func isAcronym(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters > 1
}

// inflected gives the forms of an adjective from its masculine singular, by
// the rules of French; the few words that break them stand below.
func inflected(masculine string) []string {
	feminine := map[string]string{"turc": "turque", "grec": "grecque", "franc-comtois": "franc-comtoise", "manceau": "mancelle",
		"auvergnat": "auvergnate", "tourangeau": "tourangelle", "limougeaud": "limougeaude", "latino": "latino"}[masculine]
	suffix := func(end string) bool { return strings.HasSuffix(masculine, end) }
	if feminine == "" {
		switch {
		case suffix("e"), suffix("è"):
			feminine = masculine
		case suffix("en"), suffix("on"):
			feminine = masculine + "ne"
		case suffix("er"):
			feminine = strings.TrimSuffix(masculine, "er") + "ère"
		case suffix("eux"):
			feminine = strings.TrimSuffix(masculine, "x") + "se"
		default:
			feminine = masculine + "e"
		}
	}
	plural := masculine + "s"
	switch {
	case suffix("s"), suffix("x"):
		plural = masculine
	case suffix("eau"):
		plural = masculine + "x"
	case suffix("al"):
		plural = strings.TrimSuffix(masculine, "al") + "aux"
	}
	return []string{masculine, feminine, plural, feminine + "s"}
}

// departementOf gives the code of the département of a French authority.
func departementOf(n *Name) string {
	if n.Country != "FR" || n.Level.Code == string(repertoire.LevelRegion) {
		return ""
	}
	switch code := n.INSEE; {
	case n.Level.Code == string(repertoire.LevelDepartement) && code != "":
		return code
	case strings.HasPrefix(code, "97"), strings.HasPrefix(code, "98"):
		if len(code) >= 3 {
			return code[:3]
		}
	case len(code) == 5:
		return code[:2]
	}
	for _, name := range []string{n.Departement, n.Region} {
		for _, p := range staticPlaces().by[strings.Join(wordsOf(name), " ")] {
			if p.kind == placeDepartement && !p.people {
				return p.codes[0]
			}
		}
	}
	return ""
}

// departementCode reads "77", "2a", "974": the code of a département, "" else.
func departementCode(s string) string {
	s = strings.ToUpper(s)
	if len(s) == 1 && s[0] >= '1' && s[0] <= '9' {
		s = "0" + s
	}
	if departementNames()[s] != "" {
		return s
	}
	return ""
}

// departementNames gives the name of each département by its code.
var departementNames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, found := range staticPlaces().by {
		for _, p := range found {
			if p.kind == placeDepartement && !p.people {
				out[p.codes[0]] = p.label
			}
		}
	}
	return out
})
