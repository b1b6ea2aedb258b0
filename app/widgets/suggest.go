package widgets

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/task"
	"repertoire/app/theme"
)

// Suggestion is one answer of a picker; Value comes back when it is chosen.
type Suggestion struct {
	Label, Note string
	Value       any
	// Doubtful answers are pointed at by a first Enter and taken by the next:
	// what was typed may mean another.
	Doubtful bool
}

// Picker is an entry that proposes as one types. The answers stand under it in
// the form itself, not in a pop-up: Fyne gives the keyboard to a pop-up, and
// typing would stop.
type Picker struct {
	widget.BaseWidget
	// OnPicked hears the chosen answer.
	OnPicked func(Suggestion)
	// OnUnknown hears Enter on a text without any answer; nil does nothing.
	OnUnknown func(text string)
	// Ask finds answers; it runs off the interface thread.
	Ask func(ctx context.Context, text string) ([]Suggestion, error)
	// Nothing is what is said when no answer is found.
	Nothing string

	entry   *Entry
	rows    *Rows
	answers []Suggestion
	// asked is the text the answers are for; wanted tells that Enter was
	// pressed before those of the text in the box had come.
	asked  string
	wanted bool
	failed bool // asking did not work
	note   *Text
	panel  *fyne.Container
	all    *fyne.Container
	latest *task.Latest
}

// NewPicker returns a picker.
func NewPicker(hint, nothing string, pace task.Pace, ask func(ctx context.Context, text string) ([]Suggestion, error)) *Picker {
	p := &Picker{Ask: ask, Nothing: nothing, entry: NewEntry(), note: NewMuted(""), latest: task.NewLatest(pace.Run)}
	p.entry.SetPlaceHolder(hint)
	p.entry.OnKey = p.key
	later := task.Later(pace.Typing, p.ask)
	p.entry.OnChanged = func(string) { p.wanted = false; later() }
	p.rows = NewSuggestionRows(func() []Suggestion { return p.answers })
	p.rows.OnClicked = p.choose
	p.panel = container.NewStack(NewCard(fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameInputBorder, 4),
		container.New(&panelLayout{p}, p.rows, p.note))
	p.panel.Hide()
	p.all = Column(2, p.entry, p.panel)
	p.ExtendBaseWidget(p)
	return p
}

// Entry gives the entry, to focus it.
func (p *Picker) Entry() *Entry { return p.entry }

// Answers gives what is proposed.
func (p *Picker) Answers() []Suggestion { return p.answers }

// Clear empties the entry and hides the answers.
func (p *Picker) Clear() {
	p.entry.SetText("")
	p.hide()
}

func (p *Picker) hide() {
	p.answers, p.asked = nil, p.entry.Text
	p.panel.Hide()
	p.Refresh()
}

func (p *Picker) key(k *fyne.KeyEvent) bool {
	at := p.rows.Selection().Current
	switch k.Name {
	case fyne.KeyDown, fyne.KeyUp:
		if len(p.answers) == 0 {
			return false
		}
		if k.Name == fyne.KeyDown {
			at++
		} else {
			at--
		}
		p.rows.Mark(max(0, min(at, len(p.answers)-1)))
		p.rows.Reveal(p.rows.Selection().Current)
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.entry.Text != p.asked {
			p.wanted = true // what stands there answers an older text
			return true
		}
		if len(p.answers) == 0 && !p.panel.Hidden && !p.failed && p.OnUnknown != nil {
			text := p.entry.Text
			p.Clear()
			p.OnUnknown(text)
			return true
		}
		if at < 0 && len(p.answers) > 0 {
			p.rows.Mark(0)
			return true
		}
		if at < 0 || at >= len(p.answers) {
			return false
		}
		p.choose(at)
	case fyne.KeyEscape:
		if p.panel.Hidden {
			return false
		}
		p.hide()
	default:
		return false
	}
	return true
}

func (p *Picker) choose(row int) {
	if row < 0 || row >= len(p.answers) {
		return
	}
	chosen := p.answers[row]
	p.Clear()
	if p.OnPicked != nil {
		p.OnPicked(chosen)
	}
}

func (p *Picker) ask() {
	text := p.entry.Text
	if text == "" {
		p.latest.Stop()
		p.hide()
		return
	}
	p.latest.Do(func(ctx context.Context) func() {
		answers, err := p.Ask(ctx, text)
		return func() {
			p.asked = text
			p.show(answers, err)
			if p.wanted {
				p.wanted = false
				p.key(&fyne.KeyEvent{Name: fyne.KeyReturn})
			}
		}
	})
}

func (p *Picker) show(answers []Suggestion, err error) {
	p.answers, p.failed = answers, err != nil
	p.note.Hidden = err == nil && len(answers) > 0
	p.rows.Hidden = !p.note.Hidden
	switch {
	case err != nil:
		p.note.SetText(err.Error())
	case len(answers) == 0:
		p.note.SetText(p.Nothing)
	default:
		p.rows.Mark(0)
		if answers[0].Doubtful {
			p.rows.Mark(-1)
		}
		p.rows.Top()
	}
	p.panel.Show()
	p.panel.Refresh()
	p.rows.Refresh()
	p.Refresh()
}

// CreateRenderer is Fyne's.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.all) }

// panelLayout shows at most seven answers, or the note.
type panelLayout struct{ p *Picker }

func (l *panelLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	n := max(1, min(7, len(l.p.answers)))
	return fyne.NewSize(120, float32(n)*28+2)
}

func (l *panelLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.p.rows.Move(fyne.NewPos(1, 1))
	l.p.rows.Resize(fyne.NewSize(s.Width-2, s.Height-2))
	l.p.note.Move(fyne.NewPos(10, 1))
	l.p.note.Resize(fyne.NewSize(s.Width-20, 28))
}

// NewSuggestionRows returns a list of what answers gives.
func NewSuggestionRows(answers func() []Suggestion) *Rows {
	return NewRows(28, func() int { return len(answers()) }, newSuggestionRow, func(i int, o fyne.CanvasObject) {
		if list := answers(); i < len(list) {
			fillSuggestion(o, list[i])
		}
	})
}

// A suggestion's row is its label and, muted, its note.
func newSuggestionRow() fyne.CanvasObject {
	label := NewText("")
	note := NewMuted("")
	note.Colour = theme.ColorMuted
	return container.New(&labelAndNote{}, label, note)
}

func fillSuggestion(o fyne.CanvasObject, s Suggestion) {
	c := o.(*fyne.Container)
	c.Objects[0].(*Text).SetText(s.Label)
	c.Objects[1].(*Text).SetText(s.Note)
	c.Layout.Layout(c.Objects, c.Size())
}

// labelAndNote gives the label its width and the note the rest.
type labelAndNote struct{}

func (labelAndNote) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, 20) }
func (labelAndNote) Layout(o []fyne.CanvasObject, s fyne.Size) {
	label := o[0].(*Text)
	w := fyne.Min(fyne.MeasureText(label.text, size(label.Sized), label.style()).Width, s.Width-20)
	label.Move(fyne.NewPos(10, 0))
	label.Resize(fyne.NewSize(w, s.Height))
	o[1].Move(fyne.NewPos(18+w, 0))
	o[1].Resize(fyne.NewSize(fyne.Max(0, s.Width-28-w), s.Height))
}
