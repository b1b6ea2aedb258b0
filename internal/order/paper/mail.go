package paper

import (
	"fmt"
	"strings"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
)

// PDF is the type of the files that papers are.
const PDF = "application/pdf"

// Draft writes an e-mail ready to be opened, read over and sent by a mail
// program (X-Unsent): nothing is sent from here.
func Draft(s order.Seller, o *order.Order, at time.Time, attachments []post.Attachment) ([]byte, error) {
	return compose(s, o, at, "Votre commande "+o.Number(), body(s, o, attachments), attachments)
}

// Words are the subject and the text of a message.
type Words struct{ Subject, Text string }

// Letter writes the e-mail draft that goes with a document.
func Letter(s order.Seller, o *order.Order, at time.Time, w Words, file post.Attachment) ([]byte, error) {
	return compose(s, o, at, w.Subject, "Bonjour,\n\n"+w.Text+"\n\nBien cordialement,\n\n"+s.Name+"\n", []post.Attachment{file})
}

// SendingQuote is what goes with a quote.
func SendingQuote(o *order.Order, q order.Quote) Words {
	return Words{"Devis " + q.Number(), fmt.Sprintf(
		"Veuillez trouver ci-joint notre devis %s, d’un montant de %s, valable jusqu’au %s.\n\n"+
			"Pour l’accepter, renvoyez-le-nous signé ou répondez à ce message en rappelant son numéro.", q.Number(), q.Gross.French(),
		q.Until.French())}
}

// SendingInvoice is what goes with an invoice or a credit note.
func SendingInvoice(o *order.Order, v *order.Invoice) Words {
	if v.Kind == order.KindCredit {
		return Words{"Avoir " + v.Number(), fmt.Sprintf(
			"Veuillez trouver ci-joint notre avoir %s du %s, d’un montant de %s, sur la facture %s.",
			v.Number(), v.Date.French(), v.Totals.Gross.French(), v.CreditsNumber)}
	}
	pay := fmt.Sprintf("Elle est à payer au plus tard le %s.", v.Due.French())
	if o.Due() <= 0 {
		pay = "Elle est réglée : nous vous en remercions."
	}
	return Words{"Facture " + v.Number(), fmt.Sprintf(
		"Veuillez trouver ci-joint notre facture %s du %s, d’un montant de %s, pour votre commande %s. %s",
		v.Number(), v.Date.French(), v.Totals.Gross.French(), o.Number(), pay)}
}

// Sending is what goes with any other document, by its name.
func Sending(o *order.Order, what string) Words {
	return Words{what + " : " + o.Number(), fmt.Sprintf("Veuillez trouver ci-joint pour votre commande %s du %s : %s.", o.Number(),
		o.Date.French(), strings.ToLower(what))}
}

// Reminder writes the e-mail that asks for an invoice past its due day, with
// the invoice attached.
func Reminder(s order.Seller, o *order.Order, v *order.Invoice, at time.Time, invoice post.Attachment) ([]byte, error) {
	times := ""
	if n := len(o.Reminded); n > 0 {
		times = fmt.Sprintf("Notre message du %s est resté sans suite. ", o.Reminded[n-1].French())
	}
	text := fmt.Sprintf(
		"Bonjour,\n\nSauf erreur de notre part, la facture %s du %s, n’est pas réglée : il reste %s à payer. Elle était à payer au plus tard le %s.\n\n"+
			"%sVous la trouverez de nouveau ci-jointe. Si le paiement est parti entre-temps, ne tenez pas compte de ce message.\n\nBien cordialement,\n\n%s\n",
		v.Number(), v.Date.French(), o.Due().French(), v.Due.French(), times, s.Name)
	return compose(s, o, at, "Facture "+v.Number()+" : rappel", text, []post.Attachment{invoice})
}

func compose(s order.Seller, o *order.Order, at time.Time, subject, text string, attachments []post.Attachment) ([]byte, error) {
	if o.Buyer.Email == "" {
		return nil, RefuseNoAddress(o)
	}
	raw, err := post.Message{FromName: s.Name, From: s.Email, ToName: o.Buyer.Name, To: o.Buyer.Email, Subject: subject, Text: text,
		ID: string(repertoire.NewID()) + "@" + domainOf(s.Email), At: at, Attachments: attachments, Draft: true}.Write()
	if err != nil {
		return nil, repertoire.Fault(err,
			"Le brouillon du message n’a pas pu être écrit ; vérifiez les adresses électroniques du vendeur et de l’acheteur.")
	}
	return raw, nil
}

// domainOf gives the domain of an address, one that nobody has without.
func domainOf(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 && i+1 < len(address) {
		return address[i+1:]
	}
	return "repertoire.invalid"
}

// RefuseNoAddress is the refusal of a message to a buyer without an address.
func RefuseNoAddress(o *order.Order) error {
	e := repertoire.Refuse(
		"L’acheteur %s n’a pas d’adresse électronique : le brouillon n’a pas été écrit. Complétez-le, ou joignez les fichiers vous-même.",
		o.Buyer.Name)
	e.Field = "email"
	return e
}

func body(s order.Seller, o *order.Order, attachments []post.Attachment) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Bonjour,\n\nVeuillez trouver ci-joint votre commande %s du %s :\n\n", o.Number(), o.Date.French())
	for _, e := range o.Editions(order.Digital) {
		fmt.Fprintf(&b, "– %s\n", e.Name())
	}
	if len(o.Copies) > 0 {
		b.WriteString("\nCette copie porte votre nom ; merci de ne pas la diffuser hors de vos services.\n")
		b.WriteString("Pour vérifier que le fichier vous est parvenu entier, son empreinte SHA-256 :\n")
		for _, c := range o.Copies {
			fmt.Fprintf(&b, "%s  %s\n", c.SHA256, c.File)
		}
	}
	fmt.Fprintf(&b, "\nBien cordialement,\n\n%s\n", s.Name)
	return b.String()
}
