package editions

import (
	"context"

	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
)

// difference is one line of a comparison.
type difference struct {
	id                         repertoire.ID // "" when no entry can be opened
	kind, title, before, after string
	field                      string // JSON name
	label                      string
}

// Compare shows what separates the current edition from the living base.
func (f *frozenPanel) Compare() {
	e, ok := f.current()
	if !ok || f.busy || e.Damage != "" {
		return
	}
	slug := f.view.slug
	var d books.EditionDiff
	f.work(i18n.T("Comparaison de l’édition"), func(ctx context.Context, _ workspace.Progress) (err error) {
		d, err = f.view.door.Books().DiffEditions(ctx, string(e.ID), slug)
		return err
	}, func() { f.view.showDifferences(e.Label, differences(d)) })
}

func differences(d books.EditionDiff) []difference {
	var out []difference
	for _, r := range d.New {
		out = append(out, difference{id: r.ID, kind: i18n.T("Nouvelle"), title: r.Title})
	}
	for _, r := range d.Ended {
		out = append(out, difference{id: r.ID, kind: i18n.T("Terminée ou retirée"), title: r.Title})
	}
	add := func(list []history.RecordChanges, kind string, entries bool) {
		for _, r := range list {
			for _, c := range r.Fields {
				x := difference{kind: kind, title: r.Title, field: c.Name, label: c.Label, before: c.Before, after: c.After}
				if entries {
					x.id = r.ID
				}
				out = append(out, x)
			}
		}
	}
	add(d.Changed, i18n.T("Modifiée"), true)
	add(d.Authorities, i18n.T("Collectivité"), false)
	return out
}

func (v *View) showDifferences(label string, list []difference) {
	content := widgets.NewEmpty("check", i18n.T("Aucune différence"), i18n.T("La base est telle que cette édition l’a figée."))
	m := widgets.NewModal(i18n.T("« %s » et la base d’aujourd’hui", label), content, v.window)
	if len(list) > 0 {
		table := widgets.NewTable([]widgets.TableColumn{
			{Key: "kind", Title: i18n.T("Changement"), Width: 130},
			{Key: "title", Title: i18n.T("Fiche")},
			{Key: "field", Title: i18n.T("Champ"), Width: 130},
			{Key: "before", Title: i18n.T("Avant"), Width: 200, Rank: 1},
			{Key: "after", Title: i18n.T("Après"), Width: 200},
		}, func() int { return len(list) }, func(i int) []widgets.Cell {
			x := list[i]
			return []widgets.Cell{{Text: x.kind}, {Text: x.title}, {Text: x.label, Muted: true}, {Text: x.before, Muted: true},
				{Text: x.after}}
		})
		table.List.OnActivated = func(i int) {
			if list[i].id != "" {
				m.Close()
				v.open(list[i].id, list[i].field)
			}
		}
		count := widgets.NewMuted(i18n.N("%s différence", "%s différences", len(list), repertoire.Thousands(int64(len(list)))))
		m.SetContent(container.NewBorder(widgets.Inset(0, 4, count), nil, nil, nil, table))
	}
	closing := widgets.NewMainButton(i18n.T("Fermer"), "", m.Close)
	m.SetButtons(closing)
	m.Show(960, 520)
	m.Focus(closing)
}
