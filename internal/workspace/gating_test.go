package workspace

import (
	"bytes"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
)

// All that stands between a draft and the press is in one list, each line with
// the entry and the field that somebody must open.
func TestGateNamesEveryFault(t *testing.T) {
	w := sampled(t)
	ids := entriesOf(t, w, "liban")
	logo, err := w.Store.Media().Put(bytes.NewReader(picture(t, 30, 20)))
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.Records().Directory(t.Context(), "liban")
	if err != nil {
		t.Fatal(err)
	}
	d.Logos = []repertoire.Picture{{Media: logo, Alt: "Logo"}}
	if _, err := w.Records().SaveDirectory(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	changed(t, w, ids[0], func(p *repertoire.Partnership) {
		p.Themes, p.Verified = []string{"3.1"}, "2019-03-01"
		p.Contacts = []repertoire.Contact{{ID: "a", Side: repertoire.SideFrench, Name: "Hortense Retenue"}}
		p.History = "Tout commence avec Hortense Retenue."
		p.Pictures = []repertoire.Picture{{Media: logo, Caption: "Le port"}}
	})
	changed(t, w, ids[1], func(p *repertoire.Partnership) { p.Title, p.Themes = strings.Repeat("W", 200), nil })
	twin, err := w.Records().Partnership(t.Context(), ids[2])
	if err != nil {
		t.Fatal(err)
	}
	twin.ID, twin.Version = "", 0
	twin, err = w.Records().SavePartnership(t.Context(), twin)
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.Books().Gate(t.Context(), "liban", quiet)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		kind, severity, field string
		entries               []repertoire.ID
	}{
		{books.GateOverflow, "refuse", "title", ids[1:2]},
		{"theme", "warn", "themes", ids[1:2]},
		{"stale", "warn", "verified", ids[:1]},
		{"contact", "refuse", "history", ids[:1]},
		{"contact", "warn", "contacts.0", ids[:1]},
		{"duplicate", "warn", "parties", []repertoire.ID{ids[2], twin.ID}},
		{string(layout.WarnResolution), "warn", "logos.0", []repertoire.ID{""}},
		{books.GateValidation, "warn", "pictures.0.alt", ids[:1]},
	} {
		found := false
		for _, l := range r.Lines {
			for _, e := range want.entries {
				found = found || l.Kind == want.kind && l.Severity == want.severity && l.Field == want.field && l.Entry == e &&
					l.Message != ""
			}
		}
		if !found {
			t.Errorf("no line %s (%s) for the field %s", want.kind, want.severity, want.field)
		}
	}
	if r.OK || r.Pages == 0 || r.Entries != 6 {
		t.Errorf("OK %v, %d pages, %d entries", r.OK, r.Pages, r.Entries)
	}
	if t.Failed() {
		for _, l := range r.Lines {
			t.Logf("%+v", l)
		}
	}
	for i, l := range r.Lines[1:] {
		if l.Severity < r.Lines[i].Severity {
			t.Fatal("what must be mended does not come first")
		}
	}
}
