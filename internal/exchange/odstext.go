package exchange

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// number15 writes a number plain, but keeps what a format adds that counts:
// the zero before a code or a telephone number.
func number15(value, text string) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return text
	}
	if spreadsheetError(text) {
		return text
	}
	if len(text) > 1 && text[0] == '0' && strings.Trim(text, "0123456789 \u00a0\u202f.-") == "" && !strings.Contains(text, ",") {
		if digits := strings.Map(keepDigits, text); strings.TrimLeft(digits, "0") == plainNumber(n) {
			return text
		}
	}
	return plainNumber(n)
}

func keepDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

var (
	showsMonth = regexp.MustCompile(`^(?:\d{1,2}[/.-]\d{4}|\pL+\.?[ -]\d{2,4})$`)
	showsYear  = regexp.MustCompile(`^\d{4}$`)
)

// shown gives a date to the day, the month or the year, as its style does; a
// cell that takes its style from its column shows it by its text.
func (o *openTable) shown(value, style, text string) string {
	value, _, _ = strings.Cut(value, "T")
	precision := o.dates[o.styles[style]]
	switch {
	case len(value) != 10:
	case precision == "month" || showsMonth.MatchString(text):
		return value[:7]
	case precision == "year" || showsYear.MatchString(text):
		return value[:4]
	}
	return value
}

// text puts together the paragraphs of a cell; its comments are no part of it.
func (o *openTable) text() (string, error) {
	var out strings.Builder
	paragraphs := 0
	var inline int // depth inside a paragraph
	for depth := 1; depth > 0; {
		tok, err := o.d.Token()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "annotation", "table", "frame", "shapes", "g":
				if err := o.d.Skip(); err != nil {
					return "", err
				}
				continue
			case "p", "h":
				if inline == 0 {
					if paragraphs > 0 {
						out.WriteByte('\n')
					}
					paragraphs++
				}
			case "s":
				n, err := strconv.Atoi(attr(t, "c"))
				if err != nil || n < 1 || n > 1000 {
					n = 1
				}
				out.WriteString(strings.Repeat(" ", n))
			case "tab":
				out.WriteByte('\t')
			case "line-break":
				out.WriteByte('\n')
			}
			depth++
			if inline > 0 || t.Name.Local == "p" || t.Name.Local == "h" {
				inline++
			}
		case xml.EndElement:
			depth--
			if inline > 0 {
				inline--
			}
		case xml.CharData:
			if inline > 0 {
				out.Write(t)
			}
		}
		if out.Len() > 4<<20 {
			return "", errTooBig
		}
	}
	return out.String(), nil
}
