package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Mode says which look a person chose.
type Mode string

// The looks; Auto follows the desktop.
const (
	Auto  Mode = "auto"
	Light Mode = "light"
	Dark  Mode = "dark"
)

// Theme answers Fyne. Make a new one to change the look: it never changes.
type Theme struct {
	mode  Mode
	scale float32
	fonts *Fonts
}

// New returns a theme. scale multiplies the text sizes: 1 is normal, useful
// values run from 0.8 to 1.6. Fyne's own fonts serve where the set, which
// may be nil, has none.
func New(mode Mode, scale float32, fonts *Fonts) *Theme {
	if scale <= 0 {
		scale = 1
	}
	return &Theme{mode: mode, scale: scale, fonts: fonts}
}

// Color gives the palette's colour; names of neither world get Fyne's.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.mode {
	case Light:
		variant = fynetheme.VariantLight
	case Dark:
		variant = fynetheme.VariantDark
	}
	p, ok := colorOf(name)
	switch {
	case !ok:
		return fynetheme.DefaultTheme().Color(name, variant)
	case variant == fynetheme.VariantDark:
		return p.dark
	}
	return p.light
}

// Font gives two weights, regular and semi-bold, and an italic.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	name := "NotoSans-Regular"
	switch {
	case style.Monospace, style.Symbol:
		name = ""
	case style.Bold:
		name = "NotoSans-SemiBold"
	case style.Italic:
		name = "NotoSans-Italic"
	}
	if name != "" {
		if r := t.fonts.Named(name); r != nil {
			return r
		}
	}
	return fynetheme.DefaultTheme().Font(style)
}

// TextSize is that of the reading text on the first day.
const TextSize = 13

// Size gives the measures, in Fyne's density-independent units, on a grid of 4.
// Text: 13 for reading and 11 for what goes with it; titles are 17.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameText:
		return TextSize * t.scale
	case fynetheme.SizeNameCaptionText:
		return 11 * t.scale
	case fynetheme.SizeNameHeadingText:
		return 17 * t.scale
	case fynetheme.SizeNameSubHeadingText:
		return 13 * t.scale
	case fynetheme.SizeNamePadding:
		return 4
	case fynetheme.SizeNameInnerPadding:
		return 6
	case fynetheme.SizeNameLineSpacing:
		return 4
	case fynetheme.SizeNameInlineIcon:
		return 16 * t.scale
	case fynetheme.SizeNameSeparatorThickness, fynetheme.SizeNameInputBorder:
		return 1
	case fynetheme.SizeNameSplitThickness:
		return 1
	case fynetheme.SizeNameScrollBar:
		return 10
	case fynetheme.SizeNameScrollBarSmall:
		return 4
	case fynetheme.SizeNameScrollBarRadius:
		return 4
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameSelectionRadius, fynetheme.SizeNameButtonRadius:
		return 4
	case fynetheme.SizeNameCardRadius, fynetheme.SizeNameMenuRadius, fynetheme.SizeNamePopupRadius:
		return 6
	case fynetheme.SizeNameDialogRadius:
		return 8
	}
	return fynetheme.DefaultTheme().Size(name)
}

// Icon gives our drawing for those of Fyne's icons that we have, so that its
// own widgets stay in the family.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if ours, ok := replaced(name); ok {
		return Icon(ours)
	}
	return fynetheme.DefaultTheme().Icon(name)
}
