package editions

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// desk is a view on a real workspace with the samples, the book of Lebanon
// chosen.
func desk(t *testing.T) (*View, *workspace.Workspace, fyne.Window) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	door, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	w := apptest.Window(t, widgets.NewText(""), 1040, 620)
	v := New(door, task.AtOnce(), w)
	v.OnSay = func(tone widgets.Tone, sentence string) {
		if tone == widgets.Failure {
			t.Error(sentence)
		}
	}
	w.SetContent(v)
	v.Choose("liban")
	return v, door, w
}

func keys(list []books.Section) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.Key)
	}
	return out
}

func TestSectionsAreSavedAndUndoneAsOne(t *testing.T) {
	v, door, _ := desk(t)
	before := keys(v.book.sections)
	v.book.rows.Select(5)
	v.book.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyMinus})
	v.book.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyMinus})
	v.book.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Type(v.book.title, "Mode d’emploi")
	if !v.book.dirty {
		t.Fatal("nothing to save")
	}
	v.book.Save()
	d, err := door.Records().Directory(t.Context(), "liban")
	if err != nil {
		t.Fatal(err)
	}
	got := door.Books().Sections(d)
	if s := got[3]; s.Key != before[5] || !s.Off || s.Title != "Mode d’emploi" || v.book.dirty {
		t.Errorf("saved %+v, dirty %v", s, v.book.dirty)
	}
	last, err := door.History().LastChange(t.Context())
	if err != nil || last == nil {
		t.Fatal(err)
	}
	if _, err := door.History().Undo(t.Context(), last.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	v.Reload()
	if now := keys(v.book.sections); !slices.Equal(now, before) || v.book.sections[5].Off {
		t.Errorf("undone: %v, want %v", now, before)
	}
}

func TestPagesOfTheBookLeadToTheEntry(t *testing.T) {
	v, door, _ := desk(t)
	gone := repertoire.ID("")
	v.OnEntry = func(id repertoire.ID) { gone = id }
	v.book.pages.lay()
	p := v.book.pages
	if p.proof == nil || p.pageCount() < 10 || len(p.sheets.Objects) == 0 {
		t.Fatal("no pages")
	}
	if n := len(p.thumbs); n == 0 || n == p.pageCount() {
		t.Errorf("%d small pages painted of %d", n, p.pageCount())
	}
	r, err := door.Searches().Search(t.Context(), searches.Query{Directory: "liban", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	p.Go(p.proof.PageOf(r.Hits[0].ID))
	want, _ := p.proof.EntryAt(p.page)
	test.Tap(p.entry)
	if gone != want || gone == "" {
		t.Errorf("went to %q, want %q", gone, want)
	}
	// A section that is chosen turns to where it begins.
	at := slices.IndexFunc(v.book.sections, func(s books.Section) bool { return p.proof.PageOfSection(s.Key) > 4 && !s.Off })
	if at < 0 {
		t.Fatal("no section is on a page")
	}
	v.book.rows.Select(at)
	if want := p.proof.PageOfSection(v.book.sections[at].Key); p.page != want {
		t.Errorf("« %s » turns to page %d, want %d", v.book.sections[at].Title, p.page, want)
	}
	p.Go(9999)
	if p.page != p.pageCount()-1 {
		t.Errorf("page %d", p.page)
	}
}

func TestFacingPages(t *testing.T) {
	for _, c := range []struct {
		page, count int
		want        []int
	}{{0, 6, []int{0}}, {1, 6, []int{1, 2}}, {2, 6, []int{1, 2}}, {5, 6, []int{5}}} {
		if got := facing(c.page, c.count); !slices.Equal(got, c.want) {
			t.Errorf("page %d lies open as %v, want %v", c.page, got, c.want)
		}
	}
}

func TestAGateLineOpensItsField(t *testing.T) {
	v, _, _ := desk(t)
	v.ShowTab(1)
	var id repertoire.ID
	field := ""
	v.OnEntryField = func(i repertoire.ID, f string) { id, field = i, f }
	v.gate.start()
	i := slices.IndexFunc(v.gate.rows, func(r gateRow) bool {
		l := v.gate.lines()[r.line]
		return !r.head && l.Entry != "" && l.Field != ""
	})
	if i < 0 {
		t.Skip("the sample has no line with a field")
	}
	// The lines of a record stand together under its title.
	heads := map[repertoire.ID]int{}
	for k, r := range v.gate.rows {
		l := v.gate.lines()[r.line]
		if r.head {
			heads[l.Entry]++
		} else if above := v.gate.lines()[v.gate.rows[k-1].line]; above.Entry != l.Entry {
			t.Errorf("line %d stands under another record", k)
		}
	}
	for id, n := range heads {
		if n != 1 {
			t.Errorf("%q has %d headings", id, n)
		}
	}
	v.gate.table.List.Select(i)
	v.gate.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if l := v.gate.lines()[v.gate.rows[i].line]; id != l.Entry || field != l.Field {
		t.Errorf("opened %q %q, want %q %q", id, field, l.Entry, l.Field)
	}
}

func TestFreezeChangeCompareDelete(t *testing.T) {
	v, door, w := desk(t)
	v.ShowTab(2)
	before := len(v.frozen.editions)
	v.frozen.askLabel()
	month := repertoire.Months[time.Now().Month()-1] + " " + time.Now().Format("2006")
	label, ok := apptest.Find(w.Canvas().Overlays().Top(), func(*widgets.Entry) bool { return true })
	if !ok || label.Text != month || label.SelectedText() != month {
		t.Errorf("« Figer » proposes %q, of which %q is selected", label.Text, label.SelectedText())
	}
	test.Type(label, "essai de mars") // over the proposal
	label.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(v.frozen.editions) != before+1 || v.frozen.editions[before].Label != "essai de mars" {
		t.Fatalf("%d editions", len(v.frozen.editions))
	}
	// Leaving « Brouillon » is asked about; Esc leaves the edition as it is.
	v.frozen.table.List.Select(before)
	v.frozen.Forward()
	if w.Canvas().Overlays().Top() == nil {
		t.Error("an edition leaves « Brouillon » unasked")
	} else {
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	if state := v.frozen.editions[before].State; state != "brouillon" {
		t.Errorf("after Esc the edition is %q", state)
	}
	v.frozen.askName()
	label, _ = apptest.Find(w.Canvas().Overlays().Top(), func(*widgets.Entry) bool { return true })
	test.Type(label, "essai d’avril")
	label.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := v.frozen.editions[before].Label; got != "essai d’avril" {
		t.Errorf("renamed %q", got)
	}
	r, err := door.Searches().Search(t.Context(), searches.Query{Directory: "liban", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	p, err := door.Records().Partnership(t.Context(), r.Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Objectives = "De tout autres objectifs."
	if _, err := door.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	v.frozen.table.List.Select(before)
	gone := ""
	v.OnEntryField = func(_ repertoire.ID, f string) { gone = f }
	v.frozen.Compare()
	table, found := apptest.Find(w.Canvas().Overlays().Top(), func(*widgets.Table) bool { return true })
	if !found || table.List.Length() != 1 {
		t.Fatal("the change is not shown alone")
	}
	if c := table.Cells(0); c[4].Text != "De tout autres objectifs." {
		t.Errorf("shown as %+v", c)
	}
	table.List.Select(0)
	table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if gone != "objectives" {
		t.Errorf("went to %q", gone)
	}
	v.frozen.askDelete()
	press(t, w, "Supprimer")
	if len(v.frozen.editions) != before {
		t.Error("the draft is still there")
	}
}
