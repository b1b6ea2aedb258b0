package partnerships

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// understood shows how the question was read: each part a chip that is taken
// away by its cross and turned round by a click. It tells whether that is
// something else than before.
func (l *List) understood(u searches.Understood) bool {
	var chips []chip
	if l.state.Text != "" && len(u.Parts) > 0 {
		plain := func(text string) {
			chips = append(chips, chip{text, func() fyne.CanvasObject { return plainChip(text) }})
		}
		plain(i18n.T("Compris :"))
		var dropped []string
		for _, p := range u.Parts {
			if p.Dropped {
				dropped = append(dropped, "« "+p.Typed+" »")
				continue
			}
			chips = append(chips, chip{fmt.Sprintf("%q %t %q %q", p.Said, p.Negated, p.Turned, p.Without), func() fyne.CanvasObject {
				var turn func()
				if p.Turned != "" {
					turn = l.reading(p.Turned)
				}
				return widgets.NewPartChip(p.Said, p.Negated, turn, l.reading(p.Without))
			}})
		}
		if len(dropped) > 0 {
			plain(i18n.T("laissé de côté : %s", strings.Join(dropped, ", ")))
		}
	}
	return l.read.show(chips)
}

// reading asks another question; where the keyboard was on a chip it stays on
// the one that comes in its place, else it goes back to the box.
func (l *List) reading(text string) func() {
	return func() {
		canvas := fyne.CurrentApp().Driver().CanvasForObject(l.read.Container)
		at := -1
		if canvas != nil {
			at = slices.IndexFunc(l.read.Objects, func(o fyne.CanvasObject) bool {
				c, ok := o.(fyne.Focusable)
				return ok && canvas.Focused() == c
			})
		}
		l.ask(text)
		if at < 0 {
			return
		}
		for _, i := range []int{at, at - 1} {
			if i < len(l.read.Objects) {
				if c, ok := l.read.Objects[i].(*widgets.PartChip); ok {
					canvas.Focus(c)
					return
				}
			}
		}
		canvas.Focus(l.search)
	}
}

// plainChip is text at the height of chips, on no background.
func plainChip(text string) *widgets.Chip {
	return widgets.NewChip(text, fynetheme.ColorNameBackground, theme.ColorMuted)
}

// ask puts another question in the box.
func (l *List) ask(text string) {
	state := l.state
	state.Text = text
	l.Restore(state)
}

// SimilarTo is the question for the partnerships like one, by its title, which
// any list, export or kept search can be made of; by its number where it has no
// title that a question can hold.
func SimilarTo(id repertoire.ID, title string) string {
	if title == "" || strings.ContainsAny(title, "\"«»“”") {
		return "semblable:" + string(id)
	}
	return `semblable:"` + title + `"`
}

// arrange gives the rows a second line while passages are shown, and leaves out
// the columns in which the first page has nothing.
func (l *List) arrange() {
	l.table.Tall = false
	columns := l.table.Columns()
	filled := make([]bool, len(columns))
	for i := range min(l.pages.total, l.pages.size) {
		hit, ok := l.pages.row(i)
		if !ok {
			continue
		}
		for k, c := range l.cells(i) {
			filled[k] = filled[k] || c.Text != ""
		}
		l.table.Tall = l.table.Tall || l.passage(hit).Text != ""
	}
	for i, c := range columns {
		l.table.SetBlank(c.Key, l.pages.total > 0 && !filled[i])
	}
}

// summary is the second line of a row: what the columns would say that have no
// room.
func (l *List) summary(hit searches.Hit) widgets.Passage {
	var parts []string
	add := func(column searches.Sort, s string) {
		if s != "" && !l.table.Shows(string(column)) {
			parts = append(parts, s)
		}
	}
	add(searches.SortPartner, l.door.CountryName(hit.Country))
	add(searches.SortStatus, i18n.T(repertoire.Statuses.Label(hit.Status)))
	add(searches.SortTheme, l.door.ThemeLabel(hit.Theme))
	add(searches.SortType, i18n.T(repertoire.Types.Label(hit.Type)))
	if hit.Verified != "" {
		add(searches.SortVerified, i18n.T("vérifié le %s", hit.Verified.Field()))
	}
	return widgets.Passage{Text: strings.Join(parts, " · ")}
}

// passage is what answers the question in an entry, when the title does not
// say it already: the passage and its field, else the reason.
func (l *List) passage(hit searches.Hit) widgets.Passage {
	if l.state.Text == "" {
		return widgets.Passage{}
	}
	for _, s := range hit.Snippets {
		if s.Field == "title" || s.Field == "names" && strings.Contains(hit.Title, s.Text) {
			continue
		}
		return widgets.Passage{Lead: passageLead(s.Field), Text: s.Text, Marks: s.Marks}
	}
	for _, y := range hit.Why {
		if lead := whyLead(string(y.Kind)); lead != "" {
			return widgets.Passage{Lead: lead, Text: y.Found}
		}
	}
	return widgets.Passage{}
}

// whyLead names a reason that the words of the question do not show by
// themselves, "" for those that they do.
func whyLead(kind string) string {
	switch kind {
	case "orthographe proche":
		return i18n.T("Orthographe proche")
	case "mot voisin":
		return i18n.T("Mot voisin")
	case "sujet plus large":
		return i18n.T("Sujet plus large")
	case "semblable":
		return i18n.T("Semblable")
	case "pays":
		return i18n.T("Pays")
	case "thématique":
		return i18n.T("Thématique")
	case "lieu":
		return i18n.T("Lieu")
	case "année":
		return i18n.T("Année")
	case "nature":
		return i18n.T("Nature")
	}
	return ""
}

// passageLead names where a passage stands.
func passageLead(field string) string {
	switch field {
	case "names":
		return i18n.T("Autre nom")
	case "places":
		return i18n.T("Lieu")
	case "countries":
		return i18n.T("Pays")
	case "funders":
		return i18n.T("Financeur")
	case "files":
		return i18n.T("Pièce jointe")
	}
	return i18n.T(repertoire.FieldLabel(field))
}
