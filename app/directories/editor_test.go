package directories

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
)

func blank(t *testing.T) *workspace.Workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func shown(t *testing.T, w *workspace.Workspace) (*Editor, fyne.Window) {
	t.Helper()
	apptest.App(t)
	window := test.NewTempWindow(t, nil)
	e := NewEditor(w, task.AtOnce(), window)
	window.SetPadded(false)
	window.SetContent(e)
	window.Resize(fyne.NewSize(1040, 620))
	return e, window
}

func (e *Editor) entry(t *testing.T, name string) *widgets.Entry {
	t.Helper()
	for _, f := range e.fields {
		if f.Name == name {
			if w, ok := apptest.Find(f, func(*widgets.Entry) bool { return true }); ok {
				return w
			}
		}
	}
	t.Fatalf("no field %s", name)
	return nil
}

func (e *Editor) unfold(keys ...string) {
	for _, k := range keys {
		e.open[k] = true
	}
	e.rebuild()
}

func pick(t *testing.T, e *Editor, country string) {
	t.Helper()
	entry := e.entry(t, "countries")
	test.Type(entry, country)
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// A blank workspace gets a répertoire by the keyboard, and a partnership can
// then be put in it.
func TestABlankWorkspaceGetsItsRepertoire(t *testing.T) {
	w := blank(t)
	e, _ := shown(t, w)
	saved := ""
	e.OnSaved = func(slug string) { saved = slug }
	e.New()
	pick(t, e, "mad")
	d := &e.draft.now.Directory
	if len(d.Countries) != 1 || d.Countries[0] != "MG" || d.Slug != "madagascar" || !strings.Contains(d.Title, "franco-malgaches") {
		t.Fatalf("proposed %+v", d)
	}
	e.entry(t, "title").SetText("Notre répertoire malgache")
	e.Save()
	if saved != "madagascar" || e.notice.Sentence() == "" || e.Modified() {
		t.Fatalf("saved %q, notice %q", saved, e.notice.Sentence())
	}
	ctx := t.Context()
	adopt := func(text, country string) repertoire.ID {
		list, err := w.Records().SuggestAuthorities(ctx, text, country, 1)
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %v", text, err)
		}
		a, err := w.Records().AdoptAuthority(ctx, list[0])
		if err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	p := repertoire.Partnership{Directories: []string{saved}, Type: repertoire.Types[0].Value, Status: repertoire.Statuses[0].Value,
		Parties: []repertoire.Party{
			{Authority: adopt("Lyon", "FR"), Side: repertoire.SideFrench, Lead: true},
			{Authority: adopt("Antananarivo", "MG"), Side: repertoire.SideForeign, Lead: true}}}
	if _, err := w.Records().SavePartnership(ctx, p); err != nil {
		t.Fatal(err)
	}
	e.Edit(saved)
	if e.holds != 1 {
		t.Fatalf("holds %d", e.holds)
	}
	e.askDelete()
	if list, _ := w.Records().Directories(ctx); len(list) != 1 {
		t.Error("a répertoire with a partnership went away")
	}
}

// What is typed in the répertoire and in the presentation of its country is
// one change, taken back as one.
func TestOneSaveIsOneChange(t *testing.T) {
	w := blank(t)
	ctx := t.Context()
	if _, err := w.Records().AddDirectory(ctx, "liban", "", []string{"LB"}); err != nil {
		t.Fatal(err)
	}
	e, _ := shown(t, w)
	e.Edit("liban")
	if e.Modified() {
		t.Fatal("modified before anything is typed")
	}
	e.unfold("imprint", "country.LB")
	e.entry(t, "imprint.isbn").SetText("978-2-07-036822-9")
	if e.Save(); !strings.Contains(e.notice.Sentence(), "dernier chiffre") {
		t.Fatalf("said %q", e.notice.Sentence())
	}
	e.entry(t, "imprint.isbn").SetText("978-2-07-036822-8")
	e.entry(t, "country.LB.decentralisation").SetText("Huit gouvernorats.")
	e.Save()
	p, err := w.Records().Presentation(ctx, "LB")
	if err != nil || p.Decentralisation == "" {
		t.Fatalf("%+v %v; notice %q", p, err, e.notice.Sentence())
	}
	last, err := w.History().LastChange(ctx)
	if err != nil || last == nil {
		t.Fatal(err)
	}
	if _, err := w.History().Undo(ctx, last.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	d, _ := w.Records().Directory(ctx, "liban")
	if p, err = w.Records().Presentation(ctx, "LB"); d.Imprint.ISBN != "" || err == nil && p.Decentralisation != "" {
		t.Errorf("left after the undo: %q, %q", d.Imprint.ISBN, p.Decentralisation)
	}
	e.Reload()
	if got := e.draft.now.Directory.Imprint.ISBN; got != "" {
		t.Errorf("shown after the undo: %q", got)
	}
}

func TestStepsAreTakenBack(t *testing.T) {
	w := blank(t)
	if _, err := w.Records().AddDirectory(t.Context(), "liban", "", []string{"LB"}); err != nil {
		t.Fatal(err)
	}
	e, _ := shown(t, w)
	e.Edit("liban")
	before := e.draft.now.Directory.Title
	e.entry(t, "title").SetText("Autre")
	pick(t, e, "Jordanie")
	first, second := e.Undo(), e.Undo()
	if !first || !second || e.Modified() || e.draft.now.Directory.Title != before {
		t.Errorf("after two steps: %+v", e.draft.now.Directory)
	}
	if !e.Redo() || e.draft.now.Directory.Title != "Autre" {
		t.Error("the step is not done again")
	}
}

func TestAnEmptyRepertoireGoesToTheTrash(t *testing.T) {
	w := blank(t)
	ctx := context.Background()
	if _, err := w.Records().AddDirectory(ctx, "liban", "", []string{"LB"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Records().DeleteDirectory(ctx, "liban"); err != nil {
		t.Fatal(err)
	}
	if list, _ := w.Records().Directories(ctx); len(list) != 0 {
		t.Errorf("left: %v", list)
	}
}

// Pictures are kept in the workspace; what is no picture is refused.
func TestPicturesAreKept(t *testing.T) {
	w := blank(t)
	bad := filepath.Join(t.TempDir(), "logo.png")
	if err := os.WriteFile(bad, []byte("pas une image"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Records().AddPicture(t.Context(), bad); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("a text is taken for a picture: %v", err)
	}
	good := filepath.Join(t.TempDir(), "couverture.png")
	f, err := os.Create(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewNRGBA(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	media, err := w.Records().AddPicture(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Records().AddDirectory(t.Context(), "liban", "", []string{"LB"}); err != nil {
		t.Fatal(err)
	}
	e, _ := shown(t, w)
	e.Edit("liban")
	e.open["pictures"] = true
	e.restructure(func() { e.draft.now.Directory.Cover.Media = media })
	for _, field := range e.fields {
		if field.Name == "cover" {
			if _, ok := apptest.Find(field, func(*canvas.Image) bool { return true }); !ok {
				t.Error("the cover is not shown")
			}
		}
	}
	e.Save()
	if d, _ := w.Records().Directory(t.Context(), "liban"); d.Cover.Media != media {
		t.Errorf("kept %+v; %s", d.Cover, e.notice.Sentence())
	}
}

// snapshot leaves a picture of the window where asked, for people to look at.
func snapshot(t *testing.T, window fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("REPERTOIRE_SNAPSHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, window.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

func TestLooks(t *testing.T) {
	w := blank(t)
	e, window := shown(t, w)
	e.New()
	snapshot(t, window, "editor-new")
	pick(t, e, "mad")
	e.Save()
	e.unfold("book", "imprint")
	snapshot(t, window, "editor-book")
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1, nil))
	e.open = map[string]bool{"identity": false, "country.MG": true, "groups": true}
	e.draft.now.Directory.Groups = append(e.draft.now.Directory.Groups, repertoire.CountryGroup{})
	e.draft.now.presentation("MG").Figures = []repertoire.Figure{{Label: "Population", Value: "29 millions", Year: 2023,
		Source: "Banque mondiale"}}
	e.rebuild()
	snapshot(t, window, "editor-country")
}
