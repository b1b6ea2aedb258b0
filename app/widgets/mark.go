package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
)

// roundSides say that a mark is a disc.
const roundSides = 0

// MarkSides is how many sides the small mark of a tone has: a warning is a
// triangle, a failure a diamond, all else a disc (0), so that who sees no
// colours tells them apart.
func MarkSides(tone fyne.ThemeColorName) uint {
	switch tone {
	case fynetheme.ColorNameWarning:
		return 3
	case fynetheme.ColorNameError:
		return 4
	}
	return roundSides
}

// mark is what is drawn of a state: a disc or a polygon, of which one is seen.
type mark struct {
	disc  *canvas.Circle
	shape *canvas.RegularPolygon
	sides uint
}

func newMark() *mark {
	m := &mark{disc: canvas.NewCircle(nil), shape: canvas.NewRegularPolygon(3, nil)}
	m.hide()
	return m
}

// objects are all that may be seen of it.
func (m *mark) objects() []fyne.CanvasObject { return []fyne.CanvasObject{m.disc, m.shape} }

func (m *mark) hide() {
	m.disc.Hide()
	m.shape.Hide()
}

// paint gives it the colour and the shape of a tone.
func (m *mark) paint(tone fyne.ThemeColorName, hollow bool) {
	ink := colour(tone)
	m.sides = MarkSides(tone)
	m.disc.StrokeWidth, m.disc.FillColor = 0, ink
	m.shape.StrokeWidth, m.shape.FillColor = 0, ink
	if hollow {
		m.disc.StrokeWidth, m.disc.StrokeColor, m.disc.FillColor = 1.2, ink, nil
		m.shape.StrokeWidth, m.shape.StrokeColor, m.shape.FillColor = 1.2, ink, nil
	}
	if m.sides != roundSides {
		m.shape.Sides = m.sides
	}
	m.disc.Refresh()
	m.shape.Refresh()
}

// lay shows it around middle. A polygon is larger, for as much ink as a disc.
func (m *mark) lay(middle fyne.Position) {
	m.disc.Hidden, m.shape.Hidden = m.sides != roundSides, m.sides == roundSides
	for _, o := range m.objects() {
		side := float32(discSide)
		if o == fyne.CanvasObject(m.shape) {
			side += 3
		}
		o.Resize(fyne.NewSquareSize(side))
		o.Move(middle.SubtractXY(side/2, side/2))
	}
}
