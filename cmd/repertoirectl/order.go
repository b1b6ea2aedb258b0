package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/orders"
)

func (f *face) orderCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "order", Short: "Les commandes : acheteurs, envois, factures, stock", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{
				repertoire.Refuse("il manque ce qu’il faut faire des commandes : add, list, show, fulfil, invoice, cancel, pay…")}
		},
	}
	c.AddCommand(f.orderNumbersCommand(), f.orderAddCommand(), f.orderListCommand(), f.orderShowCommand(),
		f.orderStateCommand("confirm", "Confirme des commandes", order.Confirmed),
		f.orderStateCommand("prepare", "Note que des commandes sont en préparation", order.Preparing), f.orderFulfilCommand(),
		f.orderInvoiceCommand(),
		f.orderCancelCommand(), f.orderPayCommand(), f.orderRemindCommand(), f.orderDocumentCommand(), f.orderXMLCommand(),
		f.orderLabelsCommand(), f.orderTicketCommand(), f.orderBuyerCommand(),
		f.orderStockCommand(), f.orderFiguresCommand(), f.orderExportCommand(), f.orderSettingsCommand(), f.orderPriceCommand(),
		f.orderCloseCommand(),
		f.orderImportCommand(), f.orderStandingCommand(), f.orderQuoteCommand(), f.orderMailCommand(), f.orderCreditCommand(),
		f.orderJournalCommand(), f.orderVATCommand(), f.orderVATDueCommand(), f.orderMembersCommand())
	return c
}

// buyerFlags are the details of a buyer, as options.
type buyerFlags struct {
	b                      order.Buyer
	address                []string
	postCode, city         string
	country                string
	ship                   order.Address
	memberFrom, memberTill string
	standing               []string
}

func (x *buyerFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&x.b.Name, "name", "", "nom de l’acheteur")
	c.Flags().StringVar(&x.b.SIREN, "siren", "", "SIREN (9 chiffres)")
	c.Flags().StringVar(&x.b.SIRET, "siret", "", "SIRET (14 chiffres)")
	c.Flags().StringVar(&x.b.VATNumber, "vat-number", "", "numéro de TVA intracommunautaire")
	c.Flags().StringVar(&x.b.Contact, "contact", "", "à l’attention de")
	c.Flags().StringVar(&x.b.Email, "email", "", "adresse électronique")
	c.Flags().StringVar(&x.b.Phone, "phone", "", "téléphone")
	c.Flags().StringVar(&x.b.ServiceCode, "service-code", "", "code service de Chorus Pro")
	c.Flags().StringArrayVar(&x.address, "address", nil, "ligne d’adresse (autant qu’il en faut)")
	c.Flags().StringVar(&x.postCode, "postcode", "", "code postal")
	c.Flags().StringVar(&x.city, "city", "", "ville")
	c.Flags().StringVar(&x.country, "country", "", "code du pays ; celui de la collectivité, ou FR, sinon")
	c.Flags().StringArrayVar(&x.ship.Lines, "ship-address", nil, "ligne de l’adresse de livraison, si c’en est une autre")
	c.Flags().StringVar(&x.ship.PostCode, "ship-postcode", "", "code postal de livraison")
	c.Flags().StringVar(&x.ship.City, "ship-city", "", "ville de livraison")
	c.Flags().StringVar(&x.ship.Country, "ship-country", "", "code du pays de livraison")
	c.Flags().StringVar(&x.b.Endpoint, "endpoint", "", "adresse de facturation électronique ; celle du SIREN sinon")
	c.Flags().BoolVar(&x.b.Member, "member", false, "adhérent")
	c.Flags().StringArrayVar(&x.standing, "standing", nil,
		"veut chaque nouvelle édition : \"RÉPERTOIRE;FORMAT;QUANTITÉ\", RÉPERTOIRE vide pour tous ; « aucune » y met fin")
	c.Flags().StringVar(&x.memberFrom, "member-from", "", "adhérent depuis (01/01/2026)")
	c.Flags().StringVar(&x.memberTill, "member-until", "", "adhérent jusqu’au (31/12/2026)")
}

func (x *buyerFlags) buyer() (order.Buyer, error) {
	b := x.b
	b.Billing = order.Address{Lines: x.address, PostCode: x.postCode, City: x.city, Country: x.country}
	b.Delivery = x.ship
	var err error
	if b.Standing, err = standing(x.standing); err != nil {
		return b, err
	}
	if b.MemberFrom, err = repertoire.ParseDate(x.memberFrom); err != nil {
		return b, err
	}
	b.MemberUntil, err = repertoire.ParseDate(x.memberTill)
	return b, err
}

// standing reads standing orders; nil leaves them as they are.
func standing(list []string) ([]order.Standing, error) {
	if list == nil {
		return nil, nil
	}
	out := []order.Standing{}
	for _, text := range list {
		if strings.EqualFold(text, "aucune") {
			continue
		}
		parts := append(strings.Split(text, ";"), "", "", "")
		s := order.Standing{Directory: strings.TrimSpace(parts[0]), Quantity: 1}
		var err error
		if s.Format, err = order.ParseFormat(strings.TrimSpace(parts[1])); err != nil {
			return nil, usageError{err}
		}
		if q := strings.TrimSpace(parts[2]); q != "" {
			if s.Quantity, err = strconv.Atoi(q); err != nil {
				return nil, usageError{repertoire.Refuse("« %s » n’est pas une quantité dans --standing \"%s\"", q, text)}
			}
		}
		out = append(out, s)
	}
	return out, nil
}

func (f *face) orderAddCommand() *cobra.Command {
	var in orders.OrderDraft
	var who buyerFlags
	var editions, items []string
	var known string
	var format, price, discount, postage, date string
	var quantity int
	c := &cobra.Command{
		Use: "add", Short: "Prend une commande", Args: cobra.NoArgs,
		Long: "Prend une commande. L’acheteur se donne par --buyer (identifiant, SIREN, SIRET ou nom connu) ou par ses détails ;\n" +
			"les éditions par --edition (avec --format et --quantity) ou par --item \"ÉDITION;FORMAT;QUANTITÉ;PRIX\".",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(editions)+len(items) == 0 {
				return needFlag("edition", "")
			}
			if in.Buyer == "" && who.b.Name == "" && who.b.SIREN == "" && who.b.SIRET == "" {
				return needFlag("buyer", "")
			}
			var err error
			if in.Differing, err = differing(known); err != nil {
				return err
			}
			if in.Items, err = orderItems(editions, items, format, quantity, price, discount); err != nil {
				return err
			}
			if in.Details, err = who.buyer(); err != nil {
				return err
			}
			if in.Date, err = repertoire.ParseDate(date); err != nil {
				return err
			}
			if postage != "" {
				cost, err := order.ParseCents(postage)
				if err != nil {
					return err
				}
				in.Postage = &cost
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				o, err := w.Orders().Add(cmd.Context(), in)
				if err != nil {
					return err
				}
				apart, err := w.Orders().Apart(cmd.Context(), o)
				if err != nil {
					return err
				}
				if len(apart) > 0 {
					f.complain("L’acheteur est déjà connu et reste comme il est ; pour cette commande seule, %s. « --known changer » le change, « --known garder » garde ce qui est connu.", strings.Join(apart, " ; "))
				}
				return f.reportOrder(cmd, w, o, nil)
			})
		},
	}
	who.add(c)
	c.Flags().StringVar(&in.Buyer, "buyer", "", "acheteur : identifiant, SIREN, SIRET ou nom")
	c.Flags().StringArrayVar(&editions, "edition", nil, "édition figée : identifiant ou libellé (autant qu’il en faut)")
	c.Flags().StringArrayVar(&items, "item", nil, "\"ÉDITION;FORMAT;QUANTITÉ;PRIX\", le prix étant facultatif")
	c.Flags().StringVar(&format, "format", "digital", "paper (papier) ou digital (numérique)")
	c.Flags().IntVar(&quantity, "quantity", 1, "nombre d’exemplaires de chaque --edition")
	c.Flags().StringVar(&price, "price", "", "prix convenu l’exemplaire ; celui du tarif sinon")
	c.Flags().StringVar(&discount, "discount", "", "remise en pour cent")
	c.Flags().StringVar(&postage, "postage", "", "frais de port ; ceux du barème sinon")
	c.Flags().StringVar(&date, "date", "", "jour de réception ; aujourd’hui sinon")
	c.Flags().StringVar(&in.Commitment, "commitment", "", "numéro d’engagement")
	c.Flags().StringVar(&in.Reference, "reference", "", "référence de l’acheteur")
	c.Flags().StringVar(&in.Note, "note", "", "note")
	c.Flags().StringVar((*string)(&in.VAT), "vat", "", "traitement de TVA choisi : "+treatments()+" ; celui de la destination sinon")
	c.Flags().StringVar(&known, "known", "commande",
		"si les détails diffèrent d’un acheteur connu : commande (ils valent pour elle seule), garder, changer ou demander (refuser)")
	return c
}

// differing reads what to do with details that differ from a known buyer's.
func differing(known string) (orders.Differing, error) {
	switch d := orders.Differing(known); d {
	case orders.ForThisOrder, orders.KeepKnown, orders.ChangeKnown:
		return d, nil
	case "demander":
		return orders.AskDiffering, nil
	}
	return "", usageError{repertoire.Refuse("--known est commande, garder, changer ou demander")}
}

// orderItems reads what is ordered.
func orderItems(editions, items []string, format string, quantity int, price, discount string) ([]orders.OrderItem, error) {
	var out []orders.OrderItem
	one := func(edition, format, price string, quantity int) error {
		kind, err := order.ParseFormat(format)
		if err != nil {
			return usageError{err}
		}
		item := orders.OrderItem{Edition: strings.TrimSpace(edition), Format: kind, Quantity: quantity}
		if price != "" {
			cents, err := order.ParseCents(price)
			if err != nil {
				return err
			}
			item.Price = &cents
		}
		if discount != "" {
			if item.Discount, err = order.ParseRate(discount); err != nil {
				return err
			}
		}
		out = append(out, item)
		return nil
	}
	for _, e := range editions {
		if err := one(e, format, price, quantity); err != nil {
			return nil, err
		}
	}
	for _, text := range items {
		parts := append(strings.Split(text, ";"), "", "", "")
		if parts[1] = strings.TrimSpace(parts[1]); parts[1] == "" {
			parts[1] = format
		}
		n := quantity
		if q := strings.TrimSpace(parts[2]); q != "" {
			var err error
			if n, err = strconv.Atoi(q); err != nil {
				return nil, usageError{repertoire.Refuse("« %s » n’est pas une quantité dans --item \"%s\"", q, text)}
			}
		}
		p := strings.TrimSpace(parts[3])
		if p == "" {
			p = price
		}
		if err := one(parts[0], parts[1], p, n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// orderRow is an order as list and its fellows print it.
type orderRow struct {
	ID      repertoire.ID   `json:"id"`
	Number  string          `json:"number"`
	Date    repertoire.Date `json:"date"`
	State   order.State     `json:"state"`
	Buyer   string          `json:"buyer"`
	SIREN   string          `json:"siren,omitempty"`
	SIRET   string          `json:"siret,omitempty"`
	Member  bool            `json:"member"`
	Items   []orderItemRow  `json:"items"`
	Net     string          `json:"net"` // euros: "142.49"
	VAT     string          `json:"vat"`
	Total   string          `json:"total"`
	Cents   int64           `json:"total_cents"`
	Sent    repertoire.Date `json:"delivered,omitempty"`
	Invoice string          `json:"invoice,omitempty"`
	Credit  string          `json:"credit,omitempty"`
	Credits []string        `json:"credits,omitempty"` // of parts of the invoice
	Paid    repertoire.Date `json:"paid,omitempty"`
	// Received and Due are the ledger, in euros: what came, what is still owed.
	Received string          `json:"received"`
	Due      string          `json:"due"`
	VATOf    []string        `json:"vat_mentions,omitempty"`
	Payments []order.Payment `json:"payments,omitempty"`
	Quotes   []string        `json:"quotes,omitempty"`
	Copies   []order.Copy    `json:"copies,omitempty"`
	Steps    []order.Step    `json:"steps"`
}

type orderItemRow struct {
	Edition  repertoire.ID `json:"edition,omitempty"`
	Label    string        `json:"label"`
	Format   order.Format  `json:"format,omitempty"`
	Postage  bool          `json:"postage,omitempty"`
	Quantity int           `json:"quantity"`
	Unit     string        `json:"unit"`
	Discount string        `json:"discount,omitempty"`
	Rate     string        `json:"vat_rate"`
	Amount   string        `json:"amount"`
}

func rowOfOrder(o order.Order, numbers map[repertoire.ID]string) orderRow {
	t := o.Totals()
	r := orderRow{ID: o.ID, Number: o.Number(), Date: o.Date, State: o.State(), Buyer: o.Buyer.Name, SIREN: o.Buyer.SIREN,
		SIRET: o.Buyer.SIRET, Member: o.Member,
		Items: []orderItemRow{}, Net: t.Net.Decimal(), VAT: t.Tax.Decimal(), Total: t.Gross.Decimal(), Cents: int64(t.Gross),
		Sent:    o.Delivered,
		Invoice: numbers[o.Invoice], Credit: numbers[o.Credit], Paid: o.PaidOn, Copies: o.Copies, Steps: o.Steps,
		Received: o.Received().Decimal(), Due: o.Due().Decimal(), VATOf: order.Mentions(o.Regime, o.Lines), Payments: o.Payments}
	for _, id := range o.Credits {
		r.Credits = append(r.Credits, numbers[id])
	}
	for _, q := range o.Quotes {
		r.Quotes = append(r.Quotes, q.Number())
	}
	for _, l := range o.Lines {
		x := orderItemRow{Edition: l.Edition.ID, Label: l.Name(), Format: l.Format, Postage: l.Postage, Quantity: l.Quantity,
			Unit: l.Unit.Decimal(), Rate: l.Rate.Decimal(), Amount: l.Amount().Decimal()}
		if l.Discount > 0 {
			x.Discount = l.Discount.Decimal()
		}
		r.Items = append(r.Items, x)
	}
	return r
}

// reportOrder prints one order.
func (f *face) reportOrder(cmd *cobra.Command, w *workspace.Workspace, o order.Order, err error) error {
	if err != nil {
		return err
	}
	for _, s := range o.Warnings() {
		f.complain("%s", s)
	}
	numbers, err := w.Orders().NumbersOf(cmd.Context(), o)
	if err != nil {
		return err
	}
	return f.report(rowOfOrder(o, numbers), func(out io.Writer) { printOrder(out, o, numbers) })
}

func printOrder(out io.Writer, o order.Order, numbers map[repertoire.ID]string) {
	fmt.Fprintf(out, "%s du %s : %s, %s\n", o.Number(), o.Date.Field(), o.Buyer.Name, strings.ToLower(order.States.Label(o.State())))
	for _, l := range o.Lines {
		fmt.Fprintf(out, "  %4d × %s  %s\n", l.Quantity, l.Name(), l.Amount().French())
	}
	t := o.Totals()
	fmt.Fprintf(out, "  total %s (TVA %s)\n", t.Gross.French(), t.Tax.French())
	if n := numbers[o.Invoice]; n != "" {
		fmt.Fprintf(out, "  facture %s\n", n)
	}
	for _, id := range append([]repertoire.ID{o.Credit}, o.Credits...) {
		if n := numbers[id]; n != "" {
			fmt.Fprintf(out, "  avoir %s\n", n)
		}
	}
	for _, m := range order.Mentions(o.Regime, o.Lines) {
		fmt.Fprintf(out, "  %s\n", m)
	}
	for _, q := range o.Quotes {
		fmt.Fprintf(out, "  devis %s du %s, %s, valable jusqu’au %s\n", q.Number(), q.Date.Field(), q.Gross.French(), q.Until.Field())
	}
	for _, p := range o.Payments {
		fmt.Fprintf(out, "  %s  reçu %s, %s\n", p.Date.Field(), p.Amount.French(), p.Means)
	}
	if o.Invoice != "" && o.Due() != 0 {
		fmt.Fprintf(out, "  reste dû %s\n", o.Due().French())
	}
	for _, s := range o.Steps {
		fmt.Fprintf(out, "  %s  %s\n", s.At.In(time.Local).Format("02/01/2006 15:04"), order.States.Label(s.State))
	}
}

func (f *face) orderListCommand() *cobra.Command {
	var q orderFilter
	c := &cobra.Command{
		Use: "list [MOTS]", Short: "Liste les commandes, les plus récentes d’abord", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			query, err := q.query(args)
			if err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				if !f.json {
					list, err := w.Orders().Rows(cmd.Context(), query)
					if err != nil {
						return err
					}
					return f.report(nil, func(out io.Writer) { printRows(out, list) })
				}
				list, err := w.Orders().List(cmd.Context(), query)
				if err != nil {
					return err
				}
				numbers, err := w.Orders().Numbers(cmd.Context())
				if err != nil {
					return err
				}
				rows := make([]orderRow, len(list))
				for i, o := range list {
					rows[i] = rowOfOrder(o, numbers)
				}
				return f.report(rows, nil)
			})
		},
	}
	q.add(c)
	return c
}

func printRows(out io.Writer, list []orders.Row) {
	w := bufio.NewWriter(out)
	defer w.Flush()
	for _, o := range list {
		fmt.Fprintf(w, "%s  %s  %-14s  %12s  %-12s  %s\n", o.Number(), o.Date.Field(), order.States.Label(o.State), o.Gross.French(),
			o.Invoice, o.Buyer)
	}
}

// orderFilter are the options that choose orders.
type orderFilter struct {
	states       []string
	unpaid       bool
	since, until string
}

func (q *orderFilter) add(c *cobra.Command) {
	c.Flags().StringSliceVar(&q.states, "state", nil,
		"états : recue, confirmee, en-preparation, expediee, transmise, facturee, payee, annulee")
	c.Flags().BoolVar(&q.unpaid, "unpaid", false, "seulement ce qui est facturé et n’est pas payé")
	c.Flags().StringVar(&q.since, "since", "", "depuis le (01/01/2026)")
	c.Flags().StringVar(&q.until, "until", "", "jusqu’au (31/12/2026)")
}

func (q *orderFilter) query(words []string) (orders.OrderQuery, error) {
	out := orders.OrderQuery{Text: strings.Join(words, " ")}
	for _, s := range q.states {
		state, ok := order.States.Parse(s)
		if !ok || state == "" {
			return out, usageError{repertoire.Refuse("l’état « %s » n’existe pas", s)}
		}
		out.States = append(out.States, state)
	}
	if q.unpaid {
		out.States = []order.State{order.Invoiced}
	}
	p, err := period(q.since, q.until)
	out.Since, out.Until = p.Since, p.Until
	return out, err
}

// period reads two days; a month or a year stands for all its days.
func period(since, until string) (order.Period, error) {
	from, err := repertoire.ParseDate(since)
	if err != nil {
		return order.Period{}, err
	}
	to, err := repertoire.ParseDate(until)
	if to != "" && len(to) < 10 {
		to += "-99" // sorts after every day of the month or year
	}
	return order.Period{Since: from, Until: to}, err
}

func (f *face) orderShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show COMMANDE", Short: "Montre une commande (numéro ou identifiant)", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				o, err := w.Orders().Get(cmd.Context(), args[0])
				return f.reportOrder(cmd, w, o, err)
			})
		},
	}
}

func (f *face) orderStateCommand(use, short string, to order.State) *cobra.Command {
	return &cobra.Command{
		Use: use + " COMMANDE…", Short: short, Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				return f.each(args, func(ref string) (any, func(io.Writer), error) {
					o, err := w.Orders().Advance(cmd.Context(), ref, to)
					return rowOfOrder(o, nil), func(out io.Writer) { printOrder(out, o, nil) }, err
				})
			})
		},
	}
}
