package book

import (
	"fmt"
	"sort"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// sources says where everything comes from: partnerships, authorities,
// presentations, pictures, reference data.
func (c *composer) sources(p plan) ([]layout.Section, string) {
	s := c.section(p, layout.BodyMatter)
	start := len(s.Blocks)
	head := func(text string) { s.Blocks = append(s.Blocks, layout.Heading{Level: 2, Text: layout.Plain(text)}) }
	list := func(title string, items []string) {
		if len(items) == 0 {
			return
		}
		head(title)
		l := layout.List{}
		for _, t := range items {
			l.Items = append(l.Items, []layout.Block{layout.Paragraph{Style: "small", Text: layout.Plain(sentence(t))}})
		}
		s.Blocks = append(s.Blocks, l)
	}
	list("Partenariats", c.partnershipSources())
	list("Collectivités", c.authoritySources())
	var others []string
	for _, iso := range c.countries {
		if x, ok := c.in.Presentations[iso]; ok && oneLine(x.Source) != "" {
			others = append(others, "Présentation "+c.country(iso).Of+" : "+oneLine(x.Source))
		}
	}
	if t := oneLine(c.in.Directory.Source); t != "" {
		others = append(others, "Présentation du répertoire et groupes-pays : "+t)
	}
	list("Textes", others)
	list("Images", c.pictureCredits())
	list("Données de référence et cartes", c.in.Reference.Credits)
	if len(s.Blocks) == start {
		return nil, "aucune source enregistrée"
	}
	if c.in.Reference.Outlines != nil {
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "note", Text: layout.Plain(c.in.Reference.Outlines.Notice(c.countries))})
	}
	return []layout.Section{s}, ""
}

// partnershipSources lists distinct sources with how many entries each served.
func (c *composer) partnershipSources() []string {
	list, counts := c.sourcesByUse(func(*entry) bool { return true })
	for i, t := range list {
		code := ""
		if l := c.sourceCode[t]; l != "" {
			code = l + ". "
		}
		list[i] = fmt.Sprintf("%s%s – %s", code, trimPoint(t), count(counts[t], "fiche", "fiches"))
	}
	return list
}

// sourcesByUse lists the sources of some entries, the most used first.
func (c *composer) sourcesByUse(of func(*entry) bool) ([]string, map[string]int) {
	counts := map[string]int{}
	for _, e := range c.entries {
		if t := oneLine(e.p.Source); t != "" && of(e) {
			counts[t]++
		}
	}
	list := sortedKeys(counts)
	sort.SliceStable(list, func(i, j int) bool { return counts[list[i]] > counts[list[j]] })
	return list, counts
}

// codeSources gives letters to the sources of entries set as rows of a table.
func (c *composer) codeSources() {
	list, _ := c.sourcesByUse(func(e *entry) bool { return e.density == repertoire.DensityTable && oneLine(e.p.Source) != c.usual })
	if len(list) > 26 {
		return
	}
	c.sourceCode = map[string]string{}
	for i, t := range list {
		c.sourceCode[t] = string(rune('a' + i))
	}
}

// sourceKey tells what the letters stand for, at the head of the tables.
func (c *composer) sourceKey() []layout.Block {
	var text []layout.Inline
	list, _ := c.sourcesByUse(func(e *entry) bool { return c.sourceCode[oneLine(e.p.Source)] != "" })
	switch {
	case c.usual != "" && len(list) == 0:
		text = append(text, layout.Text{Text: "Source : " + sentence(c.usual)})
	case c.usual != "":
		text = append(text, layout.Text{Text: "Source, sauf mention contraire : " + sentence(c.usual) + " "})
	}
	head := "Sources : "
	if c.usual != "" {
		head = "Autres sources : "
	}
	for i, t := range list {
		if i == 0 {
			text = append(text, layout.Text{Text: head})
		}
		end := " ; "
		if i == len(list)-1 {
			end = "."
		}
		text = append(text, layout.Text{Text: c.sourceCode[t] + ",", Bold: true}, layout.Text{Text: " " + trimPoint(t) + end})
	}
	if len(text) == 0 {
		return nil
	}
	return []layout.Block{layout.Paragraph{Style: "small", Text: text}, layout.Space{Lines: 1}}
}

func trimPoint(s string) string {
	for len(s) > 0 && s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

func (c *composer) authoritySources() []string {
	seen := map[repertoire.ID]bool{}
	counts := map[string]int{}
	for _, e := range c.entries {
		for _, side := range [][]repertoire.Authority{e.french, e.foreign} {
			for _, a := range side {
				if t := oneLine(a.Source); t != "" && !seen[a.ID] {
					seen[a.ID] = true
					counts[t]++
				}
			}
		}
	}
	list := sortedKeys(counts)
	sort.SliceStable(list, func(i, j int) bool { return counts[list[i]] > counts[list[j]] })
	for i, t := range list {
		list[i] = fmt.Sprintf("%s – %s", trimPoint(t), count(counts[t], "collectivité", "collectivités"))
	}
	return list
}

// pictureCredits lists credits with the entry each picture stands in.
func (c *composer) pictureCredits() []string {
	var out []string
	if t := oneLine(c.in.Directory.Cover.Credit); t != "" {
		out = append(out, "Couverture : "+t)
	}
	for _, e := range c.entries {
		seen := map[string]bool{}
		for _, x := range e.p.Pictures {
			if t := oneLine(x.Credit); t != "" && !seen[t] {
				seen[t] = true
				out = append(out, e.title+" : "+t)
			}
		}
	}
	return out
}

// blank keeps room to write in: a no-break space a line.
func blank(s string) []layout.Inline {
	switch s {
	case " ":
		return layout.Plain("\u00a0")
	case "\n":
		return []layout.Inline{layout.Text{Text: "\u00a0"}, layout.Break{}, layout.Text{Text: "\u00a0"}}
	}
	return layout.Plain(s)
}

// orderForm is a page to photocopy.
func (c *composer) orderForm(p plan) []layout.Section {
	d := c.in.Directory
	s := c.section(p, layout.BodyMatter)
	title := c.meta().Title
	text := []layout.Inline{layout.Text{Text: title, Italic: true}}
	if c.in.Label != "" {
		text = append(text, layout.Text{Text: ", " + lower(editionWord(oneLine(c.in.Label)))})
	}
	if t := oneLine(d.Imprint.ISBN); t != "" {
		text = append(text, layout.Text{Text: ", ISBN " + t})
	}
	text = append(text, layout.Text{Text: "."})
	s.Blocks = append(s.Blocks, layout.Paragraph{Style: "lead", Text: text})
	ours := strings.Contains(d.Imprint.Publisher, "Cités Unies France")
	if ours {
		s.Blocks = append(s.Blocks,
			layout.Para("Le format numérique est gratuit pour les collectivités territoriales adhérentes de Cités Unies France."))
	}
	price := "à préciser par l’éditeur"
	if m := d.Imprint.Price.French(); m != "" {
		price = m + " TTC l’exemplaire"
	}
	form := func(rows ...[2]string) layout.Table {
		t := layout.Table{Columns: []layout.TableColumn{{Share: 0.42}, {Share: 0.58}}}
		for _, r := range rows {
			t.Rows = append(t.Rows, layout.TableRow{Cells: []layout.Cell{
				{Header: true, Blocks: []layout.Block{layout.Paragraph{Style: "table", Text: layout.Plain(r[0])}}},
				{Blocks: []layout.Block{layout.Paragraph{Style: "table", Text: blank(r[1])}}}}})
		}
		return t
	}
	head := func(t string) layout.Block { return layout.Heading{Level: 2, Style: "h3", Text: layout.Plain(t)} }
	const yesNo = "oui – non (rayer la mention inutile)"
	wanted := [][2]string{{"Exemplaires sur papier", "Nombre :"}, {"Prix", price}, {"Exemplaire numérique", yesNo}}
	if ours {
		wanted = append(wanted, [2]string{"Adhérent de Cités Unies France", yesNo})
	}
	s.Blocks = append(s.Blocks, head("Commande"), form(wanted...), head("Acheteur"),
		form([2]string{"Collectivité ou organisme", " "}, [2]string{"SIRET", " "}, [2]string{"Code service (Chorus Pro)", " "},
			[2]string{"Numéro d’engagement", " "},
			[2]string{"Nom, fonction", " "}, [2]string{"Adresse de livraison", "\n"}, [2]string{"Adresse de facturation", "\n"},
			[2]string{"Courriel, téléphone", " "}),
		head("Date, signature, cachet"), layout.Space{Lines: 4})
	if to := oneLine(d.Imprint.Publisher); to != "" {
		if a := oneLine(d.Imprint.Address); a != "" {
			to += ", " + a
		}
		s.Blocks = append(s.Blocks, layout.Paragraph{Style: "small", Text: layout.Plain("À renvoyer à " + sentence(to)),
			Origin: layout.Origin{Field: "imprint"}})
	}
	return []layout.Section{s}
}
