package repertoire

import (
	"reflect"
	"testing"
	"time"
)

func entry() *Partnership {
	return &Partnership{ID: "p", Directories: []string{"senegal"}, Type: TypeTwinning, Status: StatusActive, FirstYear: 1978,
		Objectives: "Eau", Themes: []string{"3.1"}, Projects: []Project{{ID: "x", Title: "Forage"}},
		Contacts: []Contact{{ID: "c", Side: SideFrench, Name: "A. Diop", Email: "a@exemple.fr"}},
		Parties:  []Party{{"a", SideFrench, true}, {"b", SideForeign, true}}}
}

func on(day string) Confirmation {
	t, _ := time.Parse("2006-01-02", day)
	return Confirmation{At: t, By: "Awa", Source: SourceEntry}
}

func TestOnlyChangedFieldsAreConfirmed(t *testing.T) {
	before, p := entry(), entry()
	before.Confirm(on("2025-01-01"))
	p.Confirmations = before.Confirmations
	p.Objectives, p.FirstYear = "Eau et jeunesse", 0
	p.ConfirmChanges(before, on("2026-02-02"))
	if p.Confirmations["objectives"] != on("2026-02-02") || p.Confirmations["themes"] != on("2025-01-01") {
		t.Fatalf("got %v", p.Confirmations)
	}
	if _, kept := p.Confirmations["first_year"]; kept {
		t.Fatal("an emptied field keeps its confirmation")
	}
	if before.Confirmations["objectives"] != on("2025-01-01") {
		t.Fatal("the record before was written to")
	}
}

func TestANewRecordIsConfirmedWhereFilled(t *testing.T) {
	p := entry()
	p.ConfirmChanges(nil, on("2026-02-02"))
	if len(p.Confirmations) != 8 || p.Verified != "" {
		t.Fatalf("got %v, verified %q", p.Confirmations, p.Verified)
	}
}

func TestTheCallersOwnConfirmationStays(t *testing.T) {
	before, p := entry(), entry()
	p.Objectives = "Autre"
	mine := Confirmation{At: on("2026-01-05").At, By: "Lille", Source: "questionnaire 2026"}
	p.Confirmations = map[string]Confirmation{"objectives": mine}
	p.ConfirmChanges(before, on("2026-02-02"))
	if p.Confirmations["objectives"] != mine {
		t.Fatalf("got %v", p.Confirmations)
	}
}

func TestFreshness(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Partnership)
		want   Freshness
	}{
		{"never confirmed", func(*Partnership) {}, Freshness{Due: "1900-01-01"}},
		{"verified whole", func(p *Partnership) { p.Verified = "2025-06-10" }, Freshness{Confirmed: "2025-06-10", Due: "2026-06-10"}},
		{"verified in a year", func(p *Partnership) { p.Verified = "2025" }, Freshness{Confirmed: "2025-01-01", Due: "2026-01-01"}},
		{"one field newer changes nothing", func(p *Partnership) {
			p.Verified = "2025-06-10"
			p.Confirmations = map[string]Confirmation{"themes": on("2026-01-01")}
		}, Freshness{Confirmed: "2025-06-10", Due: "2026-06-10"}},
		{"empty fields bring it forward", func(p *Partnership) {
			p.Verified, p.Themes, p.Contacts = "2025-06-10", nil, nil
		}, Freshness{Confirmed: "2025-06-10", Missing: []string{"themes", "contacts"}, Due: "2026-02-10"}},
		{"never confirmed and empty comes first", func(p *Partnership) { p.Themes = nil },
			Freshness{Missing: []string{"themes"}, Due: "1899-11-01"}},
	} {
		p := entry()
		c.change(p)
		got := p.Freshness()
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v; want %+v", c.name, got, c.want)
		}
	}
}

func TestCompletenessGivesItsReasons(t *testing.T) {
	sum := 0
	for _, e := range expectations() {
		sum += e.Points
	}
	if sum != 100 {
		t.Fatalf("the points add up to %d", sum)
	}
	empty := (&Partnership{}).Completeness()
	if empty.Percent != 0 || len(empty.Missing) != len(expectations()) || empty.Missing[0].Field != "parties" {
		t.Fatalf("empty: %+v", empty)
	}
	p := entry()
	if got := p.Completeness(); got.Percent != 100-5-4-4-2-2 {
		t.Fatalf("got %+v", got)
	}
	p.Themes = nil
	if got := p.Completeness(); got.Missing[0].Field != "themes" || got.Missing[0].Points != 12 {
		t.Fatalf("got %+v", got)
	}
}
