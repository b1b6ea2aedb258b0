package repertoire

import (
	"strconv"
	"strings"
)

// Shape gives width over height of the crop, 0 when the whole picture is
// printed; false when the crop says nothing that can be understood.
func (p Picture) Shape() (float64, bool) {
	s := strings.TrimSpace(p.Crop)
	if s == "" {
		return 0, true
	}
	w, h, ok := strings.Cut(strings.NewReplacer("/", ":", "×", ":", "x", ":", " ", "", "\u00a0", "", ",", ".").Replace(s), ":")
	if !ok {
		return 0, false
	}
	a, err1 := strconv.ParseFloat(w, 64)
	b, err2 := strconv.ParseFloat(h, 64)
	if err1 != nil || err2 != nil || a <= 0 || b <= 0 || a/b > 6 || b/a > 6 {
		return 0, false
	}
	return a / b, true
}

// Focus gives the point that must stay in sight as shares of width and height.
func (p Picture) Focus() (x, y float64) {
	share := func(v int) float64 {
		if v < 1 || v > 100 {
			return 0.5
		}
		return float64(v) / 100
	}
	return share(p.FocusX), share(p.FocusY)
}
