package shell

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/counter"
	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/orders"
	"repertoire/internal/workspace/searches"
)

// palette is one box for commands and partnerships.
type palette struct {
	shell   *Shell
	popup   *widget.PopUp
	entry   *widgets.Entry
	rows    *widgets.Rows
	latest  *task.Latest
	answers []widgets.Suggestion
	// pending tells that partnerships are still being looked for, wanted that
	// Enter was pressed meanwhile on a text that has no answer yet.
	pending, wanted bool
	// sections offers the parts of the entry in view and nothing else.
	sections bool
}

// section is a part of the form, by its number.
type section int

// ShowPalette opens the palette.
func (s *Shell) ShowPalette() {
	s.showPalette(i18n.T("Une commande, un partenariat, un numéro de facture…"), false)
}

// ShowSections opens it on the parts of the entry in view.
func (s *Shell) ShowSections() {
	s.showPalette(i18n.T("Une partie de la fiche : projets, interlocuteurs…"), true)
}

func (s *Shell) showPalette(hint string, sections bool) *palette {
	p := &palette{shell: s, sections: sections, entry: widgets.NewEntry(), latest: task.NewLatest(s.pace.Run)}
	p.entry.PlaceHolder = hint
	p.entry.OnKey = p.key
	later := task.Later(s.pace.Typing, p.find)
	p.entry.OnChanged = func(string) { p.ask(later) }
	p.rows = widgets.NewSuggestionRows(func() []widgets.Suggestion { return p.answers })
	p.rows.OnCurrent = nil
	p.rows.OnActivated = p.choose
	p.rows.OnClicked = p.choose
	content := widgets.Inset(8, 8, container.NewBorder(widgets.Column(8, p.entry, widgets.Rule()), nil, nil, nil, p.rows))
	p.popup = widget.NewModalPopUp(content, s.window.Canvas())
	p.popup.Resize(fyne.NewSize(620, 420))
	p.popup.Show()
	s.window.Canvas().Focus(p.entry)
	p.ask(p.find)
	return p
}

func (p *palette) key(k *fyne.KeyEvent) bool {
	at := p.rows.Selection().Current
	switch k.Name {
	case fyne.KeyEscape:
		p.latest.Stop()
		p.popup.Hide()
	case fyne.KeyDown, fyne.KeyUp:
		if k.Name == fyne.KeyDown {
			at++
		} else {
			at--
		}
		at = max(0, min(at, len(p.answers)-1))
		p.rows.Mark(at)
		p.rows.Reveal(at)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.wanted = len(p.answers) == 0 && p.pending
		p.choose(at)
	default:
		return false
	}
	return true
}

func (p *palette) choose(row int) {
	if row < 0 || row >= len(p.answers) {
		return
	}
	p.latest.Stop()
	p.popup.Hide()
	switch v := p.answers[row].Value.(type) {
	case Command:
		p.shell.perform(v)
	case repertoire.ID:
		p.shell.desk.openEntry(v)
	case orders.Row:
		p.shell.desk.atCounter(func(c *counter.View) { c.Open(v.ID) })
	case section:
		p.shell.desk.records.form.GoToSection(int(v))
	}
}

// ask answers the text at once with commands, which are at hand, and lets find
// add partnerships soon: what stands in the rows never answers another text, so
// that Enter cannot do what was asked for before.
func (p *palette) ask(find func()) {
	text := p.text()
	p.latest.Stop()
	p.wanted = false
	if p.sections {
		p.answers = p.sectionAnswers(text)
		p.show()
		return
	}
	p.answers = p.commandAnswers(text)
	p.pending = text != "" && p.shell.desk != nil
	p.show()
	if p.pending {
		find()
	}
}

func (p *palette) text() string { return strings.TrimSpace(p.entry.Text) }

// find adds the partnerships the text finds under the commands.
func (p *palette) find() {
	if !p.pending || p.shell.desk == nil {
		return
	}
	text, door := p.text(), p.shell.desk.door
	p.latest.Do(func(ctx context.Context) func() {
		r, err := door.Searches().Search(ctx, searches.Query{Text: text, Limit: 20, Typing: true})
		var found []widgets.Suggestion
		if err == nil {
			for _, h := range r.Hits {
				found = append(found, widgets.Suggestion{Label: h.Title, Note: door.CountryName(h.Country), Value: h.ID})
			}
		}
		found = append(sold(ctx, door, text), found...)
		return func() { p.add(found) }
	})
}

// sold gives the orders that a text finds: by the number that a letter bears, of
// the order, its invoice or a credit note, or by its buyer.
func sold(ctx context.Context, door Door, text string) []widgets.Suggestion {
	if len([]rune(text)) < 3 {
		return nil
	}
	rows, err := door.Orders().Rows(ctx, orders.OrderQuery{Text: text, Limit: 5})
	if err != nil {
		return nil
	}
	var out []widgets.Suggestion
	for _, o := range rows {
		label := i18n.T("Commande %s", o.Number())
		if o.Invoice != "" {
			label = i18n.T("Facture %s, commande %s", o.Invoice, o.Number())
		}
		out = append(out, widgets.Suggestion{Label: label, Note: o.Buyer, Value: o})
	}
	return out
}

// add puts partnerships under the commands, and leaves the mark where it is.
func (p *palette) add(found []widgets.Suggestion) {
	p.pending = false
	if len(p.answers) == 0 {
		p.answers = found
		p.show()
	} else {
		p.answers = append(p.answers, found...)
		p.rows.Refresh()
	}
	if p.wanted {
		p.wanted = false
		p.choose(0)
	}
}

func (p *palette) sectionAnswers(text string) []widgets.Suggestion {
	var out []widgets.Suggestion
	for i, name := range p.shell.desk.records.form.Sections() {
		if strings.Contains(repertoire.Fold(name), repertoire.Fold(text)) {
			out = append(out, widgets.Suggestion{Label: name, Value: section(i)})
		}
	}
	return out
}

func (p *palette) commandAnswers(text string) []widgets.Suggestion {
	want := repertoire.Fold(text)
	var first, then []widgets.Suggestion
	for _, c := range p.shell.commands {
		i := strings.Index(repertoire.Fold(c.Title), want)
		if i < 0 || c.ID == "palette" || !c.enabled() {
			continue
		}
		note := c.Group
		if keys := c.Keys(); keys != "" {
			note += " · " + keys
		}
		a := widgets.Suggestion{Label: c.Title, Note: note, Value: c}
		if i == 0 {
			first = append(first, a)
		} else {
			then = append(then, a)
		}
	}
	return append(first, then...)
}

func (p *palette) show() {
	p.rows.Mark(min(0, len(p.answers)-1))
	p.rows.Top()
	p.rows.Refresh()
}
