package reference

import (
	"sync"

	"repertoire/internal/repertoire"
)

// The sources named on each French authority.
const sourceFrance = "Etalab, découpage administratif 2026 (Licence Ouverte 2.0)"

// row is a French authority in little room; Authority makes it whole.
type row struct {
	name, insee, siren  string
	departement, region string // names
	postal, former      string // joined by "," and "|"
	lat, lon            string
	population          int
	article             int
	level               repertoire.Level
	kind                string // the part of the ID between "fr:" and the code
	grouping            string // of a grouping: CC, CA, CU, METRO, MET69, EPT
}

// france holds all French authorities and the ways to them.
type france struct {
	rows     []row // régions, départements, overseas collectivities, groupings, communes
	byINSEE  map[string]int32
	bySIREN  map[string]int32
	byID     func() map[repertoire.ID]int32 // made when first asked for
	keys     func() []spelled               // the same
	names    func() named                   // the same
	register func() *register               // the same
	heirs    func() map[string]int32        // today's row by the INSEE code of one that is no more
	called   func() map[string][]extraName  // what names.tsv calls each row, by its target
}

// spelled holds the Keys of a row's names.
type spelled struct {
	name   string
	former []string
}

func readFrance() (*france, error) {
	f := &france{rows: make([]row, 0, 37_500), byINSEE: make(map[string]int32, 37_500), bySIREN: make(map[string]int32, 37_500)}
	f.byID, f.keys, f.names = sync.OnceValue(f.identify), lapsing(f.spell), sync.OnceValue(f.name)
	past := lapsing(readPast)
	f.register = lapsing(func() *register { return f.enroll(past().names) })
	f.heirs = sync.OnceValue(func() map[string]int32 { return f.inherit(past().codes) })
	f.called = sync.OnceValue(func() map[string][]extraName { return byTarget(past().names) })
	regions, departements, within := map[string]string{}, map[string]string{}, map[string]string{}
	err := rows("divisions.tsv", 9, func(c []string) {
		r := row{name: c[2], insee: c[1], siren: c[8], article: article(c[3]), population: whole(c[5]), lat: c[6], lon: c[7]}
		switch c[0] {
		case "region":
			regions[c[1]] = c[2]
			r.level, r.kind, r.region = repertoire.LevelRegion, "region", c[2]
		case "departement":
			departements[c[1]], within[c[1]] = c[2], regions[c[4]]
			r.level, r.kind, r.departement, r.region = repertoire.LevelDepartement, "departement", c[2], regions[c[4]]
		case "arrondissement":
			r.level, r.kind, r.departement, r.region = repertoire.LevelArrondissement, "arrondissement", departements[c[4]], within[c[4]]
		case "province":
			r.level, r.kind, r.departement = repertoire.LevelProvince, "collectivite", c[4]
		default:
			if departements[c[1]] = c[2]; c[4] != "" && c[4] != c[1] {
				r.region = c[4]
			}
			r.level, r.kind, r.departement = repertoire.LevelOther, "collectivite", c[2]
		}
		f.rows = append(f.rows, r)
	})
	if err != nil {
		return f, err
	}
	err = rows("epci.tsv", 8, func(c []string) {
		r := row{name: c[1], siren: c[0], article: -1, departement: departements[c[3]], region: within[c[3]],
			population: whole(c[4]), lat: c[5], lon: c[6], level: repertoire.LevelEPCI, kind: "epci", grouping: c[2]}
		// MET69 is the Métropole de Lyon, a collectivity of its own kind.
		if c[2] == "METRO" || c[2] == "MET69" {
			r.level = repertoire.LevelMetropole
		}
		f.rows = append(f.rows, r)
	})
	if err != nil {
		return f, err
	}
	err = rows("communes.tsv.gz", 10, func(c []string) {
		f.rows = append(f.rows, row{insee: c[0], name: c[1], article: article(c[2]), siren: c[3], departement: departements[c[4]],
			region:     within[c[4]],
			population: whole(c[5]), postal: c[6], lat: c[7], lon: c[8], former: c[9], level: repertoire.LevelCommune, kind: "commune"})
	})
	if err != nil {
		return f, err
	}
	f.index()
	return f, nil
}

func article(s string) int {
	if s == "" {
		return -1
	}
	return whole(s)
}

func (f *france) index() {
	for i := range f.rows {
		r := &f.rows[i]
		if r.insee != "" {
			f.byINSEE[string(r.level)+":"+r.insee] = int32(i)
		}
		if r.siren != "" {
			f.bySIREN[r.siren] = int32(i)
		}
	}
}

func (f *france) identify() map[repertoire.ID]int32 {
	byID := make(map[repertoire.ID]int32, len(f.rows))
	for i := range f.rows {
		byID[f.rows[i].id()] = int32(i)
	}
	return byID
}

func (f *france) spell() []spelled {
	keys := make([]spelled, len(f.rows))
	for i := range f.rows {
		keys[i].name = Key(f.rows[i].name)
		for _, former := range list(f.rows[i].former, "|") {
			keys[i].former = append(keys[i].former, Key(former))
		}
	}
	return keys
}

// id is derived from the code, so that two workspaces agree on it.
func (r *row) id() repertoire.ID {
	code := r.insee
	if r.kind == "epci" {
		code = r.siren
	}
	return repertoire.DeriveID("fr:" + r.kind + ":" + code)
}

// authority makes the row a whole record.
func (r *row) authority() repertoire.Authority {
	return repertoire.Authority{
		ID: r.id(), Name: r.name, Article: r.article, OtherNames: list(r.former, "|"), Country: "FR", Level: r.level,
		INSEE: r.insee, SIREN: r.siren, Departement: r.departement, Region: r.region, PostalCodes: list(r.postal, ","),
		Population: r.population, Latitude: degrees(r.lat), Longitude: degrees(r.lon), Source: sourceFrance,
	}
}

// FrenchAuthorities returns all of them: régions, départements, overseas
// collectivities, groupings, communes; each list in the order of its codes.
// It makes some 36,000 records: prefer the lookups below.
func (t *Tables) FrenchAuthorities() []repertoire.Authority {
	f, _ := t.france()
	out := make([]repertoire.Authority, len(f.rows))
	for i := range f.rows {
		out[i] = f.rows[i].authority()
	}
	return out
}

// ByINSEE finds an authority by its level and INSEE code: commune "59350",
// département "2A", région "32", overseas collectivity (LevelOther) "988".
func (t *Tables) ByINSEE(level repertoire.Level, code string) (repertoire.Authority, bool) {
	f, _ := t.france()
	i, ok := f.byINSEE[string(level)+":"+code]
	return f.at(i, ok)
}

// BySIREN finds a commune or a grouping by its nine digits. Départements and
// régions have no SIREN in the official list.
func (t *Tables) BySIREN(siren string) (repertoire.Authority, bool) {
	f, _ := t.france()
	i, ok := f.bySIREN[siren]
	return f.at(i, ok)
}

// FrenchByID finds an authority by its derived ID.
func (t *Tables) FrenchByID(id repertoire.ID) (repertoire.Authority, bool) {
	f, _ := t.france()
	i, ok := f.byID()[id]
	return f.at(i, ok)
}

func (f *france) at(i int32, ok bool) (repertoire.Authority, bool) {
	if !ok {
		return repertoire.Authority{}, false
	}
	return f.rows[i].authority(), true
}
