package spelling

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"repertoire/assets"
)

var french = sync.OnceValue(func() *Dictionary {
	rules, words, ok := assets.Spelling()
	if !ok {
		return nil
	}
	return Read(rules, words)
})

func checker(t *testing.T, own ...string) *Checker {
	t.Helper()
	d := french()
	if d == nil {
		if os.Getenv("CI") != "" {
			t.Fatal("the French dictionary is missing: make fonts fetches it")
		}
		t.Skip("the French dictionary is missing: make fonts fetches it")
	}
	return NewChecker(d, own)
}

// A page as officers write it is right: verbs, plurals, feminines, elisions,
// compounds, names, figures, addresses.
func TestAPageThatIsRight(t *testing.T) {
	c := checker(t)
	page := `Aujourd’hui, la coopération décentralisée qu’animent les collectivités s’étend à l’assainissement, à l’eau potable et aux
échanges scolaires. Jusqu'alors, les élues d’Évry-Courcouronnes et de Saint-Louis-du-Sénégal se rencontraient chaque année ; depuis
2015, elles cofinancent des micro-projets (12 500 €) auprès d’agricultrices. Nous développerons, vous développeriez, ayant développé,
naquirent, eussions. Chef-lieu, presqu’île, prud’homme, peut-être, allez-y, ceux-ci. Cœur, œuvre, Antananarivo, Toamasina.
Contact : jean.dupont@mairie-lille.fr, www.lille.fr/international, le 3e comité, 1er juillet.`
	for _, s := range c.Check(page) {
		t.Errorf("%q is taken for a slip", s.Word)
	}
}

func TestSlipsAndWhatWasMeant(t *testing.T) {
	c := checker(t)
	for wrong, want := range map[string]string{
		"partenriat": "partenariat", "coopèration": "coopération", "developpement": "développement", "colectivité": "collectivité",
		"assainisement": "assainissement", "echanges": "échanges", "convnetion": "convention", "l’associassion": "",
		"jumellage": "jumelage", "éxécution": "exécution", "afinque": "afin que",
	} {
		slips := c.Check("La " + wrong + " de 2015.")
		if len(slips) != 1 {
			t.Errorf("%q: %v", wrong, slips)
			continue
		}
		if want == "" {
			continue
		}
		if got := c.Suggest(slips[0].Word); !slices.Contains(got, want) {
			t.Errorf("%q: %s, not %q", wrong, strings.Join(got, ", "), want)
		}
	}
}

// A slip says where it stands, so that it can be replaced; once added to a
// person's list the word is known, whatever its apostrophe or capitals.
func TestWhereASlipStandsAndOnesOwnWords(t *testing.T) {
	c := checker(t)
	text := "L’écojardinage, c’est l’écojardinage."
	slips := c.Check(text)
	if len(slips) != 1 || text[slips[0].Start:slips[0].End] != "écojardinage" {
		t.Fatalf("%+v", slips)
	}
	c.Learn("Écojardinage")
	if slips = c.Check(text); len(slips) != 0 {
		t.Errorf("still %+v", slips)
	}
	if c := checker(t, "écojardinage"); len(c.Check(text)) != 0 {
		t.Error("the list of last time is not known")
	}
}

// What is not French is left alone, and nothing breaks on odd text.
func TestOddText(t *testing.T) {
	c := checker(t)
	for _, text := range []string{"", "’", "-'-", "川越市 과천시", "a\xffb", "**gras** et *italique*", "x", "R2D2"} {
		if slips := c.Check(text); len(slips) != 0 && !strings.Contains(text, "\xff") {
			t.Errorf("%q: %v", text, slips)
		}
	}
}
