package shell

import (
	"path/filepath"
	"strings"

	"repertoire/internal/repertoire"
)

func folderName(dir string) string { return filepath.Base(filepath.Clean(dir)) }

func thousands(n int) string { return repertoire.Thousands(int64(n)) }

// wrapped breaks a sentence into lines of about 70 letters: Fyne's message
// dialogs are as wide as their longest line.
func wrapped(s string) string {
	var b strings.Builder
	width := 0
	for i, word := range strings.Fields(s) {
		n := len([]rune(word))
		switch {
		case i == 0:
		case width+n > 70:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String()
}
