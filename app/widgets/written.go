package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/theme"
)

// Written gives content the font that text needs: Fyne's entries and paragraphs
// know one font, and write as boxes what neither it nor the system has.
func Written(text string, content fyne.CanvasObject) fyne.CanvasObject {
	if fontFor(text) == nil {
		return content
	}
	return container.NewThemeOverride(content, scripted{fontFor(text)})
}

// WriteAlong returns an entry that keeps the font its text needs as one types.
func WriteAlong(e *Entry) fyne.CanvasObject {
	over := container.NewThemeOverride(e, scripted{fontFor(e.Text)})
	changed := e.OnChanged
	e.OnChanged = func(s string) {
		if font := fontFor(s); font != over.Theme.(scripted).font {
			over.Theme = scripted{font}
			over.Refresh()
		}
		if changed != nil {
			changed(s)
		}
	}
	return over
}

func fontFor(text string) fyne.Resource {
	if th, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme); ok {
		return th.FontFor(text)
	}
	return nil
}

// scripted is the theme in force with another font, nil for its own. What that
// font lacks Fyne takes from its own.
type scripted struct{ font fyne.Resource }

func inForce() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Font is Fyne's.
func (s scripted) Font(style fyne.TextStyle) fyne.Resource {
	if s.font == nil {
		return inForce().Font(style)
	}
	return s.font
}

// Color is Fyne's.
func (s scripted) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return inForce().Color(name, v)
}

// Icon is Fyne's.
func (s scripted) Icon(name fyne.ThemeIconName) fyne.Resource { return inForce().Icon(name) }

// Size is Fyne's.
func (s scripted) Size(name fyne.ThemeSizeName) float32 { return inForce().Size(name) }
