package workspace

import (
	"context"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// Many entries change as one and come back as one.
func TestBulkEditIsOneChange(t *testing.T) {
	w := sampled(t)
	q := searches.Query{Text: "pays:MG"}
	all := find(t, w, q).Total
	before := find(t, w, searches.Query{Text: "pays:MG statut:suspendu"}).Total
	edits := []records.BulkEdit{{Field: records.BulkStatus, Value: string(repertoire.StatusSuspended)}}

	dry, err := w.Records().BulkEdit(t.Context(), records.BulkTarget{Query: q}, edits, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	if dry.Total != all || dry.Changed+dry.Unchanged+dry.Refused != all || dry.Unchanged != before || dry.Change != "" ||
		len(dry.Lines) != dry.Changed {
		t.Fatalf("preview of %d (%d already so): %+v", all, before, dry)
	}
	if f := dry.Lines[0].Fields[0]; f.Label != "Statut" || f.After != "Suspendu" || f.Before == "Suspendu" {
		t.Errorf("preview says %+v", f)
	}
	if n := find(t, w, searches.Query{Text: "pays:MG statut:suspendu"}).Total; n != before {
		t.Fatalf("a preview wrote: %d", n)
	}

	done, err := w.Records().BulkEdit(t.Context(), records.BulkTarget{Query: q}, edits, false, quiet)
	if err != nil || done.Change == "" || done.Changed != dry.Changed {
		t.Fatalf("%+v, %v", done, err)
	}
	if n := find(t, w, searches.Query{Text: "pays:MG statut:suspendu"}).Total; n != before+done.Changed {
		t.Errorf("%d suspended, want %d", n, before+done.Changed)
	}
	last, err := w.History().LastChange(t.Context())
	if err != nil || last.ID != done.Change || !strings.Contains(last.Label, "Statut : Suspendu") {
		t.Errorf("last change: %+v, %v", last, err)
	}
	if _, err := w.History().Undo(t.Context(), done.Change, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if n := find(t, w, searches.Query{Text: "pays:MG statut:suspendu"}).Total; n != before {
		t.Errorf("after undo %d suspended, want %d", n, before)
	}
}

func TestBulkEditKinds(t *testing.T) {
	w := sampled(t)
	id := find(t, w, searches.Query{Text: "pays:MG", Limit: 1}).Hits[0].ID
	p, err := w.Records().Partnership(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	theme := ""
	for _, x := range w.Themes() {
		if x.Code != p.Theme() {
			theme = x.Code
		}
	}
	for _, e := range []records.BulkEdit{{Field: records.BulkThemeAdd, Value: theme}, {Field: records.BulkCountryGroup, Value: "oui"},
		{Field: records.BulkSource, Value: "Enquête 2026"}, {Field: records.BulkVerified, Value: ""},
		{Field: records.BulkType, Value: string(repertoire.TypeTwinning)},
		{Field: records.BulkFormality, Value: string(repertoire.FormalityNone)}, {Field: records.BulkThemeRemove, Value: theme}} {
		if _, err := w.Records().BulkEdit(t.Context(), records.BulkTarget{IDs: []repertoire.ID{id}}, []records.BulkEdit{e}, false,
			nil); err != nil {
			t.Errorf("%v: %v", e, err)
		}
	}
	p, _ = w.Records().Partnership(t.Context(), id)
	if p.Source != "Enquête 2026" || !p.CountryGroup || p.Verified != "2026-11-23" || p.Type != repertoire.TypeTwinning {
		t.Errorf("after the edits: %+v", p)
	}
	// The last répertoire cannot go: an entry without one would be lost.
	r, err := w.Records().BulkEdit(t.Context(), records.BulkTarget{IDs: []repertoire.ID{id}},
		[]records.BulkEdit{{Field: records.BulkDirectoryRemove, Value: p.Directories[0]}}, false, nil)
	if err != nil || r.Refused+r.Changed != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	for _, e := range []records.BulkEdit{{Field: records.BulkStatus, Value: "vif"}, {Field: records.BulkThemeAdd, Value: "99.9"},
		{Field: records.BulkDirectoryAdd, Value: "atlantide"}, {Field: records.BulkCountryGroup, Value: ""}, {Field: "notes", Value: "x"}} {
		if _, err := w.Records().BulkEdit(t.Context(), records.BulkTarget{IDs: []repertoire.ID{id}}, []records.BulkEdit{e}, false,
			nil); err == nil {
			t.Errorf("%v was taken", e)
		}
	}
}

// Stopped half way, nothing is written.
func TestBulkEditCancelled(t *testing.T) {
	w := sampled(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Records().BulkEdit(ctx, records.BulkTarget{Query: searches.Query{Text: "pays:MG"}},
		[]records.BulkEdit{{Field: records.BulkSource, Value: "x"}}, false, nil); err == nil {
		t.Error("a cancelled edit says nothing")
	}
	if last, _ := w.History().LastChange(t.Context()); last != nil && strings.Contains(last.Label, "en lot") {
		t.Error("a cancelled edit was written")
	}
}

func TestCompareEntries(t *testing.T) {
	w := sampled(t)
	hits := find(t, w, searches.Query{Text: "pays:MG", Limit: 3}).Hits
	if len(hits) < 3 {
		t.Skip("too few")
	}
	c, err := w.History().CompareEntries(t.Context(), []repertoire.ID{hits[0].ID, hits[1].ID, hits[2].ID})
	if err != nil || len(c.Entries) != 3 || c.Entries[1].Title != hits[1].Title {
		t.Fatalf("%+v, %v", c, err)
	}
	if c.Lines[0].Field != "parties" || !c.Lines[0].Differ || len(c.Lines[0].Values) != 3 {
		t.Errorf("first line: %+v", c.Lines[0])
	}
	if _, err := w.History().CompareEntries(t.Context(), []repertoire.ID{hits[0].ID}); err == nil {
		t.Error("one partnership is compared with nothing")
	}
}
