package order

import "repertoire/internal/repertoire"

// Declared gives the declaration of any aggregate: those of orders here, those
// of the domain from repertoire; nil for none.
func Declared(a repertoire.Aggregate) *repertoire.Declaration {
	switch a {
	case repertoire.AggSales:
		return DeclaredSettings
	case repertoire.AggBuyer:
		return DeclaredBuyer
	case repertoire.AggOrder:
		return DeclaredOrder
	case repertoire.AggInvoice:
		return DeclaredInvoice
	case repertoire.AggStock:
		return DeclaredMovement
	}
	return repertoire.Declared(a)
}

// Short names for the tables below.
type field = repertoire.Field

const (
	personal = repertoire.Personal
	naming   = repertoire.Naming
	plain    = repertoire.Plain
	kept     = repertoire.Kept

	date      = repertoire.FieldDate
	number    = repertoire.FieldNumber
	code      = repertoire.FieldCode
	flag      = repertoire.FieldFlag
	choice    = repertoire.FieldChoice
	group     = repertoire.FieldGroup
	record    = repertoire.FieldRecord
	email     = repertoire.FieldEmail
	phone     = repertoire.FieldPhone
	country   = repertoire.FieldCountry
	moment    = repertoire.FieldMoment
	directory = repertoire.FieldDirectory
)

// kinds, memberships and bases are the closed lists that have no menu.
var (
	kinds       = repertoire.Choices[Kind]{{Value: KindInvoice, Label: "Facture"}, {Value: KindCredit, Label: "Avoir"}}
	memberships = repertoire.Choices[Membership]{{Value: Everybody, Label: "Tous"}, {Value: Members, Label: "Adhérents"},
		{Value: NonMembers, Label: "Non-adhérents"}}
	bases = repertoire.Choices[Basis]{{Value: Without, Label: "Hors taxes"}, {Value: With, Label: "Toutes taxes comprises"}}
)

// The declarations of what the aggregates of orders are made of.
var (
	declaredAddress = repertoire.Declare[Address]("address", "Adresse",
		field{Name: "lines", Label: "Adresse", Many: true, Use: personal | plain},
		field{Name: "post_code", Label: "Code postal", Kind: code, Use: plain},
		field{Name: "city", Label: "Ville", Use: plain},
		field{Name: "country", Label: "Pays", Kind: country, Use: plain},
		field{Name: "country_name", Label: "Nom du pays", Use: plain},
	)
	declaredEdition = repertoire.Declare[Edition]("edition", "Édition",
		field{Name: "id", Label: "Identifiant", Kind: code, Use: kept},
		field{Name: "label", Label: "Édition", Use: personal | naming},
		field{Name: "directory", Label: "Répertoire", Kind: directory},
		field{Name: "title", Label: "Titre", Use: personal | plain},
		field{Name: "pages", Label: "Pages", Kind: number},
		field{Name: "page_size", Label: "Format", Kind: code},
		field{Name: "sha256", Label: "Somme de contrôle", Kind: code, Use: kept},
	)
	declaredLine = repertoire.Declare[Line]("line", "Ligne",
		field{Name: "edition", Label: "Édition", Kind: group, Use: naming, Of: declaredEdition},
		field{Name: "format", Label: "Format", Kind: choice, Choices: repertoire.PlainChoices(Formats), Use: plain},
		field{Name: "postage", Label: "Port", Kind: flag},
		field{Name: "quantity", Label: "Quantité", Kind: number},
		field{Name: "unit", Label: "Prix unitaire", Kind: number},
		field{Name: "discount", Label: "Remise", Kind: number},
		field{Name: "rate", Label: "TVA", Kind: number},
		field{Name: "vat", Label: "Traitement de TVA", Kind: choice, Choices: repertoire.PlainChoices(Treatments)},
		field{Name: "listed", Label: "Prix du tarif", Kind: number},
		field{Name: "of", Label: "Ligne reprise", Kind: number},
		field{Name: "fixed", Label: "Montant", Kind: number},
		field{Name: "nothing", Label: "Sans montant", Kind: flag},
		field{Name: "why", Label: "Motif", Use: personal | plain},
	)
	declaredStep = repertoire.Declare[Step]("step", "Étape",
		field{Name: "state", Label: "État", Kind: choice, Choices: repertoire.PlainChoices(States), Use: naming},
		field{Name: "at", Label: "Date", Kind: moment, Use: plain},
		field{Name: "by", Label: "Par", Use: personal},
		field{Name: "note", Label: "Note", Use: personal | plain},
	)
	declaredCopy = repertoire.Declare[Copy]("copy", "Copie numérique",
		field{Name: "edition", Label: "Édition", Kind: code, Use: kept},
		field{Name: "recipient", Label: "Destinataire", Use: personal},
		field{Name: "file", Label: "Fichier", Use: personal | naming},
		field{Name: "sha256", Label: "Somme de contrôle", Kind: code, Use: kept},
		field{Name: "bytes", Label: "Taille", Kind: number},
		field{Name: "at", Label: "Date", Kind: moment},
	)
	declaredVAT = repertoire.Declare[VAT]("vat", "TVA",
		field{Name: "rate", Label: "Taux", Kind: number, Use: naming},
		field{Name: "vat", Label: "Traitement de TVA", Kind: choice, Choices: repertoire.PlainChoices(Treatments)},
		field{Name: "net", Label: "Hors taxes", Kind: number},
		field{Name: "tax", Label: "TVA", Kind: number},
		field{Name: "gross", Label: "Toutes taxes comprises", Kind: number},
	)
	declaredTotals = repertoire.Declare[Totals]("totals", "Totaux",
		field{Name: "lines", Label: "Lignes", Kind: number, Many: true},
		field{Name: "rates", Label: "Par taux", Kind: group, Many: true, Of: declaredVAT},
		field{Name: "net", Label: "Hors taxes", Kind: number},
		field{Name: "tax", Label: "TVA", Kind: number},
		field{Name: "gross", Label: "Toutes taxes comprises", Kind: number},
	)
	declaredSeller = repertoire.Declare[Seller]("seller", "Vendeur",
		field{Name: "name", Label: "Nom", Use: personal | naming},
		field{Name: "status", Label: "Statut", Use: personal},
		field{Name: "siren", Label: "SIREN", Kind: code},
		field{Name: "siret", Label: "SIRET", Kind: code},
		field{Name: "vat_number", Label: "TVA intracommunautaire", Kind: code},
		field{Name: "address", Label: "Adresse", Kind: group, Of: declaredAddress},
		field{Name: "email", Label: "Courriel", Kind: email, Use: personal},
		field{Name: "phone", Label: "Téléphone", Kind: phone, Use: personal},
		field{Name: "endpoint", Label: "Adresse de facturation électronique", Kind: code},
		field{Name: "iban", Label: "IBAN", Kind: code},
		field{Name: "bic", Label: "BIC", Kind: code},
	)
	declaredPrice = repertoire.Declare[Price]("price", "Prix",
		field{Name: "edition", Label: "Édition", Kind: code},
		field{Name: "directory", Label: "Répertoire", Kind: directory, Use: naming},
		field{Name: "format", Label: "Format", Kind: choice, Choices: repertoire.PlainChoices(Formats), Use: plain},
		field{Name: "for", Label: "Pour", Kind: choice, Choices: repertoire.PlainChoices(memberships)},
		field{Name: "unit", Label: "Prix unitaire", Kind: number, Use: plain},
	)
	declaredQuote = repertoire.Declare[Quote]("quote", "Devis",
		field{Name: "year", Label: "Année", Kind: repertoire.FieldYear},
		field{Name: "count", Label: "Numéro dans l’année", Kind: number, Use: naming},
		field{Name: "date", Label: "Date", Kind: date, Use: plain},
		field{Name: "until", Label: "Valable jusqu’au", Kind: date, Use: plain},
		field{Name: "gross", Label: "Montant", Kind: number, Use: plain},
	)
	declaredPayment = repertoire.Declare[Payment]("payment", "Paiement",
		field{Name: "date", Label: "Date", Kind: date, Use: naming},
		field{Name: "amount", Label: "Montant", Kind: number, Use: plain},
		field{Name: "means", Label: "Moyen", Use: personal | plain},
		field{Name: "at", Label: "Noté le", Kind: moment},
		field{Name: "by", Label: "Par", Use: personal},
	)
	declaredDecision = repertoire.Declare[Decision]("decision", "Décision du comptable",
		field{Name: "zone", Label: "Destination", Kind: code, Use: naming},
		field{Name: "format", Label: "Format", Kind: choice, Choices: repertoire.PlainChoices(Formats), Use: plain},
		field{Name: "treatment", Label: "Traitement de TVA", Kind: choice, Choices: repertoire.PlainChoices(Treatments), Use: plain},
	)
	declaredStanding = repertoire.Declare[Standing]("standing", "Commande permanente",
		field{Name: "directory", Label: "Répertoire", Kind: directory, Use: naming},
		field{Name: "format", Label: "Format", Kind: choice, Choices: repertoire.PlainChoices(Formats), Use: plain},
		field{Name: "quantity", Label: "Exemplaires", Kind: number, Use: plain},
	)
	declaredPostage = repertoire.Declare[PostageStep]("postage", "Port",
		field{Name: "copies", Label: "Exemplaires", Kind: number},
		field{Name: "cost", Label: "Coût", Kind: number},
	)
)

// DeclaredBuyer are the fields of a Buyer.
var DeclaredBuyer = repertoire.Declare[Buyer](string(repertoire.AggBuyer), "Acheteur",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "authority", Label: "Collectivité", Kind: repertoire.FieldAuthority},
	field{Name: "name", Label: "Nom", Use: personal | naming},
	field{Name: "siren", Label: "SIREN", Kind: code},
	field{Name: "siret", Label: "SIRET", Kind: code},
	field{Name: "vat_number", Label: "TVA intracommunautaire", Kind: code},
	field{Name: "endpoint", Label: "Adresse de facturation électronique", Kind: code},
	field{Name: "contact", Label: "À l’attention de", Use: personal},
	field{Name: "email", Label: "Courriel", Kind: email, Use: personal | plain},
	field{Name: "phone", Label: "Téléphone", Kind: phone, Use: personal | plain},
	field{Name: "billing", Label: "Adresse de facturation", Kind: group, Of: declaredAddress},
	field{Name: "delivery", Label: "Adresse de livraison", Kind: group, Of: declaredAddress},
	field{Name: "service_code", Label: "Code service", Kind: code},
	field{Name: "member", Label: "Adhérent", Kind: flag},
	field{Name: "member_from", Label: "Adhérent depuis", Kind: date},
	field{Name: "member_until", Label: "Adhérent jusqu’au", Kind: date},
	field{Name: "standing", Label: "Chaque nouvelle édition", Kind: group, Many: true, Of: declaredStanding},
)

// DeclaredOrder are the fields of an Order.
var DeclaredOrder = repertoire.Declare[Order](string(repertoire.AggOrder), "Commande",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "year", Label: "Année", Kind: repertoire.FieldYear},
	field{Name: "count", Label: "Numéro dans l’année", Kind: number},
	field{Name: "buyer", Label: "Acheteur", Kind: group, Of: DeclaredBuyer},
	field{Name: "commitment", Label: "Numéro d’engagement", Use: personal},
	field{Name: "reference", Label: "Référence de l’acheteur", Use: personal},
	field{Name: "date", Label: "Date", Kind: date},
	field{Name: "member", Label: "Adhérent", Kind: flag},
	field{Name: "basis", Label: "Prix donnés", Kind: choice, Choices: repertoire.PlainChoices(bases)},
	field{Name: "regime", Label: "Régime de TVA", Kind: choice, Choices: repertoire.PlainChoices(Regimes)},
	field{Name: "vat", Label: "Traitement de TVA", Kind: choice, Choices: repertoire.PlainChoices(Treatments)},
	field{Name: "lines", Label: "Lignes", Kind: group, Many: true, Of: declaredLine},
	field{Name: "steps", Label: "Étapes", Kind: group, Many: true, Of: declaredStep},
	field{Name: "quotes", Label: "Devis", Kind: group, Many: true, Of: declaredQuote},
	field{Name: "delivered", Label: "Livrée le", Kind: date},
	field{Name: "tracking", Label: "Suivi du colis", Use: personal},
	field{Name: "copies", Label: "Copies numériques", Kind: group, Many: true, Of: declaredCopy},
	field{Name: "invoice", Label: "Facture", Kind: record, Use: kept},
	field{Name: "credit", Label: "Avoir", Kind: record, Use: kept},
	field{Name: "credits", Label: "Avoirs partiels", Kind: record, Many: true, Use: kept},
	field{Name: "credited", Label: "Montant des avoirs", Kind: number},
	field{Name: "payments", Label: "Paiements", Kind: group, Many: true, Of: declaredPayment},
	field{Name: "reminded", Label: "Relances", Kind: date, Many: true},
	field{Name: "paid_on", Label: "Payée le", Kind: date},
	field{Name: "paid_by", Label: "Payée par", Use: personal},
	field{Name: "note", Label: "Note", Use: personal},
)

// DeclaredInvoice are the fields of an Invoice.
var DeclaredInvoice = repertoire.Declare[Invoice](string(repertoire.AggInvoice), "Facture",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "kind", Label: "Pièce", Kind: choice, Choices: repertoire.PlainChoices(kinds)},
	field{Name: "series", Label: "Série", Kind: code},
	field{Name: "year", Label: "Année", Kind: repertoire.FieldYear},
	field{Name: "count", Label: "Numéro dans l’année", Kind: number},
	field{Name: "date", Label: "Émise le", Kind: date},
	field{Name: "sold", Label: "Livrée le", Kind: date},
	field{Name: "due", Label: "À payer jusqu’au", Kind: date},
	field{Name: "order", Label: "Commande", Kind: record, Use: kept},
	field{Name: "order_number", Label: "Numéro de commande", Kind: code},
	field{Name: "order_date", Label: "Date de la commande", Kind: date},
	field{Name: "commitment", Label: "Numéro d’engagement", Use: personal},
	field{Name: "reference", Label: "Référence de l’acheteur", Use: personal},
	field{Name: "credits", Label: "Annule", Kind: record, Use: kept},
	field{Name: "credits_number", Label: "Annule la facture", Kind: code},
	field{Name: "credits_date", Label: "Date de la facture annulée", Kind: date},
	field{Name: "reason", Label: "Motif", Use: personal},
	field{Name: "partial", Label: "Partiel", Kind: flag},
	field{Name: "seller", Label: "Vendeur", Kind: group, Of: declaredSeller},
	field{Name: "buyer", Label: "Acheteur", Kind: group, Of: DeclaredBuyer},
	field{Name: "regime", Label: "Régime de TVA", Kind: choice, Choices: repertoire.PlainChoices(Regimes)},
	field{Name: "mention", Label: "Mention légale", Use: personal},
	field{Name: "basis", Label: "Prix donnés", Kind: choice, Choices: repertoire.PlainChoices(bases)},
	field{Name: "lines", Label: "Lignes", Kind: group, Many: true, Of: declaredLine},
	field{Name: "totals", Label: "Totaux", Kind: group, Of: declaredTotals},
	field{Name: "prepaid", Label: "Déjà payé", Kind: number},
	field{Name: "penalties", Label: "Pénalités", Use: personal},
)

// DeclaredMovement are the fields of a Movement.
var DeclaredMovement = repertoire.Declare[Movement](string(repertoire.AggStock), "Mouvement de stock",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "edition", Label: "Édition", Kind: group, Of: declaredEdition},
	field{Name: "quantity", Label: "Quantité", Kind: number},
	field{Name: "cause", Label: "Cause", Kind: choice, Choices: repertoire.PlainChoices(Causes)},
	field{Name: "date", Label: "Date", Kind: date},
	field{Name: "order", Label: "Commande", Kind: record, Use: kept},
	field{Name: "note", Label: "Note", Use: personal},
)

// DeclaredSettings are the fields of Settings.
var DeclaredSettings = repertoire.Declare[Settings](string(repertoire.AggSales), "Réglages des commandes",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "seller", Label: "Vendeur", Kind: group, Of: declaredSeller},
	field{Name: "regime", Label: "Régime de TVA", Kind: choice, Choices: repertoire.PlainChoices(Regimes)},
	field{Name: "book_rate", Label: "TVA des livres", Kind: number},
	field{Name: "postage_rate", Label: "TVA du port", Kind: number},
	field{Name: "basis", Label: "Prix donnés", Kind: choice, Choices: repertoire.PlainChoices(bases)},
	field{Name: "decisions", Label: "Décisions du comptable", Kind: group, Many: true, Of: declaredDecision},
	field{Name: "prices", Label: "Prix", Kind: group, Many: true, Of: declaredPrice},
	field{Name: "postage", Label: "Port", Kind: group, Many: true, Of: declaredPostage},
	field{Name: "due_days", Label: "Délai de paiement (jours)", Kind: number},
	field{Name: "penalties", Label: "Pénalités", Use: personal},
	field{Name: "invoice_series", Label: "Série des factures", Kind: code},
	field{Name: "credit_series", Label: "Série des avoirs", Kind: code},
	field{Name: "closed_until", Label: "Exercice clos jusqu’au", Kind: date},
	field{Name: "low_stock", Label: "Stock bas", Kind: number},
	field{Name: "retain_contacts", Label: "Conservation des interlocuteurs (années)", Kind: number},
	field{Name: "retain_buyers", Label: "Conservation des acheteurs (années)", Kind: number},
)
