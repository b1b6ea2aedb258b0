package book

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func compose(t testing.TB, in Input) (layout.Document, Report) {
	t.Helper()
	doc, report, err := Compose(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	checkAnchors(t, doc)
	return doc, report
}

// checkAnchors holds for every book: each anchor once, each reference answered.
func checkAnchors(t testing.TB, doc layout.Document) {
	t.Helper()
	defined, used := anchors(doc)
	have := map[string]bool{}
	for _, a := range defined {
		if a == "" || have[a] {
			t.Errorf("anchor %q is empty or given twice", a)
		}
		have[a] = true
	}
	for _, a := range used {
		if !have[a] && a != layout.PageCount {
			t.Errorf("a reference to %q leads nowhere", a)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			old := ""
			if i < len(w) {
				old = w[i]
			}
			t.Fatalf("%s differs at line %d:\n got %q\nwant %q\n(run with -update and review)", file, i+1, g[i], old)
		}
	}
	t.Fatalf("%s is longer than what was composed", file)
}

func longInput() *inputs {
	s := newInput("Répertoire des partenariats franco-mauritaniens", "MR")
	s.in.Media = goalFixture()
	s.in.Directory.Groups = []repertoire.CountryGroup{{Country: "MR", Name: "Groupe-pays Mauritanie", President: "Sarah Bouseksou",
		Office: "conseillère municipale", Authority: "Savigny-le-Temple", Feminine: true, AsOf: "2025-10"}}
	s.in.Directory.Editorial = []repertoire.Editorial{{Text: "Un mot *d’accueil*.", Author: "A. Directrice", Role: "Directrice générale",
		Portrait: repertoire.Picture{Media: "puits", Credit: "© CUF"}}}
	s.in.Directory.Blurb = "Treize partenariats actifs."
	s.in.Presentations["MR"] = repertoire.Presentation{ID: "pres", Country: "MR", Introduction: "La Mauritanie est un pays du Sahel.",
		Figures: []repertoire.Figure{{Label: "Superficie", Value: "1 030 700 km²", Year: 2020, Source: "Banque mondiale"},
			{Label: "Capitale", Value: "Nouakchott", Source: "Banque mondiale"}},
		Territorial: "Deux échelons.", Tiers: []repertoire.Tier{{Name: "Wilayas", Count: 15, Note: "circonscriptions et collectivités"},
			{Name: "Communes", Count: 238}},
		Milestones:       []repertoire.Milestone{{Year: 2018, Text: "premières élections régionales"}, {Year: 1986, Text: "création des communes"}},
		Decentralisation: "Engagée en 1986.", Cooperation: "Ancienne.",
		Contacts: []repertoire.UsefulContact{{Name: "Ambassade de France", URL: "https://mr.ambafrance.org/"},
			{Name: "AFD", Phone: "+222 00 00 00 00"}},
		Source: "Essai"}
	for i := range 13 {
		f := s.french(fmt.Sprintf("Commune %c", 'A'+i), 0, "Nord", "Hauts-de-France", 1000*(i+1), 49+float64(i)*0.1, 2+float64(i)*0.2)
		g := s.abroad("MR", fmt.Sprintf("Ville %c", 'A'+i), "Trarza", 0, 17+float64(i)*0.4, -15+float64(i)*0.3)
		s.pair(f, g, func(p *repertoire.Partnership) { rich(p); p.FirstYear = 1978 + 3*i })
	}
	return s
}

func regionInput() *inputs {
	s := newInput("Répertoire France–Amérique latine & Caraïbe", "AR", "BR", "CU", "EC")
	nantes := s.french("Nantes", 0, "Loire-Atlantique", "Pays de la Loire", 327734, 47.2, -1.55)
	cayenne := s.french("Cayenne", 0, "Guyane", "Guyane", 62675, 4.94, -52.33)
	bahia := s.abroad("AR", "Bahía Blanca", "Buenos Aires", 301572, -38.7, -62.3)
	salvador := s.abroad("BR", "Salvador", "Bahia", 2921087, -12.97, -38.5)
	havana := s.abroad("CU", "La Havane", "", 2100000, 23.1, -82.4)
	a := s.in.Authorities[havana]
	a.OtherNames, a.NativeName, a.NativeLang = []string{"Havana"}, "La Habana", "es"
	s.in.Authorities[havana] = a
	s.pair(nantes, bahia, nil).pair(cayenne, salvador, nil).pair(nantes, havana, nil).pair(nantes, salvador,
		func(p *repertoire.Partnership) {
			p.Parties = append(p.Parties, repertoire.Party{Authority: havana, Side: repertoire.SideForeign})
			p.Type = repertoire.TypeTriangular
		})
	return s
}

func TestGoldenBooks(t *testing.T) {
	alone := newInput("Répertoire d’un seul", "SN")
	alone.pair(alone.french("Lille", 0, "", "", 0, 50.6, 3), alone.abroad("SN", "Saint-Louis", "", 0, 16, -16.5),
		func(p *repertoire.Partnership) { p.Type, p.Source = "", "" })
	previous := bareInput()
	previous.in.Previous = &Edition{Label: "septembre 2023",
		Partnerships: append([]repertoire.Partnership(nil), previous.in.Partnerships[1:]...), Authorities: previous.in.Authorities}
	previous.in.Previous.Partnerships[0].Objectives = "Autres objectifs."
	previous.in.Previous.Partnerships = append(previous.in.Previous.Partnerships,
		repertoire.Partnership{ID: "gone", Title: "Brest – Thiès"})
	tables := bareInput()
	tables.in.Directory.Density = repertoire.DensityTable
	for name, s := range map[string]*inputs{
		"empty": newInput("Répertoire vide", "SN"), "bare": bareInput(), "long": longInput(), "region": regionInput(), "alone": alone,
		"news": previous, "table": tables,
	} {
		t.Run(name, func(t *testing.T) {
			doc, _ := compose(t, s.in)
			golden(t, name, dump(doc))
		})
	}
}

// The same input gives the same document, whatever the order of the records.
func TestDeterminism(t *testing.T) {
	s := longInput()
	one, r1 := compose(t, s.in)
	for range 3 {
		s.in.Partnerships = append(s.in.Partnerships[1:], s.in.Partnerships[0])
		two, r2 := compose(t, s.in)
		if !reflect.DeepEqual(one, two) {
			t.Fatal("the document depends on the order of the input")
		}
		if len(r1.Notices) != len(r2.Notices) {
			t.Fatal("the report depends on the order of the input")
		}
	}
}

func TestUnpublishableNeverPrinted(t *testing.T) {
	s := longInput()
	doc, report := compose(t, s.in)
	for _, x := range allStrings(doc) {
		for _, secret := range []string{"Secret", "bruno.secret", "00 00 00 02", "00 00 00 01"} {
			if strings.Contains(x, secret) {
				t.Fatalf("%q is printed in %q", secret, x)
			}
		}
	}
	found := false
	for _, x := range allStrings(doc) {
		found = found || strings.Contains(x, "Anne Publique")
	}
	if !found || len(report.Named) != 13 {
		t.Errorf("the publishable contact must be printed, and listed %d times", len(report.Named))
	}
}

func TestLongNames(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Communauté de communes ", 9))[:200]
	s := newInput(long, "SN")
	s.pair(s.french(long, 0, long, long, 1, 50, 3), s.abroad("SN", long, long, 1, 14, -15), rich)
	doc, _ := compose(t, s.in)
	text := strings.Join(allStrings(doc), "\n")
	if !strings.Contains(text, long) {
		t.Error("the whole name must be in the book")
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Compose(ctx, bareInput().in); err == nil {
		t.Error("a cancelled context must stop the book")
	}
}

func TestNoReferenceAtAll(t *testing.T) {
	s := longInput()
	s.in.Reference, s.in.Media = Reference{}, nil
	doc, _ := compose(t, s.in)
	if len(doc.Sections) < 8 {
		t.Errorf("only %d sections", len(doc.Sections))
	}
}

func TestFictitiousIsSaid(t *testing.T) {
	for _, density := range []repertoire.Density{repertoire.DensityAuto, repertoire.DensityPage, repertoire.DensityHalf,
		repertoire.DensityTable} {
		s := bareInput()
		s.in.Directory.Density = density
		s.in.Partnerships[0].Fictitious = true
		doc, _ := compose(t, s.in)
		if !strings.Contains(strings.Join(allStrings(doc), "\n"), fictitiousMark) {
			t.Errorf("density %q does not mark a fictitious entry", density)
		}
	}
}

func TestSheet(t *testing.T) {
	s := longInput()
	doc, _, err := Sheet(s.in, "p003")
	if err != nil || len(doc.Sections) != 1 {
		t.Fatalf("%v, %d sections", err, len(doc.Sections))
	}
	checkAnchors(t, doc)
	golden(t, "sheet", dump(doc))
	if _, _, err := Sheet(s.in, "none"); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("an unknown entry gives %v", err)
	}
}

func TestThematic(t *testing.T) {
	s := regionInput()
	doc, _, err := Thematic(context.Background(), s.in, Selection{Title: "Eau et assainissement", Criteria: "thème : eau"})
	if err != nil || doc.Meta.Title != "Eau et assainissement" {
		t.Fatalf("%v, title %q", err, doc.Meta.Title)
	}
	checkAnchors(t, doc)
	text := strings.Join(allStrings(doc), "\n")
	if strings.Contains(text, "Bon de commande") || !strings.Contains(text, "thème : eau") {
		t.Error("a thematic book says its search and has no order form")
	}
}

func TestPlans(t *testing.T) {
	keys := func(choices ...repertoire.SectionChoice) string {
		var out []string
		for _, p := range plans(choices) {
			if !p.off {
				out = append(out, p.key)
			}
		}
		return strings.Join(out, " ")
	}
	all := keys()
	if got := keys(repertoire.SectionChoice{Key: PartOrderForm, Off: true}); got != strings.Replace(all, " "+PartOrderForm, "", 1) {
		t.Errorf("switching one part off changed more: %s", got)
	}
	got := keys(repertoire.SectionChoice{Key: PartMaps}, repertoire.SectionChoice{Key: "texte:postface"},
		repertoire.SectionChoice{Key: PartGuide})
	if strings.Index(got, PartMaps) > strings.Index(got, PartGuide) || !strings.Contains(got, "texte:postface") ||
		len(strings.Fields(got)) != len(strings.Fields(all))+1 {
		t.Errorf("the order asked for is lost: %s", got)
	}
}

func TestOtherOrder(t *testing.T) {
	s := bareInput()
	s.in.Directory.Sections = []repertoire.SectionChoice{{Key: PartEntries}, {Key: PartOtherOrder}}
	doc, _ := compose(t, s.in)
	text := dump(doc)
	at := strings.Index(text, "Les partenariats par collectivité partenaire")
	if at < 0 {
		t.Fatal("the other order is missing")
	}
	rest := text[at:]
	if b, l := strings.Index(rest, "Bambey"), strings.Index(rest, "Saint-Louis"); b < 0 || l < b {
		t.Error("partners are not in their order")
	}
	if doc, _ := compose(t, bareInput().in); strings.Contains(dump(doc), "collectivité partenaire\n  table") {
		t.Error("the other order must be asked for")
	}
}

func TestOverrides(t *testing.T) {
	s := longInput()
	s.in.Media = goalFixture()
	s.in.Overrides = map[repertoire.ID]Override{"p002": {Keep: true, PictureWidth: 0.4}}
	doc, _ := compose(t, s.in)
	if !strings.Contains(dump(doc), "#fiche-p002 keep=true page=true") {
		t.Error("the entry is not kept whole")
	}
}

// A notice leads to its entry and field.
func TestNotices(t *testing.T) {
	s := bareInput()
	p := &s.in.Partnerships[0]
	rich(p)
	p.Objectives = "Écrire à bruno.secret@example.org"
	p.Verified = "2020-01-01"
	s.pair(p.Parties[0].Authority, p.Parties[1].Authority,
		func(q *repertoire.Partnership) { q.Themes = []string{"99"}; q.Fictitious = true })
	_, report := compose(t, s.in)
	want := map[NoticeKind]string{NoticeContact: "objectives", NoticeStale: "verified", NoticeDuplicate: "parties", NoticeTheme: "themes.0",
		NoticeFictitious: "fictitious", NoticePicture: "pictures.0"}
	for kind, field := range want {
		found := false
		for _, n := range report.Notices {
			found = found || n.Kind == kind && n.Origin.Field == field && n.Origin.Entry != "" && n.Origin.Title != ""
		}
		if !found {
			t.Errorf("no notice %s on %s", kind, field)
		}
	}
}
