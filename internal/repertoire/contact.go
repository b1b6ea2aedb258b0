package repertoire

// Contact is a person in charge on one side. Professional contact data remain
// personal data: each is printed only where its own flag allows.
type Contact struct {
	ID        ID     `json:"id"`
	Side      Side   `json:"side"`
	Elected   bool   `json:"elected,omitempty"` // élu(e) in charge; otherwise an officer
	Name      string `json:"name"`
	Role      string `json:"role,omitempty"`
	Authority ID     `json:"authority,omitempty"`
	Email     string `json:"email,omitempty"`
	Phone     string `json:"phone,omitempty"`
	// PublishName, PublishEmail and PublishPhone are the "publiable" flags.
	PublishName  bool   `json:"publish_name,omitempty"`
	PublishEmail bool   `json:"publish_email,omitempty"`
	PublishPhone bool   `json:"publish_phone,omitempty"`
	LegalBasis   string `json:"legal_basis,omitempty"` // "consentement", "intérêt légitime", "mission d’intérêt public"
	AgreedOn     Date   `json:"agreed_on,omitempty"`
	Proof        string `json:"proof,omitempty"` // where the agreement is kept
	Objected     bool   `json:"objected,omitempty"`
}

// Published returns what of the contact may leave the base, and false when
// nothing may: an objection wins over every flag, and no e-mail or phone is
// printed without the name it belongs to.
func (c Contact) Published() (Contact, bool) {
	if c.Objected || !c.PublishName {
		return Contact{}, false
	}
	if !c.PublishEmail {
		c.Email = ""
	}
	if !c.PublishPhone {
		c.Phone = ""
	}
	c.LegalBasis, c.Proof, c.AgreedOn = "", "", ""
	return c, true
}
