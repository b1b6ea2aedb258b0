package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// Disclosure is a heading that opens and closes what is under it. The content
// is made the first time it opens: a form of ten projects stays quick.
type Disclosure struct {
	widget.BaseWidget
	// OnToggled hears a click.
	OnToggled func(open bool)
	head      *disclosureHead
	body      *fyne.Container
	make      func() fyne.CanvasObject
	open      bool
	all       *fyne.Container
}

// NewDisclosure returns a disclosure; note is muted text after the title, and
// actions stand at the right end.
func NewDisclosure(title, note string, open bool, content func() fyne.CanvasObject, actions ...fyne.CanvasObject) *Disclosure {
	d := &Disclosure{make: content, body: container.NewStack()}
	d.head = newDisclosureHead(d, title, note, actions)
	d.all = container.New(layout.NewCustomPaddedVBoxLayout(0), d.head, d.body)
	d.ExtendBaseWidget(d)
	d.SetOpen(open)
	return d
}

// Content gives what shows when it is open, nil otherwise.
func (d *Disclosure) Content() fyne.CanvasObject {
	if !d.open {
		return nil
	}
	return d.body
}

// Open tells whether the content shows.
func (d *Disclosure) Open() bool { return d.open }

// SetNote changes the muted text after the title.
func (d *Disclosure) SetNote(note string) { d.head.note.SetText(note) }

// SetTitle changes the title.
func (d *Disclosure) SetTitle(title string) { d.head.title.SetText(title) }

// SetOpen shows the content or hides it.
func (d *Disclosure) SetOpen(open bool) {
	d.open = open
	if open && len(d.body.Objects) == 0 {
		d.body.Objects = []fyne.CanvasObject{d.make()}
	}
	d.body.Hidden = !open
	d.head.turn(open)
	d.body.Refresh()
	d.Refresh()
}

// CreateRenderer is Fyne's.
func (d *Disclosure) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.all) }

// disclosureHead takes the keyboard: who works without a mouse opens and closes
// with Enter or space.
type disclosureHead struct {
	pressable
	ring        *Background
	owner       *Disclosure
	title, note *Text
	arrow       *widget.Icon
	all         *fyne.Container
}

func newDisclosureHead(d *Disclosure, title, note string, actions []fyne.CanvasObject) *disclosureHead {
	h := &disclosureHead{owner: d, title: NewText(title), note: NewMuted(note), arrow: widget.NewIcon(nil)}
	h.title.Bold, h.title.Fixed = true, true
	left := Line(6, Drawing(16, h.arrow))
	h.all = container.NewBorder(nil, nil,
		Line(4, container.NewCenter(left), h.title), Line(0, actions...), Inset(8, 0, h.note))
	h.ring = NewCard("", "", 4)
	h.all = container.NewStack(h.ring, h.all)
	h.press(h, h.toggle)
	return h
}

// FocusGained is Fyne's.
func (h *disclosureHead) FocusGained() { h.show(fynetheme.ColorNamePrimary) }

// FocusLost is Fyne's.
func (h *disclosureHead) FocusLost() { h.show("") }

func (h *disclosureHead) show(stroke fyne.ThemeColorName) {
	h.ring.stroke = stroke
	h.ring.Refresh()
}

func (h *disclosureHead) turn(open bool) {
	name := "chevron-right"
	if open {
		name = "chevron-down"
	}
	h.arrow.SetResource(theme.IconIn(name, theme.ColorMuted))
}

func (h *disclosureHead) toggle() {
	h.owner.SetOpen(!h.owner.open)
	if h.owner.OnToggled != nil {
		h.owner.OnToggled(h.owner.open)
	}
}

// Cursor is Fyne's.
func (h *disclosureHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MinSize is Fyne's.
func (h *disclosureHead) MinSize() fyne.Size {
	m := h.all.MinSize()
	return fyne.NewSize(fyne.Min(m.Width, 200), fyne.Max(m.Height, 30))
}

// CreateRenderer is Fyne's.
func (h *disclosureHead) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(h.all)
}
