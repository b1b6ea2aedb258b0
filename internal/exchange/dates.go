package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// moments is what a cell says of time: one date or several signatures, or a
// start and an end; lost is what it says that no date can hold.
type moments struct {
	dates      []repertoire.Date // in order; several are signatures, the first and its renewals
	start, end repertoire.Date   // of a range
	lost       string
}

var (
	rangeSigns = regexp.MustCompile(
		`^(?:de |du |from |entre )?(.+?)(?: ?(?:–|—|→|->|>|/) ?| - | à | au | to | et | until | jusqu[’'](?:en|à|au) )(.+)$`)
	yearsApart     = regexp.MustCompile(`^((?:18|19|20)\d\d) ?- ?((?:18|19|20)\d\d)$`)
	yearsShort     = regexp.MustCompile(`^((?:18|19|20)\d\d) ?[-–/] ?(\d\d)$`)
	yearsBothShort = regexp.MustCompile(`^['’]?(\d\d) ?[-–/] ?['’]?(\d\d)$`)
	dayWithin      = regexp.MustCompile(`\b(?:\d{1,2}(?:er)? \pL{3,9}\.? (?:18|19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:18|19|20)\d\d)\b`)
	yearWithin     = regexp.MustCompile(`\b(?:18|19|20)\d\d\b`)
	loneYear       = regexp.MustCompile(`(?:^|[^\d/.-])((?:18|19|20)\d\d)(?:$|[^\d/.-])`)
	monthShort     = regexp.MustCompile(`^(0?[1-9]|1[0-2])[-/.]['’]?(\d\d)$`)
	notThen        = regexp.MustCompile(`(?i)\b(?:avant|après|before|after|années|décennie|siècle|prévue?s?|pas)\b`)
	openRange      = regexp.MustCompile(`^(.*\d) ?(?:-|–|—|→|->|/|à ce jour|à aujourd[’']hui|à nos jours|\.\.\.|…) ?(?:\.\.\.|…|aujourd[’']hui|en cours|présent|now|present)?$`)
	sinceWords     = regexp.MustCompile(
		`(?i)^(?:depuis|dès|à partir de|à compter de|since|from|as of|en|signée? (?:en|le)|le) (?:le |l[’']année )?(.+)$`)
	manyDates   = regexp.MustCompile(` ?(?:,|;|\n|\bet\b|\bpuis\b|&|\+) ?`)
	renewed     = regexp.MustCompile(`(?i)^(.+?) ?[(,;–-]? ?(?:renouvel\pL*|reconduit\pL*|reconduction|actualisé\pL*|réactivé\pL*|réactualisé\pL*|avenant|renewed|prolongé\pL*)(?: (?:en|le|de|in))? ?:? ?(.+?)\)?$`)
	partOfYear  = regexp.MustCompile(`(?i)^(début|fin|milieu|mi|courant|été|hiver|printemps|automne|rentrée|rentrée scolaire|[12](?:er|e|è|ème|nd)? ?semestre|[1-4](?:er|e|è|ème)? ?trimestre|[ST][1-4]|early|late|mid|summer|winter|spring|autumn)[ -](?:de |des |du |en )?(.+)$`)
	slashedDate = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{2}|\d{4})$`)
	untilWords  = regexp.MustCompile(
		`(?i)^(?:jusqu[’'](?:en|à|au)|until|till|à échéance (?:de|du)|échéance|expire (?:en|le)|au) (?:le |la fin de |fin )?(.+)$`)
	doubted     = regexp.MustCompile(`^\(?\?\)? ?(\d.*)$|^(.*\d) ?\(\??(?:à vérifier|à confirmer|incertain|approx\.?|\?)\)$`)
	loneShort   = regexp.MustCompile(`^['’]?(\d\d)$`)
	wholeNumber = regexp.MustCompile(`^(\d{4})[.,]0+$`)
)

// readMoments reads a cell of dates as people write them. last is the last day
// that a year of two figures may mean; ok is false when it says no date.
func readMoments(s string, last repertoire.Date) (m moments, ok bool) {
	s = strings.Trim(oneLine(s), " .;,")
	s = monthInFrench(wholeNumber.ReplaceAllString(s, "$1"))
	one := func(s string) (repertoire.Date, bool) {
		d, err := repertoire.ParseDateUntil(strings.Trim(s, " .;,()"), last)
		return d, err == nil && d != ""
	}
	if d, ok := one(s); ok {
		return moments{dates: []repertoire.Date{d}}, true
	}
	if g := loneShort.FindStringSubmatch(s); g != nil {
		return moments{dates: []repertoire.Date{shortYear(g[1], last)}}, true
	}
	if g := yearsApart.FindStringSubmatch(s); g != nil && g[1] <= g[2] {
		return moments{start: repertoire.Date(g[1]), end: repertoire.Date(g[2])}, true
	}
	if g := yearsShort.FindStringSubmatch(s); g != nil && g[1][2:] < g[2] {
		return moments{start: repertoire.Date(g[1]), end: repertoire.Date(g[1][:2] + g[2])}, true
	}
	if g := monthShort.FindStringSubmatch(s); g != nil && g[2] > "31" {
		s = g[1] + "/" + string(shortYear(g[2], last))
		if d, ok := one(s); ok {
			return moments{dates: []repertoire.Date{d}}, true
		}
	}
	if g := yearsBothShort.FindStringSubmatch(s); g != nil && g[1] > "12" && g[1] < g[2] {
		return moments{start: shortYear(g[1], last), end: shortYear(g[2], last)}, true
	}
	if g := renewed.FindStringSubmatch(s); g != nil {
		if m, ok := signatures(append([]string{g[1]}, manyDates.Split(g[2], -1)...), one); ok {
			return m, true
		}
	}
	if parts := manyDates.Split(s, -1); len(parts) > 1 {
		if m, ok := signatures(parts, one); ok {
			return m, true
		}
	}
	if g := rangeSigns.FindStringSubmatch(s); g != nil {
		a, ok1 := one(g[1])
		z, ok2 := one(g[2])
		if ok1 && ok2 && !z.Before(a) {
			return moments{start: a, end: z}, true
		}
	}
	if g := openRange.FindStringSubmatch(s); g != nil {
		if d, ok := one(g[1]); ok {
			return moments{dates: []repertoire.Date{d}}, true
		}
	}
	if g := sinceWords.FindStringSubmatch(s); g != nil {
		if m, ok := readMoments(g[1], last); ok {
			return m, true
		}
	}
	if g := untilWords.FindStringSubmatch(s); g != nil {
		if d, ok := one(g[1]); ok {
			return moments{end: d}, true
		}
	}
	if g := doubted.FindStringSubmatch(s); g != nil {
		if d, ok := one("vers " + g[1] + g[2]); ok {
			return moments{dates: []repertoire.Date{d}}, true
		}
	}
	if g := partOfYear.FindStringSubmatch(s); g != nil {
		if d, ok := one(g[2]); ok {
			return moments{dates: []repertoire.Date{d}, lost: g[1]}, true
		}
	}
	return dateWithin(s, one)
}

// dateWithin finds the one date of a sentence, "signé le 3 mai 1978 à Dakar";
// with two of them, or "avant 1990", nobody knows which is meant.
func dateWithin(s string, one func(string) (repertoire.Date, bool)) (moments, bool) {
	if notThen.MatchString(s) {
		return moments{}, false
	}
	found, years := dayWithin.FindAllString(s, -1), yearWithin.FindAllString(s, -1)
	if len(found) == 0 {
		if g := loneYear.FindStringSubmatch(s); g != nil {
			found = g[1:]
		}
	}
	if len(found) != 1 || len(years) > 1 {
		return moments{}, false
	}
	d, ok := one(found[0])
	if !ok {
		return moments{}, false
	}
	return moments{dates: []repertoire.Date{d}, lost: strings.Join(strings.Fields(strings.Replace(s, found[0], "…", 1)), " ")}, true
}

// endless tells whether a cell of ends says that there is none.
func endless(s string) bool {
	switch foldHeading(s) {
	case "illimite", "illimitee", "duree illimitee", "indetermine", "indeterminee", "duree indeterminee", "sans limite", "sans limitation",
		"sans limitation de duree", "sans terme",
		"permanent", "permanente", "tacite reconduction", "par tacite reconduction", "reconduction tacite", "en cours", "toujours en cours",
		"ongoing", "open ended", "present", "a ce jour", "aujourd hui":
		return true
	}
	return false
}

func shortYear(figures string, last repertoire.Date) repertoire.Date {
	n, _ := strconv.Atoi(figures)
	y := last.Year()/100*100 + n
	if y > last.Year() {
		y -= 100
	}
	return repertoire.Date(strconv.Itoa(y))
}

// signatures reads several dates, all of them or none.
func signatures(parts []string, one func(string) (repertoire.Date, bool)) (moments, bool) {
	var m moments
	for _, p := range parts {
		p = strings.Trim(p, " ()")
		if p == "" {
			continue
		}
		d, ok := one(p)
		if !ok {
			return m, false
		}
		if !slices.Contains(m.dates, d) {
			m.dates = append(m.dates, d)
		}
	}
	slices.Sort(m.dates)
	return m, len(m.dates) > 0
}

// dayOrder learns whether a column writes the day or the month first.
type dayOrder struct{ dayFirst, monthFirst int }

func (o *dayOrder) see(cell string) {
	g := slashedDate.FindStringSubmatch(cell)
	if g == nil {
		return
	}
	a, _ := strconv.Atoi(g[1])
	b, _ := strconv.Atoi(g[3])
	switch {
	case a > 12 && b >= 1 && b <= 12:
		o.dayFirst++
	case b > 12 && b <= 31 && a >= 1 && a <= 12:
		o.monthFirst++
	}
}

// french puts the day first where the column, or the cell itself, shows that
// the month is; turned says so.
func (o *dayOrder) french(cell string) (out string, turned bool) {
	g := slashedDate.FindStringSubmatch(cell)
	if g == nil {
		return cell, false
	}
	a, _ := strconv.Atoi(g[1])
	b, _ := strconv.Atoi(g[3])
	american := o != nil && o.monthFirst > 0 && o.dayFirst == 0 && a <= 12
	if american || a >= 1 && a <= 12 && b > 12 && b <= 31 {
		return g[3] + g[2] + g[1] + g[2] + g[4], true
	}
	return cell, false
}
