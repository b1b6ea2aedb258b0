package search

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// comparison is how a figure is compared: "plus de", "au moins", "moins de"…
type comparison byte

const (
	compareNone comparison = iota
	compareMore
	compareLeast
	compareLess
	compareMost
)

// comparisons are the ways to say so, as folded words.
var comparisons = []struct {
	words string
	is    comparison
}{
	{"au moins", compareLeast}, {"au minimum", compareLeast}, {"minimum", compareLeast}, {"a partir de", compareLeast},
	{"superieur ou egal a", compareLeast}, {"superieure ou egale a", compareLeast}, {"plus de", compareMore}, {"plus que", compareMore},
	{"superieur a", compareMore}, {"superieure a", compareMore},
	{"superieurs a", compareMore}, {"superieures a", compareMore}, {"au dela de", compareMore}, {"depassant", compareMore},
	{"depasse", compareMore},
	{"au dessus de", compareMore}, {"inferieur ou egal a", compareMost}, {"moins de", compareLess}, {"moins que", compareLess},
	{"inferieur a", compareLess},
	{"inferieure a", compareLess}, {"inferieurs a", compareLess}, {"inferieures a", compareLess}, {"au dessous de", compareLess},
	{"en dessous de", compareLess},
	{"au plus", compareMost}, {"au maximum", compareMost}, {"jusqu a", compareMost}, {"maximum", compareMost},
}

// comparing reads a comparison and tells how many words it takes; a sign
// before the number, as "> 50 000", takes none.
func (r *reader) comparing(at int) (comparison, int) {
	for _, c := range comparisons {
		words := strings.Fields(c.words)
		if r.follows(at, words...) {
			return c.is, len(words)
		}
	}
	switch {
	case r.is(at, "de", "d") && strings.HasSuffix(strings.TrimSpace(r.before(at)), "+"):
		return compareMore, 1 // "+ de 50 000 €"
	case r.is(at, "de", "d") && strings.HasSuffix(strings.TrimSpace(r.before(at)), "-"):
		return compareLess, 1
	case r.is(at, "plus", "moins") && cut(r.before(at+1)): // "moins d’un million"
		return map[bool]comparison{true: compareMore, false: compareLess}[r.is(at, "plus")], 1
	}
	if at < len(r.run) {
		switch sign := strings.TrimSpace(r.before(at)); {
		case strings.HasSuffix(sign, ">="), strings.HasSuffix(sign, "≥"):
			return compareLeast, 0
		case strings.HasSuffix(sign, "<="), strings.HasSuffix(sign, "≤"):
			return compareMost, 0
		case strings.HasSuffix(sign, ">"):
			return compareMore, 0
		case strings.HasSuffix(sign, "<"):
			return compareLess, 0
		}
	}
	return compareNone, 0
}

// cut tells whether between ends in a word that lost its vowel.
func cut(between string) bool {
	return strings.HasSuffix(between, "'") || strings.HasSuffix(between, "’")
}

// figure recognises a condition on a figure at the head of what is left:
// years, decades, amounts, populations, distances, ages.
func (r *reader) figure() bool {
	for _, read := range []func() int{r.decade, r.updatedSince, r.upToDate, r.yearSpan, r.age, r.measure, r.aroundAlone, r.recent,
		r.about} {
		if n := read(); n > 0 {
			r.i += n
			return true
		}
	}
	return false
}

// ranged adds a condition on column for the next n words.
func (r *reader) ranged(n int, kind PartKind, label string, b bounds) int {
	c := clause{kind: clauseRange, bounds: b}
	r.put(c, r.i, r.i+n, kind, label, b.typed())
	return n
}

// yearLeads are the words before a year that say what is meant by it.
var yearLeads = []string{"avant", "avant annee", "anterieurs a", "anterieures a", "anterieur a", "jusqu en", "jusqu a", "depuis",
	"depuis annee", "depuis le debut de",
	"des", "a partir de", "a compter de", "apres", "posterieurs a", "posterieures a", "posterieur a", "en", "annee"}

// yearSpan reads "depuis 1990", "avant 1980", "après 2010", "entre 1985 et
// 1995", "de 1970 à 1980", "en 1998", "jusqu’en 2000", "1990-2000".
func (r *reader) yearSpan() int {
	i := r.i
	year := func(at int) int { return yearIn(textAt(r.run, at)) }
	years := func(n, from, to int) int {
		label := fmt.Sprintf("première convention de %d à %d", from, to)
		switch {
		case from == to:
			label = fmt.Sprintf("première convention en %d", from)
		case to >= farAway:
			label = fmt.Sprintf("première convention depuis %d", from)
		case from <= 1:
			label = fmt.Sprintf("première convention avant %d", to+1)
		}
		return r.ranged(n, PartYear, label, bounds{column: columnYear, from: from, to: to})
	}
	for _, before := range yearLeads {
		words := strings.Fields(before)
		y := year(i + len(words))
		if y == 0 || !r.follows(i, words...) {
			continue
		}
		n := len(words) + 1
		switch words[0] {
		case "avant", "anterieurs", "anterieures", "anterieur":
			return years(n, 1, y-1)
		case "jusqu":
			return years(n, 1, y)
		case "apres", "posterieurs", "posterieures", "posterieur":
			return years(n, y+1, farAway)
		case "en", "annee":
			return years(n, y, y)
		}
		return years(n, y, farAway)
	}
	if r.is(i, "entre", "de") && r.is(i+2, "et", "a") && year(i+1) > 0 && year(i+3) > 0 {
		return years(4, min(year(i+1), year(i+3)), max(year(i+1), year(i+3)))
	}
	if from, to := year(i), year(i+1); from > 0 && to >= from && strings.TrimSpace(r.between(i)) == "-" {
		return years(2, from, to)
	}
	now := r.p.day().Year()
	switch {
	case r.follows(i, "cette", "annee") || r.follows(i, "de", "annee"):
		return years(2, now, now)
	case r.follows(i, "an", "dernier") || r.follows(i, "annee", "derniere"):
		return years(2, now-1, now-1)
	}
	return 0
}

// decade reads "années 90", "depuis les années 1980", "années quatre-vingt".
func (r *reader) decade() int {
	at := r.i
	since, until := r.is(at, "depuis", "des"), r.is(at, "avant")
	if since || until || r.is(at, "dans") {
		at++
		if r.is(at, "les") {
			at++
		}
	}
	if !r.is(at, "annees", "decennie") || r.i > 0 && r.is(r.i-1, "ces", "dernieres") {
		return 0
	}
	value, words := r.digits2(at + 1)
	if words == 0 {
		return 0
	}
	start := 0
	switch {
	case value >= 1850 && value <= 2150 && value%10 == 0:
		start = value
	case value == 0:
		start = 2000
	case value == 10 || value == 20:
		start = 2000 + value
	case value >= 30 && value <= 90 && value%10 == 0:
		start = 1900 + value
	default:
		return 0
	}
	n := at + 1 + words - r.i
	switch {
	case since:
		return r.ranged(n, PartYear, fmt.Sprintf("première convention depuis %d", start),
			bounds{column: columnYear, from: start, to: farAway})
	case until:
		return r.ranged(n, PartYear, fmt.Sprintf("première convention avant %d", start), bounds{column: columnYear, from: 1, to: start - 1})
	}
	return r.ranged(n, PartYear, fmt.Sprintf("années %d", start), bounds{column: columnYear, from: start, to: start + 9})
}

// digits2 reads the number of a decade, in figures or in words.
func (r *reader) digits2(at int) (value, words int) {
	if at >= len(r.run) {
		return 0, 0
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(r.run[at].text, "s")); err == nil {
		return n, 1
	}
	return r.spelledNumber(at)
}

// age reads "depuis plus de 10 ans", "vieux de 30 ans", "de moins de 5 ans".
func (r *reader) age() int {
	at := r.i
	lead := false
	for r.is(at, "depuis", "vieux", "vieilles", "vieille", "age", "ages", "agee", "agees", "ayant", "il", "y", "a", "de", "existant",
		"anciens", "anciennes") {
		lead = lead || r.is(at, "depuis", "vieux", "age", "ages")
		at++
	}
	how, n := r.comparing(at)
	if how == compareNone && at > r.i { // "de plus de": the comparison begins with the last word passed over
		if h, m := r.comparing(at - 1); m > 0 {
			at, how, n = at-1, h, m
		}
	}
	value, u, words := r.number(at + n)
	if words == 0 || u != unitYears || value < 1 || value > 500 || how == compareNone && !lead {
		return 0
	}
	total := at + n + words - r.i
	if r.is(r.i+total, "d") {
		total++
	}
	if r.is(r.i+total, "existence", "age", "anciennete") {
		total++
	}
	year := r.p.day().Year() - value
	if how == compareLess || how == compareMost {
		return r.ranged(total, PartAge, fmt.Sprintf("moins de %d ans", value),
			bounds{column: columnYear, from: year + 1 - boolYears(how == compareMost), to: farAway})
	}
	return r.ranged(total, PartAge, fmt.Sprintf("plus de %d ans", value), bounds{column: columnYear, from: 1, to: year})
}

func boolYears(b bool) int {
	if b {
		return 1
	}
	return 0
}

// measure reads "plus de 50 000 €", "budget supérieur à 2 millions", "moins de
// 1 000 habitants", "à plus de 5 000 km", "entre 10 et 20 km".
func (r *reader) measure() int {
	at := r.i
	hint := unitNone
	for r.is(at, "a", "dont", "budget", "budgets", "montant", "montants", "financement", "financements", "subvention", "subventions",
		"cout", "population", "habitants", "distance", "d", "de", "un", "une", "le", "la",
		"distants", "distantes", "eloignes", "eloignees", "est", "total", "comptant", "ayant", "avec") {
		if u := measured[r.run[at].text]; u != unitNone {
			hint = u
		}
		if h, _ := r.comparing(at); h != compareNone {
			break
		}
		at++
	}
	if r.is(at, "entre") || r.is(at-1, "de") && at > r.i {
		if n := r.measureBetween(at, hint); n > 0 {
			return n
		}
	}
	how, n := r.comparing(at)
	if how == compareNone {
		return 0
	}
	value, u, words := r.number(at + n)
	if words == 0 {
		return 0
	}
	if u == unitNone {
		u = hint
	}
	total := at + n + words - r.i
	if r.is(r.i+total, "de") && r.is(r.i+total+1, "distance", "budget", "population") {
		total += 2
	}
	if u == unitKilometres {
		if n := r.around(r.i+total, how, value); n > 0 {
			return n
		}
	}
	b, kind, label := r.measureBounds(u, total)
	if kind == "" {
		return 0
	}
	b.from, b.to = 1, farAway
	switch how {
	case compareMore:
		b.from = value + 1
		label += " > "
	case compareLeast:
		b.from = max(value, 1)
		label += " ≥ "
	case compareLess:
		b.to = value - 1
		label += " < "
	case compareMost:
		b.to = value
		label += " ≤ "
	}
	return r.ranged(total, kind, label+unitText(value, u), b)
}

func (r *reader) measureBetween(at int, hint unit) int {
	first := at + boolYears(r.is(at, "entre"))
	low, u1, n1 := r.number(first)
	if n1 == 0 || !r.is(first+n1, "et", "a") {
		return 0
	}
	high, u2, n2 := r.number(first + n1 + 1)
	u := u2
	if u == unitNone {
		u = u1
	}
	if u == unitNone {
		u = hint
	}
	if n2 == 0 {
		return 0
	}
	total := first + n1 + 1 + n2 - r.i
	b, kind, label := r.measureBounds(u, total)
	if kind == "" {
		return 0
	}
	b.from, b.to = max(min(low, high), 1), max(low, high)
	return r.ranged(total, kind, fmt.Sprintf("%s de %s à %s", label, unitText(b.from, u), unitText(b.to, u)), b)
}

// measureBounds gives the column that a unit asks for. What has inhabitants is
// the side that the question speaks of: communes are French ones, cities named
// with a country are those of that country.
func (r *reader) measureBounds(u unit, words int) (bounds, PartKind, string) {
	switch u {
	case unitEuros:
		return bounds{column: columnAmount}, PartAmount, "montant"
	case unitKilometres:
		return bounds{column: columnDistance}, PartDistance, "distance entre partenaires"
	case unitInhabitants:
		b, label := bounds{column: columnPopulation}, "population"
		switch {
		case r.said("francaises", "francaise", "francais", "communes", "commune") && !r.said("etrangeres", "etrangere", "etrangers"):
			b.column, label = columnFrenchPopulation, "population française"
		case r.said("etrangeres", "etrangere", "etrangers", "etranger"):
			b.column, label = columnForeignPopulation, "population du partenaire"
		default:
			for i := range r.run {
				if (i < r.i || i >= r.i+words) && r.p.country(r.run[i:]) > 0 {
					b.column, label = columnForeignPopulation, "population du partenaire"
				}
			}
		}
		return b, PartPopulation, label
	}
	return bounds{}, "", ""
}

func unitText(value int, u unit) string {
	s := repertoire.Thousands(int64(value))
	switch u {
	case unitEuros:
		return s + "\u00a0€"
	case unitKilometres:
		return s + "\u00a0km"
	case unitInhabitants:
		return s + "\u00a0habitants"
	}
	return s
}

// updatedSince reads "pas mises à jour depuis 2 ans", "non vérifié depuis
// 2022", "vérifiés depuis moins d’un an", "mis à jour récemment".
func (r *reader) updatedSince() int {
	at := r.i
	never := r.is(at, "jamais")
	not := never || r.is(at, "pas", "non", "sans")
	if not {
		at++
	}
	for r.is(at, "ete", "aucune", "de") && not {
		at++
	}
	early := r.is(at, "recemment")
	if early {
		at++
	}
	column, label := columnVerified, "vérifié"
	switch {
	case r.is(at, "mis", "mise", "mises") && r.is(at+1, "a") && r.is(at+2, "jour"):
		at += 3
	case r.is(at, "verifie", "verifiee", "verifies", "verifiees", "confirme", "confirmes", "confirmee", "confirmees", "actualise",
		"actualises", "actualisee", "actualisees", "verification"):
		at++
	case r.is(at, "modifie", "modifies", "modifiee", "modifiees"):
		column, label, at = columnUpdated, "modifié", at+1
	default:
		return 0
	}
	today := r.p.day()
	days := func(t time.Time) int { return int(t.Unix() / 86400) }
	if never || not && !r.is(at, "depuis", "recemment", "cette", "en") {
		if column == columnUpdated {
			return 0
		}
		values, said := []string{FreshOld, FreshNever}, "pas vérifié depuis deux ans"
		if never {
			values, said = []string{FreshNever}, "jamais vérifié"
		}
		r.put(clause{kind: clauseFacet, facet: FacetFreshness, values: values}, r.i, at, PartVerified, said,
			"vérifié:"+map[bool]string{true: "jamais", false: "non"}[never])
		return at - r.i
	}
	edge, said, n := r.moment(at, early)
	if n == 0 && !early {
		return 0
	}
	if early {
		edge, said = today.AddDate(-1, 0, 0), "depuis un an"
	}
	total := at + n - r.i
	if r.is(at, "en") && !not { // "en 2025" ends with it, "depuis 2025" does not
		return r.ranged(total, PartVerified, label+" en "+r.run[at+1].text,
			bounds{column: column, from: days(edge), to: days(edge.AddDate(1, 0, 0)) - 1})
	}
	if not {
		return r.ranged(total, PartVerified, "pas "+label+" "+said, bounds{column: column, to: days(edge) - 1, unset: true})
	}
	return r.ranged(total, PartVerified, label+" "+said, bounds{column: column, from: days(edge), to: farAway})
}

// moment reads "depuis (plus de|moins de) 2 ans", "depuis 2022", "en 2024",
// "récemment", "cette année": from when on, and how many words.
func (r *reader) moment(at int, early bool) (time.Time, string, int) {
	today := r.p.day()
	switch {
	case r.is(at, "recemment"):
		return today.AddDate(-1, 0, 0), "depuis un an", 1
	case r.follows(at, "cette", "annee"):
		return time.Date(today.Year(), 1, 1, 0, 0, 0, 0, time.UTC), "cette année", 2
	case r.is(at, "en", "depuis") && yearIn(textAt(r.run, at+1)) > 0:
		y := yearIn(r.run[at+1].text)
		return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), fmt.Sprintf("depuis %d", y), 2
	case r.is(at, "depuis"):
		_, n := r.comparing(at + 1)
		value, u, words := r.number(at + 1 + n)
		switch {
		case words == 0 || value > 500:
		case u == unitYears:
			return today.AddDate(-value, 0, 0), fmt.Sprintf("depuis %d an(s)", value), 1 + n + words
		case u == unitMonths:
			return today.AddDate(0, -value, 0), fmt.Sprintf("depuis %d mois", value), 1 + n + words
		}
	}
	return time.Time{}, "", 0
}

// recent reads "récents", "nouveaux", "les cinq dernières années".
func (r *reader) recent() int {
	if r.is(r.i, "recents", "recentes", "recent", "recente") || r.is(r.i, "nouveaux", "nouvelles", "nouveau", "derniers", "dernieres") &&
		(bonds[textAt(r.run, r.i+1)] || kinds[textAt(r.run, r.i+1)] != "") {
		y := r.p.day().Year() - 5
		return r.ranged(1, PartYear, fmt.Sprintf("récents : première convention depuis %d", y),
			bounds{column: columnYear, from: y, to: farAway})
	}
	at := r.i
	if r.is(at, "ces", "les") {
		at++
	}
	if value, n := r.spelledOrFigure(at); n > 0 && r.is(at+n, "dernieres", "derniers") && r.is(at+n+1, "annees", "ans") {
		y := r.p.day().Year() - value
		return r.ranged(at+n+2-r.i, PartYear, fmt.Sprintf("première convention depuis %d", y),
			bounds{column: columnYear, from: y, to: farAway})
	}
	return 0
}

func (r *reader) spelledOrFigure(at int) (int, int) {
	if at >= len(r.run) {
		return 0, 0
	}
	if v, n := r.digits(at); n > 0 {
		return v, n
	}
	return r.spelledNumber(at)
}
