package preview

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// drawer draws one page with a field in its upper half and one inside that.
type drawer struct {
	calls int
	fail  error
}

func (d *drawer) PreviewEntry(context.Context, repertoire.Partnership) (*layout.Pages, error) {
	d.calls++
	return &layout.Pages{Size: layout.Size{W: 200, H: 300}, Pages: []*layout.Page{{Regions: []layout.Region{
		{X: 0, Y: 0, W: 200, H: 150, Origin: layout.Origin{Field: "description"}},
		{X: 20, Y: 20, W: 100, H: 30, Origin: layout.Origin{Field: "objectives"}},
	}}}}, d.fail
}

func TestAClickGoesToTheField(t *testing.T) {
	apptest.App(t)
	d := &drawer{}
	p := New(d, task.AtOnce())
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400+2*margin, 800))
	p.Draw(repertoire.Partnership{ID: "x"})
	field := ""
	p.OnField = func(name string) { field = name }
	for _, c := range []struct {
		x, y float32
		want string
	}{{60, 60, "objectives"}, {300, 200, "description"}, {300, 500, ""}} {
		field = ""
		test.TapCanvas(w.Canvas(), fyne.NewPos(margin+c.x, margin+c.y))
		if field != c.want {
			t.Errorf("a click at %.0f,%.0f goes to %q, want %q", c.x, c.y, field, c.want)
		}
	}
}

func TestAHiddenPaneDrawsNothing(t *testing.T) {
	apptest.App(t)
	d := &drawer{}
	p := New(d, task.AtOnce())
	test.NewTempWindow(t, p).Resize(fyne.NewSize(400, 600))
	p.SetShown(false)
	before := d.calls
	p.Draw(repertoire.Partnership{ID: "x"})
	if d.calls != before {
		t.Error("a hidden pane asked for pages")
	}
	p.SetShown(true)
	if d.calls == before {
		t.Error("shown again, it must draw what it missed")
	}
}

func TestAFailureIsSaid(t *testing.T) {
	apptest.App(t)
	d := &drawer{fail: repertoire.Refuse("La page ne peut pas être composée.")}
	p := New(d, task.AtOnce())
	test.NewTempWindow(t, p).Resize(fyne.NewSize(400, 600))
	p.Draw(repertoire.Partnership{ID: "x"})
	if len(p.column.Objects) != 1 {
		t.Error("the sentence is missing")
	}
}
