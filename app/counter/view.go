package counter

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/orders"
	"repertoire/internal/workspace/records"
)

// Door is what the view asks of the workspace.
type Door interface {
	Orders() *orders.Room
	Books() *books.Room
	Records() *records.Room
	Dir() string
}

// View is the screen of orders.
type View struct {
	widget.BaseWidget
	// OnSay hears a sentence for the notice bar.
	OnSay func(widgets.Tone, string)
	// OnOpenPath shows a file or a folder with the desktop's own program.
	OnOpenPath func(path string) error
	// OnEditions is asked to show where editions are frozen.
	OnEditions func()
	// OnJob hears that long work begins, and gives what shows its progress.
	OnJob task.Listener

	door    Door
	pace    task.Pace
	window  fyne.Window
	reading *task.Latest
	alone   task.Alone // a step is being written: a second press does nothing

	opening  *task.Latest // reads the order in view
	rows     []orders.Row
	numbers  map[repertoire.ID]string // of the documents of the order in view
	settings order.Settings
	editions []books.EditionSummary
	filter   filter
	open     repertoire.ID // the order in view, "" for none

	title  *widgets.Text
	count  *widgets.Text
	search *widgets.SearchBox
	chips  *fyne.Container
	tools  *fyne.Container // what is done with all orders
	table  *widgets.Table
	asked  bool // the last numbers, when nothing tells them
	read   bool // what it shows was read once
	// waiting is what was asked for before the view had read what it shows.
	waiting []func()
	detail  *fyne.Container
	body    *fyne.Container
	all     fyne.CanvasObject
}

// filter narrows the list to what waits for something.
type filter string

const (
	everything filter = ""
	underway   filter = "underway"
	toInvoice  filter = "invoice"
	unpaid     filter = "unpaid"
)

// states gives the states a filter keeps, nil for all.
func (f filter) states() []order.State {
	switch f {
	case underway:
		return []order.State{order.Received, order.Confirmed, order.Preparing}
	case toInvoice:
		return []order.State{order.Shipped, order.Transmitted}
	case unpaid:
		return []order.State{order.Invoiced}
	}
	return nil
}

// New returns a view that shows nothing until Reload.
func New(door Door, pace task.Pace, window fyne.Window) *View {
	v := &View{door: door, pace: pace, window: window, reading: task.NewLatest(pace.Run), opening: task.NewLatest(pace.Run)}
	v.title, v.count = widgets.NewTitle(i18n.T("Commandes")), widgets.NewMuted("")
	v.search = widgets.NewSearchBox(i18n.T("Commande, facture, acheteur, référence, édition"), pace.Typing)
	v.search.OnSearch = func(string) { v.Reload() }
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "number", Title: i18n.T("Commande"), Width: 112},
		{Key: "buyer", Title: i18n.T("Acheteur")},
		{Key: "what", Title: i18n.T("Éditions"), Width: 190, Rank: 4},
		{Key: "date", Title: i18n.T("Date"), Width: 96, Rank: 3},
		{Key: "total", Title: i18n.T("Total"), Width: 96, Rank: 2},
		{Key: "state", Title: i18n.T("État"), Width: 132, Rank: 1},
	}, func() int { return len(v.rows) }, v.cells)
	v.table.List.OnCurrent = v.choose
	v.search.OnDown = v.focusRows
	v.chips, v.detail, v.body = widgets.Flow(4), container.NewStack(), container.NewStack()
	v.tools = widgets.Flow(4)
	head := widgets.Inset(16, 12, widgets.Column(10,
		widgets.Head(widgets.Column(2, v.title, v.count), v.tools),
		widgets.Sides(8, v.search, v.chips)))
	v.all = widgets.Page(widgets.Column(0, head, widgets.Rule()), v.body)
	v.ExtendBaseWidget(v)
	v.showChips()
	v.showTools()
	return v
}

// showTools offers what can be done with all orders. What only serves the sale
// of copies, on paper above all, stays away until something is sold.
func (v *View) showTools() {
	v.tools.Objects = nil
	if v.selling() {
		v.tools.Add(widgets.NewButton(i18n.T("Stock"), "archive", v.ShowStock))
		v.tools.Add(widgets.NewButton(i18n.T("Chiffres"), "chart", v.ShowFigures))
		v.tools.Add(widgets.NewButton(i18n.T("Réglages"), "settings", v.ShowSettings))
	}
	v.tools.Add(widgets.NewButton(i18n.T("Acheteurs"), "person", v.ShowBuyers))
	v.tools.Add(widgets.NewButton(i18n.T("Demandes reçues…"), "download", v.AskRequests))
	v.tools.Add(widgets.NewButton(i18n.T("Envoyer aux adhérents"), "mail", func() { v.AskMembers("") }))
	v.tools.Add(widgets.NewMainButton(i18n.T("Nouvelle commande"), "add", v.AskNew))
	v.tools.Refresh()
}

// selling tells whether the house sells copies, or has begun to: the digital
// copy that is free for members asks for none of what a sale does.
func (v *View) selling() bool {
	if v.settings.Seller.Name != "" {
		return true
	}
	priced := func(p order.Price) bool { return p.Format == order.Paper || p.Unit > 0 }
	sold := func(o orders.Row) bool { return o.Gross > 0 }
	return slices.ContainsFunc(v.settings.Prices, priced) || slices.ContainsFunc(v.rows, sold)
}

func (v *View) showChips() {
	v.chips.Objects = nil
	for _, f := range []filter{everything, underway, toInvoice, unpaid} {
		icon := ""
		if f == v.filter {
			icon = "check"
		}
		v.chips.Add(widgets.NewActionChip(f.label(), icon, func() {
			v.filter = f
			v.showChips()
			v.Reload()
		}))
	}
	v.chips.Refresh()
}

func (f filter) label() string {
	switch f {
	case underway:
		return i18n.T("À servir")
	case toInvoice:
		return i18n.T("À facturer")
	case unpaid:
		return i18n.T("Impayées")
	}
	return i18n.T("Toutes")
}

// Reload reads orders, settings and editions again.
func (v *View) Reload() {
	query := orders.OrderQuery{Text: v.search.Text, States: v.filter.states(), Payable: v.filter == toInvoice}
	v.reading.Do(func(ctx context.Context) func() {
		d := v.door.Orders()
		list, err := d.Rows(ctx, query)
		if err != nil {
			return func() { v.fail(err) }
		}
		settings, err := d.Settings(ctx)
		if err != nil {
			return func() { v.fail(err) }
		}
		editions, err := v.door.Books().Editions(ctx)
		if err != nil {
			return func() { v.fail(err) }
		}
		last, err := d.LastNumbers(ctx)
		if err != nil {
			return func() { v.fail(err) }
		}
		return func() {
			v.rows, v.settings, v.editions = list, settings, editions
			v.show()
			v.askNumbers(unknown(last))
			waiting := v.waiting
			v.read, v.waiting = true, nil
			for _, do := range waiting {
				do()
			}
		}
	})
}

func (v *View) show() {
	n := len(v.rows)
	v.showTools()
	v.Refresh() // more tools may want another line
	v.count.SetText(i18n.N("%s commande", "%s commandes", n, repertoire.Thousands(int64(n))))
	if n == 0 {
		v.body.Objects = []fyne.CanvasObject{v.empty()}
		v.body.Refresh()
		return
	}
	if len(v.body.Objects) == 0 || v.body.Objects[0] == nil || len(v.detail.Objects) == 0 {
		v.detail.Objects = []fyne.CanvasObject{widgets.NewEmpty("cart", i18n.T("Choisissez une commande"),
			i18n.T("Son étape suivante, ses lignes et ses documents s’affichent ici."))}
	}
	if _, ok := v.split(); !ok {
		s := widgets.NewHSplit(v.table, v.detail)
		s.SetOffset(0.5)
		v.body.Objects = []fyne.CanvasObject{s}
	}
	v.table.Refresh()
	v.body.Refresh()
	at := slices.IndexFunc(v.rows, func(o orders.Row) bool { return o.ID == v.open })
	if at < 0 && v.open != "" {
		// It left the filter, for it came a step further: it stays in view, so
		// that the next press is not another order's.
		v.table.List.Select(-1)
		v.readOpen()
		return
	}
	v.table.List.Select(max(at, 0))
	v.choose(max(at, 0))
}

// WhenRead does something once the view has read what it shows.
func (v *View) WhenRead(do func()) {
	if v.read {
		do()
		return
	}
	v.waiting = append(v.waiting, do)
}

// Open shows an order whatever the list holds.
func (v *View) Open(id repertoire.ID) {
	v.open, v.filter, v.search.Text = id, everything, ""
	v.search.Refresh()
	v.showChips()
	v.Reload()
}

// readOpen shows the order in view as the base has it.
func (v *View) readOpen() {
	id := v.open
	v.opening.Do(func(ctx context.Context) func() {
		o, err := v.door.Orders().Get(ctx, string(id))
		numbers := map[repertoire.ID]string{}
		if err == nil {
			numbers, err = v.door.Orders().NumbersOf(ctx, o)
		}
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.numbers = numbers
			v.showOrder(o)
		}
	})
}

// write does work that is never given up half way: unlike a reading, another
// press does not take its place.
func (v *View) write(work func(ctx context.Context) func()) {
	v.alone.Do(v.pace, nil, "", func(ctx context.Context, _ task.Progress) (func(), error) { return work(ctx), nil }, nil)
}

func (v *View) split() (*widgets.Split, bool) {
	if len(v.body.Objects) == 0 {
		return nil, false
	}
	s, ok := v.body.Objects[0].(*widgets.Split)
	return s, ok
}

// empty says how to begin: what is missing first, in the order one meets it.
func (v *View) empty() fyne.CanvasObject {
	switch {
	case v.search.Text != "" || v.filter != everything:
		return widgets.NewEmpty("search", i18n.T("Aucune commande ne répond"), i18n.T("Essayez d’autres mots, ou montrez-les toutes."),
			widgets.NewButton(i18n.T("Toutes les commandes"), "", func() {
				v.filter = everything
				v.showChips()
				v.search.SetText("")
				v.Reload()
			}))
	case len(v.editions) == 0:
		return widgets.NewEmpty("book", i18n.T("Aucune édition n’est figée"),
			i18n.T("On ne vend que des éditions figées : figez-en une, puis revenez ici."),
			widgets.NewMainButton(i18n.T("Aller aux éditions"), "book", func() {
				if v.OnEditions != nil {
					v.OnEditions()
				}
			}))
	}
	return widgets.NewEmpty("cart", i18n.T("Aucune commande"),
		i18n.T("Envoyez une édition à tous les adhérents en une fois, ou prenez une commande : la copie numérique leur est gratuite."),
		widgets.NewMainButton(i18n.T("Envoyer aux adhérents"), "mail", func() { v.AskMembers("") }),
		widgets.NewButton(i18n.T("Nouvelle commande"), "add", v.AskNew))
}

func (v *View) cells(i int) []widgets.Cell {
	if i >= len(v.rows) {
		return nil
	}
	o := v.rows[i]
	return []widgets.Cell{{Text: o.Number(), Bold: true}, {Text: o.Buyer}, {Text: contents(o.Lines()), Muted: true},
		{Text: o.Date.Field(), Muted: true},
		{Text: o.Gross.French()}, {Text: i18n.T(order.States.Label(o.State)), Muted: true, Dot: dotOf(o)}}
}

// contents says in few words what is ordered: "liban, japon · papier".
func contents(lines []order.Line) string {
	var names, formats []string
	add := func(list []string, s string) []string {
		if slices.Contains(list, s) {
			return list
		}
		return append(list, s)
	}
	for _, l := range lines {
		if !l.Postage {
			names, formats = add(names, l.Edition.Directory), add(formats, i18n.T(order.Formats.Label(l.Format)))
		}
	}
	return strings.Join(names, ", ") + " · " + strings.Join(formats, ", ")
}

func (v *View) choose(row int) {
	if row < 0 || row >= len(v.rows) {
		return
	}
	v.open = v.rows[row].ID
	v.readOpen()
}

// FocusFirst gives the keyboard to the rows, or to the search box.
func (v *View) FocusFirst() {
	if len(v.rows) == 0 {
		v.window.Canvas().Focus(v.search)
		return
	}
	v.focusRows()
}

func (v *View) focusRows() {
	if len(v.rows) > 0 {
		v.window.Canvas().Focus(v.table.List)
	}
}

func (v *View) say(tone widgets.Tone, sentence string) {
	if v.OnSay != nil {
		v.OnSay(tone, sentence)
	}
}

func (v *View) fail(err error) { v.say(widgets.Failure, err.Error()) }

// CreateRenderer is Fyne's.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.all) }
