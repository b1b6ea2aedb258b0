package partnerships

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// worked is a form on a real workspace, with one entry of the sample in it.
func worked(t *testing.T) (*Form, fyne.Window, *workspace.Workspace, repertoire.ID) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	r, err := w.Searches().Search(t.Context(), searches.Query{})
	if err != nil {
		t.Fatal(err)
	}
	f, window := formOn(t, w)
	f.Load(r.Hits[0].ID)
	return f, window, w, r.Hits[0].ID
}

func formOn(t *testing.T, w *workspace.Workspace) (*Form, fyne.Window) {
	t.Helper()
	apptest.App(t)
	window := test.NewTempWindow(t, widgets.NewText(""))
	f := NewForm(w, task.AtOnce(), window)
	window.SetContent(f)
	window.Resize(fyne.NewSize(700, 700))
	return f, window
}

func record(t *testing.T, w *workspace.Workspace, id repertoire.ID) repertoire.Partnership {
	t.Helper()
	p, err := w.Records().Partnership(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDroppedFilesComeIn(t *testing.T) {
	f, _, w, id := worked(t)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200))); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var uris []fyne.URI
	for name, content := range map[string]string{"fête.png": b.String(), "convention.pdf": "%PDF-1.7\n%%EOF", "liste.txt": "rien"} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		uris = append(uris, storage.NewFileURI(file))
	}
	n := len(f.draft.now.Pictures)
	if f.Drop(fyne.NewPos(-5, 10), uris) {
		t.Error("a drop beside the form was taken")
	}
	if !f.Drop(fyne.NewPos(100, 100), uris) || f.Drop(fyne.NewPos(100, 100), uris) && len(f.draft.now.Pictures) != n+1 {
		t.Fatalf("%d pictures", len(f.draft.now.Pictures))
	}
	if !strings.Contains(f.notice.Sentence(), "liste.txt") {
		t.Errorf("said %q", f.notice.Sentence())
	}
	retype(entryOf(t, f, "pictures.0.alt"), "Un puits")
	f.Save()
	p := record(t, w, id)
	if len(p.Pictures) != n+1 || len(p.Attachments) != 1 || p.Attachments[0].Name != "convention.pdf" {
		t.Fatalf("saved %+v %+v", p.Pictures, p.Attachments)
	}
}

func TestAFieldIsConfirmedFromItsDot(t *testing.T) {
	f, window, w, id := worked(t)
	retype(entryOf(t, f, "objectives"), "Former.")
	if got := f.fieldOf("notes").Dot(); got != nil {
		t.Error("the desk's notes have no freshness")
	}
	f.Save()
	dot := f.fieldOf("objectives").Dot()
	if dot == nil {
		t.Fatal("no dot beside what was just saved")
	}
	test.Tap(dot)
	top := window.Canvas().Overlays().Top()
	confirm, ok := apptest.Find(top, func(b *widgets.Button) bool { return b.Text == "Confirmer ce champ" })
	if !ok {
		t.Fatal("nothing confirms the field")
	}
	retype(entryOf(t, f, "notes"), "au téléphone")
	test.Tap(confirm)
	p := record(t, w, id)
	if p.Confirmations["objectives"].Source != repertoire.SourceUnchanged || p.Notes != "au téléphone" || f.Modified() {
		t.Errorf("%+v, notes %q", p.Confirmations["objectives"], p.Notes)
	}
	window.Canvas().Focus(entryOf(t, f, "objectives"))
	if !f.OpenFieldHistory() {
		t.Error("the keyboard does not reach the field's past")
	}
}

func TestDraftsOutliveTheWindow(t *testing.T) {
	f, _, w, id := worked(t)
	retype(entryOf(t, f, "objectives"), "À moitié écrit")
	// Another window, as after a crash: nothing was told to the first.
	again, _ := formOn(t, w)
	if again.Unsaved() != 1 {
		t.Fatalf("%d drafts came back", again.Unsaved())
	}
	resume, ok := apptest.Find(again.all, func(b *widgets.Button) bool { return strings.HasPrefix(b.Text, "Reprendre") })
	if !ok {
		t.Fatal("nothing offers the draft")
	}
	test.Tap(resume)
	if entryOf(t, again, "objectives").Text != "À moitié écrit" || !strings.Contains(again.notice.Sentence(), "non enregistrées du") {
		t.Errorf("said %q", again.notice.Sentence())
	}
	again.Save()
	if record(t, w, id).Objectives != "À moitié écrit" {
		t.Error("not saved")
	}
	if list, err := w.Records().KeptDrafts(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("left %d, %v", len(list), err)
	}
}

func TestTypographyIsShownThenCorrectedAsOneStep(t *testing.T) {
	f, window, _, _ := worked(t)
	retype(entryOf(t, f, "objectives"), "L'eau : \"bien\" !")
	f.CorrectTypography()
	apply, ok := apptest.Find(window.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Corriger" })
	if !ok {
		t.Fatal("no way to agree")
	}
	test.Tap(apply)
	want := "L’eau\u00a0: «\u00a0bien\u00a0»\u202f!"
	if got := entryOf(t, f, "objectives").Text; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	f.Undo()
	if got := entryOf(t, f, "objectives").Text; got != "L'eau : \"bien\" !" {
		t.Errorf("undo gives %q", got)
	}
}

func TestSectionsByKeyAndSigns(t *testing.T) {
	f, window, _, _ := worked(t)
	names := f.Sections()
	if len(names) != 12 || names[3] != "Présentation" {
		t.Fatalf("sections %v", names)
	}
	for i := range names {
		f.GoToSection(i)
	}
	e := entryOf(t, f, "objectives")
	window.Canvas().Focus(e)
	e.SetText("")
	f.insert("«\u00a0", "\u00a0»")
	window.Canvas().Focused().TypedRune('x')
	if f.draft.now.Objectives != "«\u00a0x\u00a0»" {
		t.Errorf("typed %q", f.draft.now.Objectives)
	}
}

// BenchmarkKeyInALongText: one key in a text of 8,000 runes. Figure to stay under: 16 ms.
func BenchmarkKeyInALongText(b *testing.B) {
	f, _ := shownForm(b, apptest.New(b, 10))
	f.Load(apptest.Lille)
	e := entryOf(b, f, "history")
	e.SetText(strings.Repeat("L’eau et l’assainissement. ", 300))
	for b.Loop() {
		e.TypedRune('é')
	}
}

// What a book prints of a person is said as it stands: an objection wins.
func TestAContactIsShownAsPrinted(t *testing.T) {
	c := repertoire.Contact{Name: "Awa Diop", Role: "Maire", Email: "a@x.fr", Phone: "01", PublishName: true, PublishPhone: true}
	if got := printedWords(c); got != "Awa Diop, Maire, 01" {
		t.Errorf("printed %q", got)
	}
	c.Objected = true
	if got := printedWords(c); strings.Contains(got, "Awa") {
		t.Errorf("printed %q", got)
	}
}

func TestAnAuthorityIsMended(t *testing.T) {
	f, window, w, _ := worked(t)
	id := f.draft.now.PartiesOn(repertoire.SideFrench)[0]
	f.editAuthority(id)
	top := window.Canvas().Overlays().Top()
	entry := func(name string) *widgets.Entry {
		t.Helper()
		field, ok := apptest.Find(top, func(x *widgets.Field) bool { return x.Name == name })
		if !ok {
			t.Fatal("no field", name)
		}
		return field.Content().(*widgets.Entry)
	}
	save, _ := apptest.Find(top, func(b *widgets.Button) bool { return b.Text == "Enregistrer" })
	retype(entry("siren"), "123456789")
	retype(entry("population"), "236 000")
	test.Tap(save)
	field, _ := apptest.Find(top, func(x *widgets.Field) bool { return x.Name == "siren" })
	if !strings.Contains(field.Message(), "clé") {
		t.Fatalf("the wrong key is said as %q", field.Message())
	}
	retype(entry("siren"), "")
	retype(entry("name"), "Épinal")
	test.Tap(save)
	found, err := w.Records().Authorities(t.Context(), []repertoire.ID{id})
	if err != nil || found[id].Name != "Épinal" || found[id].Population != 236000 {
		t.Fatalf("saved %+v, %v", found[id], err)
	}
	if !strings.Contains(f.title(), "Épinal") {
		t.Errorf("the form still says %q", f.title())
	}
}
