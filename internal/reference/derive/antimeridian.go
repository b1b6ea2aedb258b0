package derive

// unwrapped cuts rings at the 180th meridian, where the sources jump from one
// edge of the map to the other. A ring round a pole, Antarctica's, is left out.
func unwrapped(rings []ring) []ring {
	var out []ring
	for _, r := range rings {
		east, jumped, closes := continuous(r)
		switch {
		case !closes:
		case !jumped:
			out = append(out, r)
		default:
			for _, turn := range []float64{-360, 0, 360} {
				moved := make(ring, len(east))
				for i, p := range east {
					moved[i] = lonlat{p[0] + turn, p[1]}
				}
				if part := clip(clip(moved, 180, 1), -180, -1); len(part) >= 3 && area(part) > 0 {
					out = append(out, part)
				}
			}
		}
	}
	return out
}

// continuous follows a ring without jumping; longitudes may pass 180. closes
// is false when it comes back a turn away.
func continuous(r ring) (out ring, jumped, closes bool) {
	shift := 0.0
	for i, p := range r {
		if i > 0 {
			switch d := p[0] - r[i-1][0]; {
			case d > 180:
				shift -= 360
				jumped = true
			case d < -180:
				shift += 360
				jumped = true
			}
		}
		out = append(out, lonlat{p[0] + shift, p[1]})
	}
	last := r[0][0] - r[len(r)-1][0]
	if last > 180 {
		shift -= 360
	} else if last < -180 {
		shift += 360
	}
	return out, jumped, shift == 0
}

// clip keeps the part of a ring where side*lon <= side*edge (Sutherland and
// Hodgman, 1974).
func clip(r ring, edge, side float64) ring {
	var out ring
	for i, p := range r {
		q := r[(i+1)%len(r)]
		in, next := side*p[0] <= side*edge, side*q[0] <= side*edge
		if in {
			out = append(out, p)
		}
		if in != next {
			t := (edge - p[0]) / (q[0] - p[0])
			out = append(out, lonlat{edge, p[1] + t*(q[1]-p[1])})
		}
	}
	return out
}
