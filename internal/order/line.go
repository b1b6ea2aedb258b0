package order

import (
	"repertoire/internal/repertoire"
)

// Format is how a copy is delivered.
type Format string

// The formats, as stored and typed.
const (
	Paper   Format = "papier"
	Digital Format = "numerique"
)

// Formats lists the formats with their labels; Parse also takes the words of
// the command line's contract.
var Formats = repertoire.Choices[Format]{{Value: Paper, Label: "papier"}, {Value: Digital, Label: "numérique"}}

// ParseFormat reads "papier", "numérique", "paper" or "digital".
func ParseFormat(s string) (Format, error) {
	switch s {
	case "paper":
		return Paper, nil
	case "digital":
		return Digital, nil
	}
	if f, ok := Formats.Parse(s); ok && f != "" {
		return f, nil
	}
	return "", repertoire.Refuse("« %s » n’est pas un format : choisissez paper (papier) ou digital (numérique).", s)
}

// Edition is a frozen edition as an order knows it: what it was sold as.
type Edition struct {
	ID        repertoire.ID `json:"id"`
	Label     string        `json:"label"`     // "septembre 2026"
	Directory string        `json:"directory"` // slug
	Title     string        `json:"title"`     // "Répertoire des partenariats franco-malgaches"
	Pages     int           `json:"pages,omitempty"`
	PageSize  string        `json:"page_size,omitempty"` // "170x240"
	SHA256    string        `json:"sha256,omitempty"`    // of the frozen snapshot
}

// Name is what a line of an invoice calls it.
func (e Edition) Name() string {
	if e.Label == "" {
		return e.Title
	}
	return e.Title + ", édition " + e.Label
}

// Line is one thing sold. Postage has no edition.
type Line struct {
	Edition  Edition `json:"edition,omitzero"`
	Format   Format  `json:"format,omitempty"`
	Postage  bool    `json:"postage,omitempty"`
	Quantity int     `json:"quantity"`
	Unit     Cents   `json:"unit"`               // see Order.Basis
	Discount Rate    `json:"discount,omitempty"` // off the unit price
	Rate     Rate    `json:"rate"`               // VAT
	// VAT is the treatment of where the line goes, "" as at home.
	VAT Treatment `json:"vat,omitempty"`
	// Listed is the price of the list, VAT in it, when Unit had it taken out; 0 else.
	Listed Cents `json:"listed,omitempty"`
	// Of is the line of the invoice, from 1, that a line of a credit note takes
	// back; Fixed what it comes to where rounding parts says another cent, and
	// Nothing that this is nothing.
	Of      int   `json:"of,omitempty"`
	Fixed   Cents `json:"fixed,omitempty"`
	Nothing bool  `json:"nothing,omitempty"`
	// Why says where the price is from: "tarif adhérent", "prix convenu".
	Why string `json:"why,omitempty"`
}

// Bounds of a line: past them it is a slip of the keyboard, and within them no
// total can overflow.
const (
	MaxQuantity = 10_000
	MaxUnit     = Cents(1_000_000) // 10 000 €
	MaxLines    = 200
)

// Full is the line before its discount.
func (l Line) Full() Cents { return l.Unit * Cents(l.Quantity) }

// NetUnit is the unit price before VAT and discount, to the nearest cent: what
// an invoice must show whatever prices were agreed in (CGI ann. II art. 242
// nonies A, I, 8°). The totals are not made of it.
func (l Line) NetUnit(basis Basis) Cents {
	if basis == With {
		return l.Rate.within(l.Unit)
	}
	return l.Unit
}

// Off is the discount, to the cent.
func (l Line) Off() Cents { return l.Discount.of(l.Full()) }

// Amount is what the line comes to, with or without VAT as the order's basis says.
func (l Line) Amount() Cents {
	if l.Fixed != 0 || l.Nothing {
		return l.Fixed
	}
	return l.Full() - l.Off()
}

// Name is what documents call the line.
func (l Line) Name() string {
	if l.Postage {
		return "Frais de port et d’emballage"
	}
	return l.Edition.Name() + " (" + Formats.Label(l.Format) + ")"
}

// check refuses a line that cannot be meant.
func (l Line) check() error {
	switch {
	case l.Quantity < 1 || l.Quantity > MaxQuantity:
		return refused("quantity", "La quantité %d n’est pas possible : elle va de 1 à %s. Rien n’a été enregistré.", l.Quantity,
			repertoire.Thousands(MaxQuantity))
	case l.Unit < 0 || l.Unit > MaxUnit:
		return refused("unit", "Le prix unitaire %s n’est pas possible : il va de 0 à %s. Rien n’a été enregistré.", l.Unit.French(),
			MaxUnit.French())
	case l.Discount < 0 || l.Discount > hundred:
		return refused("discount", "Une remise va de 0 à 100 %%. Rien n’a été enregistré.")
	case l.Rate < 0 || l.Rate > hundred:
		return refused("rate", "Un taux de TVA va de 0 à 100 %%. Rien n’a été enregistré.")
	case !l.Postage && (l.Edition.ID == "" || !Formats.Has(l.Format)):
		return refused("edition", "Une ligne de commande nomme une édition figée et son format. Rien n’a été enregistré.")
	}
	return nil
}

// refused makes a refusal that points to a field.
func refused(field, format string, args ...any) *repertoire.Error {
	e := repertoire.Refuse(format, args...)
	e.Field = field
	return e
}
