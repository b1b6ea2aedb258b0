package shell

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// palette is one box for commands and partnerships.
type palette struct {
	shell   *Shell
	popup   *widget.PopUp
	entry   *widgets.Entry
	rows    *widgets.Rows
	latest  *task.Latest
	answers []widgets.Suggestion
}

// ShowPalette opens the palette.
func (s *Shell) ShowPalette() {
	p := &palette{shell: s, entry: widgets.NewEntry(), latest: task.NewLatest(s.pace.Run)}
	p.entry.PlaceHolder = i18n.T("Une commande, un partenariat, une thématique…")
	p.entry.OnKey = p.key
	later := task.Later(s.pace.Typing, p.ask)
	p.entry.OnChanged = func(string) { later() }
	p.rows = widgets.NewSuggestionRows(func() []widgets.Suggestion { return p.answers })
	p.rows.OnCurrent = nil
	p.rows.OnActivated = p.choose
	p.rows.OnClicked = p.choose
	content := widgets.Inset(8, 8, container.NewBorder(widgets.Column(8, p.entry, widgets.Rule()), nil, nil, nil, p.rows))
	p.popup = widget.NewModalPopUp(content, s.window.Canvas())
	p.popup.Resize(fyne.NewSize(620, 420))
	p.popup.Show()
	s.window.Canvas().Focus(p.entry)
	p.answers = p.commandAnswers("")
	p.show()
}

func (p *palette) key(k *fyne.KeyEvent) bool {
	at := p.rows.Selection().Current
	switch k.Name {
	case fyne.KeyEscape:
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
	p.popup.Hide()
	switch v := p.answers[row].Value.(type) {
	case Command:
		v.Do()
	case repertoire.ID:
		p.shell.desk.openEntry(v)
	}
}

// ask finds commands at once and partnerships off the interface thread.
func (p *palette) ask() {
	text := strings.TrimSpace(p.entry.Text)
	commands := p.commandAnswers(text)
	if text == "" || p.shell.desk == nil {
		p.latest.Stop()
		p.answers = commands
		p.show()
		return
	}
	door := p.shell.desk.door
	p.latest.Do(func(ctx context.Context) func() {
		r, err := door.Search(ctx, workspace.Query{Text: text, Limit: 20, Typing: true})
		found := commands
		if err == nil {
			for _, h := range r.Hits {
				found = append(found, widgets.Suggestion{Label: h.Title, Note: door.CountryName(h.Country), Value: h.ID})
			}
		}
		return func() { p.answers = found; p.show() }
	})
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
