package exchange

import (
	"strings"
	"sync"
	"unicode"

	"repertoire/internal/reference"
)

// Fields that a table may give and that an export writes elsewhere, or not at
// all.
const (
	// FieldExternal is the number that another house gives to the partnership:
	// it finds it again.
	FieldExternal Field = "reference_externe"
	// FieldSigned is the day, the month or the year of a signature.
	FieldSigned Field = "date_signature"
	FieldPostal Field = "code_postal"
	// FieldOwnCountry is the country of the side that should be French.
	FieldOwnCountry Field = "pays_cote_francais"
	// FieldKept is for what has no field: it is kept in the notes under its
	// heading.
	FieldKept Field = "garder_en_note"

	FieldProjectRef           Field = "projet_reference"
	FieldProjectTitle         Field = "projet_titre"
	FieldProjectThemes        Field = "projet_thematiques"
	FieldProjectStart         Field = "projet_debut"
	FieldProjectEnd           Field = "projet_fin"
	FieldProjectPlaces        Field = "projet_lieux"
	FieldProjectOperator      Field = "projet_operateur"
	FieldProjectBeneficiaries Field = "projet_beneficiaires"
	FieldProjectDescription   Field = "projet_description"
	FieldProjectObjectives    Field = "projet_objectifs"
	FieldProjectResults       Field = "projet_resultats"
	FieldProjectDifficulties  Field = "projet_difficultes"
	FieldProjectBudget        Field = "projet_budget"
	FieldProjectCurrency      Field = "projet_devise"
	FieldProjectFunders       Field = "projet_financeurs"
	FieldProjectStatus        Field = "projet_statut"
)

// further are the columns that are read and never written.
func further() []column {
	return []column{
		{FieldExternal, "Référence externe", []string{"reference externe", "ref accord", "reference de l accord", "numero de convention",
			"n convention", "id partenariat", "code partenariat", "agreement id", "partnership id", "reference"}},
		{FieldSigned, "", []string{"date de signature", "date signature", "signature", "signe le", "signee le", "date de la convention",
			"date de l accord", "date du jumelage", "signed", "date signed", "signature date", "date of signature", "date of agreement",
			"agreement date", "twinning date", "date de jumelage"}},
		{FieldPostal, "", []string{"adrs codepostal", "code postal", "cp", "postal code", "zip", "zip code", "codes postaux"}},
		{FieldOwnCountry, "", nil},
		{FieldKept, "", nil},
		{FieldProjectRef, "", []string{"prjid", "prj id", "id projet", "identifiant du projet", "identifiant projet", "reference du projet",
			"ref projet", "ref action", "numero de projet", "n projet", "code projet", "project id", "project number", "iati identifier",
			"activity id", "aid", "crs id", "crsid", "donor project n", "activity identifier"}},
		{FieldProjectTitle, "", []string{"titre du projet", "intitule du projet", "nom du projet", "libelle du projet", "projet titre",
			"titre action", "titre de l action", "project title", "project name", "name of project", "activity title", "nom de l action",
			"intitule de l action", "objet du projet"}},
		{FieldProjectThemes, "", []string{"thematique du projet", "secteur du projet", "theme du projet", "domaine du projet",
			"purpose name", "sector name", "project sector"}},
		{FieldProjectStart, "", []string{"debut du projet", "date de debut du projet", "annee du projet", "start actual", "start planned",
			"actual start date", "planned start date", "project start", "project start date", "activity start", "commencement date",
			"expected start date"}},
		{FieldProjectEnd, "", []string{"fin du projet", "date de fin du projet", "end actual", "end planned", "actual end date",
			"planned end date", "project end", "project end date", "activity end", "completion date"}},
		{FieldProjectPlaces, "", []string{"lieu du projet", "lieux du projet", "localisation du projet", "lieu d intervention",
			"zone d intervention", "localisation", "location", "geographical target area", "geography"}},
		{FieldProjectOperator, "", []string{"operateur du projet", "maitre d oeuvre", "maitre d ouvrage", "porteur du projet",
			"implementing org", "implementing organisation", "implementing organization", "participating org implementing", "channel name",
			"channelname", "executing agency"}},
		{FieldProjectBeneficiaries, "", []string{"beneficiaires", "beneficiaires du projet", "public cible", "beneficiaries",
			"population beneficiaire", "nombre de beneficiaires"}},
		{FieldProjectDescription, "", []string{"description du projet", "resume du projet", "presentation du projet", "project description",
			"long description", "longdescription", "activity description"}},
		{FieldProjectObjectives, "", []string{"objectifs du projet", "objectif du projet", "project objectives"}},
		{FieldProjectResults, "", []string{"resultats", "resultats du projet", "resultats attendus", "results", "outcomes"}},
		{FieldProjectDifficulties, "", []string{"difficultes", "difficultes du projet", "difficultes rencontrees", "obstacles",
			"challenges"}},
		{FieldProjectBudget, "", []string{"budget amount", "usd disbursement", "budget du projet", "cout du projet", "montant du projet",
			"budget total", "cout total",
			"montant total du projet", "total budget", "project budget", "total cost", "usd commitment", "commitment", "total commitment",
			"budget total du projet", "budget"}},
		{FieldProjectCurrency, "", []string{"default currency", "devise du projet", "devise", "monnaie", "currency"}},
		{FieldProjectFunders, "", []string{"financeurs du projet", "financeur du projet", "financeur principal", "bailleur", "bailleurs",
			"funding org", "funding organisation", "participating org funding", "cofinanceurs", "co financeurs"}},
		{FieldProjectStatus, "", []string{"statut du projet", "etat du projet", "avancement", "project status", "activity status",
			"etat d avancement"}},
	}
}

// foreignVocabulary are the headings of other houses: sister-city lists, IATI,
// the OECD's CRS, lists in English.
var foreignVocabulary = map[Field][]string{
	FieldFrench: {"french city", "french town", "french municipality", "french local authority", "french authority", "french partner",
		"french twin", "city in france",
		"town in france", "france", "cote francais", "partie francaise", "collectivite membre", "mairie", "agency name", "agencyname",
		"reporting org", "reporting organisation",
		"adrs libcommune", "libelle commune", "libelle de la commune", "ct francaise", "ct fr", "ctf", "porteur francais",
		"collectivite demandeuse", "collectivite locale francaise", "ville de france"},
	FieldForeign: {"foreign city", "foreign authority", "foreign partner", "partner", "partner city", "partner town", "partner authority",
		"sister city", "sister town", "twin town", "twin city", "sister", "twin", "sister cities",
		"twinned with", "twinned town", "jumelee avec", "jumele avec", "ville soeur", "ville partenaire etrangere", "ct etrangere",
		"ct etr", "cte", "collectivite locale etrangere",
		"collectivite locale partenaire", "collectivite du sud", "partie etrangere", "cote etranger", "city", "town", "municipality",
		"local authority", "commune jumelee", "villes jumelees",
		"nom de la ville jumelee", "jumelage avec", "localite", "etranger"},
	FieldCountry: {"country", "nation", "partner country", "recipient country", "recipient name", "recipientname", "pays beneficiaire",
		"pays d intervention", "pays jumele", "pays de la ville jumelee",
		"country name", "recipient country code", "country code", "etat etranger"},
	FieldINSEE: {"adrs codeinsee", "code insee de la commune", "codgeo", "code geo", "codecommune", "insee com",
		"code officiel geographique"},
	FieldDepartement: {"departement francais", "department"},
	FieldForeignRegion: {"foreign region", "partner region", "state", "state province", "district", "gouvernorat", "wilaya", "county",
		"prefecture", "oblast"},
	FieldType: {"type of partnership", "partnership type", "type of cooperation", "relationship type", "type de relation",
		"nature du lien", "nature de la cooperation", "type d accord", "nature de l accord", "forme de cooperation", "type de jumelage"},
	FieldStatus: {"status", "state of partnership", "partnership status", "statut de la cooperation", "etat de la cooperation",
		"activite", "en activite"},
	FieldFirstYear: {"year", "since", "year of signature", "twinned since", "twinning year", "year of twinning", "year signed",
		"annee de jumelage", "an", "annee de creation", "date de creation", "annee de lancement",
		"annee signature", "year established", "established"},
	FieldStart: {"start date", "start", "from", "begin", "commence", "date de demarrage", "date de lancement",
		"debut de la cooperation", "debut du partenariat", "date d effet"},
	FieldEnd: {"end date", "end", "until", "to", "expiry", "expiry date", "fin de la cooperation", "fin du partenariat",
		"date d echeance", "date d expiration", "jusqu en"},
	FieldThemes: {"sector", "sectors", "theme s", "topic", "topics", "field of cooperation", "fields of cooperation",
		"areas of cooperation", "areas", "domaines de cooperation", "secteur", "secteurs d intervention", "axes de cooperation", "axes",
		"thematique s", "themes de cooperation"},
	FieldObjectives: {"objet", "objectives", "objective", "goals", "aims", "objectifs generaux", "finalite"},
	FieldDescription: {"summary", "short description", "shortdescription", "details", "actions realisees", "actions menees", "realisations",
		"contenu", "activities", "content"},
	FieldHistory: {"history", "background"},
	FieldContext: {"context"},
	FieldFunders: {"funders", "funder", "funding", "donors", "donor", "donor name", "bailleurs de fonds", "partenaires financiers",
		"sources de financement", "financement", "cofinancement"},
	FieldActors: {"partners", "partner organisations", "ngo", "ong", "associations partenaires", "partenaires", "partenaires locaux",
		"acteurs impliques", "comite de jumelage", "autres partenaires", "structures"},
	FieldLinks:    {"website", "link", "links", "web", "page web", "site de reference", "liens utiles"},
	FieldNotes:    {"comment", "comments", "remarks", "observation", "remarque", "commentaire", "divers", "annotations"},
	FieldSource:   {"data source", "source de l information"},
	FieldVerified: {"last updated", "last update", "derniere mise a jour", "date maj", "maj", "actualise le"},
	FieldLatitude: {"latitude ville etrangere", "destinationlat", "destination lat", "destination latitude", "partner lat",
		"partner latitude", "sister lat", "foreign latitude", "lat etr"},
	FieldLongitude: {"longitude ville etrangere", "long", "destinationlong", "destination long", "destination lon", "destination longitude",
		"partner long", "partner lon",
		"partner longitude", "sister long", "foreign longitude", "lon etr"},
	FieldIgnored: {"n", "no", "num", "numero", "numero d ordre", "n d ordre", "n ordre", "rang", "ordre", "rank", "ligne", "index",
		"unnamed 0",
		"originlat", "originlong", "origin lat", "origin long", "origin lon", "origin latitude", "origin longitude",
		"originpopulation", "origin population", "dist", "distance"},
	FieldPopulation: {"destinationpopulation", "destination population", "partner population", "sister population"},
	FieldGroup:      {"groupe pays", "membre groupe pays"},
	// Meaningful, and without a field of ours.
	FieldKept: {"duree annees", "duree", "montant total", "montant", "contributions benin", "contributions partenaire", "contributions",
		"frequence reunions", "frequence des reunions", "derniere reunion",
		"prochaine reunion", "recommandations", "echanges effectues", "resultats obtenus", "fichier convention", "perspectives", "bilan",
		"evaluation", "correspondant cooperation decentralisee",
		"renouvellement", "tacite reconduction", "delegation", "enjeux", "cadre d intervention"},
}

// knownHeadings gives the field of every heading that is known, folded.
var knownHeadings = sync.OnceValue(func() map[string]Field {
	exact := map[string]Field{}
	for _, vocabulary := range []map[Field][]string{neighbours, foreignVocabulary} {
		for f, list := range vocabulary {
			for _, s := range list {
				exact[s] = f
			}
		}
	}
	for _, c := range columns() {
		for _, s := range c.synonyms {
			exact[foldHeading(s)] = c.field
		}
	}
	for _, c := range columns() {
		exact[foldHeading(string(c.field))] = c.field
		exact[foldHeading(c.heading)] = c.field
		exact[foldHeading(furtherLabels[c.field])] = c.field
	}
	delete(exact, "")
	return exact
})

// understand gives the field that a heading names, "" for none: by the whole
// heading, else by the words it is made of.
func understand(heading string) Field {
	f, _ := meaning(heading)
	return f
}

// meaning is understand, with the country that a heading names ("Commune_Benin").
func meaning(heading string) (f Field, country string) {
	exact := knownHeadings()
	folded := foldHeading(withoutNumber(heading))
	if f := exact[folded]; f != "" {
		return f, ""
	}
	spaced := foldHeading(uncamel(withoutNumber(heading)))
	if f := exact[spaced]; f != "" {
		return f, ""
	}
	bare := strings.TrimSpace(withoutParentheses(heading))
	if f := exact[foldHeading(bare)]; f != "" && bare != heading {
		return f, ""
	}
	if f := underTitle(heading); f != "" {
		return f, ""
	}
	return byWords(strings.Fields(spaced))
}

// underTitle understands a heading of two lines, "Partenaire étranger – Nom":
// what is under the title of a group is what it says alone, of the group's side.
func underTitle(heading string) Field {
	top, low, ok := strings.Cut(heading, titleSign)
	if !ok {
		return ""
	}
	french, foreign := false, false
	for _, w := range strings.Fields(foldHeading(uncamel(top))) {
		french, foreign = french || saysFrench[w], foreign || saysForeign[w] || countryTokens()[w] != ""
	}
	var f Field
	switch folded := foldHeading(low); {
	case saysName[folded] || folded == "denomination" || folded == "designation":
		f = FieldFrench
	default:
		f = understand(low)
	}
	if french == foreign {
		if above := understand(top); f == FieldFrench || above != "" {
			return ""
		}
		return f
	}
	for _, pair := range [][2]Field{{FieldFrench, FieldForeign}, {FieldOwnCountry, FieldCountry}, {FieldRegion, FieldForeignRegion},
		{FieldDepartement, FieldForeignRegion},
		{FieldLevel, FieldForeignLevel}, {FieldIgnored, FieldLatitude}, {FieldIgnored, FieldLongitude}, {FieldIgnored, FieldPopulation}} {
		switch {
		case foreign && f == pair[0] && f != FieldIgnored:
			return pair[1]
		case french && f == pair[1]:
			return pair[0]
		}
	}
	for own, theirs := range map[string]string{"elu_fr": "elu_et", "agent_fr": "agent_et"} {
		if part, is := strings.CutPrefix(string(f), own); is && foreign {
			return Field(theirs + part)
		}
	}
	return f
}

// titleSign parts the title of a group of columns from the heading under it.
const titleSign = " – "

// withoutNumber takes off the "(2)" that tells two headings apart.
func withoutNumber(h string) string {
	if i := strings.LastIndexByte(h, '('); i > 0 && strings.HasSuffix(h, ")") && number(h[i+1:len(h)-1]) {
		return strings.TrimSpace(h[:i])
	}
	return h
}

func withoutParentheses(h string) string {
	i, j := strings.IndexByte(h, '('), strings.LastIndexByte(h, ')')
	if i > 0 && j > i {
		return h[:i] + h[j+1:]
	}
	return h
}

// uncamel parts the words of "DonorName" and "prjId".
func uncamel(s string) string {
	var b strings.Builder
	var before rune
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// The words that headings are made of.
var (
	saysFrench  = words("francais francaise francaises fr france french origin franzosische franzosischer francesa frances francese francia")
	saysForeign = words("partnerstadt partnergemeinde gemellato gemellata gemella hermana hermanada hermanado geminada geminado partenaire partenaires destination etranger etrangere etrangeres etrangers etr foreign partner sister twin jumele jumelee jumelees beneficiaire sud recipient")
	saysPlace   = words("stadt gemeinde kommune ciudad municipio ayuntamiento comune citta cidade concelho collectivite collectivites commune communes ville villes municipalite city cities town towns municipality authority authorities territoire mairie localite ct")
	saysCountry = words("pays country nation countries pais paese")
	saysRegion  = words(
		"region regions province provinces state subdivision departement departements prefecture cercle district wilaya gouvernorat etat")
	saysPerson  = words("contact contacts referent referente interlocuteur interlocutrice correspondant correspondante responsable focal technicien agent charge")
	saysElected = words("elu elue maire mayor adjoint adjointe president presidente")
	saysEmail   = words("mail email courriel mel emails mails courriels")
	saysPhone   = words("telephone tel phone portable mobile gsm telephones")
	saysRole    = words("fonction qualite poste role position mandat titre")
	saysDate    = words("date annee year an jour")
	saysSigned  = words("signature signee signe signed convention accord agreement jumelage twinning")
	saysStart   = words("debut start demarrage lancement commencement creation depuis since")
	saysEnd     = words("fin end echeance expiration cloture terme until")
	saysType    = words("type nature forme")
	saysLink    = words("cooperation partenariat accord lien relation jumelage partnership agreement")
	saysStatus  = words("statut status etat")
	saysThemes  = words("secteur secteurs sector sectors thematique thematiques theme themes domaine domaines axe axes topic topics")
	saysAims    = words("objectif objectifs objective objectives but buts goal goals")
	saysText    = words("description resume summary actions action activites activities presentation contenu realisations")
	saysNotes   = words("observation observations remarque remarques commentaire commentaires note notes comments comment")
	saysFunder  = words("financeur financeurs bailleur bailleurs funder funders funding donor donors financement financements cofinancement")
	saysActor   = words("association associations operateur operateurs ong ngo acteur acteurs comite")
	saysLinkURL = words("url site web website lien liens")
	saysRef     = words("ref reference identifiant id numero code")
	saysID      = words("id identifiant qid uid wikidata")
	saysProject = words("projet projets project projects action activity")
	saysAmount  = words("budget montant cout amount cost")
	saysNumber  = words("code insee")
	saysName    = words("nom name intitule titre title libelle")
	saysLevel   = words("niveau echelon categorie")
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// countryTokens names countries as a heading does, in one folded word.
var countryTokens = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, c := range reference.Open().Countries() {
		if w := foldHeading(c.Name); w != "" && !strings.Contains(w, " ") && c.ISO2 != "FR" && w != "etats" {
			m[w] = c.ISO2
		}
	}
	for w, iso := range adjectives {
		if m[w] == "" {
			m[w] = iso
		}
	}
	return m
})

// byWords understands a heading by its words: whose side, and what of it.
func byWords(list []string) (f Field, country string) {
	if len(list) == 0 || len(list) > 9 {
		return "", ""
	}
	has := func(set map[string]bool) bool {
		for _, w := range list {
			if set[w] {
				return true
			}
		}
		return false
	}
	french, foreign := has(saysFrench), has(saysForeign)
	one, two := sideMark(list)
	marked := one != two && (has(saysPlace) || has(saysCountry) || has(saysRegion))
	if marked {
		french, foreign = french || one, foreign || two // « City 1 » and « City 2 »
	}
	for _, w := range list {
		if iso := countryTokens()[w]; iso != "" {
			country, foreign = iso, true
		}
	}
	side := func(fr, et Field) (Field, string) {
		switch {
		case foreign && !french:
			return et, country
		case french && !foreign:
			return fr, country
		}
		return "", country
	}
	if person := personPart(has); person != "" {
		elected := has(saysElected)
		prefix := func(fr, et Field) (Field, string) {
			if foreign && !french {
				return et + person, country
			}
			return fr + person, country
		}
		if elected {
			return prefix("elu_fr", "elu_et")
		}
		return prefix("agent_fr", "agent_et")
	}
	switch {
	case has(saysProject) && has(saysRef):
		return FieldProjectRef, ""
	case has(saysProject) && has(saysAmount):
		return FieldProjectBudget, ""
	case has(saysProject) && has(saysName):
		return FieldProjectTitle, ""
	case has(saysRef) && has(saysLink):
		return FieldExternal, ""
	case has(saysPlace) && has(saysID):
		return "", country // « ville_A_id » names nobody
	case has(saysPlace) && has(saysCountry) && marked:
		return side(FieldOwnCountry, FieldCountry)
	case has(saysPlace) && has(saysNumber) && !has(saysName) && !marked:
		return side(FieldINSEE, "")
	case has(saysType) && has(saysPlace), has(saysLevel) && has(saysPlace):
		return side(FieldLevel, FieldForeignLevel)
	case has(saysPlace) && has(saysRegion) && country == "":
		return "", ""
	case has(saysPlace):
		return side(FieldFrench, FieldForeign)
	case has(saysCountry):
		return side(FieldOwnCountry, FieldCountry)
	case has(saysDate) && has(saysStart):
		return FieldStart, ""
	case has(saysDate) && has(saysEnd):
		return FieldEnd, ""
	case has(saysDate) && has(saysSigned):
		return FieldSigned, ""
	case has(saysType) && has(saysLink):
		return FieldType, ""
	case has(saysStatus) && (has(saysLink) || len(list) == 1):
		return FieldStatus, ""
	case has(saysRegion) && (foreign || french):
		if french && has(words("departement departements")) {
			return FieldDepartement, country
		}
		return side(FieldRegion, FieldForeignRegion)
	case has(saysThemes):
		return FieldThemes, ""
	case has(saysAims):
		return FieldObjectives, ""
	case has(saysFunder):
		return FieldFunders, ""
	case has(saysNotes):
		return FieldNotes, ""
	case has(saysText):
		return FieldDescription, ""
	case has(saysActor):
		return FieldActors, ""
	case has(saysLinkURL):
		return FieldLinks, ""
	case french && len(list) == 1:
		return FieldFrench, ""
	}
	return "", country
}

// sideMark tells whether a heading is of the first or of the second of two
// sides that have no other name: "City 1", "ville_B_pays", "Source city".
func sideMark(list []string) (one, two bool) {
	for _, w := range list {
		switch w {
		case "1", "a", "source", "i":
			one = true
		case "2", "b", "target", "ii":
			two = true
		}
	}
	return one, two
}

// personPart tells which part of a person a heading speaks of, "" for none.
func personPart(has func(map[string]bool) bool) Field {
	somebody := has(saysPerson) || has(saysElected)
	switch {
	case has(saysEmail) && somebody:
		return partEmail
	case has(saysPhone) && somebody:
		return partPhone
	case somebody && has(saysRole):
		return partRole
	case somebody:
		return partName
	}
	return ""
}
