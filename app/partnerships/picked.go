package partnerships

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// pickedBar says how many rows are selected and offers what can be done with
// several.
type pickedBar struct {
	*fyne.Container
	count   *widgets.Text
	compare fyne.CanvasObject
}

func newPickedBar(l *List) *pickedBar {
	b := &pickedBar{count: widgets.NewText("")}
	b.compare = widgets.NewButton(i18n.T("Comparer"), "columns", func() { l.Compare() })
	edit := widgets.NewButton(i18n.T("Modifier…"), "", func() { l.EditPicked() })
	drop := widgets.NewIconButton("close", i18n.T("Ne garder qu’une ligne"), func() {
		l.table.List.Select(l.table.List.Selection().Current)
	})
	line := container.NewBorder(nil, nil, nil, widgets.Line(6, b.compare, edit, container.NewCenter(drop)), b.count)
	b.Container = container.NewStack(widgets.NewCard(theme.ColorAccentFaint, "", 4), widgets.Inset(8, 3, line))
	b.Hide()
	return b
}

// picked follows the selection: one row is the open one, several are a set.
func (l *List) picked() {
	n := l.table.List.Selection().Count()
	shown := n > 1
	if shown {
		l.bar.count.SetText(i18n.N("%s partenariat choisi", "%s partenariats choisis", n, repertoire.Thousands(int64(n))))
		l.bar.compare.(fyne.Disableable).Enable()
		if n > 3 {
			l.bar.compare.(fyne.Disableable).Disable()
		}
	}
	if shown == l.bar.Visible() {
		return
	}
	l.bar.Container.Hidden = !shown
	l.all.Refresh()
}

// query is all that the list shows, not a page of it.
func (l *List) query() searches.Query { return l.state.query(0, 0, false) }

// chosen reads which partnerships are selected. Rows nobody scrolled to are
// read first, off the interface thread; done gets them on it.
func (l *List) chosen(done func(records.BulkTarget, int)) {
	s := l.table.List.Selection()
	if s.Every() {
		done(records.BulkTarget{Query: l.query()}, l.pages.total)
		return
	}
	rows := s.Rows()
	ids := make([]repertoire.ID, 0, len(rows))
	for _, r := range rows {
		if hit, ok := l.pages.row(r); ok {
			ids = append(ids, hit.ID)
		}
	}
	if len(ids) == len(rows) {
		done(records.BulkTarget{IDs: ids}, len(ids))
		return
	}
	first, last, state := rows[0], rows[len(rows)-1], l.state
	l.pace.Run(func() {
		r, err := l.door.Searches().Search(context.Background(), state.query(first, last-first+1, false))
		fyne.Do(func() {
			if err != nil {
				l.notice.Say(widgets.Failure, err.Error())
				return
			}
			ids := make([]repertoire.ID, 0, len(rows))
			for _, row := range rows {
				if k := row - first; k < len(r.Hits) {
					ids = append(ids, r.Hits[k].ID)
				}
			}
			done(records.BulkTarget{IDs: ids}, len(ids))
		})
	})
}

// window is the one the list stands in, nil before it does.
func (l *List) window() fyne.Window {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(l)
	for _, w := range driver.AllWindows() {
		if c != nil && w.Canvas() == c {
			return w
		}
	}
	return nil
}

// EditPicked opens the dialog that changes all selected partnerships, all
// those of the list when one or none is selected.
func (l *List) EditPicked() {
	w := l.window()
	if w == nil || l.pages.total == 0 {
		return
	}
	if l.table.List.Selection().Count() < 2 {
		newBulkDialog(l, w, records.BulkTarget{Query: l.query()}, l.pages.total).show()
		return
	}
	l.chosen(func(of records.BulkTarget, n int) { newBulkDialog(l, w, of, n).show() })
}
