package book

import (
	"fmt"
	"slices"
	"sort"

	"repertoire/internal/book/atlas"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// flowPage is the map of all links: an arc for each, in the colour of its first
// theme. What the map cannot show is said under it.
func (c *composer) flowPage() []layout.Block {
	in := atlas.Flows{Home: c.frenchLand(), HomeDivisions: c.in.Reference.divisions("FR"), HomeName: "En France",
		AbroadName: repertoire.Capital(c.inCountries()), Context: c.world()}
	for _, iso := range c.present() {
		in.Abroad = append(in.Abroad, atlas.Outline{ISO: iso, Rings: c.land(iso)})
		in.AbroadNames = append(in.AbroadNames, c.country(iso).Name)
		in.AbroadDivisions = append(in.AbroadDivisions, c.in.Reference.divisions(iso)...)
	}
	shown := 0
	families := map[int]bool{}
	for _, e := range c.entries {
		before := len(in.Links)
		ink := layout.Color{}
		f := entryFamily(e)
		if f > 0 {
			ink = c.familyColor(f)
		}
		for _, a := range e.french {
			for _, b := range e.foreign {
				if a.Located() && b.Located() && slices.Contains(c.countries, b.Country) {
					in.Links = append(in.Links, atlas.Link{Home: point(a), Abroad: point(b), Ink: ink})
				}
			}
		}
		if len(in.Links) > before {
			shown++
			families[f] = true
		}
	}
	if shown == 0 {
		return nil
	}
	in.Alt = fmt.Sprintf(
		"Carte des liens entre collectivités de France et collectivités partenaires : %s %s. Les cartes et les index donnent leurs noms.",
		count(shown, "partenariat", "partenariats"), c.inCountries())
	room := c.design.TextHeight() - flowRoom
	d, ok := atlas.Flow(in, atlas.Size{Width: c.design.TextWidth(), MaxHeight: room}, c.ink)
	if !ok {
		return nil
	}
	text := "Chaque arc est un partenariat"
	if len(families) > 1 || !families[0] {
		text += ", de la couleur de sa première thématique"
	}
	text += " ; une région est d’autant plus soutenue qu’elle en compte."
	if n := len(c.entries) - shown; n > 0 {
		text += " " + opening(n, "partenariat sans coordonnées n’y figure pas.", "partenariats sans coordonnées n’y figurent pas.", false)
	}
	d.Caption = layout.Plain(text)
	return []layout.Block{d}
}

// flowRoom is what the title, a lead of two lines and a caption of two take: one
// line more would send the map to the next page and leave its title alone.
const flowRoom = 154.0

func point(a repertoire.Authority) atlas.Point {
	return atlas.Point{Lon: *a.Longitude, Lat: *a.Latitude}
}

// moneyDimension adds up what is known of the money in euros by kind of funder.
// Amounts in another currency are not turned: the rate of which day?
func (c *composer) moneyDimension() dimension {
	sums, others := map[string]int64{}, map[string]bool{}
	for _, e := range c.entries {
		for _, x := range e.p.Projects {
			for _, f := range x.Funding {
				switch {
				case f.Amount.Cents <= 0:
				case f.Amount.Currency != "EUR":
					others[f.Amount.Currency] = true
				default:
					sums[funderKind(f)] += f.Amount.Cents
				}
			}
		}
	}
	d := dimension{title: "Montants par financeur, en euros", missing: "les montants des projets",
		remark: "Total des montants déclarés, toutes années."}
	if len(others) > 0 {
		d.remark = "Montants déclarés en euros, toutes années ; ceux d’autres monnaies ne sont pas convertis."
	}
	for _, k := range sortedKeys(sums) {
		d.bars = append(d.bars, chart.Bar{Label: k, Value: int(sums[k] / 100), Shown: repertoire.Thousands(sums[k]/100) + "\u202f€"})
	}
	sort.SliceStable(d.bars, func(i, j int) bool { return d.bars[i].Value > d.bars[j].Value })
	if len(d.bars) > mostFunders {
		d.bars = d.bars[:mostFunders]
	}
	return d
}

// mostFunders is how many funders a chart names.
const mostFunders = 10

// funderKind names a funder by its kind, or by its own name when it is of no
// usual kind.
func funderKind(f repertoire.Funding) string {
	if f.Kind != "" && f.Kind != "autre" {
		return repertoire.FundingKinds.Label(f.Kind)
	}
	if n := oneLine(f.Funder); n != "" {
		return n
	}
	return "Autre"
}
