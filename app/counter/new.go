package counter

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

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

	buyer   string      // reference of the buyer chosen, "" for a new one
	known   order.Buyer // what is in the base of them, zero for a new one
	picker  *widgets.Picker
	name    *widgets.Entry
	fields  map[string]*widgets.Entry
	member  *widgets.Check
	items   []*item
	rows    *fyne.Container
	postage *widgets.Entry
	total   *widgets.Text
	// changing tells that the officer said to change a known buyer.
	changing bool
	filling  bool // the fields are filled from a buyer, not typed
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
	buyer := widgets.Column(8,
		widgets.NewField("buyer", i18n.T("Acheteur connu"), d.picker),
		widgets.NewField("name", i18n.T("Nom"), d.name),
		d.two("siret", i18n.T("SIRET"), "email", i18n.T("Courriel")),
		widgets.NewField("address", i18n.T("Adresse"), d.area("address", i18n.T("Une ligne par ligne de l’adresse, sans la ville"))),
		d.two("postcode", i18n.T("Code postal"), "city", i18n.T("Ville")),
		d.two("country", i18n.T("Pays"), "vat", i18n.T("N° de TVA")),
		d.two("service", i18n.T("Code service"), "commitment", i18n.T("N° d’engagement")),
		d.two("reference", i18n.T("Leur référence"), "contact", i18n.T("À l’attention de")),
		widgets.NewField("member", "", d.member))
	d.addItem()
	more := widgets.NewQuietButton(i18n.T("Ajouter une ligne"), "add", func() { d.addItem(); d.price() })
	column := widgets.Column(12, buyer, widgets.Rule(), d.heads(), d.rows, container.NewHBox(more),
		widgets.NewField("postage", i18n.T("Frais de port"), d.postage), d.total, d.notice)
	scroll := container.NewVScroll(widgets.Inset(0, 0, container.NewBorder(nil, nil, nil, widgets.Wide(14, widgets.NewText("")), column)))
	d.modal = widgets.NewModal(i18n.T("Nouvelle commande"), scroll, v.window)
	d.modal.SetButtons(widgets.NewButton(i18n.T("Abandonner"), "", d.modal.Close),
		widgets.NewMainButton(i18n.T("Prendre la commande"), "check", d.Save))
	size := v.window.Canvas().Size()
	d.modal.Show(fyne.Min(860, size.Width-80), fyne.Min(680, size.Height-40))
	d.modal.Focus(d.picker.Entry())
	return d
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
	var names []string
	for _, e := range d.view.editions {
		names = append(names, editionName(e))
	}
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

// editionName puts first what tells editions of one répertoire apart.
func editionName(e books.EditionSummary) string { return e.Label + " · " + e.Title }

// suggest finds buyers already known, then authorities of the reference.
func (d *Draft) suggest(ctx context.Context, text string) ([]widgets.Suggestion, error) {
	buyers, err := d.view.door.Orders().Buyers(ctx, text)
	if err != nil {
		return nil, err
	}
	var out []widgets.Suggestion
	for _, b := range buyers[:min(len(buyers), 6)] {
		out = append(out, widgets.Suggestion{Label: b.Name, Note: i18n.T("acheteur connu"), Value: b})
	}
	authorities, err := d.view.door.Records().SuggestAuthorities(ctx, text, "FR", 8)
	if err != nil {
		return nil, err
	}
	for _, a := range authorities {
		if a.Authority.SIREN != "" {
			out = append(out, widgets.Suggestion{Label: a.Authority.Name, Note: a.Where + " · SIREN " + a.Authority.SIREN,
				Value: order.Buyer{Name: a.Authority.Name, SIREN: a.Authority.SIREN}})
		}
	}
	return out, nil
}

func (d *Draft) pick(s widgets.Suggestion) {
	b := s.Value.(order.Buyer)
	d.buyer = string(b.ID)
	if d.buyer == "" {
		d.buyer = b.SIREN
	}
	d.known = b
	d.filling = true
	for name, text := range map[string]string{"name": b.Name, "siret": b.SIRET, "email": b.Email,
		"address":  strings.Join(b.Billing.Lines, "\n"),
		"postcode": b.Billing.PostCode, "city": b.Billing.City, "country": cmp.Or(b.Billing.CountryName, b.Billing.Country),
		"vat": b.VATNumber, "service": b.ServiceCode, "contact": b.Contact} {
		d.fields[name].SetText(text)
	}
	d.filling = false
	// The membership of a known buyer has its period: it is changed on the
	// buyer, not in passing.
	d.member.SetChecked(b.MemberOn(repertoire.DateOf(time.Now())))
	if b.ID != "" {
		d.member.Disable()
	} else {
		d.member.Enable()
	}
	d.price()
}

// read gives the draft as typed; what cannot be read is an error.
func (d *Draft) read() (orders.OrderDraft, error) {
	text := func(name string) string { return strings.TrimSpace(d.fields[name].Text) }
	var lines []string
	for l := range strings.Lines(text("address")) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	in := orders.OrderDraft{Buyer: d.buyer, Commitment: text("commitment"), Reference: text("reference"),
		Details: order.Buyer{Name: text("name"), SIRET: text("siret"), Email: text("email"), ServiceCode: text("service"),
			Contact: text("contact"), VATNumber: text("vat"), Member: d.member.Checked,
			Billing: order.Address{Lines: lines, PostCode: text("postcode"), City: text("city"), Country: text("country")}}}
	// A known buyer keeps the membership they have.
	if d.known.ID != "" {
		in.Details.Member = false
	}
	if d.changing {
		in.Differing = orders.ChangeKnown
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
	return in, nil
}

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
	in, err := d.read()
	if err != nil {
		d.total.SetText(err.Error())
		return
	}
	if in.Buyer == "" && in.Details.Name == "" && in.Details.SIRET == "" {
		d.total.SetText("") // nothing is wrong before a key is struck
		return
	}
	d.pricing.Do(func(ctx context.Context) func() {
		o, err := d.view.door.Orders().Estimate(ctx, in)
		return func() {
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

// Save takes the order.
func (d *Draft) Save() {
	in, err := d.read()
	if err != nil {
		d.refuse(err)
		return
	}
	d.view.write(func(ctx context.Context) func() {
		o, err := d.view.door.Orders().Add(ctx, in)
		return func() {
			if e := new(repertoire.Error); errors.As(err, &e) && e.Field == "buyer" && !d.changing {
				widgets.Ask(i18n.T("Changer l’acheteur connu ?"), err.Error(), i18n.T("Changer ce qui est connu"), i18n.T("Fermer"),
					d.view.window, func() {
						d.changing = true
						d.Save()
					})
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
		}
	})
}

func (d *Draft) refuse(err error) { d.notice.Say(widgets.Failure, err.Error()) }
