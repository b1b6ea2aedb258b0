package paper

import (
	"repertoire/internal/layout"
	"repertoire/internal/order"
)

// Invoice is the document of an issued invoice or credit note, with the
// mentions of CGI ann. II art. 242 nonies A and Code de commerce art. L441-9.
// The same invoice always gives the same document.
func Invoice(v *order.Invoice) layout.Document {
	name, subject := "Facture "+v.Number(), "Facture"
	due := "Net à payer"
	if v.Kind == order.KindCredit {
		name, subject, due = "Avoir "+v.Number(), "Avoir", "Total de l’avoir"
	}
	list := []fact{{"Numéro", v.Number()}, {"Date d’émission", v.Date.Field()}}
	if v.Kind == order.KindCredit {
		takes := "Annule la facture"
		if v.Partial {
			takes = "Reprend une partie de la facture"
		}
		list = append(list, fact{takes, v.CreditsNumber + " du " + v.CreditsDate.Field()}, fact{"Motif", v.Reason})
	} else {
		list = append(list, fact{"Date de livraison", v.Sold.Field()}, fact{"Date d’échéance", v.Due.Field()})
	}
	list = append(list, fact{"Nature de l’opération", operation(v.Lines)}, fact{"Commande", v.OrderNumber + " du " + v.OrderDate.Field()},
		fact{"Votre référence", v.Reference},
		fact{"Numéro d’engagement", v.Commitment}, fact{"Code service (Chorus Pro)", v.Buyer.ServiceCode})
	if ship := v.Buyer.ShipTo(); !v.Buyer.Delivery.IsZero() {
		list = append(list, fact{"Livré à", joined(ship.Written())})
	}
	blocks := []layout.Block{parties(v.Seller, recipient(v.Buyer, v.Buyer.Billing)), title(name), facts(list)}
	blocks = append(blocks, priced{lines: v.Lines, basis: v.Basis, totals: v.Totals, mention: v.Mention,
		elsewhere: without(order.Mentions(v.Regime, v.Lines), v.Mention), paid: v.Prepaid, due: due}.blocks()...)
	if v.Kind == order.KindInvoice {
		blocks = append(blocks, payment(v)...)
	} else {
		blocks = append(blocks, layout.Heading{Level: 2, Text: layout.Plain("Règlement de l’avoir")},
			layout.Para(settled(v)))
	}
	return letter(name, v.Date, v.Seller, subject, blocks)
}

// settled says what becomes of the invoice.
func settled(v *order.Invoice) string {
	if v.Partial {
		return "Le montant de cet avoir n’est plus dû sur la facture ; ce qui en a été payé est remboursé ou imputé sur une autre facture, à votre choix."
	}
	return "La facture n’est plus due ; ce qui en a été payé est remboursé ou imputé sur une autre facture, à votre choix."
}

// without gives the sentences that are not the one, nor that of the regime.
func without(sentences []string, one string) []string {
	if one != "" {
		return nil
	}
	return sentences
}

// operation says what is sold: goods, services or both (CGI ann. II art. 242
// nonies A, as decree 2022-1299 completed it). A digital copy is a service
// supplied electronically; postage follows what it carries.
func operation(lines []order.Line) string {
	goods, services := false, false
	for _, l := range lines {
		goods = goods || l.Format == order.Paper
		services = services || l.Format == order.Digital
	}
	switch {
	case goods && services:
		return "livraison de biens et prestation de services"
	case services:
		return "prestation de services"
	}
	return "livraison de biens"
}

// payment says how and when to pay, and what lateness costs.
func payment(v *order.Invoice) []layout.Block {
	if v.Prepaid >= v.Totals.Gross {
		return []layout.Block{layout.Heading{Level: 2, Text: layout.Plain("Règlement")},
			layout.Para("Facture acquittée le " + v.Due.French() + ".")}
	}
	out := []layout.Block{layout.Heading{Level: 2, Text: layout.Plain("Règlement")},
		layout.Para("À régler au plus tard le " + v.Due.French() + ", en rappelant le numéro " + v.Number() + ".")}
	if v.Seller.IBAN != "" {
		text := []layout.Inline{layout.Text{Text: "Par virement : IBAN "}, code(v.Seller.IBAN)}
		if v.Seller.BIC != "" {
			text = append(text, layout.Text{Text: ", BIC "}, code(v.Seller.BIC))
		}
		out = append(out, layout.Paragraph{Text: append(text, layout.Text{Text: "."})})
	}
	indemnity := "art. L441-10 et D441-5 du Code de commerce"
	if v.Buyer.Public() {
		indemnity = "art. L441-10 et D441-5 du Code de commerce ; pour les acheteurs publics, art. D2192-35 du Code de la commande publique"
	}
	return append(out, layout.Space{Lines: 0.5},
		line("legal", "Pas d’escompte pour paiement anticipé."),
		line("legal", "Pénalités de retard : "+v.Penalties+"."),
		line("legal", "Tout retard de paiement donne lieu de plein droit à une indemnité forfaitaire de 40 € pour frais de recouvrement ("+
			indemnity+")."))
}

func joined(lines []string) string {
	out := ""
	for i, l := range lines {
		if i > 0 {
			out += ", "
		}
		out += l
	}
	return out
}
