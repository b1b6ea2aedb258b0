package partnerships

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// sorts are the orders the rows can be put in, with their words.
func sorts() []struct {
	sort  searches.Sort
	label string
} {
	return []struct {
		sort  searches.Sort
		label string
	}{
		{searches.SortTitle, i18n.T("Par collectivité française")},
		{searches.SortPartner, i18n.T("Par collectivité partenaire")},
		{searches.SortYear, i18n.T("Par année de la première convention")},
		{searches.SortVerified, i18n.T("Par date de vérification")},
		{searches.SortUpdated, i18n.T("Par date de modification")},
		{searches.SortAmount, i18n.T("Par montant des projets")},
	}
}

// offName names a column left out among what the machine remembers.
func offName(column string) string { return "list.off." + column }

// restoreOff leaves out the columns left out last time.
func restoreOff(t *widgets.Table) {
	for _, c := range columns() {
		t.SetOff(c.Key, fyne.CurrentApp().Preferences().Bool(offName(c.Key)))
	}
}

// headMenu chooses what the columns are and the order of the rows.
func (l *List) headMenu(at fyne.Position) {
	var items []*fyne.MenuItem
	for _, s := range sorts() {
		item := fyne.NewMenuItem(s.label, func() { l.sortBy(s.sort) })
		item.Checked = l.state.shownSort() == s.sort
		items = append(items, item)
	}
	turned := fyne.NewMenuItem(i18n.T("Dans l’autre sens"), func() {
		l.state.Descending = !l.state.Descending
		l.reload(true)
	})
	turned.Checked = l.state.Descending
	items = append(items, turned, fyne.NewMenuItemSeparator())
	for _, c := range l.table.Columns() {
		if c.Width == 0 {
			continue
		}
		item := fyne.NewMenuItem(i18n.T("Colonne « %s »", c.Title), func() { l.turnColumn(c.Key, !c.Off) })
		item.Checked = !c.Off
		items = append(items, item)
	}
	l.popUp(items, at)
}

func (l *List) sortBy(s searches.Sort) {
	l.state.Sort, l.state.Near = s, nil
	l.state.Descending = s == searches.SortUpdated || s == searches.SortAmount
	l.reload(true)
}

// turnColumn leaves a column out or takes it in, and remembers it.
func (l *List) turnColumn(key string, off bool) {
	l.table.SetOff(key, off)
	fyne.CurrentApp().Preferences().SetBool(offName(key), off)
}

// rowMenu is what can be done with the selected rows.
func (l *List) rowMenu(at fyne.Position) {
	l.popUp(l.rowItems(), at)
}

func (l *List) rowItems() []*fyne.MenuItem {
	n := l.table.List.Selection().Count()
	var items []*fyne.MenuItem
	if hit, ok := l.pages.row(l.table.List.Selection().Current); ok && n < 2 {
		items = append(items, fyne.NewMenuItem(i18n.T("Partenariats semblables"), func() {
			l.Restore(State{Title: i18n.T("Partenariats semblables"), Text: SimilarTo(hit.ID, hit.Title)})
		}))
	}
	into := fyne.NewMenuItem(i18n.T("Ajouter à un répertoire"), nil)
	into.ChildMenu = fyne.NewMenu("")
	for _, d := range l.directories {
		into.ChildMenu.Items = append(into.ChildMenu.Items, fyne.NewMenuItem(d.Short, func() { l.AddTo(d) }))
	}
	if len(into.ChildMenu.Items) > 0 {
		items = append(items, into)
	}
	items = append(items, l.listItems()...)
	items = append(items, fyne.NewMenuItem(i18n.T("Confirmer ce jour"), func() {
		l.bulk(records.BulkEdit{Field: records.BulkVerified, Value: "oui"}, i18n.T("Confirmé ce jour."))
	}))
	if n > 1 {
		items = append(items, fyne.NewMenuItem(i18n.T("Modifier en lot…"), l.EditPicked))
		if n < 4 {
			items = append(items, fyne.NewMenuItem(i18n.T("Comparer les fiches choisies"), l.Compare))
		}
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(i18n.T("Nouveau partenariat"), func() {
		if l.OnNew != nil {
			l.OnNew()
		}
	}))
	if l.OnTrash != nil && n < 2 {
		items = append(items, fyne.NewMenuItem(i18n.T("Mettre à la corbeille"), l.OnTrash))
	}
	return items
}

func (l *List) popUp(items []*fyne.MenuItem, at fyne.Position) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}

// Learn hears which répertoires there are, for the menu of the rows.
func (l *List) Learn(directories []records.DirectorySummary) { l.directories = directories }

// AddTo puts the selected partnerships into a répertoire as well, as one
// change.
func (l *List) AddTo(d records.DirectorySummary) {
	l.bulk(records.BulkEdit{Field: records.BulkDirectoryAdd, Value: d.Slug}, i18n.T("Ajouté à « %s ».", d.Short))
}

func (l *List) bulk(edit records.BulkEdit, said string) {
	if l.table.List.Selection().Count() == 0 {
		return
	}
	l.chosen(func(of records.BulkTarget, _ int) {
		l.pace.Run(func() {
			r, err := l.door.Records().BulkEdit(context.Background(), of, []records.BulkEdit{edit}, false, func(int, int, string) {})
			fyne.Do(func() {
				switch {
				case err != nil:
					l.say(widgets.Failure, err.Error())
				case r.Changed == 0 && len(r.Refusals) == 0:
					l.say(widgets.Info, i18n.T("Il n’y avait rien à changer."))
				case r.Refused > 0:
					l.say(widgets.Warning, said+" "+i18n.N("%s fiche est restée comme elle était.",
						"%s fiches sont restées comme elles étaient.",
						r.Refused, repertoire.Thousands(int64(r.Refused))))
				default:
					l.say(widgets.Success, said)
				}
			})
		})
	})
}
