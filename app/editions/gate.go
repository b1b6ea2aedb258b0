package editions

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/trail"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
)

// gatePanel lists what stands between the book and the press.
type gatePanel struct {
	view   *View
	report *books.GateReport // nil until the gate has run
	rows   []gateRow         // its lines under the record they are of
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
		{Key: "field", Title: i18n.T("Champ"), Width: 180, Rank: 2},
		{Key: "message", Title: i18n.T("À regarder")},
	}, func() int { return len(g.rows) }, g.cells)
	g.table.List.OnActivated = g.open
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

// gateRow is a line of the report, or the heading of those of one record.
type gateRow struct {
	line int // the first of the record's, for a heading
	head bool
	of   int // how many lines the heading has under it
}

// group puts the lines of each record together under its title; records that
// hold the book up come first, the répertoire itself before them.
func (g *gatePanel) group() {
	lines := g.lines()
	first, grave, count := map[repertoire.ID]int{}, map[repertoire.ID]bool{}, map[repertoire.ID]int{}
	for i, l := range lines {
		if _, known := first[l.Entry]; !known {
			first[l.Entry] = i
		}
		grave[l.Entry] = grave[l.Entry] || blocks(l)
		count[l.Entry]++
	}
	rank := func(l books.GateLine) int {
		switch {
		case grave[l.Entry] && l.Entry == "":
			return 0
		case grave[l.Entry]:
			return 1
		case l.Entry == "":
			return 2
		}
		return 3
	}
	slices.SortStableFunc(lines, func(a, b books.GateLine) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(first[a.Entry], first[b.Entry]), cmp.Compare(weight(a), weight(b)))
	})
	g.rows = nil
	for i, l := range lines {
		if i == 0 || l.Entry != lines[i-1].Entry {
			g.rows = append(g.rows, gateRow{line: i, head: true, of: count[l.Entry]})
		}
		g.rows = append(g.rows, gateRow{line: i})
	}
}

func weight(l books.GateLine) int {
	if blocks(l) {
		return 0
	}
	return 1
}

// open leads to the field of a line, and keeps those of all records beside it
// at hand.
func (g *gatePanel) open(row int) {
	if row < 0 || row >= len(g.rows) {
		return
	}
	l := g.lines()[g.rows[row].line]
	if l.Entry == "" || g.view.OnTrail == nil {
		g.view.open(l.Entry, l.Field)
		return
	}
	var t trail.Trail
	for i, x := range g.lines() {
		if i == g.rows[row].line {
			t.At = len(t.Steps)
		}
		if x.Entry != "" {
			t.Steps = append(t.Steps, trail.Step{Entry: x.Entry, Field: x.Field, Message: i18n.Said(x.Message)})
		}
	}
	g.view.OnTrail(t)
}

// titleOf names the record of a line.
func titleOf(l books.GateLine) string {
	if l.Entry == "" {
		return i18n.T("Le répertoire")
	}
	return l.Title
}

func (g *gatePanel) cells(i int) []widgets.Cell {
	l := g.lines()[g.rows[i].line]
	if row := g.rows[i]; row.head {
		return []widgets.Cell{{Head: true, Text: titleOf(l) + " · " +
			i18n.N("%s remarque", "%s remarques", row.of, repertoire.Thousands(int64(row.of)))}}
	}
	severity, dot := i18n.T("À vérifier"), fynetheme.ColorNameWarning
	if blocks(l) {
		severity, dot = i18n.T("Bloquant"), fynetheme.ColorNameError
	}
	page := "–"
	if l.Page > 0 {
		page = repertoire.Thousands(int64(l.Page))
	}
	field := ""
	if l.Field != "" {
		field = i18n.T(repertoire.FieldLabel(l.Field))
	}
	return []widgets.Cell{{Text: severity, Dot: dot}, {Text: page, Muted: true}, {Text: field}, {Text: i18n.Said(l.Message), Muted: true}}
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
	g.report, g.rows = nil, nil
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
		g.report = &r
		g.group()
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
