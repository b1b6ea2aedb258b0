package search

import (
	"testing"
)

func TestWholePath(t *testing.T) {
	x := built(t,
		rec("1", "Lille", "Saint-Louis", senegal, func(r *Record) { r.Themes = []ThemeRef{testTheme("3.1.1")} }),
		rec("2", "Le Havre", "Tamatave", madagascar))
	for query, want := range map[string]string{"saint-louis": "1", "St Louis": "1", "eau sénégal": "1", "havre": "2", "malgache": "2",
		"pays:MG": "2", "thème:eau": "1"} {
		resp := ask(t, x, Request{Text: query})
		if resp.Total != 1 || string(resp.Hits[0].ID) != want {
			t.Errorf("%q : %+v, attendu la fiche %s", query, resp, want)
		}
	}
}
