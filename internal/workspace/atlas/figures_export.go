package atlas

import (
	"bytes"
	"context"
	"strconv"

	"repertoire/internal/exchange"
	"repertoire/internal/search"
	"repertoire/internal/workspace/base"
)

// ExportFigures writes the figures of a répertoire ("" all) in csv or xlsx: one
// line a figure, with its share of the entries. The file is replaced by a whole
// one or not at all.
func (room *Room) ExportFigures(ctx context.Context, slug, format, file string) error {
	f, err := base.ListFormat(format)
	if err != nil {
		return err
	}
	figures, err := room.Figures(ctx, slug)
	if err != nil {
		return err
	}
	s := exchange.Sheet{Name: "Chiffres", Title: "Chiffres au " + dayWords(figures.Day), Columns: []exchange.SheetColumn{
		{Heading: "Tableau", Width: 26}, {Heading: "Ligne", Width: 48}, {Heading: "Nombre", Width: 14, Number: true},
		{Heading: "Part (%)", Width: 12, Number: true}}}
	var b bytes.Buffer
	err = exchange.WriteSheet(&b, f, s, func(yield func([]string) error) error {
		for _, l := range figures.lines() {
			if err := yield(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return base.WriteWhole(file, b.Bytes())
}

// lines are the figures as a list.
func (f Figures) lines() [][]string {
	var out [][]string
	add := func(table, label string, n int, share bool) {
		part := ""
		if share && f.Partnerships > 0 {
			part = strconv.FormatFloat(float64(n)*100/float64(f.Partnerships), 'f', 1, 64)
		}
		out = append(out, []string{table, label, strconv.Itoa(n), part})
	}
	add("Ensemble", "Partenariats", f.Partnerships, false)
	add("Ensemble", "Partenariats actifs", f.Active, true)
	add("Ensemble", "Collectivités françaises", f.French, false)
	add("Ensemble", "Collectivités partenaires", f.Foreign, false)
	add("Ensemble", "Pays", f.Countries, false)
	add("Fraîcheur", "À jour si le répertoire était figé ce jour", f.UpToDate, true)
	for _, b := range f.Freshness {
		add("Fraîcheur", b.Label, b.Count, true)
	}
	for _, b := range f.Completeness {
		add("Complétude", b.Label, b.Count, true)
	}
	for _, c := range f.Charts {
		for _, b := range c.Bars {
			add(c.Title, b.Label, b.Count, true)
		}
	}
	return out
}

func chartTitle(facet search.Facet) string {
	switch facet {
	case search.FacetTheme:
		return "Thématique"
	case search.FacetCountry:
		return "Pays"
	case search.FacetDecade:
		return "Décennie de signature"
	case search.FacetLevel:
		return "Niveau des collectivités"
	case search.FacetRegion:
		return "Région française"
	case search.FacetStatus:
		return "Statut"
	case search.FacetType:
		return "Type"
	}
	return "Financeur"
}
