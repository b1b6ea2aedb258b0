package partnerships

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// elsewhere opens the folder of w a second time, as another window does.
func elsewhere(t *testing.T, w *workspace.Workspace) *workspace.Workspace {
	t.Helper()
	other, err := workspace.Open(t.Context(), w.Dir(), workspace.OpenOptions{Author: "Léa", Share: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	})
	return other
}

// shownWords gathers every paragraph of what stands on top.
func shownWords(window fyne.Window) string {
	var b strings.Builder
	apptest.Find(window.Canvas().Overlays().Top(), func(r *widget.RichText) bool {
		b.WriteString(r.String() + "\n")
		return false
	})
	return b.String()
}

func TestTwoWindowsJoinTheirWork(t *testing.T) {
	f, window, w, id := worked(t)
	other := elsewhere(t, w)
	theirs := record(t, other, id)
	theirs.Contacts = append(theirs.Contacts, repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Rui Sá",
		Role: "maire"})
	theirs.Notes = "vu à la préfecture"
	if _, err := other.Records().SavePartnership(t.Context(), theirs); err != nil {
		t.Fatal(err)
	}
	f.restructure(func() {
		f.draft.now.Contacts = append(f.draft.now.Contacts,
			repertoire.Contact{ID: repertoire.NewID(), Side: repertoire.SideFrench, Name: "Zoé Élan"})
	})
	retype(entryOf(t, f, "objectives"), "Les miens.")
	f.Save()
	words := shownWords(window)
	for _, want := range []string{"Interlocuteurs", "Rui Sá · maire", "Zoé Élan", "Les miens.", "vu à la préfecture"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not shown in:\n%s", want, words)
		}
	}
	if strings.ContainsAny(words, "{}[]") {
		t.Errorf("raw data is shown:\n%s", words)
	}
	test.Tap(onTop(t, window, "Enregistrer ces choix"))
	p := record(t, w, id)
	names := ""
	for _, c := range p.Contacts {
		names += c.Name + ";"
	}
	if !strings.Contains(names, "Rui Sá;Zoé Élan;") || p.Objectives != "Les miens." || p.Notes != "vu à la préfecture" || f.Modified() {
		t.Errorf("joined into %q, %q, %q", names, p.Objectives, p.Notes)
	}
}

func TestListsAreJoinedElementByElement(t *testing.T) {
	contact := func(id, name string) repertoire.Contact { return repertoire.Contact{ID: repertoire.ID(id), Name: name} }
	base := repertoire.Partnership{Contacts: []repertoire.Contact{contact("a", "A"), contact("b", "B"), contact("c", "C"),
		contact("d", "D")}, Themes: []string{"eau"}}
	mine, theirs := clone(base), clone(base)
	mine.Contacts = []repertoire.Contact{contact("a", "A moi"), contact("c", "C"), contact("d", "D moi"), contact("e", "E")} // b taken away
	theirs.Contacts = []repertoire.Contact{contact("a", "A"), contact("b", "B"), contact("c", "C eux"), contact("d", "D eux")}
	mine.Themes, theirs.Themes = []string{"eau", "santé"}, []string{"culture", "eau"}
	mine.Title, theirs.Source = "Mon titre", "Leur source"
	list, err := dispute(base, mine, theirs)
	if err != nil {
		t.Fatal(err)
	}
	chosen := map[string]keeping{}
	for _, d := range list {
		chosen[d.name] = d.advice
	}
	p, err := settled(theirs, list, chosen)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ids := map[repertoire.ID]bool{}
	for _, c := range p.Contacts {
		names, ids[c.ID] = append(names, c.Name), true
	}
	if got := strings.Join(names, ","); got != "A moi,C eux,D moi,D eux,E" || len(ids) != 5 {
		t.Errorf("contacts %s with %d identifiers", got, len(ids))
	}
	if strings.Join(p.Themes, ",") != "culture,eau,santé" || p.Title != "Mon titre" || p.Source != "Leur source" {
		t.Errorf("joined into %+v", p)
	}
}
