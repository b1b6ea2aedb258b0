package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
)

// roundSides are so many that a polygon of 7 px is a disc.
const roundSides = 24

// MarkSides is how many sides the small mark of a tone has: a warning is a
// triangle, a failure a diamond, all else a disc, so that who sees no colours
// tells them apart.
func MarkSides(tone fyne.ThemeColorName) uint {
	switch tone {
	case fynetheme.ColorNameWarning:
		return 3
	case fynetheme.ColorNameError:
		return 4
	}
	return roundSides
}

// layMark puts a mark around middle. One with few sides is larger, for as much
// ink as a disc.
func layMark(m *canvas.RegularPolygon, middle fyne.Position) {
	side := float32(discSide)
	if m.Sides < roundSides {
		side += 3
	}
	m.Resize(fyne.NewSquareSize(side))
	m.Move(middle.SubtractXY(side/2, side/2))
}
