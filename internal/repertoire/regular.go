package repertoire

import (
	"fmt"
	"os"
)

// RefuseIrregular refuses what a person named and is no file: a folder, or a
// pipe, a device or a socket, on which opening alone may wait for ever. A name
// with nothing behind it passes: opening says so better.
func RefuseIrregular(file string) error {
	info, err := os.Stat(file)
	if err != nil || info.Mode().IsRegular() {
		return nil //nolint:nilerr // opening it gives the cause
	}
	what := "n’est pas un fichier ordinaire"
	if info.IsDir() {
		what = "est un dossier"
	}
	return &Error{Kind: Refused, File: file, Message: fmt.Sprintf(
		"« %s » %s : il n’a pas été lu, rien n’a été changé. Donnez le fichier lui-même.", file, what)}
}
