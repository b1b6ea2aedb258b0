package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// sampleSize is what is read of a text file to see how it is made.
const sampleSize = 1 << 20

// maxCellBytes bounds one cell: a quote opened and never closed would take the
// rest of the file.
const maxCellBytes = 8 << 20

var errBinary = errors.New("exchange: null bytes in a text file")

// textFile is a CSV file that can be read again and again, from its disk or
// from memory: rows are never held together.
type textFile struct {
	name string
	open func() (io.ReadCloser, error)
	set  charset
	skip int // bytes of the mark
	sep  byte
	// declared is set for a first line "sep=;", which is no row.
	declared bool
}

// readCSV finds how the text is written and gives the grid of its rows.
func readCSV(name string, open func() (io.ReadCloser, error), opt ReadOptions) (*grid, error) {
	damaged := func(err error) (*grid, error) {
		return nil, repertoire.Damage(name, err, "Le fichier « %s » n’est ni un CSV, ni un classeur .xlsx ou .ods : rien n’a été importé.",
			name)
	}
	in, err := open()
	if err != nil {
		return damaged(err)
	}
	sample := make([]byte, sampleSize)
	n, err := io.ReadFull(in, sample)
	in.Close()
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged(err)
	}
	sample = sample[:n]
	f := &textFile{name: name, open: open}
	var doubt string
	if f.set, f.skip, doubt, err = sniff(sample, n < sampleSize); err != nil {
		return damaged(err)
	}
	if opt.Encoding != "" {
		set, ok := charsetNamed(opt.Encoding)
		if !ok {
			return nil, repertoire.Refuse("L’encodage « %s » est inconnu : choisissez parmi %s.", opt.Encoding,
				strings.Join(Encodings(), ", "))
		}
		if set.name != f.set.name {
			f.set, f.skip = set, 0
		}
		doubt = ""
	}
	text := sample[f.skip:]
	if f.set.wide != nil {
		if text, err = f.set.wide.NewDecoder().Bytes(sample[:len(sample)&^3]); err != nil || bytes.IndexByte(text, 0) >= 0 {
			return damaged(errBinary)
		}
	}
	f.sep, f.declared = declaredSeparator(text)
	if f.sep == 0 {
		f.sep = separator(text)
	}
	if opt.Separator != 0 {
		f.sep = byte(opt.Separator)
	}
	g := &grid{name: name, encoding: f.set.name, separator: rune(f.sep), each: f.each}
	if doubt != "" {
		g.notes = append(g.notes, doubt)
		g.doubt = doubt
	}
	return g, nil
}

// declaredSeparator reads the line "sep=;" that Excel writes of its own.
func declaredSeparator(text []byte) (byte, bool) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.ToLower(bytes.TrimSpace(line))
	if len(line) == 5 && bytes.HasPrefix(line, []byte("sep=")) {
		return line[4], true
	}
	return 0, false
}

// separator picks the sign that cuts most rows into the same number of cells;
// French spreadsheets write the semicolon.
func separator(text []byte) byte {
	if len(text) > 64<<10 {
		text = text[:64<<10]
	}
	best, top := byte(';'), 0.0
	for _, sep := range []byte(";\t|,^~") {
		widths := map[int]int{}
		rows := 0
		p := newParser(bufio.NewReader(bytes.NewReader(text)), sep)
		for rows < 200 {
			cells, err := p.row()
			if err != nil {
				break
			}
			if len(cells) > 1 || len(bytes.TrimSpace(cells[0])) > 0 {
				widths[len(cells)]++
				rows++
			}
		}
		for width, n := range widths {
			if width < 2 {
				continue
			}
			score := float64(n) / float64(rows) * float64(min(width, 9))
			if n == 1 && rows > 1 {
				score /= 4
			}
			if score > top {
				best, top = sep, score
			}
		}
	}
	return best
}

// each reads the rows from the first to the last. A quote never closed ends
// them, with an error that the grid reports.
func (f *textFile) each(yield func(rawRow) error) error {
	in, err := f.open()
	if err != nil {
		return repertoire.Damage(f.name, err, "Le fichier « %s » n’a pas pu être relu : rien n’a été importé.", f.name)
	}
	defer in.Close()
	var r io.Reader = in
	if f.set.wide != nil {
		r = f.set.wide.NewDecoder().Reader(in)
	}
	buffered := bufio.NewReaderSize(r, 256<<10)
	if f.set.wide == nil {
		if _, err := buffered.Discard(f.skip); err != nil {
			return nil
		}
	}
	p := newParser(buffered, f.sep)
	for number := 1; ; number++ {
		cells, err := p.row()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, errUnclosed) {
			return &unclosed{row: number}
		}
		if err != nil {
			return repertoire.Damage(f.name, err, "Le fichier « %s » n’a pas pu être lu jusqu’au bout : rien n’a été importé.", f.name)
		}
		if number == 1 && f.declared {
			continue
		}
		row := rawRow{number: number, cells: make([]string, len(cells))}
		for i, c := range cells {
			row.cells[i] = f.text(c)
		}
		if err := yield(row); err != nil {
			return err
		}
	}
}

func (f *textFile) text(cell []byte) string {
	if f.set.wide != nil {
		return strings.ToValidUTF8(string(cell), "\ufffd")
	}
	return f.set.decode(cell)
}

// unclosed says at which row a quote was opened and never closed.
type unclosed struct{ row int }

func (*unclosed) Error() string { return "exchange: a quote is never closed" }

var errUnclosed = errors.New("exchange: a quote is never closed")

// parser splits RFC 4180 text into rows, on bytes, since every table it meets
// has ASCII for its lower half. It is lenient where spreadsheets are: a quote
// inside an unquoted cell is a quote, and text after a closing quote belongs to
// the cell. Blank lines count as rows, since a spreadsheet shows them.
type parser struct {
	in    *bufio.Reader
	sep   byte
	buf   []byte
	ends  []int
	cells [][]byte
}

func newParser(in *bufio.Reader, sep byte) *parser { return &parser{in: in, sep: sep} }

// row gives the cells of the next row; they are good until the next call.
func (p *parser) row() ([][]byte, error) {
	p.buf, p.ends = p.buf[:0], p.ends[:0]
	c, err := p.in.ReadByte()
	if err != nil {
		return nil, err
	}
	for {
		c, err = p.cell(c, err)
		p.ends = append(p.ends, len(p.buf))
		if errors.Is(err, errUnclosed) || err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if err != nil || c != p.sep {
			break
		}
		c, err = p.in.ReadByte()
	}
	if err == nil && c == '\r' {
		if next, e := p.in.ReadByte(); e == nil && next != '\n' {
			_ = p.in.UnreadByte()
		}
	}
	p.cells = p.cells[:0]
	start := 0
	for _, end := range p.ends {
		p.cells = append(p.cells, p.buf[start:end])
		start = end
	}
	return p.cells, nil
}

// cell reads one cell, whose first byte is c, and gives the byte after it.
func (p *parser) cell(c byte, err error) (byte, error) {
	start := len(p.buf)
	for err == nil && (c == ' ' || c == '\t') && c != p.sep {
		p.buf = append(p.buf, c)
		c, err = p.in.ReadByte()
	}
	if err != nil || c != '"' {
		return p.bare(c, err)
	}
	p.buf = p.buf[:start]
	for {
		c, err = p.in.ReadByte()
		switch {
		case err != nil && errors.Is(err, io.EOF), len(p.buf)-start > maxCellBytes:
			return 0, errUnclosed
		case err != nil:
			return 0, err
		case c != '"':
			p.buf = append(p.buf, c)
			continue
		}
		if c, err = p.in.ReadByte(); err != nil || c != '"' {
			return p.bare(c, err)
		}
		p.buf = append(p.buf, '"')
	}
}

// bare reads up to a separator or a line end.
func (p *parser) bare(c byte, err error) (byte, error) {
	for err == nil && c != p.sep && c != '\n' && c != '\r' {
		if len(p.buf) > 64*maxCellBytes {
			return 0, errUnclosed
		}
		p.buf = append(p.buf, c)
		c, err = p.in.ReadByte()
	}
	return c, err
}

// damagedRow tells whether a letter of the row could not be read.
func damagedRow(cells []string) bool {
	for _, c := range cells {
		if strings.ContainsRune(c, utf8.RuneError) {
			return true
		}
	}
	return false
}
