package reference

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// TwinningSource names where the known links come from.
const TwinningSource = "Wikidata, P190 (2017, CC0)"

// Twinning is a link between a French authority and one abroad that a public
// list knows: to be verified before it is relied on.
type Twinning struct {
	French  string // "commune:59350"
	Country string // ISO code
	Place   string // identifier of the place in the reference, "" for one it does not have
	Name    string // usual French name, else that of the list
	Label   string // the list's own name
	Lat     string
	Lon     string
	// Successor tells that the list names a French commune that is no more.
	Successor bool
}

// TwinningColumns is the header of the table.
const TwinningColumns = "french\tcountry\tplace\tname\tlabel\tlat\tlon\tsuccessor"

// Line writes the link as a row of the table.
func (l Twinning) Line() string {
	successor := ""
	if l.Successor {
		successor = "1"
	}
	return strings.Join([]string{l.French, l.Country, l.Place, l.Name, l.Label, l.Lat, l.Lon, successor}, "\t")
}

// Key names the link whatever list it comes from.
func (l Twinning) Key() string {
	if l.Place != "" {
		return l.French + "~" + l.Place
	}
	return l.French + "~" + l.Country + ":" + compact(Key(l.Label))
}

func readTwinnings() ([]Twinning, error) {
	var out []Twinning
	err := rows("twinnings.tsv.gz", 8, func(c []string) {
		out = append(out, Twinning{French: c[0], Country: c[1], Place: c[2], Name: c[3], Label: c[4], Lat: c[5], Lon: c[6],
			Successor: c[7] != ""})
	})
	return out, err
}

// Twinnings returns the known links with some countries, all without any.
func (t *Tables) Twinnings(countries ...string) []Twinning {
	list, _ := t.twinnings()
	if len(countries) == 0 {
		return slices.Clone(list)
	}
	var out []Twinning
	for _, l := range list {
		if slices.Contains(countries, l.Country) {
			out = append(out, l)
		}
	}
	return out
}

// Sides gives the two authorities of a link, as records to be started from.
func (t *Tables) Sides(l Twinning) (french, foreign repertoire.Authority, ok bool) {
	level, code, _ := strings.Cut(l.French, ":")
	french, ok = t.ByINSEE(repertoire.Level(level), code)
	if !ok {
		return french, foreign, false
	}
	for _, p := range t.Places(l.Country) {
		if string(p.ID) == l.Place && l.Place != "" {
			return french, p.Authority(), true
		}
	}
	foreign = repertoire.Authority{ID: repertoire.DeriveID("place:" + l.Country + ":" + l.Label), Name: l.Name, Article: -1,
		Country: l.Country,
		Level:   repertoire.LevelCommune, Latitude: degrees(l.Lat), Longitude: degrees(l.Lon), Source: TwinningSource}
	return french, foreign, true
}

// ReadTwinnings reads a list of links (French name, latitude, longitude,
// foreign name, country, latitude, longitude, by tabs; the columns of Wikidata's
// own export are read too) and resolves both sides. doubtful tells in
// sentences what was left aside.
func (t *Tables) ReadTwinnings(ctx context.Context, text string) (links []Twinning, doubtful []string, err error) {
	r := NewResolver(t, nil)
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		c := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(c) >= 10 { // origin, country, lat, lon, population, sister, lat, lon, population, country
			c = []string{c[0], c[2], c[3], c[5], c[9], c[6], c[7]}
		}
		if len(c) < 7 || strings.HasPrefix(c[0], "#") || c[0] == "origincityLabel" {
			continue
		}
		l, why := r.twinning(c)
		if why != "" {
			doubtful = append(doubtful, why)
			continue
		}
		if key := l.Key(); !seen[key] {
			seen[key] = true
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(a, b Twinning) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.French, b.French), cmp.Compare(a.Label, b.Label))
	})
	return links, doubtful, nil
}

// twinning resolves one line of a list.
func (r *Resolver) twinning(c []string) (l Twinning, why string) {
	country := r.tables.ResolveCountry(c[4])
	iso, ok := country.Certain()
	if !ok || iso.ISO2 == "FR" {
		return l, fmt.Sprintf("%s – %s : le pays « %s » n’est pas reconnu, ou c’est la France.", c[0], c[3], c[4])
	}
	l.Country, l.Label, l.Lat, l.Lon = iso.ISO2, strings.ReplaceAll(c[3], "'", "’"), c[5], c[6]
	french := r.Resolve(Mention{Name: c[0], Country: "FR", Level: repertoire.LevelCommune, Latitude: degrees(c[1]),
		Longitude: degrees(c[2])})
	f, ok := french.Best()
	// A name that led elsewhere than to the point given is no answer; a successor at that point is.
	if !ok || f.Authority.INSEE == "" || french.Verdict != Sure &&
		(f.Confidence < 0.75 || f.Has(ReasonFar) || !f.Has(ReasonPlace) && !f.Has(ReasonSuccessor)) {
		return l, fmt.Sprintf("%s (%s, %s) – %s : la commune française n’est pas reconnue.", c[0], c[1], c[2], c[3])
	}
	l.French, l.Successor = string(f.Authority.Level)+":"+f.Authority.INSEE, f.Has(ReasonSuccessor) || f.Has(ReasonFormer)
	l.Name = l.Label
	abroad := r.Resolve(Mention{Name: c[3], Country: l.Country, Latitude: degrees(c[5]), Longitude: degrees(c[6])})
	if p, ok := abroad.Best(); ok && (abroad.Verdict == Sure || p.Confidence >= 0.85 && p.Has(ReasonPlace)) {
		l.Place, l.Name = string(p.Authority.ID), p.Authority.Name
	}
	return l, ""
}
