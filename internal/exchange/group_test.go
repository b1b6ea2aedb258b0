package exchange_test

import (
	"io"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

const atlas = "Collectivité française;Pays;Collectivité étrangère;Statut;Projet;Thématique\n" +
	"Lille;Sénégal;Saint-Louis;Actif;Eau potable;3.1.1\n" +
	"Lille;Sénégal;Saint-Louis;Terminé;Écoles;2.5\n" +
	"Nice;Sénégal;Dakar;Actif;Plage;3.1.1\n"

// A file with a row a project makes a partnership with its projects.
func TestRowsOfOnePartnershipAreGrouped(t *testing.T) {
	w := newWorld()
	apart := plan(t, w, atlas, nil)
	if apart.Twins != 1 || len(apart.Added) != 2 {
		t.Errorf("apart: %d twins, %d added", apart.Twins, len(apart.Added))
	}
	p := grouped(t, w, atlas, exchange.Options{Directory: "senegal", Group: true})
	if len(p.Rejected) != 0 || len(p.Added) != 2 || p.Grouped != 1 {
		t.Fatalf("rejected %v, added %d, grouped %d", p.Rejected, len(p.Added), p.Grouped)
	}
	first := p.Added[0].Partnership
	if len(first.Projects) != 2 || len(first.Themes) != 2 || first.Status != "" {
		t.Errorf("first: %+v", first)
	}
	said := false
	for _, x := range p.Warnings {
		said = said || x.Row == 2 && strings.Contains(x.Reason, "Terminé")
	}
	if !said {
		t.Errorf("the other status is not said: %v", p.Warnings)
	}
}

// A row that says otherwise what another said is refused, one that repeats it
// is not; an odd word in the first loses neither.
func TestTwinsAreToldFromRepetitions(t *testing.T) {
	p := plan(t, newWorld(),
		"Collectivité française;Pays;Collectivité étrangère;Statut\nLille;Sénégal;Saint-Louis;Actif\nLille;Sénégal;Saint-Louis;n’importe quoi\nLille;Sénégal;Saint-Louis;Terminé\n", nil)
	if len(p.Added) != 1 || p.Added[0].Row != 2 || p.Unchanged != 1 || len(p.Rejected) != 1 || p.Rejected[0].Row != 4 ||
		!strings.Contains(p.Rejected[0].Reason, "ligne 2") {
		t.Errorf("added %+v, rejected %v", p.Added, p.Rejected)
	}
}

func TestAPersonDecides(t *testing.T) {
	w := newWorld()
	p := grouped(t, w, atlas, exchange.Options{Directory: "senegal",
		Decisions: map[int]exchange.Decision{2: exchange.DecideLeave, 4: exchange.DecideNew}})
	if len(p.Left) != 1 || len(p.Added) != 2 || p.Added[0].Row != 3 {
		t.Errorf("left %v, added %+v", p.Left, p.Added)
	}
}

func TestATextThatNoCellHoldsIsSaid(t *testing.T) {
	records := []repertoire.Partnership{{ID: repertoire.NewID(), Objectives: strings.Repeat("é", 40_000)}}
	remarks, err := exchange.Write(io.Discard, exchange.XLSX, records, exchange.Names{})
	if err != nil || len(remarks) != 1 || remarks[0].Row != 2 || !strings.Contains(remarks[0].Reason, "Objectifs") {
		t.Errorf("%v %v", remarks, err)
	}
	if remarks, _ := exchange.Write(io.Discard, exchange.CSV, records, exchange.Names{}); len(remarks) != 0 {
		t.Errorf("CSV: %v", remarks)
	}
}

func grouped(t *testing.T, w *world, text string, opt exchange.Options) exchange.Plan {
	t.Helper()
	table, err := exchange.Read("atlas.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), w, nil, opt)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
