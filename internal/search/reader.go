package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// reader understands a stretch of running French, part after part.
type reader struct {
	p   *planner
	run []typedWord
	i   int
	// negated is set while what is read is put aside; from is then where the
	// words that say so begin.
	negated bool
	from    int
	join    string // "ou" or "et" just before
	level   bool   // "département" or "région" just before
}

// words understands a stretch of running text.
func (p *planner) words(run []typedWord) {
	if len(run) == 0 {
		return
	}
	r := &reader{p: p, run: run}
	if run[0].negated || p.pending {
		pending := p.pending
		p.pending = false
		r.negated, r.from = true, -1
		if pending {
			r.from = p.pendingFrom
		}
		if run[0].negated {
			r.excluded()
			return
		}
		r.skipDeterminers()
		if !r.part() {
			r.i++
		}
		r.negated = false
	}
	for r.i < len(r.run) {
		r.next()
	}
}

// excluded reads "-mot": all of it is put aside together.
func (r *reader) excluded() {
	if r.place(1) || r.kind() || r.state() {
		if r.i == len(r.run) {
			return
		}
		// Only the head of "-Madagascar-sur-Seine" was a place: take the whole as words.
		r.p.out.clauses = r.p.out.clauses[:len(r.p.out.clauses)-1]
		r.i = 0
	}
	r.plain(len(r.run))
}

// next reads one part, or one word that only carries it.
func (r *reader) next() {
	w := r.run[r.i]
	switch {
	case w.raw == "AND":
		r.i++
		return
	case r.i > 0 && r.join == "" && strings.TrimSpace(r.between(r.i-1)) == "/":
		r.join = "ou" // "Reims/Dijon"; the word itself is read next
		return
	case w.raw == "OR", w.text == "ou" && r.i > 0 && r.i+1 < len(r.run):
		r.join = "ou"
		r.i++
		return
	case w.text == "et" && r.i > 0 && r.i+1 < len(r.run) && !r.follows(r.i, "et", "pas") && !r.follows(r.i, "et", "non"):
		if r.join == "" {
			r.join = "et"
		}
		r.i++
		return
	}
	switch {
	case r.superlative(), r.size(), r.district(), r.council(), r.place(2), r.twoPeoples(), r.wholeName(), r.figure(), r.goal(), r.siren(),
		r.unfilled(), r.between2(),
		r.funded(), r.negation(), r.closer():
	case r.part():
	default:
		r.i++
	}
	r.join = ""
}

// part reads one thing asked for.
func (r *reader) part() bool {
	return r.directory() || r.place(1) || r.kind() || r.state() || r.form() || r.numbered() || r.withHeld() || r.carrier() ||
		r.phraseOrWord()
}

func (r *reader) is(i int, words ...string) bool {
	return i >= 0 && i < len(r.run) && slices.Contains(words, r.run[i].text)
}

// follows tells whether these very words stand at i.
func (r *reader) follows(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(r.run) {
		return false
	}
	for k, w := range words {
		if r.run[i+k].text != w {
			return false
		}
	}
	return true
}

// said tells whether one of words stands anywhere in the stretch.
func (r *reader) said(words ...string) bool {
	return slices.ContainsFunc(r.run, func(w typedWord) bool { return slices.Contains(words, w.text) })
}

func (r *reader) skipDeterminers() {
	for r.i+1 < len(r.run) && determiners[r.run[r.i].text] && !r.named(r.i) {
		r.i++
	}
}

// named tells whether the word at i begins a name that holds together.
func (r *reader) named(i int) bool { return i+1 < len(r.run) && r.run[i+1].glued }

// put adds a condition understood from the words from to to, and moves nothing.
func (r *reader) put(c clause, from, to int, kind PartKind, label, typed string) {
	c.typed = typedText(r.run[from:to])
	c.span = [2]int{r.run[from].start, r.run[to-1].end}
	c.said = said{kind, label, typed}
	if r.negated {
		c.negated = !c.negated
		if r.from >= 0 {
			c.span[0] = r.from
		}
	} else {
		for _, w := range r.run[from:to] {
			r.p.out.sequence = append(r.p.out.sequence, w.text)
		}
	}
	c.together = r.join == "et" || from > 0 && strings.TrimSpace(r.between(from-1)) == ","
	if r.joins(&c) {
		return
	}
	r.p.out.clauses = append(r.p.out.clauses, c)
}

// joins puts c into the condition before it when "ou" stands between, or "et"
// between two places of one level: nobody asks for what is in both.
func (r *reader) joins(c *clause) bool {
	if r.join == "" || r.negated || len(r.p.out.clauses) == 0 || c.kind != clauseWords || c.optional {
		return false
	}
	last := &r.p.out.clauses[len(r.p.out.clauses)-1]
	if last.kind != clauseWords || last.negated || last.optional {
		return false
	}
	if r.join == "et" && (last.said.kind != c.said.kind ||
		!slices.Contains([]PartKind{PartCountry, PartArea, PartRegion, PartDepartement}, c.said.kind)) {
		return false
	}
	last.widen(c)
	// "Pérou, Bolivie et Équateur": what commas join before is of the same list.
	for all := r.p.out.clauses; len(all) > 1; {
		n := len(all)
		a, b := &all[n-2], &all[n-1]
		if a.kind != clauseWords || a.negated || a.optional || a.said.kind != b.said.kind ||
			strings.TrimSpace(r.p.between(a.span[1], b.span[0])) != "," {
			break
		}
		a.widen(b)
		all = all[:n-1]
		r.p.out.clauses = all
	}
	return true
}

// widen makes c satisfied by what satisfies other too.
func (c *clause) widen(other *clause) {
	c.alternatives = append(c.alternatives, other.alternatives...)
	c.typed += " ou " + other.typed
	c.said.label += " ou " + other.said.label
	c.said.typed = ""
	c.span[1] = other.span[1]
}

// wholeName holds together the words of a name that an authority of the base
// bears whole: "Rio de Janeiro", "Saint-Louis".
func (r *reader) wholeName() bool {
	if r.p.bearing == nil || r.negated {
		return false
	}
	for n := min(7, len(r.run)-r.i); n > 1; n-- {
		words := r.run[r.i : r.i+n]
		if r.p.french.empty(words[n-1].text) || r.i+n < len(r.run) && r.run[r.i+n].glued ||
			!r.is(r.i, "saint", "sainte", "la", "le", "les", "el", "san", "santa") && !words[1].glued && n < 3 {
			continue
		}
		set := r.p.bearing(wholeName(texts(words)))
		if set == nil || set.IsEmpty() {
			// A commune that nobody has here is one thing all the same.
			if n < 3 || r.p.known == nil || r.p.known.named == nil || !r.p.known.named(typedText(words)) {
				continue
			}
			set = roaring.New()
		}
		c := r.p.wordsClause(words)
		for i := range c.alternatives {
			c.alternatives[i].weight *= 0.8
		}
		c.alternatives = append(c.alternatives, alternative{why: WhyName, label: typedText(words), weight: 1, set: set,
			setWeight: weightName})
		r.put(c, r.i, r.i+n, PartName, typedText(words), `"`+typedText(words)+`"`)
		r.i += n
		return true
	}
	return false
}

// goal reads "ODD 6".
func (r *reader) goal() bool {
	n, used := 0, 0
	switch {
	case r.is(r.i, "odd", "objectif"):
		at := r.i + 1
		for r.is(at, "de", "developpement", "durable", "n", "no", "numero") {
			at++
		}
		n, used = goal(textAt(r.run, at)), at+1-r.i
	case strings.HasPrefix(r.run[r.i].text, "odd"):
		n, used = goal(r.run[r.i].text[3:]), 1
	}
	if n == 0 {
		return false
	}
	r.put(clause{kind: clauseFacet, facet: FacetSDG, values: []string{strconv.Itoa(n)}}, r.i, r.i+used, PartGoal, strconv.Itoa(n),
		"odd:"+strconv.Itoa(n))
	r.i += used
	return true
}

func (r *reader) siren() bool {
	n := siren(r.run[r.i:])
	if n == 0 {
		return false
	}
	code := strings.Join(texts(r.run[r.i:r.i+n]), "")[:9]
	r.put(clause{kind: clauseCode, code: "siren:" + code}, r.i, r.i+n, PartCode, "SIREN "+code, "siren:"+code)
	r.i += n
	return true
}

// between2 reads "entre elles", "entre eux": both sides are French.
func (r *reader) between2() bool {
	if !r.is(r.i, "entre") || !r.is(r.i+1, "elles", "eux") {
		return false
	}
	set := p0(r.p.table.facets[FacetCountry].sets["FR"])
	c := clause{kind: clauseWords, alternatives: []alternative{{why: WhyCountry, label: "France", weight: 1, set: set,
		setWeight: weightCountry}}}
	r.put(c, r.i, r.i+2, PartCountry, "France des deux côtés", "pays:FR")
	r.i += 2
	return true
}

func p0(set *roaring.Bitmap) *roaring.Bitmap {
	if set == nil {
		return roaring.New()
	}
	return set
}

// carry leaves out the next n words, and notes it.
func (r *reader) carry(n int) {
	for k := range n {
		w := r.run[r.i+k]
		r.p.out.carried = append(r.p.out.carried, w)
	}
	r.i += n
}

// carrier leaves out a word that only carries the question.
func (r *reader) carrier() bool {
	w := r.run[r.i]
	if !r.negated && r.is(r.i, "soeur", "soeurs") && r.is(r.i-1, "ville", "villes", "cite", "cites", "commune", "communes") {
		r.carry(1) // "villes sœurs" are said of any link
		return true
	}
	glued := w.glued && !(r.i > 0 && carriers[r.run[r.i-1].text]) || r.named(r.i) &&
		!carriers[r.run[r.i+1].text] // "montre-moi" carries, "Ville-d’Avray" does not
	if r.negated || r.p.literal || glued || !carriers[w.text] && !generic[w.text] && !(determiners[w.text] && r.questioned()) {
		return false
	}
	if r.p.typing && w.open && !carriers[w.text] {
		return false
	}
	if generic[w.text] && r.p.contentful(r.run) == 0 {
		return false
	}
	r.carry(1)
	return true
}

// questioned tells whether the stretch has carriers beside its determiners.
func (r *reader) questioned() bool {
	return slices.ContainsFunc(r.run, func(w typedWord) bool { return carriers[w.text] })
}

// contentful counts the words that carry something themselves.
func (p *planner) contentful(run []typedWord) int {
	n := 0
	for _, w := range run {
		if !carriers[w.text] && !generic[w.text] && !p.french.empty(w.text) {
			n++
		}
	}
	return n
}

// phraseOrWord reads a phrase of the list of related words, or one word.
func (r *reader) phraseOrWord() bool {
	rest := r.run[r.i:]
	n := 1
	if !r.negated {
		if k := r.p.related(rest); k > 1 {
			n = k
		} else if k := r.p.themePhrase(rest); k > 1 {
			n = k
		}
	} else if set, k := r.p.borne(rest); set != nil {
		// "sauf La Havane": the town, not each of its words.
		n = k
	} else {
		for n < len(rest) && rest[n].glued {
			n++
		}
	}
	r.plain(n)
	return true
}

// themePhrase tells how many words of run stand together in the label of a
// theme: "développement économique" is one thing.
func (p *planner) themePhrase(run []typedWord) int {
	for n := min(len(run), 6); n > 1; n-- {
		words := contentWords(run[:n], p.french)
		if len(words) < 2 || p.french.empty(run[0].text) || p.french.empty(run[n-1].text) || carriers[run[n-1].text] {
			continue
		}
		if len(p.themesNamed(words)) > 0 {
			return n
		}
	}
	return 0
}

// borne finds the longest whole name at the head of run.
func (p *planner) borne(run []typedWord) (*roaring.Bitmap, int) {
	if p.bearing == nil {
		return nil, 0
	}
	for n := min(7, len(run)); n > 0; n-- {
		if p.french.empty(run[n-1].text) {
			continue
		}
		if set := p.bearing(wholeName(texts(run[:n]))); set != nil && !set.IsEmpty() {
			return set, n
		}
	}
	return nil, 0
}

// plain looks for the next n words as they are.
func (r *reader) plain(n int) {
	run := r.run[r.i : r.i+n]
	w := run[0]
	c := r.p.wordsClause(run)
	kind, label := PartWord, c.typed
	if n == 1 && r.i+1 < len(r.run) && r.run[r.i+1].glued && strings.TrimSpace(r.between(r.i)) == "-" && len(w.text) > 2 {
		// "agro-écologie" stands as "agroécologie" elsewhere.
		joined := w.text + r.run[r.i+1].text
		c.alternatives = append(c.alternatives, alternative{why: WhyWord, label: joined, words: []string{joined}, weight: 0.9})
	} else if n == 1 && w.glued && r.i > 0 && strings.TrimSpace(r.between(r.i-1)) == "-" && len(r.run[r.i-1].text) > 2 {
		joined := r.run[r.i-1].text + w.text
		c.alternatives = append(c.alternatives, alternative{why: WhyWord, label: joined, words: []string{joined}, weight: 0.9})
	}
	if n == 1 && r.p.countryStem(w.text) && r.p.otherTown(w) {
		for i := range c.alternatives { // Alger is none of those of Algérie
			c.alternatives[i].namesOnly = c.alternatives[i].why == WhyWord
		}
	}
	if !r.negated {
		for _, a := range c.alternatives {
			if a.why == WhyTheme {
				kind, label = PartTheme, strings.ToLower(c.typed)
			}
		}
		if trade[w.text] && (n == 1 || kinds[run[n-1].text] != "") && r.p.meaning {
			c.soft = true
		}
		first, _ := utf8.DecodeRuneInString(w.raw)
		c.leads = n == 1 && !w.glued && unicode.IsLower(first) && !code(w.text) &&
			(r.is(r.i+1, "de", "du", "des", "d", "sur") || strings.HasSuffix(r.before(r.i+1), "’") ||
				strings.HasSuffix(r.before(r.i+1), "'"))
		if n == 1 && r.p.french.empty(w.text) {
			for i := range c.alternatives {
				c.alternatives[i].namesOnly = c.alternatives[i].why != WhyPrefix
			}
			c.optional = r.p.meaning && !(r.p.typing && w.open)
			if c.optional {
				kind = ""
			}
		}
		if r.p.typing && w.open && n == 1 && len(r.p.out.clauses) > 0 && utf8.RuneCountInString(w.text) == 1 {
			c.optional, kind = true, "" // one letter after others says nothing yet
		}
	} else {
		// Only what was typed is put aside, not what it might lead to.
		c.alternatives = []alternative{{why: WhyWord, label: c.typed, words: contentWords(run, r.p.french), weight: 1}}
	}
	typed := c.typed
	if strings.ContainsAny(typed, " -") {
		typed = `"` + typed + `"`
	}
	r.put(c, r.i, r.i+n, kind, label, typed)
	r.i += n
	r.level = false
}

// contentWords are the words of run that say something, all when none does.
func contentWords(run []typedWord, f *french) []string {
	var out []string
	for _, w := range run {
		if len(run) == 1 || !f.empty(w.text) {
			out = append(out, w.text)
		}
	}
	if len(out) == 0 {
		return texts(run)
	}
	return out
}
