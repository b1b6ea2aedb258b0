package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

const heading = "Collectivité française;Code INSEE;Pays;Collectivité étrangère;Type;Statut;Thématiques;Année;Objectifs\n"

func TestPlanAddsAndResolves(t *testing.T) {
	w := newWorld()
	p := plan(t, w, heading+
		"Lille;59350;Sénégal;Saint-Louis;Jumelage;Actif;Santé, Éducation, social et recherche;1978;\"Eau\net santé\"\n"+
		"Ville du Havre;;senegal;ndar;coopération;en cours;3.1.1 | 2.5;2001;\n"+
		"Nice;6088;MG;Antananarivo;;;;;\n", nil)
	if len(p.Rejected) != 0 || len(p.Added) != 3 {
		t.Fatalf("rejected %v, added %d", p.Rejected, len(p.Added))
	}
	first := p.Added[0].Partnership
	if first.Type != repertoire.TypeTwinning || first.Status != repertoire.StatusActive || first.FirstYear != 1978 ||
		!slices.Equal(first.Themes, []string{"2.5", "2"}) || first.Objectives != "Eau\net santé" ||
		!slices.Equal(first.Directories, []string{"senegal"}) {
		t.Errorf("first: %+v", first)
	}
	second := p.Added[1].Partnership
	if second.PartiesOn(repertoire.SideForeign)[0] != repertoire.DeriveID("place:SN:Saint-Louis") {
		t.Errorf("« ndar » is not Saint-Louis: %+v", second.Parties)
	}
	if second.PartiesOn(repertoire.SideFrench)[0] != repertoire.DeriveID("fr:commune:76351") || second.Type != repertoire.TypeCooperation {
		t.Errorf("second: %+v", second)
	}
	var names []string
	for _, a := range p.Authorities {
		names = append(names, a.Name)
	}
	if !slices.Equal(names, []string{"Lille", "Ville du Havre", "Nice", "Antananarivo"}) {
		t.Errorf("authorities to write: %v", names)
	}
}

func TestPlanRejects(t *testing.T) {
	rows := []struct{ row, want string }{
		{";59999;Sénégal;Saint-Louis;;;;;", "Aucune collectivité connue n’a le code"},
		{";;Sénégal;Saint-Louis;;;;;", "Il manque la collectivité française"},
		{"Lille;59350;Sénégal;;;;;;", "Il manque la collectivité étrangère"},
		{"Lille;59350;France;Roubaix;;;;;", "son pays est la France"},
	}
	for _, r := range rows {
		p := plan(t, newWorld(), heading+"Nice;06088;Sénégal;Thiès;;;;;\n"+r.row+"\n", nil)
		if len(p.Rejected) != 1 || p.Rejected[0].Row != 3 || !strings.Contains(p.Rejected[0].Reason, r.want) || len(p.Added) != 1 {
			t.Errorf("%s: want %q, got %v (%d added)", r.row, r.want, p.Rejected, len(p.Added))
		}
	}
}

// A country that no list has, that may be two, or that is not said leaves its
// authority without one and keeps the row; the word is listed, mapped once for
// all, and the second run changes nothing.
func TestAnUnknownCountryKeepsItsRow(t *testing.T) {
	text := "Collectivité française;Pays;Collectivité étrangère\nLille;Atlantide;Poséidonis\nRennes;atlantide;Poséidonis\n" +
		"Nantes;Sénégal / Mali;Kayes Bidon\nLyon;;Nulle-Part\n"
	_, p := taken(t, text, "", exchange.Recipe{}, nil, nil)
	if len(p.Added) != 4 || len(p.Rejected) != 0 || len(p.Unknown) != 2 || p.Unknown[0].Count != 2 || len(p.Unknown[1].Near) != 2 {
		t.Fatalf("added %d, rejected %v, unknown %+v", len(p.Added), p.Rejected, p.Unknown)
	}
	abroad := map[string]string{}
	for _, a := range p.Authorities {
		if !a.French() {
			abroad[a.Name] = a.Country
		}
	}
	if len(abroad) != 3 || abroad["Poséidonis"] != "" {
		t.Errorf("authorities %v", abroad)
	}
	if n := p.Added[0].Partnership.Notes; !strings.Contains(n, "Pays : Atlantide") {
		t.Errorf("the notes keep %q", n)
	}
	_, again := taken(t, text, "", exchange.Recipe{}, p.Authorities, accepted(p))
	if again.Unchanged != 4 || len(again.Updated)+len(again.Added)+len(again.Authorities) != 0 {
		t.Errorf("second run: %d added, %d updated, %d unchanged", len(again.Added), len(again.Updated), again.Unchanged)
	}
	_, mapped := taken(t, text, "", exchange.Recipe{Words: exchange.Words{exchange.FieldCountry: {"Atlantide": "Grèce"}}}, nil, nil)
	for _, a := range mapped.Authorities {
		if a.Name == "Poséidonis" && a.Country != "GR" {
			t.Errorf("mapped to %q", a.Country)
		}
	}
}

// An odd word leaves its cell, keeps its row, is said once with its count, and
// is mapped once for all.
func TestOddWordsKeepTheirRows(t *testing.T) {
	text := "Collectivité française;Pays;Collectivité étrangère;Type;Statut;Thématiques;Année;Niveau\n" +
		"Lille;Sénégal;Podor;Bidule;Expiré;Santé, Trucs;hier;\nNice;Sénégal;Podor;;expiré;Eau/assainissement;1958-1963;\nLe Havre;Sénégal;Podor;Jumelage;Actif;?;N/A;\n"
	w := newWorld()
	p := plan(t, w, text, nil)
	if len(p.Added) != 3 || len(p.Rejected) != 0 {
		t.Fatalf("added %d, rejected %v", len(p.Added), p.Rejected)
	}
	counts := map[string]int{}
	for _, u := range p.Unknown {
		counts[string(u.Field)+":"+u.Word] = u.Count
	}
	if len(counts) != 4 || counts["statut:Expiré"] != 2 || counts["type:Bidule"] != 1 || counts["thematiques:Trucs"] != 1 ||
		counts["annee:hier"] != 1 {
		t.Errorf("unknown: %v", counts)
	}
	if !slices.Equal(p.Unknown[0].Near, []string{"Terminé", "En sommeil"}) {
		t.Errorf("near: %v", p.Unknown[0].Near)
	}
	first, second := p.Added[0].Partnership, p.Added[1].Partnership
	if first.Status != "" || !slices.Equal(first.Themes, []string{"2.5"}) || !slices.Equal(second.Themes, []string{"3.1.1"}) ||
		second.Start != "1958" || second.End != "1963" {
		t.Errorf("%+v\n%+v", first, second)
	}
	table, err := exchange.Read("essai.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err = exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, nil, exchange.Options{Directory: "senegal",
		Words: exchange.Words{exchange.FieldStatus: {"Expiré": "Terminé"}, exchange.FieldType: {"bidule": ""},
			exchange.FieldThemes: {"Trucs": "Culture et patrimoine"}}})
	if err != nil || len(p.Unknown) != 1 || p.Added[0].Partnership.Status != repertoire.StatusEnded ||
		p.Added[1].Partnership.Status != repertoire.StatusEnded ||
		!slices.Equal(p.Added[0].Partnership.Themes, []string{"2.5", "6"}) {
		t.Errorf("mapped: %v, %+v, %v", p.Unknown, p.Added[0].Partnership, err)
	}
}

func TestPlanHomonymsAreToldApart(t *testing.T) {
	for row, want := range map[string]string{
		"Allonnes, Sarthe;;":    "72003",
		"Allonnes (49);;":       "49002",
		"Allonnes;;Sarthe":      "72003",
		"Saint-Denis;97411;":    "97411",
		"Saint-Denis;;93":       "93066",
		"Mairie de Lille;;":     "59350",
		"Département du Nord;;": "59",
	} {
		w := newWorld()
		p := plan(t, w, "Collectivité;INSEE;Département;Pays;Partenaire\n"+row+";Sénégal;Podor\n", nil)
		if len(p.Added) != 1 {
			t.Errorf("%s: %v", row, p.Rejected)
			continue
		}
		w.accept(p, nil)
		if a := w.Authority(p.Added[0].Partnership.PartiesOn(repertoire.SideFrench)[0]); a.INSEE != want {
			t.Errorf("%s: got %s", row, a.INSEE)
		}
	}
}

func TestEmptyCellsEraseNothing(t *testing.T) {
	w := newWorld()
	old := w.accept(plan(t, w, heading+"Lille;59350;Sénégal;Saint-Louis;Jumelage;Actif;Santé;1978;Soigner\n", nil), nil)
	again := plan(t, w, heading+"Lille;59350;Sénégal;Saint-Louis;;;;;\n", old)
	if again.Unchanged != 1 || len(again.Updated)+len(again.Added)+len(again.Rejected) != 0 {
		t.Fatalf("%+v", again)
	}
	changed := plan(t, w, heading+"Lille;59350;Sénégal;Saint-Louis;;En sommeil;;;\n", old)
	if len(changed.Updated) != 1 {
		t.Fatalf("%+v", changed)
	}
	u := changed.Updated[0]
	if u.Before.Status != repertoire.StatusActive || u.After.Status != repertoire.StatusDormant || u.After.Objectives != "Soigner" ||
		len(u.After.Themes) != 1 {
		t.Errorf("after: %+v", u.After)
	}
	if _, ok := u.Before.Confirmations["status"]; ok && u.Before.Confirmations["status"] == u.After.Confirmations["status"] &&
		!u.After.Confirmations["status"].At.IsZero() {
		t.Error("the record before shares its confirmations with the one after")
	}
}

func TestTwinsInTheFile(t *testing.T) {
	w := newWorld()
	row := "Lille;59350;Sénégal;Saint-Louis;%s;;;;\n"
	text := heading + strings.ReplaceAll(row, "%s", "Jumelage") + strings.ReplaceAll(row, "%s", "Jumelage") +
		strings.ReplaceAll(row, "%s", "Accord de projet")
	p := plan(t, w, text, nil)
	if len(p.Added) != 2 || len(p.Rejected) != 0 || p.Unchanged != 1 || !remarked(p, 3, "ligne 2") {
		t.Fatalf("added %d, rejected %v", len(p.Added), p.Rejected)
	}
	base := w.accept(p, nil)
	again := plan(t, w, text, base)
	if again.Unchanged != 3 || len(again.Rejected) != 0 {
		t.Errorf("second time: %+v", again)
	}
}

func TestNearNamesAreRemarked(t *testing.T) {
	w := newWorld()
	p := plan(t, w,
		heading+"Lille;59350;Sénégal;Zambarandou;;;;;\nNice;06088;Sénégal;Zambarendou;;;;;\nNice;06088;Sénégal;Saint-Luis;;;;;\nNice;06088;Sénégal;Ville 11;;;;;\nNice;06088;Sénégal;Ville 12;;;;;\n", nil)
	if len(p.Added) != 5 || len(p.Warnings) != 2 || p.Warnings[0].Row != 3 || p.Warnings[1].Row != 4 {
		t.Fatalf("warnings %v, rejected %v", p.Warnings, p.Rejected)
	}
}

func TestCodeAgainstName(t *testing.T) {
	p := plan(t, newWorld(), heading+"Villeurbanne;59350;Sénégal;Podor;;;;;\n", nil)
	if len(p.Questions) == 0 || p.Questions[0].Candidates[1].Authority.Name != "Villeurbanne" ||
		!strings.Contains(p.Warnings[0].Reason, "Lille") {
		t.Errorf("%v, %+v", p.Warnings, p.Questions)
	}
}

func TestContactsComeInUnpublished(t *testing.T) {
	w := newWorld()
	p := plan(t, w, "Commune;Pays;Partenaire;Élu référent;Courriel\nLille;Sénégal;Podor;Awa Exemple;awa@exemple.fr\n", nil)
	if len(p.Added) != 1 {
		t.Fatalf("%+v", p)
	}
	c := p.Added[0].Partnership.Contacts[0]
	if c.Email != "awa@exemple.fr" || !c.Elected || c.PublishName || c.PublishEmail {
		t.Errorf("%+v", c)
	}
	if _, ok := c.Published(); ok {
		t.Error("an imported contact may be published without agreement")
	}
}

func TestUnmappedAndMissingColumns(t *testing.T) {
	w := newWorld()
	p := plan(t, w, "Commune;Pays;Partenaire;Couleur préférée\nLille;Sénégal;Podor;bleu\n", nil)
	if !slices.Equal(p.Unmapped, []string{"Couleur préférée"}) {
		t.Errorf("unmapped: %v", p.Unmapped)
	}
	table, err := exchange.Read("x.csv", strings.NewReader("Pays;Couleur\nSénégal;bleu\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, nil, exchange.Options{})
	if repertoire.KindOf(err) != repertoire.Refused || !strings.Contains(err.Error(), "Collectivité étrangère") {
		t.Errorf("%v", err)
	}
}

func TestRowsMayNameTheirDirectory(t *testing.T) {
	p := plan(t, newWorld(),
		"Commune;Pays;Partenaire;Répertoire\nLille;Japon;Rei;japon\nNice;Japon;Rei;japon\nLille;Sénégal;Podor;\nNice;Sénégal;Podor;ailleurs\n", nil)
	if len(p.Added) != 4 || p.Added[0].Partnership.Directories[0] != "japon" || p.Added[2].Partnership.Directories[0] != "senegal" {
		t.Errorf("%+v", p.Added)
	}
	if len(p.Warnings) != 2 || !strings.Contains(p.Warnings[0].Reason, "2 lignes") || len(p.Unknown) != 1 ||
		p.Unknown[0].Word != "ailleurs" || len(p.Rejected) != 0 {
		t.Errorf("%v, %v", p.Warnings, p.Rejected)
	}
}
