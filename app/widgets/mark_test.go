package widgets_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/widgets"
)

// oneInk is a look in which every tone is the same.
type oneInk struct{ fyne.Theme }

func (oneInk) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if name == fynetheme.ColorNameBackground {
		return color.White
	}
	return color.Black
}

// A state is told by the shape of its mark and not by its colour alone.
func TestMarksAreToldApartWithoutColours(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(oneInk{fynetheme.DefaultTheme()})
	seen := map[string]string{}
	for _, c := range []struct {
		what   string
		tone   fyne.ThemeColorName
		hollow bool
	}{
		{"all is well", fynetheme.ColorNameSuccess, false}, {"to be looked at", fynetheme.ColorNameWarning, false},
		{"a fault", fynetheme.ColorNameError, false}, {"nothing known", fynetheme.ColorNameForeground, true},
	} {
		canvas := software.NewCanvas()
		dot := widgets.NewDot(c.tone, c.hollow, "", nil)
		canvas.SetContent(dot)
		canvas.Resize(dot.MinSize())
		img := canvas.Capture()
		drawn := ""
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				drawn += string('a' + rune(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y>>5))
			}
			drawn += "\n"
		}
		if other, there := seen[drawn]; there {
			t.Errorf("%s looks like %s", c.what, other)
		}
		seen[drawn] = c.what
	}
}
