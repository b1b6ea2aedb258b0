package exchange

import (
	"bufio"
	"io"
	"iter"
	"strings"

	"repertoire/internal/repertoire"
)

// Format names a kind of exported file.
type Format string

// The formats of an export.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
	// GeoJSON is for maps, Cards (vCard) for address books, Calendar
	// (iCalendar) for diaries: they are not read back.
	GeoJSON  Format = "geojson"
	Cards    Format = "vcf"
	Calendar Format = "ics"
)

// Formats lists what an export writes, in the order of forms.
var Formats = repertoire.Choices[Format]{{Value: XLSX, Label: "Classeur (XLSX)"}, {Value: CSV, Label: "CSV"}, {Value: JSON, Label: "JSON"},
	{Value: GeoJSON, Label: "Carte (GeoJSON)"}, {Value: Cards, Label: "Interlocuteurs (vCard)"},
	{Value: Calendar, Label: "Échéances (iCalendar)"}}

// ParseFormat reads a format's name, whatever its case.
func ParseFormat(s string) (Format, error) {
	f := Format(strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), ".")))
	switch f {
	case CSV, XLSX, JSON, GeoJSON, Cards, Calendar:
		return f, nil
	}
	return "", repertoire.Refuse("Le format « %s » est inconnu : choisissez csv, xlsx, json, geojson, vcf ou ics.", s)
}

// Write exports partnerships. CSV is for French Excel (byte-order mark,
// semicolons, CRLF) and comes back unchanged through Read; XLSX has a sheet a
// table, with years and dates as such; JSON holds whole records (see Schema).
// Contacts that may not be published and the desk's own notes are left out of
// all of them.
//
// The remarks name the cells of an XLSX file that were shortened because a
// spreadsheet holds no more.
func Write(w io.Writer, format Format, records []repertoire.Partnership, names Names) (remarks []Rejection, err error) {
	return WriteEach(w, format, held(records), names)
}

// Records hands partnerships over one after the other; it may be gone through
// several times and says the same each time. A record is not kept.
type Records = iter.Seq2[*repertoire.Partnership, error]

func held(list []repertoire.Partnership) Records {
	return func(yield func(*repertoire.Partnership, error) bool) {
		for i := range list {
			if !yield(&list[i], nil) {
				return
			}
		}
	}
}

// WriteEach is Write for records that are not in memory together.
func WriteEach(w io.Writer, format Format, records Records, names Names) (remarks []Rejection, err error) {
	switch format {
	case CSV:
		err = writeCSV(w, records, names)
	case XLSX:
		remarks, err = writeXLSX(w, records, names)
	case JSON:
		err = writeJSON(w, records, names)
	case GeoJSON:
		err = writeGeoJSON(w, records, names)
	case Cards:
		err = writeCards(w, records, names)
	case Calendar:
		err = writeCalendar(w, records, names)
	default:
		_, err = ParseFormat(string(format))
	}
	return remarks, unwritten(err)
}

// exported lists the columns of a spreadsheet.
func exported() []column {
	var out []column
	for _, c := range columns() {
		if c.heading != "" {
			out = append(out, c)
		}
	}
	return out
}

func writeCSV(w io.Writer, records Records, names Names) error {
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff")
	list := exported()
	row := make([]string, len(list))
	for i, c := range list {
		row[i] = c.heading
	}
	writeRow(out, row)
	for p, err := range records {
		if err != nil {
			return err
		}
		for j, c := range list {
			row[j] = shield(clean(cell(p, c.field, names)))
		}
		writeRow(out, row)
	}
	return out.Flush()
}

func writeRow(out *bufio.Writer, cells []string) {
	for i, c := range cells {
		if i > 0 {
			out.WriteByte(';')
		}
		if strings.ContainsAny(c, ";\"\r\n\t,") || strings.TrimSpace(c) != c {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		out.WriteString(c)
	}
	out.WriteString("\r\n")
}

// publishable is the record without what must not leave the base.
func publishable(p repertoire.Partnership) repertoire.Partnership {
	var people []repertoire.Contact
	for _, c := range p.Contacts {
		if shown, ok := c.Published(); ok {
			shown.LegalBasis, shown.AgreedOn = c.LegalBasis, c.AgreedOn // what was agreed goes with the person
			people = append(people, shown)
		}
	}
	p.Contacts = people
	for _, f := range repertoire.DeclaredPartnership.Fields {
		if !f.Has(repertoire.Public) {
			f.Clear(&p)
		}
	}
	return p
}
