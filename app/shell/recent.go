package shell

import (
	"fmt"

	"repertoire/app/i18n"
)

// recentInMenu is how many folders the menu proposes.
const recentInMenu = 5

// recentCommands open the folders of the last days, but the one that is open.
func (s *Shell) recentCommands(group string) []Command {
	var out []Command
	for _, dir := range s.prefs.recent() {
		if s.first != nil || s.desk != nil && s.desk.door.Dir() == dir {
			continue
		}
		n := len(out) + 1
		out = append(out, Command{ID: fmt.Sprintf("recent-%d", n), Group: group, Title: i18n.T("%d. Rouvrir « %s »", n, folderName(dir)),
			Icon: "clock",
			Do:   func() { s.guarded(func() { s.openRecent(dir) }) }, Rule: n == 1})
		if n == recentInMenu {
			break
		}
	}
	return out
}
