package main

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"strconv"

	"repertoire/data/samples"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// checkSamples holds data/samples against the reference tables and tells each
// difference; it changes nothing.
func checkSamples(_ context.Context, args []string) error {
	if err := parse(flag.NewFlagSet("samples-check", flag.ContinueOnError), args); err != nil {
		return err
	}
	findings, checked, err := compareSamples(samples.Files, reference.Open())
	if err != nil {
		return err
	}
	for _, f := range findings {
		say("%s", f)
	}
	if len(findings) > 0 {
		return repertoire.Refuse(
			"%d écarts entre data/samples et les tables de référence, sur %d collectivités : corrigez-les, ou dites pourquoi dans la colonne « notes ».", len(findings), checked)
	}
	say("Les %d collectivités des exemples concordent avec les tables de référence.", checked)
	return nil
}

// compareSamples returns a sentence for each difference.
func compareSamples(files fs.FS, tables *reference.Tables) (findings []string, checked int, err error) {
	tell := func(format string, args ...any) { findings = append(findings, fmt.Sprintf(format, args...)) }
	french, err := readSample(files, "authorities_fr.csv")
	if err != nil {
		return nil, 0, err
	}
	for _, row := range french {
		checked++
		code, name := row["code_insee"], row["nom"]
		a, ok := officialOf(tables, code, row["siren"], name)
		if !ok {
			if row["notes"] == "" {
				tell("%s : le code INSEE « %s » et le SIREN « %s » ne sont pas dans la liste officielle.", name, code, row["siren"])
			}
			continue
		}
		if reference.Key(a.Name) != reference.Key(name) {
			tell("%s : la liste officielle dit « %s » pour le code %s.", name, a.Name, code)
		}
		if a.SIREN != "" && row["siren"] != "" && a.SIREN != row["siren"] {
			tell("%s : SIREN %s, liste officielle %s.", name, row["siren"], a.SIREN)
		}
		if row["article"] != "" && a.Article >= 0 && row["article"] != strconv.Itoa(a.Article) {
			tell("%s : article %s, liste officielle %d.", name, row["article"], a.Article)
		}
		if far(row, a.Latitude, a.Longitude) {
			tell("%s : à plus de 20 km du lieu de la liste (%s, %s).", name, row["latitude"], row["longitude"])
		}
	}
	foreign, err := readSample(files, "authorities.csv")
	if err != nil {
		return nil, 0, err
	}
	for _, row := range foreign {
		checked++
		if _, ok := tables.Country(row["pays"]); !ok {
			tell("%s : le pays « %s » est inconnu.", row["nom"], row["pays"])
		}
	}
	return findings, checked, nil
}

// officialOf finds who a row speaks of. A département and a région may share
// their code: the name decides.
func officialOf(tables *reference.Tables, code, siren, name string) (found repertoire.Authority, ok bool) {
	if code == "" {
		return tables.BySIREN(siren)
	}
	for _, level := range []repertoire.Level{repertoire.LevelCommune, repertoire.LevelRegion, repertoire.LevelDepartement,
		repertoire.LevelOther} {
		if a, known := tables.ByINSEE(level, code); known && (!ok || reference.Key(a.Name) == reference.Key(name)) {
			found, ok = a, true
		}
	}
	return found, ok
}

// far tells whether the row lies more than 20 km from a known place.
func far(row map[string]string, lat, lon *float64) bool {
	y, err1 := strconv.ParseFloat(row["latitude"], 64)
	x, err2 := strconv.ParseFloat(row["longitude"], 64)
	if err1 != nil || err2 != nil || lat == nil || lon == nil {
		return false
	}
	const kmPerDegree = 111.2
	return math.Hypot(y-*lat, (x-*lon)*math.Cos(y*math.Pi/180))*kmPerDegree > 20
}

// readSample reads a table whose first row names its columns.
func readSample(files fs.FS, name string) ([]map[string]string, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, repertoire.Damage(name, err, "Le fichier d’exemple %s est introuvable.", name)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.Comment = ';', '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, repertoire.Damage(name, err, "Le fichier d’exemple %s n’est pas un CSV lisible (%v).", name, err)
	}
	out := make([]map[string]string, 0, len(rows)-1)
	for _, cells := range rows[1:] {
		row := make(map[string]string, len(cells))
		for i, c := range cells {
			row[rows[0][i]] = c
		}
		out = append(out, row)
	}
	return out, nil
}
