package book

import (
	"fmt"

	"repertoire/internal/book/code"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// backCover says what the book is: its text, three figures counted from its
// entries, how to get it, the bar code of its ISBN.
func (c *composer) backCover(p plan) []layout.Section {
	page := layout.FullPage{Background: c.coverBackground()}
	text := c.markdown(p.text, 2, sectionOrigin(p))
	if len(text) == 0 {
		text = c.markdown(c.in.Directory.Blurb, 2, layout.Origin{Field: "blurb"})
	}
	page.Blocks = append(page.Blocks, layout.Space{Lines: 4},
		layout.Paragraph{Style: "cover-subtitle", Text: []layout.Inline{layout.Text{Text: c.meta().Title, Bold: true}},
			Origin: layout.Origin{Field: "title"}})
	for _, b := range text {
		if para, ok := b.(layout.Paragraph); ok {
			para.Style = "cover-foot"
			b = para
		}
		page.Blocks = append(page.Blocks, layout.Space{Lines: 1}, b)
	}
	if cells := c.backFigures(); len(cells) > 0 {
		shares := make([]float64, len(cells))
		for i := range shares {
			shares[i] = 1
		}
		page.Blocks = append(page.Blocks, layout.Space{Lines: 2}, layout.Side{Shares: shares, Cells: cells})
	}
	page.Foot = append(c.logos(), layout.Side{Shares: []float64{1, 1}, Cells: [][]layout.Block{c.backAddress(), c.backCodes()}})
	return []layout.Section{{Anchor: "partie-back-cover", Title: "Quatrième de couverture", Matter: layout.CoverMatter,
		HideFromContents: true, Blocks: []layout.Block{page}}}
}

// backFigures are up to three figures of the book, computed.
func (c *composer) backFigures() [][]layout.Block {
	real := c.countingReal()
	n := len(real.entries)
	if n == 0 {
		return nil
	}
	var cells [][]layout.Block
	add := func(figure, label string) {
		cells = append(cells, []layout.Block{layout.Paragraph{Style: c.styled("cover-figure", "cover-subtitle"),
			Text: layout.Plain(figure)},
			layout.Paragraph{Style: c.styled("cover-label", "cover-foot"), Text: layout.Plain(label)}})
	}
	add(thousandsOf(n), verb(n, "partenariat", "partenariats"))
	if m := len(real.present()); m > 1 {
		add(thousandsOf(m), "pays")
	} else {
		m := len(real.sites(func(e *entry) []repertoire.Authority { return e.foreign }))
		add(thousandsOf(m), verb(m, "collectivité partenaire", "collectivités partenaires"))
	}
	oldest := 0
	for _, e := range real.entries {
		if y := firstYear(e); y > 1000 && (oldest == 0 || y < oldest) {
			oldest = y
		}
	}
	if oldest > 0 {
		add(year(oldest), "le plus ancien lien connu")
	} else {
		m := len(real.sites(func(e *entry) []repertoire.Authority { return e.french }))
		add(thousandsOf(m), verb(m, "collectivité française", "collectivités françaises"))
	}
	return cells
}

func (c *composer) backAddress() []layout.Block {
	im := c.in.Directory.Imprint
	var out []layout.Block
	line := func(s, field string) {
		if s = oneLine(s); s != "" {
			out = append(out, layout.Paragraph{Style: "cover-foot", Text: layout.Plain(s), Origin: layout.Origin{Field: field}})
		}
	}
	line(im.Publisher, "imprint.publisher")
	line(im.Address, "imprint.address")
	if im.ISBN != "" {
		line("ISBN "+im.ISBN, "imprint.isbn")
	}
	if m := im.Price.French(); m != "" {
		line("Prix : "+m+" TTC", "imprint.price")
	}
	return out
}

// backCodes are the bar code of the ISBN and a QR code to the page of the book.
func (c *composer) backCodes() []layout.Block {
	ink, paper := layout.Color{K: 100}, c.design.ColorNamed("paper")
	var cells [][]layout.Block
	if u := c.bookPage(); u != "" {
		if d, err := code.QR(u, ink, paper); err == nil {
			d.Alt, d.Align = "Code à lire avec un téléphone : "+bareURL(u)+".", layout.AlignRight
			// Ninety points are twice what a telephone needs.
			if k := 70 / d.W; k < 1 {
				d.Width = 0
				d = d.Scaled(k)
			}
			cells = append(cells, []layout.Block{d})
		}
	}
	if isbn := c.in.Directory.Imprint.ISBN; isbn != "" {
		o := layout.Origin{Field: "imprint.isbn"}
		if d, err := code.EAN(isbn, ink, paper); err == nil {
			d.Align, d.Origin = layout.AlignRight, o
			cells = append(cells, []layout.Block{d})
		} else {
			c.notice(NoticeImprint, o, "Le code-barres n’est pas imprimé : %s. Corrigez l’ISBN dans les mentions légales.", fmt.Sprint(err))
		}
	}
	switch len(cells) {
	case 0:
		return nil
	case 1:
		return cells[0]
	}
	return []layout.Block{layout.Side{Shares: []float64{0.36, 0.64}, Cells: cells}}
}

// bookPage is the address of the book's own page: the first one that the
// presentation of its country gives.
func (c *composer) bookPage() string {
	for _, iso := range c.countries {
		for _, l := range c.in.Presentations[iso].Links {
			if u := safeURL(l.URL, false); u != "" {
				return u
			}
		}
	}
	return ""
}
