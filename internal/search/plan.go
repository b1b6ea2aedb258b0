package search

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"
)

// clause is one condition of a query as understood.
type clause struct {
	kind     clauseKind
	negated  bool
	optional bool     // raises the rank, never required
	soft     bool     // given up, and said to be, when nothing would be left
	given    bool     // was given up
	leads    bool     // a noun before "de" or "sur": given up when it stands nowhere
	together bool     // "et" stands between it and the one before
	typed    string   // as typed, for suggestions
	span     [2]int   // bytes in what was typed
	extra    [][2]int // other places of what was typed, put into this one
	said     said

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
	clauseSimilar
	clauseOrder // asks for nothing: plan.order says in which order
)

// alternative is one way in which a clause is satisfied.
type alternative struct {
	why       WhyKind
	label     string   // what was looked for, as people write it
	words     []string // folded; all must be found
	prefix    bool     // the last word is only begun
	namesOnly bool
	subject   bool // the words are those of a theme: a name that holds them proves little
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
	// order is the order asked for, nil for none.
	order *ordering
	// carried are the words that only carried the question.
	carried []typedWord
}

// planner gives items their sense; it reads the tables under the index's lock.
type planner struct {
	table    *table
	known    *known // nil is nothing
	french   *french
	synonyms *Synonyms
	today    int32
	typing   bool
	typed    string // the whole query
	out      plan
	// bearing gives the partnerships of which an authority bears a whole name
	// (see wholeName); nil is not known.
	bearing func(name string) *roaring.Bitmap
	// directories are the short names of répertoires by slug.
	directories map[string]string
	titles      map[string]string // their whole titles
	// locate gives the latitude and longitude of a place by its name; nil knows none.
	locate func(name string) (at [2]float64, ok bool)
	// town tells whether a town that many know bears that name; nil knows none.
	town func(name string) bool
	// fixes are the words to read in the place of others, mistyped.
	fixes map[string]string
	// literal is set when a word that only carries questions is all there is.
	literal bool
	meaning bool // something beside empty words is asked for
	// pending is set when the words that put aside end a stretch: what they put
	// aside is the phrase or the field that follows.
	pending     bool
	pendingFrom int
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
	p.read(items)
	if carried := p.carriedAlone(); carried && !p.literal {
		// One word that carries questions and nothing else: it is looked for.
		p.out, p.literal = plan{}, true
		p.read(items)
		p.literal = false
	}
	p.merge()
	return p.out
}

func (p *planner) carriedAlone() bool {
	if len(p.out.clauses) > 0 {
		return false
	}
	n := 0
	for _, w := range p.out.carried {
		if !determiners[w.text] {
			n++
		}
	}
	return n == 1
}

func (p *planner) read(items []item) {
	var run []typedWord
	flush := func() {
		p.words(run)
		run = nil
	}
	for i := range items {
		for _, w := range p.wordsIn(&items[i]) {
			p.meaning = p.meaning || items[i].kind != itemWord || !p.french.empty(w.text) && (!carriers[w.text] || p.literal)
		}
	}
	for i := 0; i < len(items); i++ {
		it := &items[i]
		if it.kind != itemWord {
			flush()
			if p.pending {
				it.negated, it.start, p.pending = !it.negated, p.pendingFrom, false
			}
		}
		switch it.kind {
		case itemWord:
			run = append(run, p.wordsIn(it)...)
			if it.negated {
				flush()
			}
			if i+1 < len(items) && items[i+1].negated {
				flush()
			}
		case itemPhrase:
			p.phrase(it)
		case itemField:
			i += p.field(it, items[i+1:])
		}
	}
	flush()
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

// wordsIn cuts an item into words, with the words put in the place of others.
func (p *planner) wordsIn(it *item) []typedWord {
	out := wordsIn(it)
	for i := range out {
		if fix, ok := p.fixes[out[i].text]; ok {
			out[i].text = fix
		}
	}
	return out
}

// unitEnds are the units that people write right behind a number.
var unitEnds = []string{"km", "hab", "ans", "an", "mois", "euros", "eur"}

func wordsIn(it *item) []typedWord {
	var out []typedWord
	scanWords(it.text, false, func(w word) {
		t := typedWord{text: w.Text, raw: it.text[w.Start:w.End], start: it.start + w.Start, end: min(it.start+w.End, it.end),
			glued: len(out) > 0, negated: it.negated}
		if strings.HasPrefix(w.Joined, "jusqu") {
			out = append(out, typedWord{text: "jusqu", raw: "jusqu’", start: t.start, end: t.start, negated: it.negated})
		}
		for _, u := range unitEnds {
			if n := len(w.Text) - len(u); n > 0 && strings.HasSuffix(w.Text, u) && figuresOnly(w.Text[:n]) && len(t.raw) == len(w.Text) {
				behind := t
				t.text, t.raw, t.end = w.Text[:n], t.raw[:n], t.start+n
				behind.text, behind.raw, behind.start, behind.glued = u, behind.raw[n:], t.end, false
				out = append(out, t)
				t = behind
				break
			}
		}
		out = append(out, t)
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

func figuresOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

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
		c.alternatives = append(c.alternatives, alternative{why: WhyPrefix, label: c.typed + "…", words: words, prefix: true,
			weight: weightPrefix})
	}
	for _, a := range p.synonyms.by[stemKey(words, p.french)] {
		next := alternative{why: WhySynonym, label: a.label, words: a.words, weight: weightSynonym, most: mostSynonym}
		if a.same {
			next.weight, next.most = weightSame, 0
			if codes := p.themesNamed(a.words); len(codes) > 0 { // "agricole" is filed under agriculture
				f := p.table.facets[FacetTheme]
				c.alternatives = append(c.alternatives, alternative{why: WhyTheme, label: f.labels[strings.TrimPrefix(codes[0], direct)],
					weight: weightSame, set: f.any(codes), setWeight: weightTheme})
			}
		}
		c.alternatives = append(c.alternatives, next)
	}
	if codes := p.themesNamed(words); len(codes) > 0 {
		f := p.table.facets[FacetTheme]
		c.alternatives[0].subject = true
		c.alternatives = append(c.alternatives, alternative{why: WhyTheme, label: f.labels[codes[0]], weight: 1, set: f.any(codes),
			setWeight: weightTheme})
	}
	return c
}

// related tells how many words of run are a phrase of the list of related words.
func (p *planner) related(run []typedWord) int {
	for n := min(len(run), p.synonyms.longest+2); n > 1; n-- {
		if p.french.empty(run[0].text) || p.french.empty(run[n-1].text) {
			continue
		}
		key := stemKey(texts(run[:n]), p.french)
		if len(p.synonyms.by[key]) > 0 || len(p.synonyms.up[key]) > 0 {
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
		if _, ok := p.table.words[key]; (ok || p.known.country(key)) && !(n == 1 && p.otherTown(run[0])) {
			return n
		}
	}
	return 0
}

// otherTown tells whether a word has the stem of a country without being one of
// its names: Alger is a town, whatever stems make of it and of Algérie.
func (p *planner) otherTown(w typedWord) bool {
	return p.town != nil && p.known != nil && !p.known.forms[w.text] && p.town(w.raw)
}

// countryStem tells whether a word has the stem of a country.
func (p *planner) countryStem(w string) bool {
	key := stemKey([]string{w}, p.french)
	return key != "" && (p.table.words[key] != nil || p.known.country(key))
}

// countriesNamed gives the codes of the countries that stems name.
func (p *planner) countriesNamed(stems string) []string {
	var out []string
	for iso := range p.table.words[stems] {
		out = append(out, iso)
	}
	if p.known != nil {
		for _, iso := range p.known.countries[stems] {
			if !slices.Contains(out, iso) {
				out = append(out, iso)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (p *planner) countryName(iso string) string {
	if label := p.table.facets[FacetCountry].labels[iso]; label != "" {
		return label
	}
	if p.known != nil {
		return p.known.names[iso]
	}
	return ""
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

func (p *planner) phrase(it *item) {
	c := clause{kind: clausePhrase, negated: it.negated, typed: "« " + it.text + " »", span: [2]int{it.start, it.end},
		said: said{PartPhrase, "« " + it.text + " »", `"` + it.text + `"`}}
	c.phrase = phraseOf(it.text, p.french)
	if len(c.phrase) == 0 {
		// « Est » or « Le »: only names hold such words.
		p.words(wordsIn(&item{text: it.text, start: it.start, end: it.end, negated: it.negated}))
		return
	}
	p.out.clauses = append(p.out.clauses, c)
}

// phraseOf gives the words of text in their order, "" for empty ones, none at
// either end.
func phraseOf(text string, f *french) []string {
	var out []string
	for _, w := range wordsOf(text) {
		if f.empty(w) {
			w = ""
		}
		out = append(out, w)
	}
	for len(out) > 0 && out[0] == "" {
		out = out[1:]
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// merge joins the conditions on one facet: pays:MG pays:SN is either, as two
// boxes ticked in the window are.
func (p *planner) merge() {
	var out []clause
	at := map[Facet]int{}
	for _, c := range p.out.clauses {
		if c.kind == clauseFacet && !c.negated && c.facet != FacetHeld && c.facet != FacetContact {
			if i, ok := at[c.facet]; ok {
				out[i].values = append(out[i].values, c.values...)
				out[i].typed += " " + c.typed
				out[i].said.label += " ou " + c.said.label
				out[i].said.typed = ""
				if c.span[0] > out[i].span[1] && strings.TrimSpace(p.between(out[i].span[1], c.span[0])) == "" {
					out[i].span[1] = c.span[1]
				} else {
					out[i].extra = append(out[i].extra, c.span)
				}
				continue
			}
			at[c.facet] = len(out)
		}
		out = append(out, c)
	}
	p.out.clauses = out
}

// day is the day on which the question is asked.
func (p *planner) day() time.Time { return time.Unix(int64(p.today)*86400, 0).UTC() }

func (p *planner) between(from, to int) string {
	if from > to || to > len(p.typed) {
		return ""
	}
	return p.typed[from:to]
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
