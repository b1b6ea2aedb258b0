package order

import "repertoire/internal/repertoire"

// QuoteSeries is what the numbers of quotes begin with.
const QuoteSeries = "DV"

// QuoteDays is how long a quote holds when nobody says otherwise.
const QuoteDays = 60

// Quote is an offer that was made for an order. It has a number of its own, and
// holds until a day for the amount it names.
type Quote struct {
	Year  int             `json:"year"`
	Count int             `json:"count"` // the store's word, 0 before
	Date  repertoire.Date `json:"date"`
	Until repertoire.Date `json:"until"`
	Gross Cents           `json:"gross"`
}

// Number is what people call it: "DV2026-0003".
func (q Quote) Number() string { return Number(QuoteSeries, q.Year, q.Count) }

// Standing gives the last quote of the order when it still holds on a day for
// what the order comes to.
func (o *Order) Standing(on repertoire.Date) (Quote, bool) {
	if len(o.Quotes) == 0 {
		return Quote{}, false
	}
	q := o.Quotes[len(o.Quotes)-1]
	return q, q.Gross == o.Totals().Gross && !q.Until.Before(on)
}

// Offer adds a quote to the order, made on a day and holding until another; ""
// is QuoteDays later.
func (o *Order) Offer(on, until repertoire.Date) error {
	if until == "" {
		until = after(on, QuoteDays)
	}
	switch {
	case o.State().delivered() || o.State() == Cancelled:
		return repertoire.Refuse("La commande %s est « %s » : il est trop tard pour un devis. Aucun numéro n’a été pris.", o.Number(),
			States.Label(o.State()))
	case len(until) != 10 || !until.Valid():
		return refused("until", "« %s » n’est pas un jour : écrivez 31/12/2026. Aucun numéro n’a été pris.", until)
	case until.Before(on):
		return refused("until", "Un devis ne finit pas avant d’être fait : le %s est passé. Aucun numéro n’a été pris.", until.Field())
	}
	o.Quotes = append(o.Quotes, Quote{Year: on.Year(), Date: on, Until: until, Gross: o.Totals().Gross})
	return nil
}
