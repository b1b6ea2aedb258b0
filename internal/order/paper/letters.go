package paper

import (
	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Quote is an offer for an order.
func Quote(o *order.Order, s order.Seller, q order.Quote) layout.Document {
	name := "Devis " + q.Number()
	blocks := opening(o, s, name, []fact{{"Date", q.Date.Field()}, {"Valable jusqu’au", q.Until.Field()}})
	blocks = append(blocks, amounts(o, "Total à payer à la livraison")...)
	blocks = append(blocks, layout.Space{Lines: 1},
		layout.Para("Bon pour accord (date, nom et qualité du signataire, cachet) :"), layout.Space{Lines: 5})
	return letter(name, q.Date, s, "Devis", blocks)
}

// Confirmation tells the buyer that the order is taken.
func Confirmation(o *order.Order, s order.Seller, on repertoire.Date) layout.Document {
	name := "Confirmation de la commande " + o.Number()
	blocks := opening(o, s, name, []fact{{"Date", on.Field()}})
	blocks = append(blocks, amounts(o, "Total à payer à réception de la facture")...)
	text := "Nous préparons votre commande. Vous en serez averti à l’envoi."
	if o.Free() {
		text = "Nous préparons votre commande, qui est gratuite. Vous en serez averti à l’envoi."
	}
	return letter(name, on, s, "Confirmation de commande", append(blocks, layout.Space{Lines: 1}, layout.Para(text)))
}

// DeliveryNote goes into the parcel: copies without prices.
func DeliveryNote(o *order.Order, s order.Seller, on repertoire.Date) layout.Document {
	name := "Bon de livraison de la commande " + o.Number()
	blocks := []layout.Block{parties(s, recipient(o.Buyer, o.Buyer.ShipTo())), title(name),
		facts(append([]fact{{"Date d’expédition", on.Field()}, {"Suivi", o.Tracking}}, references(o)...)),
		quantities(o.Lines, order.Paper), layout.Space{Lines: 1},
		layout.Para("Merci de vérifier le contenu à réception et de nous signaler tout manque sous huit jours.")}
	return letter(name, on, s, "Bon de livraison", blocks)
}

func opening(o *order.Order, s order.Seller, name string, list []fact) []layout.Block {
	return []layout.Block{parties(s, recipient(o.Buyer, o.Buyer.Billing)), title(name), facts(append(list, references(o)...))}
}

func references(o *order.Order) []fact {
	return []fact{{"Commande", o.Number() + " du " + o.Date.Field()}, {"Votre référence", o.Reference},
		{"Numéro d’engagement", o.Commitment},
		{"Code service (Chorus Pro)", o.Buyer.ServiceCode}}
}

func amounts(o *order.Order, due string) []layout.Block {
	return priced{lines: o.Lines, basis: o.Basis, totals: o.Totals(), mention: o.Regime.Mention(),
		elsewhere: without(order.Mentions(o.Regime, o.Lines), o.Regime.Mention()), due: due}.blocks()
}
