package book

import (
	"fmt"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// presentations sets what the book says of each country that has something to
// say; a country group alone is enough for a short page.
func (c *composer) presentations(p plan) ([]layout.Section, string) {
	var told []string
	for _, iso := range c.countries {
		if c.hasPresentation(iso) {
			told = append(told, iso)
		}
	}
	if len(told) == 0 && oneLine(p.text) == "" {
		return nil, "aucune présentation de pays saisie"
	}
	// Several countries: one section each, the part's text before the first.
	if len(c.countries) == 1 && len(told) == 1 {
		if !p.own {
			p.title = "Présentation " + c.country(told[0]).Of
		}
		s := c.section(p, layout.BodyMatter)
		s.Blocks = append(s.Blocks, c.presentation(told[0], 2)...)
		return []layout.Section{s}, ""
	}
	if !p.own && len(told) > 1 {
		p.title = "Présentation des pays"
	}
	s := c.section(p, layout.BodyMatter)
	s.Blocks = append(s.Blocks, c.regionalGroups()...)
	var brief []string
	opened := len(s.Blocks) > 1
	for _, iso := range told {
		if c.onlyGroup(iso) {
			brief = append(brief, iso)
			continue
		}
		page := opened
		opened = true
		s.Blocks = append(s.Blocks, layout.Group{NewPage: page, Running: c.country(iso).Name, Blocks: append([]layout.Block{
			layout.Heading{Level: 2, Text: layout.Plain(c.country(iso).Name), Contents: true, Anchor: "presentation-" + iso}}, c.presentation(iso, 3)...)})
	}
	if len(brief) > 0 {
		s.Blocks = append(s.Blocks, layout.Heading{Level: 2, Text: layout.Plain("Les groupes-pays")})
		for _, iso := range brief {
			s.Blocks = append(s.Blocks, c.groupBlocks(iso)...)
		}
	}
	return []layout.Section{s}, ""
}

func (c *composer) hasPresentation(iso string) bool {
	_, group := c.group(iso)
	return group || !c.onlyGroup(iso)
}

// onlyGroup tells whether the country group is all there is.
func (c *composer) onlyGroup(iso string) bool {
	x, ok := c.in.Presentations[iso]
	return !ok || len(x.Figures) == 0 && len(x.Tiers) == 0 && len(x.Contacts) == 0 && len(x.Links) == 0 &&
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
		out = append(out, layout.Group{Role: "box", Keep: true, Blocks: []layout.Block{layout.Paragraph{Style: "small", Origin: o("fictitious"), Text: []layout.Inline{
			layout.Text{Text: "Présentation fictive.", Bold: true, Color: "accent"}, layout.Text{Text: " Textes et chiffres inventés pour l’essai."}}}}})
	}
	intro := c.markdown(x.Introduction, level+1, o("introduction"))
	if len(intro) > 0 {
		if first, ok := intro[0].(layout.Paragraph); ok && first.Style == "" {
			first.Style = "lead"
			intro[0] = first
		}
		out = append(out, intro...)
	}
	out = append(out, c.worldLocator([]string{iso}, "situation "+k.Of)...)
	part("Chiffres clés", "figures", c.keyFigures(x, o)...)
	territorial := c.markdown(x.Territorial, level+1, o("territorial"))
	if len(x.Tiers) > 0 {
		tiers := make([]chart.Tier, len(x.Tiers))
		for i, t := range x.Tiers {
			tiers[i] = chart.Tier{Name: oneLine(t.Name), Count: t.Count, Note: oneLine(t.Note)}
		}
		d := chart.Tiers(k.Name, tiers, c.design.TextWidth()*0.82, c.ink)
		d.Width, d.Align, d.Origin = 0, layout.AlignCenter, o("tiers")
		d.Caption = layout.Plain("Les échelons territoriaux, du plus large au plus proche des habitants.")
		territorial = append(territorial, layout.Space{Lines: 1}, d)
	}
	part("Organisation territoriale", "territorial", territorial...)
	part("La décentralisation", "decentralisation", c.markdown(x.Decentralisation, level+1, o("decentralisation"))...)
	part("La coopération avec la France", "cooperation", c.markdown(x.Cooperation, level+1, o("cooperation"))...)
	part("Le groupe-pays", "groups", c.groupBlocks(iso)...)
	part("Contacts utiles", "contacts", usefulContacts(x, o)...)
	part("Pour aller plus loin", "links", links(x.Links, o)...)
	if t := oneLine(x.Source); t != "" {
		out = append(out, layout.Paragraph{Style: "tag", Text: layout.Plain("Source : " + sentence(t)), Origin: o("source")})
	}
	return out
}

// keyFigures sets the figures, each with its year; sources that differ are
// named line by line, a common one once under the table.
func (c *composer) keyFigures(x repertoire.Presentation, o func(string) layout.Origin) []layout.Block {
	if len(x.Figures) == 0 {
		return nil
	}
	common := oneLine(x.Figures[0].Source)
	for _, f := range x.Figures {
		if oneLine(f.Source) != common {
			common = ""
		}
	}
	t := layout.Table{Origin: o("figures"), Columns: []layout.TableColumn{{Share: 0.44}, {Share: 0.36}, {Share: 0.2}}}
	cell := func(style layout.Style, s, field string, head bool) layout.Cell {
		return layout.Cell{Header: head, Blocks: []layout.Block{layout.Paragraph{Style: style, Text: layout.Plain(s), Origin: o(field)}}}
	}
	last := "Année"
	if common == "" {
		last = "Année, source"
		t.Columns = []layout.TableColumn{{Share: 0.3}, {Share: 0.34}, {Share: 0.36}}
	}
	t.Head = []layout.TableRow{{Cells: []layout.Cell{cell("table-head", "Indicateur", "figures", true), cell("table-head", "Valeur", "figures", true), cell("table-head", last, "figures", true)}}}
	for i, f := range x.Figures {
		field := fmt.Sprintf("figures.%d", i)
		when := ""
		if f.Year != 0 {
			when = year(f.Year)
		}
		if src := oneLine(f.Source); src != "" && common == "" {
			if when != "" {
				when += ", "
			}
			when += src
		}
		t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{cell("table", oneLine(f.Label), field, true), cell("table", oneLine(f.Value), field, false), cell("table", when, field, false)}})
	}
	if common != "" {
		t.Caption = layout.Plain("Source : " + sentence(common))
	}
	return []layout.Block{t}
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
		cells = append(cells, layout.Group{Keep: true, Blocks: []layout.Block{layout.Paragraph{Style: "facts", Text: text, Origin: o(fmt.Sprintf("contacts.%d", i))}, layout.Space{Lines: 0.5}}})
	}
	if len(cells) < 2 {
		return cells
	}
	return []layout.Block{layout.Columned{Count: 2, Blocks: cells}}
}
