package search

import (
	"math"

	"repertoire/internal/repertoire"
)

// What a match is worth, by where and how. Set on the judged queries of
// testdata: title and names over themes over texts, exact over stemmed,
// anything typed over anything we thought of ourselves.
const (
	weightName     = 5.0
	weightTitle    = 3.5 // another form of a word of the title or of a name
	weightSubject  = 2.0 // a name that holds the word of a theme, as Morne-à-l’Eau
	weightWhole    = 4.0 // the words are the whole name, not a part of it
	weightHeading  = 3.0
	weightMain     = 1.0 // more for the theme of highest priority
	weightText     = 1.0
	weightOften    = 0.5 // more for a word that comes again and again
	weightExact    = 0.4 // the form typed itself, beside its stem
	weightCode     = 8.0
	weightCountry  = 4.0
	weightKind     = 2.0 // the kind of link or the form asked for
	weightUp       = 0.15
	weightTheme    = 2.2 // filed under a theme of that name
	weightSame     = 0.75
	weightSynonym  = 0.3
	mostSynonym    = 3.0 // so that no neighbour goes before the word itself
	weightPrefix   = 0.55
	weightOptional = 0.5
)

// priorOf says what the status is worth: who looks for a partner looks for one
// that lives.
func priorOf(status string) float32 {
	switch repertoire.Status(status) {
	case repertoire.StatusActive:
		return 1
	case repertoire.StatusPlanned:
		return 0.96
	case repertoire.StatusDormant:
		return 0.9
	case repertoire.StatusSuspended:
		return 0.88
	case repertoire.StatusEnded:
		return 0.82
	}
	return 0.92
}

// freshPrior favours what was verified lately, in the order of freshness.
var freshPrior = [4]float32{1, 0.97, 0.94, 0.92}

func (x *row) worth(today int32) float32 { return x.prior * freshPrior[freshnessOf(x.verified, today)] }

// rarity is the weight of a word met in df of n partnerships (BM25's form).
func rarity(df, n int) float32 {
	return float32(math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5)))
}
