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
	column := container.NewVScroll(container.New(flush{}, widgets.Inset(0, 6, head), widgets.Inset(0, 6, foot)))
	return container.New(edged{}, container.NewStack(widgets.NewBackground(theme.ColorSidebar), column), widgets.UprightRule())
}

// flush keeps its first object at the top and its second at the foot.
type flush struct{}

func (flush) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(fyne.Max(a.Width, b.Width), a.Height+b.Height)
}

func (flush) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	objects[0].Resize(fyne.NewSize(size.Width, a.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(size.Width, b.Height))
	objects[1].Move(fyne.NewPos(0, size.Height-b.Height))
}

// edged puts a line at the right of its first object, with no gap.
type edged struct{}

func (edged) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(1, 0)
}

func (edged) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width-1, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(1, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-1, 0))
}

// besides puts the rail and what it leads to side by side, without the gap
// Fyne leaves between two objects.
type besides struct{}

func (besides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, fyne.Max(a.Height, b.Height))
}

func (besides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := objects[0].MinSize().Width
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(size.Width-w, size.Height))
	objects[1].Move(fyne.NewPos(w, 0))
}
