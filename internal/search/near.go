package search

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// circle is what lies within or beyond some kilometres of a place.
type circle struct {
	at   [2]float64 // latitude, longitude in degrees
	name string
	side circleSide
}

// circleSide says whose place is measured.
type circleSide byte

const (
	eitherSide circleSide = iota
	frenchSide
	foreignSide
)

// defaultAround is how far "autour de Lille" goes, in kilometres.
const defaultAround = 100

// within gives the partnerships of which one authority of the side asked for is
// from b.from to b.to kilometres away.
func (c *circle) within(b bounds, t *table) *roaring.Bitmap {
	out := roaring.New()
	for i := range t.rows {
		r := &t.rows[i]
		places := r.places
		switch c.side {
		case frenchSide:
			places = places[r.foreign:]
		case foreignSide:
			places = places[:r.foreign]
		}
		for _, p := range places {
			if km := kilometres(c.at[0], c.at[1], float64(p.lat), float64(p.lon)); km >= float64(b.from) && km <= float64(b.to) {
				out.Add(uint32(i))
				break
			}
		}
	}
	return out
}

// around reads "à moins de 500 km de Lille" once the distance is read: the
// place begins at the word at. It gives how many words are taken, 0 when no
// place stands there.
func (r *reader) around(at int, how comparison, value int) int {
	first := at
	for r.is(first, "de", "du", "des", "d", "autour") {
		first++
	}
	if first >= len(r.run) || first == at && !strings.HasSuffix(r.before(at), "’") && !strings.HasSuffix(r.before(at), "'") {
		return 0
	}
	where, n := r.p.located(r.run[first:])
	if n == 0 {
		return 0
	}
	where.side = r.side(first, n)
	b := bounds{column: columnAround, to: farAway, around: where}
	words := "à moins de"
	switch how {
	case compareMore, compareLeast:
		words, b.from = "à plus de", value
	default:
		b.to = value
	}
	said := fmt.Sprintf("%s %s de %s", words, unitText(value, unitKilometres), where.name)
	label := map[circleSide]string{frenchSide: "collectivité française ", foreignSide: "partenaire "}[where.side] + said
	return r.ranged(first+n-r.i, PartDistance, label, b)
}

// side tells whose distance is asked for: that of the French when they are
// named, that of the others when they are or when their country is.
func (r *reader) side(first, n int) circleSide {
	switch {
	case r.said("francaises", "francaise", "francais"):
		return frenchSide
	case r.said("etrangeres", "etrangere", "etrangers", "etranger", "partenaires", "partenaire"):
		return foreignSide
	}
	for i := range r.run {
		if (i < r.i || i >= first+n) && !r.negated && r.p.country(r.run[i:]) > 0 {
			return foreignSide
		}
	}
	return eitherSide
}

// aroundAlone reads "autour de Lille", "près de Nantes", "proches de Metz".
func (r *reader) aroundAlone() int {
	at := r.i
	if !r.is(at, "autour", "pres", "proche", "proches", "alentours", "environs", "voisinage") || !r.is(at+1, "de", "du", "d") &&
		r.between(at) == " " {
		return 0
	}
	return r.around(at+1, compareMost, defaultAround)
}

// located finds the place that the first words of run name, the longest first.
func (p *planner) located(run []typedWord) (*circle, int) {
	if p.locate == nil {
		return nil, 0
	}
	for n := min(len(run), 6); n > 0; n-- {
		if p.french.empty(run[n-1].text) || n < len(run) && run[n].glued {
			continue
		}
		name := p.between(run[0].start, run[n-1].end)
		if first, _ := utf8.DecodeRuneInString(name); n > 1 && !unicode.IsUpper(first) && !run[1].glued {
			continue // "lille au japon": only what is written as a name holds together
		}
		if at, ok := p.locate(name); ok {
			return &circle{at: at, name: name}, n
		}
	}
	return nil, 0
}

// aroundField understands autour:Lille and autour:"moins de 500 km de Lille".
func (p *planner) aroundField(value string) (clause, bool) {
	inner := planner{table: p.table, known: p.known, french: p.french, synonyms: p.synonyms, today: p.today, typed: value, locate: p.locate}
	run := wordsIn(&item{text: value, end: len(value)})
	if len(run) == 0 {
		return clause{}, false
	}
	r := &reader{p: &inner, run: run}
	if r.measure() > 0 && len(inner.out.clauses) == 1 && inner.out.clauses[0].bounds.around != nil {
		return inner.out.clauses[0], true
	}
	if where, n := inner.located(run); n == len(run) {
		b := bounds{column: columnAround, to: defaultAround, around: where}
		return clause{kind: clauseRange, bounds: b, said: said{PartDistance,
			fmt.Sprintf("à moins de %s de %s", unitText(defaultAround, unitKilometres), where.name), b.typed()}}, true
	}
	return clause{}, false
}

// aroundTyped writes b in the query language.
func (b bounds) aroundTyped() string {
	words, km := "moins", b.to
	if b.from > 0 {
		words, km = "plus", b.from
	}
	side := map[circleSide]string{frenchSide: " françaises", foreignSide: " partenaires"}[b.around.side]
	return fmt.Sprintf(`%s:"à %s de %d km de %s%s"`, columnFields[columnAround], words, km, b.around.name, side)
}
