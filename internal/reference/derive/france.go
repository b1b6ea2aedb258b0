package derive

import (
	"bufio"
	"context"
	"io"
	"sort"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// commune is a row of the official list.
type commune struct {
	Code        string   `json:"code"`
	Nom         string   `json:"nom"`
	Liaison     *int     `json:"typeLiaison"`
	Type        string   `json:"type"`
	Departement string   `json:"departement"`
	Region      string   `json:"region"`
	ChefLieu    string   `json:"chefLieu"`
	Anciens     []string `json:"anciensCodes"`
	SIREN       string   `json:"siren"`
	Postaux     []string `json:"codesPostaux"`
	Population  int      `json:"population"`
}

// division is a département or a région.
type division struct {
	Code     string `json:"code"`
	Region   string `json:"region"`
	ChefLieu string `json:"chefLieu"`
	Nom      string `json:"nom"`
	Liaison  *int   `json:"typeLiaison"`
	Zone     string `json:"zone"`
}

// grouping is an EPCI with its own taxes, or an EPT of Greater Paris.
type grouping struct {
	Code       string `json:"code"`
	Nom        string `json:"nom"`
	Type       string `json:"type"`
	Population int    `json:"populationMunicipale"`
	Membres    []struct {
		Code       string `json:"code"`
		Population int    `json:"populationMunicipale"`
	} `json:"membres"`
}

// com marks, in the official lists, the overseas collectivities that are
// neither département nor région (Constitution, articles 74 and 76).
const com = "com"

// uninhabited collectivities have no council to be anybody's partner.
const uninhabited = "984 989 "

type point struct{ lon, lat float64 }

// france writes the communes, groupings, départements and régions.
func france(ctx context.Context, s *Sources) ([]File, error) {
	var communes []commune
	var departements, regions []division
	var epci, ept []grouping
	for path, v := range map[string]any{"communes": &communes, "departements": &departements, "regions": &regions, "epci": &epci,
		"ept": &ept} {
		if err := s.readJSON(ctx, etalab, "data/"+path+".json", v); err != nil {
			return nil, err
		}
	}
	where, err := coordinates(ctx, s, communes)
	if err != nil {
		return nil, err
	}
	current, former := split(communes)
	departements, overseas := apart(departements)
	regions, _ = apart(regions)
	if len(current) < 34000 || len(regions) != 18 || len(departements) != 101 {
		return nil, unexpected(etalab, "La liste officielle donne %d communes, %d départements et %d régions.", len(current),
			len(departements), len(regions))
	}
	byCode := make(map[string]commune, len(current))
	for _, c := range current {
		byCode[c.Code] = c
	}
	credit := s.credit(etalab, geonames)
	file, err := communeTable(credit, current, former, where).zipped("communes.tsv.gz")
	if err != nil {
		return nil, err
	}
	names, err := frenchNames(s, current)
	if err != nil {
		return nil, err
	}
	divisions := divisionTable(credit, [3][]division{regions, departements, overseas}, current, where)
	if err := addCollectivities(divisions, communes, where); err != nil {
		return nil, err
	}
	return []File{file,
		groupingTable(credit, append(epci, ept...), byCode, where).plain("epci.tsv"),
		divisions.plain("divisions.tsv"), names,
	}, nil
}

// split parts today's communes from the names they absorbed.
func split(list []commune) (current []commune, former map[string][]string) {
	former = make(map[string][]string)
	for _, c := range list {
		switch c.Type {
		case "commune-actuelle":
			current = append(current, c)
		case "commune-deleguee", "commune-associee":
			former[c.ChefLieu] = append(former[c.ChefLieu], apostrophe(c.Nom))
		}
	}
	sort.Slice(current, func(i, j int) bool { return current[i].Code < current[j].Code })
	for _, names := range former {
		sort.Strings(names)
	}
	return current, former
}

func communeTable(credit string, current []commune, former map[string][]string, where map[string]point) *table {
	t := newTable(credit, "insee", "name", "liaison", "siren", "departement", "population", "postal", "lat", "lon", "former")
	for _, c := range current {
		lat, lon := place(where, c.Code)
		var old []string
		for _, n := range former[c.Code] {
			if n != apostrophe(c.Nom) {
				old = append(old, n)
			}
		}
		t.row(c.Code, apostrophe(c.Nom), liaison(c.Liaison), c.SIREN, c.Departement, number(c.Population),
			strings.Join(c.Postaux, ","), lat, lon, strings.Join(old, "|"))
	}
	return t
}

// liaison writes INSEE's code of the article, empty when the list has none.
func liaison(code *int) string {
	if code == nil {
		return ""
	}
	return strconv.Itoa(*code)
}

// apart parts the départements or régions from the overseas collectivities.
func apart(list []division) (own, overseas []division) {
	for _, d := range list {
		switch {
		case d.Zone != com:
			own = append(own, d)
		case !strings.Contains(uninhabited, d.Code+" "):
			overseas = append(overseas, d)
		}
	}
	return own, overseas
}

func place(where map[string]point, insee string) (lat, lon string) {
	if p, ok := where[insee]; ok {
		return degrees(p.lat), degrees(p.lon)
	}
	return "", ""
}

// kinds spells the list's abbreviations out.
var kinds = []struct{ short, long string }{
	{"CC ", "Communauté de communes "}, {"CA ", "Communauté d’agglomération "}, {"CU ", "Communauté urbaine "},
}

func groupingName(g grouping) string {
	name := strings.NewReplacer("''", "\"", "'", "’").Replace(g.Nom)
	for _, k := range kinds {
		if rest, ok := strings.CutPrefix(name, k.short); ok {
			name = k.long + rest
		}
	}
	for i := 0; strings.Contains(name, "\""); i++ {
		name = strings.Replace(name, "\"", []string{"« ", " »"}[i%2], 1)
	}
	return strings.ReplaceAll(name, " - ", " – ")
}

// groupingTable puts each grouping where its most populous commune is.
func groupingTable(credit string, list []grouping, byCode map[string]commune, where map[string]point) *table {
	t := newTable(credit+"; place and département of the most populous commune", "siren", "name", "type", "departement", "population",
		"lat", "lon", "members")
	sort.Slice(list, func(i, j int) bool { return list[i].Code < list[j].Code })
	for _, g := range list {
		seat := ""
		for _, m := range g.Membres {
			if seat == "" || m.Population > byCode[seat].Population {
				seat = m.Code
			}
		}
		lat, lon := place(where, seat)
		t.row(g.Code, groupingName(g), g.Type, byCode[seat].Departement, number(g.Population), lat, lon, strconv.Itoa(len(g.Membres)))
	}
	return t
}

// divisionTable adds up the communes' populations; a division's place is its
// chief town, or its most populous commune where the list names none.
func divisionTable(credit string, lists [3][]division, current []commune, where map[string]point) *table {
	population := make(map[string]int)
	largest := make(map[string]commune)
	for _, c := range current {
		for _, key := range []string{"departement " + c.Departement, "region " + c.Region} {
			population[key] += c.Population
			if c.Population > largest[key].Population {
				largest[key] = c
			}
		}
	}
	t := newTable(credit+"; population added up from the communes", "level", "code", "name", "liaison", "region", "population", "lat",
		"lon", "siren")
	add := func(level, key string, list []division) {
		for _, d := range list {
			key := key + " " + d.Code
			seat := d.ChefLieu
			if seat == "" {
				seat = largest[key].Code
			}
			lat, lon := place(where, seat)
			t.row(level, d.Code, apostrophe(d.Nom), liaison(d.Liaison), d.Region, number(population[key]), lat, lon, "")
		}
	}
	add("region", "region", lists[0])
	add("departement", "departement", lists[1])
	add("autre", "departement", lists[2])
	return t
}

// territories are GeoNames' country codes of French soil.
var territories = map[string]string{"FR": "", "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
	"BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988"}

// coordinates finds a place for communes: by the INSEE code that GeoNames
// carries, else by name within the département. Those of fewer than 500
// inhabitants mostly have none, and none is invented.
func coordinates(ctx context.Context, s *Sources, communes []commune) (map[string]point, error) {
	keys := keysOf(communes)
	where := make(map[string]point)
	best := make(map[string]int)
	err := s.walk(ctx, geonames, func(path string, body io.Reader) error {
		if !strings.HasSuffix(path, "/cities500.txt") {
			return nil
		}
		lines := bufio.NewScanner(body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			g, ok := parsePlace(lines.Text())
			prefix, french := territories[g.country]
			if !ok || !french {
				continue
			}
			code, score := "", 0
			for _, field := range g.admin {
				if target := keys.code[field]; target != "" && (prefix == "" || strings.HasPrefix(target, prefix)) {
					code, score = target, 2
				} else if target := keys.absorbed[field]; target != "" && code == "" {
					code, score = target, 1
				}
			}
			if named := keys.name[departementOf(g, prefix)+" "+withoutArticle(g.name)]; named == code && code != "" {
				score = 4
			} else if named != "" {
				// GeoNames gives some suburbs the code of their city.
				code, score = named, 3
			}
			// A commune's hamlets carry its code too: its namesake wins, then the largest.
			if code != "" && score<<32+g.population > best[code] {
				best[code] = score<<32 + g.population
				where[code] = point{g.lon, g.lat}
			}
		}
		return lines.Err()
	})
	if err == nil && len(where) < 14000 {
		err = unexpected(geonames, "Seules %d communes ont trouvé leurs coordonnées dans GeoNames.", len(where))
	}
	return where, err
}

func departementOf(g geoname, prefix string) string {
	if prefix != "" {
		return prefix
	}
	return g.admin[1]
}

// communeKeys find today's code of a commune.
type communeKeys struct {
	code     map[string]string // by its code, present or former
	absorbed map[string]string // by the code of a commune that joined it
	name     map[string]string // by département and name; "" when ambiguous
}

func keysOf(list []commune) communeKeys {
	k := communeKeys{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, c := range list {
		if c.Type != "commune-actuelle" {
			k.absorbed[c.Code] = c.ChefLieu
			continue
		}
		k.code[c.Code] = c.Code
		key := c.Departement + " " + withoutArticle(c.Nom)
		if _, twice := k.name[key]; twice {
			k.name[key] = ""
			continue
		}
		k.name[key] = c.Code
	}
	for _, c := range list {
		for _, old := range c.Anciens {
			if k.code[old] == "" {
				k.code[old] = c.Code
			}
		}
	}
	return k
}

// withoutArticle makes "L’Étang-Salé" and "Étang-Salé" the same.
func withoutArticle(name string) string {
	s := loose(name)
	for _, article := range []string{"le ", "la ", "les ", "l "} {
		if rest, ok := strings.CutPrefix(s, article); ok {
			return rest
		}
	}
	return s
}

// loose writes a name so that hyphens, accents and apostrophes do not count.
func loose(s string) string {
	s = strings.NewReplacer("-", " ", "'", " ", "’", " ").Replace(repertoire.Fold(s))
	return strings.Join(strings.Fields(s), " ")
}
