package sample

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"repertoire/data/samples"
	"repertoire/internal/repertoire"
)

// letter is where the titles, blurbs and country groups come from.
const letter = "Lettre de Cités Unies France, septembre-octobre 2025"

// Set is all that the samples hold. Every party of a partnership is in
// Authorities; Version, Created and Updated are left to whoever writes them.
type Set struct {
	Directories   []repertoire.Directory
	Presentations []repertoire.Presentation
	Authorities   []repertoire.Authority
	Partnerships  []repertoire.Partnership
}

// Rejected is a pair of the public data that was not taken.
type Rejected struct {
	Line      int // of the public file, headings being line 1
	Directory string
	French    string
	INSEE     string
	Foreign   string
	Reason    string // French sentence
}

// FrenchID is the ID of a French commune: the reference list uses the same.
func FrenchID(insee string) repertoire.ID { return repertoire.DeriveID("fr:commune:" + insee) }

// ForeignID is the ID of a foreign authority named in a country (ISO code).
func ForeignID(country, name string) repertoire.ID {
	return repertoire.DeriveID("place:" + country + ":" + name)
}

// Load reads the embedded samples. Errors are Damaged and name the file.
func Load() (Set, error) { return load(samples.Files) }

func load(files fs.FS) (Set, error) {
	var set Set
	for _, step := range []struct {
		file string
		read func(fs.FS, string, *Set) error
	}{
		{"directories.json", readDirectories},
		{"presentations.json", readPresentations},
		{"authorities_fr.csv", readFrench},
		{"authorities.csv", readForeign},
		{"partnerships.csv", readPairs},
		{"fictitious.json", readFictitious},
	} {
		if err := step.read(files, step.file, &set); err != nil {
			return Set{}, repertoire.Damage(step.file, err, "Le fichier d’exemples « %s » est illisible : réinstallez le programme.",
				step.file)
		}
	}
	return set, nil
}

// LoadRejected lists the pairs of the public data that were refused, and why.
func LoadRejected() ([]Rejected, error) {
	var out []Rejected
	err := eachRow(samples.Files, "rejected.csv", func(r row) error {
		line, err := r.integer("ligne")
		out = append(out, Rejected{line, r["repertoire"], r["collectivite_francaise"], r["code_insee"],
			r["collectivite_etrangere"], r["motif"]})
		return err
	})
	return out, err
}

func readDirectories(files fs.FS, name string, set *Set) error {
	if err := readJSON(files, name, &set.Directories); err != nil {
		return err
	}
	for i := range set.Directories {
		d := &set.Directories[i]
		d.ID = repertoire.DeriveID("directory:" + d.Slug)
		d.Source = letter
		d.Imprint.Publisher = "Cités Unies France (CUF)"
		d.Imprint.Address = "9, rue Christiani, 75018 Paris"
		for j := range d.Groups {
			d.Groups[j].AsOf, d.Groups[j].Source = "2025-10", letter
		}
	}
	return nil
}

func readPresentations(files fs.FS, name string, set *Set) error {
	if err := readJSON(files, name, &set.Presentations); err != nil {
		return err
	}
	for i := range set.Presentations {
		p := &set.Presentations[i]
		p.ID = repertoire.PresentationID(p.Country)
	}
	return nil
}

func readFrench(files fs.FS, name string, set *Set) error {
	return eachRow(files, name, func(r row) error {
		a := repertoire.Authority{ID: FrenchID(r["code_insee"]), Name: r["nom"], Country: "FR", Level: repertoire.LevelCommune,
			INSEE: r["code_insee"], SIREN: r["siren"], Departement: r["departement"], Region: r["region"],
			PostalCodes: strings.Fields(r["codes_postaux"]), Notes: r["notes"],
			Source: "INSEE et DGCL, d’après @etalab/decoupage-administratif 6.0.0 (Licence Ouverte)"}
		if s := r["source_coordonnees"]; s != "" {
			a.Source += " ; coordonnées : " + s
		}
		var err error
		if a.Article, err = r.integer("article"); err != nil {
			return err
		}
		return add(set, a, r)
	})
}

func readForeign(files fs.FS, name string, set *Set) error {
	return eachRow(files, name, func(r row) error {
		a := repertoire.Authority{ID: ForeignID(r["pays"], r["nom"]), Name: r["nom"], Article: -1, Country: r["pays"],
			Level: repertoire.Level(r["niveau"]), Region: r["subdivision"], NativeName: r["nom_origine"],
			NativeLang: r["langue"], Source: r["source"], Notes: r["notes"]}
		if s := r["autres_noms"]; s != "" {
			a.OtherNames = strings.Split(s, ";")
		}
		return add(set, a, r)
	})
}

// add fills what both lists of authorities have in common.
func add(set *Set, a repertoire.Authority, r row) error {
	var err error
	if a.Population, err = r.integer("population"); err != nil {
		return err
	}
	if a.Latitude, err = r.degrees("latitude"); err != nil {
		return err
	}
	if a.Longitude, err = r.degrees("longitude"); err != nil {
		return err
	}
	set.Authorities = append(set.Authorities, a)
	return nil
}

func readPairs(files fs.FS, name string, set *Set) error {
	return eachRow(files, name, func(r row) error {
		p := repertoire.Partnership{
			ID: repertoire.DeriveID("sample:" + r["repertoire"] + ":" + r["code_insee"] + ":" + r["pays"] + ":" +
				r["collectivite_etrangere"]),
			Directories: []string{r["repertoire"]},
			Parties: []repertoire.Party{
				{Authority: FrenchID(r["code_insee"]), Side: repertoire.SideFrench, Lead: true},
				{Authority: ForeignID(r["pays"], r["collectivite_etrangere"]), Side: repertoire.SideForeign, Lead: true},
			},
			Type:  repertoire.Type(r["type"]),
			Start: repertoire.Date(r["debut"]), Source: r["source"], Notes: r["notes"],
		}
		var err error
		p.FirstYear, err = r.integer("annee")
		set.Partnerships = append(set.Partnerships, p)
		return err
	})
}

// invented are records made up for the samples, whose IDs are readable keys
// ("exempleville"), so that their file can be edited by hand.
type invented struct {
	Directories  []repertoire.Directory   `json:"directories"`
	Authorities  []repertoire.Authority   `json:"authorities"`
	Partnerships []repertoire.Partnership `json:"partnerships"`
}

func readFictitious(files fs.FS, name string, set *Set) error {
	var in invented
	if err := readJSON(files, name, &in); err != nil {
		return err
	}
	in.into(set, "sample:")
	return nil
}

// into adds the records to a set, marked, their IDs made from their keys.
func (in invented) into(set *Set, prefix string) {
	derive := func(id *repertoire.ID) {
		if *id != "" {
			*id = repertoire.DeriveID(prefix + string(*id))
		}
	}
	for _, a := range in.Authorities {
		derive(&a.ID)
		a.Fictitious = true
		set.Authorities = append(set.Authorities, a)
	}
	for _, p := range in.Partnerships {
		derive(&p.ID)
		p.Fictitious = true
		for i := range p.Parties {
			derive(&p.Parties[i].Authority)
		}
		for i := range p.Projects {
			derive(&p.Projects[i].ID)
			p.Projects[i].Fictitious = true
		}
		for i := range p.Contacts {
			derive(&p.Contacts[i].ID)
			derive(&p.Contacts[i].Authority)
		}
		set.Partnerships = append(set.Partnerships, p)
	}
}

func readJSON(files fs.FS, name string, into any) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// row is one line of a sample file, by heading.
type row map[string]string

func (r row) integer(heading string) (int, error) {
	if r[heading] == "" {
		return 0, nil
	}
	return strconv.Atoi(r[heading])
}

func (r row) degrees(heading string) (*float64, error) {
	if r[heading] == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(r[heading], 64)
	return &v, err
}

func eachRow(files fs.FS, name string, do func(row) error) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.Comma = ';'
	lines, err := in.ReadAll()
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return fmt.Errorf("%s is empty", name)
	}
	for i, cells := range lines[1:] {
		r := make(row, len(cells))
		for j, heading := range lines[0] {
			r[heading] = cells[j]
		}
		if err := do(r); err != nil {
			return fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return nil
}
