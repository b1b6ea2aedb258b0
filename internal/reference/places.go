package reference

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

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
		OtherNames: slices.Clone(p.Others), Country: p.Country, Level: repertoire.LevelCommune, Region: p.Division,
		Population: p.Population,
		Latitude:   &lat, Longitude: &lon, Source: sourcePlaces}
	if p.IsDivision {
		a.Level, a.Region = repertoire.LevelRegion, p.Name
	}
	return a
}

// placeText is the table of places, parsed country by country when asked.
type placeText struct {
	text    string
	spans   map[string][][2]int // of each country's lines
	parsed  sync.Map            // country -> []Place
	titles  func() []placeTitle // made when first asked for
	byTitle func() map[string][]placeTitle
}

func readPlaces() (*placeText, error) {
	text, err := open("places.tsv.gz")
	t := &placeText{text: text, spans: map[string][][2]int{}}
	t.titles = sync.OnceValue(t.readTitles)
	t.byTitle = sync.OnceValue(func() map[string][]placeTitle {
		out := map[string][]placeTitle{}
		for _, title := range t.titles() {
			out[title.key] = append(out[title.key], title)
		}
		return out
	})
	if err != nil {
		return t, err
	}
	header := true
	for start := 0; start < len(text); {
		end := start + strings.IndexByte(text[start:], '\n')
		if end < start {
			end = len(text)
		}
		line := text[start:end]
		switch {
		case line == "" || line[0] == '#':
		case header:
			header = false
		case strings.Count(line, "\t") != 10:
			return t, damaged("places.tsv.gz", errors.New("row: "+line))
		default:
			spans := t.spans[line[:2]]
			if n := len(spans); n > 0 && spans[n-1][1] == start-1 {
				spans[n-1][1] = end
			} else {
				t.spans[line[:2]] = append(spans, [2]int{start, end})
			}
		}
		start = end + 1
	}
	return t, nil
}

func (t *placeText) of(country string) []Place {
	if list, ok := t.parsed.Load(country); ok {
		return list.([]Place)
	}
	var out []Place
	for _, span := range t.spans[country] {
		for line := range strings.Lines(t.text[span[0]:span[1]]) {
			c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			lat, lon := degrees(c[8]), degrees(c[9])
			if lat == nil || lon == nil {
				continue
			}
			out = append(out, Place{ID: repertoire.DeriveID("geonames:" + c[2]), Country: c[0], IsDivision: c[1] == "D", Name: c[3],
				Native: c[4], NativeLang: c[5], Division: c[6], Population: whole(c[7]), Latitude: *lat, Longitude: *lon,
				Others: list(c[10], "|")})
		}
	}
	list, _ := t.parsed.LoadOrStore(country, out)
	return list.([]Place)
}

// Places returns the places of a country, towns first, the most populous
// first. The slice must not be changed.
func (t *Tables) Places(country string) []Place {
	all, _ := t.places()
	return all.of(country)
}

// placeTitle is the usual name of a place of any country, folded.
type placeTitle struct {
	key     string
	country string
	index   int32 // among Places(country)
}

func (t *placeText) readTitles() []placeTitle {
	var out []placeTitle
	for country, spans := range t.spans {
		n := int32(0)
		for _, span := range spans {
			for line := range strings.Lines(t.text[span[0]:span[1]]) {
				c := strings.SplitN(line, "\t", 5)
				out = append(out, placeTitle{Key(c[3]), country, n})
				n++
			}
		}
	}
	return out
}

// SuggestAnywhere answers what is being typed by the usual names of places of
// every country but those left out, best first.
func (t *Tables) SuggestAnywhere(text string, without []string, limit int) []Place {
	typed := newQuery(Key(text))
	if typed.whole == "" || limit <= 0 {
		return nil
	}
	all, _ := t.places()
	type hit struct {
		placeTitle
		how, population int
	}
	var hits []hit
	for _, title := range all.titles() {
		how := typed.match(title.key)
		if how == noMatch || slices.Contains(without, title.country) {
			continue
		}
		hits = append(hits, hit{placeTitle: title, how: how})
	}
	// Only those that answer best are parsed: short words match thousands.
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.how, a.how), cmp.Compare(a.index, b.index), cmp.Compare(a.country, b.country))
	})
	hits = hits[:min(len(hits), 8*limit)]
	for i := range hits {
		hits[i].population = all.of(hits[i].country)[hits[i].index].Population
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.how, a.how), cmp.Compare(b.population, a.population)) })
	out := make([]Place, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, all.of(h.country)[h.index])
	}
	return out
}

// SuggestPlace answers what is being typed among a country's places, best
// first; other spellings answer after names. text may be in native script.
func (t *Tables) SuggestPlace(country, text string, limit int) []Place {
	key := Key(text)
	typed := newQuery(key)
	if typed.whole == "" || limit <= 0 {
		return nil
	}
	list, g := t.Places(country), t.abroad(country)
	best := map[int32]int{}
	propose := func(row int32, how int) {
		if how > best[row] {
			best[row] = how
		}
	}
	for row, title := range g.titles {
		if how := typed.match(title); how != noMatch {
			propose(int32(row), 2*how)
		}
	}
	begins := compact(key)
	for _, ref := range append(g.beginning(begins, 40*limit), g.names[begins]...) {
		if ref.use != useOfficial {
			propose(ref.row, 2*max(typed.match(Key(ref.text)), noMatch)-1)
		}
	}
	hits := make([]int32, 0, len(best))
	for row := range best {
		hits = append(hits, row)
	}
	slices.SortFunc(hits, func(a, b int32) int {
		return cmp.Or(cmp.Compare(best[b], best[a]), cmp.Compare(list[b].Population, list[a].Population), cmp.Compare(a, b))
	})
	out := make([]Place, 0, min(limit, len(hits)))
	for _, row := range hits[:min(limit, len(hits))] {
		if best[row] > 0 {
			out = append(out, list[row])
		}
	}
	return out
}
