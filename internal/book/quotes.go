package book

import (
	"fmt"
	"strings"

	"repertoire/internal/layout"
)

// quotes sets what people said of the partnership, each with who said it: one
// alone interrupts the text, those of a dense book too.
func (c *composer) quotes(e *entry) []layout.Block {
	var out []layout.Block
	for i, q := range e.p.Quotes {
		o := e.origin(fmt.Sprintf("quotes.%d", i))
		said := strings.Trim(oneLine(q.Text), "«»“”\"\u00a0\u202f ")
		if said == "" {
			continue
		}
		g := layout.Group{Role: "quote", Keep: true, Origin: o, Blocks: []layout.Block{
			layout.Paragraph{Style: c.styled("pull-quote", "quote"), Text: layout.Plain("« " + said + " »"), Origin: o}}}
		by := oneLine(q.Author)
		if r := oneLine(q.Role); r != "" {
			if by != "" {
				r = ", " + lower(r)
			}
			by += r
		}
		if by != "" {
			g.Blocks = append(g.Blocks, layout.Paragraph{Style: "caption", Text: layout.Plain(by), Origin: o})
		} else {
			c.notice(NoticeQuote, o, "Une citation ne dit pas de qui elle est.")
		}
		out = append(out, g)
	}
	return out
}
