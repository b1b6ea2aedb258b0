package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Rows is a list of rows of one height, made for hundreds of thousands: only
// the rows in view exist. Unlike Fyne's list it knows several selected rows,
// double clicks without a delay, and rows without gaps.
type Rows struct {
	widget.BaseWidget
	Height float32 // of a row, with text of the first day's size
	// Length, Create and Update are those of a Fyne list.
	Length func() int
	Create func() fyne.CanvasObject
	Update func(row int, o fyne.CanvasObject)
	// OnCurrent hears that another row became the current one.
	OnCurrent func(row int)
	// OnPicked hears that other rows are selected than before.
	OnPicked func()
	// OnActivated hears a double click or Enter.
	OnActivated func(row int)
	// OnClicked hears a single click, and then nothing is selected: the list of
	// a menu.
	OnClicked func(row int)
	// OnMenu hears the right button on a row, which is then selected, and where
	// in the window; nil for none.
	OnMenu func(at fyne.Position)
	// OnDrag hears where in the window the selected rows are dragged, and OnDrop
	// where they are let go; nil: they are not dragged.
	OnDrag, OnDrop func(at fyne.Position)
	// OnVisible hears which rows (last included) are in view.
	OnVisible func(first, last int)
	// OnKey may take a key before the list does.
	OnKey func(*fyne.KeyEvent) bool

	scroll  *Scroll
	body    *fyne.Container
	shown   map[int]*row
	spare   []*row
	picked  Selection
	focused bool
}

// NewRows returns a list of rows of that height.
func NewRows(height float32, length func() int, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject)) *Rows {
	r := &Rows{Height: height, Length: length, Create: create, Update: update, shown: map[int]*row{}, picked: NewSelection()}
	r.body = container.New(&rowsLayout{r})
	r.scroll = NewVScroll(r.body)
	r.scroll.OnScrolled = func(fyne.Position) { r.paint(false) }
	r.ExtendBaseWidget(r)
	return r
}

// tall is how high a row is with the text as it is.
func (r *Rows) tall() float32 { return Grown(r.Height) }

// Selection gives the selected rows.
func (r *Rows) Selection() Selection { return r.picked }

// Select makes row the only selected one, brings it into view and tells
// OnCurrent when it was not the current one. -1 selects nothing.
func (r *Rows) Select(row int) { r.pick(row, r.picked.Only) }

func (r *Rows) pick(row int, how func(int) Selection) {
	if row >= r.Length() || row < -1 {
		return
	}
	before := r.picked.Current
	r.picked = how(row)
	r.Reveal(row)
	r.paint(true)
	r.tellPicked()
	if row != before && r.OnCurrent != nil {
		r.OnCurrent(row)
	}
}

// Pick adds row to the selected ones or takes it away, as Ctrl and a click do;
// otherwise it selects all up to it, as Shift does.
func (r *Rows) Pick(row int, toggle bool) {
	if toggle {
		r.pick(row, r.picked.Toggled)
		return
	}
	r.pick(row, r.picked.Extended)
}

func (r *Rows) tellPicked() {
	if r.OnPicked != nil {
		r.OnPicked()
	}
}

// SelectAll selects every row, read or not, and leaves the current one.
func (r *Rows) SelectAll() {
	if r.OnClicked != nil {
		return
	}
	r.picked = r.picked.All(r.Length())
	r.paint(true)
	r.tellPicked()
}

// TypedShortcut takes Ctrl+A; the window has the others.
func (r *Rows) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutSelectAll); ok {
		r.SelectAll()
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(r).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// Mark shows row as the current one without telling anybody.
func (r *Rows) Mark(row int) {
	r.picked = r.picked.Only(row)
	r.paint(true)
	r.tellPicked()
}

// Reveal scrolls as little as brings row into view.
func (r *Rows) Reveal(row int) {
	if row < 0 || r.scroll.Size().Height <= 0 {
		return
	}
	top, bottom := float32(row)*r.tall(), float32(row+1)*r.tall()
	offset := r.scroll.Offset.Y
	switch view := r.scroll.Size().Height; {
	case top < offset:
		offset = top
	case bottom > offset+view:
		offset = bottom - view
	default:
		return
	}
	r.scroll.ScrollToOffset(fyne.NewPos(0, offset))
	r.paint(false)
}

// Top scrolls to the first row.
func (r *Rows) Top() {
	r.scroll.ScrollToOffset(fyne.NewPos(0, 0))
	r.paint(true)
}

// Range gives the rows in view; last is -1 when there are none.
func (r *Rows) Range() (first, last int) {
	n := r.Length()
	first = int(r.scroll.Offset.Y / r.tall())
	last = int((r.scroll.Offset.Y + r.scroll.Size().Height) / r.tall())
	return max(0, min(first, n-1)), min(last, n-1)
}

// Refresh paints again after Length or the rows' content changed.
func (r *Rows) Refresh() {
	if limit := fyne.Max(0, float32(r.Length())*r.tall()-r.scroll.Size().Height); r.scroll.Offset.Y > limit {
		r.scroll.Offset.Y = limit
	}
	r.paint(true)
	r.BaseWidget.Refresh()
}

// paint puts the rows in view at their places; all also fills those that
// stayed in view again.
func (r *Rows) paint(all bool) {
	if r.scroll.Size().Height <= 0 {
		return
	}
	first, last := r.Range()
	for i, o := range r.shown {
		if i < first || i > last {
			o.Hide()
			r.spare = append(r.spare, o)
			delete(r.shown, i)
		}
	}
	width := r.scroll.Size().Width
	for i := first; i <= last; i++ {
		o, kept := r.shown[i]
		if !kept {
			o = r.take()
			r.shown[i] = o
		}
		o.index = i
		o.Move(fyne.NewPos(0, float32(i)*r.tall()))
		o.Resize(fyne.NewSize(width, r.tall()))
		if all || !kept {
			r.Update(i, o.content)
			o.show()
		}
	}
	if r.OnVisible != nil && last >= first {
		r.OnVisible(first, last)
	}
}

func (r *Rows) take() *row {
	if n := len(r.spare); n > 0 {
		o := r.spare[n-1]
		r.spare = r.spare[:n-1]
		o.Show()
		return o
	}
	o := newRow(r, r.Create())
	r.body.Objects = append(r.body.Objects, o)
	return o
}

// CreateRenderer is Fyne's.
func (r *Rows) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.scroll) }

// Resize fills the new room with rows.
func (r *Rows) Resize(s fyne.Size) {
	r.BaseWidget.Resize(s)
	r.scroll.Resize(s)
	r.paint(false)
}

// FocusGained is Fyne's.
func (r *Rows) FocusGained() { r.focused = true; r.paint(true) }

// FocusLost is Fyne's.
func (r *Rows) FocusLost() { r.focused = false; r.paint(true) }

// TypedRune is Fyne's.
func (r *Rows) TypedRune(rune) {}

// TypedKey moves the current row.
func (r *Rows) TypedKey(e *fyne.KeyEvent) {
	if r.OnKey != nil && r.OnKey(e) {
		return
	}
	n, page := r.Length(), max(1, int(r.scroll.Size().Height/r.tall())-1)
	at := r.picked.Current
	switch e.Name {
	case fyne.KeyDown:
		at++
	case fyne.KeyUp:
		at--
	case fyne.KeyPageDown:
		at += page
	case fyne.KeyPageUp:
		at -= page
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = n - 1
	case desktop.KeyMenu:
		r.Menu()
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if at >= 0 && at < n && r.OnActivated != nil {
			r.OnActivated(at)
		}
		return
	default:
		passOn(r, e)
		return
	}
	if n == 0 {
		return
	}
	at = max(0, min(at, n-1))
	if heldShift() {
		r.pick(at, r.picked.Extended)
		return
	}
	r.Select(at)
}

func heldShift() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// pressed is a mouse press on a row.
func (r *Rows) pressed(row int, mod fyne.KeyModifier, double bool) {
	if r.OnClicked != nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r)
	}
	switch {
	case double:
		if r.OnActivated != nil {
			r.OnActivated(row)
		}
	case mod&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0:
		r.pick(row, r.picked.Toggled)
	case mod&fyne.KeyModifierShift != 0:
		r.pick(row, r.picked.Extended)
	default:
		r.Select(row)
	}
}

// menu selects the row under the right button, unless it is one of several
// selected, and asks for the menu.
func (r *Rows) menu(row int, at fyne.Position) {
	if r.OnMenu == nil {
		return
	}
	if !r.picked.Has(row) {
		r.Select(row)
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r)
	}
	r.OnMenu(at)
}

// Menu asks for the menu of the selected rows as the keyboard does: under the
// current one.
func (r *Rows) Menu() {
	if o := r.shown[r.picked.Current]; o != nil && r.OnMenu != nil {
		r.OnMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(16, r.tall()))
	}
}

// doubleClick is the longest time between two presses of a double click.
const doubleClick = 400 * time.Millisecond

// rowsLayout only tells the scroll how tall all rows are: paint places them.
type rowsLayout struct{ rows *Rows }

func (l *rowsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, float32(l.rows.Length())*l.rows.tall())
}

func (l *rowsLayout) Layout([]fyne.CanvasObject, fyne.Size) {}
