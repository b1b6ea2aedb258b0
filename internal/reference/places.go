package reference

import (
	"sort"

	"repertoire/internal/repertoire"
)

const sourcePlaces = "GeoNames (CC BY 4.0)"

// Place is a town abroad, or a first-level division.
type Place struct {
	ID         repertoire.ID // derived from GeoNames' identifier
	Country    string        // ISO 3166-1 alpha-2
	Name       string        // usual French name: "Beyrouth"
	Native     string        // suggestion to verify: "بيروت"; "" unknown
	NativeLang string        // BCP 47
	Division   string        // name of the first-level division, "" for one
	IsDivision bool          // a region, prefecture or province itself
	Population int           // 0 unknown
	Latitude   float64       // degrees; a division has those of its capital
	Longitude  float64
	Others     []string // other spellings in Latin letters
}

// Authority starts a record from the place. Its level is a guess to confirm:
// a commune, or a région for a division.
func (p Place) Authority() repertoire.Authority {
	lat, lon := p.Latitude, p.Longitude
	a := repertoire.Authority{ID: p.ID, Name: p.Name, Article: -1, NativeName: p.Native, NativeLang: p.NativeLang,
		Country: p.Country, Level: repertoire.LevelCommune, Region: p.Division, Population: p.Population,
		Latitude: &lat, Longitude: &lon, Source: sourcePlaces}
	if p.IsDivision {
		a.Level, a.Region = repertoire.LevelRegion, p.Name
	}
	return a
}

func readPlaces() (map[string][]Place, error) {
	all := make(map[string][]Place)
	err := rows("places.tsv.gz", 11, func(c []string) {
		lat, lon := degrees(c[8]), degrees(c[9])
		if lat == nil || lon == nil {
			return
		}
		all[c[0]] = append(all[c[0]], Place{ID: repertoire.DeriveID("geonames:" + c[2]), Country: c[0], IsDivision: c[1] == "D", Name: c[3],
			Native: c[4], NativeLang: c[5], Division: c[6], Population: whole(c[7]), Latitude: *lat, Longitude: *lon, Others: list(c[10], "|")})
	})
	return all, err
}

// Places returns the places of a country, towns first, the most populous
// first. The slice must not be changed.
func (t *Tables) Places(country string) []Place {
	all, _ := t.places()
	return all[country]
}

// SuggestPlace answers what is being typed among a country's places, best
// first; other spellings answer after names. text may be in native script.
func (t *Tables) SuggestPlace(country, text string, limit int) []Place {
	typed := newQuery(Key(text))
	if typed.whole == "" || limit <= 0 {
		return nil
	}
	type hit struct {
		place *Place
		how   int
	}
	var hits []hit
	list := t.Places(country)
	for i := range list {
		p := &list[i]
		best := typed.match(Key(p.Name)) * 2
		for _, other := range p.Others {
			best = max(best, typed.match(Key(other))*2-1)
		}
		best = max(best, typed.match(Key(p.Native))*2-1)
		if best > 0 {
			hits = append(hits, hit{p, best})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool {
		a, b := hits[i], hits[j]
		if a.how != b.how {
			return a.how > b.how
		}
		return a.place.Population > b.place.Population
	})
	out := make([]Place, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, *h.place)
	}
	return out
}
