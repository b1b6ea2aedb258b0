package counter

import (
	"context"
	"errors"
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
func (v *View) ShowFigures() { v.showFigures(order.Period{}) }

func (v *View) showFigures(p order.Period) {
	v.write(func(ctx context.Context) func() {
		f, err := v.door.Orders().Figures(ctx, p)
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.listFigures(f, p)
		}
	})
}

func (v *View) listFigures(f order.Figures, p order.Period) {
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
		heading := widgets.NewBold(title + " · " + strconv.Itoa(count))
		if count == 0 {
			table = widgets.NewMuted(i18n.T("Rien encore."))
		}
		return container.NewBorder(heading, nil, nil, nil, table)
	}
	tables := container.NewGridWithRows(3, part(i18n.T("Ventes par édition"), len(f.Sales), sales),
		part(i18n.T("Recettes par mois"), len(f.Revenue), revenue), part(i18n.T("Factures impayées"), len(f.Unpaid), due))
	since, until, notice := widgets.NewEntry(), widgets.NewEntry(), widgets.NewNotice()
	since.SetText(p.Since.Field())
	until.SetText(p.Until.Field())
	since.SetPlaceHolder("01/01/2026")
	until.SetPlaceHolder("31/12/2026")
	var m *widgets.Modal
	asked := func(do func(order.Period)) func() {
		return func() {
			from, err := repertoire.ParseDate(since.Text)
			to, errTo := repertoire.ParseDate(until.Text)
			if err = errors.Join(err, errTo); err != nil {
				notice.Say(widgets.Failure, err.Error())
				return
			}
			do(order.Period{Since: from, Until: to})
		}
	}
	show := asked(func(p order.Period) { m.Close(); v.showFigures(p) })
	journal := func(name, title string, fec bool) func() {
		return asked(func(p order.Period) {
			v.saveTable(name, title, func(ctx context.Context, path string) error {
				return v.door.Orders().ExportJournal(ctx, p, fec, path)
			})
		})
	}
	period := container.NewBorder(nil, nil, nil, container.NewHBox(widgets.NewButton(i18n.T("Afficher"), "", show),
		widgets.NewButton(i18n.T("Journal en CSV…"), "upload", journal("journal-des-ventes.csv", i18n.T("Journal des ventes"), false)),
		widgets.NewButton(i18n.T("FEC…"), "upload", journal("journal-des-ventes-fec.txt", i18n.T("Fichier des écritures comptables"),
			true))),
		widgets.Shares(12, []float32{1, 1}, widgets.NewField("since", i18n.T("Du"), since), widgets.NewField("until", i18n.T("au"), until)))
	content := container.NewBorder(period, notice, nil, nil, tables)
	m = widgets.NewModal(i18n.T("Chiffres des commandes"), content, v.window)
	m.SetButtons(
		widgets.NewButton(i18n.T("Factures en CSV…"), "upload", func() { v.exportCSV("factures.csv", i18n.T("Liste des factures"), true) }),
		widgets.NewButton(i18n.T("Commandes en CSV…"), "upload",
			func() { v.exportCSV("commandes.csv", i18n.T("Liste des commandes"), false) }),
		widgets.NewMainButton(i18n.T("Fermer"), "", m.Close))
	m.Show(940, fyne.Min(640, v.window.Canvas().Size().Height-60))
}

func (v *View) exportCSV(name, title string, invoices bool) {
	v.saveTable(name, title, func(ctx context.Context, path string) error {
		return v.door.Orders().Export(ctx, orders.OrderQuery{}, invoices, path)
	})
}
