package sample_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"repertoire/data/samples"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
)

func load(t testing.TB) sample.Set {
	t.Helper()
	set, err := sample.Load()
	if err != nil {
		t.Fatalf("%v: %v", err, repertoire.KindOf(err))
	}
	return set
}

func TestSevenDirectories(t *testing.T) {
	set := load(t)
	real, invented := map[string]int{}, map[string]int{}
	total := 0
	for _, p := range set.Partnerships {
		if p.Fictitious {
			invented[p.Directories[0]]++
		} else {
			real[p.Directories[0]]++
			total++
		}
	}
	want := map[string]int{"madagascar": 7, "senegal": 22, "mauritanie": 4, "japon": 30, "liban": 4, "armenie": 20,
		"amerique-latine-caraibe": 48}
	if len(set.Directories) != 7 || total < 134 {
		t.Errorf("%d directories, %d real partnerships", len(set.Directories), total)
	}
	presented := map[string]bool{}
	for _, p := range set.Presentations {
		presented[p.Country] = true
		if p.Source == "" || p.Territorial == "" || len(p.Figures) < 5 || p.ID != repertoire.PresentationID(p.Country) {
			t.Errorf("presentation of %s is thin", p.Country)
		}
	}
	for _, d := range set.Directories {
		if real[d.Slug] != want[d.Slug] {
			t.Errorf("%s: %d real partnerships, want %d", d.Slug, real[d.Slug], want[d.Slug])
		}
		if d.Title == "" || d.Short == "" || d.Edition == "" || d.Blurb == "" || len(d.Groups) == 0 || d.Imprint.Publisher == "" ||
			d.Source == "" {
			t.Errorf("%s lacks something", d.Slug)
		}
		for _, g := range d.Groups {
			if g.President == "" || g.Office == "" || g.Authority == "" || g.AsOf == "" || g.Source == "" {
				t.Errorf("%s: %s lacks something", d.Slug, g.Name)
			}
		}
		for _, iso := range d.Countries {
			if !presented[iso] {
				t.Errorf("%s: no presentation of %s", d.Slug, iso)
			}
		}
	}
}

// Every record obeys the rules of the domain and names only what is there.
func TestRecordsHold(t *testing.T) {
	set := load(t)
	slugs, countries := map[string]string{}, map[string]bool{"FR": true}
	for _, d := range set.Directories {
		for _, iso := range d.Countries {
			slugs[d.Slug] += iso + " "
			countries[iso] = true
		}
	}
	themes := themeCodes(t)
	byID := map[repertoire.ID]*repertoire.Authority{}
	for i := range set.Authorities {
		a := &set.Authorities[i]
		if byID[a.ID] != nil {
			t.Errorf("%s comes twice", a.Name)
		}
		byID[a.ID] = a
		for _, f := range a.Validate(repertoire.Known{Country: func(iso string) bool { return countries[iso] }}) {
			t.Errorf("%s: %s", a.Name, f.Message)
		}
		if a.Source == "" || a.Level == "" {
			t.Errorf("%s has no source or level", a.Name)
		}
		if (a.NativeName == "") != (a.NativeLang == "") {
			t.Errorf("%s: native name without its language, or the other way round", a.Name)
		}
		if a.French() && !a.Fictitious {
			overseas := strings.HasPrefix(a.INSEE, "987") || strings.HasPrefix(a.INSEE, "988")
			if len(a.INSEE) != 5 || a.SIREN == "" && !overseas || a.Departement == "" || a.ID != sample.FrenchID(a.INSEE) {
				t.Errorf("%s: INSEE %q, SIREN %q, %q", a.Name, a.INSEE, a.SIREN, a.Departement)
			}
		}
	}
	seen := map[repertoire.ID]bool{}
	used := map[repertoire.ID]bool{}
	for _, p := range set.Partnerships {
		title := p.DisplayTitle(func(id repertoire.ID) *repertoire.Authority { return byID[id] })
		if seen[p.ID] {
			t.Errorf("%s has the ID of another", title)
		}
		seen[p.ID] = true
		known := repertoire.Known{Theme: func(c string) bool { return themes[c] },
			Authority: func(id repertoire.ID) *repertoire.Authority { return byID[id] },
			Directory: func(s string) bool { return slugs[s] != "" }}
		for _, f := range p.Validate(known) {
			if f.Severity == repertoire.SeverityRefuse || !strings.Contains(f.Message, "s’oppose") {
				t.Errorf("%s: %s: %s", title, f.Field, f.Message)
			}
		}
		if p.Source == "" {
			t.Errorf("%s has no source", title)
		}
		fictitious := false
		for _, q := range p.Parties {
			used[q.Authority] = true
			a := byID[q.Authority]
			if a == nil {
				continue // said by Validate
			}
			fictitious = fictitious || a.Fictitious
			if !a.French() && !strings.Contains(allCountries(p, slugs), a.Country) {
				t.Errorf("%s: %s is not a country of its répertoires", title, a.Country)
			}
		}
		if fictitious && !p.Fictitious {
			t.Errorf("%s has an invented authority and is not marked", title)
		}
	}
	for id, a := range byID {
		if !used[id] {
			t.Errorf("%s is in no partnership", a.Name)
		}
	}
}

func allCountries(p repertoire.Partnership, slugs map[string]string) string {
	s := ""
	for _, slug := range p.Directories {
		s += slugs[slug]
	}
	return s
}

// Coordinates lie where they should: no French commune on the wrong side of
// the sea, no foreign town outside a generous box around its country.
func TestCoordinates(t *testing.T) {
	type box struct{ south, north, west, east float64 }
	overseas := map[string]box{"971": {15.8, 16.6, -61.9, -60.9}, "972": {14.3, 15, -61.3, -60.7}, "973": {2, 6, -55, -51},
		"974": {-21.5, -20.8, 55.1, 55.9}, "987": {-28, -7, -155, -134}, "988": {-23, -19, 163, 169}}
	abroad := map[string]box{"MG": {-26, -11, 43, 51}, "SN": {12, 17, -18, -11}, "MR": {14, 28, -18, -4}, "JP": {24, 46, 122, 146},
		"LB": {33, 35, 35, 37},
		"AM": {38.8, 41.4, 43.4, 46.7}, "AR": {-56, -21, -74, -53}, "BO": {-23, -9, -70, -57}, "BR": {-34, 6, -74, -34},
		"CL": {-56, -17, -76, -66},
		"CO": {-5, 13, -80, -66}, "CU": {19, 24, -85, -74}, "GT": {13, 18, -93, -88}, "HT": {18, 20.2, -75, -71}, "MX": {14, 33, -118, -86},
		"NI": {10, 15.1, -88, -82},
		"PE": {-19, 0, -82, -68}, "DO": {17, 20, -72.1, -68}, "TT": {10, 11.5, -62, -60}, "UY": {-35, -30, -59, -53},
		"VE": {0, 13, -74, -59}, "EC": {-5, 2, -92, -75}}
	for _, a := range load(t).Authorities {
		if !a.Located() {
			continue
		}
		b := abroad[a.Country]
		if a.French() {
			b = box{41, 51.5, -5.5, 10}
			if o, ok := overseas[a.INSEE[:3]]; ok {
				b = o
			}
		}
		if *a.Latitude < b.south || *a.Latitude > b.north || *a.Longitude < b.west || *a.Longitude > b.east {
			t.Errorf("%s (%s%s): %v, %v", a.Name, a.Country, a.INSEE, *a.Latitude, *a.Longitude)
		}
	}
}

// Names are French ones; the others have their own fields.
func TestNoEnglishNames(t *testing.T) {
	english := []string{"Dunkirk", "Beirut", "Tyre", "Havana", "Yerevan", "Gyumri", "Ashtarak", "Port of Spain", "Cartagena of Indias",
		"Region", "District",
		", Lebanon", ", Sarthe", "barev", "Vagharshapat"}
	names := ""
	for _, a := range load(t).Authorities {
		for _, e := range english {
			if strings.Contains(a.Name, e) {
				t.Errorf("%s (%s)", a.Name, a.Country)
			}
		}
		names += "|" + a.Name
	}
	for _, french := range []string{"Dunkerque", "Beyrouth", "Tyr", "(La Havane)", "Erevan", "Gumri", "Achtarak", "Port-d’Espagne",
		"Carthagène des Indes", "Région de Diourbel"} {
		if !strings.Contains(names, french) {
			t.Errorf("no %s", french)
		}
	}
}

// The homonyms of the public data stay corrected, and Lille keeps Saint-Louis.
func TestKnownPairs(t *testing.T) {
	set := load(t)
	pairs := map[string]bool{}
	name := map[repertoire.ID]string{}
	for _, a := range set.Authorities {
		name[a.ID] = a.Name
	}
	for _, p := range set.Partnerships {
		pairs[string(p.PartiesOn(repertoire.SideFrench)[0])+name[p.PartiesOn(repertoire.SideForeign)[0]]] = true
	}
	for insee, foreign := range map[string]string{"59350": "Saint-Louis", "93066": "Porto Alegre", "97226": "Pinar del Río",
		"97225": "Antigua Guatemala", "59183": "Vitória", "72003": "San Juan de Cinco Pinos", "69266": "Abovian"} {
		if !pairs[string(sample.FrenchID(insee))+foreign] {
			t.Errorf("%s – %s is missing", insee, foreign)
		}
	}
	rejected, err := sample.LoadRejected()
	if err != nil || len(rejected) != 1 || rejected[0].Reason == "" {
		t.Errorf("rejected: %v, %v", rejected, err)
	}
}

// The invented partnerships show everything an entry can hold.
func TestFictitiousShowEverything(t *testing.T) {
	var projects, funders, inKind, conventions, hidden, shown, exchanges, links, associates, multi int
	scripts := map[string]bool{}
	set := load(t)
	for _, a := range set.Authorities {
		if a.Fictitious {
			scripts[a.NativeLang] = true
		}
	}
	n := 0
	for _, p := range set.Partnerships {
		if !p.Fictitious {
			continue
		}
		n++
		conventions, exchanges, links = conventions+len(p.Conventions), exchanges+len(p.Exchanges), links+len(p.Links)
		if len(p.Parties) > 2 {
			associates++
		}
		if len(p.Directories) > 1 {
			multi++
		}
		for _, x := range p.Projects {
			projects++
			if !x.Fictitious {
				t.Errorf("%s is not marked", x.Title)
			}
			for _, f := range x.Funding {
				funders++
				if f.InKind {
					inKind++
				}
				if !repertoire.FundingKinds.Has(f.Kind) {
					t.Errorf("%s: funding kind %q", x.Title, f.Kind)
				}
			}
		}
		for _, c := range p.Contacts {
			if strings.Contains(c.Email, "@") && !strings.HasSuffix(c.Email, ".example.org") {
				t.Errorf("%s is not on a reserved domain", c.Email)
			}
			if _, ok := c.Published(); ok {
				shown++
			} else {
				hidden++
			}
		}
	}
	if n != 6 || projects < 8 || funders < 20 || inKind < 3 || conventions < 7 || hidden < 3 || shown < 8 || exchanges < 8 || links < 5 ||
		associates < 3 || multi < 1 || !scripts["ar"] || !scripts["ja"] || !scripts["hy"] {
		t.Error(n, projects, funders, inKind, conventions, hidden, shown, exchanges, links, associates, multi, scripts)
	}
}

// themeCodes is the theme tree of the reference data, which lives above this
// package.
func themeCodes(t *testing.T) map[string]bool {
	t.Helper()
	codes := map[string]bool{}
	for _, c := range strings.Fields(
		"1 1.1 1.2 1.3 1.4 2 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 3 3.1 3.1.1 3.1.2 3.2 3.3 3.4 3.5 4 4.1 4.2 4.3 4.4 4.5 5 5.1 5.2 6 6.1 6.2 6.3 7 7.1 7.2 8 9 10 10.1") {
		codes[c] = true
	}
	return codes
}

// The files stay readable: right width on every line.
func TestFilesAreTables(t *testing.T) {
	for _, name := range []string{"authorities.csv", "authorities_fr.csv", "partnerships.csv", "rejected.csv"} {
		f, err := samples.Files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		r.Comma = ';'
		if rows, err := r.ReadAll(); err != nil || len(rows) < 2 {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
}
