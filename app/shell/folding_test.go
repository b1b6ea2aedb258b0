package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
)

// Panes fold below a width, what was asked for first before what was asked for
// last, and never leave the form less than its fields need.
func TestPanesFold(t *testing.T) {
	both := wish{sidebar: true, page: true}
	for _, x := range []struct {
		width float32
		wish  wish
		want  panes
	}{
		{1800, both, panes{true, true, true, true}},
		{1000, both, panes{sidebar: true, list: true, form: true}},
		{1000, wish{sidebar: true, page: true, pageFirst: true}, panes{list: true, form: true, page: true}},
		{1000, wish{sidebar: true}, panes{sidebar: true, list: true, form: true}},
		{700, both, panes{list: true, form: true}},
		{600, both, panes{list: true}},
		{600, wish{sidebar: true, page: true, form: true}, panes{form: true}},
		{1800, wish{}, panes{list: true, form: true}},
	} {
		if got := fold(x.width, x.wish); got != x.want {
			t.Errorf("%g wide, %+v: %+v", x.width, x.wish, got)
		}
	}
	s, _ := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	r := s.desk.records
	for _, width := range []float32{1920, 1440, 1280, 1024, 800} {
		s.window.Resize(fyne.NewSize(width, 720))
		do(t, s, "rows")
		if s.desk.openEntry(apptest.Lille); r.form.Visible() && r.form.Size().Width < formRoom {
			t.Errorf("in a window of %g the form is %g wide", width, r.form.Size().Width)
		}
		if r.preview.Visible() && r.preview.Size().Width < pageRoom {
			t.Errorf("in a window of %g the page is %g wide", width, r.preview.Size().Width)
		}
		for _, f := range fieldsOf(r) {
			if w := f.Content().Size().Width; w < 320 && f.Size().Width > 0 && w > 0 && f.Label() != "" && f.Size().Width >= 320 {
				t.Errorf("in a window of %g « %s » has %g of %g", width, f.Label(), w, f.Size().Width)
				break
			}
		}
	}
	s.window.Resize(fyne.NewSize(600, 720))
	if do(t, s, "rows"); !r.list.Visible() || r.form.Visible() {
		t.Error("a narrow window shows the list alone")
	}
	if s.desk.openEntry(apptest.Lille); r.list.Visible() || !r.form.Visible() {
		t.Error("then the entry alone")
	}
}

func fieldsOf(r *recordsPlace) []*widgets.Field {
	var out []*widgets.Field
	apptest.Walk(r.form, func(o fyne.CanvasObject) bool {
		if f, ok := o.(*widgets.Field); ok && f.Visible() {
			out = append(out, f)
		}
		return true
	})
	return out
}

// The page goes to a window of its own and comes back when that is closed; a
// click on it leads into the form.
func TestThePageInItsOwnWindow(t *testing.T) {
	s, _ := opened(t, 10)
	s.desk.openEntry(apptest.Lille)
	r := s.desk.records
	s.window.Resize(fyne.NewSize(1800, 900))
	if !r.preview.Visible() {
		do(t, s, "preview")
	}
	do(t, s, "preview-window")
	if r.apart == nil || r.preview.Visible() {
		t.Fatal("the page has no window, or stands twice")
	}
	apart := r.apart
	if do(t, s, "preview-window"); r.apart != apart {
		t.Error("a second window of the page")
	}
	r.page.OnField("objectives")
	apart.Close()
	if r.apart != nil || !r.preview.Visible() {
		t.Error("the page did not come back")
	}
	do(t, s, "preview-window")
	s.CloseWorkspace()
	if r.apart != nil {
		t.Error("the page outlives its workspace")
	}
}

// Two windows stand on one workspace: what is saved in one shows in the other,
// and the last question is asked of both.
func TestTwoWindowsOnOneWorkspace(t *testing.T) {
	s, door := opened(t, 10)
	do(t, s, "second")
	if len(s.Others()) != 1 {
		t.Fatalf("%d further windows", len(s.Others()))
	}
	o := s.Others()[0]
	s.desk.openEntry(apptest.Lille)
	o.desk.openEntry(apptest.Lille)
	notes := func(x *Shell) *widgets.Entry {
		e, ok := apptest.Find(x.desk.records.form, func(e *widgets.Entry) bool {
			return e.MultiLine && e.Visible() && len(e.Text) > 8 && e.Text[:8] == "Relancer"
		})
		if !ok {
			t.Fatal("no notes")
		}
		return e
	}
	notes(s).SetText("Relancer en mai.")
	do(t, s, "save")
	if got := notes(o).Text; got != "Relancer en mai." {
		t.Errorf("the other window shows %q", got)
	}
	notes(o).SetText("Relancer en juin.")
	left := false
	s.guarded(func() { left = true })
	if left || o.window.Canvas().Overlays().Top() == nil {
		t.Fatal("the other window's text was not asked about")
	}
	o.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !left || door.Record(apptest.Lille).Notes != "Relancer en juin." || len(s.Others()) != 0 {
		t.Errorf("left %v, kept %q, %d windows", left, door.Record(apptest.Lille).Notes, len(s.Others()))
	}
	for _, id := range []string{"open", "create", "close"} {
		do(t, s, "second")
		if s.Others()[0].Perform(id) {
			t.Errorf("a second window does %q", id)
		}
		s.Others()[0].leaveSecond()
	}
	if _, err := door.Records().Directories(t.Context()); err != nil {
		t.Errorf("a second window closed the workspace: %v", err)
	}
}

// What a view found is gone through one by one, from wherever one is.
func TestGoingThroughFindings(t *testing.T) {
	s, _ := opened(t, 10)
	do(t, s, "next-finding")
	if s.desk.notice.Sentence() == "" {
		t.Error("nothing says where to begin")
	}
	do(t, s, "go-review")
	s.desk.screens["review"].FocusFirst()
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.desk.trail.Steps) < 2 || s.desk.at != partnershipsPlace {
		t.Fatalf("%d steps, at %s", len(s.desk.trail.Steps), s.desk.at)
	}
	first := s.desk.records.form.Title()
	if s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF8}); s.desk.trail.At != 1 {
		t.Errorf("F8 leads to %d", s.desk.trail.At)
	}
	if s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF7}); s.desk.trail.At != 0 || s.desk.records.form.Title() != first {
		t.Errorf("F7 leads to %d, %s", s.desk.trail.At, s.desk.records.form.Title())
	}
}
