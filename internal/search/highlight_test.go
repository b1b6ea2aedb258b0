package search

import (
	"strings"
	"testing"
)

// marked writes a snippet with its marks between brackets.
func marked(s Snippet) string {
	var b strings.Builder
	last := 0
	for _, m := range s.Marks {
		b.WriteString(s.Text[last:m[0]] + "[" + s.Text[m[0]:m[1]] + "]")
		last = m[1]
	}
	return b.String() + s.Text[last:]
}

func TestHighlights(t *testing.T) {
	const far = "Un premier paragraphe qui ne dit rien de ce que l’on cherche et qui est assez long pour que le passage commence plus loin, après deux ou trois phrases comme celle-ci. "
	for _, c := range []struct{ query, text, want string }{
		{"eau", "Accès à l’eau potable.", "Accès à l’[eau] potable."},
		{"eau", "Accès à l'eau, d'eau et eaux usées", "Accès à l'[eau], d'[eau] et [eaux] usées"},
		{"école", "Des écoles, une Ecole, l’ÉCOLE", "Des [écoles], une [Ecole], l’[ÉCOLE]"},
		{"ecole", "e\u0301cole décomposée", "[e\u0301cole] décomposée"},
		{"coeur", "Le cœur de ville", "Le [cœur] de ville"},
		{"travaux", "Le travail et les travaux", "Le [travail] et les [travaux]"},
		{"saint", "St-Louis et Saint-Malo", "[St]-Louis et [Saint]-Malo"},
		{"AFD", "Avec l’A.F.D. et l’AFD.", "Avec l’[A.F.D]. et l’[AFD]."},
		{"\"eau potable\"", "L’eau potable, l’eau bien potable", "L’[eau potable], l’eau bien potable"},
		{"\"accès à l'eau\"", "L’accès à l’eau", "L’[accès à l’eau]"},
		{"静岡", "La ville de 静岡市 au Japon", "La ville de [静岡]市 au Japon"},
		{"نواكشوط", "مدينة نواكشوط الكبرى", "مدينة [نواكشوط] الكبرى"},
		{"eau -puits", "L’eau et le puits", "L’[eau] et le puits"},
		{"agricoles", "Filière agricole 🌾 agricoles", "Filière [agricole] 🌾 [agricoles]"},
		{"djamena", "À N’Djamena même", "À N’[Djamena] même"},
		{"jumeler", far + "Les deux villes veulent se jumeler.",
			"assez long pour que le passage commence plus loin, après deux ou trois phrases comme celle-ci. Les deux villes veulent se [jumeler]."},
	} {
		x := built(t, rec("1", "Xville", "Zbourg", japon, func(r *Record) { r.Texts = []Text{{"objectives", c.text}} }))
		q := c.query
		r := ask(t, x, Request{Text: q, Snippets: true})
		if strings.Contains(q, "-puits") {
			if r.Total != 0 {
				t.Errorf("%s : le mot écarté répond", q)
			}
			continue
		}
		var got *Snippet
		if r.Total == 1 {
			for i, s := range r.Hits[0].Snippets {
				if s.Field == "objectives" {
					got = &r.Hits[0].Snippets[i]
				}
			}
		}
		if got == nil {
			t.Errorf("%s dans %q : pas de passage (%+v)", q, c.text, r)
			continue
		}
		if m := marked(*got); m != c.want && !(len(c.text) > snippetLength && strings.HasSuffix(m, "[jumeler].")) {
			t.Errorf("%s : %s\nattendu %s", q, m, c.want)
		}
		if !strings.HasPrefix(c.text[got.Start:], got.Text) {
			t.Errorf("%s : le passage ne commence pas à l’octet %d de l’original", q, got.Start)
		}
	}
}

// TestHighlightsTyping marks the whole word of which the beginning is typed.
func TestHighlightsTyping(t *testing.T) {
	x := built(t, rec("1", "Xville", "Zbourg", japon, func(r *Record) { r.Texts = []Text{{"objectives", "L’assainissement du quartier"}} }))
	r := ask(t, x, Request{Text: "assain", Typing: true, Snippets: true})
	if r.Total != 1 || marked(r.Hits[0].Snippets[0]) != "L’[assainissement] du quartier" {
		t.Errorf("%+v", r)
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"L’Haÿ-les-Roses":           "hay les roses",
		"Ville d'Aÿ-Champagne":      "ville ay champagne",
		"qu’il lorsqu'elle jusqu’à": "il elle a",
		"Ste-Anne, St. Denis":       "sainte anne saint denis",
		"A.F.D. et O.N.G":           "afd et ong",
		"Œuvre Ångström Łódź Đà":    "oeuvre angstrom lodz da",
		"2e 1er 3.1.1":              "2e 1er 3 1 1",
		"静岡市":                       "静岡 岡市",
		"النيل":                     "نيل",
		"’ ' - . \x00 \xff":         "",
		"presqu’île":                "ile",
		"N’Djamena":                 "djamena",
	} {
		if got := strings.Join(wordsOf(in), " "); got != want {
			t.Errorf("%q : %q, attendu %q", in, got, want)
		}
	}
}

func TestStems(t *testing.T) {
	f := newFrench()
	for _, same := range []string{"travail travaux", "cheval chevaux", "malgache malgaches", "sénégalais sénégalaise sénégalaises",
		"actif active actifs actives",
		"école écoles", "premier première premières", "eau eaux", "coopération coopérations coopérer", "hôpital hôpitaux",
		"régional régionale régionaux", "étranger étrangère"} {
		words := wordsOf(same)
		for _, w := range words[1:] {
			if f.stem(w) != f.stem(words[0]) {
				t.Errorf("%s : %s et %s", same, f.stem(words[0]), f.stem(w))
			}
		}
	}
	for _, apart := range []string{"port portail", "eau eden", "mer maire", "nord normandie"} {
		words := wordsOf(apart)
		if f.stem(words[0]) == f.stem(words[1]) {
			t.Errorf("%s se confondent en %s", apart, f.stem(words[0]))
		}
	}
}
