package widgets

import "fyne.io/fyne/v2"

// passOn hands a key the focused widget has no use for to the window: Fyne
// gives the window only the keys that nobody has the focus for, and no menu
// shortcut fires without Ctrl, so that F1 and Esc would be lost, and Enter
// would not answer a question.
func passOn(from fyne.CanvasObject, k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7,
		fyne.KeyF8:
	default:
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil || c.OnTypedKey() == nil {
		return
	}
	c.OnTypedKey()(k)
}
