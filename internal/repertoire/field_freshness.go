package repertoire

import "time"

// Trust says how far the content of one field can be trusted.
type Trust int

// A field is fresh for a year, ages during the next, and is stale after two.
const (
	TrustNever Trust = iota // nobody ever confirmed it
	TrustStale
	TrustAgeing
	TrustFresh
)

// Confirmable tells whether the freshness of a field (JSON name) is kept.
func Confirmable(field string) bool {
	f := DeclaredPartnership.Field(field)
	return f != nil && f.Has(Confirmed)
}

// Trust says how far a field can be trusted at a moment, and the confirmation
// that says so; filled is false for an empty field, of which there is nothing
// to confirm. The verification of the whole entry counts for each field.
func (p *Partnership) Trust(field string, now time.Time) (trust Trust, last Confirmation, filled bool) {
	if f := DeclaredPartnership.Field(field); f == nil || !f.Has(Confirmed) || !f.Filled(p) {
		return TrustNever, last, false
	}
	last = p.Confirmations[field]
	if day, err := time.Parse("2006-01-02", string(p.Verified.first())); err == nil && DateOf(last.At.UTC()) < DateOf(day) {
		last = Confirmation{At: day}
	}
	switch {
	case last.At.IsZero():
		return TrustNever, last, true
	case last.At.Before(now.AddDate(-2, 0, 0)):
		return TrustStale, last, true
	case last.At.Before(now.AddDate(-1, 0, 0)):
		return TrustAgeing, last, true
	}
	return TrustFresh, last, true
}
