package repertoire

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year: "2012-05-03", "2012-05" or "2012"; ""
// when unknown. It sorts as text.
type Date string

var (
	shortDate  = regexp.MustCompile(`^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2})$`)
	isoDate    = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$`)
	frenchDate = regexp.MustCompile(`^(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})$`)
	wordDate   = regexp.MustCompile(`^(?:(\d{1,2})(?:er)? )?(\pL+)\.? (\d{4})$`)
)

// Months are the French names of the months, January first.
var Months = [12]string{"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// ParseDate reads a date the way people in France type it: 03/05/2012,
// 05/2012, 2012, "3 mai 2012", "mai 2012", and ISO 8601. "" gives "".
func ParseDate(s string) (Date, error) {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "", nil
	}
	refuse := func() (Date, error) {
		return "", Refuse("« %s » n’est pas une date : écrivez 03/05/2012, 05/2012, 2012 ou « mai 2012 ».", s)
	}
	y, m, d := 0, 0, 0
	if g := isoDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[1]), number(g[2]), number(g[3])
	} else if g := frenchDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[3]), number(g[2]), number(g[1])
		if g[2] != "" && m == 0 {
			return refuse()
		}
	} else if g := shortDate.FindStringSubmatch(s); g != nil {
		// Two digits are years of our own time: nobody types 1931 as 31.
		y, m, d = 2000+number(g[3]), number(g[2]), number(g[1])
		if y > 2050 {
			y -= 100
		}
		if m == 0 || d == 0 {
			return refuse()
		}
	} else if g := wordDate.FindStringSubmatch(s); g != nil {
		y, m, d = number(g[3]), monthNamed(g[2]), number(g[1])
		if m == 0 {
			return refuse()
		}
	} else {
		return refuse()
	}
	date := Date(fmt.Sprintf("%04d", y))
	if m != 0 {
		date += Date(fmt.Sprintf("-%02d", m))
	}
	if d != 0 {
		date += Date(fmt.Sprintf("-%02d", d))
	}
	if y < 1000 || y > 2200 || !date.Valid() {
		return refuse()
	}
	return date, nil
}

// Valid tells whether d is empty or a date that exists in the calendar.
func (d Date) Valid() bool {
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

// Year gives the year, 0 when unknown.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	return number(string(d[:4]))
}

// French writes the date for running text: "1er juillet 2025", "juillet 2025",
// "2025"; "" when unknown. The superscript of "1er" is the typesetter's work.
func (d Date) French() string {
	if !d.Valid() || d == "" {
		return string(d)
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
	case len(d) == 10:
		return string(d[8:10] + "/" + d[5:7] + "/" + d[:4])
	case len(d) == 7:
		return string(d[5:7] + "/" + d[:4])
	}
	return string(d)
}

// Before tells whether d is surely before e: "2012" is not before "2012-05".
func (d Date) Before(e Date) bool {
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
		if strings.HasPrefix(Fold(name), want) {
			if found != 0 {
				return 0 // "jui" may be June or July
			}
			found = i + 1
		}
	}
	return found
}
