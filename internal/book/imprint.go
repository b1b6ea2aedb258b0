package book

import (
	"repertoire/internal/layout"
)

// defaultNotice is the data-protection notice of a book whose directory gives
// none. It states what the program does: only publishable contacts are printed.
const defaultNotice = "Données personnelles : les coordonnées professionnelles imprimées ici l’ont été avec l’accord des personnes ou sur la base légale " +
	"enregistrée avec leur fiche (règlement (UE) 2016/679). Toute personne citée peut demander à l’éditeur l’accès aux données qui la concernent, " +
	"leur rectification ou leur effacement, ou s’opposer à leur publication dans l’édition suivante."

// imprint is the page behind the cover: what the law and the trade ask.
func (c *composer) imprint(p plan) []layout.Section {
	d, im := c.in.Directory, c.in.Directory.Imprint
	s := layout.Section{Anchor: "partie-imprint", Title: "Mentions légales", Matter: layout.FrontMatter, HideFromContents: true}
	line := func(field, text string) {
		if text = oneLine(text); text != "" {
			s.Blocks = append(s.Blocks, layout.Paragraph{Style: "imprint", Text: layout.Plain(text), Origin: layout.Origin{Field: field}})
		}
	}
	s.Blocks = append(s.Blocks, layout.Paragraph{Style: "imprint", Text: []layout.Inline{layout.Text{Text: c.meta().Title, Bold: true}},
		Origin: layout.Origin{Field: "title"}})
	if c.in.Label != "" {
		line("edition", editionWord(oneLine(c.in.Label)))
	}
	if c.in.Date != "" {
		line("", "Données arrêtées au "+c.in.Date.French()+".")
	}
	s.Blocks = append(s.Blocks, layout.Space{Lines: 1})
	line("imprint.publisher", im.Publisher)
	line("imprint.address", im.Address)
	if im.Director != "" {
		line("imprint.director", "Directeur ou directrice de la publication : "+im.Director)
	}
	s.Blocks = append(s.Blocks, layout.Space{Lines: 1})
	if im.ISBN != "" {
		line("imprint.isbn", "ISBN "+im.ISBN)
	}
	if im.LegalDeposit != "" {
		line("imprint.legal_deposit", "Dépôt légal : "+im.LegalDeposit.French())
	}
	if m := im.Price.French(); m != "" {
		line("imprint.price", "Prix : "+m+" TTC")
	} else {
		line("imprint.price", "Cet exemplaire ne peut être vendu.")
	}
	if im.Printer != "" {
		line("imprint.printer", "Imprimé par "+im.Printer)
	}
	if im.PrintedOn != "" {
		line("imprint.printed_on", "Achevé d’imprimer : "+im.PrintedOn.French())
	}
	if d.Cover.Credit != "" {
		line("cover", "Couverture : "+d.Cover.Credit)
	}
	s.Blocks = append(s.Blocks, layout.Space{Lines: 1})
	notice := im.Notice
	if notice == "" {
		notice = defaultNotice
	}
	line("imprint.notice", notice)
	if n := c.fictitious(); n > 0 {
		line("", "Cette édition contient "+count(n, "fiche fictive, inventée pour l’essai et signalée comme telle.",
			"fiches fictives, inventées pour l’essai et signalées comme telles."))
	}
	s.Blocks = append(s.Blocks, c.markdown(p.text, 2, sectionOrigin(p))...)
	return []layout.Section{s}
}

func verb(n int, one, many string) string {
	if n < 2 {
		return one
	}
	return many
}

func (c *composer) fictitious() int {
	n := 0
	for _, e := range c.entries {
		if e.p.Fictitious {
			n++
		}
	}
	return n
}

// contents is the table of contents; entries are listed only where that stays
// a table one can take in.
func (c *composer) contents(p plan) []layout.Section {
	s := c.section(p, layout.FrontMatter)
	s.HideFromContents = true
	levels := 1
	if c.listedEntries() <= 45 {
		levels = 2
	}
	s.Blocks = append(s.Blocks, layout.Contents{Levels: levels})
	return []layout.Section{s}
}

// listedEntries counts the lines that entries and country chapters would take
// in the contents.
func (c *composer) listedEntries() int {
	if c.compact() {
		return 0
	}
	return len(c.entries)
}
