package counter

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// dot is the colour a state is told apart by, beside its name.
func dot(s order.State) fyne.ThemeColorName {
	switch s {
	case order.Received, order.Confirmed, order.Preparing:
		return fynetheme.ColorNamePrimary
	case order.Shipped, order.Transmitted, order.Invoiced:
		return fynetheme.ColorNameWarning
	case order.Paid:
		return fynetheme.ColorNameSuccess
	}
	return theme.ColorMuted
}

// dotOf is that of a row: a free order that has left waits for nothing.
func dotOf(o orders.Row) fyne.ThemeColorName {
	if o.Gross == 0 && (o.State == order.Shipped || o.State == order.Transmitted) {
		return fynetheme.ColorNameSuccess
	}
	return dot(o.State)
}

// step is the one thing to do next with an order.
type step struct {
	label, icon string
	do          func(o order.Order)
}

// next gives the next step of an order, false when it has come to its end.
func (v *View) next(o order.Order) (step, bool) {
	switch o.State() {
	case order.Received, order.Confirmed, order.Preparing:
		switch {
		case len(o.OnPaper()) > 0:
			return step{i18n.T("Expédier…"), "archive", v.AskFulfil}, true
		case o.Free(): // nothing to ask: the copy bears the buyer's name
			return step{i18n.T("Envoyer la copie"), "mail", v.SendCopy}, true
		}
		return step{i18n.T("Transmettre…"), "mail", v.AskFulfil}, true
	case order.Shipped, order.Transmitted:
		if o.Free() {
			return step{}, false
		}
		return step{i18n.T("Facturer…"), "document", v.AskInvoice}, true
	case order.Invoiced:
		return step{i18n.T("Encaisser…"), "check", v.AskPay}, true
	}
	return step{}, false
}

// showOrder fills the right pane.
func (v *View) showOrder(o order.Order) {
	heading := widgets.NewTitle(o.Number())
	who := widgets.NewBold(o.Buyer.Name)
	actions := widgets.Flow(6)
	if s, ok := v.next(o); ok {
		actions.Add(widgets.NewMainButton(s.label, s.icon, func() { s.do(o) }))
	}
	switch o.State() {
	case order.Received:
		actions.Add(widgets.NewButton(i18n.T("Confirmer"), "check", func() { v.advance(order.Confirmed)(o) }))
	case order.Confirmed:
		actions.Add(widgets.NewButton(i18n.T("Préparer"), "archive", func() { v.advance(order.Preparing)(o) }))
	case order.Invoiced:
		actions.Add(widgets.NewButton(i18n.T("Relancer…"), "mail", func() { v.AskReminder(o) }))
	}
	actions.Add(widgets.NewButton(i18n.T("Documents"), "document", func() { v.ShowPapers(o) }))
	if o.State() != order.Invoiced && o.Due() != 0 || o.Invoice == "" && !o.Free() && o.State() != order.Cancelled {
		actions.Add(widgets.NewButton(i18n.T("Paiement…"), "check", func() { v.AskPay(o) }))
	}
	if o.Invoice != "" && o.State() != order.Cancelled {
		actions.Add(widgets.NewButton(i18n.T("Avoir partiel…"), "document", func() { v.AskCredit(o) }))
	}
	if o.State() != order.Cancelled {
		actions.Add(widgets.NewButton(i18n.T("Annuler la commande…"), "", func() { v.AskCancel(o) }))
	}
	head := widgets.Column(6, heading, who, v.steps(o))
	column := widgets.Column(12, head, actions, widgets.Rule(), v.lines(o), widgets.Rule(), v.facts(o))
	v.detail.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Inset(16, 12, column))}
	v.detail.Refresh()
}

// steps shows how far the order has come, each step with its day.
func (v *View) steps(o order.Order) fyne.CanvasObject {
	row := widgets.Flow(6)
	for i, s := range o.Steps {
		background, ink := fynetheme.ColorNameButton, fynetheme.ColorNameForeground
		if i == len(o.Steps)-1 {
			background, ink = theme.ColorAccentSoft, fynetheme.ColorNamePrimary
		}
		row.Add(widgets.NewChip(i18n.T(order.States.Label(s.State))+" "+repertoire.DateOf(s.At.Local()).Field(), background, ink))
	}
	return row
}

func (v *View) lines(o order.Order) fyne.CanvasObject {
	column := widgets.Column(4)
	line := func(name, quantity, amount string, bold bool) {
		q, a := widgets.NewMuted(quantity), widgets.NewText(amount)
		a.Bold, q.Fixed, a.Fixed = bold, true, true
		a.Align = fyne.TextAlignTrailing
		right := container.NewHBox(q, widgets.Wide(96, a))
		if bold {
			n := widgets.NewBold(name)
			column.Add(widgets.Tall(24, container.NewBorder(nil, nil, nil, right, n)))
			return
		}
		// The name wraps: two editions of one répertoire differ at its end.
		column.Add(container.NewBorder(nil, nil, nil, container.NewVBox(right), widgets.NewFlushParagraph(name)))
	}
	for _, l := range o.Lines {
		quantity := ""
		if !l.Postage {
			quantity = repertoire.Thousands(int64(l.Quantity)) + " × " + l.Unit.French()
		}
		if l.Discount > 0 {
			quantity += " − " + l.Discount.French()
		}
		line(l.Name(), quantity, l.Amount().French(), false)
	}
	t := o.Totals()
	if t.Tax != 0 {
		line(i18n.T("Total hors taxes"), "", t.Net.French(), false)
		line(i18n.T("TVA"), "", t.Tax.French(), false)
	}
	line(i18n.T("Total à payer"), "", t.Gross.French(), true)
	return column
}

func (v *View) facts(o order.Order) fyne.CanvasObject {
	column := widgets.Column(4)
	add := func(label, value string) {
		if value != "" {
			column.Add(widgets.NewField("", label, widgets.NewFlushParagraph(value)))
		}
	}
	add(i18n.T("Reçue le"), o.Date.Field())
	add(i18n.T("Adresse"), strings.Join(o.Buyer.Billing.Written(), ", "))
	if !o.Buyer.Delivery.IsZero() {
		add(i18n.T("Livraison"), strings.Join(o.Buyer.Delivery.Written(), ", "))
	}
	add(i18n.T("Courriel"), o.Buyer.Email)
	add(i18n.T("SIRET"), o.Buyer.SIRET)
	if o.Member {
		add(i18n.T("Adhésion"), i18n.T("adhérent au jour de la commande"))
	}
	add(i18n.T("Code service"), o.Buyer.ServiceCode)
	add(i18n.T("Numéro d’engagement"), o.Commitment)
	add(i18n.T("Référence de l’acheteur"), o.Reference)
	for _, m := range order.Mentions(o.Regime, o.Lines) {
		add(i18n.T("TVA"), m)
	}
	for _, p := range o.Paid() {
		add(i18n.T("Paiement"), p.Date.Field()+", "+p.Amount.French()+" "+p.Means)
	}
	if o.Invoice != "" && o.Due() != 0 {
		add(i18n.T("Reste dû"), o.Due().French())
	}
	for _, id := range o.Credits {
		add(i18n.T("Avoir"), v.numbers[id])
	}
	add(i18n.T("Suivi du colis"), o.Tracking)
	add(i18n.T("Facture"), v.numbers[o.Invoice])
	add(i18n.T("Avoir"), v.numbers[o.Credit])
	for _, day := range o.Reminded {
		add(i18n.T("Relancée le"), day.Field())
	}
	if o.PaidOn != "" {
		add(i18n.T("Payée le"), o.PaidOn.Field()+" ("+o.PaidBy+")")
	}
	for _, c := range o.Copies {
		add(i18n.T("Copie pour %s", c.Recipient), c.File+" · SHA-256 "+c.SHA256[:min(16, len(c.SHA256))]+"…")
	}
	p := o.Proposal()
	add(i18n.T("Destination"), strings.Join(p.Places, " ; "))
	add(i18n.T("TVA appliquée"), strings.Join(p.Treated, " ; "))
	add(i18n.T("Mention légale"), strings.Join(p.Mentions, " ; "))
	if o.Invoice == "" && len(p.Places) > 0 && o.State() != order.Cancelled {
		column.Add(widgets.NewField("", "", container.NewHBox(
			widgets.NewQuietButton(i18n.T("Changer la TVA…"), "settings", func() { v.AskTreatment(o, "", nil) }))))
	}
	add(i18n.T("Note"), o.Note)
	return column
}

// act does a step off the interface thread; what is refused is said where the
// step was asked for.
func (v *View) act(work func(ctx context.Context, d *orders.Room) (said string, err error), refused func(string)) {
	v.try(work, func(err error) { refused(err.Error()) })
}

// try is act for who can mend what is refused.
func (v *View) try(work func(ctx context.Context, d *orders.Room) (said string, err error), refused func(error)) {
	v.write(func(ctx context.Context) func() {
		said, err := work(ctx, v.door.Orders())
		return func() {
			if err != nil {
				refused(err)
				return
			}
			v.say(widgets.Success, said)
			v.Reload()
		}
	})
}

func (v *View) advance(to order.State) func(order.Order) {
	return func(o order.Order) {
		v.act(func(ctx context.Context, d *orders.Room) (string, error) {
			_, err := d.Advance(ctx, string(o.ID), to)
			return i18n.T("La commande %s est « %s ».", o.Number(), i18n.T(order.States.Label(to))), err
		}, func(s string) { v.say(widgets.Failure, s) })
	}
}

// question is a dialog that stays with its refusal until it is answered well.
type question struct {
	modal       *widgets.Modal
	notice      *widgets.Notice
	close, main *widgets.Button
	content     fyne.CanvasObject
	scroll      *container.Scroll
	width, room float32 // what it takes, and the height the window has
}

// ask shows a dialog. Its refusal stands between content and buttons, always in
// view: a content too tall for the window scrolls above it.
func (v *View) ask(title, yes, icon string, width float32, content fyne.CanvasObject, do func(q *question)) *question {
	q := &question{notice: widgets.NewNotice(), width: width}
	scroll := container.NewVScroll(container.NewBorder(nil, nil, nil, widgets.Wide(14, widgets.NewText("")), content))
	q.content, q.scroll, q.room = content, scroll, v.window.Canvas().Size().Height-60
	q.modal = widgets.NewModal(title, container.NewBorder(nil, q.notice, nil, nil, scroll), v.window)
	q.close = widgets.NewButton(i18n.T("Fermer"), "", q.modal.Close)
	q.main = widgets.NewMainButton(yes, icon, func() { do(q) })
	q.modal.SetButtons(q.close, q.main)
	q.notice.OnRoom = q.fit
	q.modal.Show(width, 0)
	q.fit()
	return q
}

// fit gives the dialog the height that content and refusal ask for, as far as
// the window has it.
func (q *question) fit() {
	for range 2 { // what wraps knows its height once it has its width
		want := q.content.MinSize().Height
		rest := q.modal.Height() - q.scroll.Size().Height
		q.scroll.SetMinSize(fyne.NewSize(0, fyne.Max(60, fyne.Min(want, q.room-rest))))
		q.modal.Resize(q.width, 0)
	}
}

// also puts another button before the main one.
func (q *question) also(b *widgets.Button) { q.modal.SetButtons(q.close, b, q.main) }

func (q *question) refuse(sentence string) { q.notice.Say(widgets.Failure, sentence) }

// AskFulfil sends an order: digital copies are made, paper ones leave the stock.
func (v *View) AskFulfil(o order.Order) {
	tracking, recipient := widgets.NewEntry(), widgets.NewEntry()
	recipient.SetText(o.Buyer.Name)
	content := widgets.Column(8)
	if len(o.OnPaper()) > 0 {
		content.Add(widgets.NewField("tracking", i18n.T("Suivi du colis"), tracking))
	}
	if len(o.Editions(order.Digital)) > 0 {
		content.Add(widgets.NewField("recipient", i18n.T("Copie au nom de"), recipient))
		content.Add(widgets.NewParagraph(
			i18n.T("La copie numérique porte ce nom ; son empreinte est notée et un brouillon de courriel est préparé."), theme.ColorMuted))
	}
	v.ask(i18n.T("Servir la commande %s", o.Number()), i18n.T("Servir"), "check", 520, content,
		func(q *question) {
			v.fulfil(o, orders.FulfilOptions{Tracking: tracking.Text, Recipient: recipient.Text}, q.modal.Close, q.refuse)
		})
}

// AskPay notes a payment.
func (v *View) AskPay(o order.Order) {
	means := widgets.NewSelect([]string{i18n.T("virement"), i18n.T("chèque"), i18n.T("carte"), i18n.T("mandat administratif")}, nil)
	means.SetSelectedIndex(0)
	day := widgets.NewEntry()
	day.SetPlaceHolder(i18n.T("Vide : aujourd’hui"))
	amount := widgets.NewEntry()
	amount.SetPlaceHolder(i18n.T("Vide : tout ce qui est dû (%s)", o.Due().French()))
	content := widgets.Column(8, widgets.NewField("amount", i18n.T("Montant"), amount), widgets.NewField("means", i18n.T("Moyen"), means),
		widgets.NewField("day", i18n.T("Jour"), day),
		widgets.NewParagraph(i18n.T("Un montant négatif note un remboursement."), theme.ColorMuted))
	v.ask(i18n.T("Encaisser la commande %s", o.Number()), i18n.T("Encaisser"), "check", 480, content, func(q *question) {
		on, err := repertoire.ParseDate(day.Text)
		var cents order.Cents
		if text := strings.TrimSpace(amount.Text); err == nil && text != "" {
			rest, minus := strings.CutPrefix(strings.Replace(text, "−", "-", 1), "-")
			if cents, err = order.ParseCents(rest); minus {
				cents = -cents
			}
		}
		if err != nil {
			q.refuse(err.Error())
			return
		}
		v.act(func(ctx context.Context, d *orders.Room) (string, error) {
			_, err := d.Receive(ctx, string(o.ID), order.Payment{Date: on, Amount: cents, Means: means.Selected})
			if err == nil {
				fyne.Do(q.modal.Close)
			}
			return i18n.T("Le paiement de la commande %s est noté.", o.Number()), err
		}, q.refuse)
	})
}

// AskCancel cancels an order, with a credit note when it was invoiced.
func (v *View) AskCancel(o order.Order) {
	reason := widgets.NewEntry()
	back := widgets.NewCheck(i18n.T("Les exemplaires sont revenus au stock"), nil)
	content := widgets.Column(8, widgets.NewField("reason", i18n.T("Motif"), reason))
	if o.Delivered != "" && len(o.OnPaper()) > 0 {
		content.Add(back)
	}
	if o.Invoice != "" {
		content.Add(widgets.NewParagraph(i18n.T("La facture %s sera annulée par un avoir.", v.numbers[o.Invoice]), theme.ColorMuted))
	}
	q := v.ask(i18n.T("Annuler la commande %s", o.Number()), i18n.T("Annuler la commande"), "close", 520, content, func(q *question) {
		v.act(func(ctx context.Context, d *orders.Room) (string, error) {
			c, err := d.Cancel(ctx, string(o.ID), reason.Text, "", back.Checked)
			if err != nil {
				return "", err
			}
			fyne.Do(q.modal.Close)
			if c.Credit != nil {
				return i18n.T("La commande %s est annulée par l’avoir %s.", o.Number(), c.Credit.Number()), nil
			}
			return i18n.T("La commande %s est annulée.", o.Number()), nil
		}, q.refuse)
	})
	q.modal.Focus(reason)
}

func (v *View) openPath(path string) {
	if v.OnOpenPath == nil {
		return
	}
	if err := v.OnOpenPath(path); err != nil {
		v.fail(err)
	}
}

// AskReminder writes the draft that asks for an invoice past its due day.
func (v *View) AskReminder(o order.Order) {
	name := filepath.Join(files.Folder("orders"), v.numbers[o.Invoice]+"-rappel.eml")
	files.Save(v.window, "orders", name, i18n.T("Brouillon de relance"), func(path string) {
		v.write(func(ctx context.Context) func() {
			made, err := v.door.Orders().Remind(ctx, string(o.ID), path)
			return func() {
				if err != nil {
					v.fail(err)
					return
				}
				v.say(widgets.Success, i18n.T("La relance de la facture %s est prête : relisez-la et envoyez-la.", made.Title))
				v.Reload()
				v.openPath(path)
			}
		})
	})
}
