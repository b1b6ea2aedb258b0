package search

import (
	"testing"

	"pgregory.net/rapid"
)

func TestComplete(t *testing.T) {
	x := built(t, judgedRecords(t)...)
	for _, c := range []struct{ typed, text string }{
		{"pa", "pays:"}, {"eau th", "thème:"}, {"pays:mad", "Madagascar"}, {"pays:MG,sén", "Sénégal"}, {"pays:", "Sénégal"},
		{"eau mad", "pays:Madagascar"},
		{"thème:eau", `"Eau et assainissement"`}, {"-pays:jap", "Japon"}, {"-jap", "-pays:Japon"}, {"statut:som", `"En sommeil"`},
		{"région:gr", `"Grand Est"`}, {"financeur:agence", `"Agence de l’eau"`}, {"vér", "vérifié:"},
	} {
		got := x.Complete(c.typed, len(c.typed))
		ok := false
		for _, g := range got {
			full := c.typed[:g.From] + g.Text + c.typed[g.To:]
			if g.Text == c.text {
				ok = true
				if g.Facet != "" && g.Count > 0 && ask(t, x, Request{Text: full}).Total == 0 {
					t.Errorf("%q complété en %q ne trouve rien", c.typed, full)
				}
			}
		}
		if !ok {
			t.Errorf("%q : %+v, attendu %q", c.typed, got, c.text)
		}
	}
	for _, none := range []string{"", "eau ", "\"eau", "depuis:20", "zzzz"} {
		if got := x.Complete(none, len(none)); len(got) != 0 {
			t.Errorf("%q : %+v", none, got)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.SampledFrom(typed).Draw(rt, "morceau") + rapid.String().Draw(rt, "reste")
		for _, c := range x.Complete(text, rapid.IntRange(-1, len(text)+1).Draw(rt, "place")) {
			if c.From > c.To || c.To > len(text) || c.Text == "" {
				rt.Fatalf("%q : %+v", text, c)
			}
		}
	})
}
