package derive

import (
	"bufio"
	"context"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"repertoire/internal/repertoire"
)

// geoname is a populated place of GeoNames' cities500 table.
type geoname struct {
	id         string // GeoNames' own, stable
	name       string
	ascii      string // GeoNames' own spelling without accents
	others     []string
	lat, lon   float64
	feature    string
	country    string
	admin      [4]string // codes of the divisions it lies in, widest first
	population int
}

// parsePlace reads a line; its columns are those of GeoNames' export readme.
func parsePlace(line string) (geoname, bool) {
	f := strings.Split(line, "\t")
	if len(f) < 19 {
		return geoname{}, false
	}
	lat, err1 := strconv.ParseFloat(f[4], 64)
	lon, err2 := strconv.ParseFloat(f[5], 64)
	population, _ := strconv.Atoi(f[14]) // empty or 0 means unknown
	g := geoname{id: f[0], name: f[1], ascii: f[2], lat: lat, lon: lon, feature: f[7], country: f[8], admin: [4]string(f[10:14]),
		population: population}
	if f[3] != "" {
		g.others = strings.Split(f[3], ",")
	}
	return g, err1 == nil && err2 == nil && g.name != ""
}

// detailed are the countries of the sample répertoires: hamlets are kept out
// there, everything else of 500 inhabitants is kept in.
const detailed = "MG SN MR JP LB AM AR BO BR CL CO CR CU DO EC GT HN HT JM MX NI PA PE PY SV TT UY VE "

const large = 15000

// least is the population from which a country's places are kept where 500
// would list every hamlet of one that French authorities seldom meet there.
var least = map[string]int{"MX": 2500, "CN": large, "ID": large, "PH": large, "US": 2500, "AU": 2500, "IN": 5000, "RU": 1500, "RO": 1000,
	"TH": 2500, "NG": 5000, "TR": 1500}

func kept(g geoname) bool {
	if g.population >= large || g.feature == "PPLC" || g.feature == "PPLA" {
		return true
	}
	if g.country == "FR" || territories[g.country] != "" || g.feature == "PPLX" || g.feature == "PPLH" || g.feature == "PPLW" ||
		g.feature == "PPLQ" {
		return false
	}
	return g.population >= least[g.country] || g.feature == "PPLA2"
}

// spelling is a place's line in the table.
type spelling struct {
	geoname
	french, native, lang string
	alternates           []string
}

// places writes the world's towns and first-level divisions.
func places(ctx context.Context, s *Sources) ([]File, error) {
	exonyms, err := readExonyms()
	if err != nil {
		return nil, err
	}
	divisions, err := readDivisions(ctx, s)
	if err != nil {
		return nil, err
	}
	var towns []spelling
	seats := make(map[string]geoname) // "MG.11" -> its capital, or its largest place
	used := make(map[string]bool)
	err = s.walk(ctx, geonames, func(path string, body io.Reader) error {
		if !strings.HasSuffix(path, "/cities500.txt") {
			return nil
		}
		lines := bufio.NewScanner(body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			g, ok := parsePlace(lines.Text())
			if !ok {
				continue
			}
			key := g.country + "." + g.admin[0]
			if seat, ok := seats[key]; !ok || rank(g) > rank(seat) {
				seats[key] = g
			}
			if kept(g) {
				towns = append(towns, spell(g, exonyms, used))
			}
		}
		return lines.Err()
	})
	if err != nil {
		return nil, err
	}
	var gone []string
	for key := range exonyms {
		if !used[key] {
			gone = append(gone, key)
		}
	}
	if sort.Strings(gone); len(gone) > 0 {
		return nil, unexpected("exonyms.csv", "Ces lieux de exonyms.csv ne sont pas dans GeoNames : %s.", strings.Join(gone, ", "))
	}
	if towns, err = addNewer(ctx, s, towns); err != nil {
		return nil, err
	}
	if towns, err = addByHand(towns); err != nil {
		return nil, err
	}
	if err := nameInFrench(towns); err != nil {
		return nil, err
	}
	if err := nameNatively(towns); err != nil {
		return nil, err
	}
	others, err := renameDivisions(divisions)
	if err != nil {
		return nil, err
	}
	return placeTable(s, towns, divisionsTable{divisions, others, seats})
}

// divisionsTable is what is written of first-level divisions, by code.
type divisionsTable struct {
	names  map[string]string
	others map[string][]string
	seats  map[string]geoname
}

func rank(g geoname) int {
	n := g.population
	if g.feature == "PPLA" || g.feature == "PPLC" {
		n += 1 << 30
	}
	return n
}

func placeTable(s *Sources, towns []spelling, divisions divisionsTable) ([]File, error) {
	sort.SliceStable(towns, func(i, j int) bool {
		a, b := towns[i], towns[j]
		if a.country != b.country {
			return a.country < b.country
		}
		if a.population != b.population {
			return a.population > b.population
		}
		return a.name < b.name
	})
	t := newTable(s.credit(geonames, admin1)+
		"; French names of hand/exonyms.csv, french.csv, regions.csv; native names, some of hand/native.csv, are suggestions to verify",
		"country", "kind", "id", "name", "native", "lang", "division", "population", "lat", "lon", "others")
	for _, p := range towns {
		t.row(p.country, "P", p.id, p.french, p.native, p.lang, divisions.names[p.country+"."+p.admin[0]], number(p.population),
			degrees(p.lat), degrees(p.lon), strings.Join(p.alternates, "|"))
	}
	keys := make([]string, 0, len(divisions.names))
	for key := range divisions.names {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		seat, ok := divisions.seats[key]
		if !ok {
			continue
		}
		t.row(key[:2], "D", key, apostrophe(divisions.names[key]), "", "", "", "", degrees(seat.lat), degrees(seat.lon),
			strings.Join(divisions.others[key], "|"))
	}
	file, err := t.zipped("places.tsv.gz")
	return []File{file}, err
}

// readDivisions gives the names of first-level divisions: "MG.11" -> "Analamanga".
func readDivisions(ctx context.Context, s *Sources) (map[string]string, error) {
	french, err := readDivisionNames()
	if err != nil {
		return nil, err
	}
	var list []struct{ Code, Name string }
	if err := s.readJSON(ctx, admin1, "admin1.json", &list); err != nil {
		return nil, err
	}
	names := make(map[string]string, len(list))
	for _, d := range list {
		if len(d.Code) > 3 {
			names[d.Code] = frenchDivision(french, d.Code[:2], d.Name)
		}
	}
	return names, nil
}

// readDivisionNames gives the hand-written French names: "LB Beirut" -> "Beyrouth".
func readDivisionNames() (map[string]string, error) {
	rows, err := handRows("divisions.csv")
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r[0]+" "+r[1]] = r[2]
	}
	return out, nil
}

// frenchDivision gives the French name when one is written, else the given
// one without the English word for its kind.
func frenchDivision(french map[string]string, country, name string) string {
	if f := french[country+" "+name]; f != "" {
		return f
	}
	for _, kind := range []string{" Province", " Region", " Department", " Governorate", " District", " Parish", " Prefecture", " County",
		" Oblast"} {
		name = strings.TrimSuffix(name, kind)
	}
	return apostrophe(name)
}

// exonym is a hand-written French name.
type exonym struct {
	french string
	others []string
}

func readExonyms() (map[string]exonym, error) {
	rows, err := handRows("exonyms.csv")
	if err != nil {
		return nil, err
	}
	out := make(map[string]exonym, len(rows))
	for _, r := range rows {
		e := exonym{french: r[2]}
		if r[3] != "" {
			e.others = strings.Split(r[3], ",")
		}
		out[r[0]+" "+r[1]] = e
	}
	return out, nil
}

// spell chooses what is written of a place's names.
func spell(g geoname, exonyms map[string]exonym, used map[string]bool) spelling {
	p := spelling{geoname: g, french: apostrophe(g.name)}
	key := g.country + " " + g.name
	// Namesakes of a capital are villages: the exonym is the large one's.
	if e, ok := exonyms[key]; ok && (g.population >= large || strings.Contains(detailed, g.country+" ")) {
		used[key] = true
		p.french = apostrophe(e.french)
		p.alternates = append(p.alternates, e.others...)
		if p.french != apostrophe(g.name) && !slices.Contains(e.others, g.name) {
			p.alternates = append(p.alternates, apostrophe(g.name))
		}
	}
	p.native, p.lang = nativeName(g)
	known := append([]string{p.french, g.name}, p.alternates...)
	if ascii := apostrophe(g.ascii); ascii != p.french && !slices.Contains(p.alternates, ascii) {
		p.alternates = append(p.alternates, ascii)
	}
	p.alternates = append(p.alternates, latinNames(g.others, mostNames(g.population), known)...)
	return p
}

// mostNames is how many other spellings are kept of a place: French names of
// towns are among GeoNames' alternates, which say no language.
func mostNames(population int) int {
	switch {
	case population >= large:
		return 40
	case population >= 3000:
		return 12
	}
	return 6
}

// latinNames keeps the alternates a French speaker could type, those with
// French letters only first.
func latinNames(list []string, limit int, known []string) []string {
	seen := make(map[string]bool)
	for _, k := range known {
		seen[k] = true
	}
	var plain, other []string
	for _, n := range list {
		n = apostrophe(strings.TrimSpace(n))
		key := n
		// GeoNames' lower-case forms are transcriptions, three capitals an airport.
		if n == "" || seen[key] || !unicode.IsUpper([]rune(n)[0]) || len(n) == 3 && strings.ToUpper(n) == n || strings.Contains(n, " - ") ||
			!latin(n) {
			continue
		}
		seen[key] = true
		if strings.Trim(strings.ToLower(n), "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüœ’- ") == "" {
			plain = append(plain, n)
		} else {
			other = append(other, n)
		}
	}
	all := append(plain, other...)
	return all[:min(limit, len(all))]
}

func latin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return repertoire.Fold(s) != ""
}
