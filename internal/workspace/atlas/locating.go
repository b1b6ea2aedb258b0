package atlas

import (
	"context"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Locate finds the place that a person names, to sort by distance from it.
// Two numbers, "50.63, 3.06", are a latitude and a longitude.
func (room *Room) Locate(ctx context.Context, text string) (searches.Point, error) {
	if p, ok := coordinates(text); ok {
		return p, nil
	}
	a, err := room.base.Located(ctx, text)
	if err != nil {
		return searches.Point{}, err
	}
	if a == nil {
		return searches.Point{}, repertoire.Missing(
			"« %s » n’est ni une collectivité du dossier, ni une collectivité française, ni un lieu connu : vérifiez l’orthographe, ou donnez une latitude et une longitude (« 50.63, 3.06 »).", strings.TrimSpace(text))
	}
	return searches.Point{Label: base.Join(", ", a.Usual(), room.base.Where(a)), Latitude: *a.Latitude, Longitude: *a.Longitude}, nil
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
