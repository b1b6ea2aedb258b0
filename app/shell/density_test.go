package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"

	"repertoire/app/apptest"
)

// A window that is moved to a screen of twice as many dots paints the page beside
// the form for it.
func TestThePageFollowsTheScreen(t *testing.T) {
	s, _ := opened(t, 10)
	s.window.Resize(fyne.NewSize(1800, 900))
	s.desk.openEntry(apptest.Lille)
	if !s.desk.records.preview.Visible() {
		do(t, s, "preview")
	}
	widest := func(in fyne.CanvasObject) int {
		w := 0
		apptest.Walk(in, func(o fyne.CanvasObject) bool {
			if img, ok := o.(*canvas.Image); ok && img.Image != nil {
				w = max(w, img.Image.Bounds().Dx())
			}
			return true
		})
		return w
	}
	page := widest(s.desk.records.preview)
	if page < 100 {
		t.Fatalf("a page %d wide", page)
	}
	move := func(scale float32) {
		s.window.Canvas().(software.WindowlessCanvas).SetScale(scale)
		s.window.Content().Refresh() // as the driver does
	}
	move(2)
	if now := widest(s.desk.records.preview); now < 2*page-2 || now > 2*page+2 {
		t.Errorf("the page is %d wide on a screen twice as fine, %d before", now, page)
	}
	move(1)
	if now := widest(s.desk.records.preview); now != page {
		t.Errorf("back on the first, the page is %d wide, %d before", now, page)
	}
}
