package repertoire

import "testing"

func TestPictureShape(t *testing.T) {
	for crop, want := range map[string]float64{"": 0, "16:9": 16.0 / 9, "3/2": 1.5, " 1 : 1 ": 1, "4×3": 4.0 / 3, "2,39:1": 2.39} {
		if got, ok := (Picture{Crop: crop}).Shape(); !ok || got != want {
			t.Errorf("%q: %v, %v", crop, got, ok)
		}
	}
	for _, crop := range []string{"large", "16", "0:3", "-1:2", "100:1", ":", "a:b"} {
		if got, ok := (Picture{Crop: crop}).Shape(); ok {
			t.Errorf("%q is taken for %v", crop, got)
		}
	}
	if x, y := (Picture{FocusX: 20}).Focus(); x != 0.2 || y != 0.5 {
		t.Errorf("focus %v, %v", x, y)
	}
}
