package store

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// gallery has five partnerships of two countries.
func gallery(t testing.TB) *story {
	s := newStory(t)
	s.apply(
		s.put(&repertoire.Directory{ID: "d1", Slug: "senegal", Short: "Sénégal", Countries: []string{"SN"}}, 0),
		s.put(&repertoire.Directory{ID: "d2", Slug: "liban", Short: "Liban", Countries: []string{"LB"}}, 0),
		s.put(french("havre", "Le Havre", 2), 0), s.put(french("evry", "Évry", 1), 0), s.put(french("lille", "Lille", 0), 0),
		s.put(foreign("dakar", "Dakar", "SN"), 0), s.put(foreign("beyrouth", "Beyrouth", "LB"), 0))
	add := func(id, a, b, dir, theme string, status repertoire.Status, year int) {
		p := pair(id, a, b)
		p.Directories, p.Themes, p.Status, p.FirstYear = []string{dir}, []string{theme}, status, year
		s.apply(s.put(p, 0))
	}
	add("lille-dakar", "lille", "dakar", "senegal", "3.1.1", repertoire.StatusActive, 1990)
	add("havre-dakar", "havre", "dakar", "senegal", "3.1", repertoire.StatusActive, 2001)
	add("evry-dakar", "evry", "dakar", "senegal", "3", repertoire.StatusEnded, 1985)
	add("lille-beyrouth", "lille", "beyrouth", "liban", "31", repertoire.StatusActive, 0)
	add("evry-beyrouth", "evry", "beyrouth", "liban", "4", repertoire.StatusDormant, 1999)
	return s
}

func TestBrowse(t *testing.T) {
	s := gallery(t)
	for _, c := range []struct {
		name  string
		query BrowseQuery
		want  string
		total int
	}{
		{"French order, article behind", BrowseQuery{}, "evry-beyrouth evry-dakar havre-dakar lille-beyrouth lille-dakar", 5},
		{"by partner", BrowseQuery{Sort: SortPartner}, "evry-beyrouth lille-beyrouth evry-dakar havre-dakar lille-dakar", 5},
		{"by year, down", BrowseQuery{Sort: SortYear, Descending: true}, "havre-dakar evry-beyrouth lille-dakar evry-dakar lille-beyrouth",
			5},
		{"newest first", BrowseQuery{Sort: SortUpdated, Descending: true, Limit: 1}, "evry-beyrouth", 5},
		{"by status", BrowseQuery{Sort: SortStatus}, "havre-dakar lille-beyrouth lille-dakar evry-beyrouth evry-dakar", 5},
		{"by theme", BrowseQuery{Sort: SortTheme}, "evry-dakar havre-dakar lille-dakar lille-beyrouth evry-beyrouth", 5},
		{"by theme, down", BrowseQuery{Sort: SortTheme, Descending: true}, "evry-beyrouth lille-beyrouth lille-dakar havre-dakar evry-dakar", 5},
		{"directory", BrowseQuery{Directory: "liban"}, "evry-beyrouth lille-beyrouth", 2},
		{"theme and below, not 31", BrowseQuery{Themes: []string{"3"}}, "evry-dakar havre-dakar lille-dakar", 3},
		{"theme below only", BrowseQuery{Themes: []string{"3.1"}}, "havre-dakar lille-dakar", 2},
		{"two themes", BrowseQuery{Themes: []string{"4", "3.1.1"}}, "evry-beyrouth lille-dakar", 2},
		{"status or status", BrowseQuery{Statuses: []string{"termine", "en-sommeil"}}, "evry-beyrouth evry-dakar", 2},
		{"country and status", BrowseQuery{Countries: []string{"SN"}, Statuses: []string{"actif"}}, "havre-dakar lille-dakar", 2},
		{"only these", BrowseQuery{Only: []repertoire.ID{"lille-dakar", "gone"}}, "lille-dakar", 1},
		{"only none", BrowseQuery{Only: []repertoire.ID{}}, "", 0},
		{"a page", BrowseQuery{Offset: 3, Limit: 1}, "lille-beyrouth", 5},
		{"past the end", BrowseQuery{Offset: 9, Limit: 1}, "", 5},
		{"type", BrowseQuery{Types: []string{"jumelage"}}, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, total, err := s.Browse(t.Context(), c.query)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range rows {
				got = append(got, string(r.ID))
			}
			if strings.Join(got, " ") != c.want || total != c.total {
				t.Fatalf("got %v of %d, want %s of %d", got, total, c.want, c.total)
			}
			if c.query.Limit == 0 {
				ids, err := s.BrowseIDs(t.Context(), c.query)
				if err != nil || len(ids) != len(got) || len(got) > 0 && string(ids[0]) != got[0] {
					t.Fatalf("IDs %v %v", ids, err)
				}
			}
		})
	}
}

func TestRowsKeepTheOrderAsked(t *testing.T) {
	s := gallery(t)
	rows, err := s.Rows(t.Context(), []repertoire.ID{"lille-dakar", "gone", "evry-dakar"})
	if err != nil || len(rows) != 2 || rows[0].ID != "lille-dakar" || rows[1].ID != "evry-dakar" {
		t.Fatalf("%+v %v", rows, err)
	}
	want := Row{ID: "lille-dakar", Version: 1, Title: "Lille – Dakar", French: "Lille", Partner: "Dakar", Country: "SN",
		Departement: "Nord",
		Directory:   "senegal", Type: repertoire.TypeCooperation, Status: repertoire.StatusActive, Theme: "3.1.1", FirstYear: 1990,
		Updated: rows[0].Updated}
	if rows[0] != want {
		t.Fatalf("got %+v", rows[0])
	}
	ps, err := s.Partnerships(t.Context(), []repertoire.ID{"lille-dakar", "gone", "evry-dakar"})
	if err != nil || len(ps) != 2 || ps[1].ID != "evry-dakar" || ps[1].Version != 1 {
		t.Fatalf("%v %v", ps, err)
	}
}

func TestFacetsLeaveTheirOwnFilterOut(t *testing.T) {
	s := gallery(t)
	facets, err := s.Facets(t.Context(), BrowseQuery{Directory: "senegal", Statuses: []string{"actif"}})
	if err != nil {
		t.Fatal(err)
	}
	for facet, want := range map[string]string{
		FacetStatus: "[{actif 2} {termine 1}]", FacetTheme: "[{3 2} {3.1 2} {3.1.1 1}]", FacetCountry: "[{SN 2}]",
		FacetDirectory: "[{senegal 2} {liban 1}]", FacetLevel: "[{commune 2}]", FacetRegion: "[{Hauts-de-France 2}]",
		FacetType: "[{cooperation-decentralisee 2}]", FacetDepartement: "[{Nord 2}]",
	} {
		if got := fmt.Sprint(facets[facet]); got != want {
			t.Errorf("%s: got %s, want %s", facet, got, want)
		}
	}
}

func TestAuthoritiesAreFoundAsPeopleType(t *testing.T) {
	s := newStory(t)
	a := french("arc", "Villeneuve-d’Ascq", 0)
	a.INSEE, a.SIREN, a.OtherNames = "59009", "215900093", []string{"Annappes"}
	s.apply(s.put(a, 0), s.put(french("ville", "Ville-sous-la-Ferté", 0), 0), s.put(foreign("x", "Villeneuve", "CA"), 0))
	for text, want := range map[string]string{
		"ville": "ville x arc", "villeneuve d'a": "arc", "ASCQ": "arc", "annap": "arc", "ferte": "ville", "euve": "", "%": "",
		"": "ville x arc",
	} {
		found, err := s.FindAuthorities(t.Context(), text, "", 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, string(f.ID))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %v, want %s", text, got, want)
		}
	}
	if found, err := s.FindAuthorities(t.Context(), "ville", "FR", 1); err != nil || len(found) != 1 || found[0].ID != "ville" {
		t.Errorf("French: %v %v", found, err)
	}
	for _, code := range []string{"59009", "215900093"} {
		found, err := s.AuthoritiesWithCode(t.Context(), code)
		if err != nil || len(found) != 1 || found[0].ID != "arc" {
			t.Errorf("%s: %v %v", code, found, err)
		}
	}
	if found, _ := s.AuthoritiesWithCode(t.Context(), ""); len(found) != 0 {
		t.Errorf("no code found %v", found)
	}
}

func TestThemesInTheOrderOfTheirNumbers(t *testing.T) {
	s := newStory(t)
	var ops []repertoire.Op
	for _, code := range []string{"10", "2", "2.10", "2.9", "2.9.1"} {
		ops = append(ops, s.put(&repertoire.Theme{Code: code, Label: "T" + code}, 0))
	}
	s.apply(ops...)
	themes, err := s.Themes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, th := range themes {
		got = append(got, th.Code)
	}
	if !reflect.DeepEqual(got, []string{"2", "2.9", "2.9.1", "2.10", "10"}) {
		t.Fatalf("got %v", got)
	}
}
