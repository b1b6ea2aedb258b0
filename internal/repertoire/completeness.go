package repertoire

import (
	"slices"
	"sync"
)

// Completeness says how much of what a reader looks for an entry holds.
type Completeness struct {
	// Percent is 0 to 100.
	Percent int `json:"percent"`
	// Missing lists what would bring points, heaviest first.
	Missing []Shortcoming `json:"missing,omitempty"`
}

// Shortcoming is one reason for a score below 100.
type Shortcoming struct {
	Field   string `json:"field"` // JSON name
	Points  int    `json:"points"`
	Message string `json:"message"` // French sentence: what to add
}

// expectation is what one field of an entry should hold.
type expectation struct {
	Shortcoming
	met func(*Partnership) bool
}

// expectations are what an entry of the Atlas of the MEAE and the answers
// that readers of the books ask for hold; points by how often a reader misses
// them, 100 in all. The heaviest come first.
var expectations = sync.OnceValue(func() []expectation {
	var out []expectation
	for _, f := range DeclaredPartnership.Fields {
		for _, e := range f.Expected {
			met := e.Met
			if met == nil {
				met = func(p *Partnership) bool { return f.Filled(p) }
			}
			out = append(out, expectation{Shortcoming{f.Name, e.Points, e.Message}, met})
		}
	}
	slices.SortStableFunc(out, func(a, b expectation) int { return b.Points - a.Points })
	return out
})

// Completeness scores the entry and gives the reasons.
func (p *Partnership) Completeness() Completeness {
	c := Completeness{Percent: 100}
	for _, e := range expectations() {
		if !e.met(p) {
			c.Percent -= e.Points
			c.Missing = append(c.Missing, e.Shortcoming)
		}
	}
	return c
}

func (p *Partnership) hasContact(side Side) bool {
	for _, c := range p.Contacts {
		if c.Side == side && c.Name != "" && (c.Email != "" || c.Phone != "") {
			return true
		}
	}
	return false
}
