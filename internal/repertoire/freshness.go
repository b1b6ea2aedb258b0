package repertoire

import (
	"maps"
	"slices"
	"time"
)

// Sources of confirmations, as histories show them.
const (
	SourceEntry     = "saisie"
	SourceUnchanged = "confirmé sans changement"
)

// ConfirmChanges notes in p that the fields in which it differs from before
// were confirmed by c, and forgets the confirmation of those that are now
// empty. A nil before is a new record: every filled field is confirmed.
// Confirmations already in p that differ from before's are the caller's own
// and stay.
func (p *Partnership) ConfirmChanges(before *Partnership, c Confirmation) {
	old := map[string]Confirmation{}
	if before != nil {
		old = before.Confirmations
	}
	next := maps.Clone(p.Confirmations)
	if next == nil {
		next = map[string]Confirmation{}
	}
	for _, f := range DeclaredPartnership.With(Confirmed) {
		switch {
		case !f.Filled(p):
			delete(next, f.Name)
		case before != nil && f.Same(p, before):
		case next[f.Name] == old[f.Name]:
			next[f.Name] = c
		}
	}
	p.Confirmations = next
	if len(next) == 0 {
		p.Confirmations = nil
	}
}

// Confirm notes that the named fields (JSON names) are right as they are, all
// filled ones when none is named; then the whole entry is verified that day.
func (p *Partnership) Confirm(c Confirmation, fields ...string) {
	next := maps.Clone(p.Confirmations)
	if next == nil {
		next = map[string]Confirmation{}
	}
	for _, f := range DeclaredPartnership.With(Confirmed) {
		if f.Filled(p) && (len(fields) == 0 || slices.Contains(fields, f.Name)) {
			next[f.Name] = c
		}
	}
	if len(fields) == 0 {
		p.Verified = DateOf(c.At)
	}
	p.Confirmations = next
}

// Freshness says how far an entry can be trusted today.
type Freshness struct {
	// Confirmed is the day since which every filled essential field is
	// confirmed: the oldest of theirs; "" when one never was.
	Confirmed Date `json:"confirmed,omitempty"`
	// Missing are the essential fields that are empty, JSON names.
	Missing []string `json:"missing,omitempty"`
	// Due is the day from which the entry is to be verified: a year after
	// Confirmed, two months sooner for each missing field. Entries never
	// confirmed are due since 1900. It orders the queue "À vérifier".
	Due Date `json:"due"`
}

// Freshness computes it from the confirmations and the day of verification.
func (p *Partnership) Freshness() Freshness {
	var f Freshness
	oldest, never := Date("9999-12-31"), false
	for _, essential := range DeclaredPartnership.With(Essential) {
		field := essential.Name
		if !essential.Filled(p) {
			f.Missing = append(f.Missing, field)
			continue
		}
		day := p.Verified.first()
		if c, ok := p.Confirmations[field]; ok {
			day = max(day, DateOf(c.At.UTC()))
		}
		never = never || day == ""
		oldest = min(oldest, day)
	}
	if !never && oldest != "9999-12-31" {
		f.Confirmed = oldest
	}
	base := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	if t, err := time.Parse("2006-01-02", string(f.Confirmed)); err == nil {
		base = t.AddDate(1, 0, 0)
	}
	f.Due = DateOf(base.AddDate(0, -2*len(f.Missing), 0))
	return f
}

// first gives the first day of a date known to the month or the year only.
func (d Date) first() Date {
	d = d.Plain()
	switch len(d) {
	case 4:
		return d + "-01-01"
	case 7:
		return d + "-01"
	}
	return d
}
