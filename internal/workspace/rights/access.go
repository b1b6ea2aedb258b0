package rights

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Access is all that is held on a person, in words for them to read (GDPR,
// art. 15).
type Access struct {
	Person string `json:"person"` // as they were asked for
	On     string `json:"on"`     // the day, YYYY-MM-DD
	By     string `json:"by"`     // who holds the data, "" when the house gave no name
	// Cards are what is kept of them as somebody: a contact, a buyer, an order.
	Cards []Card `json:"cards"`
	// Texts are other places whose words name them.
	Texts []PersonPlace `json:"texts"`
	// Versions are states of records that the journal keeps, Since the oldest.
	Versions int         `json:"versions"`
	Since    *time.Time  `json:"since,omitempty"`
	Messages []SentTo    `json:"messages"` // questionnaires and reminders sent
	Editions []NamedIn   `json:"editions"` // frozen editions
	Files    []string    `json:"files"`    // of deliveries
	Backups  int         `json:"backups"`
	Rules    []Statement `json:"rules"` // what the law has them told
}

// Card is one record of a person, with its filled fields.
type Card struct {
	What  string            `json:"what"`  // "Interlocuteur", "Acheteur"…
	Where string            `json:"where"` // the record
	Lines []repertoire.Line `json:"lines"`
	Why   string            `json:"why"` // what for and until when
}

// SentTo is a message of a campaign.
type SentTo struct {
	Address string    `json:"address"`
	At      time.Time `json:"at"`
	What    string    `json:"what"`
}

// NamedIn is a frozen edition that names the person.
type NamedIn struct {
	Edition string `json:"edition"`
	Title   string `json:"title"`
}

// Statement is a heading and its text.
type Statement struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Access gathers all that is held on a person.
func (room *Room) Access(ctx context.Context, query string) (Access, error) {
	out := Access{Person: strings.Join(strings.Fields(query), " "), On: string(repertoire.DateOf(room.base.Now())), Cards: []Card{},
		Texts:    []PersonPlace{},
		Messages: []SentTo{}, Editions: []NamedIn{}, Files: []string{}}
	p, words, err := room.person(ctx, query)
	if err != nil {
		return out, err
	}
	seen, err := room.FindPerson(ctx, query)
	if err != nil {
		return out, err
	}
	settings, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return out, err
	}
	names, err := room.names(ctx)
	if err != nil {
		return out, err
	}
	out.By = settings.Seller.Name
	out.Versions, out.Backups, out.Files = seen.Versions, len(seen.Backups), seen.Files
	for _, e := range seen.Editions {
		if x := (NamedIn{e.Directory + ", " + e.Label, e.Title}); !slices.Contains(out.Editions, x) {
			out.Editions = append(out.Editions, x)
		}
	}
	contacts, buyers := settings.Years()
	err = room.base.Store.View(ctx, func(read store.Reader) error {
		if err := read.EachBody(ctx, func(b store.Body) error {
			if !namesPerson(p, b) {
				return ctx.Err()
			}
			cards := cardsOf(p, words, b, names)
			if len(cards) > 0 {
				title := read.TitleOf(ctx, b.Aggregate, b.ID, b.JSON)
				for i := range cards {
					cards[i].Where = title
					cards[i].Why = kept(b, contacts, buyers)
				}
			}
			out.Cards = append(out.Cards, cards...)
			return nil
		}); err != nil {
			return err
		}
		if err := read.EachMail(ctx, func(m store.Mail) error {
			if p.In(m.Address) {
				out.Messages = append(out.Messages, SentTo{m.Address, m.At, mailed[m.State]})
			}
			return ctx.Err()
		}); err != nil {
			return err
		}
		first, err := read.FirstNaming(ctx, func(b store.Body) bool { return namesPerson(p, b) })
		if err == nil && !first.IsZero() {
			out.Since = &first
		}
		return err
	})
	if err != nil {
		return out, base.Stopped(err)
	}
	for _, x := range seen.Places {
		if whole := x.Field == "contacts" || x.Aggregate == repertoire.AggBuyer || x.Field == "buyer"; !whole {
			out.Texts = append(out.Texts, x)
		}
	}
	out.Rules = rules(settings.Seller, contacts, buyers)
	return out, nil
}

var mailed = map[store.MailState]string{store.MailSent: "envoyé", store.MailLeaving: "remis au serveur, sans réponse de sa part",
	store.MailFailed: "non parti", store.MailWaiting: "en attente"}

// Found tells whether anything is held.
func (a Access) Found() bool {
	return len(a.Cards)+len(a.Texts)+a.Versions+len(a.Messages)+len(a.Editions)+len(a.Files) > 0
}

func (room *Room) names(ctx context.Context) (repertoire.Names, error) {
	all, err := room.base.Store.Authorities(ctx, nil)
	return repertoire.Names{Theme: room.base.ThemeLabel, Country: room.base.CountryName,
		Authority: func(id repertoire.ID) *repertoire.Authority {
			if a, ok := all[id]; ok {
				return &a
			}
			return nil
		}}, base.Stopped(err)
}

// cardsOf reads from a record that names the person what it holds of them as
// somebody.
func cardsOf(p *repertoire.Person, words store.Words, b store.Body, names repertoire.Names) (out []Card) {
	switch b.Aggregate {
	case repertoire.AggPartnership:
		var x struct{ Contacts []repertoire.Contact }
		if json.Unmarshal(b.JSON, &x) != nil {
			return nil
		}
		for _, c := range x.Contacts {
			if words.Person(c) {
				out = append(out, Card{What: "Interlocuteur", Lines: repertoire.DeclaredContact.Lines(&c, names)})
			}
		}
	case repertoire.AggBuyer, repertoire.AggOrder, repertoire.AggInvoice:
		buyer, ok := buyerOf(b.Aggregate, b.JSON)
		if ok && (p.In(buyer.Name) || p.In(buyer.Contact) || p.In(buyer.Email) || p.In(buyer.Phone)) {
			what := map[repertoire.Aggregate]string{repertoire.AggBuyer: "Acheteur", repertoire.AggOrder: "Commande",
				repertoire.AggInvoice: "Facture ou avoir"}
			lines := order.DeclaredBuyer.Lines(&buyer, names)
			if b.Aggregate == repertoire.AggOrder {
				var o order.Order
				if json.Unmarshal(b.JSON, &o) == nil {
					lines = order.DeclaredOrder.Lines(&o, names)
				}
			}
			out = append(out, Card{What: what[b.Aggregate], Lines: lines})
		}
	}
	return out
}

// kept says what a record is kept for, and how long.
func kept(b store.Body, contacts, buyers int) string {
	trashed := ""
	if b.Trashed {
		trashed = " La fiche est à la corbeille."
	}
	switch {
	case keptByLaw(b.Aggregate, b.JSON):
		return "Pièce comptable : conservée dix ans (Code de commerce, art. L. 123-22)." + trashed
	case b.Aggregate == repertoire.AggPartnership:
		return fmt.Sprintf("Tenue du répertoire des partenariats : conservé %d ans après la dernière confirmation.%s", contacts, trashed)
	}
	return fmt.Sprintf("Vente et envoi des répertoires : conservé %d ans après la dernière commande.%s", buyers, trashed)
}

// rules are what a person is told with what is held on them (art. 15-1 and 2).
func rules(s order.Seller, contacts, buyers int) []Statement {
	return []Statement{
		{"À quoi servent ces données",
			"À tenir le répertoire des partenariats entre collectivités, à demander chaque année ce qui a changé, à composer des livres (seul y figure ce que la personne a accepté de publier), à vendre et envoyer ces livres."},
		{"D’où elles viennent", "Des collectivités, de la personne elle-même, de tableaux et de questionnaires remis à l’association."},
		{"À qui elles vont",
			"À l’équipe qui tient le répertoire. Les lecteurs des livres ne reçoivent que ce qui est marqué publiable. Aucune décision n’est prise de façon automatisée, et rien ne quitte l’Union européenne du fait du programme."},
		{"Combien de temps",
			fmt.Sprintf(
				"Interlocuteurs : %d ans après la dernière confirmation. Acheteurs : %d ans après la dernière commande. Pièces comptables : dix ans (Code de commerce, art. L. 123-22).", contacts, buyers)},
		{"Vos droits",
			"Vous pouvez demander la rectification ou l’effacement de ces données, la limitation de leur usage, vous opposer à leur usage ou à leur publication (RGPD, art. 16 à 21), " + writeTo(s) +
				" et introduire une réclamation auprès de la CNIL (3, place de Fontenoy, 75007 Paris ; cnil.fr)."},
	}
}

func writeTo(s order.Seller) string {
	if s.Email != "" {
		return "en écrivant à " + s.Email + ","
	}
	return "en écrivant à l’association,"
}
