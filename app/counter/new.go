package counter

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/orders"
)

// Draft is the dialog in which an order is taken.
type Draft struct {
	view    *View
	modal   *widgets.Modal
	notice  *widgets.Notice
	pricing *task.Latest
	price   func() // prices again, soon

	buyer    string      // reference of the buyer chosen, "" for a new one
	known    order.Buyer // what is in the base of them, zero for a new one
	picker   *widgets.Picker
	name     *widgets.Entry
	fields   map[string]*widgets.Entry
	member   *widgets.Check
	shipping *widgets.Check // to another address
	ship     *fyne.Container
	items    []*item
	rows     *fyne.Container
	postage  *widgets.Entry
	total    *widgets.Text
	scroll   *container.Scroll
	prices   prices
	vat      vatPanel
	take     *widgets.Button
	send     *widgets.Button // takes and serves, where nothing is to pay or to post
	// differing is what the officer said to do of a known buyer that differs.
	differing orders.Differing
	filling   bool // the fields are filled from a buyer, not typed
}

// item is a line being typed.
type item struct {
	edition, format           *widgets.Select
	quantity, price, discount *widgets.Entry
}

// AskNew opens the dialog; without a frozen edition it says what to do first.
func (v *View) AskNew() {
	if len(v.editions) == 0 {
		widgets.Ask(i18n.T("Aucune édition n’est figée"), i18n.T("On ne vend que des éditions figées : figez-en une, puis revenez ici."),
			i18n.T("Aller aux éditions"), i18n.T("Fermer"), v.window, func() {
				if v.OnEditions != nil {
					v.OnEditions()
				}
			})
		return
	}
	v.NewDraft()
}

// NewDraft opens the dialog and gives it.
func (v *View) NewDraft() *Draft {
	d := &Draft{view: v, notice: widgets.NewNotice(), pricing: task.NewLatest(v.pace.Run), fields: map[string]*widgets.Entry{},
		rows: widgets.Column(6), total: widgets.NewText("")}
	d.total.Bold = true
	d.price = task.Later(v.pace.Typing*3, d.estimate)
	d.picker = widgets.NewPicker(i18n.T("Nom, SIREN ou SIRET"), i18n.T("Personne de ce nom : remplissez les champs ci-dessous."), v.pace,
		d.suggest)
	d.picker.OnPicked = d.pick
	d.name = d.entry("name", "")
	d.member = widgets.NewCheck(i18n.T("Adhérent"), func(bool) { d.price() })
	d.postage = d.entry("postage", i18n.T("Vide : selon le barème"))
	d.shipping = widgets.NewCheck(i18n.T("Livrer à une autre adresse"), func(bool) { d.showShipping(); d.price() })
	d.ship = widgets.Column(8,
		widgets.NewField("ship", i18n.T("Livraison"), d.area("ship", i18n.T("Une ligne par ligne de l’adresse, sans la ville"))),
		d.two("ship-postcode", i18n.T("Code postal"), "ship-city", i18n.T("Ville")),
		d.two("ship-country", i18n.T("Pays de livraison"), "phone", i18n.T("Téléphone")))
	buyer := widgets.Column(8,
		widgets.NewField("buyer", i18n.T("Qui commande"), d.picker),
		widgets.NewField("name", i18n.T("Nom"), d.name),
		d.two("siret", i18n.T("SIRET"), "email", i18n.T("Courriel")),
		widgets.NewField("address", i18n.T("Adresse"), d.area("address", i18n.T("Une ligne par ligne de l’adresse, sans la ville"))),
		d.two("postcode", i18n.T("Code postal"), "city", i18n.T("Ville")),
		d.two("country", i18n.T("Pays"), "vat", i18n.T("N° de TVA")),
		d.two("service", i18n.T("Code service"), "commitment", i18n.T("N° d’engagement")),
		d.two("reference", i18n.T("Leur référence"), "contact", i18n.T("À l’attention de")),
		widgets.NewField("member", "", container.NewHBox(d.member, d.shipping)), d.ship)
	d.fields["country"].SetPlaceHolder(i18n.T("France"))
	d.fields["ship-country"].SetPlaceHolder(i18n.T("France"))
	d.prices.make(d)
	d.vat.make(d)
	d.addItem()
	more := widgets.NewQuietButton(i18n.T("Ajouter une ligne"), "add", func() { d.addItem(); d.price() })
	column := widgets.Column(12, buyer, widgets.Rule(), d.heads(), d.rows, container.NewHBox(more), d.prices.box,
		widgets.NewField("postage", i18n.T("Frais de port"), d.postage), d.vat.box)
	d.scroll = container.NewVScroll(container.NewBorder(nil, nil, nil, widgets.Wide(14, widgets.NewText("")), column))
	// The total and what is refused are never scrolled away.
	foot := widgets.Column(8, widgets.Rule(), d.total, d.notice)
	d.modal = widgets.NewModal(i18n.T("Nouvelle commande"), container.NewBorder(nil, foot, nil, nil, d.scroll), v.window)
	d.take = widgets.NewMainButton(i18n.T("Prendre la commande"), "check", func() { d.Save(false) })
	d.send = widgets.NewButton(i18n.T("Prendre et envoyer la copie"), "mail", func() { d.Save(true) })
	d.send.Hide()
	d.modal.SetButtons(widgets.NewButton(i18n.T("Abandonner"), "", d.modal.Close), d.send, d.take)
	d.showShipping()
	size := v.window.Canvas().Size()
	d.modal.Show(fyne.Min(900, size.Width-80), fyne.Min(720, size.Height-40))
	d.notice.OnRoom = func() { d.modal.Resize(fyne.Min(900, size.Width-80), fyne.Min(720, size.Height-40)) }
	d.modal.Focus(d.picker.Entry())
	return d
}

func (d *Draft) showShipping() {
	d.ship.Hidden = !d.shipping.Checked
	d.ship.Refresh()
}

func (d *Draft) entry(name, hint string) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetPlaceHolder(hint)
	e.OnChanged = func(string) {
		// Another name or SIRET is another buyer: the one chosen before must not
		// get their address.
		if !d.filling && (name == "name" || name == "siret") {
			d.buyer, d.known = "", order.Buyer{}
			d.member.Enable()
		}
		d.price()
	}
	d.fields[name] = e
	return e
}

// area is an entry of several lines.
func (d *Draft) area(name, hint string) *widgets.Entry {
	e := widgets.NewTextArea(2)
	e.SetPlaceHolder(hint)
	e.OnChanged = func(string) { d.price() }
	d.fields[name] = e
	return e
}

// two puts two short fields on one line.
func (d *Draft) two(a, labelA, b, labelB string) fyne.CanvasObject {
	return widgets.Shares(16, []float32{1, 1}, widgets.NewField(a, labelA, d.entry(a, "")), widgets.NewField(b, labelB, d.entry(b, "")))
}

// shares are the widths of a line's fields.
func shares(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Shares(8, []float32{4.2, 1.6, 1, 1.3, 1}, objects...)
}

func (d *Draft) heads() fyne.CanvasObject {
	return shares(widgets.NewCaption(i18n.T("Édition figée")), widgets.NewCaption(i18n.T("Format")), widgets.NewCaption(i18n.T("Quantité")),
		widgets.NewCaption(i18n.T("Prix convenu")), widgets.NewCaption(i18n.T("Remise %")))
}

func (d *Draft) addItem() {
	names := editionNames(d.view.editions)
	again := func(string) { d.price() }
	it := &item{edition: widgets.NewSelect(names, again), format: widgets.NewSelect([]string{i18n.T("papier"), i18n.T("numérique")}, again),
		quantity: widgets.NewEntry(), price: widgets.NewEntry(), discount: widgets.NewEntry()}
	it.quantity.SetText("1")
	it.price.SetPlaceHolder(i18n.T("tarif"))
	for _, e := range []*widgets.Entry{it.quantity, it.price, it.discount} {
		e.OnChanged = again
	}
	d.items = append(d.items, it)
	d.rows.Add(shares(widgets.Framed(it.edition), widgets.Framed(it.format), it.quantity, it.price, it.discount))
	it.edition.SetSelectedIndex(0)
	it.format.SetSelectedIndex(0)
}

// read gives the draft as typed; what cannot be read is an error.
func (d *Draft) read() (orders.OrderDraft, error) {
	text := d.text
	in := orders.OrderDraft{Buyer: d.buyer, Commitment: text("commitment"), Reference: text("reference"), VAT: d.vat.chosen(),
		Details: order.Buyer{Name: text("name"), SIRET: text("siret"), Email: text("email"), ServiceCode: text("service"),
			Contact: text("contact"), VATNumber: text("vat"), Member: d.member.Checked, Phone: text("phone"),
			Billing: order.Address{Lines: d.lines("address"), PostCode: text("postcode"), City: text("city"), Country: text("country")}},
		Differing: d.differing}
	if d.shipping.Checked {
		in.Details.Delivery = order.Address{Lines: d.lines("ship"), PostCode: text("ship-postcode"), City: text("ship-city"),
			Country: text("ship-country")}
	}
	// A known buyer keeps the membership they have.
	if d.known.ID != "" {
		in.Details.Member = false
	}
	if s := text("postage"); s != "" {
		c, err := order.ParseCents(s)
		if err != nil {
			return in, err
		}
		in.Postage = &c
	}
	for _, it := range d.items {
		x, skip, err := it.read(d.view.editions)
		if err != nil {
			return in, err
		}
		if !skip {
			in.Items = append(in.Items, x)
		}
	}
	return in, d.prices.fill(in.Items)
}

func (d *Draft) text(name string) string { return strings.TrimSpace(d.fields[name].Text) }

func (d *Draft) lines(name string) []string { return nonEmpty(strings.Split(d.text(name), "\n")...) }

// read gives a line; an empty quantity leaves it out.
func (it *item) read(editions []books.EditionSummary) (x orders.OrderItem, skip bool, err error) {
	if strings.TrimSpace(it.quantity.Text) == "" {
		return x, true, nil
	}
	if x.Quantity, err = strconv.Atoi(strings.TrimSpace(it.quantity.Text)); err != nil {
		return x, false, repertoire.Refuse("« %s » n’est pas une quantité : écrivez un nombre entier. Rien n’a été enregistré.",
			it.quantity.Text)
	}
	if i := it.edition.SelectedIndex(); i >= 0 && i < len(editions) {
		x.Edition = string(editions[i].ID)
	}
	x.Format = order.Paper
	if it.format.SelectedIndex() == 1 {
		x.Format = order.Digital
	}
	if s := strings.TrimSpace(it.price.Text); s != "" {
		c, err := order.ParseCents(s)
		if err != nil {
			return x, false, err
		}
		x.Price = &c
	}
	if s := strings.TrimSpace(it.discount.Text); s != "" {
		if x.Discount, err = order.ParseRate(s); err != nil {
			return x, false, err
		}
	}
	return x, false, nil
}

// estimate shows what the order comes to, or what it still lacks.
func (d *Draft) estimate() {
	d.prices.show()
	in, err := d.read()
	if err != nil {
		d.total.SetText(err.Error())
		return
	}
	if in.Buyer == "" && in.Details.Name == "" && in.Details.SIRET == "" {
		d.total.SetText("") // nothing is wrong before a key is struck
		return
	}
	if d.prices.wanted() {
		d.total.SetText(i18n.T("Donnez le prix : le tarif ne l’a pas encore."))
		return
	}
	if in.Differing == orders.AskDiffering {
		in.Differing = orders.ForThisOrder // asked when the order is taken
	}
	list := d.prices.kept()
	d.pricing.Do(func(ctx context.Context) func() {
		o, err := d.view.door.Orders().Estimate(ctx, in, list...)
		return func() {
			d.vat.show(o, err)
			d.send.Hidden = err != nil || !o.Free() || len(o.OnPaper()) > 0
			d.send.Refresh()
			if err != nil {
				d.total.SetText(err.Error())
				return
			}
			t := o.Totals()
			said := i18n.T("Total : %s", t.Gross.French())
			if t.Tax != 0 {
				said = i18n.T("Total : %s, dont TVA %s", t.Gross.French(), t.Tax.French())
			}
			if o.Member {
				said += " · " + i18n.T("tarif adhérent")
			}
			d.total.SetText(said)
		}
	})
}

// Save takes the order; send also serves it, in the same press.
func (d *Draft) Save(send bool) {
	d.prices.show()
	in, err := d.read()
	if err == nil && d.prices.wanted() {
		d.prices.focus()
		err = repertoire.Refuse("Le tarif n’a pas de prix pour cette commande : donnez-le. Rien n’a été enregistré.")
	}
	if err != nil {
		d.refuse(err)
		return
	}
	list := d.prices.kept()
	d.view.write(func(ctx context.Context) func() {
		o, err := d.view.door.Orders().Add(ctx, in, list...)
		return func() {
			if e := new(repertoire.Error); errors.As(err, &e) && e.Field == "buyer" {
				d.askDiffering(e.Message, send)
				return
			}
			if err != nil {
				d.refuse(err)
				return
			}
			d.modal.Close()
			d.view.open = o.ID
			d.view.say(widgets.Success, i18n.T("Commande %s de %s enregistrée : %s.", o.Number(), o.Buyer.Name, o.Totals().Gross.French()))
			d.view.Reload()
			if send {
				d.view.SendCopy(o)
			}
		}
	})
}

func (d *Draft) refuse(err error) { d.notice.Say(widgets.Failure, err.Error()) }
