package mapview

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// listed is how many partnerships of a place are listed.
const listed = 500

// makeList makes the list beside the map: the partnerships of the place chosen.
func (v *View) makeList() {
	v.place, v.count = widgets.NewText(""), widgets.NewMuted("")
	v.place.Bold = true
	v.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "title", Title: i18n.T("Partenariat")},
		{Key: "status", Title: i18n.T("Statut"), Width: 90, Rank: 1},
	}, func() int { return len(v.rows) }, func(i int) []widgets.Cell {
		if i >= len(v.rows) {
			return nil
		}
		return []widgets.Cell{{Text: v.rows[i].Title}, {Text: i18n.T(repertoire.Statuses.Label(v.rows[i].Status)), Muted: true}}
	})
	v.table.List.OnActivated = func(i int) {
		if i >= 0 && i < len(v.rows) && v.OnEntry != nil {
			v.OnEntry(v.rows[i].ID)
		}
	}
	v.table.List.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name != fyne.KeyEscape {
			return false
		}
		v.window.Canvas().Focus(v.sheet) // back to where the list came from
		return true
	}
	v.side = container.NewStack()
	v.list = container.NewBorder(widgets.Inset(12, 10, widgets.Column(2, v.place, v.count)), nil, nil, nil, v.table)
}

// choose marks places on the map and lists their partnerships.
func (v *View) choose(places []int32) {
	v.picked = places
	v.sheet.Choose(places)
	if len(places) == 0 {
		v.listing.Stop()
		v.fill(nil, "", 0)
		return
	}
	seen := map[int32]bool{}
	var ids []repertoire.ID
	for _, i := range places {
		for _, n := range v.points.Places[i].Partnerships {
			if !seen[n] {
				seen[n] = true
				ids = append(ids, v.points.Partnerships[n])
			}
		}
	}
	v.readRows(v.names(places), ids)
}

// ShowUnplaced lists the partnerships of which a side has no position.
func (v *View) ShowUnplaced() {
	ids := make([]repertoire.ID, len(v.points.Unplaced))
	for i, n := range v.points.Unplaced {
		ids[i] = v.points.Partnerships[n]
	}
	v.body.Objects = []fyne.CanvasObject{v.split}
	v.picked = nil
	v.sheet.Choose(nil)
	v.readRows(i18n.T("Sans position d’un côté au moins"), ids)
}

func (v *View) readRows(name string, ids []repertoire.ID) {
	total := len(ids)
	ids = ids[:min(total, listed)]
	v.listing.Do(func(ctx context.Context) func() {
		rows, err := v.door.Searches().RowsOf(ctx, ids)
		return func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.fill(rows, name, total)
		}
	})
}

// fill shows rows, or how to get some.
func (v *View) fill(rows []searches.Row, name string, total int) {
	v.rows = rows
	if len(rows) == 0 {
		v.side.Objects = []fyne.CanvasObject{widgets.NewEmpty("place", i18n.T("Choisissez un lieu"),
			i18n.T("Un clic sur un point donne ses partenariats. Au clavier : espace va de point en point, Entrée passe à la liste."))}
		v.side.Refresh()
		return
	}
	v.place.SetText(name)
	words := i18n.N("%s partenariat", "%s partenariats", total, thousands(total))
	if total > len(rows) && len(rows) == listed {
		words += " · " + i18n.T("les %s premiers", thousands(listed))
	}
	v.count.SetText(words)
	v.side.Objects = []fyne.CanvasObject{v.list}
	v.table.List.Top()
	v.table.List.Select(0)
	v.table.Refresh()
	v.side.Refresh()
}
