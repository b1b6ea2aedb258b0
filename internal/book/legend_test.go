package book

import (
	"fmt"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// TestALegendOfTwoHundredNames: the map of two hundred towns takes its page, and
// the legend runs on with every name once, over no edge.
func TestALegendOfTwoHundredNames(t *testing.T) {
	setter, design := newSetter(t, "")
	s := newInput("Répertoire", "JP")
	s.in.Design = design
	const towns = 200
	for i := range towns {
		lat, lon := 32+12*float64(i%20)/20, 131+10*float64(i/20)/10
		f := repertoire.Authority{ID: repertoire.DeriveID(fmt.Sprint("f", i)), Name: fmt.Sprintf("Ville %d", i), Country: "FR",
			Level: repertoire.LevelCommune, Article: -1}
		a := repertoire.Authority{ID: repertoire.DeriveID(fmt.Sprint("a", i)), Name: fmt.Sprintf("Machi%03d", i), Country: "JP",
			Level: repertoire.LevelCommune, Article: -1, Latitude: &lat, Longitude: &lon}
		s.in.Authorities[f.ID], s.in.Authorities[a.ID] = f, a
		s.in.Partnerships = append(s.in.Partnerships, repertoire.Partnership{ID: repertoire.DeriveID(fmt.Sprint("p", i)),
			Directories: []string{s.in.Directory.Slug}, Parties: []repertoire.Party{
				{Authority: f.ID, Side: repertoire.SideFrench, Lead: true}, {Authority: a.ID, Side: repertoire.SideForeign, Lead: true}}})
	}
	for _, p := range Parts() {
		s.in.Directory.Sections = append(s.in.Directory.Sections, repertoire.SectionChoice{Key: p.Key,
			Off: p.Key != PartMaps && p.Key != PartEntries})
	}
	doc, _ := compose(t, s.in)
	pages := lay(t, setter, doc)
	for _, w := range pages.Warnings {
		if w.Kind != layout.WarnAlt && w.Kind != layout.WarnHollow {
			t.Errorf("page %d: %s: %s", w.Page, w.Kind, w.Message)
		}
	}
	at, ok := pages.Anchors["partie-maps"]
	if !ok {
		t.Fatal("the book has no maps")
	}
	entries := pages.Anchors["partie-entries"].Page
	var text strings.Builder
	for i := at.Page; i < entries; i++ {
		text.WriteString(pageText(pages.Pages[i]))
	}
	missing := 0
	for i := range towns {
		if !strings.Contains(text.String(), fmt.Sprintf("machi%03d", i)) {
			missing++
		}
	}
	if missing > 0 || entries-at.Page < 2 {
		t.Errorf("%d names of %d are in no legend of the %d pages of maps", missing, towns, entries-at.Page)
	}
}
