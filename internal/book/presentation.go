package book

import (
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// presentations sets what the book says of its country. In a book of several
// countries each chapter opens with its own; this part then holds the regional
// groups and the countries that have no chapter.
func (c *composer) presentations(p plan) ([]layout.Section, string) {
	var told []string
	for _, iso := range c.countries {
		if c.hasPresentation(iso) && !(c.manyCountries() && c.hasChapter(iso)) {
			told = append(told, iso)
		}
	}
	groups := c.regionalGroups()
	if len(told) == 0 && len(groups) == 0 && oneLine(p.text) == "" {
		if c.manyCountries() {
			return nil, "chaque pays est présenté en tête de son chapitre"
		}
		return nil, "aucune présentation de pays saisie"
	}
	if !c.manyCountries() {
		if !p.own && len(told) == 1 {
			p.title = "Présentation " + c.country(told[0]).Of
		}
		s := c.section(p, layout.BodyMatter)
		s.Blocks = append(s.Blocks, groups...)
		for _, iso := range told {
			s.Blocks = append(s.Blocks, c.presentation(iso, 2)...)
		}
		return []layout.Section{s}, ""
	}
	if !p.own {
		p.title = "Présentation"
	}
	s := c.section(p, layout.BodyMatter)
	s.Blocks = append(s.Blocks, groups...)
	s.Blocks = append(s.Blocks, c.countryTable()...)
	for _, iso := range told {
		s.Blocks = append(s.Blocks, layout.Heading{Level: 2, Text: layout.Plain(c.country(iso).Name), Contents: true,
			Anchor: "presentation-" + iso})
		s.Blocks = append(s.Blocks, c.presentation(iso, 3)...)
	}
	return []layout.Section{s}, ""
}

// countryTable lists the countries of a book of several: how many partnerships and
// partner authorities each has, and where its chapter begins. Nothing when there
// are too few to compare.
func (c *composer) countryTable() []layout.Block {
	const fewest = 4
	chapters := c.chapters()
	if len(chapters) < fewest {
		return nil
	}
	cell := func(style layout.Style, header bool, text ...layout.Inline) layout.Cell {
		return layout.Cell{Header: header, Blocks: []layout.Block{layout.Paragraph{Style: style, Text: text}}}
	}
	t := layout.Table{Columns: []layout.TableColumn{{Share: 0.4}, {Share: 0.2, Align: layout.AlignRight},
		{Share: 0.28, Align: layout.AlignRight}, {Share: 0.12, Align: layout.AlignRight}},
		Caption: layout.Plain("Les pays de ce " + c.noun() + " ; un partenariat de plusieurs pays compte dans chacun.")}
	var head layout.TableRow
	for _, h := range []string{"Pays", "Partenariats", "Collectivités partenaires", "Page"} {
		head.Cells = append(head.Cells, cell("table-head", true, layout.Text{Text: h}))
	}
	t.Head = []layout.TableRow{head}
	for _, ch := range chapters {
		if ch.iso == "" {
			continue
		}
		n, partners := 0, map[repertoire.ID]bool{}
		for _, e := range c.entries {
			if e.country != ch.iso && !slices.Contains(e.also, ch.iso) {
				continue
			}
			n++
			for _, a := range e.foreign {
				if a.Country == ch.iso {
					partners[a.ID] = true
				}
			}
		}
		anchor := "pays-" + chapterCode(ch.iso)
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
			cell("table", false, layout.Text{Text: c.country(ch.iso).Name, Anchor: anchor, Bold: true}),
			cell("table", false, layout.Text{Text: fmt.Sprint(n)}), cell("table", false, layout.Text{Text: fmt.Sprint(len(partners))}),
			cell("table", false, layout.PageRef{Anchor: anchor})}})
	}
	return []layout.Block{layout.Space{Lines: 1}, t}
}

// presented tells whether the directory wants presentations at all.
func (c *composer) presented() bool {
	for _, s := range c.in.Directory.Sections {
		if s.Key == PartPresentation {
			return !s.Off
		}
	}
	return true
}

func (c *composer) hasChapter(iso string) bool {
	for _, e := range c.entries {
		if e.country == iso {
			return true
		}
	}
	return false
}

func (c *composer) hasPresentation(iso string) bool {
	_, group := c.group(iso)
	return group || !c.onlyGroup(iso)
}

// onlyGroup tells whether the country group is all there is.
func (c *composer) onlyGroup(iso string) bool {
	x, ok := c.in.Presentations[iso]
	return !ok || len(x.Figures) == 0 && len(x.Tiers) == 0 && len(x.Milestones) == 0 && len(x.Contacts) == 0 && len(x.Links) == 0 &&
		strings.TrimSpace(x.Introduction+x.Territorial+x.Decentralisation+x.Cooperation) == ""
}

// presentation sets one country; headings start at level.
func (c *composer) presentation(iso string, level int) []layout.Block {
	x := c.in.Presentations[iso]
	k := c.country(iso)
	o := func(field string) layout.Origin {
		return layout.Origin{Entry: string(x.ID), Title: "Présentation " + k.Of, Field: field}
	}
	var out []layout.Block
	part := func(title, field string, blocks ...layout.Block) {
		if len(blocks) > 0 {
			out = append(append(out, layout.Heading{Level: level, Style: "h3", Text: layout.Plain(title), Origin: o(field)}), blocks...)
		}
	}
	if x.Fictitious {
		out = append(out, layout.Group{Role: "box", Keep: true,
			Blocks: []layout.Block{layout.Paragraph{Style: "small", Origin: o("fictitious"), Text: []layout.Inline{
				layout.Text{Text: "Présentation fictive.", Bold: true, Color: "accent"},
				layout.Text{Text: " Textes et chiffres inventés pour l’essai."}}}}})
	}
	intro := c.markdown(x.Introduction, level+1, o("introduction"))
	if len(intro) > 0 {
		if first, ok := intro[0].(layout.Paragraph); ok && first.Style == "" {
			first.Style = "lead"
			intro[0] = first
		}
		out = append(out, intro...)
	}
	width, world := c.design.TextWidth(), c.worldLocator([]string{iso}, "situation "+k.Of)
	if len(world) > 0 && c.manyCountries() {
		width *= 0.62
	}
	figures := c.keyFigures(x, width, o)
	if len(figures) > 0 && len(world) > 0 && c.manyCountries() {
		figures, world = []layout.Block{layout.Side{Shares: []float64{0.62, 0.38}, Cells: [][]layout.Block{figures, world}}}, nil
	}
	out = append(out, world...)
	part("Chiffres clés", "figures", figures...)
	territorial := c.markdown(x.Territorial, level+1, o("territorial"))
	if len(x.Tiers) > 0 {
		tiers := make([]chart.Tier, len(x.Tiers))
		for i, t := range x.Tiers {
			tiers[i] = chart.Tier{Name: oneLine(t.Name), Count: t.Count, Note: oneLine(t.Note)}
		}
		d := chart.Tiers(k.Name, tiers, c.design.TextWidth()*0.82, c.ink)
		d.Width, d.Align, d.Origin = 0, layout.AlignCenter, o("tiers")
		if !c.manyCountries() {
			d.Caption = layout.Plain("Les échelons territoriaux, du plus large au plus proche des habitants.")
		}
		territorial = append(territorial, layout.Space{Lines: 1}, d)
	}
	part("Organisation territoriale", "territorial", territorial...)
	part("La décentralisation", "decentralisation", c.markdown(x.Decentralisation, level+1, o("decentralisation"))...)
	part("La coopération avec la France", "cooperation", c.markdown(x.Cooperation, level+1, o("cooperation"))...)
	part("Quelques dates", "milestones", c.milestones(x, o)...)
	part("Le groupe-pays", "groups", c.groupBlocks(iso)...)
	part("Contacts utiles", "contacts", usefulContacts(x, o)...)
	if l := links(x.Links, o); len(l) > 0 {
		if len(x.Links) <= fewLinks {
			l = []layout.Block{layout.Group{Keep: true, Blocks: l}}
		}
		part("Pour aller plus loin", "links", l...)
	}
	// In a book of several countries the sources are listed once, at its end.
	if t := oneLine(x.Source); t != "" && !c.manyCountries() {
		out = append(out, layout.Paragraph{Style: "tag", Text: layout.Plain("Source : " + sentence(t)), Origin: o("source")})
	}
	return out
}

// fewLinks is how many links are a list too short to part.
const fewLinks = 4

// milestones are the years that counted, as a line with their words.
func (c *composer) milestones(x repertoire.Presentation, o func(string) layout.Origin) []layout.Block {
	var list []chart.Milestone
	for _, m := range x.Milestones {
		if t := oneLine(m.Text); t != "" && m.Year > 0 {
			list = append(list, chart.Milestone{Year: m.Year, Text: sentence(t)})
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b chart.Milestone) int { return a.Year - b.Year })
	d := chart.Milestones(c.country(x.Country).Name, list, c.design.TextWidth(), c.ink)
	d.Origin = o("milestones")
	return []layout.Block{layout.Space{Lines: 0.4}, d}
}

// group finds CUF's country group.
func (c *composer) group(iso string) (repertoire.CountryGroup, bool) {
	for _, g := range c.in.Directory.Groups {
		if g.Country == iso && iso != "" {
			return g, true
		}
	}
	return repertoire.CountryGroup{}, false
}

func (c *composer) groupBlocks(iso string) []layout.Block {
	g, ok := c.group(iso)
	if !ok {
		return nil
	}
	return groupParagraph(g, c.country(iso))
}

// regionalGroups are the groups without a country of their own.
func (c *composer) regionalGroups() []layout.Block {
	var out []layout.Block
	for _, g := range c.in.Directory.Groups {
		if g.Country == "" {
			out = append(out, groupParagraph(g, Country{})...)
		}
	}
	return out
}

func groupParagraph(g repertoire.CountryGroup, k Country) []layout.Block {
	name := oneLine(g.Name)
	if name == "" {
		name = "Groupe-pays " + k.Name
	}
	text := []layout.Inline{layout.Text{Text: name + ". ", Bold: true}}
	if s := presidentSentence(g); s != "" {
		text = append(text, layout.Text{Text: s})
	} else {
		text = append(text, layout.Text{Text: "La présidence n’est pas renseignée."})
	}
	return []layout.Block{layout.Paragraph{Text: text, Origin: layout.Origin{Field: "groups"}}}
}

// presidentSentence names who presides, with office, authority and date.
func presidentSentence(g repertoire.CountryGroup) string {
	who := oneLine(g.President)
	if who == "" {
		return ""
	}
	title := "Président"
	if g.Feminine {
		title = "Présidente"
	}
	s := title + " du groupe-pays : " + who
	for _, x := range []string{g.Office, g.Authority} {
		if x = oneLine(x); x != "" {
			s += ", " + x
		}
	}
	if g.AsOf != "" {
		s += " (" + whenWord(g.AsOf) + ")"
	}
	return s + "."
}

func usefulContacts(x repertoire.Presentation, o func(string) layout.Origin) []layout.Block {
	var cells []layout.Block
	for i, u := range x.Contacts {
		name := oneLine(u.Name)
		if name == "" {
			continue
		}
		text := []layout.Inline{layout.Text{Text: name, Bold: true}}
		line := func(t layout.Text) {
			if t.Text != "" {
				text = append(text, layout.Break{}, t)
			}
		}
		line(layout.Text{Text: oneLine(u.Address)})
		line(layout.Text{Text: oneLine(u.Phone), Verbatim: true})
		line(layout.Text{Text: oneLine(u.Email), Verbatim: true, URL: safeURL(u.Email, true), Color: "accent"})
		if url := safeURL(u.URL, false); url != "" {
			line(layout.Text{Text: bareURL(url), Verbatim: true, URL: url, Color: "accent"})
		}
		cells = append(cells, layout.Group{Keep: true,
			Blocks: []layout.Block{layout.Paragraph{Style: "facts", Text: text, Origin: o(fmt.Sprintf("contacts.%d", i))},
				layout.Space{Lines: 0.5}}})
	}
	if len(cells) < 2 {
		return cells
	}
	// In a group, so that pages are cut through what stands around it too.
	return []layout.Block{layout.Group{Keep: true, Blocks: []layout.Block{layout.Columned{Count: 2, Blocks: cells}}}}
}
