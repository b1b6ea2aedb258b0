package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/atlas"
	"repertoire/internal/workspace/searches"
)

// TestEveryBarListsWhatItCounts types the search of each bar.
func TestEveryBarListsWhatItCounts(t *testing.T) {
	w := sampled(t)
	if _, err := w.Tables().Generate(t.Context(), 150, 7, "senegal", quiet); err != nil {
		t.Fatal(err)
	}
	for _, slug := range []string{"", "senegal"} {
		f, err := w.Atlas().Figures(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		bars := f.Freshness
		for _, c := range f.Charts {
			if len(c.Bars) == 0 {
				t.Errorf("%q has no bar for %s", slug, c.Facet)
			}
			bars = append(bars, c.Bars...)
		}
		for _, b := range bars {
			if r := find(t, w, searches.Query{Text: b.Query}); r.Total != b.Count {
				t.Errorf("%q: %s (%s) says %d, its search %s finds %d", slug, b.Label, b.Value, b.Count, b.Query, r.Total)
			}
		}
		for _, b := range f.Completeness {
			rows, err := w.Atlas().Lacking(t.Context(), slug, b.Value, 10000)
			if err != nil || len(rows) != f.Partnerships-b.Count {
				t.Errorf("%q: %s counts %d of %d, %d lack it: %v", slug, b.Label, b.Count, f.Partnerships, len(rows), err)
			}
		}
		for value, n := range heldBy(t, w, slug) {
			for _, b := range f.Completeness {
				if b.Value == value && b.Count != n {
					t.Errorf("%q: %s counts %d, the entries say %d", slug, b.Label, b.Count, n)
				}
			}
		}
		total := 0
		for _, b := range f.Freshness {
			total += b.Count
		}
		if total != f.Partnerships || f.UpToDate > total || f.French == 0 || f.Foreign == 0 || f.Active == 0 {
			t.Errorf("%q: %+v", slug, f)
		}
	}
}

// heldBy counts what entries hold by reading them one by one.
func heldBy(t *testing.T, w *Workspace, slug string) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := w.Searches().EachResult(t.Context(), searches.Query{Directory: slug}, nil, "",
		func(p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority) error {
			note := func(value string, holds bool) {
				if holds {
					out[value]++
				} else {
					out[value] += 0
				}
			}
			public, placed := false, map[repertoire.Side]bool{}
			for _, c := range p.Contacts {
				x, may := c.Published()
				public = public || may && (x.Email != "" || x.Phone != "")
			}
			for _, x := range p.Parties {
				a := find(x.Authority)
				placed[x.Side] = placed[x.Side] || a != nil && a.Latitude != nil && a.Longitude != nil
			}
			note("theme", len(p.Themes) > 0)
			note("objectives", p.Objectives != "")
			note("contact", public)
			note("convention", p.Formality == repertoire.FormalityConvention || len(p.Conventions) > 0)
			note("project", len(p.Projects) > 0)
			note("places", placed[repertoire.SideFrench] && placed[repertoire.SideForeign])
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFiguresFollowTheEntries(t *testing.T) {
	w := sampled(t)
	before, err := w.Atlas().Figures(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	p := one(t, w, "Lille Saint-Louis")
	p.Objectives, p.Themes = "Apprendre l’un de l’autre.", []string{w.Themes()[0].Code}
	p.Contacts = append(p.Contacts, repertoire.Contact{Side: repertoire.SideFrench, Name: "Awa Ndiaye", Email: "awa@example.org",
		PublishName: true, PublishEmail: true, LegalBasis: "consentement", AgreedOn: "2026-01-02", Proof: "courriel"})
	was, err := w.Records().Partnership(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	count := func(f atlas.Figures, value string) int {
		for _, b := range f.Completeness {
			if b.Value == value {
				return b.Count
			}
		}
		return -1
	}
	after, err := w.Atlas().Figures(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(was.Contacts) == 0 && count(after, "contact") != count(before, "contact")+1 {
		t.Errorf("contacts: %d then %d", count(before, "contact"), count(after, "contact"))
	}
	// An objection takes the person out of what may be printed.
	p.Contacts[len(p.Contacts)-1].Objected = true
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if after, err = w.Atlas().Figures(t.Context(), ""); err != nil || len(was.Contacts) == 0 &&
		count(after, "contact") != count(before, "contact") {
		t.Errorf("contacts after an objection: %d, %v", count(after, "contact"), err)
	}
}

func TestFiguresLeaveAsAList(t *testing.T) {
	w := sampled(t)
	file := filepath.Join(t.TempDir(), "chiffres.csv")
	if err := w.Atlas().ExportFigures(t.Context(), "japon", "csv", file); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), "Ensemble;Partenariats;") || !strings.Contains(string(data), "Complétude;Objectifs;") {
		t.Errorf("%v\n%s", err, data)
	}
	if err := w.Atlas().ExportFigures(t.Context(), "japon", "json", file); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("json: %v", err)
	}
	if _, err := w.Atlas().Figures(t.Context(), "nulle-part"); err == nil {
		t.Error("an unknown répertoire is counted")
	}
}

// Figures: at 100,000 at most 3 s (2.6 measured: 490 MB of records are read once)
// beside the window, which shows the figures of
// before meanwhile.
func BenchmarkFigures(b *testing.B) {
	for size := range strings.SplitSeq(*benchSizes, ",") {
		w := benchWorkspace(b, size)
		b.Run(size, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.Atlas().Figures(b.Context(), ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
