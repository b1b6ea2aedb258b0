package exchange

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/repertoire"
)

// unzipLimit stops files that unfold into gigabytes: excelize's own limit is
// 16 GB, and a file of 1.5 MB was seen to take 4.5 GiB.
const unzipLimit = 64 << 20

// serialDates reads dates counted in days, as spreadsheets store them.
type serialDates struct {
	on       bool
	from1904 bool
}

func readXLSX(name string, data []byte, wanted string) (Table, error) {
	refuse := func(err error) (Table, error) {
		return Table{}, repertoire.Damage(name, err, "Le classeur « %s » est abîmé, protégé ou trop gros une fois déplié (plus de 64 Mo) : rien n’a été importé. Enregistrez-le de nouveau, ou exportez la feuille en CSV.", name)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: unzipLimit, RawCellValue: true})
	if err != nil {
		return refuse(err)
	}
	defer f.Close()
	t := Table{Name: name, dates: serialDates{on: true}, Sheets: f.GetSheetList()}
	if wanted != "" && !slices.Contains(t.Sheets, wanted) {
		return Table{}, repertoire.Refuse("Le classeur « %s » n’a pas de feuille « %s » : rien n’a été importé. Ses feuilles : %s.", name, wanted, quoted(t.Sheets))
	}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		t.dates.from1904 = *props.Date1904
	}
	// The first sheet with anything in it holds the partnerships.
	for _, sheet := range t.Sheets {
		if wanted != "" && sheet != wanted {
			continue
		}
		cells, err := f.GetRows(sheet)
		if err != nil {
			return refuse(err)
		}
		rows := make([]TableRow, len(cells))
		found := false
		for i, c := range cells {
			rows[i] = TableRow{i + 1, c}
			found = found || !blank(c)
		}
		if found {
			t.Sheet = sheet
			err := t.shape(rows)
			return t, err
		}
	}
	if wanted != "" {
		return Table{}, repertoire.Damage(name, nil, "La feuille « %s » du classeur « %s » est vide : choisissez-en une autre.", wanted, name)
	}
	return Table{}, repertoire.Damage(name, nil, "Le classeur « %s » est vide : il n’a ni titres de colonnes ni lignes.", name)
}

// date turns a cell that is a day number into ISO text; other text is kept.
// Numbers up to 2200 are years.
func (s serialDates) date(cell string) string {
	if !s.on {
		return cell
	}
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n <= 2200 || n > 200000 || math.IsNaN(n) {
		return cell
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if s.from1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return epoch.AddDate(0, 0, int(n)).Format("2006-01-02")
}
