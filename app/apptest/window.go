package apptest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/i18n"
	"repertoire/app/theme"
)

// Window shows content in a window of Fyne's test driver, in the program's own
// look and in French.
func Window(t testing.TB, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	App(t)
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// App starts Fyne's test application in the program's look and in French.
func App(t testing.TB) fyne.App {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1, nil))
	if err := i18n.Use(i18n.French); err != nil {
		t.Fatal(err)
	}
	return a
}

// Find gives the first object below root that is a T and satisfies is.
func Find[T fyne.CanvasObject](root fyne.CanvasObject, is func(T) bool) (T, bool) {
	var found T
	ok := false
	Walk(root, func(o fyne.CanvasObject) bool {
		if x, isT := o.(T); isT && is(x) {
			found, ok = x, true
		}
		return !ok
	})
	return found, ok
}

// Walk visits root and what is below it, visible or not, until visit says no.
func Walk(root fyne.CanvasObject, visit func(fyne.CanvasObject) bool) bool {
	if !visit(root) {
		return false
	}
	var below []fyne.CanvasObject
	switch o := root.(type) {
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	}
	for _, o := range below {
		if !Walk(o, visit) {
			return false
		}
	}
	return true
}
