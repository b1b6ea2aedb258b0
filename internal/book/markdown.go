package book

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"repertoire/internal/layout"
)

const (
	// maxText bounds what one field may bring to a book: forty pages of text.
	maxText = 200_000
	// maxDepth bounds nested lists and quotations; deeper ones are flattened.
	maxDepth = 6
)

// markdown sets a text a person typed. Headings start at level; anything that
// is not text, list, table, link or picture of the base stays as typed.
func (c *composer) markdown(src string, level int, o layout.Origin) []layout.Block {
	src = clean(src)
	if strings.TrimSpace(src) == "" {
		return nil
	}
	// Only the texts of the book itself speak of the book.
	if o.Entry == "" {
		c.checkFigures(src, o)
		src = c.filled(src)
	}
	if len(src) > maxText {
		src = strings.ToValidUTF8(src[:maxText], "")
		c.notice(NoticeTruncated, o, "Ce texte est démesuré : seuls ses %s premiers caractères sont imprimés.", thousandsOf(maxText))
	}
	source := []byte(src)
	m := &md{c: c, src: source, level: level, origin: o}
	return m.blocks(c.parser.Parse(text.NewReader(source)), 0)
}

// markdownParser lists its parsers one by one: without those of HTML what looks
// like it is text.
func markdownParser() parser.Parser {
	at := util.Prioritized
	return parser.NewParser(
		parser.WithBlockParsers(
			at(parser.NewSetextHeadingParser(), 100), at(parser.NewThematicBreakParser(), 200), at(parser.NewListParser(), 300),
			at(parser.NewListItemParser(), 400), at(parser.NewCodeBlockParser(), 500), at(parser.NewATXHeadingParser(), 600),
			at(parser.NewFencedCodeBlockParser(), 700),
			at(parser.NewBlockquoteParser(), 800), at(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(
			at(parser.NewCodeSpanParser(), 100), at(parser.NewLinkParser(), 200), at(parser.NewAutoLinkParser(), 300),
			at(parser.NewEmphasisParser(), 500), at(extension.NewLinkifyParser(), 999)),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			at(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(at(extension.NewTableASTTransformer(), 0)))
}

// md walks the tree of one text.
type md struct {
	c      *composer
	src    []byte
	level  int
	origin layout.Origin
	later  []layout.Block // pictures met inside a paragraph
}

func (m *md) blocks(parent ast.Node, depth int) []layout.Block {
	var out []layout.Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, m.block(n, depth)...)
		out = append(out, m.later...)
		m.later = nil
	}
	return out
}

func (m *md) block(n ast.Node, depth int) []layout.Block {
	if depth > maxDepth {
		return m.para("", layout.Plain(oneLine(m.plain(n))))
	}
	switch n := n.(type) {
	case *ast.Heading:
		text := m.inlines(n, layout.Text{})
		if empty(text) {
			return nil
		}
		return []layout.Block{layout.Heading{Level: min(m.level+n.Level-1, 6), Text: text, Origin: m.origin}}
	case *ast.Paragraph, *ast.TextBlock:
		return m.para("", m.inlines(n, layout.Text{}))
	case *ast.List:
		l := layout.List{Ordered: n.IsOrdered(), Origin: m.origin}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			if b := m.blocks(item, depth+1); len(b) > 0 {
				l.Items = append(l.Items, b)
			}
		}
		if len(l.Items) == 0 {
			return nil
		}
		return []layout.Block{l}
	case *ast.Blockquote:
		out := m.blocks(n, depth+1)
		for i, b := range out {
			if p, ok := b.(layout.Paragraph); ok && p.Style == "" {
				p.Style = "quote"
				out[i] = p
			}
		}
		return out
	case *ast.ThematicBreak:
		return []layout.Block{layout.Rule{}}
	case *ast.CodeBlock:
		// Nobody who writes an entry indents to show code: it is a paragraph.
		return m.para("", layout.Plain(oneLine(string(n.Lines().Value(m.src)))))
	case *ast.FencedCodeBlock:
		return m.para("", m.lines(n))
	case *extast.Table:
		return m.table(n)
	}
	return m.para("", layout.Plain(oneLine(m.plain(n))))
}

func (m *md) para(style layout.Style, text []layout.Inline) []layout.Block {
	if empty(text) {
		return nil
	}
	return []layout.Block{layout.Paragraph{Style: style, Text: paged(text), Origin: m.origin}}
}

// lines keeps the lines of a block as typed.
func (m *md) lines(n ast.Node) []layout.Inline {
	var out []layout.Inline
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		if i > 0 {
			out = append(out, layout.Break{})
		}
		if s := strings.TrimRight(string(seg.Value(m.src)), "\n"); strings.TrimSpace(s) != "" {
			out = append(out, layout.Text{Text: s, Verbatim: true})
		}
	}
	return out
}

func (m *md) table(n *extast.Table) []layout.Block {
	t := layout.Table{Origin: m.origin}
	for _, a := range n.Alignments {
		col := layout.TableColumn{Share: 1}
		switch a {
		case extast.AlignRight:
			col.Align = layout.AlignRight
		case extast.AlignCenter:
			col.Align = layout.AlignCenter
		}
		t.Columns = append(t.Columns, col)
	}
	if len(t.Columns) == 0 || len(t.Columns) > 12 {
		return m.para("", layout.Plain(oneLine(m.plain(n))))
	}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		_, head := r.(*extast.TableHeader)
		row := layout.TableRow{}
		for cell := r.FirstChild(); cell != nil && len(row.Cells) < len(t.Columns); cell = cell.NextSibling() {
			row.Cells = append(row.Cells, layout.Cell{Header: head, Blocks: m.para(cellStyle(head), m.inlines(cell, layout.Text{}))})
		}
		for len(row.Cells) < len(t.Columns) {
			row.Cells = append(row.Cells, layout.Cell{Header: head})
		}
		if head {
			t.Head = append(t.Head, row)
		} else {
			t.Rows = append(t.Rows, row)
		}
	}
	return []layout.Block{t}
}

func cellStyle(head bool) layout.Style {
	if head {
		return "table-head"
	}
	return "table"
}

// plain is all the source a node stands on, without its marks.
func (m *md) plain(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, in bool) (ast.WalkStatus, error) {
		if !in {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(m.src))
			b.WriteByte(' ')
		case *ast.String:
			b.Write(n.Value)
		case *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(m.src))
		case *ast.AutoLink:
			b.Write(n.Label(m.src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func empty(text []layout.Inline) bool {
	for _, t := range text {
		switch t := t.(type) {
		case layout.Text:
			if strings.TrimSpace(t.Text) != "" {
				return false
			}
		case layout.Break:
		default:
			return false
		}
	}
	return true
}
