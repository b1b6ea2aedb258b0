package orders

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// OrderItem is one thing asked for.
type OrderItem struct {
	Edition  string // ID or label
	Format   order.Format
	Quantity int
	Price    *order.Cents // agreed, nil for the price list
	Discount order.Rate
}

// OrderDraft is an order as it comes in.
type OrderDraft struct {
	// Buyer is the ID, SIREN, SIRET or name of a buyer, or of an authority that
	// becomes one.
	Buyer string
	// Details complete the buyer, or make a new one when Buyer is "".
	Details    order.Buyer
	Items      []OrderItem
	Postage    *order.Cents // nil for the scale
	Date       repertoire.Date
	Commitment string
	Reference  string
	Note       string
	// VAT is the treatment chosen for the order, "" for the one that the rules
	// propose; see order.Tax.
	VAT order.Treatment
	// Differing says what to do when Details differ from a known buyer: "" asks,
	// by a refusal that says what differs.
	Differing Differing
}

// Differing is what to do with details that differ from a known buyer's.
type Differing string

// The answers: the buyer stays as known, changes, or stays as known while the
// details hold for this order alone.
const (
	AskDiffering Differing = ""
	KeepKnown    Differing = "garder"
	ChangeKnown  Differing = "changer"
	ForThisOrder Differing = "commande"
)

// Add takes an order, with its buyer when that one is new. Prices that the list
// lacked go on it in the same step: what a first sale asks is not asked again.
func (room *Room) Add(ctx context.Context, in OrderDraft, prices ...order.Price) (order.Order, error) {
	d, err := room.desk(ctx, prices...)
	if err != nil {
		return order.Order{}, err
	}
	o, known, err := room.composeAt(ctx, d, in)
	if err != nil {
		return o, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Commande de "+o.Buyer.Name)
	if len(prices) > 0 {
		if err := base.Put(&c, &d.settings, d.settings.Version); err != nil {
			return o, err
		}
	}
	o.Steps = []order.Step{{State: order.Received, At: c.At.UTC(), By: room.base.Author()}}
	if !known {
		if err := base.Put(&c, &o.Buyer, o.Buyer.Version); err != nil {
			return o, err
		}
	}
	return room.save(ctx, &c, &o)
}

// Estimate is what Add would take, priced and checked, and nothing written: for
// a window that shows the total while the order is typed.
func (room *Room) Estimate(ctx context.Context, in OrderDraft, prices ...order.Price) (order.Order, error) {
	d, err := room.desk(ctx, prices...)
	if err != nil {
		return order.Order{}, err
	}
	o, _, err := room.composeAt(ctx, d, in)
	return o, err
}

// desk is what orders are composed from: the settings, the buyers and the
// editions, looked up one by one or all at once for many orders.
type desk struct {
	settings order.Settings
	buyer    func(ctx context.Context, ref string) (order.Buyer, bool, error)
	edition  func(ctx context.Context, ref string) (order.Edition, error)
}

// desk makes one, with prices added to the list.
func (room *Room) desk(ctx context.Context, prices ...order.Price) (*desk, error) {
	s, err := room.base.Store.SalesSettings(ctx)
	if err == nil && len(prices) > 0 {
		s.Prices = append(slices.Clone(s.Prices), prices...)
		err = s.Check()
	}
	return &desk{s, room.knownBuyer, room.shelf.frozen}, err
}

// compose makes an order of a draft; known tells that its buyer is in the base
// as it is.
func (room *Room) compose(ctx context.Context, in OrderDraft) (o order.Order, known bool, err error) {
	d, err := room.desk(ctx)
	if err != nil {
		return o, false, err
	}
	return room.composeAt(ctx, d, in)
}

func (room *Room) composeAt(ctx context.Context, d *desk, in OrderDraft) (o order.Order, known bool, err error) {
	s := d.settings
	buyer, known, err := room.buyerOf(ctx, d, in.Buyer, in.Details, in.Differing)
	if err != nil {
		return o, false, err
	}
	o = order.Order{ID: repertoire.NewID(), Buyer: buyer, Date: in.Date, Commitment: in.Commitment, Reference: in.Reference, Note: in.Note,
		Basis: s.Basis, Regime: s.Regime, VAT: in.VAT}
	if o.Date == "" {
		o.Date = room.today()
	}
	if o.Date > room.today() {
		return o, known, repertoire.Refuse("Le %s n’est pas encore venu : une commande a la date de sa réception. Rien n’a été enregistré.",
			o.Date.Field())
	}
	if before := room.today(); o.Date.Year() < before.Year()-1 {
		return o, known, repertoire.Refuse("Une commande du %s, saisie le %s : vérifiez l’année. Rien n’a été enregistré.", o.Date.Field(),
			before.Field())
	}
	o.Member = buyer.MemberOn(o.Date)
	for _, item := range in.Items {
		line, err := d.line(ctx, item, o.Member)
		if err != nil {
			return o, known, err
		}
		o.Lines = append(o.Lines, line)
	}
	copies := 0
	for _, n := range o.OnPaper() {
		copies += n
	}
	if copies > 0 || in.Postage != nil {
		cost := s.PostageOf(copies)
		if in.Postage != nil {
			cost = *in.Postage
		}
		if cost != 0 {
			_, rate := s.Rates()
			o.Lines = append(o.Lines, order.Line{Postage: true, Quantity: 1, Unit: cost, Rate: rate})
		}
	}
	if err := o.Check(); err != nil {
		return o, known, err
	}
	return o, known, room.tax(ctx, s, &o)
}

// tax gives the lines of an order the VAT of where they go.
func (room *Room) tax(ctx context.Context, s order.Settings, o *order.Order) error {
	var distance order.Cents
	if o.Buyer.Billing.Zone() == order.EU || o.Buyer.ShipTo().Zone() == order.EU {
		year := room.base.Now().Year()
		for y := year - 1; y <= year; y++ {
			sum, err := room.base.Store.DistanceSales(ctx, repertoire.Date(strconv.Itoa(y)+"-01-01"),
				repertoire.Date(strconv.Itoa(y)+"-12-31"))
			if err != nil {
				return err
			}
			distance = max(distance, sum)
		}
	}
	return o.Tax(s, distance)
}

// Retax gives an order that is not invoiced the VAT that the rules propose now,
// or the treatment chosen.
func (room *Room) Retax(ctx context.Context, ref string, chosen order.Treatment) (order.Order, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return o, err
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return o, err
	}
	o.VAT = chosen
	if err := room.tax(ctx, s, &o); err != nil {
		return o, err
	}
	c := room.base.Change(repertoire.CauseEdit, "TVA de la commande "+o.Number())
	return room.save(ctx, &c, &o)
}

// line prices an item.
func (d *desk) line(ctx context.Context, item OrderItem, member bool) (order.Line, error) {
	// A slip of the keyboard is told before anything is looked up.
	l := order.Line{Format: item.Format, Quantity: item.Quantity, Discount: item.Discount}
	if l.Quantity < 1 || l.Quantity > order.MaxQuantity {
		return l, &repertoire.Error{Kind: repertoire.Refused, Field: "quantity",
			Message: "La quantité " + strconv.Itoa(l.Quantity) + " n’est pas possible : elle va de 1 à " +
				repertoire.Thousands(order.MaxQuantity) + ". Rien n’a été enregistré."}
	}
	var err error
	if l.Edition, err = d.edition(ctx, item.Edition); err != nil {
		return l, err
	}
	l.Rate, _ = d.settings.Rates()
	if item.Price != nil {
		l.Unit, l.Why = *item.Price, order.WhyAgreed
		return l, nil
	}
	l.Unit, l.Why, err = d.settings.PriceOf(l.Edition, l.Format, member)
	return l, err
}

// save writes an order, with what else is in the change, and reads it back.
func (room *Room) save(ctx context.Context, c *repertoire.Change, o *order.Order) (order.Order, error) {
	if err := base.Put(c, o, o.Version); err != nil {
		return *o, err
	}
	if _, err := room.base.Apply(ctx, *c); err != nil {
		return *o, err
	}
	return room.base.Store.Order(ctx, o.ID)
}

var orderNumber = regexp.MustCompile(`^([A-Za-z]{0,6})(\d{4})-(\d+)$`)

// Get finds an order by its ID, its number, or that of its invoice or of one of
// its credit notes.
func (room *Room) Get(ctx context.Context, ref string) (order.Order, error) {
	if m := orderNumber.FindStringSubmatch(strings.TrimSpace(ref)); m != nil {
		year, _ := strconv.Atoi(m[2])
		count, err := strconv.Atoi(m[3])
		switch series := strings.ToUpper(m[1]); {
		case err != nil:
		case series == "" || series == "C":
			return room.base.Store.OrderNumbered(ctx, year, count)
		default:
			return room.base.Store.OrderOfInvoice(ctx, series, year, count)
		}
	}
	return room.base.Store.Order(ctx, repertoire.ID(strings.TrimSpace(ref)))
}

// OrderQuery asks for orders; see its fields.
type OrderQuery = store.OrderQuery

// List lists orders, the newest first.
func (room *Room) List(ctx context.Context, q OrderQuery) ([]order.Order, error) {
	return room.base.Store.Orders(ctx, q)
}

// Row is what a list shows of an order.
type Row = store.OrderRow

// Rows lists orders as List does, as much of each as a list shows.
func (room *Room) Rows(ctx context.Context, q OrderQuery) ([]Row, error) {
	return room.base.Store.OrderRows(ctx, q)
}

// Advance brings an order to a state before shipping.
func (room *Room) Advance(ctx context.Context, ref string, to order.State) (order.Order, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return o, err
	}
	if to != order.Confirmed && to != order.Preparing {
		return o, repertoire.Refuse("L’état « %s » vient d’un geste : exécuter, facturer, encaisser ou annuler. Rien n’a été changé.",
			order.States.Label(to))
	}
	c := room.base.Change(repertoire.CauseEdit, "Commande "+o.Number()+" : "+order.States.Label(to))
	if err := o.Advance(to, c.At, room.base.Author(), ""); err != nil {
		return o, err
	}
	return room.save(ctx, &c, &o)
}

// Invoice issues the invoice of an order that has been delivered. The number is
// taken in the transaction that keeps the invoice.
func (room *Room) Invoice(ctx context.Context, ref string, on repertoire.Date) (order.Invoice, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return order.Invoice{}, err
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return order.Invoice{}, err
	}
	if on, err = room.dayOf(on, "facture"); err != nil {
		return order.Invoice{}, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Facture de la commande "+o.Number())
	v, err := o.Bill(s, on, c.At, room.base.Author())
	if err != nil {
		return order.Invoice{}, err
	}
	if err := base.Put(&c, v, 0); err != nil {
		return order.Invoice{}, err
	}
	if _, err := room.save(ctx, &c, &o); err != nil {
		return order.Invoice{}, err
	}
	return room.base.Store.Invoice(ctx, v.ID)
}

// Cancelled is what cancelling came to; Credit is nil without an invoice.
type Cancelled struct {
	Order  order.Order    `json:"order"`
	Credit *order.Invoice `json:"credit,omitempty"`
}

// Cancel cancels an order, with a credit note when it was invoiced; returned
// tells that its paper copies came back to the stock.
func (room *Room) Cancel(ctx context.Context, ref, reason string, on repertoire.Date, returned bool) (Cancelled, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return Cancelled{}, err
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Cancelled{}, err
	}
	if on, err = room.dayOf(on, "annulation"); err != nil {
		return Cancelled{}, err
	}
	invoice, earlier, err := room.invoiced(ctx, &o)
	if err != nil {
		return Cancelled{}, err
	}
	shipped := o.Delivered != ""
	c := room.base.Change(repertoire.CauseEdit, "Annulation de la commande "+o.Number())
	credit, err := o.Cancel(s, &invoice, on, c.At, room.base.Author(), reason, earlier...)
	if err != nil {
		return Cancelled{}, err
	}
	if credit != nil {
		if err := base.Put(&c, credit, 0); err != nil {
			return Cancelled{}, err
		}
	}
	if returned && shipped {
		back := o.Takes(on)
		if credit != nil { // what earlier credit notes took back came back with them
			back = credit.Returns(on)
		}
		for _, m := range back {
			m.Quantity, m.Cause = max(m.Quantity, -m.Quantity), order.Return
			if err := base.Put(&c, m, 0); err != nil {
				return Cancelled{}, err
			}
		}
	}
	out := Cancelled{}
	if out.Order, err = room.save(ctx, &c, &o); err != nil || credit == nil {
		return out, err
	}
	issued, err := room.base.Store.Invoice(ctx, credit.ID)
	out.Credit = &issued
	return out, err
}

// Settings reads how the house sells.
func (room *Room) Settings(ctx context.Context) (order.Settings, error) {
	return room.base.Store.SalesSettings(ctx)
}

// SaveSettings writes how the house sells; orders taken before keep their
// prices and regime, invoices all they say.
func (room *Room) SaveSettings(ctx context.Context, s order.Settings) (order.Settings, error) {
	s.ID = order.SettingsID
	if err := s.Check(); err != nil {
		return s, err
	}
	if s.ClosedUntil > room.today() {
		return s, repertoire.Refuse("Une période se clôt une fois finie : le %s n’est pas passé. Rien n’a été enregistré.",
			s.ClosedUntil.Field())
	}
	c := room.base.Change(repertoire.CauseEdit, "Réglages des commandes")
	if err := base.Put(&c, &s, s.Version); err != nil {
		return s, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return s, err
	}
	return room.base.Store.SalesSettings(ctx)
}

// today is the day by the workspace's clock.
func (room *Room) today() repertoire.Date { return repertoire.DateOf(room.base.Now()) }

// dayOf takes today for "", and refuses days to come: a document dated ahead
// would hold back all that follow it in its series.
func (room *Room) dayOf(on repertoire.Date, what string) (repertoire.Date, error) {
	switch {
	case on == "":
		return room.today(), nil
	case len(on) != 10 || !on.Valid():
		return on, repertoire.Refuse("« %s » n’est pas un jour : écrivez 31/12/2026. Rien n’a été enregistré.", on)
	case on > room.today():
		return on, repertoire.Refuse("Le %s n’est pas encore venu : %s ne se date pas d’avance. Rien n’a été enregistré.", on.Field(),
			map[string]string{
				"facture": "une facture", "annulation": "une annulation", "encaissement": "un encaissement",
				"livraison": "une livraison"}[what])
	}
	return on, nil
}

// SetPrice puts a price on the list, in the place of the one for the same
// copies and buyers; edition is a reference, "" for any.
func (room *Room) SetPrice(ctx context.Context, p order.Price, edition string) (order.Settings, error) {
	s, err := room.Settings(ctx)
	if err != nil {
		return s, err
	}
	if edition != "" {
		e, err := room.shelf.frozen(ctx, edition)
		if err != nil {
			return s, err
		}
		p.Edition = e.ID
	}
	if p.Directory != "" {
		if _, err := room.base.NeedDirectory(ctx, p.Directory); err != nil {
			return s, err
		}
	}
	kept := []order.Price{}
	for _, q := range s.Prices {
		if q.Edition != p.Edition || q.Directory != p.Directory || q.Format != p.Format || q.For != p.For {
			kept = append(kept, q)
		}
	}
	s.Prices = append(kept, p)
	return room.SaveSettings(ctx, s)
}
