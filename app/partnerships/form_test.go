package partnerships

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

func shownForm(t testing.TB, door *apptest.Workspace) (*Form, fyne.Window) {
	t.Helper()
	apptest.App(t)
	w := test.NewTempWindow(t, widgets.NewText(""))
	f := NewForm(door, task.AtOnce(), w)
	w.SetContent(f)
	w.Resize(fyne.NewSize(700, 700))
	return f, w
}

// entryOf gives the entry of a field by its JSON path.
func entryOf(t testing.TB, f *Form, name string) *widgets.Entry {
	t.Helper()
	for _, field := range f.fields {
		if field.Name == name {
			if e, ok := apptest.Find(field.Content(), func(*widgets.Entry) bool { return true }); ok {
				return e
			}
		}
	}
	t.Fatalf("no entry for %q", name)
	return nil
}

func retype(e *widgets.Entry, s string) {
	e.SetText("")
	test.Type(e, s)
}

// A field that is declared can be filled in, wherever a section has put it.
func TestEveryDeclaredFieldIsInTheForm(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	placed := map[string]bool{}
	for _, x := range f.fields {
		placed[x.Name] = true
	}
	for _, d := range repertoire.DeclaredPartnership.Fields {
		if !d.Many && !d.Has(repertoire.Kept) && !placed[d.Name] {
			t.Errorf("%s (%s) cannot be filled in", d.Name, d.Label)
		}
	}
}

func TestTypeSaveAndUndo(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	e := entryOf(t, f, "history")
	retype(e, "Jumelées depuis 1978 : l’été, la fête à Gorée.")
	if !f.Modified() {
		t.Fatal("typing must count as a modification")
	}
	f.Save()
	if got := door.Record(apptest.Lille); got.History != "Jumelées depuis 1978 : l’été, la fête à Gorée." || got.Version != 2 {
		t.Fatalf("saved %q as version %d", got.History, got.Version)
	}
	if f.Modified() {
		t.Error("a saved form is not modified")
	}
	f.Undo()
	if got := entryOf(t, f, "history").Text; !strings.HasPrefix(got, "Le jumelage date") {
		t.Errorf("undo shows %q", got)
	}
	f.Save()
	if got := door.Record(apptest.Lille).History; !strings.HasPrefix(got, "Le jumelage date") {
		t.Errorf("after undo and save: %q", got)
	}
}

// Whatever is not touched comes back from a save as it was.
func TestSavingChangesNothingElse(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	before := door.Record(apptest.Lille)
	f.Load(apptest.Lille)
	for id := range f.folds {
		f.folds[id] = true
	}
	retype(entryOf(t, f, "notes"), "Relancer en février.")
	f.Save()
	after := door.Record(apptest.Lille)
	before.Notes, before.Version, before.Updated = after.Notes, after.Version, after.Updated
	if !reflect.DeepEqual(before, after) {
		t.Errorf("saved\n%+v\nwant\n%+v", after, before)
	}
}

// A date that is none is said beside its field and keeps the save back; what
// was typed stays.
func TestAWrongDateIsSaid(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	e := entryOf(t, f, "end")
	retype(e, "31/02/2026")
	e.FocusLost()
	field := f.fieldOf("end")
	if !strings.Contains(field.Message(), "31/02/2026") {
		t.Errorf("the field says %q", field.Message())
	}
	f.Save()
	if door.Record(apptest.Lille).Version != 1 || f.notice.Sentence() == "" {
		t.Error("a wrong date must keep the save back and say so")
	}
	retype(e, "décembre 2026")
	f.Save()
	if got := door.Record(apptest.Lille).End; got != "2026-12" {
		t.Errorf("saved the end as %q", got)
	}
}

// Rules of the domain are said where they belong: the end is before the start.
func TestFindingsStandBesideTheirField(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	retype(entryOf(t, f, "end"), "1970")
	if f.fieldOf("end").Message() == "" {
		t.Error("an end before the start must be said")
	}
	f.Save()
	if door.Record(apptest.Lille).Version != 1 {
		t.Error("a refused entry was written")
	}
}

// By keyboard only: a new partnership with both sides, found by typing.
func TestNewPartnershipByKeyboard(t *testing.T) {
	door := apptest.New(t, 10)
	f, w := shownForm(t, door)
	f.New("liban")
	typeInto := func(want repertoire.Side, text string) {
		t.Helper()
		if w.Canvas().Focused() != f.pickers[want].Entry() {
			t.Fatalf("the cursor is not where the %s authority is missing", want)
		}
		for _, r := range text {
			w.Canvas().Focused().TypedRune(r)
		}
		f.pickers[want].Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	typeInto(repertoire.SideFrench, "évreux")
	typeInto(repertoire.SideForeign, "beyr")
	if f.title() != "Évreux – Beyrouth" {
		t.Errorf("the title is %q", f.title())
	}
	saved := repertoire.ID("")
	f.OnSaved = func(p repertoire.Partnership) { saved = p.ID }
	f.Save()
	p := door.Record(saved)
	if saved == "" || len(p.Parties) != 2 || !p.Parties[0].Lead || p.Directories[0] != "liban" {
		t.Errorf("saved %+v", p)
	}
	retype(entryOf(t, f, "objectives"), "Échanges.")
	f.Save()
	if door.Record(saved).Objectives != "Échanges." || door.Count() != 11 {
		t.Error("a second save must be of the same record")
	}
}

func TestAnEmptyNewEntryIsRefusedWithReasons(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.New("")
	f.edit("notes", func() { f.draft.now.Notes = "x" })
	f.Save()
	if door.Count() != 10 || !strings.Contains(f.notice.Sentence(), "collectivité") {
		t.Errorf("said %q", f.notice.Sentence())
	}
}

// Leaving a modified form loses nothing.
func TestDraftsComeBack(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	retype(entryOf(t, f, "context"), "À moitié écrit")
	f.Load("p-000001")
	if f.Unsaved() != 1 || f.Modified() {
		t.Error("the draft of the entry left must be kept, the other is untouched")
	}
	f.Load(apptest.Lille)
	if entryOf(t, f, "context").Text != "À moitié écrit" || f.notice.Sentence() == "" {
		t.Error("the draft did not come back, or nothing says so")
	}
	f.Abandon()
	if f.Modified() || f.Unsaved() != 0 || !strings.HasPrefix(entryOf(t, f, "context").Text, "Saint-Louis") {
		t.Error("abandoning must show what is saved")
	}
}

// Somebody else saved meanwhile: both versions are shown, nothing is lost.
func TestConflictKeepsBothVersions(t *testing.T) {
	door := apptest.New(t, 10)
	f, w := shownForm(t, door)
	f.Load(apptest.Lille)
	retype(entryOf(t, f, "objectives"), "Les miens")
	other := door.Record(apptest.Lille)
	other.Source = "une autre personne"
	if _, err := door.Records().SavePartnership(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	f.Save()
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("a conflict must be shown")
	}
	if entryOf(t, f, "objectives").Text != "Les miens" {
		t.Error("what was typed is gone")
	}
	keep, ok := apptest.Find(w.Canvas().Overlays().Top(), func(b *widgets.Button) bool { return b.Text == "Garder ma version" })
	if !ok {
		t.Fatal("no way to keep mine")
	}
	test.Tap(keep)
	if got := door.Record(apptest.Lille); got.Objectives != "Les miens" || got.Version != 3 {
		t.Errorf("kept %q as version %d", got.Objectives, got.Version)
	}
}

func TestListsOfTheForm(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	add, ok := apptest.Find(f.body, func(b *widgets.Button) bool { return b.Text == "Ajouter un projet" })
	if !ok {
		t.Fatal("no button adds a project")
	}
	test.Tap(add)
	retype(entryOf(t, f, "projects.2.title"), "École numérique")
	retype(entryOf(t, f, "projects.2.budget"), "12 500,50 €")
	f.Save()
	p := door.Record(apptest.Lille)
	if len(p.Projects) != 3 || p.Projects[2].Title != "École numérique" || p.Projects[2].Budget.Cents != 1250050 {
		t.Fatalf("saved %+v", p.Projects)
	}
	f.Undo()
	f.Undo()
	f.Undo()
	if len(f.draft.now.Projects) != 2 {
		t.Errorf("three undos leave %d projects", len(f.draft.now.Projects))
	}
	f.Redo()
	if len(f.draft.now.Projects) != 3 {
		t.Error("redo did not bring the project back")
	}
}

func TestThemesByTyping(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	found := f.suggestThemes("sante")
	if len(found) != 1 || found[0].Value != "2.5" {
		t.Fatalf("suggested %v", found)
	}
	f.restructure(func() { f.draft.now.Themes = append(f.draft.now.Themes, "2.5") })
	f.Save()
	if got := door.Record(apptest.Lille).Themes; len(got) != 3 || got[2] != "2.5" {
		t.Errorf("themes %v", got)
	}
}

func TestConfirmSavesFirst(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	retype(entryOf(t, f, "notes"), "Vu au téléphone")
	f.Confirm()
	p := door.Record(apptest.Lille)
	if p.Notes != "Vu au téléphone" || p.Verified != "2026-11-23" {
		t.Errorf("notes %q, verified %q", p.Notes, p.Verified)
	}
	if f.draft.now.Verified != "2026-11-23" || f.Modified() {
		t.Error("the form does not show the confirmation")
	}
}

func TestASaveThatFailsKeepsTheText(t *testing.T) {
	door := apptest.New(t, 10)
	f, _ := shownForm(t, door)
	f.Load(apptest.Lille)
	retype(entryOf(t, f, "notes"), "à garder")
	if err := door.Close(); err != nil {
		t.Fatal(err)
	}
	f.Save()
	if f.notice.Sentence() == "" || !f.Modified() || entryOf(t, f, "notes").Text != "à garder" {
		t.Error("a failed save must say why and keep what was typed")
	}
}

// BenchmarkShowForm: the fullest entry, shown. Figure to stay under: 60 ms.
func BenchmarkShowForm(b *testing.B) {
	f, _ := shownForm(b, apptest.New(b, 10))
	for b.Loop() {
		f.Load(apptest.Lille)
	}
}
