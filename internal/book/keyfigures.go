package book

import (
	"fmt"
	"regexp"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

const (
	largeFigures = 4  // figures of a country set large
	largeFigure  = 24 // characters that can be
)

// keyFigures sets the first figures large, abreast, and the others under them, each
// with its year and source; a source common to all is named once at the end.
func (c *composer) keyFigures(x repertoire.Presentation, width float64, o func(string) layout.Origin) []layout.Block {
	common := commonSource(x.Figures)
	about := func(f repertoire.Figure, more ...string) string {
		if f.Year != 0 {
			more = append(more, year(f.Year))
		}
		if src := oneLine(f.Source); src != "" && src != common {
			more = append(more, src)
		}
		return strings.Join(more, ", ")
	}
	var facts []fact
	var cells [][]layout.Block
	for i, f := range x.Figures {
		field := fmt.Sprintf("figures.%d", i)
		if before, large, after := largePart(oneLine(f.Value)); large != "" && len(cells) < largeFigures &&
			c.design.HasStyle("key-figure") {
			label := oneLine(f.Label)
			if before != "" {
				label += ", " + before
			}
			note := about(f)
			if after != "" {
				note = about(f, after)
			}
			cells = append(cells, largeCell(label, large, note, o(field)))
			continue
		}
		value := []layout.Inline{layout.Text{Text: oneLine(f.Value)}}
		if note := about(f); note != "" {
			value = append(value, layout.Text{Text: " (" + note + ")", Color: "muted"})
		}
		facts = append(facts, fact{oneLine(f.Label), value, field})
	}
	columns := largeFigures
	if width < c.design.TextWidth()*0.9 {
		columns = 2
	}
	var out []layout.Block
	for len(cells) > 0 {
		row := layout.Side{Gap: 10}
		for range columns {
			var cell []layout.Block
			if len(cells) > 0 {
				cell, cells = cells[0], cells[1:]
			}
			row.Shares, row.Cells = append(row.Shares, 1), append(row.Cells, cell)
		}
		out = append(out, row)
	}
	out = append(out, factsTable(facts, o)...)
	if common != "" && len(out) > 0 {
		out = append(out, layout.Paragraph{Style: "caption", Text: layout.Plain("Source : " + sentence(common)), Origin: o("figures")})
	}
	return out
}

func largeCell(label, large, note string, o layout.Origin) []layout.Block {
	out := []layout.Block{layout.Paragraph{Style: "facts-label", Text: layout.Plain(label), Origin: o},
		layout.Paragraph{Style: "key-figure", Text: []layout.Inline{layout.Text{Text: large, NoHyphen: true}}, Origin: o}}
	if note != "" {
		out = append(out, layout.Paragraph{Style: "caption", Text: layout.Plain(note), Origin: o})
	}
	return out
}

// quantity is a number with its multiplier or its unit, and what stands around it:
// "environ", "25,7 millions", "d’habitants".
var quantity = regexp.MustCompile(`^(\pL[\pL ]*? )?(\d[\d ,.\x{00a0}\x{202f}]*\d|\d)((?:[ \x{00a0}\x{202f}](?:millions?|milliards?|km²|%))*)(.*)$`)

// largePart is what of a value is set large, and what stands before and after it;
// "" for a value that is a sentence.
func largePart(value string) (before, large, after string) {
	m := quantity.FindStringSubmatch(value)
	if m == nil {
		if len([]rune(value)) > largeFigure {
			return "", "", ""
		}
		return "", value, ""
	}
	before, large, after = strings.TrimSpace(m[1]), m[2]+m[3], strings.TrimSpace(m[4])
	for _, s := range []string{"d’", "de "} {
		after = strings.TrimPrefix(after, s)
	}
	if len([]rune(before+after)) > 2*largeFigure {
		return "", "", ""
	}
	return before, large, after
}

// commonSource is the source that several figures all name.
func commonSource(figures []repertoire.Figure) string {
	for _, f := range figures {
		if oneLine(f.Source) != oneLine(figures[0].Source) {
			return ""
		}
	}
	if len(figures) < 2 {
		return ""
	}
	return oneLine(figures[0].Source)
}
