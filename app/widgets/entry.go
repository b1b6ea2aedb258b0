package widgets

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is Fyne's entry with the keys a form needs: Tab always goes to the
// next field, and a view may take a key first. Several lines grow with the
// text up to MaxRows.
type Entry struct {
	widget.Entry
	// OnFocus hears the focus come and go.
	OnFocus func(focused bool)
	// OnKey may take a key before the entry does.
	OnKey func(*fyne.KeyEvent) bool
	// OnTyping hears that a key which writes is about to be taken in.
	OnTyping func()
	// MaxRows is the most lines shown at once; longer texts scroll.
	MaxRows, minRows, rows int
	// hint is the whole placeholder, shown what fits of it.
	hint, shown string
}

// NewEntry returns a one-line entry.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// NewTextArea returns an entry of several lines, at least rows high.
func NewTextArea(rows int) *Entry {
	e := &Entry{MaxRows: 60, minRows: rows}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.show(rows)
	return e
}

// AcceptsTab is Fyne's: an entry of several lines would keep the key.
func (e *Entry) AcceptsTab() bool { return false }

// FocusGained is Fyne's.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost is Fyne's.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// TypedKey is Fyne's.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	if writes := k.Name == fyne.KeyBackspace || k.Name == fyne.KeyDelete; writes && e.OnTyping != nil {
		e.OnTyping()
	}
	e.Entry.TypedKey(k)
	e.Fit()
	if enter := k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter; enter && (e.MultiLine || e.OnSubmitted != nil) {
		return // a new line, or what the entry is for
	}
	passOn(e, k)
}

// TypedRune is Fyne's.
func (e *Entry) TypedRune(r rune) {
	if e.OnTyping != nil {
		e.OnTyping()
	}
	e.Entry.TypedRune(r)
	e.Fit()
}

// TypedShortcut is Fyne's.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if z := zoomKey(s); z != nil {
		askZoom(e, z)
		return
	}
	e.Entry.TypedShortcut(s)
	e.Fit()
}

// Resize is Fyne's.
func (e *Entry) Resize(s fyne.Size) {
	e.Entry.Resize(s)
	e.Fit()
	e.fitHint()
}

// fitHint ends a placeholder too long for one line with "…": Fyne would run it
// out of the entry and draw a scroll bar under it.
func (e *Entry) fitHint() {
	if e.MultiLine || e.PlaceHolder == "" || e.Size().Width < 40 {
		return
	}
	if e.PlaceHolder != e.shown {
		e.hint = e.PlaceHolder
	}
	e.shown = Fit(e.hint, size(fynetheme.SizeNameText), fyne.TextStyle{}, e.Size().Width-2*size(fynetheme.SizeNameInnerPadding)-4)
	if e.shown != e.PlaceHolder {
		e.SetPlaceHolder(e.shown)
	}
}

// Fit makes an entry of several lines as tall as its text wants. The lines are
// estimated from the width of the text: asking Fyne to wrap it would do the
// work of a repaint at each key.
func (e *Entry) Fit() {
	if !e.MultiLine || e.Size().Width < 40 {
		return
	}
	width := e.Size().Width - 4*size(fynetheme.SizeNameInnerPadding)
	textSize := size(fynetheme.SizeNameText)
	rows := 0
	for _, line := range strings.Split(e.Text, "\n") {
		long := fyne.MeasureText(line, textSize, fyne.TextStyle{}).Width
		rows += max(1, int(math.Ceil(float64(long*1.04/width))))
		if rows > e.MaxRows {
			break
		}
	}
	e.show(max(e.minRows, min(rows, e.MaxRows)))
}

func (e *Entry) show(rows int) {
	if rows != e.rows {
		e.rows = rows
		e.SetMinRowsVisible(rows)
	}
}
