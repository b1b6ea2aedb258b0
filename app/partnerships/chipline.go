package partnerships

import (
	"slices"

	"fyne.io/fyne/v2"

	"repertoire/app/widgets"
)

// chip is one of a line, not made yet: said is all that tells it from another.
type chip struct {
	said string
	make func() fyne.CanvasObject
}

// chipLine is a line of chips, away while it has none. Its chips are made again
// only when they say something else: every key asks.
type chipLine struct {
	*fyne.Container
	said []string
}

func newChipLine() *chipLine {
	l := &chipLine{Container: widgets.Flow(4)}
	l.Hide()
	return l
}

// show puts chips in the line and tells whether they are others than before.
func (l *chipLine) show(chips []chip) bool {
	var said []string
	for _, c := range chips {
		said = append(said, c.said)
	}
	if slices.Equal(said, l.said) {
		return false
	}
	l.said, l.Objects = said, nil
	for _, c := range chips {
		l.Objects = append(l.Objects, c.make())
	}
	l.Hidden = len(chips) == 0
	return true
}
