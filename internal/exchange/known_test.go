package exchange_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
)

func samples(t testing.TB) (*exchange.Known, sample.Set) {
	t.Helper()
	set, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	return exchange.NewKnown(reference.Open(), exchange.Base{Authorities: set.Authorities, Directories: set.Directories}), set
}

// The headings and the spellings of the public data the samples came from:
// what was put in order by hand is recognised, and the rest is explained.
func TestPublicDataMeetTheSamples(t *testing.T) {
	known, set := samples(t)
	text := "repertoire;pays;collectivite_fr;code_insee;siren;type_liaison;departement;region;population_fr;lat_fr;lon_fr;collectivite_etrangere;lat;lon;population_etr;source\n" +
		"Amérique latine & Caraïbe;Argentine;Biarritz;64122;216401224;0;Pyrénées-Atlantiques;Nouvelle-Aquitaine;26206;43.48;-1.55;Mar del Plata;-38;-57.55;700000;Wikidata\n" +
		"franco-libanais;Liban;Marseille;13055;211300553;0;Bouches-du-Rhône;Provence-Alpes-Côte d'Azur;886040;;;Beirut;33.88;35.51;361366;Wikidata\n" +
		"franco-arméniens;Arménie;Créteil;94028;219400280;0;Val-de-Marne;Île-de-France;93397;;;Gyumri;;;;Wikipédia\n" +
		"Amérique latine & Caraïbe;Nicaragua;Allonnes, Sarthe;;;;;;;47.96;0.16;Ocotal;13.6;-86.4;;Wikidata\n" +
		"Amérique latine & Caraïbe;Brésil;Dunkirk;;;;;;;51.03;2.37;Vitória;-20.3;-40.3;355875;Wikidata\n"
	table, err := exchange.Read("partnerships.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), known, set.Partnerships, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Unchanged != 4 || len(p.Added) != 1 || len(p.Rejected) != 0 || len(p.Updated) != 0 {
		t.Fatalf("unchanged %d, added %d, updated %d, rejected %v", p.Unchanged, len(p.Added), len(p.Updated), p.Rejected)
	}
	a := p.Added[0].Partnership
	if known.Authority(a.PartiesOn(repertoire.SideFrench)[0]).INSEE != "72003" || a.Directories[0] != "amerique-latine-caraibe" {
		t.Errorf("%+v", a)
	}
}

// The samples leave and come back unchanged, invented entries included.
func TestSamplesComeBackUnchanged(t *testing.T) {
	known, set := samples(t)
	for _, format := range []exchange.Format{exchange.CSV, exchange.XLSX} {
		var file bytes.Buffer
		if _, err := exchange.Write(&file, format, set.Partnerships, known.Names()); err != nil {
			t.Fatal(err)
		}
		table, err := exchange.Read("e", &file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), known, set.Partnerships,
			exchange.Options{Directory: "japon"})
		if err != nil {
			t.Fatal(err)
		}
		if p.Unchanged != len(set.Partnerships) {
			t.Errorf("%s: unchanged %d of %d, rejected %v", format, p.Unchanged, len(set.Partnerships), p.Rejected)
		}
		// Without the column of IDs the authorities alone find the records.
		delete := exchange.Guess(table.Headings)
		delete["Identifiant"] = exchange.FieldIgnored
		p, err = exchange.NewPlan(t.Context(), table, delete, known, set.Partnerships, exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Unchanged != len(set.Partnerships) {
			t.Errorf("%s without IDs: unchanged %d of %d, updated %d, added %d, rejected %v", format, p.Unchanged, len(set.Partnerships),
				len(p.Updated), len(p.Added), p.Rejected)
		}
	}
}

// The French authorities of the samples are those of the reference.
func TestSamplesAgreeWithReference(t *testing.T) {
	tables := reference.Open()
	_, set := samples(t)
	for _, a := range set.Authorities {
		if !a.French() || a.Fictitious {
			continue
		}
		ref, ok := tables.FrenchByID(a.ID)
		if !ok {
			t.Errorf("%s (%s) is not in the reference", a.Name, a.INSEE)
			continue
		}
		if a.Name != ref.Name || a.Article != ref.Article || a.SIREN != ref.SIREN || a.Departement != ref.Departement ||
			a.Region != ref.Region || a.Population != ref.Population {
			t.Errorf("%s: %+v, reference %+v", a.INSEE, a, ref)
		}
	}
}

func TestKnownFinds(t *testing.T) {
	known, _ := samples(t)
	for text, slug := range map[string]string{"franco-malgaches": "madagascar", "Amérique latine & Caraïbe": "amerique-latine-caraibe",
		"JAPON": "japon"} {
		if got, ok := known.Directory(text); !ok || got != slug {
			t.Errorf("%s: %q", text, got)
		}
	}
	if _, ok := known.Directory("es"); ok {
		t.Error("« es » is a répertoire")
	}
	for name, n := range map[string]int{"Lille": 1, "Saint-Denis": 2, "Nord": 1, "Le Havre": 1, "Atlantis": 0} {
		got := known.French(exchange.FrenchQuery{Name: name})
		if len(got) < n || n == 0 && len(got) > 0 {
			t.Errorf("%s: %d found", name, len(got))
		}
	}
	for _, q := range []struct{ country, name, want string }{{"SN", "saint louis", "Saint-Louis"}, {"JP", "静岡市", "Shizuoka"},
		{"MG", "Tananarive", "Antananarivo"}, {"SN", "kolda", "Kolda"}} {
		got := known.Foreign(q.country, q.name)
		if len(got) == 0 || got[0].Name != q.want {
			t.Errorf("%s: %v", q.name, got)
		}
	}
	if code, ok := known.Theme("eau et assainissement"); !ok || code != "3.1.1" {
		t.Errorf("theme %q", code)
	}
}

// 25,000 rows against the true tables and a base of 25,000 records, by name
// alone: ≤ 10 s wanted; 2.2 s measured on 2 shared cores.
func BenchmarkImportAgainstReference(b *testing.B) {
	tables := reference.Open()
	french := tables.FrenchAuthorities()
	var text strings.Builder
	text.WriteString("Collectivité française;Département;Pays;Collectivité étrangère;Thématiques;Description\n")
	for i := range 25000 {
		a := french[len(french)-1-i]
		fmt.Fprintf(&text, "%s;%s;Japon;Ville %d;Santé;%s\n", a.Name, a.Departement, i%3000, strings.Repeat("Une phrase. ", 40))
	}
	for b.Loop() {
		known, set := samples(b)
		table, err := exchange.Read("b.csv", strings.NewReader(text.String()))
		if err != nil {
			b.Fatal(err)
		}
		p, err := exchange.NewPlan(b.Context(), table, exchange.Guess(table.Headings), known, set.Partnerships,
			exchange.Options{Directory: "japon"})
		if err != nil {
			b.Fatal(err)
		}
		if len(p.Added) < 24000 {
			b.Fatal(len(p.Added), p.Rejected[:5])
		}
	}
}
