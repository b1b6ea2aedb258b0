package counter

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/repertoire"
)

// ShowStock shows what is left of each edition, and how it came and went.
func (v *View) ShowStock() {
	v.write(func(ctx context.Context) func() {
		levels, err := v.door.Orders().Stock(ctx)
		if err != nil {
			return func() { v.fail(err) }
		}
		moves, err := v.door.Orders().Movements(ctx)
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.listStock(levels, moves)
		}
	})
}

func (v *View) listStock(levels []order.Level, moves []order.Movement) {
	var m *widgets.Modal
	left := widgets.NewTable([]widgets.TableColumn{{Key: "edition", Title: i18n.T("Édition")},
		{Key: "copies", Title: i18n.T("En stock"), Width: 110},
		{Key: "reserved", Title: i18n.T("Réservés"), Width: 100, Rank: 1}, {Key: "printed", Title: i18n.T("Tirés"), Width: 90, Rank: 2}},
		func() int { return len(levels) }, func(i int) []widgets.Cell {
			l := levels[i]
			copies := widgets.Cell{Text: repertoire.Thousands(int64(l.Copies)), Bold: true}
			if l.Low {
				copies.Text, copies.Dot = i18n.T("%s, bas", copies.Text), fynetheme.ColorNameWarning
			}
			return []widgets.Cell{{Text: l.Edition.Name()}, copies, {Text: repertoire.Thousands(int64(l.Reserved)), Muted: true},
				{Text: repertoire.Thousands(int64(l.Printed)), Muted: true}}
		})
	past := widgets.NewTable([]widgets.TableColumn{{Key: "date", Title: i18n.T("Date"), Width: 96},
		{Key: "edition", Title: i18n.T("Édition")},
		{Key: "quantity", Title: i18n.T("Mouvement"), Width: 100}, {Key: "cause", Title: i18n.T("Cause"), Width: 170, Rank: 1}},
		func() int { return len(moves) }, func(i int) []widgets.Cell {
			x := moves[i]
			return []widgets.Cell{{Text: x.Date.Field(), Muted: true}, {Text: x.Edition.Name()}, {Text: signed(x.Quantity)},
				{Text: i18n.T(order.Causes.Label(x.Cause)), Muted: true}}
		})
	var content fyne.CanvasObject = container.NewGridWithRows(2, left, past)
	if len(levels) == 0 && len(moves) == 0 {
		content = widgets.NewEmpty("archive", i18n.T("Aucun exemplaire sur papier"),
			i18n.T("Notez un tirage : le stock suivra les envois et les retours."))
	}
	m = widgets.NewModal(i18n.T("Stock"), content, v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Fiche pour l’imprimeur…"), "document", func() { m.Close(); v.AskTicket() }),
		widgets.NewButton(i18n.T("Noter un mouvement…"), "add", func() { m.Close(); v.AskMove() }),
		widgets.NewMainButton(i18n.T("Fermer"), "", m.Close))
	m.Show(820, 480)
}

func signed(n int) string {
	if n > 0 {
		return "+" + repertoire.Thousands(int64(n))
	}
	return "−" + repertoire.Thousands(int64(-n))
}

// editionSelect offers the frozen editions.
func (v *View) editionSelect() *widgets.Select {
	s := widgets.NewSelect(editionNames(v.editions), nil)
	if len(v.editions) > 0 {
		s.SetSelectedIndex(0)
	}
	return s
}

func (v *View) editionChosen(s *widgets.Select) string {
	if i := s.SelectedIndex(); i >= 0 && i < len(v.editions) {
		return string(v.editions[i].ID)
	}
	return ""
}

// AskMove notes copies that came or went.
func (v *View) AskMove() {
	f := &form{entries: map[string]*widgets.Entry{}}
	edition := v.editionSelect()
	var labels []string
	var causes []order.Cause
	for _, c := range order.Causes {
		if c.Value != order.Sale { // sales move the stock by themselves
			labels, causes = append(labels, i18n.T(c.Label)), append(causes, c.Value)
		}
	}
	cause := widgets.NewSelect(labels, nil)
	cause.SetSelectedIndex(0)
	content := widgets.Column(8, widgets.NewField("edition", i18n.T("Édition figée"), widgets.Framed(edition)),
		widgets.NewField("cause", i18n.T("Cause"), widgets.Framed(cause)),
		f.field("quantity", i18n.T("Exemplaires"), ""), f.field("note", i18n.T("Note"), ""))
	q := v.ask(i18n.T("Mouvement de stock"), i18n.T("Noter"), "check", 620, content, func(q *question) {
		n, err := strconv.Atoi(strings.TrimPrefix(f.text("quantity"), "+"))
		if err != nil {
			q.refuse(repertoire.Refuse("« %s » n’est pas un nombre d’exemplaires. Rien n’a été enregistré.", f.text("quantity")).Error())
			return
		}
		c := causes[cause.SelectedIndex()]
		if (c == order.GivenAway || c == order.Lost) && n > 0 {
			n = -n
		}
		v.write(func(ctx context.Context) func() {
			l, err := v.door.Orders().Move(ctx, v.editionChosen(edition), n, c, f.text("note"))
			return func() {
				if err != nil {
					q.refuse(err.Error())
					return
				}
				q.modal.Close()
				v.say(widgets.Success, i18n.T("Il y a maintenant %s exemplaires de « %s ».", repertoire.Thousands(int64(l.Copies)),
					l.Edition.Name()))
			}
		})
	})
	q.modal.Focus(f.entries["quantity"])
}

// AskTicket writes the ticket that goes to the printer with the files.
func (v *View) AskTicket() {
	f := &form{entries: map[string]*widgets.Entry{}}
	edition := v.editionSelect()
	content := widgets.Column(8, widgets.NewField("edition", i18n.T("Édition figée"), widgets.Framed(edition)),
		f.field("quantity", i18n.T("Exemplaires"), "200"),
		f.field("inside", i18n.T("Papier intérieur"), ""), f.field("cover", i18n.T("Papier de couverture"), ""),
		f.field("binding", i18n.T("Façonnage"), ""),
		f.field("colours", i18n.T("Impression"), ""), f.field("wanted", i18n.T("Livraison souhaitée"), ""),
		f.field("note", i18n.T("Note"), ""))
	v.ask(i18n.T("Fiche pour l’imprimeur"), i18n.T("Écrire…"), "document", 620, content, func(q *question) {
		n, err := strconv.Atoi(f.text("quantity"))
		wanted, dateErr := repertoire.ParseDate(f.text("wanted"))
		if err != nil || dateErr != nil {
			q.refuse(repertoire.Refuse(
				"La quantité est un nombre entier et la livraison un jour (31/12/2026). Rien n’a été écrit.").Error())
			return
		}
		id := v.editionChosen(edition)
		t := paper.Ticket{Quantity: n, Inside: f.text("inside"), Cover: f.text("cover"), Binding: f.text("binding"),
			Colours: f.text("colours"), Wanted: wanted, Note: f.text("note")}
		q.modal.Close()
		v.saveTable("fiche-imprimeur.pdf", i18n.T("Fiche pour l’imprimeur"), func(ctx context.Context, path string) error {
			_, err := v.door.Orders().JobTicket(ctx, id, t, nil, path)
			return err
		})
	})
}
