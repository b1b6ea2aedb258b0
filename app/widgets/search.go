package widgets

import (
	"time"

	"fyne.io/fyne/v2"

	"repertoire/app/task"
	"repertoire/app/theme"
)

// SearchBox is an entry with a glass that speaks at a key, or a moment after it
// when one types quickly.
type SearchBox struct {
	Entry
	// OnSearch hears the text, debounced; Enter says it at once.
	OnSearch func(string)
	// OnDown hears the arrow that leaves for the results.
	OnDown func()
	clear  *IconButton
	later  func()
}

// NewSearchBox returns a search box. delay is the time between two answers.
func NewSearchBox(hint string, delay time.Duration) *SearchBox {
	s := &SearchBox{}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	s.PlaceHolder = hint
	s.Icon = theme.IconIn("search", theme.ColorMuted)
	s.clear = NewIconButton("close", "", func() { s.SetText("") })
	s.clear.small = true
	s.clear.Hide()
	s.ActionItem = s.clear
	s.ExtendBaseWidget(s)
	s.later = task.Paced(delay, s.say)
	s.OnChanged = func(text string) {
		if (text == "") == s.clear.Visible() {
			if text == "" {
				s.clear.Hide()
			} else {
				s.clear.Show()
			}
		}
		s.later()
	}
	s.OnKey = s.key
	return s
}

func (s *SearchBox) say() {
	if s.OnSearch != nil {
		s.OnSearch(s.Text)
	}
}

func (s *SearchBox) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		if s.Text == "" {
			return false
		}
		s.SetText("")
	case fyne.KeyReturn, fyne.KeyEnter:
		s.say()
	case fyne.KeyDown:
		if s.OnDown == nil {
			return false
		}
		s.OnDown()
	default:
		return false
	}
	return true
}
