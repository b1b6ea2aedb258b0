package repertoire

import "reflect"

// Uses that most fields have.
const (
	published = Printed | Public
	content   = Printed | Public | Confirmed
	words     = Printed | Public | Personal
)

// PlainChoices forgets the type of a closed list.
func PlainChoices[T ~string](list Choices[T]) []Choice[string] {
	out := make([]Choice[string], len(list))
	for i, c := range list {
		out[i] = Choice[string]{string(c.Value), c.Label}
	}
	return out
}

func met(field func(*Partnership) bool, points int, message string) Expectation {
	return Expectation{Points: points, Message: message, Met: field}
}

// DeclaredPartnership are the fields of a Partnership.
var DeclaredPartnership = Declare[Partnership](string(AggPartnership), "Partenariat",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Public | Kept},
	Field{Name: "version", Label: "Version", Kind: FieldNumber, Use: Public | Kept},
	Field{Name: "parties", Label: "Collectivités", Kind: FieldGroup, Many: true, Use: content | Essential, Of: DeclaredParty,
		Expected: []Expectation{
			met(func(p *Partnership) bool {
				return len(p.PartiesOn(SideFrench)) > 0 && len(p.PartiesOn(SideForeign)) > 0
			},
				15, "Ajoutez une collectivité de chaque côté.")}},
	Field{Name: "directories", Label: "Répertoires", Kind: FieldDirectory, Many: true, Use: Public,
		Column: Column{"repertoires", "Répertoires", []string{"repertoire"}}},
	Field{Name: "title", Label: "Titre", Use: content | Personal, Column: Column{"titre", "Titre",
		[]string{"intitule", "intitule du partenariat", "titre du partenariat", "nom du partenariat", "partenariat"}}},
	Field{Name: "type", Label: "Type", Kind: FieldChoice, Choices: PlainChoices(Types), Use: content | Essential | Asked,
		Expected: []Expectation{met(nil, 7, "Indiquez le type de partenariat.")}, Column: Column{"type", "Type",
			[]string{"type de partenariat", "nature", "nature du partenariat", "type de cooperation", "type de lien", "forme"}}},
	Field{Name: "formality", Label: "Formalisation", Kind: FieldChoice, Choices: PlainChoices(Formalities), Use: content | Asked,
		Expected: []Expectation{met(nil, 2, "Dites si une convention est signée.")}, Column: Column{"formalisation", "Formalisation",
			[]string{"degre de formalisation", "formalite", "cadre juridique"}}},
	Field{Name: "status", Label: "Statut", Kind: FieldChoice, Choices: PlainChoices(Statuses), Use: content | Essential | Asked,
		Expected: []Expectation{met(nil, 8, "Indiquez le statut.")}, Column: Column{"statut", "Statut",
			[]string{"etat", "etat du partenariat", "statut du partenariat", "le partenariat est", "situation"}}},
	Field{Name: "first_year", Label: "Première convention", Kind: FieldYear, Use: content | Essential | Asked, Expected: []Expectation{
		met(func(p *Partnership) bool { return p.FirstYear != 0 || p.Start != "" }, 7, "Indiquez l’année de la première convention.")},
		Column: Column{"annee", "Année", []string{"annee de signature", "annee de premiere signature",
			"annee de premiere signature de la convention", "premiere convention", "annee de la premiere convention",
			"annee de la convention",
			"depuis", "annee du jumelage"}}},
	Field{Name: "start", Label: "Début", Kind: FieldDate, Use: content | Asked, Column: Column{"date_debut", "Date de début",
		[]string{"debut", "date debut", "annee de debut", "annee de debut du partenariat", "commence le"}}},
	Field{Name: "end", Label: "Fin", Kind: FieldDate, Use: content | Asked, Column: Column{"date_fin", "Date de fin",
		[]string{"fin", "date fin", "annee de fin", "echeance", "termine le"}}},
	Field{Name: "conventions", Label: "Conventions", Kind: FieldGroup, Many: true, Use: content | Asked, Of: DeclaredConvention, Weight: 1},
	Field{Name: "context", Label: "Contexte", Kind: FieldMarkdown, Use: content | Personal | Asked, Weight: 2,
		Column: Column{"contexte", "Contexte", []string{"contexte du partenariat"}}},
	Field{Name: "history", Label: "Historique", Kind: FieldMarkdown, Use: content | Personal | Asked, Weight: 2,
		Expected: []Expectation{met(func(p *Partnership) bool { return p.History != "" || p.Context != "" || p.Description != "" },
			5, "Racontez l’historique ou le contexte.")},
		Column: Column{"historique", "Historique", []string{"histoire", "historique du partenariat", "origine"}}},
	Field{Name: "objectives", Label: "Objectifs", Kind: FieldMarkdown, Use: content | Personal | Essential | Asked, Weight: 4,
		Expected: []Expectation{met(nil, 10, "Rédigez les objectifs.")},
		Column:   Column{"objectifs", "Objectifs", []string{"objectif", "objectif du partenariat", "objectifs du partenariat", "buts"}}},
	Field{Name: "description", Label: "Description", Kind: FieldMarkdown, Use: content | Personal | Asked, Weight: 3,
		Column: Column{"description", "Description", []string{"description detaillee", "description detaillee du partenariat", "resume",
			"presentation", "actions", "activites"}}},
	Field{Name: "themes", Label: "Thématiques", Kind: FieldTheme, Many: true, Use: content | Essential | Asked,
		Expected: []Expectation{met(nil, 12, "Choisissez au moins une thématique.")},
		Column: Column{"thematiques", "Thématiques", []string{"thematique", "themes", "theme", "thematiques d intervention",
			"thematique principale", "autres thematiques", "autres thematiques mises en oeuvre", "sous thematique", "sous sous thematique",
			"sous sous thematique d intervention", "domaines", "domaine", "secteurs", "domaines d intervention"}}},
	Field{Name: "projects", Label: "Projets", Kind: FieldGroup, Many: true, Use: content | Essential | Asked, Of: DeclaredProject,
		Expected: []Expectation{
			met(nil, 12, "Décrivez au moins un projet."),
			met((*Partnership).budgeted, 4, "Indiquez le budget ou les financeurs d’un projet.")},
		Column: Column{"projets", "Projets", []string{"projet", "titres des projets"}}},
	Field{Name: "exchanges", Label: "Échanges", Kind: FieldGroup, Many: true, Use: content | Asked, Of: DeclaredExchange, Weight: 1},
	Field{Name: "quotes", Label: "Citations", Kind: FieldGroup, Many: true, Use: content, Of: DeclaredQuote, Weight: 1},
	Field{Name: "actors", Label: "Acteurs", Kind: FieldGroup, Many: true, Use: content | Asked, Of: DeclaredActor,
		Column: Column{"acteurs", "Acteurs",
			[]string{"acteur", "associations", "association", "operateurs", "operateur", "partenaires associes"}}},
	Field{Name: "contacts", Label: "Interlocuteurs", Kind: FieldGroup, Many: true, Use: content | Essential | Asked, Of: DeclaredContact,
		Expected: []Expectation{
			met(func(p *Partnership) bool { return p.hasContact(SideFrench) }, 12,
				"Indiquez l’interlocuteur de la collectivité française."),
			met(func(p *Partnership) bool { return p.hasContact(SideForeign) }, 4,
				"Indiquez l’interlocuteur de la collectivité partenaire.")}},
	Field{Name: "links", Label: "Liens", Kind: FieldGroup, Many: true, Use: content | Asked, Of: DeclaredLink,
		Column: Column{"liens", "Liens",
			[]string{"lien", "site", "site web", "site internet", "url", "adresse web"}}},
	Field{Name: "pictures", Label: "Images", Kind: FieldGroup, Many: true, Use: content, Of: DeclaredPicture,
		Expected: []Expectation{met(nil, 2, "Ajoutez une image.")}},
	Field{Name: "attachments", Label: "Pièces jointes", Kind: FieldGroup, Many: true, Use: Public | Confirmed, Of: DeclaredAttachment},
	Field{Name: "country_group", Label: "Groupe-pays", Kind: FieldFlag, Use: content,
		Column: Column{"groupe_pays", "Groupe-pays", []string{"membre du groupe pays"}}},
	Field{Name: "dynamics", Label: "Dynamiques de CUF", Hint: "Climat, Genre, Jeunesses et ECSI…", Use: content | Personal | Asked | Fact,
		Weight: 1,
		Column: Column{"dynamiques", "Dynamiques de CUF",
			[]string{"dynamique", "dynamiques thematiques", "dynamique cuf", "dynamiques cuf"}}},
	Field{Name: "external", Label: "Références externes", Hint: "Atlas: 1234 | Wikidata: Q90", Kind: FieldGroup, Many: true,
		Use: Public | Identifying, Of: DeclaredExternal},
	Field{Name: "source", Label: "Source", Use: words, Column: Column{"source", "Source", []string{"sources", "provenance"}}},
	Field{Name: "fictitious", Label: "Fictif", Kind: FieldFlag, Use: published, Column: Column{"fictif", "Fictif", nil}},
	Field{Name: "notes", Label: "Notes", Kind: FieldMarkdown, Use: Personal, Weight: 1,
		Column: Column{"notes", "", []string{"notes", "remarques", "commentaires", "observations", "note interne"}}},
	Field{Name: "distinct", Label: "Distinct de", Kind: FieldRecord, Many: true, Use: Public},
	Field{Name: "verified", Label: "Vérifié le", Kind: FieldDate, Use: published, Column: Column{"verifie_le", "Vérifié le",
		[]string{"derniere verification", "date de verification", "mise a jour", "date de mise a jour"}}},
	Field{Name: "confirmations", Label: "Confirmations", Kind: FieldByKey, Use: Kept, Of: DeclaredConfirmation},
	Field{Name: "created", Label: "Créé le", Kind: FieldMoment, Use: Public | Kept},
	Field{Name: "updated", Label: "Modifié le", Kind: FieldMoment, Use: Public | Kept},
)

func (p *Partnership) budgeted() bool {
	for _, x := range p.Projects {
		if !x.Budget.IsZero() || len(x.Funding) > 0 {
			return true
		}
	}
	return false
}

// DeclaredParty are the fields of a Party.
var DeclaredParty = Declare[Party]("party", "Collectivité",
	Field{Name: "authority", Label: "Collectivité", Kind: FieldAuthority, Use: published | Naming | Telling},
	Field{Name: "side", Label: "Côté", Kind: FieldChoice, Choices: PlainChoices(Sides), Use: published | Telling},
	Field{Name: "lead", Label: "Chef de file", Kind: FieldFlag, Use: published},
)

// DeclaredExternal are the fields of an External.
var DeclaredExternal = Declare[External]("external", "Référence externe",
	Field{Name: "system", Label: "Origine", Use: Public | Telling},
	Field{Name: "id", Label: "Référence", Kind: FieldCode, Use: Public | Naming | Telling},
).InCells(func(x any) string { return x.(*External).Written() }, func(s string) (any, error) {
	x, err := ParseExternal(s)
	return &x, err
})

// DeclaredConvention are the fields of a Convention.
var DeclaredConvention = Declare[Convention]("convention", "Convention",
	Field{Name: "title", Label: "Titre", Use: words | Naming | Telling | Asked, Weight: 1},
	Field{Name: "signed", Label: "Signature", Kind: FieldDate, Use: published | Telling | Plain | Asked},
	Field{Name: "until", Label: "Échéance", Kind: FieldDate, Use: published | Asked},
	Field{Name: "media", Label: "Fichier", Kind: FieldMedia, Use: Public},
)

// DeclaredConfirmation are the fields of a Confirmation.
var DeclaredConfirmation = Declare[Confirmation]("confirmation", "Confirmation",
	Field{Name: "at", Label: "Date", Kind: FieldMoment},
	Field{Name: "by", Label: "Par", Use: Personal},
	Field{Name: "source", Label: "Source", Use: Personal},
)

// DeclaredExchange are the fields of an Exchange.
var DeclaredExchange = Declare[Exchange]("exchange", "Échange",
	Field{Name: "date", Label: "Date", Kind: FieldDate, Use: published | Telling | Plain | Asked},
	Field{Name: "title", Label: "Titre", Use: words | Naming | Telling | Asked, Weight: 1},
	Field{Name: "description", Label: "Description", Kind: FieldMarkdown, Use: words | Asked, Weight: 1},
)

// DeclaredQuote are the fields of a Quote.
var DeclaredQuote = Declare[Quote]("quote", "Citation",
	Field{Name: "text", Label: "Citation", Use: words | Naming | Telling, Weight: 1},
	Field{Name: "author", Label: "De qui", Use: words | Plain | Telling},
	Field{Name: "role", Label: "Fonction", Use: words | Plain},
)

// DeclaredActor are the fields of an Actor.
var DeclaredActor = Declare[Actor]("actor", "Acteur",
	Field{Name: "name", Label: "Nom", Use: words | Naming | Telling | Asked},
	Field{Name: "role", Label: "Rôle", Use: words | Plain | Asked},
	Field{Name: "url", Label: "Adresse web", Kind: FieldURL, Use: words | Plain | Asked},
)

// DeclaredLink are the fields of a Link.
var DeclaredLink = Declare[Link]("link", "Lien",
	Field{Name: "label", Label: "Libellé", Use: words | Naming | Asked},
	Field{Name: "url", Label: "Adresse web", Kind: FieldURL, Use: words | Plain | Telling | Asked},
)

// DeclaredPicture are the fields of a Picture.
var DeclaredPicture = Declare[Picture]("picture", "Image",
	Field{Name: "media", Label: "Fichier", Kind: FieldMedia, Use: published | Telling},
	Field{Name: "caption", Label: "Légende", Use: words | Naming},
	Field{Name: "credit", Label: "Crédit", Use: words},
	Field{Name: "alt", Label: "Description de l’image", Use: words},
	Field{Name: "focus_x", Label: "Point d’attention, depuis la gauche (%)", Kind: FieldNumber, Use: published | Plain},
	Field{Name: "focus_y", Label: "Point d’attention, depuis le haut (%)", Kind: FieldNumber, Use: published | Plain},
	Field{Name: "crop", Label: "Cadrage (16:9, 3:2, 1:1…)", Use: published | Plain},
)

// DeclaredAttachment are the fields of an Attachment.
var DeclaredAttachment = Declare[Attachment]("attachment", "Pièce jointe",
	Field{Name: "media", Label: "Fichier", Kind: FieldMedia, Use: Public | Telling},
	Field{Name: "name", Label: "Nom", Use: Public | Personal | Naming | Telling},
)

// DeclaredProject are the fields of a Project.
var DeclaredProject = Declare[Project]("project", "Projet",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Public | Kept},
	Field{Name: "title", Label: "Titre", Use: words | Naming | Asked},
	Field{Name: "themes", Label: "Thématiques", Kind: FieldTheme, Many: true, Use: published | Asked},
	Field{Name: "start", Label: "Début", Kind: FieldDate, Use: published | Asked},
	Field{Name: "end", Label: "Fin", Kind: FieldDate, Use: published | Asked},
	Field{Name: "places", Label: "Lieux", Use: words | Asked, Weight: 2},
	Field{Name: "operator", Label: "Opérateur", Use: words | Asked, Weight: 2},
	Field{Name: "beneficiaries", Label: "Bénéficiaires", Use: words | Asked, Weight: 2},
	Field{Name: "description", Label: "Description", Kind: FieldMarkdown, Use: words | Asked, Weight: 4},
	Field{Name: "results", Label: "Résultats", Kind: FieldMarkdown, Use: words | Asked, Weight: 3},
	Field{Name: "difficulties", Label: "Difficultés", Kind: FieldMarkdown, Use: words | Asked, Weight: 3},
	Field{Name: "budget", Label: "Budget", Kind: FieldMoney, Use: published | Plain | Asked},
	Field{Name: "funding", Label: "Financements", Kind: FieldGroup, Many: true, Use: published | Asked, Of: DeclaredFunding},
	Field{Name: "external", Label: "Références externes", Hint: "Atlas: 1234 | Wikidata: Q90", Kind: FieldGroup, Many: true,
		Use: Public | Identifying, Of: DeclaredExternal},
	Field{Name: "fictitious", Label: "Fictif", Kind: FieldFlag, Use: published},
)

// DeclaredFunding are the fields of a Funding.
var DeclaredFunding = Declare[Funding]("funding", "Financement",
	Field{Name: "funder", Label: "Financeur", Use: words | Naming | Telling | Asked},
	Field{Name: "kind", Label: "Dispositif", Kind: FieldChoice, Choices: FundingKinds, Use: published | Telling | Plain | Asked},
	Field{Name: "amount", Label: "Montant", Kind: FieldMoney, Use: published | Plain | Asked},
	Field{Name: "in_kind", Label: "En nature", Kind: FieldFlag, Use: published | Asked},
)

// DeclaredContact are the fields of a Contact. What of it may leave the base
// its own flags say: see Contact.Published.
var DeclaredContact = Declare[Contact]("contact", "Interlocuteur",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Public | Kept},
	Field{Name: "side", Label: "Côté", Kind: FieldChoice, Choices: PlainChoices(Sides), Use: published | Asked},
	Field{Name: "elected", Label: "Élu", Kind: FieldFlag, Use: published | Asked},
	Field{Name: "name", Label: "Nom", Use: words | Naming | Asked},
	Field{Name: "role", Label: "Fonction", Use: words | Plain | Asked},
	Field{Name: "authority", Label: "Collectivité", Kind: FieldAuthority, Use: published},
	Field{Name: "email", Label: "Courriel", Kind: FieldEmail, Use: words | Plain | Asked},
	Field{Name: "phone", Label: "Téléphone", Kind: FieldPhone, Use: words | Plain | Asked},
	Field{Name: "publish_name", Label: "Nom publiable", Kind: FieldFlag, Use: Public | Asked},
	Field{Name: "publish_email", Label: "Courriel publiable", Kind: FieldFlag, Use: Public | Asked},
	Field{Name: "publish_phone", Label: "Téléphone publiable", Kind: FieldFlag, Use: Public | Asked},
	Field{Name: "legal_basis", Label: "Base légale", Use: Personal},
	Field{Name: "agreed_on", Label: "Accord du", Kind: FieldDate},
	Field{Name: "proof", Label: "Preuve de l’accord", Use: Personal},
	Field{Name: "objected", Label: "Opposition à la publication", Kind: FieldFlag},
)

// aggregates are the declarations of the domain's own aggregates; those of
// orders are internal/order's.
var aggregates = map[Aggregate]*Declaration{AggPartnership: DeclaredPartnership, AggAuthority: DeclaredAuthority,
	AggDirectory: DeclaredDirectory, AggPresentation: DeclaredPresentation, AggTheme: DeclaredTheme, AggList: DeclaredList}

// Declared gives the declaration of an aggregate, nil for those of orders.
func Declared(a Aggregate) *Declaration { return aggregates[a] }

// DeclarationOf gives the declaration of an aggregate's record, by its pointer;
// nil when there is none.
func DeclarationOf(record any) *Declaration {
	typ := reflect.TypeOf(record)
	for _, d := range aggregates {
		if typ == reflect.PointerTo(d.typ) {
			return d
		}
	}
	return nil
}
