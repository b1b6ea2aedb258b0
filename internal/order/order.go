package order

import (
	"encoding/json"
	"slices"
	"time"

	"repertoire/internal/repertoire"
)

// Order is a request for copies and all that came of it. It keeps the buyer and
// the editions as they were when it was made.
type Order struct {
	ID repertoire.ID `json:"id"`
	// Year and Count are the order's number, "C2026-0012": the store's word at
	// creation.
	Year  int   `json:"year"`
	Count int   `json:"count"`
	Buyer Buyer `json:"buyer"`
	// Commitment is the buyer's numéro d'engagement, Reference their own order number.
	Commitment string          `json:"commitment,omitempty"`
	Reference  string          `json:"reference,omitempty"`
	Date       repertoire.Date `json:"date"` // the day it came
	Member     bool            `json:"member,omitempty"`
	Basis      Basis           `json:"basis"`
	Regime     Regime          `json:"regime"`
	// VAT is the treatment that the officer chose for the order, "" for the one
	// that the rules propose; see Tax.
	VAT   Treatment `json:"vat,omitempty"`
	Lines []Line    `json:"lines"`
	Steps []Step    `json:"steps"` // oldest first, never empty
	// Quotes are the offers made for it, oldest first.
	Quotes []Quote `json:"quotes,omitempty"`
	// Delivered is the day of shipping, "" before.
	Delivered repertoire.Date `json:"delivered,omitempty"`
	Tracking  string          `json:"tracking,omitempty"`
	// Copies are the digital copies that were made, with their checksums.
	Copies []Copy `json:"copies,omitempty"`
	// Invoice and Credit are the documents issued, by ID.
	Invoice repertoire.ID `json:"invoice,omitempty"`
	Credit  repertoire.ID `json:"credit,omitempty"`
	// Credits are credit notes of parts of the invoice; Credited is what all of
	// them, Credit included, took back.
	Credits  []repertoire.ID `json:"credits,omitempty"`
	Credited Cents           `json:"credited,omitempty"`
	// Payments came, or went back, oldest noted first.
	Payments []Payment `json:"payments,omitempty"`
	// Reminded are the days the buyer was reminded of the invoice, oldest first.
	Reminded []repertoire.Date `json:"reminded,omitempty"`
	// PaidOn and PaidBy are the day and the means of the payment that settled it.
	PaidOn  repertoire.Date `json:"paid_on,omitempty"`
	PaidBy  string          `json:"paid_by,omitempty"`
	Note    string          `json:"note,omitempty"`
	Version int64           `json:"-"`
}

// Copy is a digital copy made for the buyer.
type Copy struct {
	Edition   repertoire.ID `json:"edition"`
	Recipient string        `json:"recipient"`
	File      string        `json:"file"`
	SHA256    string        `json:"sha256"`
	Bytes     int64         `json:"bytes"`
	At        time.Time     `json:"at"`
}

// Record gives what the store keeps an order as.
func (o *Order) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggOrder, o.ID, "Commande " + o.Number()
}

// Number is what people call the order: "C2026-0012".
func (o *Order) Number() string { return Number("C", o.Year, o.Count) }

// State is how far it has come.
func (o *Order) State() State {
	if len(o.Steps) == 0 {
		return Received
	}
	return o.Steps[len(o.Steps)-1].State
}

// Totals adds its lines up.
func (o *Order) Totals() Totals { return Total(o.Basis, o.Lines) }

// Free tells whether there is nothing to pay.
func (o *Order) Free() bool { return o.Totals().Gross == 0 }

// OnPaper counts the paper copies by edition.
func (o *Order) OnPaper() map[repertoire.ID]int {
	out := map[repertoire.ID]int{}
	for _, l := range o.Lines {
		if l.Format == Paper {
			out[l.Edition.ID] += l.Quantity
		}
	}
	return out
}

// Editions lists the editions ordered in a format, each once.
func (o *Order) Editions(f Format) []Edition {
	var out []Edition
	for _, l := range o.Lines {
		if l.Format == f && !slices.ContainsFunc(out, func(e Edition) bool { return e.ID == l.Edition.ID }) {
			out = append(out, l.Edition)
		}
	}
	return out
}

// Check refuses an order that cannot be meant.
func (o *Order) Check() error {
	if len(o.Lines) == 0 || len(o.Lines) > MaxLines {
		return refused("lines", "Une commande a de 1 à %d lignes. Rien n’a été enregistré.", MaxLines)
	}
	if len(o.Date) != 10 || !o.Date.Valid() {
		return refused("date", "Une commande a une date (jour, mois, année). Rien n’a été enregistré.")
	}
	goods := false
	for _, l := range o.Lines {
		if err := l.check(); err != nil {
			return err
		}
		goods = goods || !l.Postage
	}
	if !goods {
		return refused("lines", "Une commande demande au moins un exemplaire. Rien n’a été enregistré.")
	}
	return nil
}

// sent is the state that shipping leads to.
func (o *Order) sent() State {
	if len(o.OnPaper()) > 0 {
		return Shipped
	}
	return Transmitted
}

// Advance brings the order to a state, through those between, each dated at:
// who ships an order that nobody confirmed has confirmed it by that.
func (o *Order) Advance(to State, at time.Time, by, note string) error {
	if to == Shipped || to == Transmitted {
		to = o.sent()
	}
	from := o.State()
	if from == to {
		return repertoire.Refuse("La commande %s est déjà « %s » : rien n’a été changé.", o.Number(), States.Label(to))
	}
	path := o.path(from, to)
	if path == nil {
		return repertoire.Refuse("La commande %s est « %s » : elle ne peut pas devenir « %s ». Rien n’a été changé.", o.Number(),
			States.Label(from), States.Label(to))
	}
	for _, s := range path {
		step := Step{State: s, At: at.UTC().Truncate(time.Millisecond), By: by}
		if s == to {
			step.Note = note
		}
		o.Steps = append(o.Steps, step)
	}
	return nil
}

// path lists the states to go through: only confirming and preparing may be
// passed in one go.
func (o *Order) path(from, to State) []State {
	if slices.Contains(from.next(), to) {
		return []State{to}
	}
	if to.rank() > from.rank() && to.rank() <= o.sent().rank() {
		var out []State
		for _, s := range []State{Confirmed, Preparing, o.sent()} {
			if s.rank() > from.rank() && s.rank() <= to.rank() {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// locked is what an invoice has fixed: who bought what, at which price.
func (o *Order) locked() string {
	raw, _ := json.Marshal([]any{o.ID, o.Year, o.Count, o.Buyer, o.Commitment, o.Reference, o.Date, o.Member, o.Basis, o.Regime, o.Lines,
		o.Delivered, o.Invoice})
	return string(raw)
}

// Allowed refuses what may not happen to a saved order, whoever asks, an undo
// included: after is nil to delete it.
func Allowed(before, after *Order) error {
	switch {
	case before.Invoice == "" && after == nil:
		return nil
	case after == nil:
		return repertoire.Refuse(
			"La commande %s est facturée : elle ne se supprime pas et sa création ne s’annule pas. Annulez la commande : un avoir sera émis.", before.Number())
	case after.Year != before.Year || after.Count != before.Count:
		return repertoire.Refuse("Le numéro de la commande %s ne change pas : rien n’a été enregistré.", before.Number())
	case before.Invoice == "":
		return nil
	case after.locked() != before.locked():
		return repertoire.Refuse(
			"La commande %s est facturée : ce que la facture reprend ne se modifie plus. Annulez la commande (un avoir sera émis), puis refaites-la.", before.Number())
	case len(after.Steps) < len(before.Steps) && !stepsBack(before, after):
		return repertoire.Refuse(
			"La commande %s est facturée : elle ne revient pas à un état antérieur à la facture. Annulez-la : un avoir sera émis.",
			before.Number())
	case len(after.Credits) < len(before.Credits):
		return repertoire.Refuse("Un avoir de la commande %s est émis : il ne se défait pas. Rien n’a été enregistré.", before.Number())
	case before.Credit != "" && after.Credit != before.Credit:
		return repertoire.Refuse("L’avoir de la commande %s est émis : l’annulation ne se défait pas. Refaites une commande.",
			before.Number())
	}
	return nil
}

// stepsBack tells whether taking back steps leaves the order invoiced: a
// payment noted by mistake may be undone.
func stepsBack(before, after *Order) bool {
	return before.Credit == after.Credit && slices.ContainsFunc(after.Steps, func(s Step) bool { return s.State == Invoiced })
}
