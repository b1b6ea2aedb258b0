package reference_test

import (
	"testing"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// tables are those of the program, read once for these tests.
var tables = reference.Open()

func asked(name string) reference.Mention { return reference.Mention{Name: name, Country: "FR"} }

// What is typed plainly is taken; forms say what they say.
func TestFormsOfOneAuthorityAreThatAuthority(t *testing.T) {
	r := reference.NewResolver(tables, nil)
	for name, code := range map[string]string{
		"LE HAVRE": "76351", "Havre (Le)": "76351", "Ville du Havre": "76351", "Commune de Gordes": "84050", "Nice - 06": "06088",
		"06 - Nice":              "06088",
		"67000 STRASBOURG CEDEX": "67482", "Chalon s/ Saône": "71076", "Villeneuve dAscq": "59009", "Saint Denis - Réunion": "97411",
		"Ste-Foy-lès-Lyon": "69202",
		"Mairie des Lilas": "93045", "Haÿ-les-Roses (L’)": "94038", "CD 29": "29", "Conseil général de la Creuse": "23",
		"Cons. dép. du Gers": "32",
		"Paris XIe":          "75111", "Lyon VIII": "69388", "St-Pierre Réunion": "97416", "(35) Rennes": "35238", "35 000 Rennes": "35238",
		"Ville de Saint-Paul (La Réunion)": "97415",
		"Albi (dép. Tarn)":                 "81004", "Albi - Tarn (81)": "81004", "Gwened": "56260", "Dépt. Ardèche": "07",
		"Dijon (Côte-d’Or, Bourgogne)": "21231", "Dijon, Côte-d’Or, France": "21231", "Conseil départemental de l’Oise (CD60)": "60",
		"Mureaux, Les": "78440", "Saint-Pierre (975)": "97502", "Saint-Étienne": "42218", "Région Occitanie": "76",
	} {
		a := r.Resolve(asked(name))
		if c, ok := a.Certain(); !ok || c.Authority.INSEE != code {
			t.Errorf("%s: %s, %+v", name, a.Verdict, a.Candidates)
		}
	}
}

// Nothing that may be another is ever sure, and the right one is proposed.
func TestDoubtIsAQuestion(t *testing.T) {
	r := reference.NewResolver(tables, nil)
	lat, lon := 48.63, 2.44
	for name, m := range map[string]reference.Mention{
		"other accents":       asked("Nimes"),
		"a successor":         asked("Cherbourg-Octeville"),
		"a far larger one":    asked("Aix"),
		"two départements":    asked("Saint-Denis"),
		"a small namesake":    asked("Montreuil"),
		"a typing error":      asked("Strasboug"),
		"coordinates far off": {Name: "Lille", Country: "FR", Latitude: &lat, Longitude: &lon},
		"a code of another":   {Name: "Lyon", Country: "FR", INSEE: "59350"},
		"not that level":      {Name: "Lille", Country: "FR", Level: repertoire.LevelRegion},
		"two authorities":     asked("Lyon et Villeurbanne"),
		"a second, after it":  asked("Grenoble, Échirolles"),
		"and after a dash":    asked("Grenoble - Échirolles"),
		"a town's district":   asked("69007 Lyon"),
		"district or code":    asked("Marseille (13)"),
		"a council no more":   asked("CD 68"),
		"words shuffled":      asked("Ville de La Vallée"),
		"another kind":        asked("Communauté de communes de Cergy-Pontoise"),
		"a larger, not by 10": asked("Nogent"),
		"a beginning of two":  asked("Vitry"),
		"words of a grouping": asked("Annemasse Agglo"),
		"a town and a resort": asked("Antibes Juan-les-Pins"),
	} {
		if a := r.Resolve(m); a.Verdict != reference.Confirm {
			t.Errorf("%s: %s, %+v", name, a.Verdict, a.Candidates)
		}
	}
	for name, m := range map[string]reference.Mention{
		"a longer, larger name": {Name: "Montecatini", Country: "IT"},
		"an island's town":      {Name: "Syros", Country: "GR"},
	} {
		if a := r.Resolve(m); a.Verdict != reference.Confirm {
			t.Errorf("%s: %s, %+v", name, a.Verdict, a.Candidates)
		}
	}
	if a := r.Resolve(asked("Zorglubville")); a.Verdict != reference.Unknown {
		t.Errorf("%+v", a)
	}
}

// What stands beside the name settles namesakes.
func TestEvidenceSettlesNamesakes(t *testing.T) {
	r := reference.NewResolver(tables, nil)
	lat, lon := -20.88, 55.45
	for want, m := range map[string]reference.Mention{
		"93066": {Name: "Saint-Denis", Country: "FR", Departement: "93"},
		"97411": {Name: "Saint-Denis", Country: "FR", Latitude: &lat, Longitude: &lon},
		"11339": {Name: "Saint-Denis", Country: "FR", PostalCode: "11310"},
		"30247": {Name: "Saint-Denis", Country: "FR", INSEE: "30247"},
	} {
		a := r.Resolve(m)
		if c, ok := a.Certain(); !ok || c.Authority.INSEE != want {
			t.Errorf("%s: %s, %+v", want, a.Verdict, a.Candidates)
		}
	}
}

// What the workspace already calls so is what it calls so.
func TestTheWorkspacesOwnWordsCount(t *testing.T) {
	mine := repertoire.Authority{ID: "mine", Name: "Saint-Denis", Country: "FR", Level: repertoire.LevelCommune, INSEE: "93066"}
	r := reference.NewResolver(tables, []repertoire.Authority{mine})
	if c, ok := r.Resolve(asked("Saint-Denis")).Certain(); !ok || c.Authority.ID != "mine" || !c.Known {
		t.Errorf("%+v", c)
	}
	other := asked("Saint-Denis")
	other.Departement = "La Réunion"
	if c, ok := r.Resolve(other).Certain(); !ok || c.Authority.INSEE != "97411" || c.Known {
		t.Errorf("%+v", c)
	}
}

func TestTownsAreFoundWithTheirCountry(t *testing.T) {
	r := reference.NewResolver(tables, nil)
	for name, m := range map[string]reference.Mention{
		"Saint-Louis": {Name: "Saint-Louis du Sénégal", Country: "SN"}, "Tripoli": {Name: "Tripoli, Liban", Country: "LB"},
		"Turin": {Name: "Comune di Torino", Country: "IT"}, "Gorée": {Name: "Île de Gorée", Country: "SN"},
		"Cocody":     {Name: "Commune de Cocody", Country: "CI"},
		"Natitingou": {Name: "Natitingou", Country: "BJ", Region: "Atacora"},
	} {
		if c, ok := r.Resolve(m).Certain(); !ok || c.Authority.Name != name {
			t.Errorf("%s: %+v", name, r.Resolve(m))
		}
	}
}

func TestCountriesInTheirForms(t *testing.T) {
	for text, iso := range map[string]string{"Sénégal (République du)": "SN", "Corée, République de": "KR", "the Netherlands": "NL",
		"Royaume du Maroc":     "MA",
		"Bosnie & Herzégovine": "BA", "ETATS_UNIS": "US", "République d'Arménie": "AM", "jpn": "JP",
		"Cote divoire": "CI", "R.P. de Chine": "CN", "R.D. Congo": "CD", "Canada - Québec": "CA", "Canada/Ontario": "CA",
		"Rép. tchèque": "CZ", "écossais": "GB"} {
		if c, ok := tables.ResolveCountry(text).Certain(); !ok || c.ISO2 != iso {
			t.Errorf("%s: %+v", text, tables.ResolveCountry(text))
		}
	}
	// What is no more, what two states claim and two names for one cell are asked about.
	for text, first := range map[string]string{"ex-Dahomey": "BJ", "Zaïre (ex)": "CD", "R.D.A.": "DE", "Haut-Karabagh": "AZ",
		"Chine (Taïwan)": "TW", "Chine, Hong Kong": "HK"} {
		if a := tables.ResolveCountry(text); a.Verdict != reference.Confirm || a.Countries[0].ISO2 != first {
			t.Errorf("%s: %+v", text, a)
		}
	}
	if a := tables.ResolveCountry("Madagasgar"); a.Verdict != reference.Confirm || a.Countries[0].ISO2 != "MG" {
		t.Errorf("%+v", a)
	}
}

// Foreign regions answer to their French names and to their own; a village is
// not taken for the region of its name, nor a beginning of a name for one town
// where two of the country begin so.
// The name of a people is that of one country, unless two really share it.
func TestPeoplesAreOfOneCountry(t *testing.T) {
	for text, want := range map[string]string{"gallois": "GB", "galloise": "GB", "Welsh": "GB", "wallisien": "WF", "français": "FR",
		"French": "FR", "British": "GB", "guyanais": "GF", "guyanien": "GY", "dominicain": "DO", "dominiquais": "DM",
		"Nigérian": "NG", "Nigérien": "NE", "bosniaque": "BA", "kazakh": "KZ", "azéri": "AZ", "burundien": "BI"} {
		if c, ok := tables.ResolveCountry(text).Certain(); !ok || c.ISO2 != want {
			t.Errorf("%s: %+v, not %s", text, tables.ResolveCountry(text), want)
		}
	}
	for _, text := range []string{"congolais", "congolaises", "saint-martinois", "samoan"} {
		if a := tables.ResolveCountry(text); a.Verdict != reference.Confirm || len(a.Countries) != 2 {
			t.Errorf("%s: %+v", text, a)
		}
	}
	// What a source gives in brackets is no name of a people.
	for _, text := range []string{"Islands", "Occupied", "Dutch part"} {
		if a := tables.ResolveCountry(text); a.Verdict == reference.Sure {
			t.Errorf("%s: %+v", text, a)
		}
	}
}

func TestForeignRegions(t *testing.T) {
	r := reference.NewResolver(tables, nil)
	for typed, want := range map[[2]string]string{{"IT", "Les Pouilles"}: "Pouilles", {"DE", "Freistaat Sachsen"}: "",
		{"DE", "Niedersachsen"}:       "Basse-Saxe",
		{"PL", "Voïvodie de Mazovie"}: "Mazovie", {"ES", "Xunta de Galicia"}: "Galice", {"RO", "Judet de Timiș"}: "Timiș",
		{"CH", "Canton de Zoug"}: "Zoug",
		{"GB", "Cymru"}:          "Pays de Galles", {"CA", "Province de Nouvelle-Écosse"}: "Nouvelle-Écosse",
		{"CM", "Région de l’Extrême-Nord"}: "Extrême-Nord"} {
		c, ok := r.Resolve(reference.Mention{Country: typed[0], Name: typed[1]}).Certain()
		if ok != (want != "") || ok && (c.Authority.Name != want || c.Authority.Level != repertoire.LevelRegion) {
			t.Errorf("%v: %v %s", typed, ok, c.Authority.Name)
		}
	}
	for _, m := range []reference.Mention{{Country: "IT", Name: "Molise"}, {Country: "ES", Name: "La Rioja"},
		{Country: "IT", Name: "Reggio"}, {Country: "GB", Name: "Newcastle"}} {
		if a := r.Resolve(m); a.Verdict != reference.Confirm || len(a.Candidates) < 2 {
			t.Errorf("%s: %s %+v", m.Name, a.Verdict, a.Candidates)
		}
	}
	row := reference.Mention{Country: "DE", Name: "Landshut", Region: "Bayern"}
	if c, ok := r.Resolve(row).Certain(); !ok || !c.Has(reference.ReasonRegion) {
		t.Errorf("a region by its own name: %+v", r.Resolve(row))
	}
}

// A town that the country does not have is looked for in the others.
func TestATownOfAnotherCountryIsProposed(t *testing.T) {
	a := reference.NewResolver(tables, nil).Resolve(reference.Mention{Country: "SN", Name: "Koulikoro"})
	if c, ok := a.Best(); !ok || a.Verdict != reference.Confirm || c.Authority.Country != "ML" || !c.Has(reference.ReasonOther) {
		t.Errorf("%+v", a)
	}
}
