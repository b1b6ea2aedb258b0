package partnerships

import (
	"strings"

	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// understood shows how the question was read: each part a chip that is taken
// away by its cross and turned round by a click.
func (l *List) understood(u workspace.Understood) {
	l.read.Objects = nil
	if l.state.Text != "" && len(u.Parts) > 0 {
		l.read.Add(plainChip(i18n.T("Compris :")))
		var dropped []string
		for _, p := range u.Parts {
			if p.Dropped {
				dropped = append(dropped, "« "+p.Typed+" »")
				continue
			}
			var turn func()
			if p.Turned != "" {
				turn = func() { l.ask(p.Turned) }
			}
			l.read.Add(widgets.NewPartChip(p.Said, p.Negated, turn, func() { l.ask(p.Without) }))
		}
		if len(dropped) > 0 {
			l.read.Add(plainChip(i18n.T("laissé de côté : %s", strings.Join(dropped, ", "))))
		}
	}
	l.read.Hidden = len(l.read.Objects) == 0
	l.all.Refresh()
}

// plainChip is text at the height of chips, on no ground.
func plainChip(text string) *widgets.Chip {
	return widgets.NewChip(text, fynetheme.ColorNameBackground, theme.ColorMuted)
}

// ask puts another question in the box.
func (l *List) ask(text string) {
	state := l.state
	state.Text = text
	l.Restore(state)
}

// rowHeight gives the rows a second line while passages are shown.
func (l *List) rowHeight() {
	height := float32(widgets.LowRow)
	for i := range min(l.pages.total, l.pages.size) {
		if hit, ok := l.pages.row(i); ok && l.passage(hit).Text != "" {
			height = widgets.TallRow
			break
		}
	}
	l.table.List.Height = height
}

// passage is what answers the question in an entry, when the title does not
// say it already: the passage and its field, else the reason.
func (l *List) passage(hit workspace.Hit) widgets.Passage {
	if l.state.Text == "" {
		return widgets.Passage{}
	}
	for _, s := range hit.Snippets {
		if s.Field == "title" || s.Field == "names" && strings.Contains(hit.Title, s.Text) {
			continue
		}
		return widgets.Passage{Lead: i18n.T(passageLead(s.Field)), Text: s.Text, Marks: s.Marks}
	}
	for _, y := range hit.Why {
		switch y.Kind {
		case "mot", "nom entier", "début de mot", "expression":
			continue
		case "orthographe proche":
			return widgets.Passage{Lead: i18n.T("Orthographe proche"), Text: y.Found}
		}
		return widgets.Passage{Lead: i18n.T(strings.ToUpper(y.Kind[:1]) + y.Kind[1:]), Text: y.Found}
	}
	return widgets.Passage{}
}

// passageLead names where a passage stands.
func passageLead(field string) string {
	switch field {
	case "names":
		return "Autre nom"
	case "places":
		return "Lieu"
	case "countries":
		return "Pays"
	case "funders":
		return "Financeur"
	case "files":
		return "Pièce jointe"
	}
	return repertoire.FieldLabel(field)
}
