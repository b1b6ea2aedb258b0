package book

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"sort"

	"repertoire/internal/book/atlas"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// mapCache keeps what several drawings share.
type mapCache struct {
	land  map[string][]atlas.Ring
	world []atlas.Outline
	asked bool

	locators atlas.Locators
}

func (c *composer) land(iso string) []atlas.Ring {
	if c.in.Reference.Outlines == nil {
		return nil
	}
	if r, ok := c.maps.land[iso]; ok {
		return r
	}
	if c.maps.land == nil {
		c.maps.land = map[string][]atlas.Ring{}
	}
	r := c.in.Reference.Outlines.Outline(iso)
	c.maps.land[iso] = r
	return r
}

func (c *composer) world() []atlas.Outline {
	if !c.maps.asked && c.in.Reference.Outlines != nil {
		c.maps.world, c.maps.asked = c.in.Reference.Outlines.World(), true
	}
	return c.maps.world
}

func (r Reference) divisions(iso string) []atlas.Outline {
	if r.Outlines == nil {
		return nil
	}
	return r.Outlines.Divisions(iso)
}

// site is one authority on a map, with the entries it stands in.
type site struct {
	authority repertoire.Authority
	key       []byte // French order
	number    int
	entries   []*entry
	ink       layout.Color // of its dot: that of the first theme
}

// sites lists the authorities of one side in index order, numbered.
func (c *composer) sites(side func(*entry) []repertoire.Authority) []*site {
	by := map[repertoire.ID]*site{}
	var out []*site
	for _, e := range c.entries {
		for _, a := range side(e) {
			s := by[a.ID]
			if s == nil {
				ink := layout.Color{}
				if f := entryFamily(e); f > 0 {
					ink = c.familyColor(f)
				}
				s = &site{authority: a, ink: ink, key: append(append(repertoire.SortKey(a.IndexName()), 0), a.ID...)}
				by[a.ID] = s
				out = append(out, s)
			}
			s.entries = append(s.entries, e)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return bytes.Compare(out[i].key, out[j].key) < 0 })
	return number(out)
}

func number(sites []*site) []*site {
	for i, s := range sites {
		s.number = i + 1
	}
	return sites
}

func places(sites []*site) []atlas.Place {
	var out []atlas.Place
	for _, s := range sites {
		if a := s.authority; a.Located() {
			out = append(out, atlas.Place{Number: s.number, Name: shorten(a.Usual(), 30),
				At: atlas.Point{Lon: *a.Longitude, Lat: *a.Latitude}, Ink: s.ink})
		}
	}
	return out
}

// mapsPart shows where the authorities of both sides lie, with a legend that
// leads to their entries.
func (c *composer) mapsPart(p plan) ([]layout.Section, string) {
	foreign := c.inBook(c.sites(func(e *entry) []repertoire.Authority { return e.foreign }))
	french := c.sites(func(e *entry) []repertoire.Authority { return e.french })
	var blocks []layout.Block
	if d, ok := c.partnerMap(foreign, c.mapRoom(foreign, true)); ok {
		blocks = append(blocks, c.mapPage(d, foreign, "Les collectivités partenaires",
			"Les collectivités partenaires "+c.inCountries()+".")...)
	}
	if d, ok := atlas.France(atlas.Land{Subject: "de France", Main: c.frenchLand(), Divisions: c.in.Reference.divisions("FR"),
		Context: c.world(), Places: places(french)}, c.mapRoom(french, len(blocks) == 0), c.ink); ok && len(places(french)) > 0 {
		if len(blocks) > 0 {
			blocks = append(blocks, layout.PageBreak{})
		}
		blocks = append(blocks, c.mapPage(d, french, "Les collectivités françaises",
			"Les collectivités françaises engagées "+c.inCountries()+".")...)
	}
	if len(blocks) == 0 {
		return nil, "aucune collectivité n’a de coordonnées"
	}
	s := c.section(p, layout.BodyMatter)
	s.Blocks = append(s.Blocks, blocks...)
	return []layout.Section{s}, ""
}

func (c *composer) partnerMap(sites []*site, size atlas.Size) (layout.Drawing, bool) {
	if len(places(sites)) == 0 {
		return layout.Drawing{}, false
	}
	land := atlas.Land{Subject: c.ofCountries(), Context: c.world(), Places: places(sites)}
	for _, iso := range c.countries {
		r := c.land(iso)
		if len(r) == 0 && c.in.Reference.Outlines != nil {
			c.notice(NoticeCountry, layout.Origin{Field: "countries"},
				"%s n’a pas de contour dans les données de référence : la carte est faite sans.", c.country(iso).Name)
		}
		land.Main = append(land.Main, atlas.Outline{ISO: iso, Rings: r})
		if len(c.countries) == 1 {
			land.Divisions = c.in.Reference.divisions(iso)
		}
	}
	if !atlas.Apart(land.Main) {
		return atlas.Country(land, size, c.ink)
	}
	var panels []atlas.Panel
	for _, o := range land.Main {
		var own []*site
		for _, s := range sites {
			if s.authority.Country == o.ISO {
				own = append(own, s)
			}
		}
		if here := places(own); len(here) > 0 && len(o.Rings) > 0 {
			panels = append(panels, atlas.Panel{Title: c.country(o.ISO).Name, Land: atlas.Land{Subject: c.country(o.ISO).Of,
				Main: []atlas.Outline{o}, Context: land.Context, Divisions: c.in.Reference.divisions(o.ISO), Places: here}})
		}
	}
	return atlas.Panels(panels, size, c.ofCountries(), c.ink)
}

// frenchLand is metropolitan France and its territories, which some outlines
// file under codes of their own.
func (c *composer) frenchLand() []atlas.Outline {
	var out []atlas.Outline
	for _, iso := range []string{"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"} {
		if r := c.land(iso); len(r) > 0 {
			out = append(out, atlas.Outline{ISO: iso, Rings: r})
		}
	}
	return out
}

// inBook keeps the sites of the book's own countries: a third country's
// authority would push its map out of the frame.
func (c *composer) inBook(list []*site) []*site {
	var out []*site
	for _, s := range list {
		if slices.Contains(c.countries, s.authority.Country) {
			out = append(out, s)
		}
	}
	return number(out)
}

func (c *composer) mapPage(d layout.Drawing, sites []*site, title, caption string) []layout.Block {
	missing := 0
	for _, s := range sites {
		if !s.authority.Located() {
			missing++
		}
	}
	if missing > 0 {
		caption += " " + opening(missing, "collectivité sans coordonnées n’y figure pas.",
			"collectivités sans coordonnées n’y figurent pas.", true)
	}
	if lost := atlas.Unnamed(d, places(sites)); len(lost) > 0 {
		var numbers []string
		for _, p := range lost {
			numbers = append(numbers, fmt.Sprint(p.Number))
		}
		caption += " Faute de place, " + verb(len(lost), "le point ", "les points ") + and(numbers) +
			verb(len(lost), " n’est pas nommé", " ne sont pas nommés") + " sur la carte."
	}
	d.Caption = layout.Plain(caption)
	return []layout.Block{layout.Heading{Level: 2, Text: layout.Plain(title)}, d, layout.Space{Lines: 1}, c.legend(sites)}
}

// mapRoom is what a page leaves to a map over its legend; a long legend runs
// on to the next page and the map takes the page. first tells whether the
// part's title stands on the page too.
func (c *composer) mapRoom(sites []*site, first bool) atlas.Size {
	room := c.design.Page.H*0.79 - 95 // text height of every design, less the map's own title and caption
	if first {
		room -= 80
	}
	width := c.design.TextWidth()
	column := (width - 36) / legendColumns
	lines := 0.0
	for _, s := range sites {
		name := s.authority.IndexName() + " 00, 00, "
		if c.manyCountries() && !s.authority.French() {
			name += c.country(s.authority.Country).Name
		}
		lines += math.Ceil(chart.TextWidth(name, 8, false) / column)
	}
	if legend := math.Ceil(lines/legendColumns)*10.6 + 15; legend < room*0.5 {
		room -= legend
	}
	return atlas.Size{Width: width, MaxHeight: room}
}

const legendColumns = 3

// legend leads from numbers to names and pages.
func (c *composer) legend(sites []*site) layout.Index {
	out := layout.Index{Columns: legendColumns}
	for _, s := range sites {
		text := []layout.Inline{layout.Text{Text: fmt.Sprint(s.number), Bold: true, Sans: true}, layout.Text{Text: "\u2002"},
			layout.Text{Text: s.authority.IndexName(), NoHyphen: true}}
		if c.manyCountries() && !s.authority.French() {
			text = append(text, layout.Text{Text: " (" + c.country(s.authority.Country).Name + ")", Color: "muted"})
		}
		if s.authority.Fictitious {
			text = append(text, layout.Text{Text: inventedMark, Color: "muted"})
		}
		var targets []string
		for _, e := range s.entries {
			if !slices.Contains(targets, e.anchor) {
				targets = append(targets, e.anchor)
			}
		}
		out.Entries = append(out.Entries, layout.IndexEntry{Text: text, Targets: targets})
	}
	return out
}

// worldLocator shows countries on a small world.
func (c *composer) worldLocator(countries []string, subject string) []layout.Block {
	marked := map[string]bool{}
	for _, iso := range countries {
		marked[iso] = true
	}
	width := c.design.TextWidth() * 0.6
	if c.manyCountries() {
		width = c.design.TextWidth() * 0.36
	}
	d, ok := atlas.World(c.world(), marked, "FR", subject, width, c.ink)
	if !ok {
		return nil
	}
	d.Align = layout.AlignCenter
	return []layout.Block{d}
}

// locators are the small maps of an entry: where its authorities lie on either
// side.
func (c *composer) locators(e *entry) []layout.Block {
	var cells [][]layout.Block
	var shares []float64
	for _, d := range c.locatorDrawings(e, (c.design.FactWidth()-6)/2) {
		d.Align, d.Origin = layout.AlignCenter, e.origin("parties")
		cells, shares = append(cells, []layout.Block{d}), append(shares, 1)
	}
	if len(cells) == 0 {
		return nil
	}
	return []layout.Block{layout.Side{Shares: shares, Cells: cells, Gap: 6}, layout.Space{Lines: 0.5}}
}

// locatorDrawings are the maps themselves, side points wide.
func (c *composer) locatorDrawings(e *entry, side float64) []layout.Drawing {
	var out []layout.Drawing
	for _, x := range []struct {
		iso         string
		authorities []repertoire.Authority
		subject     string
	}{{"FR", e.french, "en France"}, {e.country, e.foreign, c.country(e.country).In}} {
		var at []atlas.Place
		rings := c.land(x.iso)
		for _, a := range x.authorities {
			if a.Country == x.iso && a.Located() {
				at = append(at, atlas.Place{Name: a.Usual(), At: atlas.Point{Lon: *a.Longitude, Lat: *a.Latitude}})
			}
		}
		if x.iso == "FR" {
			rings, at = c.frenchPart(at)
		}
		if d, ok := c.maps.locators.Draw(x.subject, rings, at, side, c.ink); ok {
			out = append(out, d)
		}
	}
	return out
}

// frenchPart chooses what of France a locator shows: the mainland, or the
// overseas land around the first authority when it lies there.
func (c *composer) frenchPart(at []atlas.Place) ([]atlas.Ring, []atlas.Place) {
	if len(at) == 0 {
		return nil, nil
	}
	var rings []atlas.Ring
	for _, o := range c.frenchLand() {
		rings = append(rings, o.Rings...)
	}
	return atlas.PartOfFrance(rings, at)
}
