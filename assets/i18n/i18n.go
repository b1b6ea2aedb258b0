package i18n

import "embed"

//go:embed *.json
var files embed.FS

// Table gives a JSON table by its file: "en.json", from French sentences to
// English ones; "fyne-fr.json", the French words of Fyne's own dialogs.
func Table(file string) ([]byte, error) { return files.ReadFile(file) }
