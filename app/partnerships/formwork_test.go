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
	"fyne.io/fyne/v2/widget"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/spelling"
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
	if len(names) != 13 || names[3] != "Présentation" {
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

// Each new record has a draft of its own: a second one neither loses the first
// nor is it, and both outlive the window.
func TestEveryNewRecordHasItsOwnDraft(t *testing.T) {
	f, _, w, _ := worked(t)
	f.New("")
	retype(entryOf(t, f, "notes"), "la première")
	f.New("")
	if got := entryOf(t, f, "notes").Text; got != "" {
		t.Fatalf("the second begins with %q", got)
	}
	back, ok := apptest.Find(f.notice, func(b *widgets.Button) bool { return b.Text == "Le reprendre" })
	if !ok {
		t.Fatal("nothing says that the first is kept")
	}
	retype(entryOf(t, f, "notes"), "la seconde")
	list, err := w.Records().KeptDrafts(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("%d drafts on the disk, %v", len(list), err)
	}
	test.Tap(back)
	if got := entryOf(t, f, "notes").Text; got != "la première" || f.Unsaved() != 2 {
		t.Errorf("came back to %q, %d unsaved", got, f.Unsaved())
	}
	if state := f.head.state.Text(); !strings.Contains(state, "Modifié") {
		t.Errorf("the head says %q", state)
	}
	f.Abandon()
	if list, err = w.Records().KeptDrafts(t.Context()); err != nil || len(list) != 1 || list[0].Now.Notes != "la seconde" {
		t.Errorf("abandoning one left %d, %v", len(list), err)
	}
}

// By choice an entry is saved without being asked; never one that is refused.
func TestAnEntryIsSavedAloneByChoice(t *testing.T) {
	f, _, w, id := worked(t)
	retype(entryOf(t, f, "notes"), "gardé en brouillon")
	if !strings.Contains(f.head.state.Text(), "brouillon gardé") || record(t, w, id).Notes == "gardé en brouillon" {
		t.Errorf("the head says %q", f.head.state.Text())
	}
	f.AutoSave = true
	retype(entryOf(t, f, "notes"), "enregistré tout seul")
	if got := record(t, w, id).Notes; got != "enregistré tout seul" || f.Modified() {
		t.Errorf("saved %q", got)
	}
	f.edit("parties", func() { f.draft.now.Parties = nil })
	if len(record(t, w, id).Parties) == 0 {
		t.Error("what is refused was saved")
	}
}

// A word that no dictionary knows stands under its text, is replaced by one
// gesture that undo takes back, and is known once it is one's own.
func TestSpellingStandsUnderTheText(t *testing.T) {
	f, window, _, _ := worked(t)
	c := spelling.NewChecker(spelling.Read([]byte("FLAG long\nTRY aeintr\nSFX S. Y 1\nSFX S. 0 s [^sxz]\n"),
		[]byte("2\nun\npartenariat/S.\n")), nil)
	f.Speller = Speller{Checker: func() *spelling.Checker { return c }, Learn: c.Learn}
	f.rebuildHere()
	e := entryOf(t, f, "objectives")
	slips := func() (words []*widgets.PartChip) {
		apptest.Walk(f.fieldOf("objectives"), func(o fyne.CanvasObject) bool {
			if chip, ok := o.(*widgets.PartChip); ok {
				words = append(words, chip)
			}
			return true
		})
		return words
	}
	retype(e, "un partenriats, un partenariats, un zyblu")
	if n := len(slips()); n != 2 {
		t.Fatalf("%d words are shown", n)
	}
	window.Canvas().Focus(slips()[0])
	slips()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	menu, ok := apptest.Find(window.Canvas().Overlays().Top(), func(*widget.PopUpMenu) bool { return true })
	if !ok {
		t.Fatal("Enter offers nothing")
	}
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if e.Text != "un partenariats, un partenariats, un zyblu" || f.draft.now.Objectives != e.Text {
		t.Errorf("replaced: %q", e.Text)
	}
	c.Learn("zyblu")
	retype(e, e.Text+".")
	if n := len(slips()); n != 0 {
		t.Errorf("%d words are still shown", n)
	}
}
