package directories

import (
	"fyne.io/fyne/v2"

	"repertoire/app/widgets"
	"repertoire/internal/workspace/records"
)

// At gives the répertoire whose line stands at a point of the window, and
// shows that line as the one things would be dropped on; false for none.
func (s *Sidebar) At(at fyne.Position) (records.DirectorySummary, bool) {
	var found records.DirectorySummary
	ok := false
	for i, item := range s.items {
		in := i > 0 && s.Visible() && widgets.Within(item, at)
		item.SetTarget(in)
		if in {
			found, ok = s.list[i-1], true
		}
	}
	return found, ok
}

// Unmark ends the showing of where things would be dropped.
func (s *Sidebar) Unmark() {
	for _, item := range s.items {
		item.SetTarget(false)
	}
}
