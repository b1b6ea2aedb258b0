package exchange

import (
	"strings"
	"sync"

	"repertoire/internal/repertoire"
)

// Field names what a column holds. The words are those of mapping files.
type Field string

// The fields of a partnership's row, in the order of exported columns.
const (
	FieldID            Field = "identifiant"
	FieldDirectories   Field = "repertoires"
	FieldTitle         Field = "titre"
	FieldFrench        Field = "collectivite_francaise"
	FieldINSEE         Field = "code_insee"
	FieldSIREN         Field = "siren"
	FieldLevel         Field = "niveau"
	FieldDepartement   Field = "departement"
	FieldRegion        Field = "region"
	FieldCountry       Field = "pays"
	FieldForeign       Field = "collectivite_etrangere"
	FieldForeignNative Field = "nom_origine"
	FieldForeignLevel  Field = "niveau_etranger"
	FieldForeignRegion Field = "region_etrangere"
	FieldType          Field = "type"
	FieldFormality     Field = "formalisation"
	FieldStatus        Field = "statut"
	FieldFirstYear     Field = "annee"
	FieldStart         Field = "date_debut"
	FieldEnd           Field = "date_fin"
	FieldThemes        Field = "thematiques"
	FieldObjectives    Field = "objectifs"
	FieldDescription   Field = "description"
	FieldContext       Field = "contexte"
	FieldHistory       Field = "historique"
	FieldProjects      Field = "projets"
	FieldFunders       Field = "financeurs"
	FieldActors        Field = "acteurs"
	FieldLinks         Field = "liens"
	FieldGroup         Field = "groupe_pays"
	FieldVerified      Field = "verifie_le"
	FieldSource        Field = "source"
	FieldFictitious    Field = "fictif"
	FieldNotes         Field = "notes"
	FieldLatitude      Field = "latitude_etrangere"
	FieldLongitude     Field = "longitude_etrangere"
	FieldPopulation    Field = "population_etrangere"

	// FieldIgnored is for columns understood and left alone.
	FieldIgnored Field = "ignoree"
)

// contactSlots are the four people a row can name, each by four columns.
var contactSlots = []struct {
	slot
	heading string
	names   []string // headings that mean the person's name
}{
	{slot{"elu_fr", repertoire.SideFrench, true}, "Élu référent", []string{"elu referent", "elu", "elue", "elue referente",
		"elu(e) referent(e)", "elu en charge", "elue en charge", "elu referent francais"}},
	{slot{"agent_fr", repertoire.SideFrench, false}, "Agent référent", []string{"agent referent", "agent", "contact", "interlocuteur",
		"contact technique", "technicien", "charge de mission", "referent technique", "contact francais", "interlocuteur francais"}},
	{slot{"elu_et", repertoire.SideForeign, true}, "Élu référent étranger",
		[]string{"elu referent etranger", "elu etranger", "maire etranger"}},
	{slot{"agent_et", repertoire.SideForeign, false}, "Agent référent étranger",
		[]string{"agent referent etranger", "contact etranger", "interlocuteur etranger", "contact local"}},
}

// The four columns of a contact slot.
const (
	partName  Field = "_nom"
	partRole  Field = "_fonction"
	partEmail Field = "_courriel"
	partPhone Field = "_telephone"
)

// column describes one field: its exported heading, and the headings that are
// understood for it, folded as foldHeading does.
type column struct {
	field    Field
	heading  string // "" for columns that are read and never written
	synonyms []string
}

// columns lists every field in the order of exported files.
var columns = sync.OnceValue(listColumns)

func listColumns() []column {
	list := []column{
		{FieldID, "Identifiant", []string{"id", "identifiant repertoire", "uuid"}},
		declared(FieldDirectories),
		declared(FieldTitle),
		{FieldFrench, "Collectivité française", []string{"collectivite fr", "collectivite france", "collectivite",
			"collectivites francaises", "commune francaise", "commune", "ville francaise", "ville", "collectivite territoriale francaise",
			"collectivite chef de file", "nom de la collectivite", "collectivite territoriale"}},
		{FieldINSEE, "Code INSEE", []string{"insee", "code commune", "code insee commune", "cog"}},
		{FieldSIREN, "SIREN", []string{"numero siren", "n siren", "code siren", "siret"}},
		{FieldLevel, "Niveau", []string{"niveau de la collectivite", "type de collectivite", "echelon", "categorie"}},
		{FieldDepartement, "Département", []string{"dept", "dep", "nom du departement", "code departement"}},
		{FieldRegion, "Région", []string{"region francaise", "nom de la region"}},
		{FieldCountry, "Pays", []string{"pays partenaire", "pays etranger", "pays du partenaire", "code pays"}},
		{FieldForeign, "Collectivité étrangère", []string{"collectivite partenaire", "partenaire", "collectivites partenaires",
			"collectivites etrangeres", "commune partenaire", "commune etrangere", "ville partenaire", "ville etrangere",
			"collectivite territoriale etrangere", "partenaire etranger", "ville jumelee"}},
		{FieldForeignNative, "Nom d’origine", []string{"nom local", "nom dans la langue", "nom natif"}},
		{FieldForeignLevel, "Niveau étranger", []string{"type de collectivite etrangere", "niveau de la collectivite etrangere"}},
		{FieldForeignRegion, "Région étrangère", []string{"region partenaire", "province", "subdivision", "etat ou province"}},
		declared(FieldType),
		declared(FieldFormality),
		declared(FieldStatus),
		declared(FieldFirstYear),
		declared(FieldStart),
		declared(FieldEnd),
		declared(FieldThemes),
		declared(FieldObjectives),
		declared(FieldDescription),
		declared(FieldContext),
		declared(FieldHistory),
		declared(FieldProjects),
		{FieldFunders, "Financeurs", []string{"financeur", "financements"}},
		declared(FieldActors),
		declared(FieldLinks),
	}
	for _, s := range contactSlots {
		mine := func(what string) []string {
			// "Courriel" alone belongs to the person most often given.
			if s.prefix == "elu_fr" {
				return nil
			}
			return []string{what + " " + foldHeading(s.heading)}
		}
		tail := " de l’" + lowerFirst(s.heading)
		list = append(list,
			column{s.prefix + partName, s.heading, s.names},
			column{s.prefix + partRole, "Fonction" + tail, mine("fonction")},
			column{s.prefix + partEmail, "Courriel" + tail, mine("courriel")},
			column{s.prefix + partPhone, "Téléphone" + tail, mine("telephone")},
		)
	}
	list = append(list, further()...)
	list = append(list,
		declared(FieldGroup),
		declared(FieldVerified),
		declared(FieldSource),
		declared(FieldFictitious),
		declared(FieldNotes),
		column{FieldLatitude, "", []string{"lat", "latitude", "latitude etrangere", "latitude partenaire",
			"latitude de la collectivite etrangere"}},
		column{FieldLongitude, "", []string{"lon", "lng", "longitude", "longitude etrangere", "longitude partenaire",
			"longitude de la collectivite etrangere"}},
		column{FieldPopulation, "", []string{"population etr", "population etrangere", "population partenaire",
			"population de la collectivite etrangere"}},
		// Known from public files; the reference data say it better.
		column{FieldIgnored, "", []string{"type liaison", "population fr", "lat fr", "lon fr", "population"}},
	)
	return append(list, undistributed(list)...)
}

func lowerFirst(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToLower(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// listed tells whether several columns may feed the field, and how their cells
// are put together.
func listed(f Field) (glue string, many bool) {
	switch f {
	case FieldThemes, FieldFrench, FieldForeign, FieldProjects, FieldActors, FieldLinks, FieldDirectories, FieldFunders, FieldProjectThemes,
		FieldProjectFunders:
		return " | ", true
	case FieldProjectDescription, FieldProjectObjectives, FieldProjectResults, FieldProjectDifficulties:
		return "\n\n", true
	case FieldIgnored, FieldKept:
		return "", true
	}
	if k, ok := kindOf(f); ok && k == repertoire.FieldMarkdown {
		return "\n\n", true
	}
	return "", false
}
