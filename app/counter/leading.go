package counter

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// What a step lacks and a person can say is asked for, and the step goes on: the
// first sale leads through stock, seller and address without a setting opened.

// lead asks for what an error says is missing, then does again what was refused;
// what nobody can give is refused where it was asked for.
func (v *View) lead(o order.Order, err error, again func(), refuse func(string)) {
	e := new(repertoire.Error)
	if !errors.As(err, &e) || e.Kind != repertoire.Refused {
		refuse(err.Error())
		return
	}
	switch e.Field {
	case "seller":
		v.AskSeller(again)
	case "billing":
		v.EditBuyerOf(o, again)
	case "vat", "vat_number":
		v.AskTreatment(o, err.Error(), again)
	case "quantity":
		v.askPrinted(o, err, again, refuse)
	default:
		refuse(err.Error())
	}
}

// SendCopy serves a free digital order in one press.
func (v *View) SendCopy(o order.Order) {
	v.fulfil(o, orders.FulfilOptions{}, func() {}, func(s string) { v.say(widgets.Failure, s) })
}

// fulfil delivers an order, asking for the copies that the stock lacks.
func (v *View) fulfil(o order.Order, opt orders.FulfilOptions, done func(), refuse func(string)) {
	v.alone.Do(v.pace, v.OnJob, i18n.T("Préparation de la commande %s", o.Number()), func(ctx context.Context,
		progress task.Progress) (func(), error) {
		f, err := v.door.Orders().Fulfil(ctx, string(o.ID), opt, progress)
		return func() {
			done()
			said := i18n.T("La commande %s est « %s ».", o.Number(), i18n.T(order.States.Label(f.Order.State())))
			for _, l := range f.Low {
				said += " " + i18n.T("Stock bas : il reste %s exemplaires de « %s ».", repertoire.Thousands(int64(l.Copies)),
					l.Edition.Name())
			}
			v.say(widgets.Success, said)
			v.Reload()
			if len(f.Files) > 0 {
				v.openPath(f.Files[len(f.Files)-1])
			}
		}, err
	}, func(err error) { v.lead(o, err, func() { v.fulfil(o, opt, done, refuse) }, refuse) })
}

// askPrinted asks how many copies came from the printer of the editions of which
// an order takes more than there are.
func (v *View) askPrinted(o order.Order, refused error, again func(), refuse func(string)) {
	v.write(func(ctx context.Context) func() {
		levels, err := v.door.Orders().Stock(ctx)
		return func() {
			if err != nil {
				refuse(err.Error())
				return
			}
			var lacking []order.Edition
			for _, e := range o.Editions(order.Paper) {
				have := 0
				for _, l := range levels {
					if l.Edition.ID == e.ID {
						have = l.Copies
					}
				}
				if have < o.OnPaper()[e.ID] {
					lacking = append(lacking, e)
				}
			}
			if len(lacking) == 0 {
				refuse(refused.Error())
				return
			}
			v.askCopies(lacking, again)
		}
	})
}

func (v *View) askCopies(lacking []order.Edition, again func()) {
	content := widgets.Column(8, widgets.NewFlushParagraph(i18n.T(
		"Le stock n’a pas encore assez d’exemplaires. Combien en avez-vous reçus de l’imprimeur ? La livraison continue ensuite.")))
	fields := make([]*widgets.Entry, len(lacking))
	for i, e := range lacking {
		fields[i] = widgets.NewEntry()
		fields[i].SetPlaceHolder(i18n.T("par exemple 200"))
		content.Add(widgets.NewFlushParagraph(e.Name()))
		content.Add(widgets.NewField("copies", i18n.T("Exemplaires reçus"), fields[i]))
	}
	q := v.ask(i18n.T("Exemplaires reçus de l’imprimeur"), i18n.T("Noter et continuer"), "archive", 560, content, func(q *question) {
		counts := make([]int, len(lacking))
		for i, f := range fields {
			n, err := strconv.Atoi(strings.TrimSpace(f.Text))
			if err != nil || n < 1 {
				q.refuse(i18n.T("« %s » n’est pas un nombre d’exemplaires. Rien n’a été enregistré.", f.Text))
				return
			}
			counts[i] = n
		}
		v.then(q, again, func(ctx context.Context, d *orders.Room) error {
			for i, e := range lacking {
				if _, err := d.Move(ctx, string(e.ID), counts[i], order.PrintRun, ""); err != nil {
					return err
				}
			}
			return nil
		})
	})
	q.modal.Focus(fields[0])
}

// then writes the answer of a question, closes it and goes on.
func (v *View) then(q *question, again func(), write func(ctx context.Context, d *orders.Room) error) {
	v.write(func(ctx context.Context) func() {
		err := write(ctx, v.door.Orders())
		return func() {
			if err != nil {
				q.refuse(err.Error())
				return
			}
			q.modal.Close()
			v.Reload()
			if again != nil {
				again()
			}
		}
	})
}

// AskInvoice issues the invoice, which nothing changes any more.
func (v *View) AskInvoice(o order.Order) {
	text := widgets.Column(8, widgets.NewFlushParagraph(i18n.T(
		"La facture de %s prendra le numéro suivant et ne changera plus. Elle ne s’annule que par un avoir.", o.Totals().Gross.French())))
	for _, m := range order.Mentions(o.Regime, o.Lines) {
		text.Add(widgets.NewParagraph(i18n.T("Elle portera : %s.", m), theme.ColorMuted))
	}
	for _, s := range o.Warnings() {
		text.Add(widgets.NewFlushParagraph(s))
	}
	v.ask(i18n.T("Facturer la commande %s", o.Number()), i18n.T("Facturer"), "document", 520, text, func(q *question) {
		v.invoice(o, q.modal.Close, q.refuse)
	})
}

func (v *View) invoice(o order.Order, done func(), refuse func(string)) {
	v.try(func(ctx context.Context, d *orders.Room) (string, error) {
		i, err := d.Invoice(ctx, string(o.ID), "")
		if err != nil {
			return "", err
		}
		fyne.Do(done)
		return i18n.T("Facture %s émise : %s.", i.Number(), i.Totals.Gross.French()), nil
	}, func(err error) { v.lead(o, err, func() { v.invoice(o, done, refuse) }, refuse) })
}

// AskSeller asks who sells, which an invoice must say, and goes on.
func (v *View) AskSeller(again func()) {
	s := v.settings
	f := &form{entries: map[string]*widgets.Entry{}}
	regime, chosen := regimes(s)
	content := widgets.Column(8, widgets.NewFlushParagraph(i18n.T(
		"Une facture nomme le vendeur : ces lignes se demandent une fois. Le régime de TVA est celui que dit votre comptable.")),
		f.field("name", i18n.T("Nom"), s.Seller.Name), f.field("status", i18n.T("Statut"), s.Seller.Status),
		f.area("address", i18n.T("Adresse"), s.Seller.Address.Lines),
		f.pair("postcode", i18n.T("Code postal"), s.Seller.Address.PostCode, "city", i18n.T("Ville"), s.Seller.Address.City),
		f.pair("siret", i18n.T("SIRET"), s.Seller.SIRET, "siren", i18n.T("ou SIREN"), s.Seller.SIREN),
		widgets.NewField("regime", i18n.T("Régime"), widgets.Framed(regime)),
		f.field("vat", i18n.T("N° de TVA"), s.Seller.VATNumber),
		f.pair("email", i18n.T("Courriel"), s.Seller.Email, "phone", i18n.T("Téléphone"), s.Seller.Phone),
		f.pair("iban", i18n.T("IBAN"), s.Seller.IBAN, "bic", i18n.T("BIC"), s.Seller.BIC))
	f.entries["status"].SetPlaceHolder(i18n.T("Association régie par la loi du 1er juillet 1901"))
	q := v.ask(i18n.T("Qui vend ?"), i18n.T("Enregistrer et continuer"), "save", 720, content, func(q *question) {
		v.then(q, again, func(ctx context.Context, d *orders.Room) error {
			now, err := d.Settings(ctx)
			if err != nil {
				return err
			}
			now.Regime = chosen()
			f.seller(&now.Seller)
			if err := now.Ready(); err != nil {
				return err
			}
			_, err = d.SaveSettings(ctx, now)
			return err
		})
	})
	q.modal.Focus(f.entries["name"])
}

// AskTreatment lets the VAT of an order be chosen; why is what the rules could
// not decide, "" when the officer asks.
func (v *View) AskTreatment(o order.Order, why string, again func()) {
	content := widgets.Column(8)
	if why != "" {
		content.Add(widgets.NewFlushParagraph(why))
	}
	p := o.Proposal()
	if len(p.Places) > 0 {
		content.Add(widgets.NewField("", i18n.T("Destination"), widgets.NewFlushParagraph(strings.Join(p.Places, " ; "))))
	}
	labels := []string{i18n.T("Selon la destination")}
	for _, c := range p.Choices {
		labels = append(labels, i18n.T(c.Label))
	}
	choice := widgets.NewSelect(labels, nil)
	choice.SetSelectedIndex(0)
	content.Add(widgets.NewField("vat", i18n.T("TVA"), widgets.Framed(choice)))
	content.Add(widgets.NewParagraph(i18n.T(
		"Ce que les règles ne disent pas se demande au comptable ; sa décision peut se noter une fois pour toutes dans les réglages."),
		theme.ColorMuted))
	v.ask(i18n.T("TVA de la commande %s", o.Number()), i18n.T("Appliquer"), "check", 620, content, func(q *question) {
		var chosen order.Treatment
		if i := choice.SelectedIndex(); i > 0 {
			chosen = p.Choices[i-1].Value
		}
		v.then(q, again, func(ctx context.Context, d *orders.Room) error {
			_, err := d.Retax(ctx, string(o.ID), chosen)
			return err
		})
	})
}
