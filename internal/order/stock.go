package order

import "repertoire/internal/repertoire"

// Cause says why paper copies came or went.
type Cause string

// The causes, as stored and typed.
const (
	PrintRun  Cause = "tirage"
	Sale      Cause = "commande"
	Return    Cause = "retour"
	Count     Cause = "inventaire"
	GivenAway Cause = "service-gratuit"
	Lost      Cause = "perte"
)

// Causes lists them with their labels.
var Causes = repertoire.Choices[Cause]{{Value: PrintRun, Label: "Tirage"}, {Value: Sale, Label: "Commande"},
	{Value: Return, Label: "Retour"}, {Value: Count, Label: "Inventaire"},
	{Value: GivenAway, Label: "Service gratuit"}, {Value: Lost, Label: "Perte ou mise au rebut"}}

// Movement is paper copies of an edition that came (positive) or went. Stock is
// their sum, and the store refuses to let it fall below nothing.
type Movement struct {
	ID       repertoire.ID   `json:"id"`
	Edition  Edition         `json:"edition"`
	Quantity int             `json:"quantity"`
	Cause    Cause           `json:"cause"`
	Date     repertoire.Date `json:"date"`
	Order    repertoire.ID   `json:"order,omitempty"`
	Note     string          `json:"note,omitempty"` // printer, invoice of the printer
}

// Record gives what the store keeps a movement as.
func (m *Movement) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggStock, m.ID, "Stock : " + m.Edition.Name()
}

// Check refuses a movement that cannot be meant.
func (m Movement) Check() error {
	switch {
	case m.Quantity == 0 || m.Quantity > 100_000 || m.Quantity < -100_000:
		return refused("quantity", "Un mouvement de stock va de 1 à 100 000 exemplaires, en entrée ou en sortie : rien n’a été enregistré.")
	case !Causes.Has(m.Cause):
		return refused("cause",
			"La cause « %s » est inconnue : tirage, retour, inventaire, service-gratuit ou perte. Rien n’a été enregistré.", m.Cause)
	case m.Cause == PrintRun && m.Quantity < 0, m.Cause == GivenAway && m.Quantity > 0, m.Cause == Lost && m.Quantity > 0:
		return refused("quantity",
			"« %s » ne va pas dans ce sens : un tirage entre, un service gratuit ou une perte sortent. Rien n’a été enregistré.",
			Causes.Label(m.Cause))
	case m.Edition.ID == "":
		return refused("edition", "Un mouvement de stock porte sur une édition figée. Rien n’a été enregistré.")
	}
	return nil
}

// Level is what is left of an edition.
type Level struct {
	Edition Edition `json:"edition"`
	Copies  int     `json:"copies"`
	// Reserved are the copies of orders that have not left yet.
	Reserved int  `json:"reserved"`
	Printed  int  `json:"printed"`
	Low      bool `json:"low"`
}

// Returns gives the movements of the paper copies that a credit note takes back.
func (v *Invoice) Returns(on repertoire.Date) []*Movement {
	var out []*Movement
	for _, l := range v.Lines {
		if l.Format == Paper && !l.Postage {
			out = append(out, &Movement{ID: repertoire.NewID(), Edition: l.Edition, Quantity: l.Quantity, Cause: Return, Date: on,
				Order: v.Order})
		}
	}
	return out
}

// Takes gives the movements of an order's parcels.
func (o *Order) Takes(on repertoire.Date) []*Movement {
	var out []*Movement
	for _, e := range o.Editions(Paper) {
		out = append(out, &Movement{ID: repertoire.NewID(), Edition: e, Quantity: -o.OnPaper()[e.ID], Cause: Sale, Date: on, Order: o.ID})
	}
	return out
}
