package search

import (
	"context"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// testThemes is a part of the tree of themes, enough for the tests.
var testThemes = map[string]string{
	"1": "Gouvernance locale et appui institutionnel", "1.1": "Décentralisation et administration communale", "1.2": "Finances locales",
	"1.3": "Formation des élus et des agents", "1.4": "Participation citoyenne et démocratie locale",
	"2": "Éducation, social et recherche", "2.1": "Éducation, emploi, formation professionnelle",
	"2.2": "Enseignement supérieur et recherche",
	"2.3": "Jeunesse et volontariat", "2.4": "Francophonie et langues", "2.5": "Santé", "2.6": "Égalité femmes-hommes", "2.7": "Sport",
	"3": "Environnement, climat et énergie", "3.1": "Eau et déchets", "3.1.1": "Eau et assainissement", "3.1.2": "Gestion des déchets",
	"3.2": "Énergie", "3.3": "Biodiversité", "3.4": "Changement climatique", "3.5": "Gestion des risques",
	"4": "Économie durable", "4.1": "Développement économique local", "4.2": "Tourisme durable", "4.3": "Artisanat et savoir-faire",
	"4.5": "Numérique inclusif et responsable", "5": "Agriculture et sécurité alimentaire",
	"5.1": "Sécurité alimentaire et circuits courts",
	"5.2": "Développement rural et agropastoral", "6": "Culture et patrimoine", "6.1": "Patrimoine bâti, naturel et immatériel",
	"6.2": "Action culturelle et création", "6.3": "Gastronomie et arts de vivre", "7": "Aménagement, urbanisme et mobilité",
	"7.1": "Développement urbain", "7.2": "Transports et mobilité",
}

func testTheme(code string) ThemeRef {
	t := ThemeRef{Code: code, Label: testThemes[code]}
	for up := repertoire.ThemeParent(code); up != ""; up = repertoire.ThemeParent(up) {
		t.Above = append(t.Above, Coded{up, testThemes[up]})
	}
	return t
}

// testNow is the day on which all tests take place.
func testNow() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// open opens an index in dir and closes it after the test.
func open(t testing.TB, dir string) *Index {
	t.Helper()
	x, err := Open(dir, Options{Now: testNow})
	if err != nil {
		t.Fatalf("ouvrir : %v", err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// built gives an index of records in a folder of the test.
func built(t testing.TB, records ...Record) *Index {
	t.Helper()
	x := open(t, t.TempDir())
	rebuild(t, x, 1, records...)
	return x
}

func rebuild(t testing.TB, x *Index, seq int64, records ...Record) {
	t.Helper()
	err := x.Rebuild(context.Background(), func(yield func(Record) error) error {
		for _, r := range records {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	}, seq, nil)
	if err != nil {
		t.Fatalf("construire : %v", err)
	}
}

// ask searches and fails the test on an error.
func ask(t testing.TB, x *Index, req Request) Response {
	t.Helper()
	resp, err := x.Search(context.Background(), req)
	if err != nil {
		t.Fatalf("chercher %q : %v", req.Text, err)
	}
	return resp
}

// rec makes a partnership in one line; the test changes what it is about.
func rec(id, french, foreign string, country CountryRef, change ...func(*Record)) Record {
	r := Record{ID: repertoire.ID(id), Title: french + " – " + foreign, French: []Name{{Usual: french, Country: "FR"}},
		Foreign: []Name{{Usual: foreign, Country: country.ISO}}, Countries: []CountryRef{country},
		Status: Coded{"actif", "Actif"}, Fictitious: true}
	for _, f := range change {
		f(&r)
	}
	return r
}

var (
	madagascar = CountryRef{"MG", "Madagascar", []string{"malgache"}, nil}
	senegal    = CountryRef{"SN", "Sénégal", []string{"sénégalais", "sénégalaise"}, []string{"Senegal"}}
	japon      = CountryRef{"JP", "Japon", []string{"japonais", "japonaise"}, []string{"Japan"}}
)
