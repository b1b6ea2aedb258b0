package search

import (
	"cmp"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// negation reads the words that put aside what follows them, and what follows.
func (r *reader) negation() bool {
	if r.negated {
		return false
	}
	for _, opener := range openers {
		words := strings.Fields(opener)
		if !r.follows(r.i, words...) || opener == "not" && r.run[r.i].raw != "NOT" || r.named(r.i+len(words)-1) {
			continue
		}
		start := r.i
		r.i += len(words)
		r.from = r.run[start].start
		if words[0] == "sans" || words[0] == "non" || words[0] == "pas" {
			for r.i+1 < len(r.run) && r.is(r.i, "encore", "meme", "que", "plus") {
				r.i++
			}
		}
		r.skipDeterminers()
		if r.i >= len(r.run) {
			r.p.pending, r.p.pendingFrom = true, r.from
			return true
		}
		if opener == "moins" && (r.p.french.empty(r.run[r.i].text) || code(r.run[r.i].text)) {
			r.i = start
			return false // "moins de 5 ans", "au moins 3"
		}
		r.aimed()
		r.negated = true
		switch {
		case strings.HasSuffix(r.before(r.i), "("):
			r.group()
		case opener == "ni" || !r.lacking(words[0]):
			if !r.figure() && !r.part() {
				r.i++
			}
			r.more()
		}
		r.negated = false
		return true
	}
	return false
}

// aimed leaves out the kind of link between the words that put aside and what
// they put aside: "pas jumelé avec l’Allemagne" puts Germany aside, whatever the
// base notes of kinds.
func (r *reader) aimed() {
	at := r.i
	for at < len(r.run) && (kinds[r.run[at].text] != "" || bonds[r.run[at].text]) {
		at++
	}
	if at == r.i || !r.is(at, "avec", "a", "au", "aux") {
		return
	}
	for at++; at+1 < len(r.run) && determiners[r.run[at].text] && !r.named(at); {
		at++
	}
	if at < len(r.run) {
		r.carry(at - r.i)
	}
}

// group puts aside all that stands in brackets: "NOT (Cork OR Brno)".
func (r *reader) group() {
	for r.i < len(r.run) {
		if r.is(r.i, "ou", "et", "ni") || r.run[r.i].raw == "OR" || r.run[r.i].raw == "AND" {
			r.i++
			continue
		}
		if !r.figure() && !r.part() {
			r.i++
		}
		if strings.HasPrefix(strings.TrimSpace(r.behind(r.i-1)), ")") {
			return
		}
	}
}

// more goes on putting places aside after "et", "ou": "sauf le Brésil et le Chili".
func (r *reader) more() {
	for r.i+1 < len(r.run) && len(r.p.out.clauses) > 0 && r.is(r.i, "et", "ou", "ni") {
		last := r.p.out.clauses[len(r.p.out.clauses)-1]
		at := r.i
		r.i++
		r.skipDeterminers()
		isPlace := slices.Contains([]PartKind{PartCountry, PartArea, PartRegion, PartDepartement, PartName}, last.said.kind)
		if r.i >= len(r.run) || !isPlace || !r.place(1) {
			if r.i < len(r.run) && (last.said.kind == PartWord || last.said.kind == PartName) {
				if _, n := r.p.borne(r.run[r.i:]); n > 0 || r.is(at, "ni") {
					r.plain(max(n, 1))
					continue
				}
			}
			r.i = at
			return
		}
	}
}

// lacking reads what a record lacks: "sans convention", "pas d’élu référent".
func (r *reader) lacking(opener string) bool {
	if r.is(r.i, "publiable", "publiables", "publie", "publies", "diffusable", "diffusables") {
		r.negated = false
		r.put(clause{kind: clauseFacet, facet: FacetHeld, values: []string{HeldPrivate}}, r.i, r.i+1, PartHeld, "contact non publiable",
			"avec:"+HeldPrivate)
		r.widen()
		r.negated = true
		r.i++
		return true
	}
	if !slices.Contains([]string{"sans", "aucun", "aucune", "pas", "absence", "depourvus", "depourvues"}, opener) {
		return false
	}
	value, n := r.heldNoun(r.i)
	if n == 0 {
		return false
	}
	if r.is(r.i+n, "signee", "signees", "renseigne", "renseignee", "renseignes", "renseignees", "connu", "connue", "referent", "referents",
		"associe", "associee") {
		n++
	}
	r.lacks(value, n)
	return true
}

// lacks asks for the records without value, said in the next n words.
func (r *reader) lacks(value string, n int) {
	r.negated = true
	if value == HeldContact {
		r.negated = false
		r.put(clause{kind: clauseFacet, facet: FacetContact, values: []string{"non"}}, r.i, r.i+n, PartHeld, "sans contact", "contact:non")
		r.widen()
	} else {
		r.put(clause{kind: clauseFacet, facet: FacetHeld, values: []string{value}}, r.i, r.i+n, PartHeld, value, "avec:"+value)
	}
	r.i += n
}

// widen makes the last condition begin where the words that put aside begin.
func (r *reader) widen() {
	if n := len(r.p.out.clauses); n > 0 && r.from >= 0 {
		r.p.out.clauses[n-1].span[0] = r.from
	}
}

// heldNoun finds the noun at i for a thing that records have.
func (r *reader) heldNoun(i int) (string, int) {
	for n := min(3, len(r.run)-i); n > 0; n-- {
		if v := held[strings.Join(texts(r.run[i:i+n]), " ")]; v != "" && !(i+n < len(r.run) && r.run[i+n].glued) {
			return v, n
		}
	}
	return "", 0
}

// unfilled reads "dont le thème n’est pas renseigné", "convention manquante".
func (r *reader) unfilled() bool {
	at := r.i
	for r.is(at, "dont", "ou", "le", "la", "les") {
		at++
	}
	value, n := r.heldNoun(at)
	if n == 0 {
		return false
	}
	end := at + n
	for r.is(end, "est", "sont", "a", "ete", "n", "ne") {
		end++
	}
	filled := []string{"renseigne", "renseignee", "renseignes", "renseignees", "rempli", "remplie", "remplis", "indique", "indiquee",
		"connu", "connue", "connus", "precise", "precisee", "saisi", "saisie"}
	switch {
	case r.is(end, "pas", "non") && r.is(end+1, filled...):
		end += 2
	case r.is(end, "manquant", "manquante", "manquants", "manquantes", "absent", "absente", "vide", "vides", "inconnu", "inconnue",
		"inconnus"):
		end++
	default:
		return false
	}
	r.from = r.run[r.i].start
	r.lacks(value, end-r.i)
	r.negated = false
	return true
}

// withHeld reads "avec convention", "ayant un contact".
func (r *reader) withHeld() bool {
	if r.negated {
		return false
	}
	at := r.i + 1
	if !r.is(r.i, "avec", "ayant") {
		// "élu référent" and nothing else asks for who has one.
		if n := len(r.run); r.i > 0 || n < 2 || r.run[1].glued || held[strings.Join(texts(r.run), " ")] == "" {
			return false
		}
		at = r.i
	}
	for r.is(at, "un", "une", "des", "au") {
		at++
	}
	value, n := r.heldNoun(at)
	if n == 0 {
		return false
	}
	end := at + n
	c := clause{kind: clauseFacet, facet: FacetHeld, values: []string{value}}
	typed := "avec:" + value
	if value == HeldContact {
		c.facet, c.values, typed = FacetContact, []string{"oui"}, "contact:oui"
	}
	r.put(c, r.i, end, PartHeld, "avec "+value, typed)
	r.i = end
	return true
}

// closer reads "Brésil exclu".
func (r *reader) closer() bool {
	n := len(r.p.out.clauses)
	if n == 0 || !closers[r.run[r.i].text] || r.i == 0 {
		return false
	}
	last := &r.p.out.clauses[n-1]
	last.negated = !last.negated
	last.span[1] = r.run[r.i].end
	r.i++
	return true
}

// kind reads the kind of link.
func (r *reader) kind() bool {
	for n := min(3, len(r.run)-r.i); n > 0; n-- {
		key := strings.Join(texts(r.run[r.i:r.i+n]), " ")
		t, ok := kinds[key]
		if !ok || r.i+n < len(r.run) && r.run[r.i+n].glued {
			continue
		}
		label := strings.ToLower(repertoire.Types.Label(t))
		if r.negated {
			r.put(clause{kind: clauseFacet, facet: FacetType, values: []string{string(t)}}, r.i, r.i+n, PartType, label, "type:"+string(t))
			r.i += n
			return true
		}
		set := p0(r.p.table.facets[FacetType].sets[string(t)])
		c := clause{kind: clauseWords, soft: true, alternatives: []alternative{{why: WhyType, label: label, weight: 1, set: set,
			setWeight: weightKind}}}
		if preferred[key] {
			c.soft, c.optional = false, true
		}
		if r.p.typing && r.run[r.i+n-1].open {
			c.alternatives = append(c.alternatives, r.p.wordsClause(r.run[r.i:r.i+n]).alternatives...)
		}
		r.put(c, r.i, r.i+n, PartType, label, "type:"+string(t))
		r.i += n
		return true
	}
	return false
}

// state reads the status, unless it says something of the word before it: the
// gardens of "jardins suspendus" are no partnership.
func (r *reader) state() bool {
	if r.is(r.i, "statut", "etat") && r.i+1 < len(r.run) &&
		(states[r.run[r.i+1].text] != "" || r.i+2 < len(r.run) && states[r.run[r.i+1].text+" "+r.run[r.i+2].text] != "") {
		r.carry(1)
	}
	for n := min(2, len(r.run)-r.i); n > 0; n-- {
		key := strings.Join(texts(r.run[r.i:r.i+n]), " ")
		s, ok := states[key]
		values, label := []string{string(s)}, strings.ToLower(repertoire.Statuses.Label(s))
		if !ok && stateless[key] {
			values, label, ok = nil, "inactif (en sommeil, suspendu ou terminé)", true
			for _, s := range inactive {
				values = append(values, string(s))
			}
		}
		if !ok || r.p.typing && r.run[r.i+n-1].open && n == 1 {
			continue
		}
		if n == 1 && r.i > 0 && !r.negated && len(r.p.out.clauses) > 0 {
			if last := r.p.out.clauses[len(r.p.out.clauses)-1]; last.span[1] == r.run[r.i-1].end &&
				(last.said.kind == PartWord || last.said.kind == PartTheme) {
				return false
			}
		}
		r.put(clause{kind: clauseFacet, facet: FacetStatus, values: values}, r.i, r.i+n, PartStatus, label,
			"statut:"+strings.Join(values, ","))
		r.i += n
		return true
	}
	return false
}

// form reads the form of an authority: "agglo", "CC", "métropole", "région".
func (r *reader) form() bool {
	words := r.p.contentful(r.run)
	alone := words == 0 && len(r.p.out.clauses) == 0
	for n := min(3, len(r.run)-r.i); n > 0; n-- {
		run := r.run[r.i : r.i+n]
		key := strings.Join(texts(run), " ")
		levels, ok := forms[key]
		if !ok && alone {
			levels, ok = aloneForms[key]
		}
		lone := words == r.p.contentful(run) && len(r.p.out.clauses) == 0
		if !ok || shortForms[key] && run[0].raw != strings.ToUpper(run[0].raw) && !(councils[key] && r.code(r.i+n) > 0) ||
			r.i+n < len(r.run) && r.run[r.i+n].glued || run[0].glued {
			continue
		}
		if levelWords[key] && r.levelBefore(n) {
			return true
		}
		var values []string
		for _, l := range levels {
			values = append(values, string(l))
		}
		label := strings.ToLower(repertoire.Levels.Label(levels[0]))
		if r.negated {
			r.put(clause{kind: clauseFacet, facet: FacetLevel, values: values}, r.i, r.i+n, PartLevel, label, "niveau:"+values[0])
			r.i += n
			return true
		}
		c := clause{kind: clauseWords, soft: true, alternatives: []alternative{{why: WhyType, label: label, weight: 1,
			set: r.p.table.facets[FacetLevel].any(values), setWeight: weightKind}}}
		for _, a := range r.p.wordsClause(run).alternatives {
			a.namesOnly = !lone || !c.alternatives[0].set.IsEmpty() // where nobody is of that form, texts may speak of one
			c.alternatives = append(c.alternatives, a)
		}
		numbered := councils[key] && r.code(r.i+n) > 0
		c.soft = c.soft && !numbered
		r.put(c, r.i, r.i+n, PartLevel, label, "niveau:"+values[0])
		r.i += n
		if r.level = numbered; numbered {
			r.carry(r.code(r.i) - 1)
		}
		return true
	}
	if levelWords[r.run[r.i].text] && r.levelBefore(1) {
		return true
	}
	return false
}

// code tells how many words the number of a département takes at i, "n°" before
// it or not; 0 when there is none.
func (r *reader) code(i int) int {
	n := 0
	for r.is(i+n, "n", "no", "numero", "du") {
		n++
	}
	if i+n >= len(r.run) || departementCode(r.run[i+n].text) == "" {
		return 0
	}
	return n + 1
}

// council reads "CD 94", "conseil départemental 94" where a partnership is of
// that council, which may sit for several départements.
func (r *reader) council() bool {
	for n := 1; n <= 2 && r.i+n < len(r.run) && r.p.bearing != nil && !r.negated; n++ {
		used := r.code(r.i + n)
		if used == 0 || !councils[strings.Join(texts(r.run[r.i:r.i+n]), " ")] {
			continue
		}
		end := r.i + n + used
		code := departementCode(r.run[end-1].text)
		set := r.p.bearing(wholeName([]string{"cd" + strings.ToLower(code)}))
		if set == nil || set.IsEmpty() {
			return false
		}
		label := "département " + departementNames()[code] + " (" + code + ")"
		c := clause{kind: clauseWords, alternatives: []alternative{{why: WhyName, label: label, weight: 1, set: set,
			setWeight: weightName}}}
		r.put(c, r.i, end, PartName, label, "CD"+code)
		r.i = end
		return true
	}
	return false
}

// levelBefore leaves out "département" or "région" before its name or number.
func (r *reader) levelBefore(n int) bool {
	at := r.i + n
	for r.is(at, "de", "du", "des", "la", "le", "d", "n", "no", "numero") {
		at++
	}
	if at >= len(r.run) {
		return false
	}
	found, _ := staticPlaces().at(r.run[at:], 1)
	if len(found) == 0 && departementCode(r.run[at].text) == "" {
		return false
	}
	r.carry(at - r.i)
	r.level = true
	return true
}

// numbered reads a bare number: a département, a year, else a code.
func (r *reader) numbered() bool {
	w := r.run[r.i]
	if w.text == "" || w.text[0] < '0' || w.text[0] > '9' {
		return false
	}
	brackets := strings.HasSuffix(strings.TrimSpace(r.before(r.i)), "(")
	text, n := w.text, 1
	if len(text) == 1 && r.i+1 < len(r.run) && r.run[r.i+1].glued && len(r.run[r.i+1].text) == 1 { // "9-3"
		text, n = text+r.run[r.i+1].text, 2
	}
	code := departementCode(text)
	if last := len(r.p.out.clauses) - 1; code != "" && r.join == "" && last >= 0 && r.p.out.clauses[last].said.kind == PartDepartement &&
		strings.Trim(r.p.between(r.p.out.clauses[last].span[1], w.start), " ,;/") == "" {
		r.join = "ou" // "22 29 35 56"
	}
	switch {
	case code != "" && (len(text) > 1 || r.level || brackets):
		set := p0(r.p.table.facets[facetCode].sets[code])
		c := clause{kind: clauseWords, soft: !r.level && !brackets && !r.negated && r.i > 0,
			alternatives: []alternative{{why: WhyPlace, label: departementNames()[code], weight: 1, set: set, setWeight: weightCountry}}}
		if set.IsEmpty() && !r.negated && !r.level && !brackets {
			c.alternatives = append(c.alternatives, r.p.wordsClause(r.run[r.i:r.i+n]).alternatives...)
		}
		r.put(c, r.i, r.i+n, PartDepartement, departementNames()[code]+" ("+code+")", "département:"+code)
	case yearIn(text) > 0 && n == 1:
		y := yearIn(text)
		set := bounds{column: columnYear, from: y, to: y}.set(r.p.table)
		c := r.p.wordsClause(r.run[r.i : r.i+1])
		for i := range c.alternatives {
			c.alternatives[i].weight *= 0.3
		}
		c.alternatives = append(c.alternatives, alternative{why: WhyYear, label: text, weight: 1, set: set, setWeight: weightCountry})
		r.put(c, r.i, r.i+1, PartYear, "année "+text, "année:"+text)
	default:
		return false
	}
	r.i += n
	r.level = false
	return true
}

// directory reads "répertoire franco-japonais": its short name or its title.
func (r *reader) directory() bool {
	at := r.i
	if !r.is(at, "repertoire", "repertoires") {
		return false
	}
	at++
	for r.is(at, "des", "de", "du", "la", "les", "partenariats", "cooperation", "cooperations", "decentralisee", "decentralisees") {
		at++
	}
	best, slug, label := 0, "", ""
	for s, title := range r.p.titles {
		if n := len(wordsOf(title)); n > 1 && r.i+n <= len(r.run) &&
			stemKey(texts(r.run[r.i:r.i+n]), r.p.french) == stemKey(wordsOf(title), r.p.french) {
			best, slug, label, at = n, s, cmp.Or(r.p.directories[s], title), r.i
		}
	}
	if best == 0 && r.is(at, "france") && at+1 < len(r.run) {
		at++ // "répertoire France – Amérique latine"
	}
	for s, name := range r.p.directories {
		if at == r.i {
			break // found by its title
		}
		words := wordsOf(name)
		for _, form := range [][]string{words, wordsOf(s)} {
			if n := len(form); n > best && at+n <= len(r.run) && stemKey(texts(r.run[at:at+n]), r.p.french) == stemKey(form, r.p.french) {
				best, slug, label = n, s, name
			}
		}
	}
	if best == 0 {
		r.carry(1)
		return true
	}
	r.put(clause{kind: clauseFacet, facet: FacetDirectory, values: []string{slug}}, r.i, at+best, PartDirectory, label, "répertoire:"+slug)
	r.i = at + best
	return true
}
