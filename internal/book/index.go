package book

import (
	"bytes"
	"sort"
	"strings"
	"unicode"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// index makes one of the five indexes; each is left out when the data hold
// nothing for it.
func (c *composer) index(p plan) ([]layout.Section, string) {
	var entries []layout.IndexEntry
	why := "rien à indexer"
	switch p.key {
	case PartIndexFrench:
		entries = c.authorityIndex(func(e *entry) []repertoire.Authority { return e.french })
	case PartIndexForeign:
		entries = c.authorityIndex(func(e *entry) []repertoire.Authority { return e.foreign })
	case PartIndexThemes:
		entries, why = c.themeIndex(), "aucune fiche n’a de thématique"
	case PartIndexRegions:
		entries, why = c.regionIndex(), "aucune région renseignée"
	case PartIndexActors:
		entries, why = c.actorIndex(), "aucun acteur ni opérateur renseigné"
	}
	if len(entries) == 0 {
		return nil, why
	}
	s := c.section(p, layout.BodyMatter)
	s.Blocks = append(s.Blocks, layout.Index{Columns: 3, Entries: entries, Origin: sectionOrigin(p)})
	return []layout.Section{s}, ""
}

// line is an index entry before it is sorted.
type line struct {
	key     []byte
	letter  string
	text    []layout.Inline
	sub     bool
	targets []string
}

// lines gathers entries by name: one line a name, all its targets.
type lines struct {
	byKey map[string]*line
	order []*line
}

func (l *lines) add(id, sortName string, text []layout.Inline, target string) {
	if l.byKey == nil {
		l.byKey = map[string]*line{}
	}
	x := l.byKey[id]
	if x == nil {
		x = &line{key: append(append(repertoire.SortKey(sortName), 0, 0), id...), letter: initial(sortName), text: text}
		l.byKey[id] = x
		l.order = append(l.order, x)
	}
	for _, t := range x.targets {
		if t == target {
			return
		}
	}
	x.targets = append(x.targets, target)
}

func (l *lines) sorted() []layout.IndexEntry {
	sort.SliceStable(l.order, func(i, j int) bool { return bytes.Compare(l.order[i].key, l.order[j].key) < 0 })
	out := make([]layout.IndexEntry, len(l.order))
	for i, x := range l.order {
		out[i] = layout.IndexEntry{Letter: x.letter, Text: x.text, Sub: x.sub, Targets: x.targets}
	}
	return out
}

// initial is the letter a name stands under: "É" under E, "3" under #.
func initial(name string) string {
	for _, r := range repertoire.Fold(name) {
		switch {
		case unicode.IsLetter(r):
			return strings.ToUpper(string(r))
		case unicode.IsDigit(r):
			return "0–9"
		}
	}
	return "#"
}

// authorityIndex lists the authorities of one side under their index names and
// under their other names.
func (c *composer) authorityIndex(side func(*entry) []repertoire.Authority) []layout.IndexEntry {
	var l lines
	for _, e := range c.entries {
		for _, a := range side(e) {
			name := a.IndexName()
			text := []layout.Inline{layout.Text{Text: name, NoHyphen: true}}
			if w := c.indexPlace(a); w != "" {
				text = append(text, layout.Text{Text: ", " + w, Color: "muted"})
			}
			if a.Fictitious {
				text = append(text, layout.Text{Text: inventedMark, Color: "muted"})
			}
			l.add(string(a.ID), name, text, e.anchor)
			for _, other := range a.OtherNames {
				other = oneLine(other)
				if other == "" || repertoire.Fold(other) == repertoire.Fold(a.Name) {
					continue
				}
				l.add(string(a.ID)+"\x00"+other, other, []layout.Inline{layout.Text{Text: other, Italic: true, NoHyphen: true},
					layout.Text{Text: " (" + a.Usual() + ")", Color: "muted", NoHyphen: true}}, e.anchor)
			}
		}
	}
	return l.sorted()
}

// inventedMark follows the name of an invented authority wherever it is listed
// among real ones.
const inventedMark = " (fictive)"

// indexPlace tells homonyms apart: the département in France; abroad the
// country when the book has several, else the first-level division.
func (c *composer) indexPlace(a repertoire.Authority) string {
	if a.French() {
		if a.Level == repertoire.LevelDepartement || a.Level == repertoire.LevelRegion {
			return lower(levelWord(a))
		}
		if d := strings.ReplaceAll(oneLine(a.Departement), "'", "’"); d != a.Usual() {
			return d
		}
		return ""
	}
	if c.manyCountries() {
		return c.country(a.Country).Name
	}
	return c.placeWords(a, false)
}

// themeIndex follows the tree: the great themes in its order, those below
// indented under them.
func (c *composer) themeIndex() []layout.IndexEntry {
	targets := map[string][]string{}
	for _, e := range c.entries {
		seen := map[string]bool{}
		for _, code := range themesOf(e) {
			if _, ok := c.theme(code); ok && !seen[code] {
				seen[code] = true
				targets[code] = append(targets[code], e.anchor)
			}
		}
	}
	codes := map[string]bool{}
	for code := range targets {
		for ; code != ""; code = repertoire.ThemeParent(code) {
			if _, ok := c.theme(code); ok {
				codes[code] = true
			}
		}
	}
	list := sortedKeys(codes)
	sort.SliceStable(list, func(i, j int) bool { return codeLess(list[i], list[j]) })
	out := make([]layout.IndexEntry, 0, len(list))
	for _, code := range list {
		t, _ := c.theme(code)
		_, below := c.theme(repertoire.ThemeParent(code))
		out = append(out, layout.IndexEntry{Text: []layout.Inline{layout.Text{Text: oneLine(t.Label), Bold: !below}}, Sub: below,
			Targets: targets[code]})
	}
	return out
}

// themesOf are the themes of the entry and of its projects.
func themesOf(e *entry) []string {
	out := append([]string(nil), e.p.Themes...)
	for _, x := range e.p.Projects {
		out = append(out, x.Themes...)
	}
	return out
}

// codeLess orders theme codes by number: 2 before 10, 3.1 before 3.10.
func codeLess(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := 0; i < len(x) && i < len(y); i++ {
		if x[i] == y[i] {
			continue
		}
		if len(x[i]) != len(y[i]) {
			return len(x[i]) < len(y[i])
		}
		return x[i] < y[i]
	}
	return len(x) < len(y)
}

// regionIndex lists the French régions with their départements under them.
func (c *composer) regionIndex() []layout.IndexEntry {
	below := map[string]*lines{} // départements by région
	var top lines
	for _, e := range c.entries {
		for _, a := range e.french {
			region, dep := oneLine(a.Region), oneLine(a.Departement)
			if a.Level == repertoire.LevelRegion && region == "" {
				region = oneLine(a.Name)
			}
			if a.Level == repertoire.LevelDepartement && dep == "" {
				dep = oneLine(a.Name)
			}
			region, dep = strings.ReplaceAll(region, "'", "’"), strings.ReplaceAll(dep, "'", "’")
			if region == "" {
				if region = dep; region == "" {
					continue
				}
			}
			top.add(region, region, []layout.Inline{layout.Text{Text: region, Bold: true}}, e.anchor)
			if dep != "" && dep != region {
				if below[region] == nil {
					below[region] = &lines{}
				}
				below[region].add(dep, dep, []layout.Inline{layout.Text{Text: dep}}, e.anchor)
			}
		}
	}
	var out []layout.IndexEntry
	for _, r := range top.sorted() {
		r.Letter = ""
		name := r.Text[0].(layout.Text).Text
		subs := below[name]
		// The région's own line needs no pages when its départements carry them all.
		if subs != nil && carries(subs, r.Targets) {
			r.Targets = nil
		}
		out = append(out, r)
		if subs != nil {
			for _, d := range subs.sorted() {
				d.Letter, d.Sub = "", true
				out = append(out, d)
			}
		}
	}
	return out
}

func carries(l *lines, targets []string) bool {
	have := map[string]bool{}
	for _, x := range l.order {
		for _, t := range x.targets {
			have[t] = true
		}
	}
	for _, t := range targets {
		if !have[t] {
			return false
		}
	}
	return true
}

// actorIndex lists partner associations, operators and funders' agencies that
// are named as actors.
func (c *composer) actorIndex() []layout.IndexEntry {
	var l lines
	for _, e := range c.entries {
		add := func(name string) {
			if name = oneLine(name); name != "" {
				l.add(repertoire.Fold(name), name, layout.Plain(name), e.anchor)
			}
		}
		for _, a := range e.p.Actors {
			add(a.Name)
		}
		for _, x := range e.p.Projects {
			add(x.Operator)
		}
	}
	return l.sorted()
}
