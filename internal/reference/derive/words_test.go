package derive

import (
	"strings"
	"testing"
)

func TestNativeName(t *testing.T) {
	for _, c := range []struct{ country, others, want string }{
		{"JP", "Shizuoka,しずおか,静岡,静岡市,靜岡市,静冈市", "静岡市"},
		{"LB", "Beyrouth,بيروت,بَيْرُوت,بیروت,Бейрут", "بيروت"},
		{"AM", "Erevan,Երեվան,Երևան,Ереван", "Երևան"},
		{"MG", "Tananarive,アンタナナリボ", ""},
		{"UA", "Киев,Київ", "Київ"},
		{"IL", "Haifa,חפה,חיפה,חײפה", "חיפה"},
		{"MR", "نواكشوط,نواکشوط", "نواكشوط"},
	} {
		got, lang := nativeName(geoname{country: c.country, others: strings.Split(c.others, ",")})
		if got != c.want || (got == "") != (lang == "") {
			t.Errorf("%s: %q (%s), want %q", c.country, got, lang, c.want)
		}
	}
}

func TestGroupingName(t *testing.T) {
	for raw, want := range map[string]string{
		"CC Faucigny - Glières":              "Communauté de communes Faucigny – Glières",
		"CA de Blois ''Agglopolys''":         "Communauté d’agglomération de Blois « Agglopolys »",
		"CU d'Arras":                         "Communauté urbaine d’Arras",
		"Métropole d'Aix-Marseille-Provence": "Métropole d’Aix-Marseille-Provence",
	} {
		if got := groupingName(grouping{Nom: raw}); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

func TestLatinNames(t *testing.T) {
	got := latinNames([]string{"TNR", "Tananarive", "antananarywa", "Антананариву", "Antananarivo", "Ŝantananarivo", "Tana"}, 3,
		[]string{"Antananarivo"})
	if strings.Join(got, ",") != "Tananarive,Tana,Ŝantananarivo" {
		t.Errorf("%v", got)
	}
}

func TestHandTables(t *testing.T) {
	for name, columns := range map[string]int{"grammar.csv": 8, "exonyms.csv": 4, "divisions.csv": 3} {
		rows, err := handRows(name)
		if err != nil || len(rows) < 20 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			key := r[0]
			if columns < 8 {
				key += r[1]
			}
			if len(r) != columns || len(r[0]) != 2 || seen[key] {
				t.Errorf("%s: %v", name, r)
			}
			seen[key] = true
		}
	}
}

func TestPreposition(t *testing.T) {
	for _, c := range []struct{ article, name, in, of string }{
		{"le", "Japon", "au Japon", "du Japon"}, {"la", "Chine", "en Chine", "de Chine"}, {"l'", "Inde", "en Inde", "d’Inde"},
		{"", "Oman", "à Oman", "d’Oman"}, {"", "Cuba", "à Cuba", "de Cuba"}, {"les", "Îles Cook", "aux îles Cook", "des îles Cook"},
	} {
		if in, of := preposition(c.article, c.name, inForms), preposition(c.article, c.name, ofForms); in != c.in || of != c.of {
			t.Errorf("%s: %q, %q", c.name, in, of)
		}
	}
}

// TestArabicNames: of Cairo's many spellings the Arabic one is chosen.
func TestArabicNames(t *testing.T) {
	for want, others := range map[string][]string{
		"القاهرة":  {"Le Caire", "قاہرہ", "قاهره", "القاهرة", "القاهره", "قاهرە"},
		"بيروت":    {"Beyrouth", "بيروت", "بەيروت"},
		"الجزائر":  {"Alger", "ئالجىر", "الجزائر", "الجزایر"},
		"السويس":   {"Suez", "سوئز", "السويس"},
		"المنصورة": {"Mansourah", "منصورة", "المنصورة"},
	} {
		if got, lang := nativeName(geoname{country: "EG", others: others}); got != want || lang != "ar" {
			t.Errorf("%s (%s), want %s", got, lang, want)
		}
	}
}
