package rights

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Processing is one activity of the register of processing (GDPR, art. 30).
type Processing struct {
	Name  string            `json:"name"`
	Lines []repertoire.Line `json:"lines"`
}

// Register is the register of processing, as the base shows it.
type Register struct {
	Controller order.Seller `json:"controller"`
	On         string       `json:"on"`
	Activities []Processing `json:"activities"`
	Erasures   []Erased     `json:"erasures"` // done, newest first, without names
}

// Erased is a line of the register of erasures.
type Erased struct {
	At     string `json:"at"`
	By     string `json:"by"`
	Reason string `json:"reason"`
}

// counted is what the base holds of persons.
type counted struct {
	contacts, published, objected, based  int
	buyers, alone, orders, invoices, sent int
	authors, requests, replies            int
}

// Register writes the register of processing from what the base holds.
func (room *Room) Register(ctx context.Context) (Register, error) {
	out := Register{On: string(repertoire.DateOf(room.base.Now())), Erasures: []Erased{}}
	settings, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return out, err
	}
	out.Controller = settings.Seller
	var n counted
	err = room.base.Store.View(ctx, func(read store.Reader) error {
		if err := n.count(ctx, read); err != nil {
			return err
		}
		done, err := read.Erasures(ctx)
		for _, e := range done {
			out.Erasures = append(out.Erasures, Erased{e.At.Local().Format("02/01/2006"), e.Author, e.Reason})
		}
		return err
	})
	if err != nil {
		return out, base.Stopped(err)
	}
	contacts, buyers := settings.Years()
	out.Activities = n.activities(contacts, buyers)
	return out, nil
}

func (n *counted) count(ctx context.Context, read store.Reader) error {
	if err := read.EachPartnership(ctx, func(p repertoire.Partnership) error {
		for _, c := range p.Contacts {
			n.contacts++
			if _, yes := c.Published(); yes {
				n.published++
			}
			if c.Objected {
				n.objected++
			}
			if c.LegalBasis != "" {
				n.based++
			}
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	if err := read.EachBody(ctx, func(b store.Body) error {
		switch b.Aggregate {
		case repertoire.AggBuyer:
			n.buyers++
			if x, ok := buyerOf(b.Aggregate, b.JSON); ok && !x.Public() && x.Authority == "" {
				n.alone++
			}
		case repertoire.AggOrder:
			n.orders++
		case repertoire.AggInvoice:
			n.invoices++
		case repertoire.AggRequest:
			n.requests++
		case repertoire.AggReply:
			n.replies++
		}
		return ctx.Err()
	}); err != nil {
		return err
	}
	authors, err := read.LogAuthors(ctx)
	if err != nil {
		return err
	}
	n.authors = len(authors)
	return read.EachMail(ctx, func(store.Mail) error { n.sent++; return ctx.Err() })
}

// activities are those the program is used for.
func (n *counted) activities(contacts, buyers int) []Processing {
	const measures = "Dossier et fichiers réservés à leur propriétaire ; journal de toutes les écritures ; sauvegardes vérifiées ; effacement vérifiable dans la base, son journal, l’index et les brouillons ; rien ne part sur le réseau sans être demandé."
	const nowhere = "Aucun du fait du programme."
	one := func(name string, pairs ...string) Processing {
		p := Processing{Name: name}
		for i := 0; i+1 < len(pairs); i += 2 {
			p.Lines = append(p.Lines, repertoire.Line{Label: pairs[i], Value: pairs[i+1]})
		}
		p.Lines = append(p.Lines, repertoire.Line{Label: "Transferts hors de l’Union européenne", Value: nowhere},
			repertoire.Line{Label: "Mesures de sécurité", Value: measures})
		return p
	}
	count := func(list ...any) string {
		var out []string
		for i := 0; i+1 < len(list); i += 2 {
			out = append(out, repertoire.Thousands(int64(list[i].(int)))+" "+list[i+1].(string))
		}
		return strings.Join(out, ", ")
	}
	return []Processing{
		one("Répertoire des partenariats", "Finalité", "Tenir à jour les partenariats des collectivités et en publier les répertoires.",
			"Base légale",
			"Mission d’intérêt public ou intérêt légitime pour la tenue ; consentement, noté contact par contact, pour la publication.",
			"Personnes concernées", "Élus et agents chargés des partenariats, en France et à l’étranger.",
			"Données", "Nom, fonction, collectivité, courriel et téléphone professionnels, autorisations de publier et leur preuve, opposition.",
			"Volume à ce jour", count(n.contacts, "interlocuteurs", n.published, "publiables", n.based, "avec une base légale notée",
				n.objected, "opposés à la publication"),
			"Destinataires", "L’équipe du répertoire ; les lecteurs des livres pour ce qui est marqué publiable.",
			"Durée", fmt.Sprintf("%d ans après la dernière confirmation.", contacts)),
		one("Campagnes de mise à jour", "Finalité", "Demander aux collectivités ce qui a changé et relire leurs réponses.",
			"Base légale", "Intérêt légitime : l’exactitude du répertoire.", "Personnes concernées", "Interlocuteurs des partenariats.",
			"Données", "Adresse électronique, dates d’envoi, réponse.", "Volume à ce jour",
			count(n.requests, "demandes", n.sent, "messages", n.replies, "réponses"),
			"Destinataires", "L’équipe du répertoire ; le serveur d’envoi que l’association a choisi.", "Durée",
			"Celle de la campagne, puis celle des interlocuteurs."),
		one("Vente et envoi des répertoires", "Finalité", "Prendre les commandes, livrer, facturer, relancer.",
			"Base légale", "Exécution du contrat ; obligation légale pour les factures.", "Personnes concernées",
			"Acheteurs, et à qui l’on écrit chez eux.",
			"Données", "Nom, adresse, courriel, téléphone, commandes, paiements, exemplaires numériques marqués au nom.",
			"Volume à ce jour", count(n.buyers, "acheteurs", n.alone, "qui ne sont pas identifiés comme organismes", n.orders, "commandes",
				n.invoices, "factures et avoirs"),
			"Destinataires", "L’équipe ; le comptable ; les plateformes de facturation choisies par l’association.",
			"Durée", fmt.Sprintf(
				"%d ans après la dernière commande ; dix ans pour les pièces comptables (Code de commerce, art. L. 123-22).", buyers)),
		one("Journal des écritures", "Finalité", "Savoir qui a écrit quoi, pouvoir l’annuler.", "Base légale",
			"Intérêt légitime : l’intégrité de la base.",
			"Personnes concernées", "Agents qui écrivent dans le dossier.", "Données", "Nom donné par l’agent, date, nature de l’écriture.",
			"Volume à ce jour", strconv.Itoa(n.authors)+" noms d’auteurs", "Destinataires", "L’équipe du répertoire.", "Durée",
			"Celle de la base."),
	}
}
