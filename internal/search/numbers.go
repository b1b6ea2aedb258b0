package search

import (
	"strconv"
	"strings"
)

// unit is what a number of a question counts.
type unit byte

const (
	unitNone unit = iota
	unitEuros
	unitInhabitants
	unitKilometres
	unitYears
	unitMonths
)

var unitWords = map[string]unit{"euro": unitEuros, "euros": unitEuros, "eur": unitEuros,
	"habitant": unitInhabitants, "habitants": unitInhabitants, "hab": unitInhabitants, "hbts": unitInhabitants, "ames": unitInhabitants,
	"habitantes": unitInhabitants,
	"km":         unitKilometres, "kms": unitKilometres, "kilometre": unitKilometres, "kilometres": unitKilometres,
	"an": unitYears, "ans": unitYears, "annee": unitYears, "annees": unitYears, "mois": unitMonths}

// measured are the nouns that say what the number after them counts.
var measured = map[string]unit{"budget": unitEuros, "budgets": unitEuros, "montant": unitEuros, "montants": unitEuros,
	"financement":  unitEuros,
	"financements": unitEuros, "subvention": unitEuros, "subventions": unitEuros, "cout": unitEuros, "population": unitInhabitants,
	"habitants": unitInhabitants, "distance": unitKilometres,
	"distants": unitKilometres, "distantes": unitKilometres, "eloignes": unitKilometres, "eloignees": unitKilometres}

var numberWords = map[string]int{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
	"neuf": 9,
	"dix":  10, "douze": 12, "quinze": 15, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
	"cent": 100, "cents": 100}

var multipliers = map[string]int{"cent": 100, "cents": 100, "mille": 1_000, "million": 1_000_000, "millions": 1_000_000,
	"milliard": 1_000_000_000, "milliards": 1_000_000_000}

// number reads a number as people write it, "50 000", "1,5 million", "100k",
// "dix mille", with its unit. words is 0 when there is none.
func (r *reader) number(at int) (value int, u unit, words int) {
	if at >= len(r.run) {
		return 0, unitNone, 0
	}
	value, words = r.digits(at)
	if words == 0 {
		value, words = r.spelledNumber(at)
	}
	if words == 0 {
		return 0, unitNone, 0
	}
	for at+words < len(r.run) {
		m, ok := multipliers[r.run[at+words].text]
		if !ok {
			break
		}
		value *= m
		words++
	}
	next := at + words
	if next < len(r.run) && r.run[next].text == "d" || r.is(next, "de") && r.unitAt(next+1) != unitNone {
		next++ // "un million d’habitants"
	}
	switch u = r.unitAt(next); {
	case u != unitNone:
		words = next + 1 - at
	case r.euroSign(at + words - 1):
		u = unitEuros
	}
	return value, u, words
}

func (r *reader) unitAt(i int) unit {
	if i >= len(r.run) {
		return unitNone
	}
	return unitWords[r.run[i].text]
}

// digits reads figures in groups of three, with a comma before decimals of
// millions, and "k" or "m" glued behind.
func (r *reader) digits(at int) (value, words int) {
	s := r.run[at].text
	scale := 1
	switch {
	case strings.HasSuffix(s, "km") || strings.HasSuffix(s, "hab"):
		return 0, 0
	case len(s) > 1 && strings.HasSuffix(s, "k"):
		s, scale = s[:len(s)-1], 1_000
	case len(s) > 1 && strings.HasSuffix(s, "m"):
		s, scale = s[:len(s)-1], 1_000_000
	}
	value, err := strconv.Atoi(s)
	if err != nil || value < 0 || len(s) > 12 {
		return 0, 0
	}
	words = 1
	if scale == 1 && r.is(at+1, "k", "m") && r.euroSign(at+1) { // "50 k€"
		scale, words = map[bool]int{true: 1_000, false: 1_000_000}[r.is(at+1, "k")], 2
	}
	if scale > 1 {
		return value * scale, words
	}
	for len(s) <= 3 && at+words < len(r.run) && len(r.run[at+words].text) == 3 {
		more, err := strconv.Atoi(r.run[at+words].text)
		if err != nil {
			break
		}
		value = value*1000 + more
		words++
	}
	// "1,5 million": the comma stands right behind the figure.
	if words == 1 && at+2 < len(r.run) && r.between(at) == "," {
		if m := multipliers[r.run[at+2].text]; m >= 1000 && len(r.run[at+1].text) == 1 {
			if tenth, err := strconv.Atoi(r.run[at+1].text); err == nil {
				return value*m + tenth*m/10, 3
			}
		}
	}
	return value, words
}

// spelledNumber reads "dix", "cent", "mille", "quatre-vingt-dix".
func (r *reader) spelledNumber(at int) (value, words int) {
	if r.is(at, "mille") {
		return 1000, 1
	}
	n, ok := numberWords[r.run[at].text]
	if !ok {
		return 0, 0
	}
	value, words = n, 1
	if n == 4 && r.is(at+1, "vingt", "vingts") {
		value, words = 80, 2
	}
	if (value == 60 || value == 80) && r.is(at+words, "dix") {
		value, words = value+10, words+1
	}
	return value, words
}

// between is what stands in the query between the word at and the next.
func (r *reader) between(at int) string {
	if at < 0 || at+1 >= len(r.run) {
		return ""
	}
	from, to := r.run[at].end, r.run[at+1].start
	if from > to || to > len(r.p.typed) {
		return ""
	}
	return r.p.typed[from:to]
}

// behind is what stands in the query after the word at, up to the next one.
func (r *reader) behind(at int) string {
	if at+1 < len(r.run) {
		return r.between(at)
	}
	if at < 0 || at >= len(r.run) || r.run[at].end > len(r.p.typed) {
		return ""
	}
	return r.p.typed[r.run[at].end:]
}

// before is what stands in the query before the word at.
func (r *reader) before(at int) string {
	if at > 0 {
		return r.between(at - 1)
	}
	if at >= len(r.run) || r.run[at].start > len(r.p.typed) {
		return ""
	}
	return r.p.typed[:r.run[at].start]
}

// euroSign tells whether the sign stands right after the word at.
func (r *reader) euroSign(at int) bool {
	return strings.HasPrefix(strings.TrimLeft(r.behind(at), " \u00a0\u202f"), "€")
}
