package partnerships

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
)

// Compare puts the two or three selected partnerships side by side.
func (l *List) Compare() {
	w := l.window()
	if w == nil {
		return
	}
	if n := l.table.List.Selection().Count(); n < 2 || n > 3 {
		l.say(widgets.Info, i18n.T("Choisissez deux ou trois partenariats, avec Ctrl et un clic, puis comparez-les."))
		return
	}
	l.chosen(func(of records.BulkTarget, _ int) {
		if of.IDs == nil { // all of a list of two or three
			for i := range l.pages.total {
				if hit, ok := l.pages.row(i); ok {
					of.IDs = append(of.IDs, hit.ID)
				}
			}
		}
		l.pace.Run(func() {
			c, err := l.door.History().CompareEntries(context.Background(), of.IDs)
			fyne.Do(func() {
				if err != nil {
					l.say(widgets.Failure, err.Error())
					return
				}
				l.showCompared(c, w)
			})
		})
	})
}

// showCompared shows the fields in columns; those that differ are in bold ink
// on a tinted background.
func (l *List) showCompared(c history.ComparedEntries, w fyne.Window) {
	var modal *widgets.Modal
	weights := []float32{2}
	heads := []fyne.CanvasObject{widgets.NewMuted("")}
	for _, e := range c.Entries {
		weights = append(weights, 4)
		open := widgets.NewIconButton("eye", i18n.T("Ouvrir cette fiche"), func() {
			modal.Close()
			l.openID(e.ID)
		}).Small()
		title := widgets.NewBold(e.Title)
		heads = append(heads, container.NewBorder(nil, nil, nil, container.NewCenter(open), title))
	}
	column := widgets.Column(0)
	different := 0
	for _, line := range c.Lines {
		label := widgets.NewMuted(line.Label)
		if line.Differ {
			different++
			label.Colour, label.Bold = fynetheme.ColorNamePrimary, true
		}
		cells := []fyne.CanvasObject{widgets.Inset(0, 6, label)}
		for _, v := range line.Values {
			cells = append(cells, widgets.NewFlushParagraph(blank(v)))
		}
		row := widgets.Inset(8, 0, widgets.Shares(12, weights, cells...))
		if line.Differ {
			column.Add(container.NewStack(widgets.NewBackground(theme.ColorAccentFaint), row))
		} else {
			column.Add(row)
		}
		column.Add(widgets.Rule())
	}
	sum := widgets.NewMuted(i18n.N("%s champ diffère", "%s champs diffèrent", different, repertoire.Thousands(int64(different))))
	head := widgets.Column(6, sum, widgets.Inset(8, 2, widgets.Shares(12, weights, heads...)), widgets.Rule())
	modal = widgets.NewModal(i18n.T("Comparer les fiches"), container.NewBorder(head, nil, nil, nil, container.NewVScroll(column)), w)
	done := widgets.NewMainButton(i18n.T("Fermer"), "", modal.Close)
	modal.SetButtons(done)
	free := w.Canvas().Size()
	modal.Show(fyne.Min(1040, free.Width-80), fyne.Min(640, free.Height-80))
	modal.Focus(done)
}

// openID makes a record the current one and opens it.
func (l *List) openID(id repertoire.ID) {
	l.Mark(id)
	if l.OnOpen != nil {
		l.OnOpen(id)
	}
}
