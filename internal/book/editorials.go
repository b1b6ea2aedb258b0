package book

import (
	"fmt"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// ownPage is the length from which an editorial has its pages for itself.
const ownPage = 900

// portraitRatio is the shape of a portrait, width over height.
const portraitRatio = 4.0 / 5

// editorials sets the signed forewords; one alone gives its title to the part.
func (c *composer) editorials(p plan) ([]layout.Section, string) {
	var list []repertoire.Editorial
	for _, e := range c.in.Directory.Editorial {
		if oneLine(e.Text) != "" {
			list = append(list, e)
		}
	}
	if len(list) == 0 && oneLine(p.text) == "" {
		return nil, "aucun éditorial"
	}
	if len(list) == 1 && !p.own {
		p.title = "Éditorial"
		if t := oneLine(list[0].Title); t != "" {
			p.title = t
		}
	}
	s := c.section(p, layout.FrontMatter)
	for i, e := range list {
		o := layout.Origin{Field: fmt.Sprintf("editorial.%d", i)}
		if i > 0 && len(list[i-1].Text) > ownPage {
			s.Blocks = append(s.Blocks, layout.PageBreak{}) // who signs has a page, not the end of another's
		}
		if t := oneLine(e.Title); t != "" && t != s.Title {
			s.Blocks = append(s.Blocks, layout.Heading{Level: 2, Text: layout.Plain(t), Origin: o})
		}
		text := c.markdown(e.Text, 3, o)
		if e.Author != "" {
			text = append(text, layout.Paragraph{Style: "signature", Text: named(e.Author, e.Role), Origin: o})
		}
		if facts := c.portrait(e, o); len(facts) > 0 {
			text = []layout.Block{layout.Beside{Facts: facts, Blocks: text}}
		}
		s.Blocks = append(s.Blocks, text...)
	}
	return []layout.Section{s}, ""
}

// portrait is the picture of who signs, beside the first page of the text;
// nothing without one. The name is under the text.
func (c *composer) portrait(e repertoire.Editorial, o layout.Origin) []layout.Block {
	if e.Portrait.Media == "" {
		return nil
	}
	at := layout.Origin{Field: o.Field + ".portrait"}
	alt := oneLine(e.Portrait.Alt)
	if alt == "" && oneLine(e.Author) != "" {
		alt = "Portrait de " + oneLine(e.Author)
	}
	img, ok := c.picture(e.Portrait.Media, alt, "", e.Portrait.Credit, at)
	if !ok {
		return nil
	}
	if img.Credit == "" {
		c.notice(NoticePicture, at, "Un portrait n’a pas de crédit : la loi veut le nom de son auteur.")
	}
	img = framed(img, e.Portrait)
	if img.Ratio == 0 {
		img.Ratio = portraitRatio
	}
	img.Width, img.MaxHeight = 1, c.design.FactWidth()/img.Ratio
	return []layout.Block{img}
}

// named is a name with the function under it.
func named(name, role string) []layout.Inline {
	text := []layout.Inline{layout.Text{Text: oneLine(name), NoHyphen: true}}
	if r := oneLine(role); r != "" {
		text = append(text, layout.Break{}, layout.Text{Text: r, Italic: true})
	}
	return text
}
