package counter

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// unknown lists the series whose last number nothing tells: the base came from
// a backup, and no other number is given before somebody said which was last.
func unknown(list []orders.LastNumber) []orders.LastNumber {
	return slices.DeleteFunc(list, func(x orders.LastNumber) bool { return x.Known })
}

// askNumbers asks for them as soon as the counter is looked at, once.
func (v *View) askNumbers(list []orders.LastNumber) {
	if len(list) == 0 || v.asked {
		return
	}
	v.asked = true
	v.AskNumbers(list)
}

// AskNumbers asks for the last number of each series, as the papers bear it.
func (v *View) AskNumbers(list []orders.LastNumber) {
	content := widgets.Column(8, widgets.NewFlushParagraph(
		i18n.T("Cette base vient d’une sauvegarde, et rien ne dit quels numéros ont été donnés depuis. Pour qu’aucun ne serve deux fois, aucun autre n’est donné avant que vous ayez écrit le dernier de chaque série, d’après vos documents.")))
	var fields []*widgets.Entry
	for _, x := range list {
		e := widgets.NewEntry()
		e.SetText(x.Number)
		e.SetPlaceHolder(i18n.T("Vide : aucun cette année"))
		fields = append(fields, e)
		content.Add(widgets.NewField(x.Series, i18n.T("Dernier numéro %s", series(v.settings, x)), e))
	}
	v.ask(i18n.T("Derniers numéros émis"), i18n.T("Noter"), "check", 560, content, func(q *question) {
		v.act(func(ctx context.Context, d *orders.Room) (string, error) {
			for i, x := range list {
				text := strings.TrimSpace(fields[i].Text)
				if text == "" {
					text = order.Number(x.Series, x.Year, 0)
				}
				if head := order.Number(x.Series, x.Year, 0); !strings.HasPrefix(strings.ToUpper(text), head[:len(head)-4]) {
					return "", repertoire.Refuse("%s", i18n.T("« %s » n’est pas de la série %s : écrivez le numéro comme sur le document.",
						text, order.Number(x.Series, x.Year, 12)))
				}
				if _, err := d.GiveLastNumber(ctx, text); err != nil {
					return "", err
				}
			}
			fyne.Do(q.modal.Close)
			return i18n.T("Les derniers numéros sont notés : la numérotation reprend après eux."), nil
		}, q.refuse)
	})
}

// series names what numbers are of.
func series(s order.Settings, x orders.LastNumber) string {
	switch x.Series {
	case s.InvoiceSeries:
		return i18n.T("de facture (%s)", order.Number(x.Series, x.Year, 12))
	case s.CreditSeries:
		return i18n.T("d’avoir (%s)", order.Number(x.Series, x.Year, 12))
	}
	return i18n.T("de commande (%s)", order.Number(x.Series, x.Year, 12))
}
