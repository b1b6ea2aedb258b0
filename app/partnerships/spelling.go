package partnerships

import (
	"context"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/spelling"
)

// Speller is what the form asks of a dictionary.
type Speller struct {
	// Checker gives it, nil where there is none. It may take its time, and
	// runs off the interface thread.
	Checker func() *spelling.Checker
	// Learn keeps a word among the person's own.
	Learn func(word string)
}

// mostSlips is how many words are shown under a text at once.
const mostSlips = 6

// slipLine shows, under a text, its words that no dictionary knows: each a chip
// that offers what was meant.
type slipLine struct {
	form    *Form
	entry   *widgets.Entry
	chips   *fyne.Container
	latest  *task.Latest
	later   func()
	ignored map[string]bool
	slips   []spelling.Slip
}

// spelled puts the line under an entry.
func (f *Form) spelled(e *widgets.Entry) fyne.CanvasObject {
	if f.Speller.Checker == nil {
		return e
	}
	s := &slipLine{form: f, entry: e, chips: widgets.Flow(4), latest: task.NewLatest(f.pace.Run), ignored: map[string]bool{}}
	s.later = task.Later(4*f.pace.Preview, s.check)
	s.chips.Hide()
	changed, focused := e.OnChanged, e.OnFocus
	e.OnChanged = func(text string) {
		changed(text)
		s.later()
	}
	e.OnFocus = func(on bool) {
		focused(on)
		if on {
			s.later()
		}
	}
	return widgets.Column(4, e, s.chips)
}

// check looks the text up off the interface thread.
func (s *slipLine) check() {
	text := s.entry.Text
	s.latest.Do(func(context.Context) func() {
		c := s.form.Speller.Checker()
		if c == nil {
			return nil
		}
		slips := c.Check(text)
		return func() {
			if s.entry.Text == text {
				s.show(slips)
			}
		}
	})
}

func (s *slipLine) show(slips []spelling.Slip) {
	before := len(s.chips.Objects)
	s.chips.Objects, s.slips = nil, nil
	for _, x := range slips {
		if s.ignored[x.Word] || len(s.slips) == mostSlips {
			continue
		}
		s.slips = append(s.slips, x)
		chip := widgets.NewPartChip(x.Word, true, nil, nil)
		chip.SetActions(func() { s.offer(x, chip) }, func() { s.ignore(x.Word) })
		s.chips.Add(chip)
	}
	s.chips.Hidden = len(s.slips) == 0
	s.chips.Refresh()
	if (before == 0) != s.chips.Hidden || before != len(s.slips) {
		s.form.body.Refresh() // what is below moves
	}
}

// offer opens the words that may have been meant.
func (s *slipLine) offer(x spelling.Slip, at fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(at)
	if c == nil {
		return
	}
	s.form.pace.Run(func() {
		checker := s.form.Speller.Checker()
		if checker == nil {
			return
		}
		words := checker.Suggest(x.Word)
		fyne.Do(func() {
			var items []*fyne.MenuItem
			for _, w := range words {
				items = append(items, fyne.NewMenuItem(cased(w, x.Word), func() { s.replace(x.Word, cased(w, x.Word)) }))
			}
			if len(items) == 0 {
				none := fyne.NewMenuItem(i18n.T("Rien d’approchant"), nil)
				none.Disabled = true
				items = append(items, none)
			}
			items = append(items, fyne.NewMenuItemSeparator(),
				fyne.NewMenuItem(i18n.T("Ajouter à mes mots"), func() { s.learn(x.Word) }),
				fyne.NewMenuItem(i18n.T("Laisser ainsi"), func() { s.ignore(x.Word) }))
			p := fyne.CurrentApp().Driver().AbsolutePositionForObject(at)
			menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
			menu.ShowAtPosition(p.AddXY(0, at.Size().Height+2))
		})
	})
}

// cased writes a word with a capital where the one it replaces has one.
func cased(word, like string) string {
	if first, _ := utf8.DecodeRuneInString(like); unicode.IsUpper(first) {
		return repertoire.Capital(word)
	}
	return word
}

// replace puts a word in the place of the first like it, and nothing else.
func (s *slipLine) replace(wrong, right string) {
	for _, x := range s.slips {
		if text := s.entry.Text; x.Word == wrong && x.End <= len(text) && text[x.Start:x.End] == wrong {
			if s.form.draft != nil {
				s.form.draft.editing = "" // a step of its own for undo
			}
			s.entry.SetText(text[:x.Start] + right + text[x.End:])
			s.check()
			return
		}
	}
}

func (s *slipLine) ignore(word string) {
	s.ignored[word] = true
	s.check()
}

func (s *slipLine) learn(word string) {
	if s.form.Speller.Learn != nil {
		s.form.Speller.Learn(word)
	}
	s.check()
}
