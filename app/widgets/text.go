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

// Grown gives a measure as large as the text asks for: what holds words grows
// with them, as a person has chosen.
func Grown(units float32) float32 {
	return units * fyne.Max(1, size(fynetheme.SizeNameText)/theme.TextSize)
}

// Text is one line in the theme's colours that ends with "…" where it does not
// fit. Names in their own script are written in the font that has it. It costs
// one canvas object a script, a tenth of a Fyne label.
type Text struct {
	widget.BaseWidget
	text   string
	Colour fyne.ThemeColorName
	// Sized names the theme's text size.
	Sized  fyne.ThemeSizeName
	Bold   bool
	Italic bool
	Align  fyne.TextAlign
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

// NewBold returns a line of bold text that shrinks, as heads a block.
func NewBold(s string) *Text {
	t := NewText(s)
	t.Bold = true
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

// whole is the width of the text that nothing cuts.
func (t *Text) whole() float32 { return fyne.MeasureText(t.text, size(t.Sized), t.style()).Width }

func (t *Text) style() fyne.TextStyle { return fyne.TextStyle{Bold: t.Bold, Italic: t.Italic} }

// CreateRenderer is Fyne's.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{owner: t, text: canvas.NewText("", color.Black)}
	r.Refresh()
	return r
}

// textRenderer paints the line: one canvas text, or one for each script of a
// line that has several.
type textRenderer struct {
	owner *Text
	text  *canvas.Text
	more  []*canvas.Text // the runs after the first, kept for the next text
	runs  []theme.Run    // nil for a line in the usual font alone
}

func (r *textRenderer) Destroy() {}
func (r *textRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.text}
	for _, t := range r.more {
		out = append(out, t)
	}
	return out
}

func (r *textRenderer) MinSize() fyne.Size {
	o := r.owner
	min := fyne.MeasureText(o.text, size(o.Sized), o.style())
	if r.runs != nil {
		min.Width = 0
		for _, run := range r.runs {
			m := measureRun(run, size(o.Sized), o.style())
			min = fyne.NewSize(min.Width+m.Width, fyne.Max(min.Height, m.Height))
		}
	}
	if !o.Fixed {
		min.Width = fyne.Min(min.Width, 24)
	}
	return min
}

func (r *textRenderer) Layout(s fyne.Size) {
	o := r.owner
	if r.runs != nil {
		r.layoutRuns(s)
		return
	}
	fitted := Fit(o.text, size(o.Sized), o.style(), s.Width)
	if fitted != r.text.Text {
		r.text.Text = fitted
		r.text.Refresh()
	}
	h := r.text.MinSize().Height
	r.text.Resize(fyne.NewSize(s.Width, h))
	r.text.Move(fyne.NewPos(0, (s.Height-h)/2))
}

// layoutRuns sets the runs one after the other; the one that reaches the edge
// is cut and what follows it is not shown.
func (r *textRenderer) layoutRuns(s fyne.Size) {
	x := float32(0)
	if o := r.owner; o.Align != fyne.TextAlignLeading {
		var all float32
		for _, run := range r.runs {
			all += measureRun(run, size(o.Sized), o.style()).Width
		}
		x = fyne.Max(0, s.Width-all)
		if o.Align == fyne.TextAlignCenter {
			x /= 2
		}
	}
	for i, t := range r.shown() {
		run := r.runs[i]
		if s.Width > 0 {
			run = fitRun(run, t.TextSize, t.TextStyle, s.Width-x)
		}
		m := measureRun(run, t.TextSize, t.TextStyle)
		if run.Text != t.Text {
			t.Text = run.Text
			t.Refresh()
		}
		t.Resize(m)
		t.Move(fyne.NewPos(x, (s.Height-m.Height)/2))
		x += m.Width
	}
}

// shown gives the canvas text of each run.
func (r *textRenderer) shown() []*canvas.Text {
	if r.runs == nil {
		return []*canvas.Text{r.text}
	}
	return append([]*canvas.Text{r.text}, r.more[:len(r.runs)-1]...)
}

func (r *textRenderer) Refresh() {
	o := r.owner
	r.runs = nil
	if th, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme); ok {
		r.runs = th.Runs(o.text)
	}
	for len(r.more) < len(r.runs)-1 {
		r.more = append(r.more, canvas.NewText("", color.Black))
	}
	for _, t := range r.more {
		t.Text = ""
	}
	r.text.FontSource = nil
	for i, t := range r.shown() {
		t.TextSize, t.TextStyle, t.Color = size(o.Sized), o.style(), colour(o.Colour)
		t.Text, t.Alignment = o.text, o.Align
		if r.runs != nil {
			t.Text, t.FontSource, t.Alignment = r.runs[i].Text, r.runs[i].Font, fyne.TextAlignLeading
		}
	}
	r.Layout(o.Size())
	r.text.Refresh()
	for _, t := range r.more {
		t.Refresh()
	}
}

func measureRun(run theme.Run, textSize float32, style fyne.TextStyle) fyne.Size {
	m, _ := fyne.CurrentApp().Driver().RenderedTextSize(run.Text, textSize, style, run.Font)
	return m
}

// fitRun cuts a run so that it takes at most width. Its "…" is written in its
// own font.
func fitRun(run theme.Run, textSize float32, style fyne.TextStyle, width float32) theme.Run {
	if measureRun(run, textSize, style).Width <= width+0.5 {
		return run
	}
	if width < textSize {
		run.Text = ""
		return run
	}
	runes := []rune(run.Text)
	for n := len(runes) - 1; n >= 0; n-- {
		run.Text = string(runes[:n]) + "…"
		if measureRun(run, textSize, style).Width <= width {
			break
		}
	}
	return run
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
