package sample

// subject is what the generator knows of one theme: enough to write projects
// and sentences that sound like the field. Every phrase stands alone after the
// words that introduce it, so that agreement never goes wrong.
type subject struct {
	theme    string   // theme code
	projects []string // titles
	aims     []string // infinitives
	actions  []string // what is done, noun phrases with their article
	results  []string // whole sentences
	operator string
}

// subjects lists the themes that generated records speak of, the most usual
// first: the draw favours the beginning.
func subjects() []subject {
	return []subject{
		{"3.1.1", []string{"Eau potable et bornes-fontaines", "Assainissement des écoles", "Un service communal de l’eau"},
			[]string{"donner un accès durable à l’eau potable", "assainir les quartiers périphériques",
				"faire vivre un service public de l’eau"},
			[]string{"la protection des captages", "la pose de conduites et de bornes-fontaines",
				"la construction de blocs sanitaires dans les écoles", "la formation des fontainiers"},
			[]string{"Les redevances couvrent l’entretien courant du réseau.", "Le nombre d’habitants desservis a doublé en quatre ans.",
				"Les analyses de l’eau sont affichées chaque mois en mairie."}, "régie des eaux"},
		{"10.1", []string{"Rencontres de collégiens", "Chantier de jeunes", "Une classe, une correspondance"},
			[]string{"faire se rencontrer les jeunes des deux territoires", "soutenir les échanges scolaires"},
			[]string{"l’accueil de lycéens dans des familles", "la correspondance entre classes", "un chantier de jeunes chaque été"},
			[]string{"Une soixantaine de jeunes ont voyagé depuis trois ans.", "Douze classes correspondent chaque année."},
			"comité de jumelage"},
		{"2.1", []string{"Un lycée, des métiers", "Bibliothèques de classe", "Centre de formation aux métiers du bâtiment"},
			[]string{"former les jeunes à des métiers utiles sur place", "améliorer les conditions d’étude"},
			[]string{"la rénovation de salles de classe", "l’équipement d’ateliers d’apprentissage",
				"la formation continue des enseignants"},
			[]string{"Huit apprentis sur dix ont trouvé un emploi dans l’année.",
				"Le taux de réussite au certificat d’études a progressé."}, "lycée professionnel partenaire"},
		{"6.1", []string{"Restaurer le quartier ancien", "Mémoires partagées", "Itinéraire du patrimoine"},
			[]string{"sauvegarder le patrimoine bâti", "partager les savoir-faire de restauration"},
			[]string{"l’inventaire des maisons anciennes", "la restauration d’un édifice public", "un chantier-école de maçonnerie"},
			[]string{"Deux édifices ont rouvert au public.", "Quinze artisans ont été formés aux techniques anciennes."},
			"service du patrimoine"},
		{"4.1", []string{"Pépinière d’entreprises", "Marché couvert", "Filières courtes et emploi"},
			[]string{"soutenir les petites entreprises", "créer des emplois pour les jeunes et les femmes"},
			[]string{"la construction d’un marché couvert", "un fonds de petits prêts", "l’accompagnement de créateurs d’entreprise"},
			[]string{"Trente-deux entreprises ont été créées, dont la moitié par des femmes.",
				"Le marché rapporte à la commune un tiers de ses recettes propres."}, "chambre consulaire partenaire"},
		{"2.5", []string{"Santé maternelle", "Un centre de santé rénové", "Prévention dans les écoles"},
			[]string{"améliorer la santé des mères et des enfants", "rapprocher les soins des habitants"},
			[]string{"la rénovation du centre de santé", "la formation de sages-femmes", "des campagnes de prévention dans les écoles"},
			[]string{"La fréquentation du centre de santé a augmenté de moitié.", "Deux hôpitaux ont signé leur propre convention."},
			"centre hospitalier partenaire"},
		{"5.1", []string{"Jardins maraîchers", "Cantines et circuits courts", "Semences et agroécologie"},
			[]string{"nourrir les cantines avec des produits du lieu", "diffuser l’agroécologie"},
			[]string{"l’aménagement de périmètres maraîchers", "la formation à l’agroécologie", "une banque de semences"},
			[]string{"Les cantines achètent sur place six produits sur dix.", "Deux cents familles cultivent toute l’année."},
			"union de coopératives"},
		{"1.1", []string{"Un état civil pour tous", "Accueil des usagers en mairie", "Plan communal de développement"},
			[]string{"affermir la maîtrise d’ouvrage communale", "moderniser l’état civil"},
			[]string{"la numérisation des registres", "la formation des agents à l’accueil",
				"la rédaction d’un plan communal de développement"},
			[]string{"Les actes sont délivrés en deux jours au lieu de trois semaines.",
				"Le plan communal a été adopté après douze réunions publiques."}, "direction générale des services"},
		{"3.1.2", []string{"Tri et compostage", "Une collecte régulière", "Ville propre"},
			[]string{"organiser une collecte régulière des déchets", "composter les déchets organiques"},
			[]string{"l’achat de véhicules de collecte", "une plateforme de compostage", "la sensibilisation des ménages au tri"},
			[]string{"Le tonnage mis en décharge a baissé d’un quart.", "Une coopérative de récupérateurs emploie vingt-quatre personnes."},
			"service de la propreté"},
		{"6.2", []string{"Résidences d’artistes", "Festival partagé", "École de musique"},
			[]string{"faire circuler les œuvres et les artistes", "ouvrir l’enseignement artistique"},
			[]string{"deux résidences d’artistes par an", "un festival commun", "le don d’instruments et la formation des maîtres"},
			[]string{"Le festival a réuni six mille spectateurs.", "Une exposition commune a tourné dans les deux pays."},
			"centre culturel"},
		{"4.2", []string{"Tourisme solidaire", "Sentiers et gîtes", "Offices de tourisme en réseau"},
			[]string{"développer un tourisme respectueux des habitants", "allonger la saison touristique"},
			[]string{"le balisage de sentiers", "la formation de guides", "un site commun des deux offices de tourisme"},
			[]string{"Vingt guides ont reçu une carte professionnelle.", "Les nuitées chez l’habitant ont triplé."}, "office de tourisme"},
		{"3.4", []string{"Plan climat croisé", "Reboiser les berges", "Villes résilientes"},
			[]string{"préparer le territoire au changement climatique", "protéger les sols et les berges"},
			[]string{"un diagnostic de vulnérabilité", "la plantation de haies et de mangroves", "l’échange de plans climat"},
			[]string{"Quarante hectares ont été replantés.", "Les deux plans climat partagent leurs indicateurs."}, "agence d’urbanisme"},
		{"2.6", []string{"Égales ici et là-bas", "Maison des femmes"},
			[]string{"faire avancer l’égalité entre les femmes et les hommes", "appuyer les associations de femmes"},
			[]string{"l’ouverture d’une maison des femmes", "la formation d’élues", "un fonds pour les associations de femmes"},
			[]string{"La part des femmes au conseil est passée de 12\u00a0% à 31\u00a0%.",
				"La maison des femmes reçoit quatre cents personnes par an."}, "association partenaire"},
		{"2.8", []string{"Bien vieillir", "Une ville accessible"},
			[]string{"comparer l’accompagnement des personnes âgées", "ouvrir la ville aux personnes handicapées"},
			[]string{"des visites croisées de professionnels", "un guide de l’accessibilité", "des ateliers entre générations"},
			[]string{"Trois établissements ont adopté la même charte.", "Un guide en deux langues a été publié."},
			"centre communal d’action sociale"},
		{"7.2", []string{"Mobilités douces", "Plan de déplacements"},
			[]string{"améliorer les déplacements quotidiens", "partager une méthode de planification"},
			[]string{"une enquête sur les déplacements", "l’aménagement de pistes cyclables", "la formation d’agents des transports"},
			[]string{"Onze kilomètres de pistes cyclables ont été ouverts.", "Une ligne de bus dessert désormais l’hôpital."},
			"syndicat de transport"},
		{"3.5", []string{"Alerte aux crues", "Prévention des incendies"},
			[]string{"prévenir les catastrophes naturelles", "former les secours"},
			[]string{"l’installation d’échelles de crue", "des exercices d’évacuation", "la formation de sapeurs-pompiers"},
			[]string{"Les délais d’alerte sont passés de six heures à quarante minutes.", "Un plan communal de sauvegarde est en vigueur."},
			"service d’incendie et de secours"},
		{"4.5", []string{"Registres numériques", "Un tiers-lieu pour apprendre"},
			[]string{"réduire la fracture numérique", "partager des logiciels libres"},
			[]string{"l’ouverture d’un tiers-lieu", "la formation de médiateurs numériques", "un cadastre simplifié"},
			[]string{"Le tiers-lieu accueille cent vingt personnes par semaine.", "Le cadastre simplifié couvre la moitié des parcelles."},
			"direction du numérique"},
		{"2.7", []string{"Le sport pour tous", "Éducateurs sans frontières"},
			[]string{"faire du sport un moyen d’éducation", "ouvrir les clubs aux filles"},
			[]string{"la formation d’éducateurs sportifs", "la rénovation d’un terrain", "un tournoi annuel"},
			[]string{"Les filles forment désormais quatre licenciés sur dix.", "Quarante éducateurs ont été formés."},
			"office municipal des sports"},
	}
}

// Phrases that any partnership may hold.
var (
	contexts = []string{
		"La commune gagne deux mille habitants par an et ses services peinent à suivre.",
		"Le territoire vit surtout d’agriculture et de petit commerce.",
		"L’économie locale, longtemps portée par une seule industrie, se transforme.",
		"La ville est un carrefour de routes et de marchés, dont dépend toute une région.",
		"Le littoral recule et la pêche artisanale s’en ressent.",
		"Les jeunes forment plus de la moitié de la population.",
		"La population vieillit et les écoles se vident.",
		"Les deux territoires ont en commun un fleuve, un port et une longue histoire d’échanges.",
		"La décentralisation a donné au conseil élu des compétences sans tous les moyens.",
		"Le patrimoine attire des visiteurs, mais peu y séjournent.",
	}
	origins = []string{
		"Les premiers liens sont nés de la rencontre de deux enseignants.",
		"Le partenariat est né d’une association de ressortissants installés en France.",
		"Une mission d’élus, conduite à l’invitation de l’ambassade, a ouvert la voie.",
		"Un chantier de jeunes a précédé de deux ans la signature.",
		"Les deux villes se sont connues lors de rencontres bilatérales de la coopération décentralisée.",
		"Le comité de jumelage a porté seul les premiers échanges avant que les conseils ne s’engagent.",
	}
	turns = []string{
		"Après une évaluation, les deux conseils ont resserré leurs priorités.",
		"Interrompus par la crise sanitaire, les échanges ont repris à distance puis sur place.",
		"Un changement de municipalité a ralenti les projets pendant deux ans.",
		"Le renouvellement de la convention a été l’occasion d’associer d’autres acteurs.",
		"Un agent a été recruté pour suivre le programme.",
		"L’anniversaire du partenariat a relancé l’intérêt des habitants.",
	}
	methods = []string{
		"Un comité de pilotage se réunit une fois par an, tour à tour dans chaque pays.",
		"La maîtrise d’ouvrage revient à la collectivité partenaire, qui passe les marchés.",
		"Les comptes du programme sont présentés chaque année aux deux conseils.",
		"Une volontaire de service international assure le suivi sur place.",
		"Les habitants sont associés par des réunions publiques et des expositions.",
		"Chaque action prévoit une part réservée aux femmes et aux jeunes.",
		"Des stages croisés d’agents permettent de comparer les méthodes.",
		"Une évaluation extérieure est prévue avant le renouvellement.",
		"Les associations du territoire prennent part aux missions.",
		"Les services techniques échangent chaque mois en visioconférence.",
	}
	troubles = []string{
		"Les délais de passation des marchés ont retardé les travaux.",
		"La hausse du prix des matériaux a obligé à réduire le programme.",
		"Les déplacements ont été limités par la situation sécuritaire.",
		"Le départ d’un agent formé a fragilisé le suivi.",
	}
	firstNames  = []string{"Camille", "Dominique", "Claude", "Sacha", "Maxime", "Andréa", "Charlie", "Lou", "Alix", "Noor", "Sam", "Eden"}
	familyNames = []string{"Exemple", "Fictif", "Modèle", "Spécimen", "Échantillon", "Témoin", "Canevas", "Gabarit"}
	roles       = []string{"responsable des relations internationales", "chargée de mission coopération", "directeur de cabinet",
		"cheffe de projet"}
	mandates = []string{"adjointe au maire chargée des relations internationales", "conseiller municipal délégué aux jumelages",
		"vice-présidente chargée de la coopération", "adjoint au maire délégué à la solidarité internationale"}
	starts = []string{"Bel", "Mont", "Clair", "Val", "Haut", "Long", "Beau", "Gran", "Sol", "Mar", "Ver", "Cam", "Rio", "Ana", "Tan",
		"Ka", "Mi", "So", "Na", "Ta"}
	ends = []string{"ora", "ala", "iva", "ena", "aro", "eka", "ilo", "umi", "osa", "anda", "ita", "oke", "aby", "ari"}
)
