package counter

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
)

// ShowBuyers lists the buyers; Enter opens one.
func (v *View) ShowBuyers() {
	v.write(func(ctx context.Context) func() {
		list, err := v.door.Orders().Buyers(ctx, "")
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.listBuyers(list)
		}
	})
}

func (v *View) listBuyers(list []order.Buyer) {
	var m *widgets.Modal
	content := widgets.NewEmpty("person", i18n.T("Aucun acheteur"), i18n.T("Un acheteur est noté avec sa première commande."))
	if len(list) > 0 {
		t := widgets.NewTable([]widgets.TableColumn{{Key: "name", Title: i18n.T("Acheteur")},
			{Key: "siret", Title: i18n.T("SIRET"), Width: 150, Rank: 1},
			{Key: "city", Title: i18n.T("Ville"), Width: 150, Rank: 2}, {Key: "member", Title: i18n.T("Adhésion"), Width: 140, Rank: 1}},
			func() int { return len(list) }, func(i int) []widgets.Cell {
				b := list[i]
				return []widgets.Cell{{Text: b.Name}, {Text: b.SIRET, Muted: true}, {Text: b.Billing.City, Muted: true},
					{Text: membership(b), Muted: true}}
			})
		t.List.OnActivated = func(i int) {
			m.Close()
			v.EditBuyer(list[i])
		}
		content = t
		defer func() { m.Focus(t.List); t.List.Select(0) }()
	}
	m = widgets.NewModal(i18n.T("Acheteurs"), content, v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Nouvel acheteur"), "add", func() { m.Close(); v.EditBuyer(order.Buyer{}) }),
		widgets.NewMainButton(i18n.T("Fermer"), "", m.Close))
	m.Show(760, 460)
}

func membership(b order.Buyer) string {
	switch {
	case !b.Member:
		return ""
	case b.MemberUntil != "":
		return i18n.T("jusqu’au %s", b.MemberUntil.Field())
	}
	return i18n.T("adhérent")
}

// EditBuyerOf shows the buyer of an order, whose invoice lacks something of it,
// and goes on once it is written.
func (v *View) EditBuyerOf(o order.Order, again func()) {
	v.write(func(ctx context.Context) func() {
		b, err := v.door.Orders().Buyer(ctx, string(o.Buyer.ID))
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.editBuyer(b, i18n.T("Une facture porte l’adresse de l’acheteur : complétez-la, la facture suit."), again)
		}
	})
}

// EditBuyer shows a buyer to write.
func (v *View) EditBuyer(b order.Buyer) { v.editBuyer(b, "", nil) }

func (v *View) editBuyer(b order.Buyer, why string, again func()) {
	f := &form{entries: map[string]*widgets.Entry{}}
	member := widgets.NewCheck(i18n.T("Adhérent"), nil)
	member.SetChecked(b.Member)
	content := widgets.Column(8,
		f.field("name", i18n.T("Nom"), b.Name), f.field("siren", i18n.T("SIREN"), b.SIREN), f.field("siret", i18n.T("SIRET"), b.SIRET),
		f.field("vat", i18n.T("N° de TVA"), b.VATNumber), f.field("contact", i18n.T("À l’attention de"), b.Contact),
		f.field("email", i18n.T("Courriel"), b.Email), f.field("phone", i18n.T("Téléphone"), b.Phone),
		f.area("billing", i18n.T("Facturation"), b.Billing.Lines),
		f.pair("postcode", i18n.T("Code postal"), b.Billing.PostCode, "city", i18n.T("Ville"), b.Billing.City),
		f.field("country", i18n.T("Pays"), cmp.Or(b.Billing.CountryName, b.Billing.Country)),
		f.area("delivery", i18n.T("Livraison"), b.Delivery.Lines),
		f.pair("ship-postcode", i18n.T("Code postal"), b.Delivery.PostCode, "ship-city", i18n.T("Ville"), b.Delivery.City),
		f.field("ship-country", i18n.T("Pays de livraison"), cmp.Or(b.Delivery.CountryName, b.Delivery.Country)),
		f.pair("service", i18n.T("Code service"), b.ServiceCode, "endpoint", i18n.T("Adresse de facturation électronique"), b.Endpoint),
		widgets.NewField("member", "", member),
		f.pair("from", i18n.T("Adhésion du"), b.MemberFrom.Field(), "until", i18n.T("au"), b.MemberUntil.Field()))
	if why != "" {
		content.Objects = append([]fyne.CanvasObject{widgets.NewFlushParagraph(why)}, content.Objects...)
	}
	q := v.ask(i18n.T("Acheteur"), i18n.T("Enregistrer"), "save", 700, content, func(q *question) {
		b := b
		b.Name, b.SIREN, b.SIRET, b.VATNumber = f.text("name"), f.text("siren"), f.text("siret"), f.text("vat")
		b.Contact, b.Email, b.Phone, b.ServiceCode, b.Member = f.text("contact"), f.text("email"), f.text("phone"), f.text("service"),
			member.Checked
		b.Billing.Lines, b.Billing.PostCode, b.Billing.City = f.list("billing"), f.text("postcode"), f.text("city")
		b.Delivery.Lines, b.Delivery.PostCode, b.Delivery.City = f.list("delivery"), f.text("ship-postcode"), f.text("ship-city")
		b.Billing.Country, b.Delivery.Country, b.Endpoint = f.text("country"), f.text("ship-country"), f.text("endpoint")
		var err error
		if b.MemberFrom, err = repertoire.ParseDate(f.text("from")); err == nil {
			b.MemberUntil, err = repertoire.ParseDate(f.text("until"))
		}
		if err != nil {
			q.refuse(err.Error())
			return
		}
		v.then(q, func() {
			v.say(widgets.Success, i18n.T("Acheteur enregistré : %s.", b.Name))
			if again != nil {
				again()
			}
		}, func(ctx context.Context, d *orders.Room) error {
			_, err := d.SaveBuyer(ctx, b)
			return err
		})
	})
	if again != nil {
		q.modal.Focus(f.entries["billing"])
		return
	}
	q.modal.Focus(f.entries["name"])
}

// form is a few labelled entries.
type form struct{ entries map[string]*widgets.Entry }

func (f *form) entry(name, text string) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(text)
	f.entries[name] = e
	return e
}

func (f *form) field(name, label, text string) fyne.CanvasObject {
	return widgets.NewField(name, label, f.entry(name, text))
}

func (f *form) pair(a, labelA, textA, b, labelB, textB string) fyne.CanvasObject {
	return widgets.Shares(16, []float32{1, 1}, f.field(a, labelA, textA), f.field(b, labelB, textB))
}

func (f *form) text(name string) string { return strings.TrimSpace(f.entries[name].Text) }

// area is a field of several lines: an address.
func (f *form) area(name, label string, lines []string) fyne.CanvasObject {
	e := widgets.NewTextArea(2)
	e.SetText(strings.Join(lines, "\n"))
	f.entries[name] = e
	return widgets.NewField(name, label, e)
}

// list gives the lines of an address.
func (f *form) list(name string) []string { return nonEmpty(strings.Split(f.text(name), "\n")...) }
