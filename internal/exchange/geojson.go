package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"repertoire/internal/repertoire"
)

// feature is one GeoJSON object (RFC 7946: longitude first).
type feature struct {
	Type       string         `json:"type"`
	ID         string         `json:"id"`
	Geometry   any            `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// writeGeoJSON draws each partnership as lines between its located
// authorities, and each authority as a point. People are not in it.
func writeGeoJSON(w io.Writer, records Records, names Names) error {
	out := featuresOut{out: bufio.NewWriter(w)}
	out.out.WriteString(`{"type":"FeatureCollection","features":[`)
	for p, err := range records {
		if err != nil {
			return err
		}
		var lines [][][2]float64
		for _, a := range located(p.PartiesOn(repertoire.SideFrench), names) {
			for _, z := range located(p.PartiesOn(repertoire.SideForeign), names) {
				lines = append(lines, [][2]float64{position(a), position(z)})
			}
		}
		if err := out.add(feature{Type: "Feature", ID: string(p.ID), Geometry: linesOf(lines), Properties: told(p, names)}); err != nil {
			return err
		}
	}
	if err := eachAuthority(records, names, func(a *repertoire.Authority) error {
		if !a.Located() {
			return nil
		}
		return out.add(feature{Type: "Feature", ID: string(a.ID), Geometry: geometry{"Point", position(a)},
			Properties: filled(map[string]any{"objet": "collectivite", "nom": a.Name, "pays": names.country(a.Country),
				"code_pays": a.Country,
				"niveau":    repertoire.Levels.Label(a.Level), "code_insee": a.INSEE, "population": a.Population})})
	}); err != nil {
		return err
	}
	out.out.WriteString("]}\n")
	return out.out.Flush()
}

// featuresOut writes the features one after the other.
type featuresOut struct {
	out   *bufio.Writer
	count int
}

func (o *featuresOut) add(f feature) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(f); err != nil {
		return err
	}
	if o.count > 0 {
		o.out.WriteByte(',')
	}
	o.count++
	_, err := o.out.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
}

func located(ids []repertoire.ID, names Names) []*repertoire.Authority {
	var out []*repertoire.Authority
	for _, id := range ids {
		if a := names.authority(id); a != nil && a.Located() {
			out = append(out, a)
		}
	}
	return out
}

func position(a *repertoire.Authority) [2]float64 { return [2]float64{*a.Longitude, *a.Latitude} }

// linesOf gives the geometry of a partnership, null when a side has no place.
func linesOf(lines [][][2]float64) any {
	switch len(lines) {
	case 0:
		return nil
	case 1:
		return geometry{"LineString", lines[0]}
	}
	return geometry{"MultiLineString", lines}
}

func told(p *repertoire.Partnership, names Names) map[string]any {
	themes := list(p, FieldThemes, names)
	return filled(map[string]any{"objet": "partenariat", "titre": p.DisplayTitle(names.authority), "type": repertoire.Types.Label(p.Type),
		"statut": repertoire.Statuses.Label(p.Status), "annee": p.FirstYear, "debut": string(p.Start), "fin": string(p.End),
		"thematiques": themes, "repertoires": p.Directories, "pays": side(p, repertoire.SideForeign, FieldCountry, names),
		"fictif": p.Fictitious})
}

// filled leaves out what is empty.
func filled(m map[string]any) map[string]any {
	for k, v := range m {
		switch x := v.(type) {
		case string:
			if x == "" {
				delete(m, k)
			}
		case int:
			if x == 0 {
				delete(m, k)
			}
		case bool:
			if !x {
				delete(m, k)
			}
		case []string:
			if len(x) == 0 {
				delete(m, k)
			}
		}
	}
	return m
}
