package reference

import (
	"strings"
	"testing"
)

// contains tells whether a point lies in an outline, by the even-odd rule.
func contains(o Outline, lon, lat float64) bool {
	in := false
	for _, r := range o.Rings {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			if (a.Lat > lat) != (b.Lat > lat) && lon < a.Lon+(lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
				in = !in
			}
		}
	}
	return in
}

func TestRingsAreSane(t *testing.T) {
	tables := Open()
	all := append(tables.World(), tables.FranceDepartements()...)
	for _, c := range tables.Countries() {
		if o, ok := tables.Outline(c.ISO2); ok {
			all = append(all, o)
		}
		all = append(all, tables.Regions(c.ISO2)...)
	}
	if len(all) < 4000 {
		t.Fatalf("%d outlines", len(all))
	}
	for _, o := range all {
		if len(o.Rings) == 0 {
			t.Errorf("%s %q has no ring", o.Country, o.Name)
		}
		for _, r := range o.Rings {
			if len(r) < 4 || r[0] != r[len(r)-1] {
				t.Errorf("%s %q: a ring of %d is not closed", o.Country, o.Name, len(r))
			}
			for i, p := range r {
				if p.Lon < -180 || p.Lon > 180 || p.Lat < -90 || p.Lat > 90 {
					t.Fatalf("%s %q: %v", o.Country, o.Name, p)
				}
				if i > 0 && (p.Lon-r[i-1].Lon > 90 || r[i-1].Lon-p.Lon > 90) {
					t.Fatalf("%s %q leaps from %v to %v", o.Country, o.Name, r[i-1], p)
				}
			}
		}
	}
}

// TestBordersFollowTheUnitedNations pins what the sources were chosen for.
func TestBordersFollowTheUnitedNations(t *testing.T) {
	tables := Open()
	for _, c := range []struct {
		what, in, notIn string
		lon, lat        float64
	}{
		{"Laâyoune", "EH", "MA", -13.0, 27.0}, {"Simferopol", "UA", "RU", 34.1, 44.95}, {"Rabat", "MA", "EH", -6.5, 33.8},
		{"Lyon", "FR", "GF", 4.8, 45.7}, {"Cayenne", "GF", "FR", -52.8, 4.5}, {"Antsirabe", "MG", "MR", 47.0, -19.9},
	} {
		in, ok1 := tables.Outline(c.in)
		out, ok2 := tables.Outline(c.notIn)
		if !ok1 || !ok2 || !contains(in, c.lon, c.lat) || contains(out, c.lon, c.lat) {
			t.Errorf("%s should be in %s and not in %s", c.what, c.in, c.notIn)
		}
	}
}

func TestFranceInPieces(t *testing.T) {
	tables := Open()
	regions, departements := tables.FranceRegions(), tables.FranceDepartements()
	if len(regions) != 18 || len(departements) != 101 {
		t.Fatalf("%d régions, %d départements", len(regions), len(departements))
	}
	at := func(list []Outline, lon, lat float64) (codes string) {
		for _, o := range list {
			if contains(o, lon, lat) {
				codes += o.Code
			}
		}
		return codes
	}
	// Each point in exactly one: the merged régions leave no hole and no overlap.
	for name, c := range map[string]struct {
		lon, lat            float64
		region, departement string
	}{
		"Lille": {3.06, 50.63, "32", "59"}, "Caen": {-0.36, 49.17, "28", "14"}, "Saint-Lô": {-1.09, 49.11, "28", "50"},
		"Colmar":                    {7.35, 48.08, "44", "68"},
		"Saint-Denis de La Réunion": {55.5, -21.1, "04", "974"}, "Ajaccio": {8.9, 41.95, "94", "2A"}, "Melun": {2.9, 48.6, "11", "77"},
	} {
		if got := at(regions, c.lon, c.lat); got != c.region {
			t.Errorf("%s is in région %q, want %s", name, got, c.region)
		}
		if got := at(departements, c.lon, c.lat); got != c.departement {
			t.Errorf("%s is in département %q, want %s", name, got, c.departement)
		}
	}
	if len(tables.Regions("MG")) != 22 || len(tables.Regions("MA")) != 0 {
		t.Errorf("Madagascar %d, Morocco %d", len(tables.Regions("MG")), len(tables.Regions("MA")))
	}
}

func TestNotice(t *testing.T) {
	if got := Notice("MG"); got != BorderNotice {
		t.Errorf("Madagascar: %q", got)
	}
	if got := Notice("ma", "UA", "RU"); !strings.HasPrefix(got, BorderNotice) || strings.Count(got, "Ukraine") != 1 ||
		!strings.Contains(got, "Sahara occidental") {
		t.Errorf("%q", got)
	}
}

func FuzzDecodePolyline(f *testing.F) {
	f.Add("_p~iF~ps|U")
	f.Add("~~~~~~~~")
	f.Fuzz(func(t *testing.T, s string) {
		if points, err := decodePolyline(s); err == nil && len(s) > 0 && len(points) == 0 {
			t.Errorf("%q gave nothing and no error", s)
		}
	})
}
