package repertoire

import (
	"slices"
	"testing"
)

func TestAuthorityNames(t *testing.T) {
	for _, c := range []struct {
		name    string
		article int
		index   string
		of      string
	}{
		{"Paris", 0, "Paris", "de Paris"},
		{"Agen", 1, "Agen", "d’Agen"},
		{"Le Havre", 2, "Havre (Le)", "du Havre"},
		{"La Rochelle", 3, "Rochelle (La)", "de La Rochelle"},
		{"Les Ulis", 4, "Ulis (Les)", "des Ulis"},
		{"L'Haÿ-les-Roses", 5, "Haÿ-les-Roses (L’)", "de L’Haÿ-les-Roses"},
		{"Antananarivo", -1, "Antananarivo", "d’Antananarivo"},
		{"La Paz", -1, "La Paz", "de La Paz"},
	} {
		a := Authority{Name: c.name, Article: c.article}
		if got := a.IndexName(); got != c.index {
			t.Errorf("%s in an index: %q, want %q", c.name, got, c.index)
		}
		if got := a.Of(); got != c.of {
			t.Errorf("%s after a noun: %q, want %q", c.name, got, c.of)
		}
	}
}

func TestFrenchOrder(t *testing.T) {
	want := []string{"Ebersheim", "Écully", "Évian-les-Bains", "Ézy", "Oderen", "Œting", "Ogeu"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int {
		if x := slices.Compare(SortKey(a), SortKey(b)); x != 0 {
			return x
		}
		return 0
	})
	if !slices.Equal(got, want) {
		t.Errorf("order is %q, want %q", got, want)
	}
}

func TestDisplayTitleLeadsFirst(t *testing.T) {
	names := map[ID]*Authority{"l": {Name: "Lille"}, "d": {Name: "Dunkerque"}, "s": {Name: "Saint-Louis"}}
	p := Partnership{Parties: []Party{{"d", SideFrench, false}, {"l", SideFrench, true}, {"s", SideForeign, true}}}
	if got := p.DisplayTitle(func(id ID) *Authority { return names[id] }); got != "Lille, Dunkerque – Saint-Louis" {
		t.Errorf("title is %q", got)
	}
}
