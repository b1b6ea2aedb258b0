package repertoire

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year: "2012-05-03", "2012-05" or "2012"; ""
// when unknown. It sorts as text. What is not sure is written as EDTF
// (ISO 8601-2) does: "1960~" is about 1960, "196X" some year of the sixties.
type Date string

var (
	shortDate   = regexp.MustCompile(`^(\d{1,2})(?:er)?[/.\- ](\d{1,2})[/.\- ](\d{2})$`)
	shortMonth  = regexp.MustCompile(`^(\d{1,2})/(\d{2})$`)
	isoDate     = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$`)
	frenchDate  = regexp.MustCompile(`^(?:(?:(\d{1,2})(?:er)?[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})$`)
	wordDate    = regexp.MustCompile(`^(?:(\d{1,2})(?:er|st|nd|rd|th)?[ \-.])?(\pL+)\.?[ \-]'?(\d{4}|\d{2})$`)
	englishDate = regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	tightDate   = regexp.MustCompile(`^(1[89]\d\d|20\d\d)(\d\d)(\d\d)$`)

	// What databases and letters put around a date.
	timeOfDay  = regexp.MustCompile(`^(.*\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z| ?[AaPp][Mm]|[+-]\d{2}:?\d{2})?$`)
	leadingDay = regexp.MustCompile(`(?i)^(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?(\d)`)

	about = regexp.MustCompile(
		`(?i)^(?:vers|env\.?|environ|approx\.?|approximativement|autour de|aux alentours de|circa|ca\.?|c\.|about|around|~|±) ?(.+)$`)
	roughly = regexp.MustCompile(`(?i)^(.*\d) ?(?:environ|env\.?|approx\.?|~|\(?\?\)?)$`)
	decade  = regexp.MustCompile(`(?i)^(?:(?:dans )?(?:les )?ann[ée]es '?(\d{3}0|\d0)|(\d{3})[xX?]|(\d{3}0|\d0)'?s)$`)
)

// Months are the French names of the months, January first.
var Months = [12]string{"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

var englishMonths = [12]string{"january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december"}

// nearFuture is how far ahead a year of two figures may land: ends of
// conventions are typed so.
const nearFuture = 20

// ParseDate reads a date the way people in France type it: 03/05/2012,
// 05/2012, 2012, "3 mai 2012", "mai 2012", "vers 1960", "années 60", and
// ISO 8601. "" gives "". A year of two figures is at most twenty years ahead;
// for a past fact see ParsePastDate.
func ParseDate(s string) (Date, error) {
	return ParseDateUntil(s, DateOf(time.Now().AddDate(nearFuture, 0, 0)))
}

// ParsePastDate is ParseDate for what has happened (a signature, a start): a
// year of two figures is never after today.
func ParsePastDate(s string, today Date) (Date, error) { return ParseDateUntil(s, today) }

// ParseDateUntil is ParseDate with the last day that a year of two figures may
// mean: "14/07/50" is 1950 for whoever reads it in 2026.
func ParseDateUntil(s string, last Date) (Date, error) {
	raw := strings.Join(strings.Fields(s), " ")
	s = timeOfDay.ReplaceAllString(raw, "$1")
	s = leadingDay.ReplaceAllString(s, "$1")
	if s == "" {
		return "", nil
	}
	if g := decade.FindStringSubmatch(s); g != nil {
		return decadeNamed(g[1]+g[2]+g[3], last), nil
	}
	for _, form := range []*regexp.Regexp{about, roughly} {
		if g := form.FindStringSubmatch(s); g != nil {
			if d, ok := certain(g[1], last); ok {
				return d + "~", nil
			}
		}
	}
	if d, ok := certain(s, last); ok {
		return d, nil
	}
	return "", Refuse(
		"« %s » n’est pas une date : écrivez 03/05/2012, 05/2012, 2012 ou « mai 2012 » ; « vers 1960 » si elle n’est pas sûre.", raw)
}

// PastFact tells whether a date field (JSON path: "start", "conventions.0.signed")
// says something that has happened: its years of two figures are never ahead.
func PastFact(field string) bool {
	switch field[strings.LastIndexByte(field, '.')+1:] {
	case "signed", "verified", "agreed_on", "date":
		return true
	}
	return field == "start"
}

// decadeNamed gives "196X" for "1960", "60" or "196".
func decadeNamed(s string, last Date) Date {
	if len(s) == 2 {
		y := century(number(s), last.Year())
		return Date(strconv.Itoa(y)[:3] + "X")
	}
	return Date(s[:3] + "X")
}

// century gives the latest year that ends with two figures and is not after last.
func century(short, last int) int {
	y := last/100*100 + short
	if y > last {
		y -= 100
	}
	return y
}

// certain reads a date without any word of doubt.
func certain(s string, last Date) (Date, bool) {
	y, m, d, short := 0, 0, 0, false
	if g := isoDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[1]), number(g[2]), number(g[3])
	} else if g := frenchDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[3]), number(g[2]), number(g[1])
		if g[2] != "" && m == 0 {
			return "", false
		}
	} else if g := shortDate.FindStringSubmatch(s); g != nil {
		y, m, d, short = number(g[3]), number(g[2]), number(g[1]), true
		if m == 0 || d == 0 {
			return "", false
		}
	} else if g := shortMonth.FindStringSubmatch(s); g != nil && number(g[2]) > 31 {
		y, m, short = number(g[2]), number(g[1]), true
	} else if g := wordDate.FindStringSubmatch(s); g != nil {
		y, m, d, short = number(g[3]), monthNamed(g[2]), number(g[1]), len(g[3]) == 2
		if m == 0 {
			return "", false
		}
	} else if g := englishDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[3]), monthNamed(g[1]), number(g[2])
		if m == 0 {
			return "", false
		}
	} else if g := tightDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[1]), number(g[2]), number(g[3])
	} else {
		return "", false
	}
	if !short {
		return written(y, m, d)
	}
	y = century(y, last.Year())
	date, ok := written(y, m, d)
	if ok && last.Before(date) {
		date, ok = written(y-100, m, d)
	}
	return date, ok
}

func written(y, m, d int) (Date, bool) {
	date := Date(fmt.Sprintf("%04d", y))
	if m != 0 {
		date += Date(fmt.Sprintf("-%02d", m))
	}
	if d != 0 {
		date += Date(fmt.Sprintf("-%02d", d))
	}
	return date, y >= 1000 && y <= 2200 && date.Valid()
}

// Valid tells whether d is empty or a date that exists in the calendar.
func (d Date) Valid() bool {
	if d.Decade() {
		return true
	}
	d = d.Plain()
	switch len(d) {
	case 0:
		return true
	case 4:
		_, err := time.Parse("2006", string(d))
		return err == nil
	case 7:
		_, err := time.Parse("2006-01", string(d))
		return err == nil
	case 10:
		_, err := time.Parse("2006-01-02", string(d))
		return err == nil
	}
	return false
}

// Approximate tells whether d is "about" a date; Decade whether it is some year
// of ten; Plain is d without its mark of doubt (the first year of a decade).
func (d Date) Approximate() bool { return len(d) > 4 && d[len(d)-1] == '~' }

// Decade tells whether d is "196X".
func (d Date) Decade() bool {
	return len(d) == 4 && d[3] == 'X' && d[0] >= '1' && d[0] <= '2' && number(string(d[:3])) >= 100
}

// Plain is d without its mark of doubt: the date it is about, or the first
// year of the decade.
func (d Date) Plain() Date {
	switch {
	case d.Approximate():
		return d[:len(d)-1]
	case d.Decade():
		return d[:3] + "0"
	}
	return d
}

// Year gives the year, 0 when unknown.
func (d Date) Year() int {
	if d = d.Plain(); len(d) < 4 {
		return 0
	}
	return number(string(d[:4]))
}

// French writes the date for running text: "1er juillet 2025", "juillet 2025",
// "2025", "vers 1960", "années 1960"; "" when unknown. The superscript of "1er"
// is the typesetter's work.
func (d Date) French() string {
	switch {
	case !d.Valid() || d == "":
		return string(d)
	case d.Decade():
		return "années " + string(d.Plain())
	case d.Approximate():
		return "vers " + d.Plain().French()
	}
	s := string(d[:4])
	if len(d) >= 7 {
		s = Months[number(string(d[5:7]))-1] + " " + s
	}
	if len(d) == 10 {
		day := strconv.Itoa(number(string(d[8:])))
		if day == "1" {
			day = "1er"
		}
		s = day + " " + s
	}
	return s
}

// Field writes the date for a form: 01/07/2025, 07/2025 or 2025.
func (d Date) Field() string {
	switch {
	case !d.Valid():
		return string(d)
	case d.Decade(), d.Approximate():
		return strings.Replace(d.French(), d.Plain().French(), d.Plain().Field(), 1)
	case len(d) == 10:
		return string(d[8:10] + "/" + d[5:7] + "/" + d[:4])
	case len(d) == 7:
		return string(d[5:7] + "/" + d[:4])
	}
	return string(d)
}

// Before tells whether d is surely before e: "2012" is not before "2012-05".
func (d Date) Before(e Date) bool {
	if d.Decade() || e.Decade() {
		return d != "" && e != "" && string(d.Plain()[:3]) < string(e.Plain()[:3])
	}
	d, e = d.Plain(), e.Plain()
	n := min(len(d), len(e))
	return d != "" && e != "" && d[:n] < e[:n]
}

// DateOf gives the day of t in t's own zone.
func DateOf(t time.Time) Date { return Date(t.Format("2006-01-02")) }

func number(s string) int { n, _ := strconv.Atoi(s); return n }

func monthNamed(s string) int {
	want := Fold(s)
	if len(want) < 3 {
		return 0
	}
	found := 0
	for i, name := range Months {
		if strings.HasPrefix(Fold(name), want) || strings.HasPrefix(englishMonths[i], want) {
			if found != 0 {
				return 0 // "jui" may be June or July
			}
			found = i + 1
		}
	}
	return found
}
