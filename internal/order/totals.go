package order

import (
	"cmp"
	"slices"
)

// Basis says what unit prices mean.
type Basis string

// With is prices with VAT, as books are sold in France; Without is before it.
const (
	With    Basis = "ttc"
	Without Basis = "ht"
)

// VAT is what one rate of one treatment comes to. Net + Tax = Gross.
type VAT struct {
	Rate  Rate      `json:"rate"`
	VAT   Treatment `json:"vat,omitempty"`
	Net   Cents     `json:"net"`
	Tax   Cents     `json:"tax"`
	Gross Cents     `json:"gross"`
}

// Totals is what lines come to. Lines holds the amount without VAT of each
// line, in their order; their sum is Net.
type Totals struct {
	Lines []Cents `json:"lines"`
	Rates []VAT   `json:"rates"` // lowest first
	Net   Cents   `json:"net"`
	Tax   Cents   `json:"tax"`
	Gross Cents   `json:"gross"`
}

// Total adds lines up; see the package's word on rounding.
func Total(basis Basis, lines []Line) Totals {
	t := Totals{Lines: make([]Cents, len(lines)), Rates: []VAT{}}
	type key struct {
		rate Rate
		vat  Treatment
	}
	sums := map[key]Cents{}
	for _, l := range lines {
		sums[key{l.Rate, l.VAT}] += l.Amount()
	}
	for k, sum := range sums {
		v := VAT{Rate: k.rate, VAT: k.vat}
		if basis == With {
			v.Gross, v.Net = sum, k.rate.within(sum)
			v.Tax = v.Gross - v.Net
		} else {
			v.Net, v.Tax = sum, k.rate.of(sum)
			v.Gross = v.Net + v.Tax
		}
		t.Rates = append(t.Rates, v)
		t.Net, t.Tax, t.Gross = t.Net+v.Net, t.Tax+v.Tax, t.Gross+v.Gross
	}
	slices.SortFunc(t.Rates, func(a, b VAT) int { return cmp.Or(cmp.Compare(a.Rate, b.Rate), cmp.Compare(a.VAT, b.VAT)) })
	for _, v := range t.Rates {
		share(t.Lines, lines, basis, v)
	}
	return t
}

// share spreads the net amount of a rate over its lines: each gets its own
// rounded down, and the cents left go where most was cut off, so that the
// lines add up to the total that is printed below them.
func share(out []Cents, lines []Line, basis Basis, v VAT) {
	type part struct {
		line int
		cut  int64
	}
	var parts []part
	left := v.Net
	for i, l := range lines {
		if l.Rate != v.Rate || l.VAT != v.VAT {
			continue
		}
		if basis == Without {
			out[i] = l.Amount()
			continue
		}
		n, d := int64(l.Amount())*int64(hundred), int64(hundred+v.Rate)
		out[i] = Cents(n / d)
		left -= out[i]
		parts = append(parts, part{i, n % d})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.cut, a.cut) })
	for i := 0; left > 0 && i < len(parts); i++ {
		out[parts[i].line]++
		left--
	}
}
