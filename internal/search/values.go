package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// nothing is a value that no partnership has: what a field is given when its
// value is unknown, so that the condition stays and can be pointed at.
const nothing = "\x00"

// field understands "pays:MG" and the like; next are the items after it, of
// which it may take some as the rest of an unquoted value ("pays:Côte d’Ivoire").
func (p *planner) field(it *item, next []item) (taken int) {
	c := clause{negated: it.negated, span: [2]int{it.start, it.end}}
	c.typed = it.field + ":" + strings.Join(it.values, ",")
	if t := typedFieldOf(it.field); t != nil {
		c.typed = t.shown + strings.Join(it.values, ",")
		c.facet = t.facet
	}
	if it.field == fieldProject {
		p.project(it, c)
		return 0
	}
	if len(it.values) == 0 {
		return 0 // "thème:" while the value is being typed
	}
	if p.placeField(it, &c) {
		p.out.clauses = append(p.out.clauses, c)
		return 0
	}
	switch {
	case it.field == fieldSimilar:
		c.kind, c.code = clauseSimilar, it.values[0]
		c.said = said{PartSimilar, it.values[0], ""}
		p.out.clauses = append(p.out.clauses, c)
	case it.field == fieldWithout, it.field == fieldWith:
		p.heldField(it, c)
	case c.facet != "":
		c.kind = clauseFacet
		last := len(it.values) - 1
		for i, v := range it.values {
			if i == last {
				v, taken = p.longest(c.facet, v, next)
			}
			c.values = append(c.values, p.resolve(c.facet, v, p.labels(c.facet))...)
		}
		if taken > 0 {
			c.span[1] = next[taken-1].end
		}
		c.said = p.saidOf(&c)
		p.out.clauses = append(p.out.clauses, c)
	case it.field == fieldINSEE, it.field == fieldSIREN, it.field == fieldPostal, it.field == fieldID:
		c.kind, c.code = clauseCode, codeKey(it.values[0])
		if it.field == fieldSIREN && len(c.code) == 14 {
			c.code = c.code[:9] // a SIRET begins with the SIREN
		}
		if it.field != fieldID {
			c.code = it.field + ":" + c.code
		}
		c.said = said{PartCode, strings.ToUpper(it.field) + " " + it.values[0], it.field + ":" + quotedValue(it.values[0])}
		p.out.clauses = append(p.out.clauses, c)
	case it.field == fieldAround:
		around, ok := p.aroundField(strings.Join(it.values, ","))
		if !ok && p.typing && it.open {
			return 0
		}
		around.typed, around.span, around.negated = c.typed, c.span, c.negated
		if !ok { // a place that nobody knows has nobody near it
			around.kind, around.bounds, around.said = clauseRange, bounds{from: 1}, said{PartDistance, "lieu inconnu : " + it.values[0], ""}
		}
		p.out.clauses = append(p.out.clauses, around)
	case it.field == fieldName:
		for _, v := range it.values {
			run := wordsIn(&item{text: v, start: it.start, end: it.end, negated: it.negated})
			for _, w := range run {
				n := c
				n.kind, n.said = clauseWords, said{PartName, w.raw, "nom:" + quotedValue(w.raw)}
				n.alternatives = []alternative{{why: WhyWord, label: w.raw, words: []string{w.text}, namesOnly: true, weight: 1}}
				if p.typing && it.open {
					n.alternatives = append(n.alternatives, alternative{why: WhyPrefix, label: w.raw + "…", words: []string{w.text},
						prefix: true, namesOnly: true, weight: weightPrefix})
				}
				p.out.clauses = append(p.out.clauses, n)
			}
		}
	default:
		value, more := figuresAfter(it.field, it.values[0], next)
		if more > 0 {
			taken, c.span[1] = more, next[more-1].end
		}
		b, ok := readBounds(it.field, value, p.day())
		if it.field == fieldVerified && !ok {
			c.kind, c.facet, c.values = clauseFacet, FacetFreshness, verifiedWords(it.values[0])
		} else if ok {
			c.kind, c.bounds = clauseRange, b
		} else if p.typing && it.open {
			return 0 // "depuis:20" on its way to a year
		} else {
			c.kind, c.bounds = clauseRange, bounds{column: columnOf(it.field), from: 1} // nothing is in it
		}
		c.said = said{partOfColumn(c.bounds.column), it.field + " " + value, c.typed}
		if c.facet == FacetFreshness {
			c.said.kind = PartVerified
		}
		p.out.clauses = append(p.out.clauses, c)
	}
	return taken
}

// verifiedWords reads "vérifié:non", "vérifié:oui", "vérifié:jamais".
func verifiedWords(v string) []string {
	switch repertoire.Fold(v) {
	case "non", "no":
		return []string{FreshOld, FreshNever}
	case "jamais":
		return []string{FreshNever}
	case "oui":
		return []string{FreshYear, FreshTwo}
	}
	return []string{nothing}
}

// project understands projet:( … ): everything inside is of one project.
func (p *planner) project(it *item, c clause) {
	inner := planner{table: p.table, french: p.french, synonyms: &Synonyms{}, today: p.today, typed: p.typed, literal: true}
	if it.group == nil {
		for _, v := range it.values {
			it.group = append(it.group, lex(v)...)
		}
	}
	c.kind, c.group = clauseProject, inner.within(it.group)
	c.said = said{PartProject, "un même projet (" + p.between(it.start, it.end) + ")", p.between(it.start, it.end)}
	if len(c.group) > 0 {
		p.out.clauses = append(p.out.clauses, c)
	}
}

// longest joins to the value v the words that follow when together they are a
// known value: nobody types the quotes of pays:"Côte d’Ivoire".
func (p *planner) longest(f Facet, v string, next []item) (string, int) {
	best, taken := v, 0
	joined := v
	for i := 0; i < len(next) && i < 6 && next[i].kind == itemWord && !next[i].negated; i++ {
		joined += " " + next[i].text
		if p.whole(f, joined, p.labels(f)) != nil {
			best, taken = joined, i+1
		}
	}
	return best, taken
}

// whole gives the values of f whose code or whole label is typed.
func (p *planner) whole(f Facet, typed string, labels map[string]string) []string {
	key := codeKey(typed)
	label := stemKey(wordsOf(typed), p.french)
	var out []string
	if f == FacetCountry && label != "" {
		for iso := range p.table.words[label] {
			out = append(out, iso)
		}
	}
	for value, text := range labels {
		if codeKey(value) == key || label != "" && stemKey(wordsOf(text), p.french) == label {
			out = append(out, value)
		}
	}
	sort.Strings(out)
	return out
}

// ThemeValues gives the values of FacetTheme that "thème:typed" stands for, for
// a filter typed elsewhere than in the query: one word must mean one thing.
// labels are the themes that exist, by code, in use or not; none is unknown.
func (x *Index) ThemeValues(typed string, labels map[string]string) []string {
	p := planner{table: newTable(), french: x.french}
	out := p.resolve(FacetTheme, typed, labels)
	if len(out) == 1 && out[0] == nothing {
		return nil
	}
	return out
}

// ThemeCode gives the code of a value of FacetTheme; alone is set when the
// value leaves out the themes below it.
func ThemeCode(value string) (code string, alone bool) {
	return strings.CutPrefix(value, direct)
}

// resolve gives the values of facet f, of those in labels, that typed means:
// whole first, then by words of the label, then by beginnings, then with a
// typing error.
func (p *planner) resolve(f Facet, typed string, labels map[string]string) []string {
	if out := p.whole(f, typed, labels); len(out) > 0 {
		return out
	}
	if f == FacetContact || f == FacetFictitious {
		switch repertoire.Fold(typed) {
		case "non", "no", "sans", "0", "n":
			return []string{"non"}
		case "oui", "yes", "avec", "1", "o":
			return []string{"oui"}
		}
	}
	if f == FacetDecade {
		if y := yearIn(strings.Trim(typed, "s-")); y > 0 {
			return []string{decadeOf(y)}
		}
	}
	words := wordsOf(typed)
	if len(words) == 0 {
		return []string{nothing}
	}
	for _, match := range []func(label []string, w string) bool{p.hasWord, hasBeginning, p.hasNear} {
		var out []string
		for value, text := range labels {
			label := wordsOf(text)
			all := true
			for _, w := range words {
				all = all && (p.french.empty(w) || match(label, w) || strings.HasPrefix(codeKey(value), w) && len(w) > 1)
			}
			if all {
				out = append(out, value)
			}
		}
		if len(out) > 0 {
			sort.Strings(out)
			return directly(f, out)
		}
	}
	return []string{nothing}
}

// directly keeps, of a theme above another one that answers too, only what is
// filed under it itself: thème:eau must not bring the waste that is filed
// beside water under "Eau et déchets".
func directly(f Facet, values []string) []string {
	if f != FacetTheme {
		return values
	}
	out := make([]string, 0, len(values))
	for _, v := range values {
		above := false
		for _, w := range values {
			above = above || w != v && repertoire.ThemeUnder(w, v)
		}
		if above {
			v = direct + v
		}
		out = append(out, v)
	}
	return out
}

// direct marks the value of a theme without those below it.
const direct = "="

// labels lists the values of f that can be asked for: those in use and, for
// closed lists, all.
func (p *planner) labels(f Facet) map[string]string {
	out := map[string]string{}
	if fa := p.table.facets[f]; fa != nil {
		for value := range fa.sets {
			if strings.HasPrefix(value, direct) {
				continue
			}
			out[value] = fa.labels[value]
		}
	}
	switch f {
	case FacetStatus:
		closed(out, repertoire.Statuses)
	case FacetType:
		closed(out, repertoire.Types)
	case FacetFormality:
		closed(out, repertoire.Formalities)
	case FacetLevel:
		closed(out, repertoire.Levels)
	case FacetFreshness:
		for _, x := range freshness {
			out[x.value] = x.label
		}
	}
	return out
}

func closed[T ~string](out map[string]string, list repertoire.Choices[T]) {
	for _, c := range list {
		out[string(c.Value)] = c.Label
	}
}

func (p *planner) hasWord(label []string, w string) bool {
	for _, l := range label {
		if p.french.stem(l) == p.french.stem(w) {
			return true
		}
	}
	return false
}

func hasBeginning(label []string, w string) bool {
	for _, l := range label {
		if strings.HasPrefix(l, w) {
			return true
		}
	}
	return false
}

func (p *planner) hasNear(label []string, w string) bool {
	for _, l := range label {
		if d := edits(l, w); d <= editsAllowed(w) {
			return true
		}
	}
	return false
}

// editsAllowed is how many typing errors a word of that length may hold.
func editsAllowed(w string) int {
	switch n := len([]rune(w)); {
	case n < 4:
		return 0
	case n < 6:
		return 1
	}
	return 2
}

// edits is the number of letters to add, drop, change or swap to make b of a.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > 3 || len(y)-len(x) > 3 {
		return 4
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

// within gives the conditions on one project: words, phrases, themes, funders
// and years, none of them read as the place of an authority.
func (p *planner) within(items []item) []clause {
	for i := range items {
		it := &items[i]
		switch it.kind {
		case itemWord:
			run := wordsIn(it)
			if len(run) == 0 {
				continue
			}
			r := &reader{p: p, run: run, negated: it.negated, from: -1}
			for r.i < len(run) {
				r.plain(1)
			}
		case itemPhrase:
			p.phrase(it)
		case itemField:
			p.field(it, items[i+1:])
		}
	}
	p.merge()
	return p.out.clauses
}

// placeField understands zone:, région: and département: with what the
// gazetteer knows beyond the values in use: numbers, former regions, areas.
func (p *planner) placeField(it *item, c *clause) bool {
	switch it.field {
	case fieldZone:
	case "region", "departement":
		for _, v := range it.values {
			if p.whole(c.facet, v, p.labels(c.facet)) != nil {
				return false
			}
		}
	default:
		return false
	}
	out := clause{kind: clauseWords, negated: c.negated, span: c.span, typed: c.typed}
	var labels []string
	kind := PartArea
	for _, v := range it.values {
		run := wordsIn(&item{text: v, start: it.start})
		var one clause
		label := v
		if code := departementCode(v); code != "" && it.field != "region" {
			label = departementNames()[code] + " (" + code + ")"
			kind = PartDepartement
			set := p0(p.table.facets[facetCode].sets[code])
			one.alternatives = []alternative{{why: WhyPlace, label: label, weight: 1, set: set, setWeight: weightCountry}}
		} else if found, n := staticPlaces().at(run, 1); n > 0 && n == len(run) && found[0].kind != placeTown {
			one, kind, label, _ = p.placeClause(found[:1], run, 0, false)
			one.alternatives = one.alternatives[:1]
		} else if m := p.country(run); it.field == fieldZone && m == len(run) && m > 0 {
			one, kind, label, _ = p.placeClause(nil, run, m, false)
			one.alternatives = one.alternatives[:1]
		} else if it.field == fieldZone && !(p.typing && it.open) {
			one.alternatives = []alternative{{why: WhyPlace, label: v, weight: 1, set: roaring.New()}}
		} else {
			return false
		}
		labels = append(labels, label)
		out.alternatives = append(out.alternatives, one.alternatives...)
	}
	out.said = said{kind, strings.Join(labels, " ou "), strings.TrimPrefix(c.typed, "-")}
	*c = out
	return true
}

// heldField understands sans:convention and avec:contact.
func (p *planner) heldField(it *item, c clause) {
	c.kind, c.facet = clauseFacet, FacetHeld
	var known []string
	for _, v := range it.values {
		key := strings.Join(wordsOf(v), " ")
		value := held[key]
		for _, h := range allHeld {
			if strings.Join(wordsOf(h), " ") == key {
				value = h
			}
		}
		if value == "" {
			value = nothing
		} else {
			known = append(known, value)
		}
		c.values = append(c.values, value)
	}
	if it.field == fieldWithout {
		c.negated = !c.negated
	}
	label := strings.Join(known, " ou ")
	if !c.negated {
		label = "avec " + label
	}
	if len(known) == 0 {
		if p.typing && it.open {
			return
		}
		c.negated = false // what nobody has is not lacked by everybody
	}
	c.said = said{PartHeld, label, "avec:" + strings.Join(known, ",")}
	p.out.clauses = append(p.out.clauses, c)
}

// figuresAfter joins to a figure the groups of three that follow it, and to a
// sign the figure: "montant : > 50 000".
func figuresAfter(field, value string, next []item) (string, int) {
	taken := 0
	if strings.Trim(value, "<>=≤≥") == "" && len(next) > 0 && next[0].kind == itemWord {
		value += next[0].text
		taken++
	}
	if c := columnOf(field); c.dated() || c == columnYear {
		return value, taken
	}
	for taken < len(next) && next[taken].kind == itemWord && len(next[taken].text) == 3 && figuresOnly(next[taken].text) {
		value += next[taken].text
		taken++
	}
	return value, taken
}

func partOfColumn(c column) PartKind {
	switch c {
	case columnVerified, columnUpdated:
		return PartVerified
	case columnAmount:
		return PartAmount
	case columnDistance:
		return PartDistance
	case columnPopulation, columnFrenchPopulation, columnForeignPopulation:
		return PartPopulation
	}
	return PartYear
}

// saidOf tells a condition on a facet.
func (p *planner) saidOf(c *clause) said {
	labels := p.labels(c.facet)
	var shown []string
	for _, v := range c.values {
		code, _ := ThemeCode(v)
		switch {
		case v == nothing:
			shown = append(shown, "inconnu")
		case labels[code] != "" && slices.Contains(shown, labels[code]):
		case labels[code] != "":
			shown = append(shown, labels[code])
		case p.directories[code] != "" && c.facet == FacetDirectory:
			shown = append(shown, p.directories[code])
		default:
			shown = append(shown, code)
		}
	}
	kind := map[Facet]PartKind{FacetTheme: PartTheme, FacetCountry: PartCountry, FacetRegion: PartRegion, FacetDepartement: PartDepartement,
		FacetStatus: PartStatus, FacetType: PartType,
		FacetLevel: PartLevel, FacetFormality: PartFormality, FacetDirectory: PartDirectory, FacetFunder: PartFunder, FacetSDG: PartGoal,
		FacetFreshness: PartVerified}[c.facet]
	return said{cmp.Or(kind, PartFilter), strings.Join(shown, " ou "), c.typed}
}
