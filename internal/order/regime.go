package order

import "repertoire/internal/repertoire"

// Regime is a way of being taxed, set once for the house.
type Regime string

// The regimes, as stored and typed. Rates in force on 1 January 2026 for books
// (CGI art. 278-0 bis, A, 3°: 5,5 %, paper or digital).
const (
	RegimeBooks     Regime = "livres"  // 5,5 %
	RegimeNonProfit Regime = "261-7-1" // works of non-profit bodies
	RegimeSmall     Regime = "293-b"   // franchise en base
)

// Regimes lists them with the words of the settings.
var Regimes = repertoire.Choices[Regime]{
	{Value: RegimeBooks, Label: "TVA à 5,5 % (livres)"},
	{Value: RegimeNonProfit, Label: "Organisme sans but lucratif (art. 261-7-1° du CGI)"},
	{Value: RegimeSmall, Label: "Franchise en base (art. 293 B du CGI)"},
}

// Mention is the sentence an invoice must bear, "" when VAT is charged.
func (r Regime) Mention() string {
	switch r {
	case RegimeNonProfit:
		return "Exonération de TVA, art. 261-7-1° du CGI"
	case RegimeSmall:
		return "TVA non applicable, art. 293 B du CGI"
	}
	return ""
}

// Rates gives those of books and of postage. Postage billed with goods follows
// them (CGI art. 267, I, 2°): the house may set another rate.
func (s Settings) Rates() (books, postage Rate) {
	if s.Regime != RegimeBooks {
		return 0, 0
	}
	return s.BookRate, s.PostageRate
}
