package chart

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"repertoire/internal/layout"
)

func TestBarsStayInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var bars []Bar
		for range rapid.IntRange(1, 20).Draw(t, "n") {
			bars = append(bars, Bar{Label: rapid.StringMatching(`[A-Za-zéÉ -]{1,80}`).Draw(t, "label"),
				Value: rapid.IntRange(0, 100000).Draw(t, "value")})
		}
		for _, d := range []layout.Drawing{Bars("Titre", bars, 360, Ink{}), Columns("Titre", bars, 360, Ink{})} {
			for _, s := range d.Shapes {
				if p, ok := s.(*layout.Path); ok {
					for _, o := range p.Ops {
						if o.Kind != 'Z' && (o.X < -0.01 || o.X > d.W+0.01 || o.Y < -0.01 || o.Y > d.H+0.01) {
							t.Fatalf("a bar reaches %g, %g of %g × %g", o.X, o.Y, d.W, d.H)
						}
					}
				}
			}
			for _, b := range bars {
				if !strings.Contains(d.Alt, b.Label) {
					t.Fatalf("%q is not in the text alternative", b.Label)
				}
			}
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		lines int
		want  string
	}{
		{"Environnement, climat et énergie", 2, "Environnement,|climat et énergie"},
		{"Anticonstitutionnellement longue chose vraiment", 2, "Anticonstitutio…|"},
		{"de 5\u202f000 à 20\u202f000", 2, "de 5\u202f000 à 20\u202f000"},
		{"", 2, ""},
		// A region's name is broken at its hyphens before it is cut short.
		{"Bourgogne-Franche-Comté", 3, "Bourgogne-|Franche-Comté"},
		{"Provence-Alpes-Côte d’Azur", 3, "Provence-Alpes-|Côte d’Azur"},
	} {
		got := strings.Join(Wrap(c.in, 8, 76, false, c.lines), "|")
		if c.in == "Anticonstitutionnellement longue chose vraiment" {
			if !strings.Contains(got, "…") {
				t.Errorf("%q is cut to %q without saying so", c.in, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("Wrap(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	for _, l := range Wrap(strings.Repeat("mot ", 50), 8, 76, false, 3) {
		if TextWidth(l, 8, false) > 76 {
			t.Errorf("%q is too wide", l)
		}
	}
}

func TestTiersSayTheirCounts(t *testing.T) {
	d := Tiers("Sénégal", []Tier{{"Régions", 14, ""}, {"Communes", 0, "plus de 550"}}, 300, Ink{})
	if d.Alt != "Organisation territoriale (Sénégal), de l’échelon le plus large au plus proche des habitants : Régions (14) ; Communes." {
		t.Errorf("alternative is %q", d.Alt)
	}
}
