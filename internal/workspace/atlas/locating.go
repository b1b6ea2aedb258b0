package atlas

import (
	"context"
	"strconv"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Locate finds the place that a person names, to sort by distance from it: an
// authority of the base, else a French authority, else a place abroad, else an
// authority of the base whose name begins so; of namesakes the most populous,
// unless "Saint-Denis (La Réunion)" says which. Two numbers, "50.63, 3.06", are a latitude and a longitude.
func (room *Room) Locate(ctx context.Context, text string) (searches.Point, error) {
	if p, ok := coordinates(text); ok {
		return p, nil
	}
	name, where := text, ""
	if head, tail, ok := strings.Cut(text, "("); ok && strings.TrimSpace(head) != "" {
		name, where = head, reference.Key(strings.TrimSuffix(strings.TrimSpace(tail), ")"))
	}
	known, err := room.base.Store.FindAuthorities(ctx, strings.TrimSpace(name), "", 200)
	if err != nil {
		return searches.Point{}, err
	}
	var best searches.Point
	most := -1
	offer := func(a *repertoire.Authority) {
		if !a.Located() || a.Population <= most || where != "" && !within(where, a.Departement, a.Region, room.base.CountryName(a.Country), a.Country, repertoire.Levels.Label(a.Level)) {
			return
		}
		most = a.Population
		best = searches.Point{Label: base.Join(", ", a.Usual(), room.base.Where(a)), Latitude: *a.Latitude, Longitude: *a.Longitude}
	}
	key := reference.Key(name)
	for i := range known {
		if a := &known[i]; within(key, append([]string{a.Name, a.NativeName}, a.OtherNames...)...) {
			offer(a)
		}
	}
	if most < 0 {
		named := room.base.Tables.FrenchNamed(name)
		for i := range named {
			offer(&named[i])
		}
	}
	if most < 0 {
		for _, p := range room.base.Tables.PlacesAnywhere(name) {
			a := p.Authority()
			offer(&a)
		}
	}
	for i := range known { // "静岡" begins "静岡市"
		if most < 0 {
			offer(&known[i])
		}
	}
	if most < 0 {
		return searches.Point{}, repertoire.Missing("« %s » n’est ni une collectivité du dossier, ni une collectivité française, ni un lieu connu : vérifiez l’orthographe, ou donnez une latitude et une longitude (« 50.63, 3.06 »).", strings.TrimSpace(text))
	}
	return best, nil
}

// within tells whether one of names is spelled key.
func within(key string, names ...string) bool {
	for _, n := range names {
		if n != "" && reference.Key(n) == key {
			return true
		}
	}
	return false
}

// coordinates reads "50.63, 3.06" and "50,63 ; 3,06".
func coordinates(text string) (searches.Point, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ' ' })
	if len(parts) == 1 {
		parts = strings.Split(text, ",")
	}
	if len(parts) != 2 {
		return searches.Point{}, false
	}
	var at [2]float64
	for i, s := range parts {
		v, err := strconv.ParseFloat(strings.Replace(strings.TrimSuffix(strings.TrimSpace(s), ","), ",", ".", 1), 64)
		if err != nil {
			return searches.Point{}, false
		}
		at[i] = v
	}
	if !(at[0] >= -90 && at[0] <= 90 && at[1] >= -180 && at[1] <= 180) {
		return searches.Point{}, false
	}
	return searches.Point{Label: strings.TrimSpace(text), Latitude: at[0], Longitude: at[1]}, true
}
