package book

import (
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Sheet makes a document of one entry alone, for the preview and for e-mail:
// no cover, the whole entry, and a foot that says where it comes from. The
// error is NotFound when the partnership is not in the input.
func Sheet(in Input, id repertoire.ID) (layout.Document, Report, error) {
	var one []repertoire.Partnership
	for _, p := range in.Partnerships {
		if p.ID == id {
			one = append(one, p)
			break
		}
	}
	if len(one) == 0 {
		return layout.Document{}, Report{}, repertoire.Missing(
			"Cette fiche n’est pas dans la sélection : elle a peut-être été supprimée entre-temps.")
	}
	in.Partnerships = one
	in.Directory.Countries = nil
	in.Directory.Density = repertoire.DensityPage
	c := newComposer(in)
	e := c.entries[0]
	g := c.fiche(e, false)
	g.Keep, g.Contents = false, false
	doc := layout.Document{Meta: c.meta()}
	doc.Meta.Title, doc.Meta.Subtitle, doc.Meta.Subject = e.title, c.meta().Title, ""
	text := oneLine(in.Directory.Title)
	if c.in.Label != "" && text != "" {
		text += ", " + lower(editionWord(oneLine(c.in.Label)))
	}
	if c.in.Date != "" {
		if text != "" {
			text += ". "
		}
		text += "Données au " + c.in.Date.French()
	}
	blocks := []layout.Block{g}
	if text != "" {
		blocks = append(blocks, layout.Rule{}, layout.Paragraph{Style: "tag", Text: layout.Plain(sentence(text))})
	}
	doc.Sections = []layout.Section{{Anchor: "fiche", Title: shorten(e.title, 90), Matter: layout.BodyMatter, Blocks: blocks}}
	return doc, c.report, nil
}
