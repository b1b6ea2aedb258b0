package mapview

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// step is how far an arrow moves the map, in units; zoomStep what + and − do.
const (
	step     = 80
	zoomStep = 1.5
)

// Zoom brings the middle nearer, or farther with a factor below one.
func (s *sheet) Zoom(factor float64) {
	w, h, _ := s.pixels()
	s.zoomAt(factor, float64(w)/2, float64(h)/2)
}

func (s *sheet) zoomAt(factor, x, y float64) {
	w, h, _ := s.pixels()
	if w < 8 || h < 8 {
		return
	}
	s.camera, s.hint = s.camera.zoom(factor, x, y, w, h), ""
	s.repaint()
}

// Pan moves the map by units.
func (s *sheet) Pan(dx, dy float64) {
	d := s.density()
	s.camera, s.hint = s.camera.pan(dx*d, dy*d), ""
	s.repaint()
}

// Scrolled is Fyne's: the wheel zooms where the mouse is.
func (s *sheet) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY == 0 {
		return
	}
	d := s.density()
	notches := math.Max(-3, math.Min(3, float64(e.Scrolled.DY)/20))
	s.zoomAt(math.Pow(1.2, notches), float64(e.Position.X)*d, float64(e.Position.Y)*d)
}

// Dragged is Fyne's.
func (s *sheet) Dragged(e *fyne.DragEvent) { s.Pan(float64(e.Dragged.DX), float64(e.Dragged.DY)) }

// DragEnd is Fyne's.
func (s *sheet) DragEnd() {}

// Tapped takes the keyboard and chooses what is under the mouse.
func (s *sheet) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	if s.chose == nil || s.shown == nil {
		return
	}
	if i := s.at(e.Position); i >= 0 {
		s.chose(s.shown.clusters[i].places)
	} else {
		s.chose(nil)
	}
}

// at gives the point under a position, -1 for none.
func (s *sheet) at(p fyne.Position) int {
	if s.shown == nil {
		return -1
	}
	d := s.density()
	return under(s.shown.clusters, float64(p.X)*d, float64(p.Y)*d, 2*d)
}

// MouseIn is Fyne's.
func (s *sheet) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved says what is under the mouse.
func (s *sheet) MouseMoved(e *desktop.MouseEvent) {
	hint := ""
	if i := s.at(e.Position); i >= 0 && s.tell != nil {
		c := s.shown.clusters[i]
		hint = s.tell(c.places, c.count)
	}
	if hint != s.hint || hint != "" {
		s.hint, s.hintAt = hint, e.Position
		s.Refresh()
	}
}

// MouseOut is Fyne's.
func (s *sheet) MouseOut() {
	if s.hint != "" {
		s.hint = ""
		s.Refresh()
	}
}

// FocusGained is Fyne's.
func (s *sheet) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost is Fyne's.
func (s *sheet) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune zooms on + and −; 0 shows the world.
func (s *sheet) TypedRune(r rune) {
	switch r {
	case '+', '=':
		s.Zoom(zoomStep)
	case '-':
		s.Zoom(1 / zoomStep)
	case '0':
		s.Frame(worldFrame)
	}
}

// TypedKey moves on arrows, goes from point to point on space, and hands Enter on.
func (s *sheet) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		s.Pan(step, 0)
	case fyne.KeyRight:
		s.Pan(-step, 0)
	case fyne.KeyUp:
		s.Pan(0, step)
	case fyne.KeyDown:
		s.Pan(0, -step)
	case fyne.KeyHome:
		s.Frame(worldFrame)
	case fyne.KeySpace:
		s.next()
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.enter != nil {
			s.enter()
		}
	default:
		// Fyne gives the window only the keys nobody has the focus for.
		if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
	}
}

// next chooses the next point in view, the largest first.
func (s *sheet) next() {
	if s.shown == nil || s.chose == nil {
		return
	}
	w, h, _ := s.pixels()
	first, after, passed := -1, -1, false
	for i, c := range s.shown.clusters {
		if c.x < 0 || c.y < 0 || c.x > float64(w) || c.y > float64(h) {
			continue
		}
		if first < 0 {
			first = i
		}
		if passed && after < 0 {
			after = i
		}
		passed = passed || s.chosen[c.places[0]]
	}
	if after < 0 {
		after = first
	}
	if after >= 0 {
		s.chose(s.shown.clusters[after].places)
	}
}
