package reference

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// samples are the countries of the seven sample répertoires.
var samples = strings.Fields("MG SN MR JP LB AM AR BO BR CL CO CU DO EC GT HT MX NI PE TT UY VE")

func TestEveryTableIsWhole(t *testing.T) {
	if err := Open().Check(); err != nil {
		t.Fatal(err)
	}
}

func TestFrenchCounts(t *testing.T) {
	count := map[repertoire.Level]int{}
	ids := map[repertoire.ID]bool{}
	for _, a := range Open().FrenchAuthorities() {
		count[a.Level]++
		if ids[a.ID] {
			t.Fatalf("%s %s: its ID is another's", a.Level, a.Name)
		}
		ids[a.ID] = true
		if a.Country != "FR" || a.Name == "" || a.Source == "" {
			t.Fatalf("incomplete: %+v", a)
		}
	}
	// 1,255 groupings of the list, of which 22 métropoles, and the 11 territories of Greater Paris.
	want := map[repertoire.Level]int{repertoire.LevelCommune: 34969, repertoire.LevelEPCI: 1255 - 22 + 11, repertoire.LevelMetropole: 22,
		repertoire.LevelDepartement: 101, repertoire.LevelRegion: 18, repertoire.LevelOther: 7,
		repertoire.LevelArrondissement: 45, repertoire.LevelProvince: 3}
	for level, n := range want {
		if count[level] != n {
			t.Errorf("%s: %d, want %d", level, count[level], n)
		}
	}
}

func TestByCode(t *testing.T) {
	tables := Open()
	for _, c := range []struct {
		level                       repertoire.Level
		code, name, of, departement string
	}{
		{repertoire.LevelCommune, "59350", "Lille", "de Lille", "Nord"},
		{repertoire.LevelCommune, "76351", "Le Havre", "du Havre", "Seine-Maritime"},
		{repertoire.LevelCommune, "94038", "L’Haÿ-les-Roses", "de L’Haÿ-les-Roses", "Val-de-Marne"},
		{repertoire.LevelCommune, "2B347", "Vezzani", "de Vezzani", "Haute-Corse"},
		{repertoire.LevelCommune, "98818", "Nouméa", "de Nouméa", "Nouvelle-Calédonie"},
		{repertoire.LevelDepartement, "2A", "Corse-du-Sud", "de Corse-du-Sud", "Corse-du-Sud"},
		{repertoire.LevelRegion, "32", "Hauts-de-France", "", ""},
		{repertoire.LevelOther, "987", "Polynésie française", "", "Polynésie française"},
	} {
		a, ok := tables.ByINSEE(c.level, c.code)
		if !ok || a.Name != c.name || a.Departement != c.departement || c.of != "" && a.Of() != c.of {
			t.Errorf("%s %s: %q, %q, %q", c.level, c.code, a.Name, a.Of(), a.Departement)
		}
		if same, ok := tables.FrenchByID(a.ID); !ok || same.Name != a.Name {
			t.Errorf("%s: not found by its ID", a.Name)
		}
	}
	lille, _ := tables.ByINSEE(repertoire.LevelCommune, "59350")
	if lille.ID != repertoire.DeriveID("fr:commune:59350") || lille.SIREN != "215903501" || lille.Region != "Hauts-de-France" ||
		!lille.Located() || lille.Population < 200000 {
		t.Errorf("Lille: %+v", lille)
	}
	if a, ok := tables.BySIREN("215903501"); !ok || a.INSEE != "59350" {
		t.Errorf("by SIREN: %+v", a)
	}
	if a, ok := tables.BySIREN("200046977"); !ok || a.Level != repertoire.LevelMetropole || a.Name != "Métropole de Lyon" {
		t.Errorf("Lyon: %+v", a)
	}
	if _, ok := tables.ByINSEE(repertoire.LevelCommune, "00000"); ok {
		t.Error("found a commune that does not exist")
	}
}

func TestSuggestFrench(t *testing.T) {
	tables := Open()
	for typed, want := range map[string]string{
		"havre": "Le Havre (Seine-Maritime)", "le havre": "Le Havre (Seine-Maritime)", "LE HAV": "Le Havre (Seine-Maritime)",
		"lille": "Lille (Nord)", "hay les roses": "L’Haÿ-les-Roses (Val-de-Marne)", "l'hay": "L’Haÿ-les-Roses (Val-de-Marne)",
		"st etienne": "Saint-Étienne (Loire)", "Saint-Étienne": "Saint-Étienne (Loire)",
		"ste genevieve des": "Sainte-Geneviève-des-Bois (Essonne)",
		"paris":             "Paris (Paris)", "lyon": "Lyon (Rhône)", "metropole lyon": "Métropole de Lyon (Rhône)",
		"hauts de fr": "Hauts-de-France (région)", "59350": "Lille (Nord)", "2b347": "Vezzani (Haute-Corse)", "215903501": "Lille (Nord)",
		"plaine commune": "Plaine Commune (Seine-Saint-Denis)", "nouvelle-cal": "Nouvelle-Calédonie",
	} {
		got := tables.SuggestFrench(typed, 5)
		if len(got) == 0 || got[0].Label() != want {
			t.Errorf("%q: %v, want %s first", typed, labels(got), want)
		}
	}
	if got := tables.SuggestFrench("rouelles", 5); len(got) < 2 || got[len(got)-1].Former == "" {
		t.Errorf("an absorbed commune does not answer: %v", labels(got))
	}
	for _, typed := range []string{"", "   ", "zzzzqqq", "'", "-"} {
		if got := tables.SuggestFrench(typed, 5); len(got) != 0 {
			t.Errorf("%q: %v", typed, labels(got))
		}
	}
	if got := tables.SuggestFrench("saint", 7); len(got) != 7 {
		t.Errorf("limit: %d", len(got))
	}
}

func TestNamesakesShowTheirDepartement(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Open().SuggestFrench("saint-denis", 4) {
		if s.Authority.Level != repertoire.LevelCommune {
			continue
		}
		if seen[s.Label()] {
			t.Errorf("%s twice", s.Label())
		}
		seen[s.Label()] = true
	}
	if !seen["Saint-Denis (La Réunion)"] || !seen["Saint-Denis (Seine-Saint-Denis)"] {
		t.Errorf("%v", seen)
	}
}

func TestNamed(t *testing.T) {
	tables := Open()
	for name, want := range map[string]string{"havre": "76351", "LE HAVRE": "76351", "L'Hay les Roses": "94038",
		"St-Étienne-du-Rouvray": "76575", "Lomme": "59350"} {
		if got := tables.FrenchNamed(name); len(got) != 1 || got[0].INSEE != want {
			t.Errorf("%q: %d, want %s alone", name, len(got), want)
		}
	}
	if got := tables.FrenchNamed("Saint-Denis"); len(got) < 4 {
		t.Errorf("%d communes named Saint-Denis", len(got))
	}
	for _, name := range []string{"", "-", "Nulle-Part"} {
		if got := tables.FrenchNamed(name); len(got) != 0 {
			t.Errorf("%q: %v", name, got)
		}
	}
	for _, name := range []string{"Beyrouth", "beirut", "بيروت"} {
		if got := tables.PlacesNamed("LB", name); len(got) == 0 || got[0].Name != "Beyrouth" {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func labels(list []Suggestion) (out []string) {
	for _, s := range list {
		out = append(out, s.Label())
	}
	return out
}

func TestCountryGrammar(t *testing.T) {
	tables := Open()
	for _, c := range []struct{ iso, with, in, of, franco, english string }{
		{"MG", "Madagascar", "à Madagascar", "de Madagascar", "franco-malgaches", "Madagascar"},
		{"SN", "le Sénégal", "au Sénégal", "du Sénégal", "franco-sénégalais", "Senegal"},
		{"MR", "la Mauritanie", "en Mauritanie", "de Mauritanie", "franco-mauritaniens", "Mauritania"},
		{"JP", "le Japon", "au Japon", "du Japon", "franco-japonais", "Japan"},
		{"LB", "le Liban", "au Liban", "du Liban", "franco-libanais", "Lebanon"},
		{"AM", "l’Arménie", "en Arménie", "d’Arménie", "franco-arméniens", "Armenia"},
		{"HT", "Haïti", "en Haïti", "d’Haïti", "franco-haïtiens", "Haiti"},
		{"CU", "Cuba", "à Cuba", "de Cuba", "franco-cubains", "Cuba"},
		{"EC", "l’Équateur", "en Équateur", "de l’Équateur", "franco-équatoriens", "Ecuador"},
		{"US", "les États-Unis", "aux États-Unis", "des États-Unis", "franco-américains", "United States"},
		{"DO", "la République dominicaine", "en République dominicaine", "de la République dominicaine", "franco-dominicains",
			"Dominican Republic"},
		{"CK", "les îles Cook", "aux îles Cook", "des îles Cook", "franco-cookiens", "Cook Islands"},
	} {
		got, ok := tables.Country(c.iso)
		if !ok || got.With() != c.with || got.In != c.in || got.Of != c.of || got.Franco(false, true) != c.franco ||
			got.English != c.english {
			t.Errorf("%s: %q %q %q %q %q", c.iso, got.With(), got.In, got.Of, got.Franco(false, true), got.English)
		}
	}
	jp, _ := tables.Country("JPN")
	if jp.Adjective(true, true) != "japonaises" || jp.Adjective(false, true) != "japonais" {
		t.Errorf("japonais: %q %q", jp.Adjective(true, true), jp.Adjective(false, true))
	}
}

func TestSampleCountriesAreWhole(t *testing.T) {
	tables := Open()
	for _, iso := range samples {
		c, ok := tables.Country(iso)
		if !ok || c.Name == "" || c.In == "" || c.Of == "" || c.Masculine == "" || c.Feminine == "" || len(c.ISO3) != 3 || c.Region == "" {
			t.Errorf("%s: %+v", iso, c)
		}
		if o, ok := tables.Outline(iso); !ok || len(o.Rings) == 0 {
			t.Errorf("%s has no outline", iso)
		}
		if len(tables.Places(iso)) < 15 {
			t.Errorf("%s has %d places", iso, len(tables.Places(iso)))
		}
	}
}

func TestFindCountry(t *testing.T) {
	tables := Open()
	for typed, want := range map[string]string{"Sénégal": "SN", "le senegal": "SN", "sen": "SN", "mg": "MG", "Ivory Coast": "CI",
		"Cote d'Ivoire": "CI",
		"RDC":           "CD", "Congo": "CG", "Trinidad": "TT", "Trinité-et-Tobago": "TT", "Vietnam": "VN", "Birmanie": "MM",
		"etats unis": "US",
		"Turkey":     "TR", "Haiti": "HT"} {
		if c, ok := tables.FindCountry(typed); !ok || c.ISO2 != want {
			t.Errorf("%q: %q, want %s", typed, c.ISO2, want)
		}
	}
	if c, ok := tables.FindCountry("Poldavie"); ok {
		t.Errorf("Poldavie: %+v", c)
	}
}

func TestPlaces(t *testing.T) {
	tables := Open()
	for _, c := range []struct{ country, typed, want, native string }{
		{"LB", "beyrouth", "Beyrouth", "بيروت"}, {"LB", "Beirut", "Beyrouth", "بيروت"}, {"JP", "shizuoka", "Shizuoka", "静岡市"},
		{"JP", "静岡市", "Shizuoka", "静岡市"},
		{"AM", "Yerevan", "Erevan", "Երևան"}, {"AM", "erev", "Erevan", "Երևան"}, {"MG", "Tananarive", "Antananarivo", ""},
		{"MG", "fort dauphin", "Fort-Dauphin", ""},
		{"CU", "la havane", "La Havane", ""}, {"SN", "thies", "Thiès", ""}, {"MR", "Nouakchott", "Nouakchott", ""},
		{"HT", "Petit-Goave", "Petit-Goâve", ""},
	} {
		got := tables.SuggestPlace(c.country, c.typed, 3)
		if len(got) == 0 || got[0].Name != c.want || c.native != "" && got[0].Native != c.native {
			t.Errorf("%s %q: %+v", c.country, c.typed, got)
		}
	}
	region := tables.SuggestPlace("LB", "mont-liban", 1)
	if len(region) != 1 || !region[0].IsDivision || region[0].Authority().Level != repertoire.LevelRegion {
		t.Errorf("Mont-Liban: %+v", region)
	}
	ids := map[repertoire.ID]bool{}
	for _, iso := range samples {
		for _, p := range tables.Places(iso) {
			if ids[p.ID] || p.Name == "" || p.Latitude < -90 || p.Latitude > 90 || p.Longitude < -180 || p.Longitude > 180 {
				t.Fatalf("%+v", p)
			}
			ids[p.ID] = true
		}
	}
}

// TestTownsHaveTheirOwnNames: the lists that the table comes from mix the spellings
// of all languages of a script, and their shortest is seldom the town's own (Le
// Caire had its Urdu name, Alger its Uyghur one). Facts: the towns' own pages.
func TestTownsHaveTheirOwnNames(t *testing.T) {
	tables := Open()
	for _, c := range []struct{ country, french, native string }{
		{"EG", "Le Caire", "القاهرة"}, {"EG", "Alexandrie", "الإسكندرية"}, {"EG", "Suez", "السويس"}, {"DZ", "Alger", "الجزائر"},
		{"DZ", "Oran", "وهران"}, {"MA", "Casablanca", "الدار البيضاء"}, {"MA", "Rabat", "الرباط"}, {"MA", "Fès", "فاس"},
		{"TN", "Tunis", "تونس"}, {"TN", "Kairouan", "القيروان"}, {"LB", "Beyrouth", "بيروت"}, {"LB", "Tripoli", "طرابلس"},
		{"PS", "Naplouse", "نابلس"}, {"PS", "Hébron", "الخليل"}, {"MR", "Nouakchott", "نواكشوط"}, {"IL", "Jérusalem", "ירושלים"},
		{"IL", "Haïfa", "חיפה"}, {"IQ", "Mossoul", "الموصل"}, {"AM", "Erevan", "Երևան"}, {"JP", "Shizuoka", "静岡市"},
	} {
		got := tables.PlacesNamed(c.country, c.french)
		if len(got) == 0 || got[0].Native != c.native {
			t.Errorf("%s: %+v, want %s", c.french, got, c.native)
		}
	}
	const arabic = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ّ-"
	for _, iso := range []string{"DZ", "EG", "JO", "LB", "LY", "MA", "MR", "PS", "SD", "SY", "TN", "YE", "IQ"} {
		for _, p := range tables.Places(iso) {
			if i := strings.IndexFunc(p.Native, func(r rune) bool { return !strings.ContainsRune(arabic, r) }); i >= 0 {
				t.Errorf("%s, %s: %s has a letter that Arabic does not have: %q", iso, p.Name, p.Native, p.Native[i:])
			}
		}
	}
}

func TestThemesAndGoals(t *testing.T) {
	tables := Open()
	themes := tables.Themes()
	codes := map[string]bool{"": true}
	for _, th := range themes {
		if !codes[repertoire.ThemeParent(th.Code)] {
			t.Errorf("%s comes before its parent", th.Code)
		}
		codes[th.Code] = true
		if g, ok := tables.SDG(th.SDG); !ok || g.Title == "" {
			t.Errorf("%s: no goal %d", th.Code, th.SDG)
		}
		if len(th.DAC) != 5 || th.DACLabel == "" {
			t.Errorf("%s: purpose code %q", th.Code, th.DAC)
		}
	}
	if len(themes) < 40 || len(tables.SDGs()) != 17 {
		t.Errorf("%d themes, %d goals", len(themes), len(tables.SDGs()))
	}
	for typed, want := range map[string]string{"3.1.1": "3.1.1", "Eau et assainissement": "3.1.1", "eau et ASSAINISSEMENT": "3.1.1",
		"sante": "2.5", "Numérique": "4.5", "energie": "3.2"} {
		if th, ok := tables.FindTheme(typed); !ok || th.Code != want {
			t.Errorf("%q: %q, want %s", typed, th.Code, want)
		}
	}
	if th, ok := tables.FindTheme("developpement"); ok {
		t.Errorf("an ambiguous word gave %s", th.Label)
	}
}

// TestTablesNameTheirSource holds the rule of data/: command, package and
// licence on the first line.
func TestTablesNameTheirSource(t *testing.T) {
	files, err := filepath.Glob("../../data/reference/*")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := open(filepath.Base(file))
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(text, "\n")
		first = strings.Replace(first, "% ", "# ", 1) // TeX's comments
		if !strings.HasPrefix(first, "# go run ./cmd/prepare ") && !strings.HasPrefix(first, "# Kept by hand. ") {
			t.Errorf("%s: %q", file, first)
		}
		readme, err := os.ReadFile("../../data/README.md")
		if err != nil || !strings.Contains(string(readme), filepath.Base(file)) {
			t.Errorf("data/README.md does not speak of %s", filepath.Base(file))
		}
	}
}
