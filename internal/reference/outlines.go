package reference

import (
	"errors"
	"sort"
	"strings"
)

// Point is a corner, in degrees.
type Point struct{ Lon, Lat float64 }

// Outline is a territory's shape. Rings are closed (the last point repeats
// the first) and filled by the even-odd rule, so that holes need no telling.
type Outline struct {
	Country string // ISO 3166-1 alpha-2
	Code    string // INSEE code of a French région or département, else ""
	Name    string // of a division; "" for a country, or a piece without a name
	Rings   [][]Point
}

// outlines keeps the lines encoded until they are asked for.
type outlines struct {
	world, departements []encoded
	country             map[string]encoded
	regions             map[string][]encoded
}

type encoded struct{ country, code, name, rings string }

func readOutlines() (*outlines, error) {
	o := &outlines{country: map[string]encoded{}, regions: map[string][]encoded{}}
	err := rows("outlines.tsv.gz", 5, func(c []string) {
		e := encoded{c[1], c[2], c[3], c[4]}
		switch c[0] {
		case "world":
			o.world = append(o.world, e)
		case "country":
			o.country[e.country] = e
		case "region":
			o.regions[e.country] = append(o.regions[e.country], e)
		case "departement":
			o.departements = append(o.departements, e)
		}
	})
	return o, err
}

// Outline gives a country's shape for a map of that country. France's is the
// European part; its overseas départements go by their own codes (GP, MQ, GF,
// RE, YT).
func (t *Tables) Outline(iso string) (Outline, bool) {
	o, _ := t.outlines()
	e, ok := o.country[strings.ToUpper(iso)]
	if !ok {
		return Outline{}, false
	}
	return e.decode(), true
}

// World gives all countries, coarsely, for a map of the world or the
// neighbours of a map. Antarctica is not drawn.
func (t *Tables) World() []Outline {
	o, _ := t.outlines()
	return decodeAll(o.world)
}

// Regions gives a country's first-level divisions as Natural Earth drew them
// about 2013; those made since are missing. Nil when there are none.
func (t *Tables) Regions(iso string) []Outline {
	o, _ := t.outlines()
	return decodeAll(o.regions[strings.ToUpper(iso)])
}

// FranceRegions gives the eighteen régions of today, overseas ones included.
func (t *Tables) FranceRegions() []Outline { return t.Regions("FR") }

// FranceDepartements gives the 101 départements.
func (t *Tables) FranceDepartements() []Outline {
	o, _ := t.outlines()
	return decodeAll(o.departements)
}

// BorderNotice is the sentence to print beside any map: borders are drawn
// without taking sides, and say so where they are disputed.
const BorderNotice = "Les frontières et les noms portés sur cette carte n’impliquent aucune prise de position sur le statut des territoires."

// disputes says what a map of, or near, a country must add.
var disputes = map[string]string{
	"MA": "Le tracé entre le Maroc et le Sahara occidental est celui des cartes des Nations unies.",
	"EH": "Le Sahara occidental est un territoire non autonome selon les Nations unies ; son statut n’est pas réglé.",
	"UA": "L’Ukraine est représentée dans ses frontières internationalement reconnues.",
	"RU": "L’Ukraine est représentée dans ses frontières internationalement reconnues.",
	"XK": "Le Kosovo n’est pas reconnu par tous les États.",
	"RS": "Le Kosovo n’est pas reconnu par tous les États.",
	"IL": "Les tracés d’Israël, de la Palestine et du plateau du Golan sont indicatifs ; leur statut n’est pas réglé.",
	"PS": "Les tracés d’Israël, de la Palestine et du plateau du Golan sont indicatifs ; leur statut n’est pas réglé.",
	"IN": "La ligne de contrôle au Cachemire n’est pas une frontière reconnue.",
	"PK": "La ligne de contrôle au Cachemire n’est pas une frontière reconnue.",
	"AM": "Les frontières entre l’Arménie et l’Azerbaïdjan sont en cours de délimitation.",
	"AZ": "Les frontières entre l’Arménie et l’Azerbaïdjan sont en cours de délimitation.",
	"CY": "La ligne de cessez-le-feu de Chypre n’est pas une frontière reconnue.",
}

// Notice gives the sentences to print beside a map of these countries: the
// general one, then those of disputes, each once.
func Notice(countries ...string) string {
	seen := make(map[string]bool)
	var more []string
	for _, iso := range countries {
		if s := disputes[strings.ToUpper(iso)]; s != "" && !seen[s] {
			seen[s] = true
			more = append(more, s)
		}
	}
	sort.Strings(more)
	return strings.Join(append([]string{BorderNotice}, more...), " ")
}

func decodeAll(list []encoded) []Outline {
	if len(list) == 0 {
		return nil
	}
	out := make([]Outline, len(list))
	for i, e := range list {
		out[i] = e.decode()
	}
	return out
}

func (e encoded) decode() Outline {
	o := Outline{Country: e.country, Code: e.code, Name: e.name}
	for ring := range strings.SplitSeq(e.rings, " ") {
		if points, err := decodePolyline(ring); err == nil && len(points) >= 3 {
			o.Rings = append(o.Rings, append(points, points[0]))
		}
	}
	return o
}

// decodePolyline reads Google's encoded polyline at four decimals, latitude first.
func decodePolyline(s string) ([]Point, error) {
	var out []Point
	var at [2]int
	for i := 0; i < len(s); {
		for k := range at {
			value, shift := 0, 0
			for {
				if i == len(s) || s[i] < 63 || shift > 30 {
					return nil, errors.New("damaged line")
				}
				b := int(s[i]) - 63
				i++
				value |= b & 0x1f << shift
				shift += 5
				if b < 0x20 {
					break
				}
			}
			if value&1 != 0 {
				value = ^value
			}
			at[k] += value >> 1
		}
		out = append(out, Point{Lon: float64(at[1]) / 1e4, Lat: float64(at[0]) / 1e4})
	}
	return out, nil
}
