package form

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
)

var words = campaign.Words{Today: "2027-03-03", Themes: []repertoire.Theme{{Code: "3.1", Label: "Eau et assainissement"},
	{Code: "2.3", Label: "Jeunesse"}, {Code: "1", Label: "Gouvernance"}}}

// full is a partnership with something in every list.
func full() *repertoire.Partnership {
	return &repertoire.Partnership{ID: repertoire.NewID(), Type: repertoire.TypeCooperation, Status: repertoire.StatusActive,
		FirstYear: 1978,
		Start:     "1978-09-01", Objectives: "Apprendre l’un de l’autre.\n\n- eau\n- école", Themes: []string{"3.1", "2.3"},
		Conventions: []repertoire.Convention{{Title: "Convention-cadre", Signed: "2019-05", Until: "2024"}},
		Projects: []repertoire.Project{
			{ID: repertoire.NewID(), Title: "Eau potable", Themes: []string{"3.1"}, Start: "2019",
				Budget: repertoire.Money{Cents: 1250050, Currency: "EUR"},
				Funding: []repertoire.Funding{{Funder: "AFD", Kind: "ficol", Amount: repertoire.Euros(8000)},
					{Funder: "Ville", Kind: "propre", InKind: true}}},
			{ID: repertoire.NewID(), Title: "=Échanges scolaires", Description: "Des classes s’écrivent."}},
		Exchanges: []repertoire.Exchange{{Date: "2023-06-12", Title: "Visite"}},
		Actors:    []repertoire.Actor{{Name: "Association des amis", Role: "opérateur"}},
		Contacts: []repertoire.Contact{{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Anne Le Goff",
			Role: "chargée de mission", Email: "anne@ville.example", Phone: "+33 1 02 03 04 05", PublishName: true},
			{ID: repertoire.NewID(), Side: repertoire.SideForeign, Name: "Retirée", Objected: true}},
		Links: []repertoire.Link{{Label: "Site", URL: "https://ville.example"}}}
}

func sent(t testing.TB) (*campaign.Questionnaire, Paper) {
	t.Helper()
	r := &campaign.Request{ID: repertoire.NewID(), Campaign: repertoire.NewID()}
	q := campaign.NewQuestionnaire(r, full(), "Lille – Saint-Louis", time.Date(2027, 1, 5, 9, 0, 0, 0, time.UTC))
	key := campaign.NewKey()
	return q, Paper{Identifier: campaign.Identifier(key, q), Campaign: "Mise à jour 2027", Deadline: "31/03/2027", Sender: "CUF",
		Email: "cuf@cuf.example", Language: "fr", Words: words}
}

func TestWorkbookComesBackAsItWasSent(t *testing.T) {
	q, p := sent(t)
	for _, language := range []string{"fr", "en", "es", "pt"} {
		p.Language = language
		data, err := press.Workbook(q, p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadWorkbook("x.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(back.Identifiers, []string{p.Identifier}) || len(back.Notes) > 0 {
			t.Errorf("%s: identifiers %v, notes %v", language, back.Identifiers, back.Notes)
		}
		same(t, words.Cells(q), back.Cells)
		unchanged(t, q, back)
	}
}

func same(t *testing.T, want, got campaign.Filled) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[key]; !ok || !campaign.Same(g, want[key]) {
			t.Errorf("%s: sent %q, came back %q (%v)", key, want[key], g, ok)
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			t.Errorf("%s came back and was not sent", key)
		}
	}
}

func unchanged(t *testing.T, q *campaign.Questionnaire, back Return) {
	t.Helper()
	r := &campaign.Reply{ID: repertoire.NewID()}
	words.Answer(q, back.Cells, r)
	if len(r.Missing) > 0 || len(r.Problems) > 0 {
		t.Errorf("missing %v, problems %v", r.Missing, r.Problems)
	}
	now := repertoire.DeclaredPartnership.Copied(&q.Sent).(*repertoire.Partnership)
	for _, d := range words.Differences(q, r, now, repertoire.Names{}) {
		t.Errorf("a difference nobody made: %+v", d)
	}
}

// TestLibreOfficeSavesItAgain holds that another program's file says the same.
func TestLibreOfficeSavesItAgain(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	q, p := sent(t)
	data, err := press.Workbook(q, p)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "questionnaire.xlsx")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, as := range []string{"xlsx", "ods"} {
		out := filepath.Join(dir, as)
		cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
			"--convert-to", as, "--outdir", out, file)
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		saved, err := os.ReadFile(filepath.Join(out, "questionnaire."+as))
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadWorkbook("x."+as, saved)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(back.Identifiers, []string{p.Identifier}) {
			t.Errorf("%s: identifiers %v", as, back.Identifiers)
		}
		same(t, words.Cells(q), back.Cells)
		unchanged(t, q, back)
	}
}

func BenchmarkWorkbook(b *testing.B) {
	q, p := sent(b)
	for b.Loop() {
		if _, err := press.Workbook(q, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadWorkbook(b *testing.B) {
	q, p := sent(b)
	data, err := press.Workbook(q, p)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ReadWorkbook("x.xlsx", data); err != nil {
			b.Fatal(err)
		}
	}
}
