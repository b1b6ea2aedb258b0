package derive

import (
	"strings"

	"repertoire/internal/repertoire"
)

// frenchNames writes the names and codes that French authorities no longer
// bear, and those they bear beside their own.
func frenchNames(s *Sources, current []commune) (File, error) {
	t := newTable(s.credit(etalab)+
		"; INSEE, Code officiel géographique, historique des communes (Licence Ouverte 2.0); names of hand/names.csv",
		"target", "name", "use", "when", "old")
	now := make(map[string]string, len(current))
	for _, c := range current {
		now[c.Code] = apostrophe(c.Nom)
	}
	raw, err := hand.ReadFile("hand/former.tsv")
	if err != nil {
		return File{}, err
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 5 {
			continue
		}
		if now[f[0]] == "" {
			return File{}, unexpected("former.tsv", "La commune %s de former.tsv n’est pas de la liste officielle.", f[0])
		}
		name := f[1]
		if name == now[f[0]] {
			name = ""
		}
		if name != "" || f[4] != "" {
			t.row("commune:"+f[0], name, f[2], f[3], f[4])
		}
	}
	rows, err := handRows("names.csv")
	if err != nil {
		return File{}, err
	}
	for _, r := range rows {
		for _, name := range strings.Split(r[3], "|") {
			t.row(r[0], apostrophe(name), r[1], r[2], "")
		}
	}
	return t.zipped("names.tsv.gz")
}

// addCollectivities adds those that the official lists leave out, and the
// municipal districts of Paris, Lyon and Marseille.
func addCollectivities(t *table, communes []commune, where map[string]point) error {
	rows, err := handRows("collectivities.csv")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r[5] != "" && !repertoire.ValidSIREN(r[5]) {
			return unexpected("collectivities.csv", "Le SIREN %s de %s est faux.", r[5], r[2])
		}
		t.row(r[0], r[1], apostrophe(r[2]), r[3], r[4], r[6], r[7], r[8], r[5])
	}
	for _, c := range communes {
		if c.Type == "arrondissement-municipal" {
			lat, lon := place(where, c.Code)
			t.row("arrondissement", c.Code, apostrophe(strings.Replace(c.Nom, "Arrondissement", "arrondissement", 1)), liaison(c.Liaison),
				c.Departement, number(c.Population), lat, lon, "")
		}
	}
	return nil
}
