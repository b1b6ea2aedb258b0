package exchange

import (
	"cmp"
	"math"
	"regexp"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

var (
	aboutAmount   = regexp.MustCompile(`(?i)^(?:environ|env\.?|approx\.?|à peu près|près de|circa|ca\.|about|~|≈|\+/-)\s*`)
	amountSign    = regexp.MustCompile(`^(?:US ?)?([$£€])\s*|\s*(?:US ?)?([$£€])$`)
	englishNumber = regexp.MustCompile(`^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	decimalOnly   = regexp.MustCompile(`^-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$`)
	thousandsOf   = regexp.MustCompile(`(?i)\bk ?€|\bkeur\b|\bk ?euros?\b|\bmilliers\b|\bthousands?\b|\bk\$`)
	millionsOf    = regexp.MustCompile(`(?i)\bm ?€|\bmeur\b|\bmillions?\b|\bm ?usd\b|\busd ?m\b`)
	crsAmount     = regexp.MustCompile(`(?i)^usd[ _](?:commitment|disbursement|received)(?:[ _]defl)?$`)
	signCurrency  = map[string]string{"$": "USD", "£": "GBP", "€": "EUR"}
	wordCurrency  = []struct{ word, currency string }{{"usd", "USD"}, {"dollars", "USD"}, {"eur", "EUR"}, {"euros", "EUR"}, {"fcfa", "XOF"},
		{"cfa", "XOF"}, {"xof", "XOF"}, {"xaf", "XAF"}, {"gbp", "GBP"}, {"chf", "CHF"}, {"mga", "MGA"}, {"jpy", "JPY"}, {"mad", "MAD"}}
)

// unit is what a heading says of the amounts below it.
type unit struct {
	currency string // "" for none
	times    float64
}

// unitOf reads a heading: "Budget (k€)" is in thousands of euros, and the OECD
// gives millions of dollars. It is asked for every row, and looks once.
func (p *planner) unitOf(heading string) unit {
	u, ok := p.units[heading]
	if !ok {
		u.currency, u.times = readUnit(heading)
		if p.units == nil {
			p.units = map[string]unit{}
		}
		p.units[heading] = u
	}
	return u
}

func readUnit(heading string) (currency string, times float64) {
	times = 1
	switch {
	case crsAmount.MatchString(heading):
		return "USD", 1e6
	case thousandsOf.MatchString(heading):
		times = 1e3
	case millionsOf.MatchString(heading):
		times = 1e6
	}
	for sign, code := range signCurrency {
		if strings.Contains(heading, sign) {
			return code, times
		}
	}
	folded := " " + foldHeading(heading) + " "
	for _, w := range wordCurrency {
		if strings.Contains(folded, " "+w.word+" ") {
			return w.currency, times
		}
	}
	return "", times
}

// readAmount reads an amount as written in a column of a unit; about tells that
// it is said to be one only nearly.
func readAmount(cell string, of unit) (m repertoire.Money, about bool, err error) {
	currency, times := of.currency, of.times
	s := aboutAmount.ReplaceAllString(cell, "")
	about = s != cell
	if g := amountSign.FindStringSubmatch(s); g != nil && (g[1] != "€" && g[2] != "€") {
		currency = signCurrency[g[1]+g[2]]
		s = amountSign.ReplaceAllString(s, "")
	}
	bare := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(s)
	if englishNumber.MatchString(bare) && (currency == "USD" || currency == "GBP" || strings.Contains(bare, ".")) {
		bare = strings.ReplaceAll(bare, ",", "")
		s = strings.Replace(bare, ".", ",", 1)
	}
	if decimalOnly.MatchString(bare) && (times != 1 || strings.ContainsAny(bare, "eE")) {
		v, bad := strconv.ParseFloat(strings.Replace(bare, ",", ".", 1), 64)
		if cents := math.Round(v * times * 100); bad == nil && math.Abs(cents) < 1e15 {
			return repertoire.Money{Cents: int64(cents), Currency: cmp.Or(currency, "EUR")}, about, nil
		}
	}
	if m, err = repertoire.ParseMoney(s); err == nil && currency != "" && !saysCurrency(s) {
		m.Currency = currency
	}
	return m, about, err
}

// saysCurrency tells whether an amount names its own.
func saysCurrency(s string) bool {
	return strings.ContainsAny(s, "€$£¥") || strings.IndexFunc(s, func(r rune) bool { return r >= 'A' && r <= 'z' }) >= 0
}
