package search

import "repertoire/internal/repertoire"

// determiners are the words that stand between what is asked and the words
// that ask it; folded, without those that lose their vowel.
var determiners = setOf("le la les un une des du de au aux en a dans pour par chez avec sur vers ce cet cette ces leur leurs son sa ses notre nos votre vos l d")

// carriers are the words that carry a question without being what it is about:
// who asks and what for, the verbs of the trade, the names of the trade's own
// things. They never empty an answer: they are left out, and said to be.
var carriers = setOf(`qui quel quels quelle quelles que quoi dont ou lequel lesquels laquelle lesquelles combien comment existe existent
	cherche cherchons chercher recherche rechercher trouve trouver trouvez liste lister listes montre montrer montrez affiche afficher donne donner donnez
	voir veux voudrais aimerais faut savoir connaitre nombre total ensemble tout tous toute toutes moi nous je il elle ils elles on t y
	est sont etait etaient a ont avait avaient ayant etre avoir eu compte comptent possede possedent entretient entretiennent fait font faire
	travaille travaillent travailler travaillant agit agissent intervient interviennent mene menent mener menes menees existant existants existantes
	aide aident soutient soutiennent coopere cooperent cooperer cooperant echange echangent engage engagee engages engagees implique impliques impliquee impliquees
	lie liee lies liees relie reliee relies reliees uni unie unis unies associe associee associes associees
	domaine domaines theme themes thematique thematiques sujet matiere secteur titre objet propos concernant concerne concernent portant porte portent relatif relatifs relative relatives consacre consacres
	partenaire partenaires partenariat partenariats fiche fiches lien liens relation relations echanges dossier dossiers entree entrees
	ville villes commune communes collectivite collectivites municipalite municipalites mairie mairies localite localites autorite autorites locale locales locaux territoire territoires cite cites village villages bourg
	francais francaise francaises etranger etrangers etrangere etrangeres entre ensemble est-ce avec sans-objet
	signe signes signee signees conclu conclus conclue conclues cree crees creee creees ne nes nee nees fonde fondes fondee fondees lance lances lancee lancees noue noues nouee nouees etabli etablis etablie etablies commence commences ouvert ouverts
	situe situes situee situees present presents presente presentes base bases basee basees venant issu issus originaire
	pays connait connais connaissez connaissent sait savent quelqu quelque quelques certains certaines plusieurs autre autres
	information informations info infos renseignement renseignements detail details ami amis amie amies contacter joindre ecrire
	regarde regarder consulter consulte obtenir avons avez ai peux peut pouvez pourrait besoin question questions reponse reponses
	veuillez afin selon depuis-quand toujours plutot seulement uniquement egalement
	svp merci bonjour stp please actuellement aujourd hui encore deja bien aussi tres notamment ainsi`)

// kinds are the words for the kind of link. A noun asks for the kind where the
// base notes it; a participle only prefers it: "jumelée avec Cork" is said of
// any link.
var kinds = map[string]repertoire.Type{"jumelage": repertoire.TypeTwinning, "jumelages": repertoire.TypeTwinning,
	"cooperation decentralisee": repertoire.TypeCooperation, "cooperations decentralisees": repertoire.TypeCooperation,
	"coop decentralisee": repertoire.TypeCooperation, "codev": repertoire.TypeCooperation,
	"pacte amitie": repertoire.TypeFriendship, "pactes amitie": repertoire.TypeFriendship, "pacte d amitie": repertoire.TypeFriendship,
	"traite amitie": repertoire.TypeFriendship,
	"charte amitie": repertoire.TypeFriendship, "accord amitie": repertoire.TypeFriendship, "accords amitie": repertoire.TypeFriendship,
	"protocole amitie": repertoire.TypeFriendship,
	"accord de projet": repertoire.TypeProject, "accords de projet": repertoire.TypeProject, "accords de projets": repertoire.TypeProject,
	"cooperation triangulaire": repertoire.TypeTriangular, "cooperations triangulaires": repertoire.TypeTriangular,
	"triangulaire": repertoire.TypeTriangular, "triangulaires": repertoire.TypeTriangular,
	"jumele": repertoire.TypeTwinning, "jumelee": repertoire.TypeTwinning, "jumeles": repertoire.TypeTwinning,
	"jumelees": repertoire.TypeTwinning, "jumelle": repertoire.TypeTwinning, "jumelles": repertoire.TypeTwinning}

// trade are nouns of the trade that an answer holds where texts do and that
// must not empty it where they do not: given up then, and said to be.
var trade = setOf(
	`comite comites association associations delegation delegations mission missions visite visites voyage voyages accueil anniversaire anniversaires
	ceremonie ceremonies signature signatures action actions activite activites programme programmes projet projets initiative initiatives operation operations
	evenement evenements manifestation manifestations rencontre rencontres collaboration collaborations contact contacts elu elus elue elues maire maires president presidente
	historique bilan bilans rapport rapports actualite actualites nouvelle nouvelles coordonnees adresse adresses photo photos document documents convention conventions
	international internationale internationaux internationales exterieur monde amitie amities reseau reseaux service services interlocuteur interlocuteurs referent referents responsable responsables`)

// preferred are the words of kinds that only prefer theirs.
var preferred = setOf("jumele jumelee jumeles jumelees jumelle jumelles codev")

// generic are nouns of the trade that are a kind of link for nobody: left out.
var generic = setOf("cooperation cooperations accord accords")

// states are the words for the status, with what they stand for.
var states = map[string]repertoire.Status{"actif": repertoire.StatusActive, "actifs": repertoire.StatusActive,
	"active": repertoire.StatusActive, "actives": repertoire.StatusActive,
	"en cours": repertoire.StatusActive, "en activite": repertoire.StatusActive, "en vigueur": repertoire.StatusActive,
	"vivant": repertoire.StatusActive, "vivants": repertoire.StatusActive, "vivantes": repertoire.StatusActive,
	"en sommeil": repertoire.StatusDormant, "dormant": repertoire.StatusDormant, "dormants": repertoire.StatusDormant,
	"dormante": repertoire.StatusDormant, "dormantes": repertoire.StatusDormant, "en veille": repertoire.StatusDormant,
	"endormi": repertoire.StatusDormant, "endormis": repertoire.StatusDormant, "endormies": repertoire.StatusDormant,
	"suspendu": repertoire.StatusSuspended, "suspendus": repertoire.StatusSuspended, "suspendue": repertoire.StatusSuspended,
	"suspendues": repertoire.StatusSuspended, "en suspens": repertoire.StatusSuspended, "interrompu": repertoire.StatusSuspended,
	"interrompus": repertoire.StatusSuspended, "interrompues": repertoire.StatusSuspended, "geles": repertoire.StatusSuspended,
	"termine": repertoire.StatusEnded, "termines": repertoire.StatusEnded, "terminee": repertoire.StatusEnded,
	"terminees": repertoire.StatusEnded, "acheve": repertoire.StatusEnded, "acheves": repertoire.StatusEnded,
	"achevees": repertoire.StatusEnded, "finis": repertoire.StatusEnded, "finies": repertoire.StatusEnded, "clos": repertoire.StatusEnded,
	"closes": repertoire.StatusEnded, "arretes": repertoire.StatusEnded, "arretees": repertoire.StatusEnded,
	"rompus": repertoire.StatusEnded, "rompues": repertoire.StatusEnded, "denonces": repertoire.StatusEnded,
	"en projet": repertoire.StatusPlanned, "en preparation": repertoire.StatusPlanned, "envisages": repertoire.StatusPlanned,
	"envisagees": repertoire.StatusPlanned, "prevus": repertoire.StatusPlanned, "a venir": repertoire.StatusPlanned}

// stateless are the words for what lived and lives no more.
var stateless = setOf("inactif inactifs inactive inactives")

// inactive are the statuses those words stand for: what has none is not known to be so.
var inactive = []repertoire.Status{repertoire.StatusDormant, repertoire.StatusSuspended, repertoire.StatusEnded}

// forms are the words, whole and short, for the form of an authority. Those of
// communes are carriers: nearly all are.
var forms = map[string][]repertoire.Level{"metropole": {repertoire.LevelMetropole}, "metropoles": {repertoire.LevelMetropole},
	"epci": {repertoire.LevelEPCI, repertoire.LevelMetropole}, "intercommunalite": {repertoire.LevelEPCI, repertoire.LevelMetropole},
	"intercommunalites": {repertoire.LevelEPCI, repertoire.LevelMetropole}, "interco": {repertoire.LevelEPCI, repertoire.LevelMetropole},
	"agglo": {repertoire.LevelEPCI}, "agglos": {repertoire.LevelEPCI}, "agglomeration": {repertoire.LevelEPCI},
	"agglomerations":         {repertoire.LevelEPCI},
	"communaute de communes": {repertoire.LevelEPCI}, "communautes de communes": {repertoire.LevelEPCI},
	"communaute d agglomeration": {repertoire.LevelEPCI}, "communaute agglomeration": {repertoire.LevelEPCI},
	"communautes agglomeration": {repertoire.LevelEPCI}, "communaute urbaine": {repertoire.LevelEPCI},
	"communautes urbaines": {repertoire.LevelEPCI},
	"com com":              {repertoire.LevelEPCI}, "comcom": {repertoire.LevelEPCI}, "cc": {repertoire.LevelEPCI},
	"ca":       {repertoire.LevelEPCI},
	"cu":       {repertoire.LevelEPCI},
	"syndicat": {repertoire.LevelSyndicat}, "syndicats": {repertoire.LevelSyndicat}, "syndicat mixte": {repertoire.LevelSyndicat},
	"syndicats mixtes": {repertoire.LevelSyndicat}, "sivom": {repertoire.LevelSyndicat}, "sivu": {repertoire.LevelSyndicat},
	"conseil departemental": {repertoire.LevelDepartement}, "conseils departementaux": {repertoire.LevelDepartement},
	"conseil general": {repertoire.LevelDepartement}, "conseils generaux": {repertoire.LevelDepartement},
	"departements": {repertoire.LevelDepartement}, "departement": {repertoire.LevelDepartement}, "cd": {repertoire.LevelDepartement},
	"cg":               {repertoire.LevelDepartement},
	"conseil regional": {repertoire.LevelRegion}, "conseils regionaux": {repertoire.LevelRegion}, "regions": {repertoire.LevelRegion},
	"region":    {repertoire.LevelRegion},
	"provinces": {repertoire.LevelProvince}, "prefectures": {repertoire.LevelPrefecture}}

// aloneForms are the forms that are nothing but carriers beside other words.
var aloneForms = map[string][]repertoire.Level{"commune": {repertoire.LevelCommune}, "communes": {repertoire.LevelCommune},
	"municipalites": {repertoire.LevelCommune}}

// shortForms are read as forms in capitals only.
var shortForms = setOf("cc ca cu cd cg")

// councils are the forms that name one authority with the number of its
// département: "CD 94".
var councils = map[string]bool{"cd": true, "cg": true, "conseil departemental": true, "conseil general": true}

// levelWords come before the name or number of a département or a region.
var levelWords = setOf("departement departements dept dpt dep depts region regions departemental departementale regional regionale conseil province")

// held are the things a record may have or lack, by the words for them.
var held = map[string]string{
	"contact": HeldContact, "contacts": HeldContact, "interlocuteur": HeldContact, "interlocuteurs": HeldContact,
	"interlocutrice": HeldContact,
	"convention":     HeldConvention, "conventions": HeldConvention, "convention signee": HeldConvention, "accord signe": HeldConvention,
	"elu": HeldElected, "elus": HeldElected, "elue": HeldElected, "elues": HeldElected, "elu referent": HeldElected,
	"elus referents": HeldElected, "elue referente": HeldElected,
	"referent": HeldOfficer, "referents": HeldOfficer, "referent technique": HeldOfficer, "agent": HeldOfficer, "agents": HeldOfficer,
	"technicien": HeldOfficer, "charge de mission": HeldOfficer,
	"theme": HeldTheme, "themes": HeldTheme, "thematique": HeldTheme, "thematiques": HeldTheme,
	"projet": HeldProject, "projets": HeldProject, "annee": HeldYear, "date": HeldYear, "dates": HeldYear, "date de debut": HeldYear,
	"date de convention": HeldYear, "annee de convention": HeldYear,
	"description": HeldDescription, "texte": HeldDescription, "presentation": HeldDescription, "objectif": HeldObjectives,
	"objectifs": HeldObjectives, "historique": HeldHistory, "contexte": HeldContext,
	"photo": HeldPicture, "photos": HeldPicture, "image": HeldPicture, "images": HeldPicture, "illustration": HeldPicture,
	"illustrations": HeldPicture,
	"budget":        HeldAmount, "budgets": HeldAmount, "montant": HeldAmount, "montants": HeldAmount, "financement": HeldFunder,
	"financements": HeldFunder, "financeur": HeldFunder, "financeurs": HeldFunder, "bailleur": HeldFunder, "bailleurs": HeldFunder,
	"courriel": HeldEmail, "courriels": HeldEmail, "mail": HeldEmail, "mails": HeldEmail, "email": HeldEmail, "e mail": HeldEmail,
	"adresse electronique": HeldEmail, "telephone": HeldPhone, "telephones": HeldPhone,
	"piece jointe": HeldFile, "pieces jointes": HeldFile, "document": HeldFile, "documents": HeldFile, "fichier": HeldFile,
	"fichiers":    HeldFile,
	"coordonnees": HeldPlace, "localisation": HeldPlace, "population": HeldPopulation, "visite": HeldExchange, "visites": HeldExchange,
	"operateur": HeldActor, "operateurs": HeldActor, "association": HeldActor, "associations": HeldActor, "acteur": HeldActor,
	"acteurs": HeldActor,
	"statut":  HeldStatus, "type": HeldType, "lien": HeldLink, "liens": HeldLink, "site": HeldLink, "note": HeldNote, "notes": HeldNote,
	"code insee": HeldINSEE, "insee": HeldINSEE, "siren": HeldSIREN,
}

// openers are the ways to put aside what follows, longest first.
var openers = []string{"a la exception de", "a exception de", "a exception des", "a exception du", "exception faite de", "en dehors de",
	"en dehors des", "en dehors du", "en excluant", "en excepte",
	"autres que", "autre que", "autrement que", "a part", "mais pas", "mais sans", "mais non", "et pas", "et non", "sauf", "hors", "hormis",
	"excepte", "exceptee", "exceptes", "exceptees",
	"sans compter", "sans inclure", "a l exclusion de", "exclusion de", "moins", "sans", "ni", "not", "pas", "non", "aucun", "aucune",
	"absence de", "depourvus de", "depourvues de", "excluant", "exclure"}

// bonds are the nouns for any link, which say nothing of its kind.
var bonds = setOf(
	"partenariat partenariats lien liens relation relations cooperation cooperations accord accords echange echanges partenaire partenaires lie lies liee liees associe associee")

// closers put aside what they follow: "Brésil exclu".
var closers = setOf("exclu exclue exclus exclues excepte exceptee exceptes exceptees")

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for w := range fieldsOf(words) {
		out[w] = true
	}
	return out
}
