package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/theme"
)

// Tone says how grave a notice is.
type Tone int

// The tones.
const (
	Info Tone = iota
	Success
	Warning
	Failure
)

// NoticeAction is a button of a notice.
type NoticeAction struct {
	Label string
	Do    func()
}

// Notice is a bar with one sentence that does not block. It holds at most one
// notice: a new one replaces the old.
type Notice struct {
	widget.BaseWidget
	// OnRoom hears that the bar came, went or changed: what stands under it
	// has another room.
	OnRoom func()
	// Lasting is how long news stays that nobody has to act on; 0 is until the
	// cross. Warnings and failures always stay.
	Lasting  time.Duration
	floating bool
	said     int // counts what was said: an old one's time does not end a new one
	box      *fyne.Container
	sentence string
	tone     Tone
}

// NewToast returns an empty, hidden notice that stands over a view and moves
// nothing: see Float.
func NewToast() *Notice {
	n := NewNotice()
	n.floating = true
	return n
}

// Float lays a toast at the foot of what it stands over.
func Float(n *Notice) *fyne.Container { return container.New(floating{}, n) }

type floating struct{}

func (floating) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

func (floating) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		width := fyne.Min(640, s.Width-32)
		for range 2 { // what wraps knows its height once it has its width
			o.Resize(fyne.NewSize(width, o.MinSize().Height))
		}
		o.Move(fyne.NewPos((s.Width-width)/2, s.Height-o.Size().Height-16))
	}
}

// NewNotice returns an empty, hidden bar.
func NewNotice() *Notice {
	n := &Notice{box: container.NewStack()}
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

// Sentence gives what the bar says, "" when it is hidden.
func (n *Notice) Sentence() string {
	if n.Hidden {
		return ""
	}
	return n.sentence
}

// SayTo tells a sentence to who listens, and shows it here when nobody does.
func (n *Notice) SayTo(listener func(Tone, string), tone Tone, sentence string) {
	if listener != nil {
		listener(tone, sentence)
		return
	}
	n.Say(tone, sentence)
}

// Say shows a sentence with its buttons and a cross.
func (n *Notice) Say(tone Tone, sentence string, actions ...NoticeAction) {
	sentence = i18n.Said(sentence)
	n.sentence, n.tone = sentence, tone
	n.said++
	background, ink, drawing := theme.ColorAccentSoft, fynetheme.ColorNamePrimary, "info"
	switch tone {
	case Success:
		background, ink, drawing = theme.ColorSuccessSoft, fynetheme.ColorNameSuccess, "check"
	case Warning:
		background, ink, drawing = theme.ColorWarningSoft, fynetheme.ColorNameWarning, "warning"
	case Failure:
		background, ink, drawing = theme.ColorErrorSoft, fynetheme.ColorNameError, "error"
	}
	edge, radius, inset := fyne.ThemeColorName(""), float32(0), float32(2)
	if n.floating {
		edge, radius, inset = ink, 6, 6
	}
	right := container.NewHBox()
	for _, a := range actions {
		right.Add(NewQuietButton(a.Label, "", func() { n.Dismiss(); a.Do() }))
	}
	if tone == Failure {
		right.Add(NewIconButton("help", "", func() { askHelp(fyne.CurrentApp().Driver().CanvasForObject(n), sentence) }).Small())
	}
	right.Add(NewIconButton("close", "", n.Dismiss).Small())
	icon := widget.NewIcon(theme.IconIn(drawing, ink))
	n.box.Objects = []fyne.CanvasObject{
		NewCard(background, edge, radius),
		Inset(12, inset, container.NewBorder(nil, nil,
			container.NewCenter(icon), container.New(layout.NewCenterLayout(), right),
			NewParagraph(sentence, fynetheme.ColorNameForeground))),
	}
	n.Show()
	n.box.Refresh()
	n.Refresh()
	n.room()
	n.expire()
}

// expire puts news away once it has been read.
func (n *Notice) expire() {
	if n.Lasting <= 0 || n.tone == Warning || n.tone == Failure {
		return
	}
	said := n.said
	time.AfterFunc(n.Lasting, func() {
		fyne.Do(func() {
			if n.said == said {
				n.Dismiss()
			}
		})
	})
}

// Tone gives how grave what is said is.
func (n *Notice) Tone() Tone { return n.tone }

// Dismiss hides the bar.
func (n *Notice) Dismiss() {
	if n.Hidden {
		return
	}
	n.Hide()
	n.room()
}

func (n *Notice) room() {
	if n.OnRoom != nil {
		n.OnRoom()
	}
}

// CreateRenderer is Fyne's.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.box) }

// NewEmpty returns what a pane shows when it has nothing: a drawing, what is
// missing, what to do about it, and the buttons that do it.
func NewEmpty(icon, title, advice string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	image := widget.NewIcon(theme.IconIn(icon, fynetheme.ColorNameDisabled))
	heading := NewText(title)
	heading.Bold, heading.Fixed, heading.Align = true, true, fyne.TextAlignCenter
	text := NewParagraph(advice, theme.ColorMuted)
	text.Segments[0].(*widget.TextSegment).Style.Alignment = fyne.TextAlignCenter
	column := Column(8,
		container.NewCenter(Drawing(40, image)),
		heading, container.NewCenter(Wide(fyne.Min(340, 440/Grown(1)), text)))
	if len(actions) > 0 {
		column.Add(container.NewCenter(container.NewHBox(actions...)))
	}
	return container.NewCenter(Inset(12, 0, column))
}
