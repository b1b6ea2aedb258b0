package shell

import (
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/internal/logbook"
)

// perform does a command that can be done now. A question in the middle of the
// window keeps all but a few back: a second dialog over it would be lost.
func (s *Shell) perform(c Command) {
	if c.enabled() && (c.OverModal || s.window.Canvas().Overlays().Top() == nil) {
		logbook.Did(c.logged())
		c.Do()
	}
}

// logged is the command's name in the log: those that go to a répertoire bear
// its name, which an officer chose.
func (c Command) logged() string {
	if strings.HasPrefix(c.ID, "directory-") {
		return "directory"
	}
	return c.ID
}

// menuOf makes the window's menu. Shortcuts live there because Fyne fires a
// menu's also while an entry has the focus, and a canvas's does not.
func menuOf(commands []Command, perform func(Command)) *fyne.MainMenu {
	var menus []*fyne.Menu
	byGroup := map[string]*fyne.Menu{}
	for _, c := range commands {
		m := byGroup[c.Group]
		if m == nil {
			m = fyne.NewMenu(c.Group)
			byGroup[c.Group] = m
			menus = append(menus, m)
		}
		if c.Rule && len(m.Items) > 0 {
			m.Items = append(m.Items, fyne.NewMenuItemSeparator())
		}
		item := fyne.NewMenuItem(c.Title, func() { perform(c) })
		item.Shortcut = c.Shortcut
		// Fyne adds a "Quit" of its own unless one says it is one.
		item.IsQuit = c.ID == "quit"
		m.Items = append(m.Items, item)
	}
	return fyne.NewMainMenu(menus...)
}
