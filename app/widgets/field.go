package widgets

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/theme"
)

// labelWidth is the column of the labels of a form, in units.
const labelWidth = 148

// leastValue is what a value has beside its label, in units; where there is
// less the label stands above.
const leastValue = 320

// Field is a label, what it labels, and a sentence when something is wrong
// with it. The label stands on the left, or above when there is little room.
type Field struct {
	widget.BaseWidget
	// Name is the JSON path of the value, by which findings reach the field.
	Name    string
	label   *Text
	content fyne.CanvasObject
	message *widget.RichText
	grave   bool
	dot     *Dot // beside the label, nil for none
}

// NewField returns a field without a message.
func NewField(name, label string, content fyne.CanvasObject) *Field {
	f := &Field{Name: name, label: NewMuted(label), content: content}
	f.message = NewParagraph("", fynetheme.ColorNameError)
	f.message.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// NewBare returns a field without a label: an element of a list, which still
// needs a place for its findings.
func NewBare(name string, content fyne.CanvasObject) *Field {
	f := NewField(name, "", content)
	f.label.Hide()
	return f
}

// SetDot puts a dot beside the label, nil for none.
func (f *Field) SetDot(d *Dot) {
	f.dot = d
	f.Refresh()
}

// Dot gives what SetDot put, nil for none.
func (f *Field) Dot() *Dot { return f.dot }

// Label gives the words of the label.
func (f *Field) Label() string { return f.label.Text() }

// Content gives what the field labels.
func (f *Field) Content() fyne.CanvasObject { return f.content }

// Message gives the sentence shown, "" for none.
func (f *Field) Message() string {
	if f.message.Hidden {
		return ""
	}
	return f.message.String()
}

// Say shows a sentence under the value, in red when grave, "" for none.
func (f *Field) Say(sentence string, grave bool) {
	sentence = i18n.Said(sentence)
	if sentence == f.Message() && grave == f.grave {
		return
	}
	f.grave = grave
	segment := f.message.Segments[0].(*widget.TextSegment)
	segment.Text = sentence
	segment.Style.ColorName = fynetheme.ColorNameWarning
	if grave {
		segment.Style.ColorName = fynetheme.ColorNameError
	}
	f.message.Hidden = sentence == ""
	f.message.Refresh()
	f.Refresh()
}

// CreateRenderer is Fyne's.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return &fieldRenderer{f} }

type fieldRenderer struct{ f *Field }

func (r *fieldRenderer) Destroy() {}
func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	if r.f.dot != nil {
		return []fyne.CanvasObject{r.f.label, r.f.dot, r.f.content, r.f.message}
	}
	return []fyne.CanvasObject{r.f.label, r.f.content, r.f.message}
}

// labelLine is the height of the line that a label is centred on: that of an
// entry, so that both share a baseline.
func labelLine() float32 {
	return fyne.Max(30, size(fynetheme.SizeNameText)*1.36+2*size(fynetheme.SizeNameInnerPadding))
}

// narrow tells whether the label goes above.
// The value never gets less than leastValue for the sake of a label beside it,
// and no label is cut for the sake of its column.
func (r *fieldRenderer) narrow() bool {
	w := r.f.Size().Width
	return w > 0 && (w < Grown(labelWidth)+leastValue || r.f.label.whole() > Grown(labelWidth)-12)
}

func (r *fieldRenderer) MinSize() fyne.Size {
	m := r.f.content.MinSize()
	height := fyne.Max(m.Height, labelLine())
	width := m.Width + Grown(labelWidth)
	if r.f.label.Hidden {
		height, width = m.Height, m.Width
	} else if r.narrow() {
		height, width = m.Height+Grown(20), m.Width
	}
	if !r.f.message.Hidden {
		height += r.f.message.MinSize().Height
	}
	return fyne.NewSize(fyne.Min(width, 280), height)
}

func (r *fieldRenderer) Layout(s fyne.Size) {
	f := r.f
	x, y := Grown(labelWidth), float32(0)
	if f.label.Hidden {
		x = 0
	} else if r.narrow() {
		x, y = 0, Grown(20)
		f.label.Resize(fyne.NewSize(s.Width, Grown(20)))
	} else {
		f.label.Resize(fyne.NewSize(Grown(labelWidth)-12, labelLine()))
	}
	f.label.Move(fyne.NewPos(0, 0))
	if f.dot != nil {
		// In the gutter between label and value; after the words when the
		// label stands above.
		f.dot.Resize(fyne.NewSquareSize(dotSide))
		if r.narrow() {
			f.label.Resize(fyne.NewSize(s.Width-dotSide, Grown(20)))
			f.dot.Move(fyne.NewPos(fyne.Min(fyne.MeasureText(f.label.text, size(f.label.Sized), f.label.style()).Width, s.Width-dotSide),
				2))
		} else {
			f.dot.Move(fyne.NewPos(Grown(labelWidth)-dotSide+1, (labelLine()-dotSide)/2))
		}
	}
	h := f.content.MinSize().Height
	if !f.label.Hidden && !r.narrow() && h < labelLine() {
		y = (labelLine() - h) / 2
	}
	f.content.Resize(fyne.NewSize(s.Width-x, h))
	f.content.Move(fyne.NewPos(x, y))
	if !f.message.Hidden {
		f.message.Resize(fyne.NewSize(s.Width-x, f.message.MinSize().Height))
		f.message.Move(fyne.NewPos(x, y+h))
	}
}

func (r *fieldRenderer) Refresh() {
	r.f.label.Colour = theme.ColorMuted
	r.f.label.Refresh()
	r.Layout(r.f.Size())
	r.f.content.Refresh()
}
