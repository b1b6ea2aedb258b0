package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// clause is one condition of a query as understood.
type clause struct {
	kind     clauseKind
	negated  bool
	optional bool   // raises the rank, never required
	typed    string // as typed, for suggestions
	span     [2]int // bytes in what was typed

	alternatives []alternative // clauseWords: one of them must be found
	phrase       []string      // clausePhrase: folded words, "" for an empty word
	facet        Facet         // clauseFacet
	values       []string
	bounds       bounds   // clauseRange
	code         string   // clauseCode: term of the field of codes
	group        []clause // clauseProject: all within one project
}

type clauseKind int

const (
	clauseWords clauseKind = iota
	clausePhrase
	clauseFacet
	clauseRange
	clauseCode
	clauseProject
)

// alternative is one way in which a clause is satisfied.
type alternative struct {
	why       WhyKind
	label     string   // what was looked for, as people write it
	words     []string // folded; all must be found
	prefix    bool     // the last word is only begun
	namesOnly bool
	weight    float32
	most      float32         // bounds what the words are worth, 0 does not
	set       *roaring.Bitmap // partnerships that satisfy it by themselves
	setWeight float32
}

// plan is a query as understood.
type plan struct {
	clauses []clause
	// sequence is all words in order, empty ones too, to recognise whole names.
	sequence []string
	// void is set when something was typed and nothing of it can be looked
	// for, as a lone ":" or a picture: everything would be the wrong answer.
	void bool
}

// planner gives items their sense; it reads the tables under the index's lock.
type planner struct {
	table    *table
	known    *known // nil is nothing
	french   *french
	synonyms *Synonyms
	today    int32
	typing   bool
	out      plan
	// themeStems gives the themes whose label holds a stem; made when first asked.
	themeStems map[string][]string
}

// typedWord is a word of running text with its place in the query.
type typedWord struct {
	text       string // folded
	raw        string
	start, end int
	open       bool // may still be being typed
	glued      bool // follows the word before without a blank ("Saint-Louis")
	negated    bool
}

func (p *planner) plan(items []item) plan {
	var run []typedWord
	flush := func() {
		p.words(run)
		run = nil
	}
	for i := 0; i < len(items); i++ {
		it := &items[i]
		switch it.kind {
		case itemWord:
			run = append(run, wordsIn(it)...)
			if it.negated {
				flush()
			}
			if i+1 < len(items) && items[i+1].negated {
				flush()
			}
		case itemPhrase:
			flush()
			p.phrase(it)
		case itemField:
			flush()
			i += p.field(it, items[i+1:])
		}
	}
	flush()
	p.merge()
	return p.out
}

// void tells whether typed is something, yet nothing that can be looked for or
// that the next key may make so: an open quote, a hyphen, "thème:".
func void(typed string, items []item, typing bool) bool {
	for i := range items {
		if it := &items[i]; it.kind == itemField && (len(it.values) == 0 || typing && it.open) {
			return false
		}
	}
	typed = strings.TrimSpace(typed)
	return typed != "" && !(typing && strings.Trim(typed, "\"«“„-(\u00a0\u202f ") == "")
}

func wordsIn(it *item) []typedWord {
	var out []typedWord
	scanWords(it.text, false, func(w word) {
		out = append(out, typedWord{text: w.Text, raw: it.text[w.Start:w.End], start: it.start + w.Start, end: it.start + w.End, glued: len(out) > 0, negated: it.negated})
	})
	if it.negated && len(out) > 0 {
		// The hyphen is part of what would be taken away.
		for i := range out {
			out[i].start, out[i].end = out[i].start+1, out[i].end+1
		}
		out[0].start = it.start
	}
	if it.open && len(out) > 0 && out[len(out)-1].end >= it.end {
		out[len(out)-1].open = true
	}
	return out
}

// words understands a stretch of running text.
func (p *planner) words(run []typedWord) {
	if len(run) == 0 {
		return
	}
	if run[0].negated {
		p.exclude(run)
		return
	}
	run = p.patterns(run)
	run = p.question(run)
	for _, w := range run {
		p.out.sequence = append(p.out.sequence, w.text)
	}
	meaning := false
	for _, w := range run {
		meaning = meaning || !p.french.empty(w.text)
	}
	first, or := len(p.out.clauses), false
	for i := 0; i < len(run); {
		w := run[i]
		if w.text == "ou" && i > 0 && i+1 < len(run) || w.raw == "OR" {
			or = len(p.out.clauses) > first
			i++
			continue
		}
		if excludes[w.text] && i+1 < len(run) {
			n := p.country(run[i+1:])
			p.exclude(run[i+1 : i+1+max(n, 1)])
			i += 1 + max(n, 1)
			continue
		}
		c, n := p.clauseAt(run[i:], meaning)
		i += n
		if or && !c.optional {
			last := &p.out.clauses[len(p.out.clauses)-1]
			last.alternatives = append(last.alternatives, c.alternatives...)
			last.typed, last.span[1] = last.typed+" ou "+c.typed, c.span[1]
			or = false
			continue
		}
		p.out.clauses = append(p.out.clauses, c)
	}
}

// excludes are the words that put aside what follows them.
var excludes = map[string]bool{"sauf": true, "hors": true, "excepte": true}

// clauseAt makes the clause that begins run and tells how many words it takes.
func (p *planner) clauseAt(run []typedWord, meaning bool) (clause, int) {
	w := run[0]
	if n := p.country(run); n > 0 {
		return p.countryClause(run[:n]), n
	}
	if n := p.related(run); n > 1 {
		return p.wordsClause(run[:n]), n
	}
	c := p.wordsClause(run[:1])
	if p.french.empty(w.text) {
		for i := range c.alternatives {
			c.alternatives[i].namesOnly = c.alternatives[i].why != WhyPrefix
		}
		c.optional = meaning && !(p.typing && w.open)
	}
	if p.typing && w.open && len(p.out.clauses) > 0 && utf8.RuneCountInString(w.text) == 1 {
		c.optional = true // one letter after others says nothing yet
	}
	if w.text == "franco" && len(run) > 1 {
		c.optional = true // "franco-malgaches": the other half says it
	}
	return c, 1
}

// wordsClause looks for all of run in one place or another of the partnership,
// or for what the list of related words leads to.
func (p *planner) wordsClause(run []typedWord) clause {
	c := clause{kind: clauseWords, typed: typedText(run), span: [2]int{run[0].start, run[len(run)-1].end}}
	var words []string
	for _, w := range run {
		if len(run) == 1 || !p.french.empty(w.text) {
			words = append(words, w.text)
		}
	}
	c.alternatives = append(c.alternatives, alternative{why: WhyWord, label: c.typed, words: words, weight: 1})
	last := run[len(run)-1]
	if p.typing && last.open {
		c.alternatives = append(c.alternatives, alternative{why: WhyPrefix, label: c.typed + "…", words: words, prefix: true, weight: weightPrefix})
	}
	for _, a := range p.synonyms.by[stemKey(words, p.french)] {
		next := alternative{why: WhySynonym, label: a.label, words: a.words, weight: weightSynonym, most: mostSynonym}
		if a.same {
			next.weight, next.most = weightSame, 0
		}
		c.alternatives = append(c.alternatives, next)
	}
	if codes := p.themesNamed(words); len(codes) > 0 {
		f := p.table.facets[FacetTheme]
		c.alternatives = append(c.alternatives, alternative{why: WhyTheme, label: f.labels[codes[0]], weight: 1, set: f.any(codes), setWeight: weightTheme})
	}
	return c
}

// related tells how many words of run are a phrase of the list of related words.
func (p *planner) related(run []typedWord) int {
	for n := min(len(run), p.synonyms.longest+2); n > 1; n-- {
		if p.french.empty(run[0].text) || p.french.empty(run[n-1].text) {
			continue
		}
		if _, ok := p.synonyms.by[stemKey(texts(run[:n]), p.french)]; ok {
			return n
		}
	}
	return 0
}

// country tells how many words of run name a country, in use or not: "Côte
// d’Ivoire" is one thing even when nobody works there.
func (p *planner) country(run []typedWord) int {
	for n := min(len(run), 7); n > 0; n-- {
		if p.french.empty(run[0].text) || p.french.empty(run[n-1].text) {
			continue
		}
		key := stemKey(texts(run[:n]), p.french)
		if _, ok := p.table.words[key]; ok || p.known.country(key) {
			return n
		}
	}
	return 0
}

// countryClause is satisfied by the country or by its name in a text.
func (p *planner) countryClause(run []typedWord) clause {
	c := p.wordsClause(run)
	set := roaring.New()
	label := c.typed
	for iso := range p.table.words[stemKey(texts(run), p.french)] {
		if s := p.table.facets[FacetCountry].sets[iso]; s != nil {
			set.Or(s)
			label = p.table.facets[FacetCountry].labels[iso]
		}
	}
	c.alternatives = append(c.alternatives, alternative{why: WhyCountry, label: label, weight: 1, set: set, setWeight: weightCountry})
	return c
}

// themesNamed gives the themes whose label holds all words: who looks for
// "environnement" means what is filed below it too.
func (p *planner) themesNamed(words []string) []string {
	if p.themeStems == nil {
		p.themeStems = map[string][]string{}
		for code, label := range p.labels(FacetTheme) {
			for _, w := range wordsOf(label) {
				if stem := p.french.stem(w); !p.french.empty(w) && !slices.Contains(p.themeStems[stem], code) {
					p.themeStems[stem] = append(p.themeStems[stem], code)
				}
			}
		}
	}
	var out []string
	for i, w := range words {
		if p.french.empty(w) {
			return nil
		}
		codes := p.themeStems[p.french.stem(w)]
		if i == 0 {
			out = slices.Clone(codes)
			continue
		}
		out = slices.DeleteFunc(out, func(code string) bool { return !slices.Contains(codes, code) })
	}
	slices.Sort(out)
	return directly(FacetTheme, out)
}

func (p *planner) exclude(run []typedWord) {
	c, n := clause{}, len(run)
	if p.country(run) == n {
		c = p.countryClause(run)
	} else {
		c = clause{kind: clauseWords, typed: typedText(run), span: [2]int{run[0].start, run[n-1].end},
			alternatives: []alternative{{why: WhyWord, words: texts(run), weight: 1}}}
	}
	// Only what was typed is put aside, not what it might lead to.
	kept := c.alternatives[:0]
	for _, a := range c.alternatives {
		if a.why == WhyWord || a.why == WhyCountry {
			kept = append(kept, a)
		}
	}
	c.alternatives, c.negated = kept, true
	p.out.clauses = append(p.out.clauses, c)
}

func (p *planner) phrase(it *item) {
	c := clause{kind: clausePhrase, negated: it.negated, typed: "« " + it.text + " »", span: [2]int{it.start, it.end}}
	for _, w := range wordsOf(it.text) {
		if p.french.empty(w) {
			w = ""
		}
		c.phrase = append(c.phrase, w)
	}
	for len(c.phrase) > 0 && c.phrase[0] == "" {
		c.phrase = c.phrase[1:]
	}
	for len(c.phrase) > 0 && c.phrase[len(c.phrase)-1] == "" {
		c.phrase = c.phrase[:len(c.phrase)-1]
	}
	if len(c.phrase) == 0 {
		// « Est » or « Le »: only names hold such words.
		p.words(wordsIn(&item{text: it.text, start: it.start, end: it.end}))
		return
	}
	p.out.clauses = append(p.out.clauses, c)
}

// merge joins the conditions on one facet: pays:MG pays:SN is either, as two
// boxes ticked in the window are.
func (p *planner) merge() {
	var out []clause
	at := map[Facet]int{}
	for _, c := range p.out.clauses {
		if c.kind == clauseFacet && !c.negated {
			if i, ok := at[c.facet]; ok {
				out[i].values = append(out[i].values, c.values...)
				out[i].typed += " " + c.typed
				continue
			}
			at[c.facet] = len(out)
		}
		out = append(out, c)
	}
	p.out.clauses = out
}

func texts(run []typedWord) []string {
	out := make([]string, len(run))
	for i := range run {
		out[i] = run[i].text
	}
	return out
}

func typedText(run []typedWord) string {
	var b strings.Builder
	for i, w := range run {
		switch {
		case i > 0 && w.glued:
			b.WriteByte('-')
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimFunc(w.raw, unicode.IsSpace))
	}
	return b.String()
}
