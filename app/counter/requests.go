package counter

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// requestEndings are the files that requests come in.
var requestEndings = []string{".csv", ".tsv", ".txt", ".xlsx", ".ods", ".eml"}

// Requests is the dialog by which orders that came in files are taken: first
// shown as they would be, then taken in one step.
type Requests struct {
	view    *View
	q       *question
	files   []string
	edition *widgets.Select
	format  *widgets.Select
	table   *widgets.Table
	names   *widgets.Text
	detail  *fyne.Container
	read    orders.Intake
	rows    []requestRow
}

// requestRow is a request and what would become of it.
type requestRow struct {
	orders.Intaken
	state string
	dot   fyne.ThemeColorName
}

// AskRequests chooses a file of requests and opens the dialog on it.
func (v *View) AskRequests() {
	if len(v.editions) == 0 {
		v.AskNew()
		return
	}
	files.Open(v.window, "orders", requestEndings, func(path string) { v.ShowRequests(path) })
}

// ShowRequests opens the dialog on files.
func (v *View) ShowRequests(paths ...string) *Requests {
	r := &Requests{view: v, files: paths, names: widgets.NewMuted(""), detail: container.NewStack()}
	again := func(string) {
		if r.q != nil {
			r.try()
		}
	}
	r.edition = widgets.NewSelect(append([]string{i18n.T("Celle que dit la demande")}, editionNames(v.editions)...), again)
	r.format = widgets.NewSelect([]string{i18n.T("numérique"), i18n.T("papier")}, again)
	r.edition.SetSelectedIndex(0)
	r.format.SetSelectedIndex(0)
	r.table = widgets.NewTable([]widgets.TableColumn{{Key: "state", Title: i18n.T("Demande"), Width: 120},
		{Key: "row", Title: i18n.T("Ligne"), Width: 60, Rank: 3}, {Key: "buyer", Title: i18n.T("Acheteur")},
		{Key: "what", Title: i18n.T("Éditions"), Width: 240, Rank: 2}, {Key: "total", Title: i18n.T("Total"), Width: 90, Rank: 1}},
		func() int { return len(r.rows) }, r.cells)
	r.table.List.OnCurrent = r.explain
	content := widgets.Column(8, r.names,
		widgets.NewField("edition", i18n.T("Édition, à défaut"), widgets.Framed(r.edition)),
		widgets.NewField("format", i18n.T("Format, à défaut"), widgets.Framed(r.format)),
		widgets.Tall(fyne.Max(120, fyne.Min(260, v.window.Canvas().Size().Height-460)), r.table),
		widgets.Tall(76, container.NewVScroll(r.detail)))
	r.q = v.ask(i18n.T("Demandes reçues"), i18n.T("Prendre les commandes"), "check", 820, content, func(*question) { r.Take() })
	r.q.also(widgets.NewButton(i18n.T("Ajouter un fichier…"), "add", func() {
		files.Open(v.window, "orders", requestEndings, func(path string) {
			r.files = append(r.files, path)
			r.try()
		})
	}))
	r.try()
	return r
}

func (r *Requests) options(dry bool) orders.IntakeOptions {
	opt := orders.IntakeOptions{Format: order.Digital, DryRun: dry}
	if i := r.edition.SelectedIndex(); i > 0 {
		opt.Edition = string(r.view.editions[i-1].ID)
	}
	if r.format.SelectedIndex() == 1 {
		opt.Format = order.Paper
	}
	return opt
}

// try reads the files and shows what taking them would do.
func (r *Requests) try() {
	opt, paths := r.options(true), slices.Clone(r.files)
	r.view.write(func(ctx context.Context) func() {
		read, err := r.view.door.Orders().TakeFiles(ctx, paths, opt, func(int, int, string) {})
		return func() {
			if err != nil {
				r.q.refuse(err.Error())
				return
			}
			r.fill(read)
		}
	})
}

func (r *Requests) fill(read orders.Intake) {
	r.read, r.rows = read, nil
	for _, x := range read.Refused {
		r.rows = append(r.rows, requestRow{x, i18n.T("à compléter"), fynetheme.ColorNameError})
	}
	for _, x := range read.Taken {
		row := requestRow{x, i18n.T("à prendre"), fynetheme.ColorNameSuccess}
		if len(x.Remarks) > 0 {
			row.dot = fynetheme.ColorNameWarning
		}
		r.rows = append(r.rows, row)
	}
	for _, x := range read.Already {
		r.rows = append(r.rows, requestRow{x, i18n.T("déjà prise"), theme.ColorMuted})
	}
	var names []string
	for _, f := range r.files {
		names = append(names, filepath.Base(f))
	}
	r.names.SetText(strings.Join(names, ", "))
	n := len(read.Taken)
	r.q.main.SetText(i18n.N("Prendre %s commande", "Prendre %s commandes", n, repertoire.Thousands(int64(n))))
	r.q.main.Enable()
	if n == 0 {
		r.q.main.Disable()
	}
	r.table.List.Select(min(0, len(r.rows)-1))
	r.explain(min(0, len(r.rows)-1))
	r.table.Refresh()
	r.q.fit()
}

func (r *Requests) cells(i int) []widgets.Cell {
	x := r.rows[i]
	row := ""
	if x.Row > 0 {
		row = repertoire.Thousands(int64(x.Row))
	}
	total := ""
	if x.Why == "" {
		total = x.Total.French()
	}
	return []widgets.Cell{{Text: x.state, Dot: x.dot}, {Text: row, Muted: true}, {Text: x.Buyer, Bold: x.New}, {Text: x.What, Muted: true},
		{Text: total}}
}

// explain says in words what is to be known of a request.
func (r *Requests) explain(i int) {
	said := i18n.T("Aucune demande n’a été lue.")
	if i >= 0 && i < len(r.rows) {
		x := r.rows[i]
		parts := slices.Clone(x.Remarks)
		if x.New {
			parts = append([]string{i18n.T("nouvel acheteur")}, parts...)
		}
		if x.Order != "" {
			parts = append([]string{i18n.T("commande %s", x.Order)}, parts...)
		}
		if x.Why != "" {
			parts = append([]string{x.Why}, parts...)
		}
		said = strings.Join(append([]string{x.Buyer, x.What}, parts...), " · ")
	}
	for _, x := range r.read.Remarks {
		said += " " + x
	}
	r.detail.Objects = []fyne.CanvasObject{widgets.NewFlushParagraph(said)}
	r.detail.Refresh()
}

// Take takes what can be taken, in one step that one undo takes back.
func (r *Requests) Take() {
	opt, paths := r.options(false), slices.Clone(r.files)
	r.view.write(func(ctx context.Context) func() {
		done, err := r.view.door.Orders().TakeFiles(ctx, paths, opt, func(int, int, string) {})
		return func() {
			if err != nil {
				r.q.refuse(err.Error())
				return
			}
			r.q.modal.Close()
			n := func(n int) string { return repertoire.Thousands(int64(n)) }
			r.view.say(widgets.Success, i18n.T("Commandes prises : %s ; déjà prises : %s ; à compléter : %s.", n(len(done.Taken)),
				n(len(done.Already)), n(len(done.Refused))))
			r.view.Reload()
		}
	})
}
