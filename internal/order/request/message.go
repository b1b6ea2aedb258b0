package request

import (
	"regexp"
	"strings"
)

var pair = regexp.MustCompile(`^[\s>*•–-]*([^:\n]{2,80}?)\s*:\s*(.*)$`)

// FromText reads the lines « champ : valeur » of a form's message as one row. A
// value may stand on the lines below its heading; a line that is neither belongs
// to the value above when that one is an address or a note.
func FromText(text string) (headings, cells []string) {
	open := false // the last value has nothing on its own line yet
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		last := len(cells) - 1
		if line == "" {
			open = open && last >= 0 && cells[last] == ""
			continue
		}
		if g := pair.FindStringSubmatch(line); g != nil && !strings.Contains(line, "://") && (!open || guess(Key(g[1])) != "") {
			headings, cells, open = append(headings, strings.Trim(g[1], "* ")), append(cells, strings.Trim(g[2], "* ")), true
			continue
		}
		if last < 0 || !open {
			continue
		}
		if cells[last] == "" {
			cells[last] = line
		} else {
			cells[last] += "\n" + line
		}
	}
	return headings, cells
}
