package search

import (
	"context"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// typed are pieces of queries that rapid puts together and fuzzing starts from.
var typed = []string{"eau", "Madagascar", "saint-louis", "l'eau", "\"", "«", "»", "“", "(", ")", ":", "-", ",", "..", "<", ">=", "pays:",
	"pays:MG", "thème:eau",
	"theme:3.1", "projet:(", "projet:", "depuis:2015..2020", "depuis:", "vérifié:<2024", "vérifié:>=", "non vérifié depuis 2 ans",
	"depuis 2015", "statut:actif", "-statut:", "insee:59350",
	"siren:", "odd:6", "contact:non", "id:x", "nom:", "静岡", "نواكشوط", "Գյումրի", "?", "!", "…", " ", "\u00a0", "\u202f", "\x00", "\xff",
	"é", "e\u0301", "🙂", "ou", "OU", "sauf",
	"qui travaille sur", "A.F.D.", "st", "1", "99999999999999999999", "-", "--", "-\"", ":::", "a:b", "entre 2015 et 2010", "=", "'", "’",
	"* ~2 ^3 +"}

// FuzzSearch holds that nothing typed is an error, and that marks are within
// their text, on whole characters.
func FuzzSearch(f *testing.F) {
	for _, s := range typed {
		f.Add(s, true)
		f.Add("eau "+s+" Sénégal", false)
	}
	x := built(f, judgedRecords(f)...)
	f.Fuzz(func(t *testing.T, text string, typing bool) { searchHolds(t, x, text, typing) })
}

func searchHolds(t interface {
	Errorf(string, ...any)
	Fatalf(string, ...any)
}, x *Index, text string, typing bool) {
	r, err := x.Search(context.Background(), Request{Text: text, Typing: typing, Facets: true, Snippets: true, Limit: 20})
	if err != nil {
		t.Fatalf("%q : %v", text, err)
	}
	if r.Incomplete || r.Total < len(r.Hits) {
		t.Errorf("%q : %+v", text, r)
	}
	for _, h := range r.Hits {
		for _, s := range h.Snippets {
			last := 0
			for _, m := range s.Marks {
				if m[0] < last || m[1] <= m[0] || m[1] > len(s.Text) {
					t.Fatalf("%q : marques %v dans %q", text, s.Marks, s.Text)
				}
				if !utf8.ValidString(s.Text[m[0]:m[1]]) {
					t.Fatalf("%q : marque %v au milieu d’un caractère de %q", text, m, s.Text)
				}
				last = m[1]
			}
		}
	}
	for _, s := range r.Suggestions {
		if s.Count <= 0 || s.Label == "" {
			t.Errorf("%q : suggestion %+v", text, s)
		}
	}
}

func TestAnythingTyped(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	for _, s := range typed {
		for _, typing := range []bool{true, false} {
			searchHolds(t, x, s, typing)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		text := ""
		for _, piece := range rapid.SliceOfN(rapid.SampledFrom(typed), 0, 8).Draw(rt, "morceaux") {
			text += piece
			if rapid.Bool().Draw(rt, "espace") {
				text += " "
			}
		}
		text += rapid.String().Draw(rt, "reste")
		searchHolds(rt, x, text, rapid.Bool().Draw(rt, "en cours"))
	})
}
