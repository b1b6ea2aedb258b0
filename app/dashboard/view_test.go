package dashboard

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// opened gives the dashboard of a new workspace, shown in a window.
func opened(t *testing.T, sample bool) (*View, *workspace.Workspace, fyne.Window) {
	t.Helper()
	apptest.App(t)
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: sample, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	return v, w, window
}

func TestABarGivesItsSearch(t *testing.T) {
	v, w, window := opened(t, true)
	var text, title string
	v.OnQuery = func(q, name string) { text, title = q, name }
	v.Choose("japon")
	if v.figures.Directory != "japon" || v.directory.Selected == "" {
		t.Fatalf("%q shown as %q", v.figures.Directory, v.directory.Selected)
	}
	test.Tap(v.charts["country"][0])
	r, err := w.Searches().Search(t.Context(), searches.Query{Text: text})
	if err != nil || title != "Japon" || r.Total == 0 || r.Total != v.figures.Charts[1].Bars[0].Count {
		t.Errorf("%q (%q) finds %d: %v", text, title, r.Total, err)
	}
	// By keyboard: the first bar, the next one, Enter.
	v.FocusFirst()
	focused, ok := window.Canvas().Focused().(*bar)
	if !ok {
		t.Fatalf("%T has the keyboard", window.Canvas().Focused())
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if text != v.figures.Freshness[1].Query {
		t.Errorf("Enter gave %q", text)
	}
	// A bar below the window comes into view with the keyboard.
	last := v.charts["type"]
	window.Canvas().Focus(last[len(last)-1])
	if v.scroll.Offset.Y == 0 {
		t.Error("the focused bar is out of view")
	}
}

func TestTheEntriesThatLackAFieldOpen(t *testing.T) {
	v, _, window := opened(t, true)
	var id repertoire.ID
	v.OnEntry = func(x repertoire.ID) { id = x }
	test.Tap(v.charts["completeness"][1])
	table, ok := apptest.Find(window.Canvas().Overlays().Top(), func(*widgets.Table) bool { return true })
	if !ok {
		t.Fatal("no list")
	}
	table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if id == "" || window.Canvas().Overlays().Top() != nil {
		t.Errorf("opened %q", id)
	}
}

func TestTheFiguresAreExported(t *testing.T) {
	v, _, _ := opened(t, true)
	var said string
	v.OnSay = func(_ widgets.Tone, s string) { said = s }
	file := filepath.Join(t.TempDir(), "chiffres.csv")
	v.ExportTo(file)
	if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), "Partenariats") ||
		!strings.Contains(said, "chiffres.csv") {
		t.Errorf("%q, %v", said, err)
	}
	v.ExportTo(t.TempDir())
	if !strings.HasSuffix(said, ".") || strings.Contains(said, "écrits dans") {
		t.Errorf("a folder as file: %q", said)
	}
}

func TestNothingToCount(t *testing.T) {
	v, _, _ := opened(t, false)
	if _, ok := apptest.Find(v, func(l *widgets.Text) bool { return l.Text() == "Rien à compter encore" }); !ok {
		t.Error("the empty state is not shown")
	}
	if !v.export.Disabled() {
		t.Error("nothing can be exported")
	}
	v.FocusFirst()
	if _, ok := v.window.Canvas().Focused().(*widgets.Select); !ok {
		t.Errorf("%T has the keyboard", v.window.Canvas().Focused())
	}
}

// TestLook writes pictures to look at when DASHBOARD_SHOTS names a folder.
func TestLook(t *testing.T) {
	dir := os.Getenv("DASHBOARD_SHOTS")
	if dir == "" {
		t.Skip("DASHBOARD_SHOTS names no folder")
	}
	v, w, window := opened(t, true)
	v.OnMap = func(string, string) {}
	v.Reload()
	shoot(t, window, filepath.Join(dir, "1040.png"))
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1, nil))
	if err := i18n.Use(i18n.English); err != nil {
		t.Fatal(err)
	}
	dark := New(w, task.AtOnce(), window)
	window.SetContent(dark)
	dark.Choose("japon")
	window.Canvas().Focus(dark.charts["completeness"][2])
	shoot(t, window, filepath.Join(dir, "dark-en.png"))
	dark.ShowLacking("objectives")
	shoot(t, window, filepath.Join(dir, "dark-en-lacking.png"))
	window.Canvas().Overlays().Top().Hide()
	window.SetContent(v)
	if err := i18n.Use(i18n.French); err != nil {
		t.Fatal(err)
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, 1, nil))
	v.scroll.ScrollToBottom()
	shoot(t, window, filepath.Join(dir, "1040-bas.png"))
	window.Resize(fyne.NewSize(1640, 1000))
	v.scroll.ScrollToTop()
	shoot(t, window, filepath.Join(dir, "1640.png"))
}

func shoot(t *testing.T, w fyne.Window, file string) {
	t.Helper()
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	if err := png.Encode(out, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
