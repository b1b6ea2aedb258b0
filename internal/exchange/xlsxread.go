package exchange

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
)

// book is what the sheets of an XLSX file share.
type book struct {
	parts   map[string]*zip.File
	strings []string
	formats []numberFormat // by index of cellXfs
	serial  serialDates
	budget  budget
}

// readXLSX reads a workbook of Excel: a cell is what its format shows, a date
// where the format is one, a year where it shows the year alone.
func readXLSX(name string, parts map[string]*zip.File, opt ReadOptions) (Table, error) {
	b := &book{parts: parts, serial: serialDates{on: true}}
	sheets, err := b.sheets()
	if err != nil {
		return damagedBook(name, err)
	}
	if err := b.readShared(); err != nil {
		return damagedBook(name, err)
	}
	if err := b.readStyles(); err != nil {
		return damagedBook(name, err)
	}
	list := make([]sheetChoice, 0, len(sheets))
	for _, s := range sheets {
		g := &grid{name: name, sheet: s.name, serial: b.serial}
		if opt.Sheet == "" || s.name == opt.Sheet {
			if err := b.readSheet(s.part, g); err != nil {
				return damagedBook(name, err)
			}
		}
		list = append(list, sheetChoice{s.name, s.hidden, g})
	}
	g, err := choose(name, list, opt.Sheet)
	if err != nil {
		return Table{}, err
	}
	return g.shape(opt)
}

type sheetPart struct {
	name, part string
	hidden     bool
}

// sheets lists the sheets in the order of their tabs.
func (b *book) sheets() ([]sheetPart, error) {
	home := "xl/workbook.xml"
	if b.parts[home] == nil {
		for _, target := range b.relations("_rels/.rels", "") {
			if strings.HasSuffix(target, ".xml") && strings.Contains(target, "workbook") {
				home = target
			}
		}
	}
	dir, file := path.Split(home)
	targets := b.relations(dir+"_rels/"+file+".rels", dir)
	var out []sheetPart
	err := b.walk(home, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			v := attr(e, "date1904")
			b.serial.from1904 = v == "1" || v == "true"
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			state := attr(e, "state")
			if part := targets[id]; b.parts[part] != nil {
				out = append(out, sheetPart{attr(e, "name"), part, state == "hidden" || state == "veryHidden"})
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = errNoSheet
	}
	return out, err
}

// relations gives the parts that a part refers to, by their ID.
func (b *book) relations(part, dir string) map[string]string {
	out := map[string]string{}
	_ = b.walk(part, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out[attr(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	return out
}

// walk gives every start of an element in a part.
func (b *book) walk(part string, visit func(*xml.Decoder, xml.StartElement) error) error {
	r, err := openPart(b.parts[part])
	if err != nil {
		return err
	}
	defer r.Close()
	return walkXML(r, visit)
}

func walkXML(r io.Reader, visit func(*xml.Decoder, xml.StartElement) error) error {
	d := xmlTokens(r)
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := tok.(xml.StartElement); ok {
			if err := visit(d, e); err != nil {
				return err
			}
		}
	}
}

// readShared reads the texts that cells refer to by their number.
func (b *book) readShared() error {
	part := "xl/sharedStrings.xml"
	if b.parts[part] == nil {
		part = "xl/SharedStrings.xml"
	}
	if b.parts[part] == nil {
		return nil
	}
	return b.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		s, err := richText(d)
		if err != nil {
			return err
		}
		b.strings = append(b.strings, s)
		return b.budget.take(0, len(s))
	})
}

// richText puts together the runs of a text; the reading aid of Japanese (rPh)
// is no part of it.
func richText(d *xml.Decoder) (string, error) {
	var out strings.Builder
	depth, aid, in := 1, 0, false
	for depth > 0 {
		tok, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "rPh" {
				aid++
			}
			in = t.Name.Local == "t" && aid == 0
		case xml.EndElement:
			depth--
			if t.Name.Local == "rPh" {
				aid--
			}
			in = false
		case xml.CharData:
			if in {
				out.Write(t)
			}
		}
	}
	return unescapeX(out.String()), nil
}

// unescapeX reads the "_x000D_" that Excel writes for what XML cannot hold.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && (n < 0xd800 || n > 0xdfff) {
				out.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}

// readStyles learns how each style shows numbers.
func (b *book) readStyles() error {
	if b.parts["xl/styles.xml"] == nil {
		return nil
	}
	codes := map[int]string{}
	inCells := false
	return b.walk("xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil {
				codes[id] = attr(e, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				b.formats = append(b.formats, formatOf(id, codes[id]))
			}
		}
		return nil
	})
}

// readSheet reads the cells of a sheet as texts.
func (b *book) readSheet(part string, g *grid) error {
	row, column := 0, 0
	return b.walk(part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row++
			if n, err := strconv.Atoi(attr(e, "r")); err == nil {
				row = n
			}
			column = 0
			if row < 1 || row > maxRows || len(g.rows) > 0 && g.rows[len(g.rows)-1].number >= row {
				return errTooBig
			}
			hidden := attr(e, "hidden")
			g.rows = append(g.rows, rawRow{number: row, hidden: hidden == "1" || hidden == "true"})
		case "c":
			if len(g.rows) == 0 {
				return nil
			}
			if c, ok := columnOf(attr(e, "r")); ok {
				column = c
			}
			if column >= maxColumns {
				return errTooBig
			}
			s, err := b.cell(d, e, g)
			if err != nil {
				return err
			}
			if s != "" {
				r := &g.rows[len(g.rows)-1]
				if err := b.budget.take(column+1-len(r.cells), len(s)); err != nil {
					return err
				}
				for len(r.cells) <= column {
					r.cells = append(r.cells, "")
				}
				r.cells[column] = s
			}
			column++
		case "mergeCell":
			if m, ok := mergeOf(attr(e, "ref")); ok && len(g.merges) < 100_000 {
				g.merges = append(g.merges, m)
			}
		case "col":
			if v := attr(e, "hidden"); v == "1" || v == "true" {
				from, _ := strconv.Atoi(attr(e, "min"))
				to, _ := strconv.Atoi(attr(e, "max"))
				for c := max(from, 1); c <= min(to, 256); c++ {
					g.hiddenColumns = append(g.hiddenColumns, c-1)
				}
			}
		}
		return nil
	})
}

// cell reads one cell up to its end.
func (b *book) cell(d *xml.Decoder, e xml.StartElement, g *grid) (string, error) {
	kind, style := attr(e, "t"), attr(e, "s")
	var value, inline string
	formula, valued := false, false
	for {
		tok, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				valued = true
				if value, err = charData(d); err != nil {
					return "", err
				}
			case "is":
				if inline, err = richText(d); err != nil {
					return "", err
				}
			case "f":
				formula = true
				if err = d.Skip(); err != nil {
					return "", err
				}
			default:
				if err = d.Skip(); err != nil {
					return "", err
				}
			}
		case xml.EndElement:
			if formula && !valued {
				g.uncomputed++
			}
			return b.text(kind, style, value, inline), nil
		}
	}
}

func charData(d *xml.Decoder) (string, error) {
	var out strings.Builder
	for {
		tok, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.CharData:
			out.Write(t)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return out.String(), nil
		}
	}
}

// text gives a cell the words that its format shows.
func (b *book) text(kind, style, value, inline string) string {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 0 && n < len(b.strings) {
			return b.strings[n]
		}
		return ""
	case "inlineStr":
		return inline
	case "str":
		return unescapeX(value)
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "oui"
		}
		return "non"
	case "e":
		return value
	case "d":
		return value
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return value
	}
	var f numberFormat
	if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(b.formats) {
		f = b.formats[i]
	}
	return f.show(n, b.serial)
}

// columnOf reads the letters of "AB12".
func columnOf(ref string) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1, n > 0
}

func mergeOf(ref string) (merge, bool) {
	a, z, ok := strings.Cut(ref, ":")
	if !ok {
		return merge{}, false
	}
	left, ok1 := columnOf(a)
	right, ok2 := columnOf(z)
	top, err1 := strconv.Atoi(strings.TrimLeft(a, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	bottom, err2 := strconv.Atoi(strings.TrimLeft(z, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if !ok1 || !ok2 || err1 != nil || err2 != nil || top < 1 || bottom < top || right < left || bottom-top > 10_000 {
		return merge{}, false
	}
	return merge{top, left, bottom, right}, true
}
