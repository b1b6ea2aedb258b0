package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/theme"
	"repertoire/app/widgets"
)

// railOf puts the places in a column at the left edge, the seldom needed ones
// at its foot; a window too low for all of them scrolls.
func railOf(head, foot fyne.CanvasObject) fyne.CanvasObject {
	column := container.NewVScroll(container.NewBorder(widgets.Inset(0, 6, head), widgets.Inset(0, 6, foot), nil, nil))
	return container.NewBorder(nil, nil, nil, widgets.UprightRule(), container.NewStack(widgets.NewGround(theme.ColorSidebar), column))
}
