package editions

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
)

// gatePanel lists what stands between the book and the press.
type gatePanel struct {
	view   *View
	report *books.GateReport // nil until the gate has run
	busy   bool
	table  *widgets.Table
	count  *widgets.Text
	run    *widgets.Button
	bar    *fyne.Container
	body   *fyne.Container
	all    fyne.CanvasObject
}

func newGatePanel(v *View) *gatePanel {
	g := &gatePanel{view: v, count: widgets.NewMuted(""), body: container.NewStack()}
	g.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "severity", Title: i18n.T("Gravité"), Width: 120},
		{Key: "page", Title: i18n.T("Page"), Width: 60, Rank: 1},
		{Key: "title", Title: i18n.T("Fiche"), Width: 240, Rank: 2},
		{Key: "message", Title: i18n.T("À regarder")},
	}, func() int { return len(g.lines()) }, g.cells)
	g.table.List.OnActivated = func(i int) { v.open(g.lines()[i].Entry, g.lines()[i].Field) }
	g.run = widgets.NewButton(i18n.T("Relancer le contrôle"), "shield", g.start)
	g.bar = container.NewBorder(nil, nil, nil, g.run, g.count)
	g.all = container.NewBorder(widgets.Inset(16, 8, widgets.Tall(30, g.bar)), nil, nil, nil, g.body)
	g.show()
	return g
}

func (g *gatePanel) lines() []books.GateLine {
	if g.report == nil {
		return nil
	}
	return g.report.Lines
}

func (g *gatePanel) cells(i int) []widgets.Cell {
	l := g.lines()[i]
	severity, dot := i18n.T("À vérifier"), fynetheme.ColorNameWarning
	if blocks(l) {
		severity, dot = i18n.T("Bloquant"), fynetheme.ColorNameError
	}
	page := "–"
	if l.Page > 0 {
		page = repertoire.Thousands(int64(l.Page))
	}
	title := l.Title
	if l.Entry == "" {
		title = i18n.T("Le répertoire")
	}
	return []widgets.Cell{{Text: severity, Dot: dot}, {Text: page, Muted: true}, {Text: title}, {Text: l.Message, Muted: true}}
}

func blocks(l books.GateLine) bool { return l.Severity == "refuse" }

func blocking(lines []books.GateLine) int {
	n := 0
	for _, l := range lines {
		if blocks(l) {
			n++
		}
	}
	return n
}

func (g *gatePanel) clear() {
	g.report = nil
	g.show()
}

// start examines the book.
func (g *gatePanel) start() { g.examine(nil) }

// examine runs the gate, then does what follows when it could be run.
func (g *gatePanel) examine(then func()) {
	if g.busy || g.view.slug == "" {
		return
	}
	g.busy = true
	g.run.Disable()
	g.count.SetText(i18n.T("Contrôle en cours…"))
	slug := g.view.slug
	var r books.GateReport
	g.view.job(i18n.T("Contrôle avant impression"), func(ctx context.Context, progress workspace.Progress) (err error) {
		r, err = g.view.door.Books().Gate(ctx, slug, progress)
		return err
	}, func(err error) {
		g.busy = false
		g.run.Enable()
		if err != nil {
			g.view.say(widgets.Failure, err.Error())
			g.show()
			return
		}
		if slug != g.view.slug {
			return
		}
		slices.SortStableFunc(r.Lines, func(a, b books.GateLine) int {
			switch {
			case blocks(a) == blocks(b):
				return 0
			case blocks(a):
				return -1
			}
			return 1
		})
		g.report = &r
		g.show()
		if then != nil {
			then()
		}
	})
}

func (g *gatePanel) show() {
	switch {
	case g.report == nil:
		g.count.SetText("")
		g.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("shield", i18n.T("Le livre n’a pas encore été contrôlé"),
			i18n.T("Le contrôle compose le livre et réunit tout ce qui le sépare de l’imprimeur ; chaque ligne ouvre la fiche à corriger."),
			widgets.NewMainButton(i18n.T("Contrôler le livre"), "shield", g.start))}
	case len(g.report.Lines) == 0:
		g.count.SetText(i18n.N("%s page", "%s pages", g.report.Pages, repertoire.Thousands(int64(g.report.Pages))))
		g.body.Objects = []fyne.CanvasObject{widgets.NewEmpty("check", i18n.T("Rien ne s’oppose à l’impression"),
			i18n.T("Le contrôle n’a rien trouvé à corriger."))}
	default:
		n, all := blocking(g.report.Lines), len(g.report.Lines)
		g.count.SetText(i18n.N("%s ligne bloquante", "%s lignes bloquantes", n, repertoire.Thousands(int64(n))) + " · " +
			i18n.N("%s ligne à vérifier", "%s lignes à vérifier", all-n, repertoire.Thousands(int64(all-n))))
		g.body.Objects = []fyne.CanvasObject{g.table}
		g.table.Refresh()
	}
	g.run.Hidden = g.report == nil
	g.bar.Refresh() // makes room for the button that came
	g.body.Refresh()
}
