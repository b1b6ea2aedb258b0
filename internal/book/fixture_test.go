package book

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"

	"repertoire/internal/book/atlas"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// fake answers as the reference data would, from a handful of facts.
type fake struct{}

func (fake) Country(iso string) (Country, bool) {
	k, ok := map[string]Country{
		"SN": {"SN", "Sénégal", "le Sénégal", "au Sénégal", "du Sénégal", "sénégalais"},
		"MR": {"MR", "Mauritanie", "la Mauritanie", "en Mauritanie", "de la Mauritanie", "mauritanien"},
		"JP": {"JP", "Japon", "le Japon", "au Japon", "du Japon", "japonais"},
		"AR": {"AR", "Argentine", "l’Argentine", "en Argentine", "de l’Argentine", "argentin"},
		"BR": {"BR", "Brésil", "le Brésil", "au Brésil", "du Brésil", "brésilien"},
		"CU": {"CU", "Cuba", "Cuba", "à Cuba", "de Cuba", "cubain"},
		"EC": {"EC", "Équateur", "l’Équateur", "en Équateur", "de l’Équateur", "équatorien"},
		"FR": {"FR", "France", "la France", "en France", "de France", "français"},
	}[iso]
	return k, ok
}

func (fake) Theme(code string) (repertoire.Theme, bool) {
	t, ok := map[string]repertoire.Theme{
		"3":     {Code: "3", Label: "Environnement, climat et énergie", SDG: 13},
		"3.1":   {Code: "3.1", Label: "Eau et déchets", SDG: 6},
		"3.1.1": {Code: "3.1.1", Label: "Eau et assainissement", SDG: 6},
		"10":    {Code: "10", Label: "Jumelage, amitié et échanges citoyens", SDG: 17},
		"10.1":  {Code: "10.1", Label: "Échanges scolaires et de jeunes"},
		"2":     {Code: "2", Label: "Éducation, social et recherche", SDG: 4},
	}[code]
	return t, ok
}

func (fake) Goal(n int) (Goal, bool) {
	return Goal{n, fmt.Sprintf("Objectif numéro %d", n), layout.Color{C: uint8(5 * n), R: uint8(10 * n)}}, n > 0 && n <= 17
}

func square(w, s, e, n float64) atlas.Ring {
	return atlas.Ring{{Lon: w, Lat: s}, {Lon: e, Lat: s}, {Lon: e, Lat: n}, {Lon: w, Lat: n}}
}

func (fake) Outline(iso string) []atlas.Ring {
	return map[string][]atlas.Ring{
		"SN": {square(-17.5, 12.3, -11.4, 16.7)}, "MR": {square(-17, 14.7, -4.8, 27.3)}, "JP": {square(130, 31, 142, 45)},
		"AR": {square(-73, -55, -54, -22)}, "BR": {square(-73, -33, -35, 5)}, "CU": {square(-85, 19.8, -74, 23.2)},
		"FR": {square(-4.5, 42.5, 8, 51), square(-54.6, 2.1, -51.6, 5.7), square(55.2, -21.4, 55.8, -20.9)},
	}[iso]
}

func (f fake) World() []atlas.Outline {
	var out []atlas.Outline
	for _, iso := range []string{"AR", "BR", "CU", "FR", "JP", "MR", "SN"} {
		out = append(out, atlas.Outline{ISO: iso, Rings: f.Outline(iso)})
	}
	return out
}

func (fake) Divisions(string) []atlas.Outline { return nil }

func (fake) Notice([]string) string { return "Les frontières sont d’essai." }

// pictures keeps media by name.
type pictures map[string][]byte

func (p pictures) Media(sha string) ([]byte, error) {
	if b, ok := p[sha]; ok {
		return b, nil
	}
	return nil, errors.New("no such picture")
}

func pngOf(w, h int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// inputs builds inputs in a few words.
type inputs struct {
	in Input
	n  int
}

func newInput(title string, countries ...string) *inputs {
	s := &inputs{}
	s.in = Input{
		Directory: repertoire.Directory{ID: "dir", Slug: "essai", Title: title, Edition: "septembre 2026", Countries: countries,
			Imprint: repertoire.Imprint{Publisher: "Cités Unies France (CUF)", Address: "9, rue Christiani, 75018 Paris"}},
		Presentations: map[string]repertoire.Presentation{}, Authorities: map[repertoire.ID]repertoire.Authority{},
		Reference: Reference{Countries: fake{}, Themes: fake{}, Goals: fake{}, Outlines: fake{},
			Credits: []string{"Contours : données d’essai"}},
		Date: "2026-11-01",
	}
	return s
}

func at(v float64) *float64 { return &v }

func (s *inputs) french(name string, article int, dep, region string, pop int, lat, lon float64) repertoire.ID {
	id := repertoire.ID("fr-" + strings.ReplaceAll(name, " ", "-"))
	s.in.Authorities[id] = repertoire.Authority{ID: id, Name: name, Article: article, Country: "FR", Level: repertoire.LevelCommune,
		Departement: dep, Region: region, Population: pop, Latitude: at(lat), Longitude: at(lon), Source: "INSEE"}
	return id
}

func (s *inputs) abroad(iso, name, region string, pop int, lat, lon float64) repertoire.ID {
	id := repertoire.ID(iso + "-" + strings.ReplaceAll(name, " ", "-"))
	s.in.Authorities[id] = repertoire.Authority{ID: id, Name: name, Article: -1, Country: iso, Level: repertoire.LevelCommune,
		Region: region, Population: pop, Latitude: at(lat), Longitude: at(lon), Source: "GeoNames"}
	return id
}

// pair adds a partnership; change may be nil.
func (s *inputs) pair(french, foreign repertoire.ID, change func(*repertoire.Partnership)) *inputs {
	s.n++
	p := repertoire.Partnership{ID: repertoire.ID(fmt.Sprintf("p%03d", s.n)), Directories: []string{"essai"}, Type: repertoire.TypeTwinning,
		Parties: []repertoire.Party{{Authority: french, Side: repertoire.SideFrench, Lead: true},
			{Authority: foreign, Side: repertoire.SideForeign, Lead: true}},
		Source: "Wikidata (CC0)"}
	if change != nil {
		change(&p)
	}
	s.in.Partnerships = append(s.in.Partnerships, p)
	return s
}

// bare is a répertoire as the real data give it: pairs and nothing more.
func bareInput() *inputs {
	s := newInput("Répertoire des partenariats de coopération décentralisée franco-sénégalais", "SN")
	lille := s.french("Lille", 0, "Nord", "Hauts-de-France", 236710, 50.63, 3.06)
	havre := s.french("Le Havre", 2, "Seine-Maritime", "Normandie", 166462, 49.49, 0.11)
	agen := s.french("Agen", 1, "Lot-et-Garonne", "Nouvelle-Aquitaine", 33012, 44.2, 0.62)
	saint := s.abroad("SN", "Saint-Louis", "Saint-Louis", 254171, 16.02, -16.49)
	bambey := s.abroad("SN", "Bambey", "Diourbel", 0, 14.7, -16.45)
	s.pair(lille, saint, nil).pair(havre, bambey, nil).pair(agen, saint, nil)
	return s
}

// rich fills every field of a partnership.
func rich(p *repertoire.Partnership) {
	p.Type, p.Formality, p.Status = repertoire.TypeCooperation, repertoire.FormalityConvention, repertoire.StatusActive
	p.FirstYear, p.Start, p.Verified, p.CountryGroup = 1978, "1978-05", "2026-07-01", true
	p.Themes = []string{"3.1.1", "10"}
	p.Context = "Un contexte **important** de plusieurs mots."
	p.Objectives = "- améliorer l’accès à l’eau ;\n- former les agents."
	p.History = strings.Repeat("Le partenariat est ancien et suivi. ", 60)
	p.Description =
		"### Les actions\n\nUn [lien](https://www.example.org/a) et un tableau :\n\n| Lieu | Puits |\n|---|---:|\n| Gandon | 3 |\n\n![Un puits](media:puits \"Le puits de Gandon\")"
	p.Conventions = []repertoire.Convention{{Title: "Convention-cadre", Signed: "2019-07-01", Until: "2024"}}
	p.Projects = []repertoire.Project{{Title: "Puits de Gandon", Themes: []string{"3.1"}, Start: "2019", End: "2021", Places: "Gandon",
		Operator:      "pS-Eau",
		Beneficiaries: "12 000 habitants", Description: "Trois forages.", Results: "Ils donnent de l’eau.",
		Budget: repertoire.Euros(120000),
		Funding: []repertoire.Funding{{Funder: "Agence de l’eau", Kind: "agence-eau", Amount: repertoire.Euros(80000)},
			{Funder: "Ville", Kind: "propre", Amount: repertoire.Euros(12500), InKind: true}}}}
	p.Exchanges = []repertoire.Exchange{{Date: "2022-03", Title: "Visite d’élus", Description: "Trois jours."}}
	p.Quotes = []repertoire.Quote{{Text: "« L’eau est arrivée avant nous. »", Author: "Anne Publique", Role: "Adjointe au maire"}}
	p.Actors = []repertoire.Actor{{Name: "Le Partenariat", Role: "Opérateur", URL: "https://lepartenariat.example.org/"}}
	p.Contacts = []repertoire.Contact{
		{ID: "c1", Side: repertoire.SideFrench, Elected: true, Name: "Anne Publique", Role: "Adjointe au maire", Email: "anne@example.org",
			Phone: "+33 3 00 00 00 01", PublishName: true, PublishEmail: true},
		{ID: "c2", Side: repertoire.SideFrench, Name: "Bruno Secret", Email: "bruno.secret@example.org", Phone: "+33 3 00 00 00 02"},
	}
	p.Links = []repertoire.Link{{Label: "Page du partenariat", URL: "https://www.example.org/p"}}
	p.Pictures = []repertoire.Picture{{Media: "puits", Caption: "Le puits de Gandon", Credit: "© Ville de Lille", Alt: "Un puits"},
		{Media: "perdue"}}
}

func goalFixture() pictures { return pictures{"puits": pngOf(60, 40)} }
