package editions

import (
	"image"
	"image/png"
	"os"
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

// A click on an editorial's page leads to its text beside the page; its words
// and its portrait are changed there and saved with the sections, as one change.
func TestEditorialsAreEditedWhereTheyShow(t *testing.T) {
	v, door, w := desk(t)
	d, err := door.Records().Directory(t.Context(), "liban")
	if err != nil {
		t.Fatal(err)
	}
	d.Editorial = []repertoire.Editorial{{Text: "Depuis trente ans.", Author: "Nour Haddad"}, {Text: "Une seconde voix.", Author: "Luc Petit"}}
	if _, err := door.Records().SaveDirectory(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	v.Reload()
	b, p := v.book, v.book.pages
	if b.signed.all.Visible() {
		t.Error("the editorials show beside another section")
	}
	p.lay()
	signed := slices.IndexFunc(b.sections, books.Section.Signed)
	page := p.proof.PageOfSection(b.sections[signed].Key)
	p.Go(page)
	field, at := "", fyne.Position{}
	sheet, ok := apptest.Find(p.sheets, func(l *leaf) bool { return l.page == page })
	if !ok {
		t.Fatal("no page in view")
	}
	for y := float32(4); y < sheet.Size().Height && field != "editorial.1"; y += 4 {
		at = fyne.NewPos(sheet.Size().Width/2, y)
		_, field = sheet.at(at)
	}
	if field != "editorial.1" {
		t.Fatalf("the second editorial is nowhere on its page: %q", field)
	}
	sheet.Tapped(&fyne.PointEvent{Position: at})
	if b.current() != signed || p.page != page || len(b.signed.texts) != 2 || w.Canvas().Focused() != b.signed.texts[1] {
		t.Fatalf("led to section %d, page %d, %v", b.current(), p.page, w.Canvas().Focused())
	}
	b.signed.texts[1].SetText("Une seconde voix, plus longue.")
	picture := filepath.Join(t.TempDir(), "portrait.png")
	f, err := os.Create(picture)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewNRGBA(image.Rect(0, 0, 80, 100))); err != nil {
		t.Fatal(err)
	}
	f.Close()
	b.signed.take(0, picture)
	b.Save()
	saved, err := door.Records().Directory(t.Context(), "liban")
	if err != nil || len(saved.Editorial) != 2 || saved.Editorial[1].Text != "Une seconde voix, plus longue." ||
		saved.Editorial[0].Portrait.Media == "" || saved.Editorial[0].Author != "Nour Haddad" || b.dirty {
		t.Fatalf("%+v, %v", saved.Editorial, err)
	}
	// A blank one is not kept, and a click elsewhere leads to that part.
	b.signed.change(func(list []repertoire.Editorial) []repertoire.Editorial { return append(list, repertoire.Editorial{}) })
	b.Save()
	if saved, err = door.Records().Directory(t.Context(), "liban"); err != nil || len(saved.Editorial) != 2 || len(b.signed.texts) != 2 {
		t.Errorf("%d editorials, %d shown, %v", len(saved.Editorial), len(b.signed.texts), err)
	}
	if b.lead("sections.index-french"); b.sections[b.current()].Key != "index-french" || b.signed.all.Visible() {
		t.Errorf("led to %q", b.sections[b.current()].Key)
	}
}
