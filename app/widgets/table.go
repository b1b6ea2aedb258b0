package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/theme"
)

// TableColumn is one column of a Table.
type TableColumn struct {
	Key   string // names it to OnSort
	Title string
	// Width in units; 0 takes what the others leave (one column only).
	Width float32
	// Rank says which columns go first when there is too little room: the
	// highest. Rank 0 always stays.
	Rank     int
	Sortable bool
	Off      bool // left out by choice
	Blank    bool // left out while no row has anything in it
}

// Cell is what a column shows in a row.
type Cell struct {
	Text  string
	Muted bool
	Bold  bool
	// Dot is the colour, and with it the shape, of a small mark before the text;
	// "" for none.
	Dot fyne.ThemeColorName
	// Below is a second line, which runs to the end of the row when it is that
	// of the first column; the rows must be tall enough (see TallRow).
	Below Passage
	// Aside is the second line of a row whose columns have no room, where
	// nothing stands below: what they would say.
	Aside Passage
	// Head makes a heading of the row: the first cell runs over all of it.
	Head bool
}

func (c Cell) same(d Cell) bool {
	return c.Text == d.Text && c.Muted == d.Muted && c.Bold == d.Bold && c.Dot == d.Dot && c.Head == d.Head &&
		c.Below.same(d.Below) && c.Aside.same(d.Aside)
}

// The heights of rows of one line, and of two.
const (
	LowRow  = 30
	TallRow = 46
)

// flexMin is the least width of the column that takes the rest.
const flexMin = 180

// flexMax is the most it takes: beyond, the eye loses the line on its way to
// the other columns, and the room stays empty at the end.
const flexMax = 520

// cellMargin separates the columns.
const cellMargin = 10

// Table is a list with columns whose heads sort and resize.
type Table struct {
	widget.BaseWidget
	// List holds the rows: selection, keys, scrolling.
	List *Rows
	// Cells gives what a row shows, in the order of the columns; nil shows a
	// row that is still being read.
	Cells func(row int) []Cell
	// OnSort hears that a head was clicked.
	OnSort func(key string, descending bool)
	// OnHeadMenu hears the right button on the heads, and where in the window.
	OnHeadMenu func(at fyne.Position)
	// OnResized hears the new width of a column.
	OnResized func(key string, width float32)

	// Tall gives the rows a second line; Folds gives them one in the place of
	// the columns, where these have no room beside each other.
	Tall, Folds bool

	columns    []TableColumn
	header     *tableHeader
	sortKey    string
	descending bool
	all        *fyne.Container
}

// NewTable returns a table of length() rows, 30 units each.
func NewTable(columns []TableColumn, length func() int, cells func(row int) []Cell) *Table {
	t := &Table{Cells: cells, columns: columns}
	t.List = NewRows(LowRow, length, func() fyne.CanvasObject { return newTableRow(t) },
		func(i int, o fyne.CanvasObject) { o.(*tableRow).fill(t.Cells(i)) })
	t.header = newTableHeader(t)
	t.all = container.New(&tableLayout{}, t.header, t.List)
	t.ExtendBaseWidget(t)
	return t
}

// ShowSort marks the column the rows are sorted by; "" marks none.
func (t *Table) ShowSort(key string, descending bool) {
	t.sortKey, t.descending = key, descending
	t.header.Refresh()
}

// SetWidth gives a column another width.
func (t *Table) SetWidth(key string, width float32) {
	for i := range t.columns {
		if t.columns[i].Key == key && t.columns[i].Width > 0 {
			t.columns[i].Width = fyne.Max(40, width)
		}
	}
	t.header.Refresh()
	t.List.Refresh()
}

// Columns gives the columns as they stand.
func (t *Table) Columns() []TableColumn { return t.columns }

// SetOff leaves a column out, or takes it in again; that which takes the rest
// always stays.
func (t *Table) SetOff(key string, off bool) {
	for i := range t.columns {
		if t.columns[i].Key == key && t.columns[i].Width > 0 {
			t.columns[i].Off = off
		}
	}
	t.header.Refresh()
	t.List.Refresh()
}

// SetBlank leaves a column out while no row has anything in it.
func (t *Table) SetBlank(key string, blank bool) {
	for i := range t.columns {
		if c := &t.columns[i]; c.Key == key && c.Width > 0 && c.Blank != blank {
			c.Blank = blank
			t.header.Refresh()
		}
	}
}

// Folded tells whether a column that is wanted has no room.
func (t *Table) Folded() bool {
	for i, width := range t.widths(t.Size().Width) {
		if c := t.columns[i]; width == 0 && !c.Off && !c.Blank {
			return true
		}
	}
	return false
}

// Shows tells whether a column is in view.
func (t *Table) Shows(key string) bool {
	for i, width := range t.widths(t.Size().Width) {
		if t.columns[i].Key == key {
			return width > 0
		}
	}
	return false
}

// Resize gives the rows a second line, or takes it from them, where the
// columns have no room.
func (t *Table) Resize(s fyne.Size) {
	t.BaseWidget.Resize(s)
	t.fitRows()
}

func (t *Table) fitRows() {
	height := float32(LowRow)
	if t.Tall || t.Folds && t.Folded() {
		height = TallRow
	}
	if t.List.Height != height {
		t.List.Height = height
		t.List.Refresh()
		t.List.Reveal(t.List.Selection().Current)
	}
}

// widths shares a width among the columns; 0 hides one.
func (t *Table) widths(total float32) []float32 {
	out := make([]float32, len(t.columns))
	flexible := -1
	left := total
	for i, c := range t.columns {
		if c.Off || c.Blank {
			continue
		}
		out[i] = Grown(c.Width)
		left -= out[i]
		if c.Width == 0 {
			flexible = i
		}
	}
	if t.Folds && flexible >= 0 && left < Grown(flexMin) {
		out = make([]float32, len(t.columns))
		out[flexible] = fyne.Max(60, total)
		return out
	}
	for left < Grown(flexMin) {
		worst := -1
		for i, c := range t.columns {
			if i != flexible && out[i] > 0 && c.Rank > 0 && (worst < 0 || c.Rank > t.columns[worst].Rank) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		left += out[worst]
		out[worst] = 0
	}
	if flexible >= 0 {
		out[flexible] = fyne.Min(fyne.Max(left, 60), Grown(flexMax))
	}
	return out
}

// CreateRenderer is Fyne's.
func (t *Table) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.all) }

// Refresh is Fyne's.
func (t *Table) Refresh() {
	t.fitRows()
	t.BaseWidget.Refresh() // the heads and the rows with it
}

// Renew shows other rows: from the first one on when top, the row current
// marked, -1 for none. Nobody is told that another became the current one.
func (t *Table) Renew(top bool, current int) {
	t.List.picked = t.List.picked.Only(current)
	if top {
		t.List.scroll.Offset.Y = 0
	}
	t.Refresh()
	t.List.tellPicked()
}

type tableLayout struct{}

// headHeight is the height of the heads of columns.
const headHeight = 26

func (tableLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, Grown(headHeight)+60)
}
func (tableLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(s.Width, Grown(headHeight)))
	o[1].Move(fyne.NewPos(0, Grown(headHeight)))
	o[1].Resize(fyne.NewSize(s.Width, fyne.Max(0, s.Height-Grown(headHeight))))
}

// tableRow is the content of a row: one text a column.
type tableRow struct {
	widget.BaseWidget
	table *Table
	cells []Cell
	texts []*canvas.Text
	dots  []*mark
	rule  *canvas.Rectangle
	band  *canvas.Rectangle // behind a heading
	below *passageLine
	drawn drawnRow
}

// drawnRow is what a row was last drawn from. Fyne refreshes a row with all that
// stands around it, many times for one key: the same is not drawn again.
type drawnRow struct {
	cells    []Cell
	size     fyne.Size
	widths   []float32
	fg       color.Color // stands for the theme
	textSize float32
}

func (d drawnRow) same(e drawnRow) bool {
	return d.size == e.size && d.fg == e.fg && d.textSize == e.textSize && slices.Equal(d.widths, e.widths) &&
		slices.EqualFunc(d.cells, e.cells, Cell.same)
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{table: t, rule: canvas.NewRectangle(nil), band: canvas.NewRectangle(nil), below: newPassageLine()}
	for range t.columns {
		r.texts = append(r.texts, canvas.NewText("", nil))
		r.dots = append(r.dots, newMark())
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *tableRow) fill(cells []Cell) {
	r.cells = cells
	r.Refresh()
}

// CreateRenderer is Fyne's.
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return &tableRowRenderer{r} }

type tableRowRenderer struct{ r *tableRow }

func (w *tableRowRenderer) Destroy()           {}
func (w *tableRowRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 20) }
func (w *tableRowRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{w.r.band, w.r.rule}
	for i := range w.r.texts {
		out = append(append(out, w.r.dots[i].objects()...), w.r.texts[i])
	}
	for _, t := range w.r.below.parts {
		out = append(out, t)
	}
	return out
}

func (w *tableRowRenderer) Layout(s fyne.Size) {
	r := w.r
	r.rule.Resize(fyne.NewSize(s.Width-2*cellMargin, 1))
	r.rule.Move(fyne.NewPos(cellMargin, s.Height-1))
	// With a second line the first stands where a low row has it.
	line := s.Height
	below := Passage{}
	if s.Height >= Grown(TallRow)-1 && len(r.cells) > 0 {
		if below = r.cells[0].Below; below.Text == "" && r.table.Folded() {
			below = r.cells[0].Aside
		}
		if below.Text != "" {
			line = Grown(LowRow - 4)
		}
	}
	r.below.fill(below, fyne.NewPos(cellMargin, line-3), s.Width-2*cellMargin)
	x := float32(0)
	widths := r.table.widths(s.Width)
	if len(r.cells) > 0 && r.cells[0].Head {
		widths = make([]float32, len(widths))
		widths[0] = s.Width
	}
	r.band.Hidden = len(r.cells) == 0 || !r.cells[0].Head
	r.band.Resize(s)
	for i, width := range widths {
		text, dot := r.texts[i], r.dots[i]
		cell := Cell{}
		if i < len(r.cells) {
			cell = r.cells[i]
		}
		if width == 0 || cell.Text == "" {
			text.Text = ""
		}
		dot.hide()
		text.Hidden = width == 0
		if width > 0 {
			at, room := x+cellMargin, width-cellMargin
			if cell.Dot != "" && cell.Text != "" {
				dot.lay(fyne.NewPos(at+discSide/2, line/2))
				at, room = at+13, room-13
			}
			text.Text = Fit(cell.Text, text.TextSize, text.TextStyle, room)
			h := text.MinSize().Height
			text.Resize(fyne.NewSize(room, h))
			text.Move(fyne.NewPos(at, (line-h)/2))
		}
		x += width
	}
}

func (w *tableRowRenderer) Refresh() {
	r := w.r
	fg, muted, textSize := colour(fynetheme.ColorNameForeground), colour(theme.ColorMuted), size(fynetheme.SizeNameText)
	wanted := drawnRow{r.cells, r.Size(), r.table.widths(r.Size().Width), fg, textSize}
	if r.drawn.same(wanted) {
		return
	}
	r.drawn = wanted
	r.rule.FillColor, r.band.FillColor = colour(fynetheme.ColorNameSeparator), colour(theme.ColorSidebar)
	for i := range r.texts {
		r.texts[i].TextSize = textSize
		if i < len(r.cells) {
			r.texts[i].TextStyle = fyne.TextStyle{Bold: r.cells[i].Bold || r.cells[i].Head}
			r.texts[i].Color = fg
			if r.cells[i].Muted {
				r.texts[i].Color = muted
			}
			if r.cells[i].Dot != "" {
				r.dots[i].paint(r.cells[i].Dot, false)
			}
		}
	}
	w.Layout(r.Size())
	for i := range r.texts {
		r.texts[i].Refresh()
	}
}
