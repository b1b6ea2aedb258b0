package partnerships

import (
	"context"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// LearnLists hears which lists the folder has of its own.
func (l *List) LearnLists(lists []searches.SavedList) { l.lists = lists }

// listItems put the selected rows in a list by hand, or take them out of the one
// in view.
func (l *List) listItems() []*fyne.MenuItem {
	into := fyne.NewMenuItem(i18n.T("Ajouter à une liste"), nil)
	into.ChildMenu = fyne.NewMenu("")
	for _, x := range l.lists {
		into.ChildMenu.Items = append(into.ChildMenu.Items, fyne.NewMenuItem(x.Name, func() { l.PutIn(x) }))
	}
	if l.OnNewList != nil {
		if len(l.lists) > 0 {
			into.ChildMenu.Items = append(into.ChildMenu.Items, fyne.NewMenuItemSeparator())
		}
		into.ChildMenu.Items = append(into.ChildMenu.Items, fyne.NewMenuItem(i18n.T("Nouvelle liste…"), func() {
			l.each(func(ids []repertoire.ID) { l.OnNewList(ids) })
		}))
	}
	var items []*fyne.MenuItem
	if len(into.ChildMenu.Items) > 0 {
		items = append(items, into)
	}
	for _, x := range l.lists {
		if x.ID == l.state.List && x.ID != "" {
			items = append(items, fyne.NewMenuItem(i18n.T("Retirer de la liste"), func() { l.takeOut(x) }))
		}
	}
	return items
}

// PutIn puts the selected partnerships in a list, as one change.
func (l *List) PutIn(list searches.SavedList) {
	l.handle(func(ctx context.Context, ids []repertoire.ID) (int, error) {
		return l.door.Searches().PutInList(ctx, list.ID, ids)
	}, i18n.T("Ajouté à la liste « %s ».", list.Name), i18n.T("Déjà dans la liste « %s ».", list.Name))
}

// takeOut takes the selected partnerships out of a list, as one change.
func (l *List) takeOut(list searches.SavedList) {
	l.handle(func(ctx context.Context, ids []repertoire.ID) (int, error) {
		return l.door.Searches().TakeFromList(ctx, list.ID, ids)
	}, i18n.T("Retiré de la liste « %s ».", list.Name), i18n.T("Il n’y avait rien à changer."))
}

// handle changes a list by the selected rows, off the interface thread.
func (l *List) handle(do func(context.Context, []repertoire.ID) (int, error), said, nothing string) {
	l.each(func(ids []repertoire.ID) {
		l.pace.Run(func() {
			n, err := do(context.Background(), ids)
			fyne.Do(func() {
				switch {
				case err != nil:
					l.say(widgets.Failure, err.Error())
				case n == 0:
					l.say(widgets.Info, nothing)
				default:
					l.say(widgets.Success, said)
				}
			})
		})
	})
}

// each reads which partnerships are selected, all that answers included.
func (l *List) each(do func([]repertoire.ID)) {
	if l.table.List.Selection().Count() == 0 {
		return
	}
	l.chosen(func(of records.BulkTarget, _ int) {
		if of.IDs != nil {
			do(of.IDs)
			return
		}
		l.pace.Run(func() {
			ids, err := l.door.Searches().Results(context.Background(), of.Query)
			fyne.Do(func() {
				if err != nil {
					l.say(widgets.Failure, err.Error())
					return
				}
				do(ids)
			})
		})
	})
}
