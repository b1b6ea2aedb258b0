package widgets

import (
	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
)

// Help is how a refusal asks the window for what the guide says of it. The
// window hears it as it hears a shortcut, so that no view has to know it.
type Help struct{ About string } // the sentence of the refusal

// ShortcutName is Fyne's.
func (*Help) ShortcutName() string { return "Help" }

// askHelp asks the window for the guide; a window without one does nothing.
func askHelp(c fyne.Canvas, about string) {
	if hears, ok := c.(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		hears.TypedShortcut(&Help{About: about})
	}
}

// Refuse says that something was refused, and offers what the guide says of it.
func Refuse(title, sentence, dismiss string, window fyne.Window) *Modal {
	sentence = i18n.Said(sentence)
	m := Tell(title, sentence, dismiss, window)
	m.foot.Objects = append(m.foot.Objects, NewIconButton("help", "", func() { askHelp(window.Canvas(), sentence) }))
	m.foot.Layout = spread{}
	m.foot.Refresh()
	return m
}

// spread sets the first object at the right end and the others at the left.
type spread struct{}

func (spread) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width, fyne.Max(size.Height, m.Height))
	}
	return size
}

func (spread) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		m := o.MinSize()
		o.Resize(fyne.NewSize(m.Width, size.Height))
		if i == 0 {
			o.Move(fyne.NewPos(size.Width-m.Width, 0))
			continue
		}
		o.Move(fyne.NewPos(x, 0))
		x += m.Width
	}
}
