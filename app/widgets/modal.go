package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Modal is a question in the middle of the window: a title, a content, buttons
// at the right end. Unlike Fyne's dialogs it keeps one margin all around, and
// Esc closes it, Enter does what its main button does.
type Modal struct {
	// OnClosed hears that the modal went away, however it did.
	OnClosed func()

	popup   *widget.PopUp
	body    *fyne.Container
	buttons *fyne.Container
	foot    *fyne.Container
	window  fyne.Window
	// before is what the window did with keys nobody has the focus for.
	before func(*fyne.KeyEvent)
	// held keeps Esc from closing while work is under way.
	held bool
}

// NewModal returns a modal, not yet shown.
func NewModal(title string, content fyne.CanvasObject, window fyne.Window) *Modal {
	m := &Modal{window: window, body: container.NewStack(content), buttons: container.NewHBox()}
	heading := NewTitle(title)
	m.foot = container.NewBorder(nil, nil, nil, m.buttons)
	m.popup = widget.NewModalPopUp(Inset(20, 16, container.NewBorder(
		Column(0, heading, container.New(Gap(12))), Column(0, container.New(Gap(16)), m.foot), nil, nil, m.body)), window.Canvas())
	return m
}

// SetContent replaces what is between title and buttons.
func (m *Modal) SetContent(content fyne.CanvasObject) {
	m.body.Objects = []fyne.CanvasObject{content}
	m.body.Refresh()
}

// SetButtons replaces the buttons, the main one last.
func (m *Modal) SetButtons(buttons ...fyne.CanvasObject) {
	m.buttons.Objects = buttons
	m.buttons.Refresh()
	m.foot.Refresh() // other buttons are of other widths
}

// Hold keeps Esc from closing the modal, or lets it again.
func (m *Modal) Hold(held bool) { m.held = held }

// Show shows the modal at a size, or larger where its content asks for more.
func (m *Modal) Show(width, height float32) {
	m.before = m.window.Canvas().OnTypedKey()
	m.window.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		switch k.Name {
		case fyne.KeyEscape:
			if !m.held {
				m.Close()
			}
		case fyne.KeyReturn, fyne.KeyEnter:
			if b := m.main(); b != nil && !b.Disabled() {
				b.Tapped(nil)
			}
		}
	})
	m.popup.Show()
	m.Resize(Grown(width), Grown(height))
}

// Height gives that of the modal in view.
func (m *Modal) Height() float32 { return m.popup.Size().Height }

// Resize changes the size of the modal in view.
func (m *Modal) Resize(width, height float32) {
	free := m.window.Canvas().Size()
	width, height = fyne.Min(width, free.Width-32), fyne.Min(height, free.Height-32)
	// Twice: what wraps, or puts its label above for want of room, only knows
	// its height once it has its width.
	for range 2 {
		m.popup.Resize(m.popup.MinSize().Max(fyne.NewSize(width, height)))
	}
	// Fyne puts it in the middle when it shows, before it has its size.
	left := free.Subtract(m.popup.Size())
	m.popup.Move(fyne.NewPos(fyne.Max(0, left.Width/2), fyne.Max(0, left.Height/2)))
}

// main is the button Enter presses: the one in the colour of the program. What
// cannot be taken back has none.
func (m *Modal) main() *Button {
	for _, o := range slices.Backward(m.buttons.Objects) {
		if b, ok := o.(*Button); ok && b.Importance == widget.HighImportance && b.Visible() {
			return b
		}
	}
	return nil
}

// Focus puts the cursor into w.
func (m *Modal) Focus(w fyne.Focusable) { m.window.Canvas().Focus(w) }

// Propose puts the cursor into an entry whose text is a proposal: it is
// selected, so that typing replaces it.
func (m *Modal) Propose(e *Entry) {
	m.Focus(e)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Close hides the modal.
func (m *Modal) Close() {
	if !m.popup.Visible() {
		return
	}
	m.popup.Hide()
	m.window.Canvas().SetOnTypedKey(m.before)
	if m.OnClosed != nil {
		m.OnClosed()
	}
}

// Ask asks to agree to something; yes words the button that does it.
func Ask(title, question, yes, no string, window fyne.Window, do func()) *Modal {
	m := NewModal(title, Wide(400, NewFlushParagraph(question)), window)
	agree := NewMainButton(yes, "", func() { m.Close(); do() })
	m.SetButtons(NewButton(no, "", m.Close), agree)
	m.Show(440, 0)
	m.Focus(agree)
	return m
}

// Tell says something that cannot wait.
func Tell(title, sentence, dismiss string, window fyne.Window) *Modal {
	m := NewModal(title, Wide(400, NewFlushParagraph(sentence)), window)
	ok := NewMainButton(dismiss, "", m.Close)
	m.SetButtons(ok)
	m.Show(440, 0)
	m.Focus(ok)
	return m
}

// NewFlushParagraph is a paragraph in the text colour whose left edge is that
// of what stands around it: Fyne's has a margin of its own.
func NewFlushParagraph(s string) fyne.CanvasObject {
	// Fyne measures a paragraph in the window's font whatever it is written in:
	// a name in another script is a text of ours.
	if fontFor(s) != nil && len([]rune(s)) <= 40 && !strings.Contains(s, "\n") {
		return Inset(0, 6, NewText(s))
	}
	return Written(s, container.New(layout.NewCustomPaddedLayout(0, 0, -6, -6), NewParagraph(s, "foreground")))
}
