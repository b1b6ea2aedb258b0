package gallery

import (
	"context"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/i18n"
	"repertoire/app/sight"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/assets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// In every place and every question of a real workspace, in both languages and
// at the size of a small screen, no word is cut, no button is out of sight, and
// nobody reads an identifier, a date of a computer or a name of the code.
func TestWhatAPersonSees(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "exemple")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Essai"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	// Things of every kind: a frozen edition, a change taken back, something in
	// the trash, a record that was merged.
	if _, err := w.Books().Freeze(t.Context(), "liban", "novembre 2026", func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	r, err := w.Searches().Search(t.Context(), searches.Query{Limit: 3})
	if err != nil || len(r.Hits) < 3 {
		t.Fatal(err, len(r.Hits))
	}
	if err := w.Records().DeletePartnership(t.Context(), r.Hits[2].ID); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	fonts := ownFonts()
	for _, language := range []i18n.Language{i18n.French, i18n.English} {
		scenes := 0
		var told []string
		set := Setting{Dir: dir, Language: language, Look: theme.Light, Width: 1280, Height: 720, Fonts: fonts}
		err := Walk(context.Background(), set, "", r.Hits[0].ID, func(name string, window fyne.Window) error {
			scenes++
			for _, wrong := range slices.Concat(sight.Raw(sight.Texts(window.Canvas())), sight.Faults(window.Canvas())) {
				if !slices.Contains(told, wrong) {
					told = append(told, wrong)
					t.Errorf("%s, %s: %s", language, name, wrong)
				}
			}
			return nil
		})
		if err != nil || scenes < 25 {
			t.Errorf("%d scenes, %v", scenes, err)
		}
	}
}

// What the eyes are for: each fault is made once, and seen.
func TestTheEyesSee(t *testing.T) {
	for text, what := range map[string]string{
		"Change 01930d2e-7b1a-7c3f-9a52-0242ac120002": "an identifier",
		"Vérifié le 2026-11-28":                       "a date of a computer",
		"Fictif : oui, oui":                           "ticks written out",
		"amerique-latine-caraibe":                     "a name of the code",
		"partnership_country":                         "a name of the code",
		"33.33333 %":                                  "a percentage not rounded",
		"« « Lille » »":                               "guillemets opened or closed twice",
		"%!s(MISSING)":                                "a verb of a format",
	} {
		if got := sight.Raw([]string{text}); len(got) == 0 || !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, what) }) {
			t.Errorf("%q: seen %v, want %s", text, got, what)
		}
	}
	for _, fine := range []string{"1958-1963", "Rendez-vous le 28/11/2026", "jean_dupont@ville.fr", "https://ville.fr/2026-11-28", "12,5 %", "Non renseigné"} {
		if got := sight.Raw([]string{fine}); len(got) != 0 {
			t.Errorf("%q: seen %v", fine, got)
		}
	}
}

// A word cut, a button too small, one beside the window, and a question larger
// than its ground are each seen; what is whole is not.
func TestTheEyesSeeFaults(t *testing.T) {
	apptest.App(t)
	button := widgets.NewButton("Enregistrer", "", nil)
	word := canvas.NewText("Partenariats", color.Black)
	label := widgets.NewText("Partenariats semblables")
	fine := widgets.NewButton("Fermer", "", nil)
	plain := container.NewWithoutLayout(button, word, label, fine)
	w := apptest.Window(t, plain, 400, 300)
	put := func(o fyne.CanvasObject, x, y float32, s fyne.Size) { o.Move(fyne.NewPos(x, y)); o.Resize(s) }
	whole := func() {
		put(button, 10, 10, button.MinSize())
		put(word, 10, 60, word.MinSize())
		put(label, 10, 100, fyne.NewSize(300, 20))
		put(fine, 10, 150, fine.MinSize())
	}
	whole()
	if got := sight.Faults(w.Canvas()); len(got) != 0 {
		t.Errorf("seen in what is whole: %v", got)
	}
	for name, spoil := range map[string]func(){
		"Enregistrer":             func() { put(button, 10, 10, fyne.NewSize(20, 30)) },
		"Partenariats":            func() { put(word, 380, 60, word.MinSize()) },
		"Partenariats semblables": func() { put(label, 10, 100, fyne.NewSize(40, 20)) },
		"Fermer":                  func() { put(fine, 10, 290, fine.MinSize()) },
	} {
		whole()
		spoil()
		got := sight.Faults(w.Canvas())
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "« "+name+" »") }) {
			t.Errorf("%s: seen %v", name, got)
		}
	}
	whole()
	wide := container.NewWithoutLayout(canvas.NewText("Échéances (iCalendar)", color.Black))
	popup := widget.NewModalPopUp(wide, w.Canvas())
	popup.Resize(fyne.NewSize(200, 100))
	popup.Show()
	put(wide.Objects[0], 150, 10, wide.Objects[0].MinSize())
	if got := sight.Faults(w.Canvas()); len(got) == 0 {
		t.Error("what reaches beyond a question is not seen")
	}
}

// ownFonts are the interface's, as the program gives them.
func ownFonts() *theme.Fonts {
	return theme.NewFonts(func(name string) []byte {
		data, err := assets.Font(name)
		if err != nil {
			return nil
		}
		return data
	})
}
