package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Names of the colours Fyne has no word for.
const (
	// ColorSidebar is the background of the left column and of heads.
	ColorSidebar fyne.ThemeColorName = "repertoire-sidebar"
	// ColorMuted is secondary text: labels, counts, columns after the first.
	ColorMuted fyne.ThemeColorName = "repertoire-muted"
	// ColorAccentSoft is the background of what is selected or ticked.
	ColorAccentSoft fyne.ThemeColorName = "repertoire-accent-soft"
	// ColorAccentFaint is the background of a selected row in a list without focus.
	ColorAccentFaint fyne.ThemeColorName = "repertoire-accent-faint"
	// ColorCard is the background of a nested block: a project, a contact.
	ColorCard fyne.ThemeColorName = "repertoire-card"
	// ColorWarningSoft, ColorErrorSoft and ColorSuccessSoft are backgrounds of notices.
	ColorWarningSoft fyne.ThemeColorName = "repertoire-warning-soft"
	ColorErrorSoft   fyne.ThemeColorName = "repertoire-error-soft"
	ColorSuccessSoft fyne.ThemeColorName = "repertoire-success-soft"
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

// pair is a colour in the light and the dark look.
type pair struct{ light, dark color.NRGBA }

// colorOf gives the palette. Text on its background has a contrast of at least
// 4.5:1 (WCAG 2.1, 1.4.3), checked by a test.
func colorOf(name fyne.ThemeColorName) (pair, bool) {
	switch name {
	case fynetheme.ColorNameBackground, fynetheme.ColorNameInputBackground:
		return pair{rgb(0xffffff), rgb(0x1b2025)}, true
	case ColorSidebar, fynetheme.ColorNameHeaderBackground:
		return pair{rgb(0xf4f6f7), rgb(0x15191d)}, true
	case ColorCard:
		return pair{rgb(0xf8f9fa), rgb(0x20262c)}, true
	case fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameMenuBackground:
		return pair{rgb(0xffffff), rgb(0x242a31)}, true
	case fynetheme.ColorNameForeground:
		return pair{rgb(0x1d262d), rgb(0xe3e7ea)}, true
	case ColorMuted:
		return pair{rgb(0x5a6872), rgb(0x9fabb5)}, true
	case fynetheme.ColorNamePlaceHolder:
		return pair{rgb(0x6d7a84), rgb(0x88949e)}, true
	case fynetheme.ColorNameDisabled:
		return pair{rgb(0x98a3ab), rgb(0x66717b)}, true
	case fynetheme.ColorNamePrimary, fynetheme.ColorNameHyperlink:
		return pair{rgb(0x14606f), rgb(0x66bccc)}, true
	case fynetheme.ColorNameFocus:
		return pair{rgba(0x14606f, 0x2e), rgba(0x5fb6c6, 0x3a)}, true
	case fynetheme.ColorNameSelection:
		return pair{rgba(0x14606f, 0x38), rgba(0x5fb6c6, 0x48)}, true
	case ColorAccentSoft:
		return pair{rgb(0xd6e8ec), rgb(0x1d3d47)}, true
	case ColorAccentFaint:
		return pair{rgb(0xe8f0f2), rgb(0x26343b)}, true
	case fynetheme.ColorNameButton:
		return pair{rgb(0xedf0f2), rgb(0x2a3138)}, true
	case fynetheme.ColorNameDisabledButton:
		return pair{rgb(0xf3f5f6), rgb(0x22282e)}, true
	case fynetheme.ColorNameHover:
		return pair{rgba(0x1d3a45, 0x10), rgba(0xd5e6ee, 0x12)}, true
	case fynetheme.ColorNamePressed:
		return pair{rgba(0x1d3a45, 0x20), rgba(0xd5e6ee, 0x20)}, true
	case fynetheme.ColorNameSeparator:
		return pair{rgb(0xe3e7ea), rgb(0x2d343b)}, true
	case fynetheme.ColorNameInputBorder:
		return pair{rgb(0xd7dce1), rgb(0x3a434b)}, true
	case fynetheme.ColorNameScrollBar:
		return pair{rgba(0x3c4a54, 0x48), rgba(0xc8d2da, 0x40)}, true
	case fynetheme.ColorNameScrollBarBackground:
		return pair{rgba(0x3c4a54, 0x0c), rgba(0xc8d2da, 0x0c)}, true
	case fynetheme.ColorNameShadow:
		return pair{rgba(0x101a20, 0x1c), rgba(0x000000, 0x60)}, true
	case fynetheme.ColorNameSuccess:
		return pair{rgb(0x24733f), rgb(0x6cc08a)}, true
	case fynetheme.ColorNameWarning:
		return pair{rgb(0x8a5a00), rgb(0xdcae52)}, true
	case fynetheme.ColorNameError:
		return pair{rgb(0xab2b22), rgb(0xf0857b)}, true
	case ColorSuccessSoft:
		return pair{rgb(0xe2f2e7), rgb(0x1f3a29)}, true
	case ColorWarningSoft:
		return pair{rgb(0xfbf1dc), rgb(0x3b3120)}, true
	case ColorErrorSoft:
		return pair{rgb(0xfae6e4), rgb(0x43262a)}, true
	case fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNameForegroundOnError,
		fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameForegroundOnWarning:
		return pair{rgb(0xffffff), rgb(0x10181c)}, true
	}
	return pair{}, false
}
