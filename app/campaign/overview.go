package campaign

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

// part is what the list is narrowed to beside a standing: a country, a region,
// a theme; none when its value is empty.
type part struct {
	by    int
	value string
	label string
}

// holds tells whether a request is of that part.
func (p part) holds(l campaigns.Line) bool {
	switch {
	case p.value == "":
		return true
	case p.by == 0:
		return l.Country == p.value
	case p.by == 1:
		return l.Region == p.value
	}
	return slices.Contains(l.Themes, p.value)
}

// overview is the cockpit by country, region or theme, shown while no request
// is chosen; Enter on a row narrows the list to it.
type overview struct {
	v     *View
	by    *widgets.Select
	table *widgets.Table
	parts []campaigns.Part
	all   fyne.CanvasObject
}

func newOverview(v *View) *overview {
	o := &overview{v: v, by: choose([]string{i18n.T("Par pays"), i18n.T("Par région"), i18n.T("Par thématique")}, 0)}
	o.by.OnChanged = func(string) { o.fill() }
	number := func(key, title string, rank int) widgets.TableColumn {
		return widgets.TableColumn{Key: key, Title: title, Width: 92, Rank: rank}
	}
	o.table = widgets.NewTable([]widgets.TableColumn{{Key: "label", Title: i18n.T("Où")}, number("asked", i18n.T("Interrogés"), 1),
		number("silent", i18n.T("Sans réponse"), 2), number("review", i18n.T("À relire"), 3), number("done", i18n.T("Faits"), 2),
		number("fresh", i18n.T("À jour"), 0)}, func() int { return len(o.parts) }, o.cells)
	o.table.List.OnActivated = o.choose
	o.all = container.NewBorder(widgets.Inset(12, 8, widgets.Line(8, widgets.Wide(180, o.by))), nil, nil, nil, o.table)
	return o
}

// fill reads the parts out of what the view last read.
func (o *overview) fill() {
	s := &o.v.status
	o.parts = [][]campaigns.Part{s.ByCountry, s.ByRegion, s.ByTheme}[max(o.by.SelectedIndex(), 0)]
	o.table.Refresh()
}

func (o *overview) cells(i int) []widgets.Cell {
	if i >= len(o.parts) {
		return nil
	}
	p := o.parts[i]
	n := func(n int) widgets.Cell { return widgets.Cell{Text: repertoire.Thousands(int64(n)), Muted: n == 0} }
	return []widgets.Cell{{Text: p.Label}, n(p.Asked), n(p.Silent), n(p.ToReview), n(p.Done), {Text: i18n.T("%d %%", p.FreshPercent)}}
}

func (o *overview) choose(i int) {
	if i < 0 || i >= len(o.parts) {
		return
	}
	o.v.part = part{max(o.by.SelectedIndex(), 0), o.parts[i].Value, o.parts[i].Label}
	o.v.kind = ""
	o.v.chips()
	o.v.narrow()
	o.v.FocusFirst()
}

// Overview leaves the request at hand and shows the whole campaign by its parts.
func (v *View) Overview() {
	if !v.ready(false) {
		return
	}
	v.table.List.Select(-1)
	v.current(-1)
	v.window.Canvas().Focus(v.overview.table.List)
}

// aside are the files that could not be taken, with the reason of each.
type aside struct {
	replies []campaign.Reply
	table   *widgets.Table
}

func newAside(v *View) *aside {
	a := &aside{}
	a.table = widgets.NewTable([]widgets.TableColumn{{Key: "file", Title: i18n.T("Fichier")},
		{Key: "came", Title: i18n.T("Reçu le"), Width: 100, Rank: 1}}, func() int { return len(a.replies) },
		func(i int) []widgets.Cell {
			if i >= len(a.replies) {
				return nil
			}
			return []widgets.Cell{{Text: a.replies[i].File}, {Text: repertoire.DateOf(a.replies[i].Received).Field(), Muted: true}}
		})
	a.table.List.OnCurrent = func(i int) {
		if i < 0 || i >= len(a.replies) {
			return
		}
		r := &a.replies[i]
		column := widgets.Column(8, widgets.NewBold(r.File), widgets.NewParagraph(r.Reason, fynetheme.ColorNameForeground))
		if r.From != "" {
			column.Add(widgets.NewMuted(r.From))
		}
		if r.Remarks != "" {
			column.Add(widgets.NewParagraph(r.Remarks, fynetheme.ColorNameForeground))
		}
		v.sheet = nil
		v.side.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Inset(16, 12, column))}
		v.side.Refresh()
	}
	return a
}

// ShowAside lists the files that could not be taken.
func (v *View) ShowAside() {
	id := string(v.status.ID)
	v.opening.Do(func(ctx context.Context) func() {
		list, err := v.door.Campaigns().Replies(ctx, id, campaign.Broken)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.aside.replies = list
			v.body.Objects = []fyne.CanvasObject{v.aside.table}
			v.body.Refresh()
			v.aside.table.Refresh()
			v.window.Canvas().Focus(v.aside.table.List)
			v.aside.table.List.Select(0)
		}
	})
}

// AskExport asks where the list of the cockpit goes, and writes it.
func (v *View) AskExport() {
	if !v.ready(false) {
		return
	}
	files.Save(v.window, "campaign", files.Propose("campaign", i18n.T("campagne"), ".xlsx", time.Now()), i18n.T("Exporter la liste"),
		v.Export)
}

// Export writes the cockpit's list, in CSV or XLSX by the file's ending.
func (v *View) Export(file string) {
	id := string(v.status.ID)
	v.work(i18n.T("Export de la liste"), func(ctx context.Context, _ workspace.Progress) (string, error) {
		n, err := v.door.Campaigns().Export(ctx, id, "", file)
		return i18n.T("%d partenariats écrits dans « %s ».", n, file), err
	}, nil)
}
