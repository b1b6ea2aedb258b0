package counter

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/workspace/orders"
)

// AskCredit issues a credit note of some copies of an invoice.
func (v *View) AskCredit(o order.Order) {
	v.write(func(ctx context.Context) func() {
		list, err := v.door.Orders().Documents(ctx, o)
		return func() {
			if err != nil || len(list) == 0 {
				if err != nil {
					v.fail(err)
				}
				return
			}
			v.askCredit(o, list[0])
		}
	})
}

func (v *View) askCredit(o order.Order, invoice order.Invoice) {
	f := &form{entries: map[string]*widgets.Entry{}}
	content := widgets.Column(8, widgets.NewFlushParagraph(
		i18n.T("Combien d’exemplaires de chaque ligne de la facture %s l’avoir reprend-il ?", invoice.Number())))
	for i, l := range invoice.Lines {
		content.Add(widgets.NewFlushParagraph(l.Name()))
		content.Add(f.field("line"+strconv.Itoa(i), i18n.T("repris, sur %s", strconv.Itoa(l.Quantity)), "0"))
	}
	content.Add(f.field("reason", i18n.T("Motif"), ""))
	back := widgets.NewCheck(i18n.T("Les exemplaires sont revenus au stock"), nil)
	if len(o.OnPaper()) > 0 {
		content.Add(widgets.NewField("back", "", back))
	}
	q := v.ask(i18n.T("Avoir partiel"), i18n.T("Émettre l’avoir"), "document", 560, content, func(q *question) {
		t := orders.Taken{Reason: f.text("reason"), Returned: back.Checked}
		for i := range invoice.Lines {
			text := f.text("line" + strconv.Itoa(i))
			n, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil && text != "" {
				q.refuse(i18n.T("« %s » n’est pas un nombre d’exemplaires. Rien n’a été enregistré.", text))
				return
			}
			t.Copies = append(t.Copies, n)
		}
		v.act(func(ctx context.Context, d *orders.Room) (string, error) {
			c, err := d.TakeBack(ctx, string(o.ID), t)
			if err != nil {
				return "", err
			}
			fyne.Do(q.modal.Close)
			return i18n.T("Avoir %s émis : %s.", c.Credit.Number(), c.Credit.Totals.Gross.French()), nil
		}, q.refuse)
	})
	q.modal.Focus(f.entries["line0"])
}
