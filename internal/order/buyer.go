package order

import (
	"strings"

	"repertoire/internal/repertoire"
)

// Buyer is who orders: an authority of the base or of the reference list, or
// anybody else.
type Buyer struct {
	ID        repertoire.ID `json:"id"`
	Authority repertoire.ID `json:"authority,omitempty"`
	Name      string        `json:"name"`
	SIREN     string        `json:"siren,omitempty"`
	SIRET     string        `json:"siret,omitempty"`
	VATNumber string        `json:"vat_number,omitempty"` // intra-community
	// Endpoint is the address of the directory of electronic invoicing (BT-49),
	// "" for the one made of the SIREN, SIRET and service code.
	Endpoint string  `json:"endpoint,omitempty"`
	Contact  string  `json:"contact,omitempty"` // to the attention of
	Email    string  `json:"email,omitempty"`
	Phone    string  `json:"phone,omitempty"`
	Billing  Address `json:"billing"`
	Delivery Address `json:"delivery,omitzero"` // zero: the billing address
	// ServiceCode is the buyer's code service of Chorus Pro.
	ServiceCode string          `json:"service_code,omitempty"`
	Member      bool            `json:"member,omitempty"`
	MemberFrom  repertoire.Date `json:"member_from,omitempty"`  // "" since always
	MemberUntil repertoire.Date `json:"member_until,omitempty"` // "" for ever
	// Standing are the copies that the buyer wants of each new edition.
	Standing []Standing `json:"standing,omitempty"`
	Version  int64      `json:"-"`
}

// Standing is a standing order: « chaque nouvelle édition ».
type Standing struct {
	Directory string `json:"directory,omitempty"` // slug, "" for every répertoire
	Format    Format `json:"format"`
	Quantity  int    `json:"quantity"`
}

// Wants lists what the buyer wants of each new edition of a répertoire: what it
// said of that one, else of all.
func (b Buyer) Wants(directory string) []Standing {
	var own, every []Standing
	for _, s := range b.Standing {
		switch s.Directory {
		case directory:
			own = append(own, s)
		case "":
			every = append(every, s)
		}
	}
	if own != nil {
		return own
	}
	return every
}

// Record gives what the store keeps a buyer as.
func (b *Buyer) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggBuyer, b.ID, b.Name
}

// Public tells whether the buyer is identified as an organisation.
func (b Buyer) Public() bool { return b.SIREN != "" || b.SIRET != "" }

// ShipTo is where parcels go.
func (b Buyer) ShipTo() Address {
	if b.Delivery.IsZero() {
		return b.Billing
	}
	return b.Delivery
}

// MemberOn tells whether the buyer is a member on a day.
func (b Buyer) MemberOn(d repertoire.Date) bool {
	return b.Member && !d.Before(b.MemberFrom) && !b.MemberUntil.Before(d)
}

// Check completes a buyer (SIREN from SIRET, spaces taken out) or refuses it.
func (b Buyer) Check() (Buyer, error) {
	b.Name = strings.Join(strings.Fields(b.Name), " ")
	b.SIREN, b.SIRET = bare(b.SIREN), bare(b.SIRET)
	switch {
	case b.Name == "":
		return b, refused("name", "Il manque le nom de l’acheteur. Rien n’a été enregistré.")
	case b.SIRET != "" && !repertoire.ValidSIRET(b.SIRET):
		return b, refused("siret",
			"Le SIRET « %s » n’est pas valide : il a 14 chiffres, dont une clé qui n’est pas la bonne ici. Relisez-le sur le bon de commande ou l’avis de situation. Rien n’a été enregistré.", b.SIRET)
	case b.SIREN != "" && !repertoire.ValidSIREN(b.SIREN):
		return b, refused("siren",
			"Le SIREN « %s » n’est pas valide : il a 9 chiffres, dont une clé qui n’est pas la bonne ici. Relisez-le. Rien n’a été enregistré.", b.SIREN)
	case b.SIRET != "" && b.SIREN != "" && !strings.HasPrefix(b.SIRET, b.SIREN):
		return b, refused("siret", "Le SIRET « %s » n’est pas celui d’un établissement du SIREN « %s ». Rien n’a été enregistré.", b.SIRET,
			b.SIREN)
	case b.Email != "" && !repertoire.ValidEmail(b.Email):
		return b, refused("email", "« %s » n’est pas une adresse électronique. Rien n’a été enregistré.", b.Email)
	case !b.MemberFrom.Valid() || !b.MemberUntil.Valid():
		return b, refused("member_from", "Les dates de l’adhésion ne sont pas lisibles : écrivez 01/01/2026. Rien n’a été enregistré.")
	case b.MemberUntil.Before(b.MemberFrom):
		return b, refused("member_until", "L’adhésion finit avant d’avoir commencé. Rien n’a été enregistré.")
	}
	for _, s := range b.Standing {
		if !Formats.Has(s.Format) || s.Quantity < 1 || s.Quantity > MaxQuantity {
			return b, refused("standing", "Une commande permanente dit un format et de 1 à %s exemplaires. Rien n’a été enregistré.",
				repertoire.Thousands(MaxQuantity))
		}
	}
	if b.SIREN == "" && b.SIRET != "" {
		b.SIREN = b.SIRET[:9]
	}
	var err error
	if b.Billing, err = b.Billing.check("billing", "facturation"); err != nil {
		return b, err
	}
	if b.Delivery, err = b.Delivery.check("delivery", "livraison"); err != nil {
		return b, err
	}
	if b.Endpoint = strings.TrimSpace(b.Endpoint); !validEndpoint(b.Endpoint) {
		return b, refused("endpoint",
			"« %s » n’est pas une adresse de facturation électronique : elle a des lettres, des chiffres, « _ », « - » ou « . », et commence par le SIREN. Rien n’a été enregistré.", b.Endpoint)
	}
	b.VATNumber, err = checkVAT("vat_number", b.VATNumber, b.SIREN, "de l’acheteur")
	return b, err
}

// validEndpoint tells whether an address can be one of the French directory
// (BR-FR-23, BR-FR-25).
func validEndpoint(s string) bool {
	return len(s) <= 125 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_.") == ""
}

// bare takes out the blanks with which people group digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '.', '-':
			return -1
		}
		return r
	}, s)
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
