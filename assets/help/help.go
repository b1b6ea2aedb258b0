// Package help holds the user guide: chapters in Markdown, in the order of
// their names, French with an English twin of each, and their pictures, which
// cmd/pictures takes from the running program. A name comes in, the file goes
// out.
package help

import (
	"embed"
	"io/fs"
)

//go:embed *.md en/*.md all:images
var files embed.FS

// Chapters names the chapters in order: "10-premiers-pas.md".
func Chapters() []string {
	names, err := fs.Glob(files, "*.md")
	if err != nil {
		return nil
	}
	return names
}

// Chapter gives the Markdown of a chapter.
func Chapter(name string) ([]byte, error) { return files.ReadFile(name) }

// English gives the Markdown of a chapter's English twin, which bears its name.
func English(name string) ([]byte, error) { return files.ReadFile("en/" + name) }

// Picture gives a PNG by its name: "liste.png".
func Picture(name string) ([]byte, error) { return files.ReadFile("images/" + name) }
