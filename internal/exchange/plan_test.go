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
		!slices.Equal(first.Themes, []string{"2.5", "2"}) || first.Objectives != "Eau\net santé" || !slices.Equal(first.Directories, []string{"senegal"}) {
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
	if !slices.Equal(names, []string{"Lille", "Le Havre", "Nice", "Antananarivo"}) {
		t.Errorf("authorities to write: %v", names)
	}
}

func TestPlanRejects(t *testing.T) {
	rows := []struct{ row, want string }{
		{"Lille;59350;Absurdie;Saint-Louis;;;;;", "Le pays « Absurdie » est inconnu"},
		{"Lille;59999;Sénégal;Saint-Louis;;;;;", "Le code INSEE « 59999 » est inconnu"},
		{"Saint-Denis;;Sénégal;Saint-Louis;;;;;", "désigne 2 collectivités"},
		{"Atlantis;;Sénégal;Saint-Louis;;;;;", "n’est pas une collectivité française connue"},
		{";;Sénégal;Saint-Louis;;;;;", "Il manque la collectivité française"},
		{"Lille;59350;Sénégal;;;;;;", "Il manque la collectivité étrangère"},
		{"Lille;59350;;Saint-Louis;;;;;", "Il manque le pays"},
		{"Lille;59350;Sénégal;Saint-Louis;Bidule;;;;", "Le type « Bidule » est inconnu"},
		{"Lille;59350;Sénégal;Saint-Louis;;Bidule;;;", "Le statut « Bidule » est inconnu"},
		{"Lille;59350;Sénégal;Saint-Louis;;;Bidule;;", "La thématique « Bidule » est inconnue"},
		{"Lille;59350;Sénégal;Saint-Louis;;;;hier;", "n’est pas une année"},
		{"Lille;59350;France;Roubaix;;;;;", "son pays est la France"},
		{"Lille;59350;Sénégal;Saint-Louis;;", "6 cellules au lieu de 9"},
	}
	for _, r := range rows {
		p := plan(t, newWorld(), heading+"Nice;06088;Sénégal;Thiès;;;;;\n"+r.row+"\n", nil)
		if len(p.Rejected) != 1 || p.Rejected[0].Row != 3 || !strings.Contains(p.Rejected[0].Reason, r.want) || len(p.Added) != 1 {
			t.Errorf("%s: want %q, got %v (%d added)", r.row, r.want, p.Rejected, len(p.Added))
		}
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
	if u.Before.Status != repertoire.StatusActive || u.After.Status != repertoire.StatusDormant || u.After.Objectives != "Soigner" || len(u.After.Themes) != 1 {
		t.Errorf("after: %+v", u.After)
	}
	if _, ok := u.Before.Confirmations["status"]; ok && u.Before.Confirmations["status"] == u.After.Confirmations["status"] && !u.After.Confirmations["status"].At.IsZero() {
		t.Error("the record before shares its confirmations with the one after")
	}
}

func TestTwinsInTheFile(t *testing.T) {
	w := newWorld()
	row := "Lille;59350;Sénégal;Saint-Louis;%s;;;;\n"
	text := heading + strings.ReplaceAll(row, "%s", "Jumelage") + strings.ReplaceAll(row, "%s", "Jumelage") + strings.ReplaceAll(row, "%s", "Accord de projet")
	p := plan(t, w, text, nil)
	if len(p.Added) != 2 || len(p.Rejected) != 1 || p.Rejected[0].Row != 3 || !strings.Contains(p.Rejected[0].Reason, "ligne 2") {
		t.Fatalf("added %d, rejected %v", len(p.Added), p.Rejected)
	}
	base := w.accept(p, nil)
	again := plan(t, w, text, base)
	if again.Unchanged != 2 || len(again.Rejected) != 1 {
		t.Errorf("second time: %+v", again)
	}
}

func TestNearNamesAreRemarked(t *testing.T) {
	w := newWorld()
	p := plan(t, w, heading+"Lille;59350;Sénégal;Tambacounda;;;;;\nNice;06088;Sénégal;Tambacunda;;;;;\nNice;06088;Sénégal;Saint-Luis;;;;;\nNice;06088;Sénégal;Ville 11;;;;;\nNice;06088;Sénégal;Ville 12;;;;;\n", nil)
	if len(p.Added) != 5 || len(p.Warnings) != 2 || p.Warnings[0].Row != 3 || p.Warnings[1].Row != 4 {
		t.Fatalf("warnings %v, rejected %v", p.Warnings, p.Rejected)
	}
}

func TestCodeAgainstName(t *testing.T) {
	p := plan(t, newWorld(), heading+"Villeurbanne;59350;Sénégal;Podor;;;;;\n", nil)
	if len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0].Reason, "Lille") {
		t.Errorf("%v", p.Warnings)
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
	p := plan(t, newWorld(), "Commune;Pays;Partenaire;Répertoire\nLille;Japon;Rei;japon\nNice;Japon;Rei;japon\nLille;Sénégal;Podor;\nNice;Sénégal;Podor;inconnu\n", nil)
	if len(p.Added) != 3 || p.Added[0].Partnership.Directories[0] != "japon" || p.Added[2].Partnership.Directories[0] != "senegal" {
		t.Errorf("%+v", p.Added)
	}
	if len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0].Reason, "2 lignes") || len(p.Rejected) != 1 {
		t.Errorf("%v, %v", p.Warnings, p.Rejected)
	}
}
