package form

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"repertoire/internal/exchange"
)

// The styles of cells, by their place in styles.xml.
const (
	plainStyle = iota
	titleStyle
	textStyle
	labelStyle
	cellStyle
	headStyle
	noteStyle
	keyStyle
)

// sheet is a sheet being written downwards, as SpreadsheetML (ECMA-376 part 1,
// 18.3): texts stand in their cells, everything is text.
type sheet struct {
	rows   []byte
	n      int // of the last row
	wide   []string
	offers []byte
	count  int // of offers
	// frozen is the last row that stays in sight, 0 for none.
	frozen int
	widths []float64
}

// cell is one cell of a row; style 0 is none.
type cell struct {
	text  string
	style int
}

// row writes the next row; height 0 is the usual one.
func (s *sheet) row(height float64, cells ...cell) { s.write(height, false, cells) }

// hiddenRow writes a row that nobody sees.
func (s *sheet) hiddenRow(cells ...cell) { s.write(0, true, cells) }

// skip leaves a row empty.
func (s *sheet) skip() { s.n++ }

func (s *sheet) write(height float64, hidden bool, cells []cell) {
	s.n++
	number := strconv.Itoa(s.n)
	s.rows = append(append(append(s.rows, `<row r="`...), number...), '"')
	if height > 0 {
		s.rows = append(append(append(s.rows, ` ht="`...), strconv.FormatFloat(height, 'f', -1, 64)...), `" customHeight="1"`...)
	}
	if hidden {
		s.rows = append(s.rows, ` hidden="1"`...)
	}
	s.rows = append(s.rows, '>')
	for i, c := range cells {
		if c.text == "" && c.style == 0 {
			continue
		}
		s.rows = append(append(append(append(s.rows, `<c r="`...), exchange.ColumnLetters(i)...), number...), `" s="`...)
		s.rows = append(strconv.AppendInt(s.rows, int64(c.style), 10), '"')
		if c.text == "" {
			s.rows = append(s.rows, "/>"...)
			continue
		}
		s.rows = append(s.rows, ` t="inlineStr"><is><t xml:space="preserve">`...)
		s.rows = append(escaped(s.rows, held(c.text)), "</t></is></c>"...)
	}
	s.rows = append(s.rows, "</row>"...)
}

// held writes as SpreadsheetML escapes it what looks like one of its escapes
// (22.4.2.4): else "_x000D_" comes back as a line end.
func held(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return looksEscaped.ReplaceAllString(text, "_x005F$0")
}

var looksEscaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// escaped writes a text of XML; what XML has no sign for goes.
func escaped(b []byte, text string) []byte {
	for i, r := range text {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r == '\r':
			b = append(b, "&#13;"...)
		case r < ' ' && r != '\n' && r != '\t', r == 0xfffe, r == 0xffff, r == utf8.RuneError && text[i] != "\uFFFD"[0]:
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// offer makes cells offer the words of a list; another word may be typed: it is
// for the officer to see.
func (s *sheet) offer(cells, list string) {
	if list == "" {
		return
	}
	s.count++
	s.offers = append(append(append(s.offers, `<dataValidation type="list" allowBlank="1" sqref="`...), cells...), `"><formula1>`...)
	s.offers = append(escaped(s.offers, list), "</formula1></dataValidation>"...)
}

// spread makes a text go over several columns of the last row.
func (s *sheet) spread(from, to string) {
	n := strconv.Itoa(s.n)
	s.wide = append(s.wide, from+n+":"+to+n)
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	sheetHead = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	// Without a password: it keeps hands from slipping, not from working.
	protection = `<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>`
)

// bytes gives the part of a workbook; the first column holds keys and is hidden.
func (s *sheet) bytes(selected bool) []byte {
	b := make([]byte, 0, len(s.rows)+len(s.offers)+2048)
	b = append(b, sheetHead+`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"`...)
	if selected {
		b = append(b, ` tabSelected="1"`...)
	}
	b = append(b, '>')
	if s.frozen > 0 {
		b = append(strconv.AppendInt(append(b, `<pane ySplit="`...), int64(s.frozen), 10), `" topLeftCell="A`...)
		b = append(strconv.AppendInt(b, int64(s.frozen+1), 10), `" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`...)
	}
	b = append(b, `</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`...)
	if len(s.widths) > 0 {
		b = append(b, "<cols>"...)
		for i, w := range s.widths {
			n := strconv.Itoa(i + 1)
			b = append(append(append(append(append(b, `<col min="`...), n...), `" max="`...), n...), `" width="`...)
			b = append(strconv.AppendFloat(b, w, 'f', -1, 64), `" customWidth="1"`...)
			if i == 0 {
				b = append(b, ` hidden="1"`...)
			}
			b = append(b, "/>"...)
		}
		b = append(b, "</cols>"...)
	}
	b = append(append(append(b, "<sheetData>"...), s.rows...), "</sheetData>"+protection...)
	if len(s.wide) > 0 {
		b = append(append(b, `<mergeCells count="`...), strconv.Itoa(len(s.wide))+`">`...)
		for _, ref := range s.wide {
			b = append(append(append(b, `<mergeCell ref="`...), ref...), `"/>`...)
		}
		b = append(b, "</mergeCells>"...)
	}
	if s.count > 0 {
		b = append(append(append(b, `<dataValidations count="`...), strconv.Itoa(s.count)+`">`...), s.offers...)
		b = append(b, "</dataValidations>"...)
	}
	return append(b, `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>`+
		`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`...)
}
