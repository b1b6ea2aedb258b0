package search

import "math"

// point is where an authority is, in degrees.
type point struct{ lat, lon float32 }

// earth is the mean radius in kilometres.
const earth = 6371.0

// distance is the way in kilometres from near to the nearest authority of the
// partnership, of either side: from Lille one looks for neighbours in France,
// from Antananarivo for those around it. False when none is located.
func (r *row) distance(near [2]float64) (km float64, located bool) {
	for _, p := range r.places {
		if d := kilometres(near[0], near[1], float64(p.lat), float64(p.lon)); !located || d < km {
			km, located = d, true
		}
	}
	return km, located
}

// kilometres is the great-circle distance (haversine formula).
func kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a, b := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	return 2 * earth * math.Asin(math.Sqrt(min(1, a*a+math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b)))
}
