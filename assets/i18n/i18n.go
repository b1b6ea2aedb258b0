package i18n

import "embed"

//go:embed *.json
var files embed.FS

// Table gives the JSON table of a language, "fr" or "en". The French one only
// holds the words of Fyne's own dialogs.
func Table(language string) ([]byte, error) { return files.ReadFile(language + ".json") }
