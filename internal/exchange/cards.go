package exchange

import (
	"bufio"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// contentLine writes "NAME:value" folded at 75 bytes, as vCard (RFC 2426) and
// iCalendar (RFC 5545, 3.1) ask; a letter is never cut.
func contentLine(out *bufio.Writer, name, value string) {
	line := name + ":" + value
	limit := 75
	for len(line) > limit {
		cut := limit
		for cut > 0 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		out.WriteString(line[:cut])
		out.WriteString("\r\n ")
		line, limit = line[cut:], 74
	}
	out.WriteString(line)
	out.WriteString("\r\n")
}

var cardEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

func cardText(s string) string { return cardEscapes.Replace(clean(s)) }

// writeCards writes the people who may be published, each once, with only what
// of them may be. vCard 3.0: what mail programs of offices read.
func writeCards(w io.Writer, records Records, names Names) error {
	out := bufio.NewWriter(w)
	seen := map[string]bool{}
	for p, err := range records {
		if err != nil {
			return err
		}
		title := p.DisplayTitle(names.authority)
		for _, c := range p.Contacts {
			c, ok := c.Published()
			key := repertoire.Fold(c.Name) + "\n" + strings.ToLower(c.Email) + "\n" + c.Phone + "\n" + string(c.Authority)
			if !ok || seen[key] {
				continue
			}
			seen[key] = true
			contentLine(out, "BEGIN", "VCARD")
			contentLine(out, "VERSION", "3.0")
			contentLine(out, "FN", cardText(oneLine(c.Name)))
			contentLine(out, "N", cardText(oneLine(c.Name))+";;;;")
			if org := organisation(p, c, names); org != "" {
				contentLine(out, "ORG", cardText(org))
			}
			if c.Role != "" {
				contentLine(out, "TITLE", cardText(oneLine(c.Role)))
			}
			if c.Email != "" {
				contentLine(out, "EMAIL;TYPE=INTERNET,WORK", cardText(c.Email))
			}
			if c.Phone != "" {
				contentLine(out, "TEL;TYPE=WORK,VOICE", cardText(c.Phone))
			}
			contentLine(out, "NOTE", cardText(title))
			if c.ID != "" {
				contentLine(out, "UID", "urn:uuid:"+string(c.ID))
			}
			contentLine(out, "END", "VCARD")
		}
	}
	return out.Flush()
}

// organisation is the authority a person works for: the one said, else the
// first of their side.
func organisation(p *repertoire.Partnership, c repertoire.Contact, names Names) string {
	id := c.Authority
	if id == "" {
		if ids := p.PartiesOn(c.Side); len(ids) > 0 {
			id = ids[0]
		}
	}
	if a := names.authority(id); a != nil {
		return a.Usual()
	}
	return ""
}

// writeCalendar writes the ends of partnerships and of conventions as days of a
// calendar, with a reminder three months before. A date known to the month or
// the year stands on its last day and says so.
func writeCalendar(w io.Writer, records Records, names Names) error {
	out := bufio.NewWriter(w)
	contentLine(out, "BEGIN", "VCALENDAR")
	contentLine(out, "VERSION", "2.0")
	contentLine(out, "PRODID", "-//Répertoire//Fins de conventions//FR")
	contentLine(out, "CALSCALE", "GREGORIAN")
	contentLine(out, "X-WR-CALNAME", "Fins de conventions")
	for p, err := range records {
		if err != nil {
			return err
		}
		title := p.DisplayTitle(names.authority)
		event(out, p, "fin", "Fin du partenariat : "+title, p.End)
		for j, v := range p.Conventions {
			what := oneLine(v.Title)
			if what == "" {
				what = "Convention"
			}
			event(out, p, "convention-"+string(rune('a'+j%26)), "Échéance : "+what+" ("+title+")", v.Until)
		}
	}
	contentLine(out, "END", "VCALENDAR")
	return out.Flush()
}

func event(out *bufio.Writer, p *repertoire.Partnership, what, summary string, d repertoire.Date) {
	day, sure := lastDay(d)
	if day.IsZero() {
		return
	}
	contentLine(out, "BEGIN", "VEVENT")
	contentLine(out, "UID", string(p.ID)+"-"+what+"@repertoire")
	contentLine(out, "DTSTAMP", p.Updated.UTC().Format("20060102T150405Z"))
	contentLine(out, "DTSTART;VALUE=DATE", day.Format("20060102"))
	contentLine(out, "DTEND;VALUE=DATE", day.AddDate(0, 0, 1).Format("20060102"))
	contentLine(out, "SUMMARY", cardText(summary))
	if !sure {
		contentLine(out, "DESCRIPTION", cardText("Échéance connue ainsi : "+d.French()+"."))
	}
	contentLine(out, "TRANSP", "TRANSPARENT")
	contentLine(out, "BEGIN", "VALARM")
	contentLine(out, "ACTION", "DISPLAY")
	contentLine(out, "DESCRIPTION", cardText(summary))
	contentLine(out, "TRIGGER", "-P90D")
	contentLine(out, "END", "VALARM")
	contentLine(out, "END", "VEVENT")
}

// lastDay gives the last day that a date may mean; sure when it is a day.
func lastDay(d repertoire.Date) (time.Time, bool) {
	plain := d.Plain()
	switch {
	case d == "" || !d.Valid():
		return time.Time{}, false
	case d.Decade():
		t, _ := time.Parse("2006", string(plain))
		return t.AddDate(10, 0, -1), false
	case len(plain) == 4:
		t, _ := time.Parse("2006", string(plain))
		return t.AddDate(1, 0, -1), false
	case len(plain) == 7:
		t, _ := time.Parse("2006-01", string(plain))
		return t.AddDate(0, 1, -1), false
	}
	t, _ := time.Parse("2006-01-02", string(plain))
	return t, !d.Approximate()
}
