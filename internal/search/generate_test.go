package search

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"repertoire/internal/repertoire"
)

// The generator makes invented partnerships of about 1.5 kB of text, enough
// alike to real ones in length and in the spread of words to time searches.

var (
	genSyllables = strings.Fields("ba bé bou cha ché cor da dé don fa fon gan gué ka ké kou la lé lon ma mé mon na nou pa pon ra ré rou sa sou ta tou va vil zan mont châ roc val bert court dou lac nac let sac teuil vel ville zé ran ry tou dia kro mar nia poli rest yol")
	genSubjects  = strings.Split("la commune|le comité de jumelage|l’association partenaire|la municipalité|la délégation|la coopérative|les élus|les agents territoriaux|l’agglomération|l’équipe du projet", "|")
	genVerbs     = strings.Fields("accompagne finance réhabilite construit organise développe soutient évalue anime coordonne équipe prépare renforce pilote relance expérimente valorise")
	// genTopics are what partnerships are about: one in ten speaks of water, as
	// far as real ones can be counted.
	genTopics = [][]string{
		strings.Split(
			"les forages et les bornes-fontaines|un réseau d’adduction d’eau potable|l’assainissement des quartiers périphériques|la régie des eaux", "|"),
		strings.Split("la formation des enseignants|des échanges scolaires|la rénovation des écoles|la bibliothèque du lycée", "|"),
		strings.Split("un centre de santé maternelle|l’hôpital de district|les soins aux personnes âgées|la formation des sages-femmes",
			"|"),
		strings.Split("la sécurité alimentaire|les coopératives maraîchères|la pêche artisanale|le marché couvert", "|"),
		strings.Split("un festival de musique|la restauration du patrimoine bâti|la lecture publique|les métiers d’art", "|"),
		strings.Split("le tourisme durable|l’accueil des visiteurs|les sentiers de randonnée|les hébergements solidaires", "|"),
		strings.Split("l’état civil et les archives|le budget participatif|les finances locales|la formation des agents", "|"),
		strings.Split("des panneaux solaires|l’éclairage public|l’efficacité énergétique des bâtiments|la filière bois", "|"),
		strings.Split(
			"le volontariat des jeunes|l’égalité entre les femmes et les hommes|un tournoi sportif|le conseil municipal des jeunes", "|"),
		strings.Split("le plan local d’urbanisme|la mobilité douce|la collecte des déchets ménagers|la prévention des inondations", "|"),
	}
	genEnds      = strings.Split("avec l’appui du ministère|dans le cadre de l’appel à projets triennal|en lien avec l’Agence française de développement|depuis la signature de la convention|au bénéfice de plusieurs milliers d’habitants|avec une attention particulière aux jeunes|malgré la crise sanitaire|sur financement de l’Union européenne|à la demande des autorités locales|afin d’améliorer les conditions de vie", "|")
	genCountries = []CountryRef{{"MG", "Madagascar", []string{"malgache"}, nil},
		{"SN", "Sénégal", []string{"sénégalais", "sénégalaise"}, nil},
		{"JP", "Japon", []string{"japonais", "japonaise"}, []string{"Japan"}},
		{"MR", "Mauritanie", []string{"mauritanien", "mauritanienne"}, nil},
		{"LB", "Liban", []string{"libanais", "libanaise"}, nil}, {"AM", "Arménie", []string{"arménien", "arménienne"}, nil},
		{"CI", "Côte d’Ivoire", []string{"ivoirien", "ivoirienne"}, nil}, {"BR", "Brésil", []string{"brésilien", "brésilienne"}, nil}}
	genRegions = strings.Split("Bretagne|Normandie|Occitanie|Île-de-France|Hauts-de-France|Grand Est|Nouvelle-Aquitaine|Auvergne-Rhône-Alpes|Pays de la Loire|Corse|Centre-Val de Loire|Provence-Alpes-Côte d’Azur", "|")
	genFunders = strings.Split("MEAE|AFD|Agence de l’eau Seine-Normandie|Région Bretagne|Union européenne|Fonds propres|FICOL", "|")
	genThemes  = []ThemeRef{testTheme("3.1.1"), testTheme("2.1"), testTheme("2.5"), testTheme("5.1"), testTheme("6.1"), testTheme("4.2"),
		testTheme("1.1"), testTheme("3.2"), testTheme("2.3"), testTheme("7.1")}
	genStatuses = []repertoire.Status{repertoire.StatusActive, repertoire.StatusActive, repertoire.StatusActive, repertoire.StatusDormant,
		repertoire.StatusEnded, repertoire.StatusPlanned}
)

type generator struct {
	topic int
	r     *rand.Rand
	words []string // a vocabulary with a long tail, as names and places give texts
}

func newGenerator(seed uint64) *generator {
	g := &generator{r: rand.New(rand.NewPCG(seed, 7))}
	for range 20_000 {
		g.words = append(g.words, g.name(2+g.r.IntN(3)))
	}
	return g
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// skewed picks the first of list more often than the last.
func skewed[T any](r *rand.Rand, list []T) T {
	f := r.Float64()
	return list[int(f*f*f*float64(len(list)))]
}

func (g *generator) name(syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteString(pick(g.r, genSyllables))
	}
	return b.String()
}

func (g *generator) town() string {
	n := []rune(g.name(2))
	s := strings.ToUpper(string(n[:1])) + string(n[1:])
	switch g.r.IntN(12) {
	case 0:
		return "Saint-" + s
	case 1:
		return s + "-sur-" + strings.Title(g.name(1)) //nolint:staticcheck // invented names need no better
	case 2:
		return "Le " + s
	}
	return s
}

func (g *generator) sentence() string {
	s := pick(g.r, genSubjects) + " " + pick(g.r, genVerbs) + " " + g.object()
	if g.r.IntN(4) > 0 {
		s += " " + pick(g.r, genEnds)
	}
	if g.r.IntN(2) > 0 {
		s += " à " + skewed(g.r, g.words)
	}
	return s + ". "
}

// object is nearly always of the record's topic.
func (g *generator) object() string {
	if g.r.IntN(60) == 0 {
		return pick(g.r, pick(g.r, genTopics))
	}
	return pick(g.r, genTopics[g.topic])
}

func (g *generator) text(sentences int) string {
	var b strings.Builder
	for range sentences {
		b.WriteString(g.sentence())
	}
	return b.String()
}

// record makes the partnership numbered i; the same generator gives the same
// records in the same order.
func (g *generator) record(i int) Record {
	r := g.r
	g.topic = r.IntN(len(genTopics))
	region := pick(r, genRegions)
	country := skewed(r, genCountries)
	fr := Name{Usual: g.town(), INSEE: fmt.Sprintf("%05d", r.IntN(95000)), SIREN: fmt.Sprintf("2%08d", r.IntN(100000000)), Region: region,
		Departement: region + " " + string(rune('A'+r.IntN(8))), Country: "FR", Level: Coded{"commune", "Commune"}}
	et := Name{Usual: g.town(), Others: []string{g.town()}, Country: country.ISO, Level: Coded{"commune", "Commune"}}
	status := pick(r, genStatuses)
	rec := Record{ID: repertoire.DeriveID(fmt.Sprintf("essai:%d", i)), Title: fr.Usual + " – " + et.Usual,
		Directories: []string{strings.ToLower(country.Name)},
		French:      []Name{fr}, Foreign: []Name{et}, Countries: []CountryRef{country}, Themes: []ThemeRef{genThemes[g.topic]},
		Status:    Coded{string(status), repertoire.Statuses.Label(status)},
		Type:      Coded{"cooperation-decentralisee", "Coopération décentralisée"},
		FirstYear: 1960 + r.IntN(65), Verified: repertoire.Date(fmt.Sprintf("20%02d-0%d-11", 20+r.IntN(7), 1+r.IntN(9))), Fictitious: true,
		Texts:      []Text{{"objectives", g.text(3)}, {"description", g.text(5)}, {"history", g.text(2)}},
		HasContact: r.IntN(3) > 0, SDGs: []int{1 + r.IntN(17)}}
	for range r.IntN(4) {
		f := skewed(r, genFunders)
		rec.Projects = append(rec.Projects, ProjectText{Title: strings.TrimSuffix(g.sentence(), ". "),
			Themes:  []ThemeRef{genThemes[g.topic]},
			Funders: []string{f}, Text: []Text{{"description", g.text(2)}}, From: 2015 + r.IntN(8)})
		rec.Funders = append(rec.Funders, f)
	}
	return rec
}
