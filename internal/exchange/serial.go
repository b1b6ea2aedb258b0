package exchange

import (
	"math"
	"strconv"
	"time"

	"repertoire/internal/repertoire"
)

// serialDates reads dates counted in days, as spreadsheets store them.
type serialDates struct {
	on       bool
	from1904 bool
}

// date turns a cell that is a day number into ISO text; other text is kept.
// Numbers up to 2200 are years. It serves columns of dates whose cells lost
// their format.
func (s serialDates) date(cell string) (string, bool) {
	if !s.on {
		return cell, false
	}
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n <= 2200 || n > 200000 || math.IsNaN(n) {
		return cell, false
	}
	return s.day(n).Format("2006-01-02"), true
}

// serialInText reads a date that a spreadsheet wrote in a text file as its
// number of days: five figures, from 1930 to last.
func serialInText(cell string, last repertoire.Date) (string, bool) {
	cell = oneLine(cell)
	if len(cell) != 5 || !number(cell) || cell < "10959" {
		return cell, false
	}
	day, ok := serialDates{on: true}.date(cell)
	return day, ok && !last.Before(repertoire.Date(day))
}

// day gives the day that a number of days means; Excel counts a 29 February
// 1900 that never was.
func (s serialDates) day(n float64) time.Time {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if s.from1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if n < 60 {
		epoch = epoch.AddDate(0, 0, 1)
	}
	return epoch.AddDate(0, 0, int(n))
}
