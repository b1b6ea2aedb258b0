package widgets

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// Tray is the line at the foot of the window: what the view says of itself on
// the left, long work with its progress and a way to stop it on the right.
type Tray struct {
	widget.BaseWidget
	status *Text
	work   *Text
	bar    *Bar
	stop   *IconButton
	right  *fyne.Container
	mark   *fyne.Container
	all    *fyne.Container
	cancel context.CancelFunc
	marked string
}

// NewTray returns a tray; stopHint words the button that stops the work.
func NewTray(stopHint string) *Tray {
	t := &Tray{status: NewMuted(""), work: NewMuted(""), bar: NewBar()}
	t.status.Sized, t.work.Sized = fynetheme.SizeNameCaptionText, fynetheme.SizeNameCaptionText
	t.work.Fixed = true
	t.stop = NewIconButton("close", stopHint, func() {
		if t.cancel != nil {
			t.cancel()
		}
	}).Small()
	t.right = Line(8, t.work, container.NewCenter(container.New(fixedWidth(140), t.bar)), t.stop)
	t.right.Hide()
	t.mark = container.NewStack()
	t.all = container.NewStack(NewBackground(theme.ColorSidebar),
		container.NewBorder(Rule(), nil, nil, Line(16, t.right, t.mark), Inset(12, 0, Tall(24, t.status))))
	t.ExtendBaseWidget(t)
	return t
}

// SetStatus says something on the left.
func (t *Tray) SetStatus(s string) { t.status.SetText(s) }

// Status gives what is said on the left.
func (t *Tray) Status() string { return t.status.Text() }

// SetMark shows at the right end how something stands that goes on by itself,
// with a dot of its colour that does something when it is tapped; "" shows
// nothing.
func (t *Tray) SetMark(colour fyne.ThemeColorName, sentence string, tapped func()) {
	t.mark.Objects = nil
	if sentence != "" {
		text := NewMuted(sentence)
		text.Sized, text.Fixed = fynetheme.SizeNameCaptionText, true
		t.mark.Objects = []fyne.CanvasObject{Inset(12, 0, Line(6, container.NewCenter(NewDot(colour, false, sentence, tapped)), text))}
	}
	t.marked = sentence
	t.all.Refresh()
}

// Mark gives what stands at the right end.
func (t *Tray) Mark() string { return t.marked }

// Begin shows long work; cancel stops it.
func (t *Tray) Begin(label string, cancel context.CancelFunc) {
	t.cancel = cancel
	t.work.SetText(label)
	t.bar.Set(0)
	t.right.Show()
	t.Refresh()
}

// Progress moves the bar. Call it on the interface thread.
func (t *Tray) Progress(done, total int, label string) {
	t.work.SetText(label)
	if total > 0 {
		t.bar.Set(float32(done) / float32(total))
	}
	t.all.Refresh()
}

// End hides the work.
func (t *Tray) End() {
	t.cancel = nil
	t.right.Hide()
	t.Refresh()
}

// Busy tells whether work shows.
func (t *Tray) Busy() bool { return !t.right.Hidden }

// CreateRenderer is Fyne's.
func (t *Tray) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.all) }

// Bar is a thin line that fills.
type Bar struct {
	widget.BaseWidget
	share float32
}

// NewBar returns an empty bar.
func NewBar() *Bar {
	b := &Bar{}
	b.ExtendBaseWidget(b)
	return b
}

// Set fills the bar to share, 0 to 1.
func (b *Bar) Set(share float32) {
	b.share = fyne.Max(0, fyne.Min(1, share))
	b.Refresh()
}

// Share gives how far the bar is filled.
func (b *Bar) Share() float32 { return b.share }

// CreateRenderer is Fyne's.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	r := &barRenderer{b: b, background: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type barRenderer struct {
	b                *Bar
	background, fill *canvas.Rectangle
}

func (r *barRenderer) Destroy()                     {}
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.background, r.fill} }
func (r *barRenderer) MinSize() fyne.Size           { return fyne.NewSize(60, 6) }
func (r *barRenderer) Layout(s fyne.Size) {
	r.background.Resize(fyne.NewSize(s.Width, 6))
	r.background.Move(fyne.NewPos(0, (s.Height-6)/2))
	r.fill.Resize(fyne.NewSize(s.Width*r.b.share, 6))
	r.fill.Move(fyne.NewPos(0, (s.Height-6)/2))
}
func (r *barRenderer) Refresh() {
	r.background.FillColor, r.fill.FillColor = colour(fynetheme.ColorNameSeparator), colour(fynetheme.ColorNamePrimary)
	r.background.CornerRadius, r.fill.CornerRadius = 3, 3
	r.Layout(r.b.Size())
	r.background.Refresh()
	r.fill.Refresh()
}
