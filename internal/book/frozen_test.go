package book

import (
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// What is for the desk alone is gone from the entries themselves: whoever sets
// them, on paper or on the web, has none of it in hand.
func TestEntriesHoldNothingOfTheDesk(t *testing.T) {
	in := longInput().in
	for i := range in.Partnerships {
		p := &in.Partnerships[i]
		p.Notes = "Rappeler le cabinet."
		p.Attachments = []repertoire.Attachment{{Media: "x", Name: "lettre.pdf"}}
		p.Confirmations = map[string]repertoire.Confirmation{"objectives": {At: time.Now(), By: "Awa"}}
	}
	c := newComposer(in)
	if len(c.entries) == 0 {
		t.Fatal("no entry was looked at")
	}
	for _, e := range c.entries {
		if e.p.Notes != "" || e.p.Attachments != nil || e.p.Confirmations != nil {
			t.Fatalf("%s goes on with %q, %v, %v", e.title, e.p.Notes, e.p.Attachments, e.p.Confirmations)
		}
	}
}
