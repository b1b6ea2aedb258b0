package pdf

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"repertoire/assets"
	"repertoire/internal/layout"
)

type bundledFonts struct{}

func (bundledFonts) Font(name string) ([]byte, error) { return assets.Font(name) }

// laidOut is a book as layout makes it, with everything a répertoire holds.
func laidOut(t testing.TB) *layout.Pages {
	t.Helper()
	d, err := layout.LoadDesign("", "A4")
	if err != nil {
		t.Fatal(err)
	}
	s, err := layout.New(bundledFonts{}, d)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Lay(context.Background(), document(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const paragraph = "La ville de Lille et la ville de Saint-Louis du Sénégal coopèrent depuis 1978 : eau, assainissement, jeunesse et patrimoine ; leurs habitants se rendent visite chaque année, et les services échangent leurs méthodes. L’office du tourisme, affilié, affiche ces efforts dans les deux villes. "

func document(t testing.TB) layout.Document {
	heading := func(level int, anchor, s string) layout.Heading {
		return layout.Heading{Level: level, Text: layout.Plain(s), Anchor: anchor, Contents: level < 3}
	}
	var entries []layout.Block
	var index []layout.IndexEntry
	for i := range 12 {
		anchor := fmt.Sprintf("fiche-%d", i)
		entries = append(entries, layout.Group{Role: "entry", Anchor: anchor, Head: "Lille", Running: "Lille",
			Title: fmt.Sprintf("Lille %d", i), Contents: true, Origin: layout.Origin{Entry: anchor}, Blocks: []layout.Block{
				heading(2, "", fmt.Sprintf("Lille – Saint-Louis, fiche %d", i)),
				layout.Para(strings.Repeat(paragraph, 3)),
				layout.List{Items: [][]layout.Block{{layout.Para("Premier projet")}, {layout.Para("Second projet")}}},
				layout.Table{Columns: []layout.TableColumn{{Share: 1}, {Share: 2}},
					Head: []layout.TableRow{{Cells: []layout.Cell{{Header: true, Blocks: []layout.Block{layout.Para("Année")}},
						{Header: true, Blocks: []layout.Block{layout.Para("Projet")}}}}},
					Rows: []layout.TableRow{{Cells: []layout.Cell{{Blocks: []layout.Block{layout.Para("2019")}},
						{Blocks: []layout.Block{layout.Para("École")}}}}}},
				layout.Paragraph{Text: []layout.Inline{
					layout.Text{Text: "Site : "}, layout.Text{Text: "www.lille.fr", URL: "https://www.lille.fr"},
					layout.Text{Text: ", voir page "}, layout.PageRef{Anchor: "fiche-0"},
					layout.Note{Text: layout.Plain("Convention signée à Lille.")}, layout.Text{Text: "."},
				}},
			}})
		index = append(index, layout.IndexEntry{Letter: "L", Text: layout.Plain(fmt.Sprintf("Lille %d", i)),
			Targets: []string{anchor, "fiche-0"}})
	}
	photograph := layout.Image{Data: jpegOf(t, photo(1800, 1200)), Alt: "Le marché de Saint-Louis", Caption: layout.Plain("Le marché"),
		Credit: "© Ville de Lille", Width: 0.5}
	drawing := layout.Drawing{W: 200, H: 100, Alt: "Carte des partenariats", Shapes: []layout.Shape{
		&layout.Path{Ops: rect(10, 10, 80, 60), Fill: blue, Stroke: black, Width: 0.5},
		&layout.Label{X: 100, Y: 50, Text: "Lille", Size: 9, Fill: black, Halo: layout.Color{R: 255, G: 255, B: 255}},
	}}
	return layout.Document{
		Meta: layout.Meta{Title: "Répertoire franco-sénégalais", Author: "Cités Unies France", Language: "fr-FR",
			Date: "2026-09-15T00:00:00+02:00"},
		Sections: []layout.Section{
			{Title: "Couverture", Matter: layout.CoverMatter, HideFromContents: true,
				Blocks: []layout.Block{layout.FullPage{Background: blue,
					Blocks: []layout.Block{layout.Paragraph{Style: "cover-title", Text: layout.Plain("Répertoire franco-sénégalais")}}}}},
			{Anchor: "sommaire", Matter: layout.FrontMatter, Recto: true,
				Blocks: []layout.Block{heading(1, "", "Sommaire"), layout.Contents{Levels: 2}}},
			{Anchor: "pays", Title: "Le pays", Matter: layout.BodyMatter, Recto: true, Blocks: []layout.Block{
				heading(1, "", "Le pays"),
				layout.Para(strings.Repeat(paragraph, 4)),
				layout.Paragraph{Text: []layout.Inline{layout.Text{Text: "En arabe "}, layout.Text{Text: "بلدية توأمة الجزائر", Lang: "ar"},
					layout.Text{Text: ", en arménien "}, layout.Text{Text: "Հայաստան", Lang: "hy"}, layout.Text{Text: ", en japonais "},
					layout.Text{Text: "姉妹都市", Lang: "ja"}, layout.Text{Text: "."}}},
				photograph, drawing,
			}},
			{Anchor: "fiches", Title: "Les partenariats", Matter: layout.BodyMatter, Recto: true,
				Blocks: append([]layout.Block{heading(1, "", "Les partenariats")}, entries...)},
			{Anchor: "index", Title: "Index", Matter: layout.BodyMatter, Recto: true,
				Blocks: []layout.Block{heading(1, "", "Index"), layout.Index{Columns: 2, Entries: index}}},
		},
	}
}

func TestLaidOutBookPassesPreflight(t *testing.T) {
	p := laidOut(t)
	for _, w := range p.Warnings {
		t.Logf("layout: %+v", w)
	}
	for _, v := range []Variant{Digital, Print} {
		t.Run(string(v), func(t *testing.T) {
			data := write(t, &book{pages: p}, Options{Variant: v})
			r, err := PreflightPages(data, p)
			if err != nil {
				t.Fatal(err)
			}
			if list := problems(r); len(list) > 0 {
				t.Errorf("%s", strings.Join(list, "\n"))
			}
		})
	}
}
