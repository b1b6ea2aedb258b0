package layout

import (
	"repertoire/internal/repertoire"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestTypography(t *testing.T) {
	// ~ stands for U+00A0 and _ for U+202F, which no editor shows.
	show := strings.NewReplacer("\u00A0", "~", "\u202F", "_")
	tests := []struct{ in, want string }{
		{"Vraiment ?", "Vraiment_?"},
		{"Vraiment?", "Vraiment_?"},
		{"Vraiment ?!", "Vraiment_?!"},
		{"Objectifs : eau ; jeunesse", "Objectifs~: eau_; jeunesse"},
		{"Objectifs: eau", "Objectifs~: eau"},
		{"à 12:30, ratio 1:2", "à 12:30, ratio 1:2"},
		{"«Bonjour»", "«~Bonjour~»"},
		{"« Bonjour »", "«~Bonjour~»"},
		{`il dit "bonjour" et s'en va`, "il dit «~bonjour~» et s’en va"},
		{`un écran de 12" et c'est tout`, `un écran de 12" et c’est tout`},
		{"l'eau d'Agen", "l’eau d’Agen"},
		{"plus d'1 million", "plus d’1 million"},
		{"jusqu'en 2030, jusqu'à 12", "jusqu’en 2030, jusqu’à 12"},
		{"le lot F'16", "le lot F'16"},
		{"5' de pause", "5' de pause"},
		{"etc...", "etc…"},
		{"a....b", "a....b"},
		{"12 500 000 €", "12_500_000~€"},
		{"45%", "45~%"},
		{"en 2015 120 projets", "en 2015 120 projets"},
		{"01 44 55 66 77", "01 44 55 66 77"},
		{"M. Dupont et Mme Durand, p. 12", "M.~Dupont et Mme~Durand, p.~12"},
		{"n°12 et n° 13", "n°~12 et n°~13"},
		{"voir https://a.fr/x?y=1;z ; puis", "voir https://a.fr/x?y=1;z_; puis"},
		{"écrire à jean.d'arc@ville.fr!", "écrire à jean.d'arc@ville.fr_!"},
		{"www.ville.fr: site", "www.ville.fr~: site"},
		{"code A_b'c", "code A_b'c"},
		{"deux  espaces\net\tune ligne", "deux espaces et une ligne"},
		{"", ""},
		{"!", "!"},
	}
	for _, tt := range tests {
		got := Typography(tt.in)
		if show.Replace(got) != tt.want {
			t.Errorf("Typography(%q) = %q, want %q", tt.in, show.Replace(got), tt.want)
		}
		if again := Typography(got); again != got {
			t.Errorf("twice on %q: %q then %q", tt.in, show.Replace(got), show.Replace(again))
		}
	}
}

// The pass may be done on text that has been through it before: an edition
// frozen, thawed and frozen again.
func TestTypographyIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("aéZ'’\"«».,;:!?%€°-n12 3 \u00A0\u202F\t\n(@/_…M")), 0, 40, -1).Draw(t, "text")
		once := Typography(s)
		if twice := Typography(once); twice != once {
			t.Fatalf("%q: once %q, twice %q", s, once, twice)
		}
	})
}

// Letters and digits are the user's: the pass changes none.
func TestTypographyKeepsLettersAndDigits(t *testing.T) {
	keep := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		s = strings.ToValidUTF8(s, "")
		if keep(Typography(s)) != keep(s) {
			t.Fatalf("%q became %q", s, Typography(s))
		}
	})
}

func TestOrdinals(t *testing.T) {
	tests := []struct{ in, want string }{
		{"le 1er juillet", "er^"},
		{"la 2e édition", "e^"},
		{"la 21ème", ""},
		{"1re et 2nde", "re^ nde^"},
		{"XIXe siècle", "XIX= e^"},
		{"XVIIIe et XIXe siècles", "XVIII= e^ XIX= e^"},
		{"Ve République", "e^"},
		{"IIe arrondissement", "e^"},
		{"Le Ce De Me Vie", ""},
		{"VIe", "e^"},
		{"IIIIe", ""},
		{"A2e et 3eb", ""},
		{"12345e", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, p := range ordinals(tt.in) {
			mark := "^"
			if p.smallCaps {
				mark = "="
			}
			got = append(got, tt.in[p.start:p.end]+mark)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("ordinals(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestCodes(t *testing.T) {
	for in, want := range map[string]string{
		"Wikidata (CC0), P190 et ODD 6": "CC0 P190", "en 2026, 12 500": "", "code 97411 INSEE": "", "R3-B2.1 : oui": "R3-B2.1", "XIXe": "",
		"É2": "",
	} {
		var got []string
		for _, p := range codes(in) {
			got = append(got, in[p.start:p.end])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("codes(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 14: "xiv", 40: "xl", 99: "xcix", 400: "cd"} {
		if got := repertoire.Roman(n); got != want {
			t.Errorf("repertoire.Roman(%d) = %q, want %q", n, got, want)
		}
	}
}
