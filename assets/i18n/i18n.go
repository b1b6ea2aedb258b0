package i18n

import (
	"embed"
	"io/fs"
)

//go:embed *.json
var files embed.FS

// Table gives a JSON table by its file: "en.json", from French sentences to
// English ones; "fyne-fr.json", the French words of Fyne's own dialogs.
func Table(file string) ([]byte, error) { return files.ReadFile(file) }

// English names the tables of English sentences: "en.json" for what all views
// share, "en-orders.json" and the like for those of one view.
func English() ([]string, error) { return fs.Glob(files, "en*.json") }
