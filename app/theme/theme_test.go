package theme

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Text is readable on every background it is put on: WCAG 2.1, 1.4.3 asks 4.5:1.
func TestTextIsReadable(t *testing.T) {
	pairs := []struct{ ink, background fyne.ThemeColorName }{
		{fynetheme.ColorNameForeground, fynetheme.ColorNameBackground}, {fynetheme.ColorNameForeground, ColorSidebar},
		{fynetheme.ColorNameForeground, ColorCard}, {fynetheme.ColorNameForeground, ColorAccentSoft},
		{fynetheme.ColorNameForeground, fynetheme.ColorNameButton}, {fynetheme.ColorNameForeground, fynetheme.ColorNameOverlayBackground},
		{ColorMuted, fynetheme.ColorNameBackground}, {ColorMuted, ColorSidebar}, {ColorMuted, ColorCard}, {ColorMuted, ColorAccentSoft},
		{fynetheme.ColorNameError, fynetheme.ColorNameBackground}, {fynetheme.ColorNameWarning, fynetheme.ColorNameBackground},
		{fynetheme.ColorNameWarning, ColorWarningSoft}, {fynetheme.ColorNameSuccess, ColorSuccessSoft},
		{fynetheme.ColorNamePrimary, ColorAccentSoft}, {fynetheme.ColorNamePrimary, ColorSidebar},
		{fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary},
	}
	for _, mode := range []Mode{Light, Dark} {
		th := New(mode, 1, nil)
		for _, p := range pairs {
			if c := contrast(th.Color(p.ink, 0), th.Color(p.background, 0)); c < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f", mode, p.ink, p.background, c)
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}

func TestAutoFollowsTheDesktop(t *testing.T) {
	th := New(Auto, 1, nil)
	light := th.Color(fynetheme.ColorNameBackground, fynetheme.VariantLight)
	if light == th.Color(fynetheme.ColorNameBackground, fynetheme.VariantDark) {
		t.Error("the automatic look is the same by day and by night")
	}
	if light != New(Light, 1, nil).Color(fynetheme.ColorNameBackground, fynetheme.VariantDark) {
		t.Error("a chosen look must not follow the desktop")
	}
}

// Icons are painted from the cache by name: the name must change with the colour.
func TestIconsFollowTheLook(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(New(Light, 1, nil))
	i := Icon("book")
	name, content := i.Name(), string(i.Content())
	a.Settings().SetTheme(New(Dark, 1, nil))
	if i.Name() == name || string(i.Content()) == content {
		t.Error("the icon kept the colour of the other look")
	}
}

func TestFontsFallBack(t *testing.T) {
	bare := New(Light, 1, nil)
	if bare.Font(fyne.TextStyle{}) == nil || bare.Font(fyne.TextStyle{Bold: true}) == nil {
		t.Error("without fonts, Fyne's own must serve")
	}
	asked := 0
	own := New(Light, 1, NewFonts(func(name string) []byte {
		asked++
		if name == "NotoSans-Italic" {
			return nil
		}
		return []byte(name)
	}))
	for range 3 {
		if got := string(own.Font(fyne.TextStyle{Bold: true}).Content()); got != "NotoSans-SemiBold" {
			t.Errorf("bold is %q", got)
		}
	}
	if own.Font(fyne.TextStyle{Italic: true}) == nil {
		t.Error("a font that is missing must fall back")
	}
	if asked != 2 {
		t.Errorf("fonts were read %d times", asked)
	}
}

// A Japanese name must not come out as boxes where the system has no font.
func TestNativeNamesHaveTheirFont(t *testing.T) {
	th := New(Light, 1, NewFonts(func(name string) []byte { return []byte(name) }))
	for name, want := range map[string]string{"静岡市": "NotoSansJP-Regular", "بيروت": "NotoNaskhArabic-Regular",
		"서울특별시": "NotoSansKR-Regular", "🌍": "NotoEmoji-Regular", "Երևան": "NotoSansArmenian-Regular", "Тбилиси": "", "Évreux": ""} {
		got := ""
		if r := th.FontFor(name); r != nil {
			got = string(r.Content())
		}
		if got != want {
			t.Errorf("%s is written with %q, want %q", name, got, want)
		}
	}
}

// A name in brackets between French words has its own font, and they theirs.
func TestALineIsCutWhereItsScriptChanges(t *testing.T) {
	th := New(Light, 1, NewFonts(func(name string) []byte { return []byte(name) }))
	for line, want := range map[string][]string{
		"Kawagoe (川越市), Japon": {"Kawagoe (", "NotoSansJP-Regular|川越市", "), Japon"},
		"طرابلس الشام · Liban": {"NotoNaskhArabic-Regular|طرابلس الشام ", "· Liban"},
		"静岡市":                  {"NotoSansJP-Regular|静岡市"},
		"Jumelage 👩‍🏫 2024":    {"Jumelage ", "NotoEmoji-Regular|👩‍🏫", " 2024"},
		"Suwon (수원시), Corée":   {"Suwon (", "NotoSansKR-Regular|수원시", "), Corée"},
		"Évreux – Minas":       nil,
		"":                     nil,
	} {
		var got []string
		whole := ""
		for _, r := range th.Runs(line) {
			name := r.Text
			if r.Font != nil {
				name = string(r.Font.Content()) + "|" + r.Text
			}
			got, whole = append(got, name), whole+r.Text
		}
		if !slices.Equal(got, want) || (want != nil && whole != line) {
			t.Errorf("%q is cut into %q, want %q", line, got, want)
		}
	}
}
