package repertoire

import (
	"bytes"
	"encoding/json"
	"maps"
	"time"
)

// Sources of confirmations, as histories show them.
const (
	SourceEntry     = "saisie"
	SourceUnchanged = "confirmé sans changement"
)

// confirmable are the fields whose freshness is kept, in the order of the
// form: the content that a partner can confirm.
var confirmable = [...]string{"title", "parties", "type", "formality", "status", "first_year", "start", "end", "conventions",
	"context", "history", "objectives", "description", "themes", "projects", "exchanges", "actors", "contacts", "links",
	"pictures", "attachments", "country_group"}

// ConfirmChanges notes in p that the fields in which it differs from before
// were confirmed by c, and forgets the confirmation of those that are now
// empty. A nil before is a new record: every filled field is confirmed.
// Confirmations already in p that differ from before's are the caller's own
// and stay.
func (p *Partnership) ConfirmChanges(before *Partnership, c Confirmation) error {
	was, old := map[string]json.RawMessage{}, map[string]Confirmation{}
	if before != nil {
		var err error
		if was, err = contentOf(before); err != nil {
			return err
		}
		old = before.Confirmations
	}
	now, err := contentOf(p)
	if err != nil {
		return err
	}
	next := maps.Clone(p.Confirmations)
	if next == nil {
		next = map[string]Confirmation{}
	}
	for _, field := range confirmable {
		value, filled := now[field]
		switch {
		case !filled:
			delete(next, field)
		case bytes.Equal(value, was[field]):
		case next[field] == old[field]:
			next[field] = c
		}
	}
	p.Confirmations = next
	if len(next) == 0 {
		p.Confirmations = nil
	}
	return nil
}

// Confirm notes that the named fields (JSON names) are right as they are, all
// filled ones when none is named; then the whole entry is verified that day.
func (p *Partnership) Confirm(c Confirmation, fields ...string) error {
	now, err := contentOf(p)
	if err != nil {
		return err
	}
	if len(fields) == 0 {
		fields = confirmable[:]
		p.Verified = DateOf(c.At)
	}
	next := maps.Clone(p.Confirmations)
	if next == nil {
		next = map[string]Confirmation{}
	}
	for _, field := range fields {
		if _, filled := now[field]; filled {
			next[field] = c
		}
	}
	p.Confirmations = next
	return nil
}

// contentOf gives the filled confirmable fields of p as raw JSON.
func contentOf(p *Partnership) (map[string]json.RawMessage, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, Fault(err, "La fiche ne peut pas être comparée.")
	}
	all, err := fieldsOf(raw)
	if err != nil {
		return nil, Fault(err, "La fiche ne peut pas être comparée.")
	}
	out := make(map[string]json.RawMessage, len(confirmable))
	for _, field := range confirmable {
		switch v := all[field]; string(v) {
		case "", "null", "[]", "{}", `""`, "0", "false":
		default:
			out[field] = v
		}
	}
	return out, nil
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
	for _, e := range p.essentials() {
		field := e.field
		if !e.filled {
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

// essential is a field without which an entry is of little use to a reader.
type essential struct {
	field  string
	filled bool
}

func (p *Partnership) essentials() [8]essential {
	return [...]essential{{"parties", len(p.Parties) > 0}, {"type", p.Type != ""}, {"status", p.Status != ""}, {"first_year", p.FirstYear != 0},
		{"themes", len(p.Themes) > 0}, {"objectives", p.Objectives != ""}, {"projects", len(p.Projects) > 0}, {"contacts", len(p.Contacts) > 0}}
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
