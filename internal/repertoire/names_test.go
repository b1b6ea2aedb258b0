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

// TestIndexNames: what stands before the place goes behind it, overseas and
// abroad too; names that are one piece stay.
func TestIndexNames(t *testing.T) {
	for _, c := range []struct {
		name, country string
		article       int
		index         string
	}{
		{"La Foa", "FR", 0, "Foa (La)"},
		{"Le Caire", "EG", -1, "Caire (Le)"},
		{"La Mecque", "SA", -1, "Mecque (La)"},
		{"La Havane", "CU", -1, "Havane (La)"},
		{"La Paz", "BO", -1, "La Paz"},
		{"CA du Bassin d'Arcachon Sud", "FR", -1, "Bassin d’Arcachon Sud (CA du)"},
		{"CC Coeur de Chartreuse", "FR", -1, "Cœur de Chartreuse (CC)"},
		{"Communauté de communes de l’Oudon", "FR", -1, "Oudon (Communauté de communes de l’)"},
		{"Communauté d'agglomération Pays Basque", "FR", -1, "Pays Basque (Communauté d’agglomération)"},
		{"Métropole européenne de Lille", "FR", -1, "Métropole européenne de Lille"},
		{"Métropole de Lyon", "FR", -1, "Lyon (Métropole de)"},
		{"Cantal", "FR", 0, "Cantal"},
		{"Castres", "FR", 0, "Castres"},
		{"Coeuvres-et-Valsery", "FR", 0, "Cœuvres-et-Valsery"},
		{"Goeulzin", "FR", 0, "Gœulzin"},
		{"Noeux-les-Mines", "FR", 0, "Nœux-les-Mines"},
		{"Oeuilly", "FR", 1, "Œuilly"},
		{"Leers", "FR", 0, "Leers"},
	} {
		a := Authority{Name: c.name, Country: c.country, Article: c.article}
		if got := a.IndexName(); got != c.index {
			t.Errorf("%s: %q, want %q", c.name, got, c.index)
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
