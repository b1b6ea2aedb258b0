package partnerships

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// maxHistory is how many searches this machine remembers, maxOffered how many
// lines stand under the box.
const (
	maxHistory = 50
	maxOffered = 7
)

// offers are the lines under the search box: values of the field being typed,
// or, from the empty box by the down arrow, the searches of before. The cursor
// stays in the box; arrows choose, Enter takes, Esc leaves.
type offers struct {
	list  *List
	texts []string // what the box holds when a line is taken
	lines []widgets.Suggestion
	rows  *widgets.Rows
	panel *fyne.Container
}

func newOffers(l *List) *offers {
	o := &offers{list: l}
	o.rows = widgets.NewSuggestionRows(func() []widgets.Suggestion { return o.lines })
	o.rows.OnClicked = o.take
	o.panel = widgets.Tall(1, container.NewStack(widgets.NewCard(fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameInputBorder, 4),
		widgets.Inset(1, 1, o.rows)))
	o.panel.Hide()
	before := l.search.OnKey
	l.search.OnKey = func(k *fyne.KeyEvent) bool { return o.key(k) || before(k) }
	return o
}

// complete offers values for the field named before the cursor.
func (o *offers) complete(text string) {
	var texts []string
	var lines []widgets.Suggestion
	word := text[strings.LastIndexByte(text, ' ')+1:]
	if strings.Contains(word, ":") {
		for _, c := range o.list.door.Searches().Complete(text, len(text)) {
			if c.From < 0 || c.To > len(text) || c.From > c.To || text[:c.From]+c.Text == text {
				continue
			}
			note := ""
			if c.Count > 0 {
				note = repertoire.Thousands(int64(c.Count))
			}
			texts = append(texts, text[:c.From]+c.Text+text[c.To:])
			lines = append(lines, widgets.Suggestion{Label: c.Label, Note: note})
		}
	}
	o.show(texts, lines)
}

// show puts lines under the box, or the panel away when there are none.
func (o *offers) show(texts []string, lines []widgets.Suggestion) {
	n := min(len(lines), maxOffered)
	if n == 0 && !o.panel.Visible() {
		return
	}
	o.texts, o.lines = texts[:n], lines[:n]
	o.panel.Hidden = n == 0
	o.panel.Layout = widgets.Tall(float32(n)*28+2, nil).Layout
	o.rows.Mark(-1)
	o.rows.Refresh()
	o.list.all.Refresh()
}

func (o *offers) hide() { o.show(nil, nil) }

func (o *offers) take(row int) {
	if row < 0 || row >= len(o.texts) {
		return
	}
	text := o.texts[row]
	o.hide()
	o.list.search.SetText(text)
	o.list.search.CursorColumn = len([]rune(text))
	o.list.search.Refresh()
	o.list.search.OnSearch(text)
	o.hide()
}

func (o *offers) key(k *fyne.KeyEvent) bool {
	enter := k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter
	if !o.panel.Visible() {
		if enter {
			o.remember(o.list.search.Text)
		}
		return k.Name == fyne.KeyDown && o.list.search.Text == "" && o.history()
	}
	at := o.rows.Selection().Current
	switch {
	case k.Name == fyne.KeyDown:
		o.rows.Mark(min(at+1, len(o.lines)-1))
	case k.Name == fyne.KeyUp:
		o.rows.Mark(max(at-1, -1))
	case k.Name == fyne.KeyEscape:
		o.hide()
	case enter && at >= 0:
		o.take(at)
	case enter:
		o.remember(o.list.search.Text)
		o.hide()
		return false
	default:
		return false
	}
	return true
}

// historyKey names this folder's searches among what the machine remembers:
// what a person looked for is theirs, and never goes into the base.
func (o *offers) historyKey() string {
	return "list.history." + o.list.door.Dir()
}

// remember keeps a search, the newest first.
func (o *offers) remember(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	p := fyne.CurrentApp().Preferences()
	old := slices.DeleteFunc(p.StringList(o.historyKey()), func(s string) bool { return s == text })
	p.SetStringList(o.historyKey(), append([]string{text}, old[:min(len(old), maxHistory-1)]...))
}

// history shows the searches of before, and tells whether there are any.
func (o *offers) history() bool {
	texts := fyne.CurrentApp().Preferences().StringList(o.historyKey())
	lines := make([]widgets.Suggestion, len(texts))
	for i, s := range texts {
		lines[i] = widgets.Suggestion{Label: s}
	}
	o.show(texts, lines)
	if len(texts) > 0 {
		o.rows.Mark(0)
	}
	return len(texts) > 0
}
