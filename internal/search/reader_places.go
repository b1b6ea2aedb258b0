package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"repertoire/internal/repertoire"
)

// place reads the name of a country, an area, a region, a département, or of
// those who live there, of at least so many words.
func (r *reader) place(least int) bool {
	rest := r.run[r.i:]
	if least == 1 && len(rest) > 1 && rest[0].text == "franco" {
		r.carry(1)
		return true
	}
	found, n := staticPlaces().at(rest, least)
	m := r.p.country(rest)
	if m < least || m == 1 && carriers[rest[0].text] {
		m = 0
	}
	switch {
	case m > n:
		found, n = nil, m
	case n > m:
		m = 0
	}
	if n == 0 || n == 1 && carriers[rest[0].text] {
		return false
	}
	// A name that goes on is another one: Loire-sur-Rhône, Vienne-le-Château.
	if r.i+n < len(r.run) && r.run[r.i+n].glued && !(r.i > 0 && r.run[r.i].glued && r.is(r.i-1, "franco")) {
		return false
	}
	if n == 1 && rest[0].glued && !r.is(r.i-1, "franco") {
		return false
	}
	if len(found) > 0 && found[0].common && !r.confirmed(rest[0]) {
		return false
	}
	if r.level {
		// "département de la Vienne" is not the town of that name.
		if of := slices.DeleteFunc(slices.Clone(found),
			func(p place) bool { return p.kind != placeDepartement && p.kind != placeRegion }); len(of) > 0 {
			found = of
		}
	}
	c, kind, label, typed := r.p.placeClause(found, rest[:n], m, r.level)
	if r.negated && kind == PartArea && found[0].told {
		c.alternatives = c.alternatives[:1] // "hors Union européenne" says nothing of texts
	}
	r.put(c, r.i, r.i+n, kind, label, typed)
	r.i += n
	r.level = false
	return true
}

// districtTowns are the towns cut into numbered districts, and how many each has.
var districtTowns = map[string]int{"paris": 20, "lyon": 9, "marseille": 16}

// district reads "Paris 15", "Lyon 3e", "Marseille VIII": the number is no
// département.
func (r *reader) district() bool {
	most := districtTowns[r.run[r.i].text]
	if most == 0 || r.i+1 >= len(r.run) || r.negated || r.run[r.i+1].glued || r.p.bearing == nil {
		return false
	}
	w := r.run[r.i+1]
	text := w.text
	for _, end := range []string{"ieme", "eme", "er", "e", "me"} {
		if rest, ok := strings.CutSuffix(text, end); ok && rest != "" {
			text = rest
			break
		}
	}
	n, err := strconv.Atoi(text)
	if err == nil && (n < 1 || n > most) || err != nil && w.raw != strings.ToUpper(w.raw) {
		return false
	}
	set := p0(r.p.bearing(wholeName([]string{r.run[r.i].text, text})))
	if err != nil && set.IsEmpty() {
		return false // "PARIS VI" is a number, "PARIS EAU" is not
	}
	n = 2
	if r.is(r.i+2, "arrondissement", "arrdt", "arr", "ardt") {
		n = 3
	}
	label := typedText(r.run[r.i : r.i+n])
	c := clause{kind: clauseWords, alternatives: []alternative{{why: WhyName, label: label, weight: 1, set: set, setWeight: weightName}}}
	if set.IsEmpty() { // typed freely, as the name of another
		c.alternatives = append(c.alternatives, alternative{why: WhyWord, label: label, words: texts(r.run[r.i : r.i+2]), namesOnly: true,
			weight: 1})
	}
	r.put(c, r.i, r.i+n, PartName, label, quotedValue(label))
	r.i += n
	return true
}

// confirmed tells whether a common word is meant as a place.
func (r *reader) confirmed(w typedWord) bool {
	first, _ := utf8.DecodeRuneInString(w.raw)
	return unicode.IsUpper(first) || r.level || strings.HasSuffix(strings.TrimSpace(r.before(r.i)), "(") ||
		r.follows(r.i-2, "dans", "le") || r.follows(r.i-2, "dans", "la") || r.follows(r.i-1, "la") && w.text == "reunion"
}

// placeClause is satisfied by all that is in the place; level is set when
// "département" or "région" was said, so that a town of that name is not meant.
func (p *planner) placeClause(found []place, run []typedWord, country int, level bool) (clause, PartKind, string, string) {
	c := clause{kind: clauseWords}
	set := roaring.New()
	kind, label, why := PartPlace, typedText(run), WhyPlace
	var town []string
	lived, part := false, ""
	for i := range found {
		pl := &found[i]
		if pl.kind == placeTown {
			town = append(town, strings.Join(pl.town, " "))
			if len(found) == 1 {
				kind, label = PartName, pl.label
			}
			continue
		}
		lived = lived || pl.people
		set.Or(p.inPlace(pl))
		kind, label = partOfPlace(pl.kind), pl.label
		if name := ""; pl.kind == placeCountry {
			if name = p.countryName(pl.isos[0]); name != "" {
				label = name
			}
			part = pl.part
		}
	}
	if country > 0 {
		own := kind == PartDepartement || kind == PartRegion || kind == PartArea // overseas, both a French place and a country of the lists
		for _, iso := range p.countriesNamed(stemKey(texts(run), p.french)) {
			if s := p.table.facets[FacetCountry].sets[iso]; s != nil {
				set.Or(s)
			}
			if name := p.countryName(iso); name != "" && !own {
				label = name
			}
		}
		if !own {
			kind, why = PartCountry, WhyCountry
		}
	}
	if kind == PartCountry {
		why = WhyCountry
	}
	c.alternatives = append(c.alternatives, alternative{why: why, label: label, weight: 1, set: set, setWeight: weightCountry})
	// "région Midi-Pyrénées" is the name of what took its place too.
	if formerly := level && kind == PartRegion; !lived && (!level || formerly) && p.bearing != nil {
		whole := p.bearing(wholeName(texts(run)))
		if formerly {
			whole = roaring.And(p0(whole), p.table.facets[FacetLevel].any([]string{string(repertoire.LevelRegion)}))
		}
		if whole != nil && !whole.IsEmpty() {
			c.alternatives = append(c.alternatives, alternative{why: WhyName, label: typedText(run), weight: 1, set: whole,
				setWeight: weightName})
			set = roaring.Or(set, whole)
		}
	}
	for _, name := range town {
		c.alternatives = append(c.alternatives, alternative{why: WhyName, label: name, words: strings.Fields(name), namesOnly: true,
			weight: 0.9})
	}
	last := run[len(run)-1]
	told := slices.ContainsFunc(found, func(pl place) bool { return pl.told })
	if set.IsEmpty() && !level || p.typing && last.open || len(town) > 0 || told {
		for _, a := range p.wordsClause(run).alternatives {
			// "Marne" where nobody is of it is Champigny-sur-Marne, not Val-de-Marne.
			a.namesOnly = a.namesOnly || set.IsEmpty() && kind == PartDepartement && a.why == WhyWord
			c.alternatives = append(c.alternatives, a)
		}
	}
	field := map[PartKind]string{PartCountry: "pays:", PartArea: "zone:", PartRegion: "région:", PartDepartement: "département:"}[kind]
	if field == "" {
		return c, kind, label, quotedValue(typedText(run))
	}
	typed := field + quotedValue(label)
	if part != "" {
		label += " (pour " + part + ")" // the base files nobody by parts of a country
	}
	return c, kind, label, typed
}

func partOfPlace(k placeKind) PartKind {
	switch k {
	case placeDepartement:
		return PartDepartement
	case placeRegion:
		return PartRegion
	case placeCountry:
		return PartCountry
	case placeTown:
		return PartName
	}
	return PartArea
}

// inPlace gives the partnerships of a place.
func (p *planner) inPlace(pl *place) *roaring.Bitmap {
	out := roaring.New()
	or := func(f Facet, value string) {
		if s := p.table.facets[f].sets[value]; s != nil {
			out.Or(s)
		}
	}
	for _, code := range pl.codes {
		or(facetCode, code)
	}
	for _, iso := range pl.isos {
		or(FacetCountry, iso)
	}
	if len(pl.areas) > 0 && p.known != nil {
		for _, area := range pl.areas {
			for _, iso := range p.known.areas[repertoire.Fold(area)] {
				or(FacetCountry, iso)
			}
		}
	}
	// Records without a code are known by the names they give.
	var f Facet
	switch pl.kind {
	case placeRegion:
		f = FacetRegion
	case placeDepartement:
		f = FacetDepartement
	default:
		return out
	}
	want := strings.Join(wordsOf(pl.label), " ")
	for value, set := range p.table.facets[f].sets {
		if strings.Join(wordsOf(value), " ") == want {
			out.Or(set)
		}
	}
	return out
}
