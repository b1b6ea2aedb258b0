package workspace

import (
	"testing"
)

func TestPlacesAbroadAreProposedWithoutACountry(t *testing.T) {
	w := sampled(t)
	found, err := w.Records().SuggestAbroad(t.Context(), "saint-louis", []string{"SN"}, 12)
	if err != nil || len(found) < 2 {
		t.Fatal(found, err)
	}
	for i, s := range found {
		if s.Authority.French() {
			t.Errorf("%s is in France", s.Authority.Name)
		}
		if i == 0 && (s.Authority.Country != "SN" || s.Authority.Region == "" || s.Authority.Latitude == nil || !s.Known) {
			t.Errorf("first comes %+v", s.Authority)
		}
	}
	if found, err = w.Records().SuggestAbroad(t.Context(), "川越", nil, 12); err != nil || len(found) != 1 ||
		found[0].Authority.Name != "Kawagoe" {
		t.Errorf("by its own name: %+v, %v", found, err)
	}
	if found, err = w.Records().SuggestAbroad(t.Context(), " ", nil, 12); err != nil || len(found) != 0 {
		t.Errorf("nothing typed proposes %+v, %v", found, err)
	}
}

// To reach: 60 ms a keystroke over the places of every country.
func BenchmarkSuggestAbroad(b *testing.B) {
	w := sampled(b)
	for b.Loop() {
		if _, err := w.Records().SuggestAbroad(b.Context(), "sa", nil, 12); err != nil {
			b.Fatal(err)
		}
	}
}
