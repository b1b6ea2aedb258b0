package repertoire

// DeclaredAuthority are the fields of an Authority. Names of places are never
// taken for a person's: a square may be named after somebody.
var DeclaredAuthority = Declare[Authority](string(AggAuthority), "Collectivité",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Public | Kept},
	Field{Name: "version", Label: "Version", Kind: FieldNumber, Use: Kept},
	Field{Name: "name", Label: "Nom", Use: published | Naming, Weight: 4},
	Field{Name: "article", Label: "Article", Kind: FieldNumber, Use: published},
	Field{Name: "native_name", Label: "Nom d’origine", Use: published, Weight: 3},
	Field{Name: "native_lang", Label: "Langue du nom", Kind: FieldLanguage, Use: published},
	Field{Name: "other_names", Label: "Autres noms", Many: true, Use: published, Weight: 3},
	Field{Name: "country", Label: "Pays", Kind: FieldCountry, Use: published | Plain},
	Field{Name: "level", Label: "Niveau", Kind: FieldChoice, Choices: PlainChoices(Levels), Use: published | Plain},
	Field{Name: "insee", Label: "Code INSEE", Kind: FieldCode, Use: published},
	Field{Name: "siren", Label: "SIREN", Kind: FieldCode, Use: published},
	Field{Name: "departement", Label: "Département", Use: published, Weight: 2},
	Field{Name: "region", Label: "Région", Use: published, Weight: 2},
	Field{Name: "postal_codes", Label: "Codes postaux", Kind: FieldCode, Many: true, Use: published},
	Field{Name: "population", Label: "Population", Kind: FieldNumber, Use: published},
	Field{Name: "latitude", Label: "Latitude", Kind: FieldDegrees, Use: published},
	Field{Name: "longitude", Label: "Longitude", Kind: FieldDegrees, Use: published},
	Field{Name: "website", Label: "Site web", Kind: FieldURL, Use: words},
	Field{Name: "email", Label: "Courriel", Kind: FieldEmail, Use: words},
	Field{Name: "phone", Label: "Téléphone", Kind: FieldPhone, Use: words},
	Field{Name: "address", Label: "Adresse", Use: words},
	Field{Name: "member", Label: "Adhérent", Kind: FieldFlag, Use: published},
	Field{Name: "source", Label: "Source", Use: words},
	Field{Name: "fictitious", Label: "Fictif", Kind: FieldFlag, Use: published},
	Field{Name: "notes", Label: "Notes", Kind: FieldMarkdown, Use: Personal},
	Field{Name: "external", Label: "Références externes", Hint: "Wikidata: Q90", Kind: FieldGroup, Many: true,
		Use: Public | Identifying, Of: DeclaredExternal},
	Field{Name: "distinct", Label: "Distinct de", Kind: FieldAuthority, Many: true, Use: Public},
)

// DeclaredPresentation are the fields of a Presentation.
var DeclaredPresentation = Declare[Presentation](string(AggPresentation), "Présentation d’un pays",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Public | Kept},
	Field{Name: "version", Label: "Version", Kind: FieldNumber, Use: Kept},
	Field{Name: "country", Label: "Pays", Kind: FieldCountry, Use: published | Naming},
	Field{Name: "figures", Label: "Chiffres clés", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredFigure},
	Field{Name: "introduction", Label: "Introduction", Kind: FieldMarkdown, Use: words},
	Field{Name: "territorial", Label: "Organisation territoriale", Kind: FieldMarkdown, Use: words},
	Field{Name: "tiers", Label: "Échelons", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredTier},
	Field{Name: "decentralisation", Label: "Décentralisation", Kind: FieldMarkdown, Use: words},
	Field{Name: "cooperation", Label: "Coopération avec la France", Kind: FieldMarkdown, Use: words},
	Field{Name: "milestones", Label: "Dates", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredMilestone},
	Field{Name: "contacts", Label: "Contacts utiles", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredUsefulContact},
	Field{Name: "links", Label: "Liens", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredLink},
	Field{Name: "source", Label: "Source", Use: words},
	Field{Name: "fictitious", Label: "Fictif", Kind: FieldFlag, Use: published},
)

// DeclaredFigure are the fields of a Figure.
var DeclaredFigure = Declare[Figure]("figure", "Chiffre clé",
	Field{Name: "label", Label: "Libellé", Use: words | Naming | Telling},
	Field{Name: "value", Label: "Valeur", Use: words | Plain},
	Field{Name: "year", Label: "Année", Kind: FieldYear, Use: published | Plain},
	Field{Name: "source", Label: "Source", Use: words},
)

// DeclaredTier are the fields of a Tier.
var DeclaredTier = Declare[Tier]("tier", "Échelon",
	Field{Name: "name", Label: "Nom", Use: words | Naming | Telling},
	Field{Name: "count", Label: "Nombre", Kind: FieldNumber, Use: published | Plain},
	Field{Name: "note", Label: "Note", Use: words | Plain},
)

// DeclaredMilestone are the fields of a Milestone.
var DeclaredMilestone = Declare[Milestone]("milestone", "Date",
	Field{Name: "year", Label: "Année", Kind: FieldYear, Use: published | Plain | Telling},
	Field{Name: "text", Label: "Ce qui s’est passé", Use: words | Naming | Telling},
)

// DeclaredUsefulContact are the fields of a UsefulContact.
var DeclaredUsefulContact = Declare[UsefulContact]("useful_contact", "Contact utile",
	Field{Name: "name", Label: "Nom", Use: words | Naming | Telling},
	Field{Name: "address", Label: "Adresse", Use: words | Plain},
	Field{Name: "phone", Label: "Téléphone", Kind: FieldPhone, Use: words | Plain},
	Field{Name: "email", Label: "Courriel", Kind: FieldEmail, Use: words | Plain},
	Field{Name: "url", Label: "Adresse web", Kind: FieldURL, Use: words | Plain},
)

// DeclaredDirectory are the fields of a Directory.
var DeclaredDirectory = Declare[Directory](string(AggDirectory), "Répertoire",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Public | Kept},
	Field{Name: "version", Label: "Version", Kind: FieldNumber, Use: Kept},
	Field{Name: "slug", Label: "Identifiant", Kind: FieldCode, Use: Public},
	Field{Name: "title", Label: "Titre", Use: words | Naming},
	Field{Name: "short", Label: "Nom court", Use: words},
	Field{Name: "edition", Label: "Édition", Use: words},
	Field{Name: "countries", Label: "Pays", Kind: FieldCountry, Many: true, Use: published},
	Field{Name: "blurb", Label: "Présentation", Kind: FieldMarkdown, Use: words},
	Field{Name: "editorial", Label: "Éditoriaux", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredEditorial},
	Field{Name: "groups", Label: "Groupes-pays", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredCountryGroup},
	Field{Name: "imprint", Label: "Mentions légales", Kind: FieldGroup, Use: published, Of: DeclaredImprint},
	Field{Name: "by_partner", Label: "Classement par partenaire", Kind: FieldFlag, Use: Public},
	Field{Name: "sections", Label: "Parties du livre", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredSection},
	Field{Name: "density", Label: "Densité", Kind: FieldChoice, Choices: PlainChoices(Densities), Use: Public},
	Field{Name: "design", Label: "Maquette", Kind: FieldCode, Use: Public},
	Field{Name: "format", Label: "Format", Kind: FieldCode, Use: Public},
	Field{Name: "cover", Label: "Couverture", Kind: FieldGroup, Use: published, Of: DeclaredPicture},
	Field{Name: "logos", Label: "Logos", Kind: FieldGroup, Many: true, Use: published, Of: DeclaredPicture},
	Field{Name: "overrides", Label: "Réglages de pages", Kind: FieldByKey, Use: Public, Of: DeclaredOverride},
	Field{Name: "aside", Label: "Liens connus mis de côté", Kind: FieldCode, Many: true, Use: Public},
	Field{Name: "source", Label: "Source", Use: words},
)

// Densities are the choices with their French names.
var Densities = Choices[Density]{{DensityPage, "Une page"}, {DensityHalf, "Une demi-page"}, {DensityTable, "Un tableau"}}

// DeclaredEditorial are the fields of an Editorial.
var DeclaredEditorial = Declare[Editorial]("editorial", "Éditorial",
	Field{Name: "title", Label: "Titre", Use: words | Naming | Telling},
	Field{Name: "text", Label: "Texte", Kind: FieldMarkdown, Use: words},
	Field{Name: "author", Label: "Auteur", Use: words | Telling},
	Field{Name: "role", Label: "Fonction", Use: words},
	Field{Name: "portrait", Label: "Portrait", Kind: FieldGroup, Use: published, Of: DeclaredPicture},
)

// DeclaredCountryGroup are the fields of a CountryGroup.
var DeclaredCountryGroup = Declare[CountryGroup]("country_group", "Groupe-pays",
	Field{Name: "country", Label: "Pays", Kind: FieldCountry, Use: published | Telling | Plain},
	Field{Name: "name", Label: "Nom", Use: words | Naming | Telling},
	Field{Name: "president", Label: "Présidence", Use: words},
	Field{Name: "office", Label: "Fonction", Use: words | Plain},
	Field{Name: "authority", Label: "Collectivité", Use: words | Plain},
	Field{Name: "feminine", Label: "Au féminin", Kind: FieldFlag, Use: published},
	Field{Name: "as_of", Label: "À la date du", Kind: FieldDate, Use: published},
	Field{Name: "source", Label: "Source", Use: words},
)

// DeclaredImprint are the fields of an Imprint.
var DeclaredImprint = Declare[Imprint]("imprint", "Mentions légales",
	Field{Name: "publisher", Label: "Éditeur", Use: words},
	Field{Name: "address", Label: "Adresse", Use: words},
	Field{Name: "director", Label: "Direction de la publication", Use: words},
	Field{Name: "isbn", Label: "ISBN", Kind: FieldCode, Use: published},
	Field{Name: "legal_deposit", Label: "Dépôt légal", Kind: FieldDate, Use: published},
	Field{Name: "price", Label: "Prix", Kind: FieldMoney, Use: published},
	Field{Name: "printer", Label: "Imprimeur", Use: words},
	Field{Name: "printed_on", Label: "Achevé d’imprimer", Kind: FieldDate, Use: published},
	Field{Name: "notice", Label: "Protection des données", Kind: FieldMarkdown, Use: words},
)

// DeclaredSection are the fields of a SectionChoice.
var DeclaredSection = Declare[SectionChoice]("section", "Partie du livre",
	Field{Name: "key", Label: "Partie", Kind: FieldCode, Use: published | Naming | Telling},
	Field{Name: "off", Label: "Absente", Kind: FieldFlag, Use: published},
	Field{Name: "title", Label: "Titre", Use: words},
	Field{Name: "text", Label: "Texte", Kind: FieldMarkdown, Use: words},
)

// DeclaredOverride are the fields of a PageOverride.
var DeclaredOverride = Declare[PageOverride]("override", "Réglage de pages",
	Field{Name: "new_page", Label: "Commence une page", Kind: FieldFlag, Use: Public},
	Field{Name: "keep", Label: "Reste entière", Kind: FieldFlag, Use: Public},
	Field{Name: "picture_width", Label: "Largeur de l’image", Kind: FieldNumber, Use: Public},
)

// DeclaredTheme are the fields of a Theme.
var DeclaredTheme = Declare[Theme](string(AggTheme), "Thématique",
	Field{Name: "code", Label: "Code", Kind: FieldCode, Use: published},
	Field{Name: "label", Label: "Libellé", Use: published | Naming},
	Field{Name: "dac", Label: "Code CAD de l’OCDE", Kind: FieldCode, Use: published},
	Field{Name: "dac_label", Label: "Libellé du CAD", Use: published},
	Field{Name: "sdg", Label: "Objectif de développement durable", Kind: FieldNumber, Use: published},
	Field{Name: "source", Label: "Source", Use: words},
)

// DeclaredList are the fields of a SavedList. What was typed may name somebody.
var DeclaredList = Declare[SavedList](string(AggList), "Liste",
	Field{Name: "id", Label: "Identifiant", Kind: FieldRecord, Use: Kept},
	Field{Name: "name", Label: "Nom", Use: Personal | Naming},
	Field{Name: "text", Label: "Recherche", Use: Personal},
	Field{Name: "directory", Label: "Répertoire", Kind: FieldDirectory},
	Field{Name: "themes", Label: "Thématiques", Kind: FieldTheme, Many: true},
	Field{Name: "countries", Label: "Pays", Kind: FieldCountry, Many: true},
	Field{Name: "statuses", Label: "Statuts", Kind: FieldChoice, Choices: PlainChoices(Statuses), Many: true},
	Field{Name: "types", Label: "Types", Kind: FieldChoice, Choices: PlainChoices(Types), Many: true},
	Field{Name: "exclude", Label: "Mis à part", Kind: FieldOptions, Use: Personal},
	Field{Name: "added", Label: "Ajoutées à la main", Kind: FieldRecord, Many: true},
	Field{Name: "aside", Label: "Retirées à la main", Kind: FieldRecord, Many: true},
	Field{Name: "sort", Label: "Tri", Kind: FieldCode},
	Field{Name: "descending", Label: "Tri décroissant", Kind: FieldFlag},
	Field{Name: "rank", Label: "Rang", Kind: FieldNumber},
)
