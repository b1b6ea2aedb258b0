package campaign

import (
	"slices"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// Campaign is one round of questions.
type Campaign struct {
	ID    repertoire.ID `json:"id"`
	Name  string        `json:"name"`
	Scope Scope         `json:"scope"`
	// Asks says who is written to.
	Asks     Asks            `json:"asks"`
	Sender   Sender          `json:"sender"`
	Opened   repertoire.Date `json:"opened"`
	Deadline repertoire.Date `json:"deadline"`
	// Closed is the day it was closed: nothing is sent any more; what still
	// comes in is read and reviewed.
	Closed repertoire.Date `json:"closed,omitempty"`
	// Wordings are the officer's own; where there is none the program's serve.
	Wordings []Wording `json:"wordings,omitempty"`
	// Key signs the identifiers of its questionnaires (hexadecimal).
	Key string `json:"key"`
	// Previous is the campaign it was started from.
	Previous repertoire.ID `json:"previous,omitempty"`
	Version  int64         `json:"-"`
}

// Scope is what of the base is asked about.
type Scope struct {
	Directory string        `json:"directory,omitempty"` // slug
	List      repertoire.ID `json:"list,omitempty"`
	Text      string        `json:"text,omitempty"` // a search as typed
	Label     string        `json:"label"`          // as people name it
}

// Asks says which contacts are written to.
type Asks struct {
	Sides []repertoire.Side `json:"sides"`
	// Role is one of Roles; where a side has nobody of the role, whoever has an
	// address is asked.
	Role Role `json:"role,omitempty"`
}

// Role is which of the people in charge is asked.
type Role string

// The roles; "" asks all of them.
const (
	RoleOfficer Role = "agent"
	RoleElected Role = "elu"
)

// Roles are the choices with their French names.
var Roles = repertoire.Choices[Role]{{Value: "", Label: "Tous les interlocuteurs"}, {Value: RoleOfficer, Label: "Les agents"},
	{Value: RoleElected, Label: "Les élus"}}

// Sender is who writes.
type Sender struct {
	Name      string `json:"name"`
	Email     string `json:"email"`
	Signature string `json:"signature,omitempty"`
}

// Record gives what the store keeps a campaign as.
func (c *Campaign) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggCampaign, c.ID, "Campagne « " + c.Name + " »"
}

// Open tells whether messages may still leave.
func (c *Campaign) Open() bool { return c.Closed == "" }

// Check refuses a campaign that nobody could answer.
func (c *Campaign) Check() error {
	c.Name = strings.Join(strings.Fields(c.Name), " ")
	refuse := func(field, message string) error {
		return &repertoire.Error{Kind: repertoire.Refused, Field: field, Message: message + " Rien n’a été enregistré."}
	}
	switch {
	case c.Name == "":
		return refuse("name", "Il manque le nom de la campagne.")
	case len([]rune(c.Name)) > 120:
		return refuse("name", "Le nom de la campagne est trop long : cent vingt lettres suffisent.")
	case len(c.Deadline) != len("2006-01-02"):
		return refuse("deadline", "Il manque le jour avant lequel les collectivités répondent (par exemple 31/03/2027).")
	case c.Deadline < c.Opened:
		return refuse("deadline", "La date limite ("+c.Deadline.Field()+") est avant l’ouverture de la campagne ("+c.Opened.Field()+").")
	case c.Sender.Email == "":
		return refuse("email", "Il manque l’adresse de l’expéditeur : c’est à elle que les collectivités répondent.")
	case len(c.Asks.Sides) == 0:
		return refuse("sides", "Choisissez au moins un côté à interroger : les collectivités françaises, leurs partenaires ou les deux.")
	}
	for _, w := range c.Wordings {
		if err := w.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Request is one partnership's part in a campaign.
type Request struct {
	ID          repertoire.ID `json:"id"`
	Campaign    repertoire.ID `json:"campaign"`
	Partnership repertoire.ID `json:"partnership"`
	Recipients  []Recipient   `json:"recipients,omitempty"`
	// Questionnaire is the one that was made last, Number its number.
	Questionnaire repertoire.ID `json:"questionnaire,omitempty"`
	Number        int           `json:"number,omitempty"`
	Notes         []Note        `json:"notes,omitempty"`
	Bounces       []Bounce      `json:"bounces,omitempty"`
	Version       int64         `json:"-"`
}

// Record gives what the store keeps a request as.
func (r *Request) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggRequest, r.ID, "Demande d’une campagne"
}

// Recipient is one address that is written to.
type Recipient struct {
	Contact  repertoire.ID   `json:"contact,omitempty"` // "" for an authority's own address
	Side     repertoire.Side `json:"side"`
	Name     string          `json:"name,omitempty"`
	Email    string          `json:"email"`
	Language string          `json:"language"` // fr, en, es, pt
}

// Note is a message that was written to a recipient.
type Note struct {
	At       time.Time `json:"at"`
	Occasion Occasion  `json:"occasion"`
	Way      Way       `json:"way"`
	Address  string    `json:"address"`
	Message  string    `json:"message"` // Message-ID, without brackets
}

// Way is how a message leaves.
type Way string

// A draft is sent by the officer's own mail program.
const (
	WayDraft Way = "brouillon"
	WaySent  Way = "envoi"
)

// Ways are the choices with their French names.
var Ways = repertoire.Choices[Way]{{Value: WayDraft, Label: "Brouillon"}, {Value: WaySent, Label: "Envoyé"}}

// Bounce is a message that came back.
type Bounce struct {
	At      time.Time `json:"at"`
	Address string    `json:"address"`
	Reason  string    `json:"reason"`
	// Passing tells a delay that the server goes on trying.
	Passing bool `json:"passing,omitempty"`
}

// Written tells whether a message of an occasion was written to an address.
func (r *Request) Written(occasion Occasion, address string) bool {
	return slices.ContainsFunc(r.Notes, func(n Note) bool {
		return n.Occasion == occasion && strings.EqualFold(n.Address, address)
	})
}

// Last gives the occasion last written for, "" when nothing was.
func (r *Request) Last() Occasion {
	if len(r.Notes) == 0 {
		return ""
	}
	return r.Notes[len(r.Notes)-1].Occasion
}

// Returned tells whether what was sent to an address came back for good.
func (r *Request) Returned(address string) bool {
	return slices.ContainsFunc(r.Bounces, func(b Bounce) bool { return !b.Passing && strings.EqualFold(b.Address, address) })
}

// Bounced tells whether every message came back for good.
func (r *Request) Bounced() bool {
	if len(r.Notes) == 0 {
		return false
	}
	for _, n := range r.Notes {
		if !r.Returned(n.Address) {
			return false
		}
	}
	return true
}

// Questionnaire is one partnership as it was sent. It is never changed.
type Questionnaire struct {
	ID          repertoire.ID          `json:"id"`
	Campaign    repertoire.ID          `json:"campaign"`
	Request     repertoire.ID          `json:"request"`
	Partnership repertoire.ID          `json:"partnership"`
	Number      int                    `json:"number"` // from 1; a second one replaces it when the entry changed before a reminder
	Made        time.Time              `json:"made"`
	Title       string                 `json:"title"`
	Sent        repertoire.Partnership `json:"sent"`
	Version     int64                  `json:"-"`
}

// Record gives what the store keeps a questionnaire as.
func (q *Questionnaire) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggQuestionnaire, q.ID, "Questionnaire « " + q.Title + " »"
}

// NewQuestionnaire freezes what is asked of a partnership: the fields of the
// questionnaire and nothing else; people who objected are left out.
func NewQuestionnaire(r *Request, p *repertoire.Partnership, title string, at time.Time) *Questionnaire {
	q := &Questionnaire{ID: repertoire.NewID(), Campaign: r.Campaign, Request: r.ID, Partnership: p.ID, Number: r.Number + 1, Made: at,
		Title: title}
	q.Sent.ID = p.ID
	for _, f := range Asked(repertoire.DeclaredPartnership) {
		f.Copy(&q.Sent, p)
	}
	q.Sent.Contacts = slices.DeleteFunc(q.Sent.Contacts, func(c repertoire.Contact) bool { return c.Objected })
	q.Sent.Directories, q.Sent.Parties = []string{}, []repertoire.Party{}
	return q
}

// Asked lists the fields of a questionnaire.
func Asked(d *repertoire.Declaration) []*repertoire.Field { return d.With(repertoire.Asked) }
