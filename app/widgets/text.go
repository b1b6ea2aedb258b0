package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// colour gives a colour of the theme in force.
func colour(name fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	return s.Theme().Color(name, s.ThemeVariant())
}

// size gives a measure of the theme in force.
func size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// Text is one line in the theme's colours that ends with "…" where it does not
// fit. It costs one canvas object, a tenth of a Fyne label.
type Text struct {
	widget.BaseWidget
	text   string
	Colour fyne.ThemeColorName
	// Sized names the theme's text size.
	Sized  fyne.ThemeSizeName
	Bold   bool
	Italic bool
	Align  fyne.TextAlign
	// Native is for a name in its own script, which may need its own font.
	Native bool
	// Fixed keeps the whole text as the smallest width; otherwise it shrinks.
	Fixed bool
}

// NewText returns reading text that shrinks.
func NewText(s string) *Text {
	t := &Text{text: s, Colour: fynetheme.ColorNameForeground, Sized: fynetheme.SizeNameText}
	t.ExtendBaseWidget(t)
	return t
}

// NewMuted returns secondary text that shrinks.
func NewMuted(s string) *Text {
	t := NewText(s)
	t.Colour = theme.ColorMuted
	return t
}

// NewCaption returns small secondary text that keeps its width.
func NewCaption(s string) *Text {
	t := NewMuted(s)
	t.Sized, t.Fixed = fynetheme.SizeNameCaptionText, true
	return t
}

// NewTitle returns a heading that shrinks.
func NewTitle(s string) *Text {
	t := NewText(s)
	t.Sized, t.Bold = fynetheme.SizeNameHeadingText, true
	return t
}

// SetText shows s.
func (t *Text) SetText(s string) {
	if t.text != s {
		t.text = s
		t.Refresh()
	}
}

// Text gives the whole text, also when only its beginning shows.
func (t *Text) Text() string { return t.text }

func (t *Text) style() fyne.TextStyle { return fyne.TextStyle{Bold: t.Bold, Italic: t.Italic} }

// CreateRenderer is Fyne's.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{owner: t, text: canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

type textRenderer struct {
	owner *Text
	text  *canvas.Text
}

func (r *textRenderer) Destroy()                     {}
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text} }

func (r *textRenderer) MinSize() fyne.Size {
	o := r.owner
	min := fyne.MeasureText(o.text, size(o.Sized), o.style())
	if o.Native {
		min.Width = r.text.MinSize().Width
	}
	if !o.Fixed {
		min.Width = fyne.Min(min.Width, 24)
	}
	return min
}

func (r *textRenderer) Layout(s fyne.Size) {
	o := r.owner
	fitted := o.text
	if !o.Native {
		fitted = Fit(o.text, size(o.Sized), o.style(), s.Width)
	}
	if fitted != r.text.Text {
		r.text.Text = fitted
		r.text.Refresh()
	}
	h := r.text.MinSize().Height
	r.text.Resize(fyne.NewSize(s.Width, h))
	r.text.Move(fyne.NewPos(0, (s.Height-h)/2))
}

func (r *textRenderer) Refresh() {
	o := r.owner
	r.text.TextSize, r.text.TextStyle, r.text.Alignment = size(o.Sized), o.style(), o.Align
	r.text.Color = colour(o.Colour)
	if th, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme); ok && o.Native {
		r.text.FontSource = th.FontFor(o.text)
	}
	r.text.Text = o.text
	r.Layout(o.Size())
	r.text.Refresh()
}

// Fit cuts s so that it takes at most width, ending with "…".
func Fit(s string, textSize float32, style fyne.TextStyle, width float32) string {
	if s == "" || width <= 0 || fyne.MeasureText(s, textSize, style).Width <= width+0.5 {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", textSize, style).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	for low > 0 && runes[low-1] == ' ' {
		low--
	}
	return string(runes[:low]) + "…"
}

// NewParagraph returns text that wraps, in the colour named.
func NewParagraph(s string, colour fyne.ThemeColorName) *widget.RichText {
	p := widget.NewRichText(&widget.TextSegment{Text: s, Style: widget.RichTextStyle{ColorName: colour, Inline: true}})
	p.Wrapping = fyne.TextWrapWord
	return p
}
