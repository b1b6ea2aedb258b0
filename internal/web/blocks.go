package web

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// typographic gives a text its French spaces and signs.
func typographic(s string) string { return layout.Typography(s) }

// writer sets blocks of a book as HTML.
type writer struct {
	s    *site
	root string // from the page to the folder: "" or "../"
	b    strings.Builder
}

// blocks sets what a book says on a page.
func (s *site) blocks(root string, list []layout.Block) template.HTML {
	w := &writer{s: s, root: root}
	w.blocks(list)
	return template.HTML(w.b.String())
}

// text sets the running text of one paragraph.
func (s *site) text(root string, list []layout.Inline) template.HTML {
	w := &writer{s: s, root: root}
	w.inlines(list)
	return template.HTML(w.b.String())
}

func (w *writer) put(s string) { w.b.WriteString(s) }

func (w *writer) blocks(list []layout.Block) {
	for _, b := range list {
		w.block(b)
	}
}

func (w *writer) block(b layout.Block) {
	switch b := b.(type) {
	case layout.Paragraph:
		class := ""
		if b.Style != "" && b.Style != "body" && b.Style != "list" {
			class = ` class="p-` + html.EscapeString(string(b.Style)) + `"`
		}
		if b.Style == "quote" || b.Style == "pull-quote" {
			w.put("<blockquote><p>")
			w.inlines(b.Text)
			w.put("</p></blockquote>")
			return
		}
		w.put("<p" + class + ">")
		w.inlines(b.Text)
		w.put("</p>")
	case layout.Heading:
		level := min(max(b.Level, 2), 6)
		fmt.Fprintf(&w.b, "<h%d>", level)
		w.inlines(b.Text)
		fmt.Fprintf(&w.b, "</h%d>", level)
	case layout.List:
		tag := "ul"
		if b.Ordered {
			tag = "ol"
		}
		w.put("<" + tag + ">")
		for _, item := range b.Items {
			w.put("<li>")
			w.item(item)
			w.put("</li>")
		}
		w.put("</" + tag + ">")
	case layout.Table:
		w.table(b)
	case layout.Image:
		if x, err := w.s.pictures.add(book.ShownPicture{Data: b.Data, Alt: b.Alt}); err == nil {
			w.put(string(x.html(w.root, b.Alt, "", plainText(b.Caption), b.Credit)))
		}
	case layout.Drawing:
		if b.Decorative {
			return
		}
		w.put(`<figure class="drawing">` + string(svg(b, "draw")))
		if len(b.Caption) > 0 {
			w.put("<figcaption>")
			w.inlines(b.Caption)
			w.put("</figcaption>")
		}
		w.put("</figure>")
	case layout.Group:
		if b.Role == "box" {
			w.put(`<div class="box">`)
			w.blocks(b.Blocks)
			w.put("</div>")
			return
		}
		w.blocks(b.Blocks)
	case layout.Side:
		w.put(`<div class="side">`)
		for _, cell := range b.Cells {
			if len(cell) > 0 {
				w.put("<div>")
				w.blocks(cell)
				w.put("</div>")
			}
		}
		w.put("</div>")
	case layout.Columned:
		w.put(`<div class="columns">`)
		w.blocks(b.Blocks)
		w.put("</div>")
	case layout.Beside:
		w.blocks(b.Blocks)
		w.blocks(b.Facts)
	case layout.Rule:
		w.put("<hr>")
	}
}

// item sets the blocks of a list's item; a lone paragraph needs no tag.
func (w *writer) item(blocks []layout.Block) {
	if len(blocks) > 0 {
		if p, ok := blocks[0].(layout.Paragraph); ok {
			w.inlines(p.Text)
			blocks = blocks[1:]
		}
	}
	w.blocks(blocks)
}

func (w *writer) table(t layout.Table) {
	class := ""
	if t.Style == "facts" {
		class = ` class="facts"`
	}
	w.put(`<div class="scroll" tabindex="0" role="group" aria-label="Tableau"><table` + class + ">")
	row := func(r layout.TableRow, scope string) {
		w.put("<tr>")
		for _, c := range r.Cells {
			tag, attr := "td", ""
			if c.Header {
				tag, attr = "th", ` scope="`+scope+`"`
			}
			if c.Span > 1 {
				attr += fmt.Sprintf(` colspan="%d"`, c.Span)
			}
			w.put("<" + tag + attr + ">")
			w.item(c.Blocks)
			w.put("</" + tag + ">")
		}
		w.put("</tr>")
	}
	if len(t.Head) > 0 {
		w.put("<thead>")
		for _, r := range t.Head {
			row(r, "col")
		}
		w.put("</thead>")
	}
	w.put("<tbody>")
	for _, r := range t.Rows {
		row(r, "row")
	}
	w.put("</tbody></table></div>")
}

func (w *writer) inlines(list []layout.Inline) {
	for _, in := range list {
		switch t := in.(type) {
		case layout.Text:
			w.run(t)
		case layout.Break:
			w.put("<br>")
		case layout.Square:
			w.put(`<span class="sdg" title="` + html.EscapeString(t.Alt) + `">` + html.EscapeString(t.Label) + `<span class="unseen"> ` +
				html.EscapeString(t.Alt) + `</span></span>`)
		case layout.PageRef:
			if t.Anchor == layout.PageCount {
				if n := w.s.in.Pages; n > 0 {
					w.put(fmt.Sprint(n))
				} else {
					w.put("plusieurs")
				}
			}
		}
	}
}

func (w *writer) run(t layout.Text) {
	text := t.Text
	if !t.Verbatim {
		text = typographic(text)
	}
	open, shut := "", ""
	wrap := func(tag, attr string) { open, shut = open+"<"+tag+attr+">", "</"+tag+">"+shut }
	switch {
	case t.URL != "":
		wrap("a", ` href="`+html.EscapeString(t.URL)+`"`)
	case t.Anchor != "":
		if to := w.s.anchor(t.Anchor); to != "" {
			wrap("a", ` href="`+w.root+to+`"`)
		}
	}
	if t.Bold {
		wrap("strong", "")
	}
	if t.Italic {
		wrap("em", "")
	}
	if t.Super {
		wrap("sup", "")
	}
	if t.Lang != "" {
		wrap("bdi", langAttr(t.Lang))
	}
	w.put(open + html.EscapeString(text) + shut)
}

// anchor leads from an anchor of the book to a page of the folder.
func (s *site) anchor(anchor string) string {
	if id, ok := strings.CutPrefix(anchor, "fiche-"); ok {
		if e := s.byID[repertoire.ID(id)]; e != nil {
			return e.Path()
		}
	}
	return ""
}

func langAttr(lang string) string {
	out := ` lang="` + html.EscapeString(lang) + `"`
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "ar", "he", "fa", "ur", "ps", "yi", "dv", "syr", "ckb":
		out += ` dir="rtl"`
	}
	return out
}

// plainText is running text without its look.
func plainText(list []layout.Inline) string {
	var b strings.Builder
	for _, in := range list {
		if t, ok := in.(layout.Text); ok {
			if t.Verbatim {
				b.WriteString(t.Text)
			} else {
				b.WriteString(typographic(t.Text))
			}
		}
	}
	return b.String()
}

// plainBlocks is the text of blocks, for summaries and for the search.
func plainBlocks(list []layout.Block) string {
	var b strings.Builder
	for _, x := range list {
		switch x := x.(type) {
		case layout.Paragraph:
			b.WriteString(plainText(x.Text) + " ")
		case layout.Heading:
			b.WriteString(plainText(x.Text) + " ")
		case layout.List:
			for _, item := range x.Items {
				b.WriteString(plainBlocks(item) + " ")
			}
		case layout.Table:
			for _, r := range append(append([]layout.TableRow(nil), x.Head...), x.Rows...) {
				for _, c := range r.Cells {
					b.WriteString(plainBlocks(c.Blocks) + " ")
				}
			}
		case layout.Group:
			b.WriteString(plainBlocks(x.Blocks) + " ")
		}
	}
	return strings.TrimSpace(b.String())
}
