package request

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// Field is what a column of a request says.
type Field string

// The fields.
const (
	Name       Field = "name"
	SIREN      Field = "siren"
	SIRET      Field = "siret"
	VATNumber  Field = "vat_number"
	Contact    Field = "contact"
	Email      Field = "email"
	Phone      Field = "phone"
	Street     Field = "address"
	PostCode   Field = "postcode"
	City       Field = "city"
	Country    Field = "country"
	ShipStreet Field = "ship_address"
	ShipCode   Field = "ship_postcode"
	ShipCity   Field = "ship_city"
	ShipLand   Field = "ship_country"
	Service    Field = "service_code"
	Commitment Field = "commitment"
	Reference  Field = "reference"
	Edition    Field = "edition"
	Format     Field = "format"
	Quantity   Field = "quantity"
	Price      Field = "price"
	Discount   Field = "discount"
	Date       Field = "date"
	Note       Field = "note"
	Member     Field = "member"
	Standing   Field = "standing"
)

// Fields lists the fields with their labels.
var Fields = repertoire.Choices[Field]{{Value: Name, Label: "Acheteur"}, {Value: SIREN, Label: "SIREN"}, {Value: SIRET, Label: "SIRET"},
	{Value: VATNumber, Label: "N° de TVA"},
	{Value: Contact, Label: "À l’attention de"}, {Value: Email, Label: "Courriel"}, {Value: Phone, Label: "Téléphone"},
	{Value: Street, Label: "Adresse"}, {Value: PostCode, Label: "Code postal"},
	{Value: City, Label: "Ville"}, {Value: Country, Label: "Pays"}, {Value: ShipStreet, Label: "Adresse de livraison"},
	{Value: ShipCode, Label: "Code postal de livraison"},
	{Value: ShipCity, Label: "Ville de livraison"}, {Value: ShipLand, Label: "Pays de livraison"}, {Value: Service, Label: "Code service"},
	{Value: Commitment, Label: "Numéro d’engagement"},
	{Value: Reference, Label: "Référence de l’acheteur"}, {Value: Edition, Label: "Édition"}, {Value: Format, Label: "Format"},
	{Value: Quantity, Label: "Quantité"}, {Value: Price, Label: "Prix convenu"},
	{Value: Discount, Label: "Remise"}, {Value: Date, Label: "Date"}, {Value: Note, Label: "Note"}, {Value: Member, Label: "Adhérent"},
	{Value: Standing, Label: "Chaque nouvelle édition"}}

// words are the headings of forms and spreadsheets, without case nor accents.
var words = []struct {
	field Field
	said  []string
}{
	{Name, []string{"acheteur", "collectivite", "organisme", "organisation", "structure", "etablissement", "institution", "raison sociale",
		"societe", "association", "mairie", "commune", "client", "librairie",
		"nom de la collectivite", "nom de l organisme", "nom de la structure", "nom de l acheteur", "facture a", "organization", "company",
		"buyer", "customer", "denomination", "nom de la commune"}},
	{SIREN, []string{"siren", "numero siren", "n siren"}}, {SIRET, []string{"siret", "numero siret", "n siret", "n de siret"}},
	{VATNumber, []string{"tva", "n tva", "n de tva", "numero de tva", "tva intracommunautaire", "vat number", "vat",
		"n tva intracommunautaire", "numero de tva intracommunautaire"}},
	{Contact, []string{"contact", "a l attention de", "attention", "nom du contact", "interlocuteur", "demandeur", "nom du demandeur",
		"nom et prenom", "nom prenom", "prenom et nom", "personne a contacter", "destinataire", "contact person"}},
	{Email, []string{"courriel", "email", "e mail", "mail", "adresse mail", "adresse email", "adresse e mail", "adresse electronique",
		"adresse de messagerie", "mel"}},
	{Phone, []string{"telephone", "tel", "portable", "n de telephone", "numero de telephone", "phone"}},
	{Street, []string{"adresse", "adresse postale", "rue", "voie", "adresse de facturation", "complement d adresse", "complement",
		"address", "adresse 1", "adresse 2", "adresse ligne 1", "adresse ligne 2", "street"}},
	{PostCode, []string{"code postal", "cp", "zip", "postcode", "postal code"}}, {City, []string{"ville", "localite", "city", "town"}},
	{Country, []string{"pays", "country", "etat"}},
	{ShipStreet, []string{"adresse de livraison", "livraison", "livrer a", "adresse d envoi", "lieu de livraison"}},
	{ShipCode, []string{"code postal de livraison", "cp de livraison", "cp livraison", "code postal livraison"}},
	{ShipCity, []string{"ville de livraison", "ville livraison"}}, {ShipLand, []string{"pays de livraison", "pays livraison"}},
	{Service, []string{"code service", "code du service", "service chorus", "code service chorus", "code service chorus pro",
		"service executant"}},
	{Commitment, []string{"engagement", "numero d engagement", "n d engagement", "engagement juridique", "n engagement",
		"numero d engagement juridique", "ej"}},
	{Reference, []string{"reference", "ref", "bon de commande", "n de bon de commande", "n bon de commande", "numero de bon de commande",
		"votre reference", "numero de commande", "n de commande", "n commande", "bc", "reference de la commande", "order number"}},
	{Edition, []string{"edition", "repertoire", "ouvrage", "titre", "livre", "publication", "document", "repertoire souhaite",
		"edition souhaitee", "ouvrage souhaite", "repertoires souhaites", "article", "produit", "book", "title", "product"}},
	{Format, []string{"format", "version", "support", "format souhaite", "version souhaitee", "papier ou numerique", "type"}},
	{Quantity, []string{"quantite", "qte", "nombre", "exemplaires", "nombre d exemplaires", "nb d exemplaires", "nb exemplaires", "nb",
		"nombre de copies", "quantity", "qty", "copies", "nombre d exemplaires souhaites"}},
	{Price, []string{"prix", "prix unitaire", "prix convenu", "tarif", "price", "pu", "prix unitaire ttc"}},
	{Discount, []string{"remise", "remise en", "reduction", "discount"}},
	{Date, []string{"date", "horodateur", "date de la demande", "date de commande", "date de la commande", "recu le", "date de reception",
		"envoye le", "soumis le", "date de soumission", "timestamp", "heure de fin", "submitted at"}},
	{Note, []string{"note", "remarque", "remarques", "commentaire", "commentaires", "observations", "message", "precisions", "comment",
		"comments", "votre message"}},
	{Member, []string{"adherent", "membre", "adhesion", "etes vous adherent", "member", "adherent cuf", "adherent de cuf"}},
	{Standing, []string{"chaque nouvelle edition", "abonnement", "commande permanente", "a chaque nouvelle edition",
		"recevoir chaque nouvelle edition", "standing order"}},
}

// persons are headings that name a person where another column names the buyer,
// and the buyer where none does.
var persons = []string{"nom", "name", "prenom", "nom complet", "vos nom et prenom", "votre nom", "first name", "last name"}

// Key folds a heading to bare words.
func Key(s string) string {
	return strings.Join(strings.FieldsFunc(repertoire.Fold(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }),
		" ")
}

// Guess tells which field each heading is, "" for none. A heading is known by the
// longest of the words it holds.
func Guess(headings []string) []Field {
	out := make([]Field, len(headings))
	for i, h := range headings {
		out[i] = guess(Key(h))
	}
	named := slices.Contains(out, Name)
	for i, h := range headings {
		if out[i] == "" && slices.Contains(persons, Key(h)) {
			out[i] = Name
			if named {
				out[i] = Contact
			}
		}
	}
	return out
}

func guess(key string) Field {
	best, length := Field(""), 0
	for _, w := range words {
		for _, s := range w.said {
			if len(s) > length && (key == s || strings.Contains(" "+key+" ", " "+s+" ")) {
				best, length = w.field, len(s)
			}
		}
	}
	return best
}
