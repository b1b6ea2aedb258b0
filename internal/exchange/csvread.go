package exchange

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"repertoire/internal/repertoire"
)

func readCSV(name string, data []byte) (Table, error) {
	text, encoding, err := decode(data)
	if err != nil {
		return Table{}, repertoire.Damage(name, err, "Le fichier « %s » n’est ni un CSV ni un classeur .xlsx : rien n’a été importé.", name)
	}
	t := Table{Name: name, Encoding: encoding, Separator: separator(text)}
	// Excel writes "sep=;" as a first line of its own.
	if line, rest, ok := strings.Cut(text, "\n"); ok {
		if l := strings.TrimSpace(strings.ToLower(line)); len(l) == 5 && strings.HasPrefix(l, "sep=") {
			t.Separator = rune(l[4])
			text = "\n" + rest // keeps the count of rows
		}
	}
	rows, broken := parse(text, byte(t.Separator))
	if err := t.shape(rows); err != nil {
		return Table{}, err
	}
	t.Broken = append(t.Broken, broken...)
	return t, nil
}

// decode finds the encoding: a byte-order mark says it, else valid UTF-8 is
// UTF-8, else it is what Excel writes in France, Windows-1252. A few bad bytes
// in what is UTF-8 elsewhere do not turn every accent of the file into two signs.
func decode(data []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data, encoding = data[3:], "UTF-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		encoding = "UTF-16"
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data), mostlyUTF8(data):
		encoding = "UTF-8"
	default:
		encoding = "Windows-1252"
		data, err = charmap.Windows1252.NewDecoder().Bytes(data)
	}
	if err != nil {
		return "", "", err
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", errBinary
	}
	return strings.ToValidUTF8(string(data), "\ufffd"), encoding, nil
}

// mostlyUTF8 tells whether multi-byte letters outnumber the bytes that are no
// UTF-8: in Windows-1252 an accent followed by just the right sign is rare.
func mostlyUTF8(data []byte) bool {
	letters, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			letters++
		}
		data = data[size:]
	}
	return letters > bad
}

var errBinary = errors.New("exchange: null bytes in a text file")

// separator picks the sign that occurs most outside quotes in the first line
// with something in it; French spreadsheets write the semicolon.
func separator(text string) rune {
	var count [3]int
	const signs = ";\t,"
	quoted, started := false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"':
			quoted, started = !quoted, true
		case quoted:
		case c == '\n' || c == '\r':
			if started {
				i = len(text)
			}
		default:
			if k := strings.IndexByte(signs, c); k >= 0 {
				count[k]++
			}
			started = started || c > ' '
		}
	}
	best := 0
	for k := range count {
		if count[k] > count[best] {
			best = k
		}
	}
	return rune(signs[best])
}

// parse splits RFC 4180 text into rows. It is lenient where spreadsheets are:
// a quote inside an unquoted cell is a quote, and text after a closing quote
// belongs to the cell. Blank lines count as rows, since a spreadsheet shows
// them. A quote never closed is reported, with all it swallowed.
func parse(text string, sep byte) (rows []TableRow, broken []Rejection) {
	number, width := 0, 8
	for i := 0; i < len(text); {
		number++
		cells := make([]string, 0, width)
		for more := true; more; {
			var cell string
			var closed bool
			cell, i, closed = nextCell(text, i, sep)
			if !closed {
				broken = append(broken, Rejection{number, "Un guillemet est ouvert et jamais fermé : la fin du fichier, depuis cette ligne, n’a pas pu être lue."})
				return rows, broken
			}
			cells = append(cells, cell)
			more = i < len(text) && text[i] == sep
			if more {
				i++
			}
		}
		if i < len(text) && text[i] == '\r' {
			i++
		}
		if i < len(text) && text[i] == '\n' {
			i++
		}
		width = len(cells)
		rows = append(rows, TableRow{number, cells})
	}
	return rows, broken
}

// nextCell reads the cell that starts at i and gives the index of the sign
// that ends it: a separator, a line end or the end of the text.
func nextCell(text string, i int, sep byte) (cell string, end int, closed bool) {
	start := i
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' && sep != '\t') {
		i++
	}
	if i >= len(text) || text[i] != '"' {
		for i < len(text) && text[i] != sep && text[i] != '\n' && text[i] != '\r' {
			i++
		}
		return text[start:i], i, true
	}
	var b strings.Builder
	for i++; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		start = i + 1
		for i = start; i < len(text) && text[i] != sep && text[i] != '\n' && text[i] != '\r'; i++ {
		}
		b.WriteString(text[start:i])
		return b.String(), i, true
	}
	return "", i, false
}
