package preview

import (
	"context"
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// sheets is one page with a field in its upper half and one inside that.
type sheets struct{}

func (sheets) Count() int           { return 1 }
func (sheets) Size() (w, h float64) { return 200, 300 }
func (sheets) FieldAt(_ int, x, y float64) string {
	switch {
	case x >= 20 && x <= 120 && y >= 20 && y <= 50:
		return "objectives"
	case y <= 150:
		return "description"
	}
	return ""
}

func (sheets) Image(_ int, dpi float64) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, int(200*dpi/72), int(300*dpi/72))), nil
}

// drawer lays out and counts.
type drawer struct {
	calls int
	fail  error
}

func (d *drawer) draw(context.Context, repertoire.Partnership) (Sheets, error) {
	d.calls++
	return sheets{}, d.fail
}

func TestAClickGoesToTheField(t *testing.T) {
	apptest.App(t)
	d := &drawer{}
	p := New(d.draw, task.AtOnce())
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
		test.TapCanvas(w.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(p.scroll).AddXY(margin+c.x, margin+c.y))
		if field != c.want {
			t.Errorf("a click at %.0f,%.0f goes to %q, want %q", c.x, c.y, field, c.want)
		}
	}
}

func TestAHiddenPaneDrawsNothing(t *testing.T) {
	apptest.App(t)
	d := &drawer{}
	p := New(d.draw, task.AtOnce())
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
	p := New(d.draw, task.AtOnce())
	test.NewTempWindow(t, p).Resize(fyne.NewSize(400, 600))
	p.Draw(repertoire.Partnership{ID: "x"})
	if len(p.column.Objects) != 1 {
		t.Error("the sentence is missing")
	}
}

// The pages are fitted to the pane, grow by steps past it both ways, and come
// back; each size is painted sharp.
func TestPagesGrow(t *testing.T) {
	apptest.App(t)
	d := &drawer{}
	p := New(d.draw, task.AtOnce())
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400+2*margin, 800))
	p.Draw(repertoire.Partnership{ID: "x"})
	size := func() fyne.Size { return p.column.Objects[0].Size() }
	if got := size(); got.Width != 400 || got.Height != 600 {
		t.Errorf("fitted: %v", got)
	}
	before := d.calls
	press := func(hint string) {
		t.Helper()
		b, ok := apptest.Find(p.all, func(b *widgets.IconButton) bool { return strings.HasPrefix(b.ToolTip(), hint) })
		if !ok {
			t.Fatalf("no button %q", hint)
		}
		test.Tap(b)
	}
	press("Page plus grande")
	if got := size(); got.Width != 500 || got.Height != 750 || p.level.Text() != "125 %" || d.calls == before {
		t.Errorf("a step larger: %v, %s, painted %d times more", got, p.level.Text(), d.calls-before)
	}
	press("Page plus petite")
	press("Page plus petite")
	if got := size(); got.Height >= 600 || p.level.Text() != "80 %" {
		t.Errorf("a step smaller than fitted: %v, %s", got, p.level.Text())
	}
	press("Page ajustée")
	if got := size(); got.Width != 400 || p.level.Text() != "100 %" {
		t.Errorf("fitted again: %v, %s", got, p.level.Text())
	}
}
