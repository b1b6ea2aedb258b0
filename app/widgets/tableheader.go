package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// tableHeader shows the heads of columns: a click sorts, a drag near an edge
// changes a width.
type tableHeader struct {
	widget.BaseWidget
	table      *Table
	background *canvas.Rectangle
	rule       *canvas.Rectangle
	texts      []*canvas.Text
	arrow      *canvas.Image
	dragging   string
	nearEdge   bool
}

func newTableHeader(t *Table) *tableHeader {
	h := &tableHeader{table: t, background: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil),
		arrow: canvas.NewImageFromResource(nil)}
	for range t.columns {
		h.texts = append(h.texts, canvas.NewText("", nil))
	}
	h.ExtendBaseWidget(h)
	return h
}

// columnAt gives the column under x, -1 for none.
func (h *tableHeader) columnAt(x float32) int {
	for i, w := range h.table.widths(h.Size().Width) {
		if w > 0 && x < w {
			return i
		}
		x -= w
	}
	return -1
}

// edgeAt gives the column whose width the edge under x changes, -1 for none,
// and whether dragging right widens it. The edge between the flexible column
// and a fixed one belongs to the fixed one.
func (h *tableHeader) edgeAt(x float32) (column int, widens bool) {
	widths := h.table.widths(h.Size().Width)
	left := float32(0)
	afterFlexible := false
	for i, w := range widths {
		if w == 0 {
			continue
		}
		fixed := h.table.columns[i].Width > 0
		if afterFlexible && fixed && x > left-5 && x < left+5 {
			return i, false
		}
		afterFlexible = afterFlexible || !fixed
		left += w
		if !afterFlexible && x > left-5 && x < left+5 {
			return i, true
		}
	}
	return -1, false
}

// Tapped sorts.
func (h *tableHeader) Tapped(e *fyne.PointEvent) {
	i := h.columnAt(e.Position.X)
	if edge, _ := h.edgeAt(e.Position.X); edge >= 0 || i < 0 || !h.table.columns[i].Sortable || h.table.OnSort == nil {
		return
	}
	key := h.table.columns[i].Key
	descending := h.table.sortKey == key && !h.table.descending
	h.table.ShowSort(key, descending)
	h.table.OnSort(key, descending)
}

// TappedSecondary asks for the menu of the heads.
func (h *tableHeader) TappedSecondary(e *fyne.PointEvent) {
	if h.table.OnHeadMenu != nil {
		h.table.OnHeadMenu(e.AbsolutePosition)
	}
}

// Dragged changes a width.
func (h *tableHeader) Dragged(e *fyne.DragEvent) {
	if h.dragging == "" {
		i, _ := h.edgeAt(e.Position.X - e.Dragged.DX)
		if i < 0 {
			return
		}
		h.dragging = h.table.columns[i].Key
	}
	afterFlexible := false
	for _, c := range h.table.columns {
		if c.Key == h.dragging {
			width := c.Width + e.Dragged.DX
			if afterFlexible {
				width = c.Width - e.Dragged.DX
			}
			h.table.SetWidth(c.Key, width)
			return
		}
		afterFlexible = afterFlexible || c.Width == 0
	}
}

// DragEnd tells the new width.
func (h *tableHeader) DragEnd() {
	for _, c := range h.table.columns {
		if c.Key == h.dragging && h.table.OnResized != nil {
			h.table.OnResized(c.Key, c.Width)
		}
	}
	h.dragging = ""
}

// Cursor shows where a drag would resize.
func (h *tableHeader) Cursor() desktop.Cursor {
	if h.nearEdge || h.dragging != "" {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// MouseIn is Fyne's.
func (h *tableHeader) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved is Fyne's.
func (h *tableHeader) MouseMoved(e *desktop.MouseEvent) {
	edge, _ := h.edgeAt(e.Position.X)
	h.nearEdge = edge >= 0
}

// MouseOut is Fyne's.
func (h *tableHeader) MouseOut() { h.nearEdge = false }

// CreateRenderer is Fyne's.
func (h *tableHeader) CreateRenderer() fyne.WidgetRenderer {
	r := &tableHeaderRenderer{h}
	r.Refresh()
	return r
}

type tableHeaderRenderer struct{ h *tableHeader }

func (r *tableHeaderRenderer) Destroy()           {}
func (r *tableHeaderRenderer) MinSize() fyne.Size { return fyne.NewSize(100, Grown(headHeight)) }
func (r *tableHeaderRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.h.background, r.h.rule}
	for _, t := range r.h.texts {
		out = append(out, t)
	}
	return append(out, r.h.arrow)
}

func (r *tableHeaderRenderer) Layout(s fyne.Size) {
	h := r.h
	h.background.Resize(s)
	h.rule.Resize(fyne.NewSize(s.Width, 1))
	h.rule.Move(fyne.NewPos(0, s.Height-1))
	h.arrow.Hide()
	x := float32(0)
	for i, width := range h.table.widths(s.Width) {
		text := h.texts[i]
		text.Hidden = width == 0
		if width > 0 {
			sorted := h.table.columns[i].Key == h.table.sortKey && h.table.sortKey != ""
			room := width - cellMargin
			if sorted {
				room -= 16
			}
			text.Text = Fit(h.table.columns[i].Title, text.TextSize, text.TextStyle, room)
			m := text.MinSize()
			text.Resize(fyne.NewSize(room, m.Height))
			text.Move(fyne.NewPos(x+cellMargin, (s.Height-m.Height)/2))
			if sorted {
				h.arrow.Show()
				h.arrow.Resize(fyne.NewSize(14, 14))
				h.arrow.Move(fyne.NewPos(x+cellMargin+m.Width+2, (s.Height-14)/2))
			}
		}
		x += width
	}
}

func (r *tableHeaderRenderer) Refresh() {
	h := r.h
	h.background.FillColor, h.rule.FillColor = colour(theme.ColorCard), colour(fynetheme.ColorNameSeparator)
	for _, t := range h.texts {
		t.Color, t.TextSize = colour(theme.ColorMuted), size(fynetheme.SizeNameCaptionText)
		t.TextStyle = fyne.TextStyle{Bold: true}
	}
	name := "chevron-up"
	if h.table.descending {
		name = "chevron-down"
	}
	h.arrow.Resource = theme.IconIn(name, theme.ColorMuted)
	r.Layout(h.Size())
	h.background.Refresh()
	h.rule.Refresh()
	for _, t := range h.texts {
		t.Refresh()
	}
	h.arrow.Refresh()
}
