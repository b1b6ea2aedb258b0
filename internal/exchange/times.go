package exchange

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// setTimes reads the columns of years and dates. What they say is kept as
// precise as they say it: a year, a day, "about"; a range gives a start and an
// end, several dates are signatures.
func (w *writer) setTimes() {
	if m, ok := w.moments(FieldStart, true); ok {
		w.takeStart(m)
	}
	if m, ok := w.moments(FieldEnd, false); ok {
		w.setDate("end", &w.record.End, cmp.Or(m.end, latest(m.dates)))
	}
	if m, ok := w.moments(FieldVerified, true); ok {
		w.setDate("verified", &w.record.Verified, cmp.Or(m.end, latest(m.dates)))
	}
	if m, ok := w.moments(FieldFirstYear, true); ok {
		w.takeYear(m)
	}
	if m, ok := w.moments(FieldSigned, true); ok {
		w.takeSignatures(m)
	}
}

func latest(dates []repertoire.Date) repertoire.Date {
	if len(dates) == 0 {
		return ""
	}
	return dates[len(dates)-1]
}

func (w *writer) today() repertoire.Date {
	if w.opt.At.IsZero() {
		return repertoire.DateOf(time.Now())
	}
	return repertoire.DateOf(w.opt.At)
}

// moments reads a cell of time; past says that it tells of what has happened.
func (w *writer) moments(f Field, past bool) (moments, bool) {
	v, ok := w.value(f)
	if !ok || empty(v) {
		return moments{}, false
	}
	if f == FieldEnd && endless(v) {
		w.note(label(f) + " : " + brief(v))
		return moments{}, false
	}
	return w.momentsOf(f, v, past)
}

func (w *writer) momentsOf(f Field, v string, past bool) (moments, bool) {
	last := w.today()
	if !past {
		last = repertoire.DateOf(w.opt.At.AddDate(20, 0, 0))
		if w.opt.At.IsZero() {
			last = repertoire.DateOf(time.Now().AddDate(20, 0, 0))
		}
	}
	if day, is := w.table.dates.date(v); is {
		w.say(KindDate, "« %s » (%s) est un nombre de jours sans format de date : lu %s.", v, label(f), repertoire.Date(day).Field())
		v = day
	} else if day, is := serialInText(v, last); is {
		w.say(KindDate, "« %s » (%s) est une date restée sous forme de nombre par le tableur : lue %s.", v, label(f),
			repertoire.Date(day).Field())
		v = day
	}
	if turned, is := w.orders[f].french(oneLine(v)); is {
		w.onceSaid("order:"+string(f), KindDate, "La colonne « "+label(f)+" » écrit le mois avant le jour : « "+v+" » est lu "+turned+".")
		v = turned
	}
	m, ok := readMoments(v, last)
	if !ok {
		w.strange(f, v)
		w.note(label(f) + " : " + brief(v)) // what no date can hold is not lost
		return m, false
	}
	if past && f != FieldStart && f != FieldProjectStart {
		m.dates = slices.DeleteFunc(m.dates, func(d repertoire.Date) bool {
			if last.Before(d) {
				w.say(KindDate, "« %s » (%s) est dans l’avenir : la cellule est laissée vide.", v, label(f))
				return true
			}
			return false
		})
	} else if past && len(m.dates) > 0 && last.Before(m.dates[0]) {
		w.say(KindDate, "« %s » (%s) est dans l’avenir : vérifiez.", v, label(f))
	}
	if m.lost != "" {
		w.say(KindDate, "« %s » (%s) : la date est reprise, « %s » ne peut pas l’être.", v, label(f), m.lost)
		if strings.Contains(m.lost, "…") {
			w.note(label(f) + " : " + brief(v))
		}
	}
	if loneShort.MatchString(oneLine(v)) || !past && len(m.dates) == 1 && last.Before(repertoire.Date("9999")) && twoFigures(v) {
		w.say(KindDate, "« %s » (%s) est lu %s.", v, label(f), m.dates[0].Field())
	}
	return m, len(m.dates) > 0 || m.start != "" || m.end != ""
}

// twoFigures tells whether a date gives its year by its last two figures.
func twoFigures(s string) bool {
	g := slashedDate.FindStringSubmatch(oneLine(s))
	return g != nil && len(g[4]) == 2
}

func (w *writer) onceSaid(key string, kind Kind, sentence string) {
	if !w.quiet {
		w.once(key, w.row.Number, kind, sentence)
	}
}

func (w *writer) setDate(name string, into *repertoire.Date, d repertoire.Date) {
	if d != "" && *into != d {
		*into = d
		w.touch(name)
	}
}

func (w *writer) takeStart(m moments) {
	if w.endAlone(m) {
		return
	}
	if m.start != "" {
		w.setDate("start", &w.record.Start, m.start)
		if w.text(w.row, FieldEnd) == "" {
			w.setDate("end", &w.record.End, m.end)
		}
		return
	}
	if len(m.dates) > 1 {
		for i, d := range m.dates {
			w.sign(d, i > 0)
		}
	}
	w.setDate("start", &w.record.Start, m.dates[0])
}

// takeYear sets the year of the first convention. What is more precise than a
// year, or less sure, has no room there: a day is that of a signature, "vers
// 1960" is a start.
func (w *writer) takeYear(m moments) {
	switch {
	case w.endAlone(m):
	case m.start != "":
		w.setYear(m.start)
		if w.text(w.row, FieldStart) == "" {
			w.setDate("start", &w.record.Start, m.start)
		}
		if w.text(w.row, FieldEnd) == "" {
			w.setDate("end", &w.record.End, m.end)
		}
	case len(m.dates) == 1 && m.dates[0] != m.dates[0].Plain():
		if w.record.FirstYear == 0 && w.text(w.row, FieldStart) == "" {
			w.setDate("start", &w.record.Start, m.dates[0])
			w.say(KindDate, "« %s » n’est pas une année sûre : elle est gardée comme date de début.", m.dates[0].French())
		}
	default:
		w.setYear(m.dates[0])
		if len(m.dates) > 1 || len(m.dates[0]) > 4 {
			for i, d := range m.dates {
				w.sign(d, i > 0)
			}
		}
	}
}

// endAlone takes what only says until when: "jusqu’en 2012".
func (w *writer) endAlone(m moments) bool {
	if m.start != "" || len(m.dates) > 0 {
		return false
	}
	if w.text(w.row, FieldEnd) == "" {
		w.setDate("end", &w.record.End, m.end)
	}
	return true
}

func (w *writer) setYear(d repertoire.Date) {
	if y := d.Year(); w.record.FirstYear != y {
		w.record.FirstYear = y
		w.touch("first_year")
	}
}

// takeSignatures keeps each signature as a convention; the first gives the
// year, when nothing older is known.
func (w *writer) takeSignatures(m moments) {
	if w.endAlone(m) {
		return
	}
	if m.start != "" {
		w.sign(m.start, false)
		i := slices.IndexFunc(w.record.Conventions, func(v repertoire.Convention) bool { return v.Signed == m.start })
		if i >= 0 && w.record.Conventions[i].Until == "" {
			w.record.Conventions = slices.Clone(w.record.Conventions)
			w.record.Conventions[i].Until = m.end
			w.touch("conventions")
		}
		m.dates = []repertoire.Date{m.start}
	} else {
		for i, d := range m.dates {
			w.sign(d, i > 0)
		}
	}
	if d := m.dates[0]; d == d.Plain() && (w.record.FirstYear == 0 || d.Year() < w.record.FirstYear) {
		w.setYear(d)
	}
}

// sign adds a convention signed on d, unless one of that day is there; one of
// which only the year was known learns its day.
func (w *writer) sign(d repertoire.Date, again bool) {
	for i, v := range w.record.Conventions {
		switch {
		case v.Signed == d || len(v.Signed) > len(d) && v.Signed[:len(d)] == d:
			return
		case v.Signed != "" && len(v.Signed) < len(d) && d[:len(v.Signed)] == v.Signed:
			w.record.Conventions = slices.Clone(w.record.Conventions)
			w.record.Conventions[i].Signed = d
			w.touch("conventions")
			return
		}
	}
	title := "Convention"
	if again {
		title = "Renouvellement"
	}
	w.record.Conventions = append(slices.Clone(w.record.Conventions), repertoire.Convention{Title: title, Signed: d})
	w.touch("conventions")
}
