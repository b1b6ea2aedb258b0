package counter

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// ShowFigures shows what was sold, earned and is still due.
func (v *View) ShowFigures() {
	v.write(func(ctx context.Context) func() {
		f, err := v.door.Orders().Figures(ctx, order.Period{})
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.listFigures(f)
		}
	})
}

func (v *View) listFigures(f order.Figures) {
	n := func(i int) string { return repertoire.Thousands(int64(i)) }
	sales := widgets.NewTable([]widgets.TableColumn{{Key: "edition", Title: i18n.T("Édition")},
		{Key: "paper", Title: i18n.T("Papier"), Width: 80},
		{Key: "digital", Title: i18n.T("Numérique"), Width: 96}, {Key: "free", Title: i18n.T("Gratuits"), Width: 88, Rank: 1},
		{Key: "net", Title: i18n.T("Hors taxes"), Width: 110, Rank: 1}},
		func() int { return len(f.Sales) }, func(i int) []widgets.Cell {
			s := f.Sales[i]
			return []widgets.Cell{{Text: s.Edition.Name()}, {Text: n(s.Paper)}, {Text: n(s.Digital)}, {Text: n(s.Free), Muted: true},
				{Text: s.Net.French()}}
		})
	revenue := widgets.NewTable([]widgets.TableColumn{{Key: "month", Title: i18n.T("Mois")},
		{Key: "invoices", Title: i18n.T("Factures"), Width: 90},
		{Key: "credits", Title: i18n.T("Avoirs"), Width: 80}, {Key: "net", Title: i18n.T("Hors taxes"), Width: 110},
		{Key: "tax", Title: i18n.T("TVA"), Width: 96, Rank: 1}, {Key: "gross", Title: i18n.T("TTC"), Width: 110}},
		func() int { return len(f.Revenue) }, func(i int) []widgets.Cell {
			r := f.Revenue[i]
			return []widgets.Cell{{Text: repertoire.Date(r.Month).French()}, {Text: n(r.Invoices)}, {Text: n(r.Credits)},
				{Text: r.Net.French()}, {Text: r.Tax.French(), Muted: true}, {Text: r.Gross.French()}}
		})
	due := widgets.NewTable([]widgets.TableColumn{{Key: "invoice", Title: i18n.T("Facture"), Width: 120},
		{Key: "buyer", Title: i18n.T("Acheteur")},
		{Key: "due", Title: i18n.T("Échéance"), Width: 120}, {Key: "gross", Title: i18n.T("Dû"), Width: 110}},
		func() int { return len(f.Unpaid) }, func(i int) []widgets.Cell {
			u := f.Unpaid[i]
			day := widgets.Cell{Text: u.Due.Field(), Muted: true}
			if u.Late {
				day.Dot = fynetheme.ColorNameError
			}
			return []widgets.Cell{{Text: u.Invoice}, {Text: u.Buyer}, day, {Text: u.Gross.French()}}
		})
	part := func(title string, count int, table fyne.CanvasObject) fyne.CanvasObject {
		heading := widgets.NewText(title + " · " + strconv.Itoa(count))
		heading.Bold = true
		if count == 0 {
			table = widgets.NewMuted(i18n.T("Rien encore."))
		}
		return container.NewBorder(heading, nil, nil, nil, table)
	}
	content := container.NewGridWithRows(3, part(i18n.T("Ventes par édition"), len(f.Sales), sales),
		part(i18n.T("Recettes par mois"), len(f.Revenue), revenue), part(i18n.T("Factures impayées"), len(f.Unpaid), due))
	m := widgets.NewModal(i18n.T("Chiffres des commandes"), content, v.window)
	m.SetButtons(
		widgets.NewButton(i18n.T("Factures en CSV…"), "upload", func() { v.exportCSV("factures.csv", i18n.T("Liste des factures"), true) }),
		widgets.NewButton(i18n.T("Commandes en CSV…"), "upload",
			func() { v.exportCSV("commandes.csv", i18n.T("Liste des commandes"), false) }),
		widgets.NewMainButton(i18n.T("Fermer"), "", m.Close))
	m.Show(860, 600)
}

func (v *View) exportCSV(name, title string, invoices bool) {
	v.saveTable(name, title, func(ctx context.Context, path string) error {
		return v.door.Orders().Export(ctx, orders.OrderQuery{}, invoices, path)
	})
}
