package repertoire

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Lille": "Lille", "ligne\r\nautre\rfin": "ligne\nautre\nfin",
		"collé de Word\vsuite\ffin":        "collé de Word\nsuite\nfin",
		"Ville\u00adneuve":                 "Villeneuve",
		"coopé\u200bration\ufeff":          "coopération",
		"E\u0301vry":                       "Évry",
		"l\u0092eau \u0096 \u009cuvre":     "l’eau – œuvre",
		"\u202bgauche\u202c\u200e":         "gauche",
		"e\u0300\u2060 ﬁnal, oﬃce":         "è final, office",
		"mi\u200dlieu":                     "milieu",
		"می\u200cخواهم":                    "می\u200cخواهم",
		"prix\u00a0: 3\u202f000":           "prix\u00a0: 3\u202f000",
		"nul\x00 et \x1béchappé\x7f":       "nul et échappé",
		"un\u2028deux\u2029trois\u0085fin": "un\ndeux\ntrois\nfin",
		"静岡市 👩\u200d🔬":                     "静岡市 👩\u200d🔬",
		"A\x00\u0300":                      "À", // the removed sign stood between the letter and its accent
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCleanOnceIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Clean(s)
		if again := Clean(once); again != once {
			t.Fatalf("%q, then %q", once, again)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("%q", once)
		}
	})
}

// Every text of a record is cleaned, however deep, and the record it was copied
// from keeps its own.
func TestCleanRecord(t *testing.T) {
	old := Partnership{Objectives: "l\u00adeau", Projects: []Project{{Title: "E\u0301cole", Funding: []Funding{{Funder: "A\u200bFD"}}}},
		Themes: []string{"2\u00ad.5"}}
	p := old
	CleanRecord(&p)
	if p.Objectives != "leau" || p.Projects[0].Title != "École" || p.Projects[0].Funding[0].Funder != "AFD" || p.Themes[0] != "2.5" {
		t.Errorf("%+v", p)
	}
	if old.Projects[0].Title == "École" || old.Projects[0].Funding[0].Funder == "AFD" || old.Themes[0] == "2.5" {
		t.Errorf("the record before was changed: %+v", old)
	}
}

func TestFoldForgetsTheInvisible(t *testing.T) {
	for _, s := range []string{"Ville\u00adneuve", "Ville\u200bneuve", "villeneuve\ufeff"} {
		if Fold(s) != "villeneuve" {
			t.Errorf("%q folds to %q", s, Fold(s))
		}
	}
}
