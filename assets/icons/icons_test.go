package icons

import (
	"encoding/xml"
	"strings"
	"testing"
)

// The window colours strokes by replacing #000000: a drawing in another colour
// or weight would leave the family.
func TestIconsAreOneFamily(t *testing.T) {
	names := Names()
	if len(names) < 20 {
		t.Fatalf("only %d icons", len(names))
	}
	for _, name := range names {
		data, err := SVG(name)
		if err != nil {
			t.Fatal(err)
		}
		var any struct{}
		if err := xml.Unmarshal(data, &any); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		s := string(data)
		if strings.Count(s, `stroke="#000000"`) == 0 || strings.Count(s, `stroke="`) != strings.Count(s, `stroke="#000000"`) {
			t.Errorf("%s: strokes must all be black", name)
		}
		if strings.Count(s, `stroke-width="1.75"`) != strings.Count(s, `stroke="`) {
			t.Errorf("%s: strokes must all weigh 1.75", name)
		}
	}
	if _, err := SVG("aucune"); err == nil {
		t.Error("an unknown name must be an error")
	}
}
