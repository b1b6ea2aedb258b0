package exchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What was decided of a file is kept under a name, handed over, taken from a
// colleague, replaced and erased, each with its way back, all by the buttons.
func TestARecipeIsKeptHandedOverReplacedAndErased(t *testing.T) {
	w := blank(t)
	m, _, window := dialogs(t, w)
	text := "Ville;Pays;Ville partenaire;État\nLille;Sénégal;Saint-Louis;Actif\n"
	take := func(name string) {
		m.ShowFile(written(t, name, text), "senegal")
		m.Try()
		button(t, window, "Importer")
	}
	keep := func() {
		button(t, window, "Garder la recette")
		button(t, window, "Garder")
	}
	names := func() (out []string) {
		list, err := w.Tables().Recipes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			out = append(out, r.Name)
		}
		return out
	}
	take("a.csv")
	m.recipe.Name = "Ambassade"
	keep()
	if got := names(); len(got) != 1 || got[0] != "Ambassade" {
		t.Fatalf("kept %q; %s", got, m.notice.Sentence())
	}
	output := filepath.Join(t.TempDir(), "ambassade.json")
	m.HandOver("Ambassade", output)
	if data, err := os.ReadFile(output); err != nil || !strings.Contains(string(data), `"Ambassade"`) {
		t.Fatalf("handed over %s, %v", data, err)
	}
	button(t, window, "Fermer")
	// Kept again it says something else; « Annuler » brings the first back.
	m.ShowFile(written(t, "b.csv", strings.Replace(text, "Lille", "Nantes", 1)), "senegal")
	m.recipe.Name, m.recipe.Group = "Ambassade", true
	m.group.SetChecked(true)
	m.Try()
	button(t, window, "Importer")
	keep()
	if r, err := w.Tables().Recipe(t.Context(), "Ambassade"); err != nil || !r.Group || !strings.Contains(m.notice.Sentence(), "à la place") {
		t.Fatalf("replaced: %+v, %v, said %q", r, err, m.notice.Sentence())
	}
	m.BringBack("Ambassade")
	if r, err := w.Tables().Recipe(t.Context(), "Ambassade"); err != nil || r.Group {
		t.Fatalf("brought back: %+v, %v", r, err)
	}
	button(t, window, "Garder la recette")
	button(t, window, "Effacer la recette")
	if got := names(); len(got) != 0 || !strings.Contains(m.notice.Sentence(), "effacée") {
		t.Fatalf("left %q, said %q", got, m.notice.Sentence())
	}
	m.BringBack("Ambassade")
	if got := names(); len(got) != 1 {
		t.Fatalf("back: %q, said %q", got, m.notice.Sentence())
	}
	button(t, window, "Fermer")
	// The colleague takes the file; the recipe reads the next table.
	other := blank(t)
	n, _, _ := dialogs(t, other)
	n.ShowFile(written(t, "c.csv", text), "senegal")
	n.TakeRecipe(output)
	if n.recipe.Name != "Ambassade" || n.mapping["Ville partenaire"] != "collectivite_etrangere" {
		t.Errorf("taken: %q %v, said %q", n.recipe.Name, n.mapping, n.notice.Sentence())
	}
}
