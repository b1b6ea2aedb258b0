package reference

import (
	"strings"

	"repertoire/internal/repertoire"
)

// NameKeys gives the keys under which an authority's name may be written
// elsewhere: without accents, spaces, article, nor the words that say what it
// is ("Commune de X" and "X" share one). The first is the whole name's.
func NameKeys(name, country string) []string {
	var readings []reading
	if country == "FR" {
		readings = typedReadings(name)
	} else {
		readings = abroadReadings(name)
	}
	var out []string
	seen := map[string]bool{}
	add := func(key string) {
		if len(key) > 1 && !seen[key] {
			seen[key] = true
			out = append(out, key)
		}
	}
	inside := ""
	if i := strings.IndexByte(name, '('); i > 0 {
		inside = compact(Key(strings.TrimRight(name[i+1:], ") ")))
	}
	for _, rd := range readings {
		if compact(rd.key) == inside {
			continue // where it is, not what it is called
		}
		if rd.code != "" {
			add("departement" + fullCode(rd.code))
			continue
		}
		add(compact(rd.key))
	}
	return out
}

// Identity gives the identifier that the reference has for an authority, when
// its name and what is known of it leave no doubt.
func (r *Resolver) Identity(a *repertoire.Authority) (repertoire.ID, bool) {
	m := Mention{Name: a.Name, Country: a.Country, Level: a.Level, INSEE: a.INSEE, SIREN: a.SIREN, Departement: a.Departement,
		Latitude: a.Latitude, Longitude: a.Longitude}
	if !a.Located() {
		m.Latitude, m.Longitude = nil, nil
	}
	if !a.French() {
		m.Region = a.Region
	}
	c, ok := r.Resolve(m).Certain()
	if !ok {
		// A level that was guessed must not hide a town.
		m.Level, m.Region = "", ""
		c, ok = r.Resolve(m).Certain()
	}
	return c.Authority.ID, ok
}

// Kilometres gives the distance between two authorities, false when one is
// not placed.
func Kilometres(a, b *repertoire.Authority) (float64, bool) {
	if !a.Located() || !b.Located() {
		return 0, false
	}
	return distance(*a.Latitude, *a.Longitude, *b.Latitude, *b.Longitude), true
}

// FarApart tells whether two records are too far from each other to be one;
// never for one that is not placed.
func FarApart(a, b *repertoire.Authority) bool {
	km, placed := Kilometres(a, b)
	return placed && km > max(reach(a.Level), reach(b.Level))
}

// reach is how far, in kilometres, the point of an authority may be from what is
// said of it: that of a division is its seat's.
func reach(level repertoire.Level) float64 {
	if level == repertoire.LevelRegion || level == repertoire.LevelDepartement {
		return farFromSeat
	}
	return farAway
}

// Own gives the workspace's record of an authority that the reference holds,
// nil when it has none.
func (r *Resolver) Own(a *repertoire.Authority) *repertoire.Authority { return r.own(a) }
