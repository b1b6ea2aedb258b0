package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ordering is an order that a question asks for by a superlative.
type ordering struct {
	sort       Sort
	descending bool
	label      string
	opposite   string // the words to ask for the other way round
}

// superlatives are the words that ask for an order, after "plus" or alone.
var superlatives = func() map[string]ordering {
	out := map[string]ordering{}
	for _, o := range []struct {
		words string
		is    ordering
	}{
		{"ancien anciens ancienne anciennes vieux vieil vieille vieilles",
			ordering{SortYear, false, "des plus anciens aux plus récents", "les plus récents"}},
		{"recent recents recente recentes jeune jeunes neuf neufs",
			ordering{SortYear, true, "des plus récents aux plus anciens", "les plus anciens"}},
		{"eloigne eloignes eloignee eloignees lointain lointains lointaine lointaines",
			ordering{SortApart, true, "des plus éloignés aux plus proches", "les plus proches"}},
		{"proche proches", ordering{SortApart, false, "des plus proches aux plus éloignés", "les plus éloignés"}},
		{"cher chers couteux couteuse couteuses gros grands finances",
			ordering{SortAmount, true, "des plus gros montants aux plus petits", ""}},
	} {
		for w := range fieldsOf(o.words) {
			out[w] = o.is
		}
	}
	return out
}()

// superlative reads "les plus anciens", "le jumelage le plus récent", "les plus
// gros budgets": the order of the answers, which keeps all of them.
func (r *reader) superlative() bool {
	at := r.i
	if r.is(at, "le", "la", "les") {
		at++
	}
	if !r.is(at, "plus") || at+1 >= len(r.run) || r.negated {
		return false
	}
	o, ok := superlatives[r.run[at+1].text]
	end := at + 2
	money := r.is(end, "budget", "budgets", "montant", "montants", "financement", "financements")
	if !ok || r.is(at+1, "gros", "grands") && !money || r.is(end, "de", "que") && !r.is(at+1, "proche", "proches") || r.p.typing &&
		r.run[end-1].open {
		return false
	}
	if r.is(at+1, "proche", "proches") && r.is(end, "de", "du", "des") {
		r.carry(end - 1 - r.i) // near a place: a distance
		return true
	}
	if money {
		end++
	}
	r.p.out.order = &o
	r.put(clause{kind: clauseOrder, optional: true}, r.i, end, PartOrder, o.label, o.opposite)
	r.i = end
	return true
}

// sizes are the bounds of what French towns are called by, in inhabitants of the
// French side: the associations of small and of middling towns draw them so.
var sizes = []struct {
	words, towns string
	from, to     int
}{
	{"petites petits petite petit", "communes commune collectivites collectivite", 1, 3_499},
	{"rurales rurale", "communes commune", 1, 1_999},
	{"petites petite", "villes ville", 2_500, 24_999},
	{"moyennes moyenne", "villes ville", 20_000, 100_000},
	{"grandes grande", "villes ville collectivites", 100_001, farAway},
}

// size reads "petites communes", "villes moyennes", "grandes villes".
func (r *reader) size() bool {
	if r.i+1 >= len(r.run) || r.negated || r.run[r.i+1].glued || r.i+2 < len(r.run) && r.run[r.i+2].glued {
		return false
	}
	a, b := r.run[r.i].text, r.run[r.i+1].text
	for _, s := range sizes {
		adjectives, towns := strings.Fields(s.words), strings.Fields(s.towns)
		if !(slices.Contains(adjectives, a) && slices.Contains(towns, b) || slices.Contains(towns, a) && slices.Contains(adjectives, b)) {
			continue
		}
		bounded := bounds{column: columnFrenchPopulation, from: s.from, to: s.to}
		label := typedText(r.run[r.i:r.i+2]) + " : "
		switch {
		case s.from <= 1:
			label += "moins de " + unitText(s.to+1, unitInhabitants)
		case s.to >= farAway:
			label += "plus de " + unitText(s.from-1, unitInhabitants)
		default:
			label += "de " + unitText(s.from, unitInhabitants) + " à " + unitText(s.to, unitInhabitants)
		}
		r.i += r.ranged(2, PartPopulation, label, bounded)
		return true
	}
	return false
}

// peoples are the beginnings of adjectives of two peoples.
var peoples = map[string]string{"germano": "DE", "nippo": "JP", "italo": "IT", "hispano": "ES", "luso": "PT", "sino": "CN", "anglo": "GB",
	"britanno":  "GB",
	"americano": "US", "russo": "RU", "greco": "GR", "belgo": "BE", "helveto": "CH", "polono": "PL", "turco": "TR", "indo": "IN",
	"austro": "AT", "hungaro": "HU",
	"senegalo": "SN", "malgacho": "MG", "maroco": "MA", "algero": "DZ", "tuniso": "TN", "libano": "LB", "armeno": "AM", "bresilo": "BR",
	"malo": "ML", "quebeco": "CA", "roumano": "RO"}

// twoPeoples reads "germano-français": the other country, France goes without
// saying.
func (r *reader) twoPeoples() bool {
	iso := peoples[r.run[r.i].text]
	if iso == "" || !r.is(r.i+1, "francais", "francaise", "francaises") || !r.run[r.i+1].glued || r.negated {
		return false
	}
	c, kind, label, typed := r.p.placeClause([]place{{kind: placeCountry, isos: []string{iso}}}, r.run[r.i:r.i+1], 0, true)
	r.put(c, r.i, r.i+2, kind, label, typed)
	r.i += 2
	return true
}

// funding are the words before a funder.
var funding = setOf("finance finances financee financees cofinance cofinances cofinancee cofinancees soutenu soutenus soutenue soutenues subventionne subventionnes subventionnee subventionnees appuye appuyes appuyee appuyees")

// funded reads "financés par l’AFD", "subvention de l’agence de l’eau": who has
// that funder. Where nobody has, the words are looked for.
func (r *reader) funded() bool {
	at := r.i
	switch {
	case funding[r.run[at].text] && r.is(at+1, "par"):
		at += 2
	case r.is(at, "financement", "financements", "subvention", "subventions", "cofinancement", "cofinancements", "soutien", "appui",
		"concours", "fonds") && at+1 < len(r.run):
		at++
	default:
		return false
	}
	for at+1 < len(r.run) && determiners[r.run[at].text] {
		at++
	}
	labels := r.p.labels(FacetFunder)
	for n := min(8, len(r.run)-at); n > 0; n-- {
		values := r.p.whole(FacetFunder, strings.Join(texts(r.run[at:at+n]), " "), labels)
		if len(values) == 0 {
			continue
		}
		label := cmp.Or(labels[values[0]], values[0])
		r.put(clause{kind: clauseFacet, facet: FacetFunder, values: values}, r.i, at+n, PartFunder, label, "financeur:"+quotedValue(label))
		r.i = at + n
		return true
	}
	if funding[r.run[r.i].text] && at < len(r.run) {
		r.carry(at - r.i)
		return true
	}
	return false
}

// upToDate reads "à jour", "pas à jour", "à vérifier", "obsolètes".
func (r *reader) upToDate() int {
	at := r.i
	not := r.is(at, "pas", "non")
	if not {
		at++
	}
	old := false
	switch {
	case r.follows(at, "a", "jour"):
		old, at = not, at+2
	case !not && r.is(at, "a") && r.is(at+1, "verifier", "confirmer", "actualiser", "relancer", "reverifier"):
		old, at = true, at+2
	case !not && r.follows(at, "a", "mettre", "a", "jour"):
		old, at = true, at+4
	case !not && r.is(at, "obsolete", "obsoletes", "perime", "perimes", "perimee", "perimees"):
		old, at = true, at+1
	default:
		return 0
	}
	values, said, typed := []string{FreshYear, FreshTwo}, "à jour : vérifié depuis moins de deux ans", "vérifié:oui"
	if old {
		values, said, typed = []string{FreshOld, FreshNever}, "pas vérifié depuis deux ans", "vérifié:non"
	}
	r.put(clause{kind: clauseFacet, facet: FacetFreshness, values: values}, r.i, at, PartVerified, said, typed)
	return at - r.i
}

// about reads a figure with its unit and no comparison, "50 000 €", "environ
// 100 000 habitants", "à 10 000 km": what comes within a tenth of it. Ages are
// those of a birthday: "50 ans".
func (r *reader) about() int {
	at := r.i
	for r.is(at, "a", "environ", "autour", "de", "pres", "quelque", "vers") {
		at++
	}
	value, u, words := r.number(at)
	if words == 0 || value < 1 {
		return 0
	}
	total := at + words - r.i
	switch u {
	case unitYears:
		if at > r.i && !r.is(r.i, "de") || value < 5 || value > 150 {
			return 0
		}
		y := r.p.day().Year() - value
		return r.ranged(total, PartAge, fmt.Sprintf("%d ans cette année : première convention en %d", value, y),
			bounds{column: columnYear, from: y, to: y})
	case unitKilometres:
		if n := r.around(r.i+total, compareMost, value); n > 0 {
			return n
		}
	}
	b, kind, label := r.measureBounds(u, total)
	if kind == "" || u == unitEuros && value < 100 {
		return 0
	}
	b.from, b.to = max(value-value/10, 1), value+value/10
	return r.ranged(total, kind, label+" autour de "+unitText(value, u), b)
}
