package theme

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/assets/icons"
)

// icon is a drawing that takes its colour from the theme in force each time it
// is painted. Fyne's ThemedResource colours fills only, and ours are strokes.
type icon struct {
	name  string
	svg   []byte
	color fyne.ThemeColorName
}

// Icon gives the drawing called name (see assets/icons) in the text colour.
func Icon(name string) fyne.Resource { return IconIn(name, fynetheme.ColorNameForeground) }

// IconIn gives the drawing in another of the theme's colours. An unknown name
// gives Fyne's broken image, which a test would notice.
func IconIn(name string, colour fyne.ThemeColorName) fyne.Resource {
	svg, err := icons.SVG(name)
	if err != nil {
		return fynetheme.BrokenImageIcon()
	}
	return &icon{name: name, svg: svg, color: colour}
}

// Name bears the colour, since Fyne keeps painted images by name.
func (i *icon) Name() string { return "repertoire-" + i.name + i.hex() + ".svg" }

// Content gives the SVG in the colour of the moment.
func (i *icon) Content() []byte {
	return bytes.ReplaceAll(i.svg, []byte("#000000"), []byte(i.hex()))
}

// ThemeColorName tells Fyne which colour the drawing takes.
func (i *icon) ThemeColorName() fyne.ThemeColorName { return i.color }

func (i *icon) hex() string {
	settings := fyne.CurrentApp().Settings()
	c := color.NRGBAModel.Convert(settings.Theme().Color(i.color, settings.ThemeVariant())).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

func replaced(name fyne.ThemeIconName) (string, bool) {
	switch name {
	case fynetheme.IconNameArrowDropDown, fynetheme.IconNameMenuExpand:
		if name == fynetheme.IconNameMenuExpand {
			return "chevron-right", true
		}
		return "chevron-down", true
	case fynetheme.IconNameArrowDropUp:
		return "chevron-up", true
	case fynetheme.IconNameSearch:
		return "search", true
	case fynetheme.IconNameCancel, fynetheme.IconNameContentClear, fynetheme.IconNameWindowClose:
		return "close", true
	case fynetheme.IconNameConfirm:
		return "check", true
	case fynetheme.IconNameDelete:
		return "trash", true
	case fynetheme.IconNameContentAdd:
		return "add", true
	case fynetheme.IconNameDocumentSave:
		return "save", true
	case fynetheme.IconNameFolder:
		return "folder", true
	case fynetheme.IconNameFolderOpen:
		return "folder-open", true
	case fynetheme.IconNameWarning:
		return "warning", true
	case fynetheme.IconNameError:
		return "error", true
	case fynetheme.IconNameInfo:
		return "info", true
	case fynetheme.IconNameList:
		return "list", true
	case fynetheme.IconNameSettings:
		return "settings", true
	}
	return "", false
}
