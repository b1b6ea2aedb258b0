// Package designs holds the looks a book can take, one TOML file each: faces,
// sizes, spaces, colours and page formats, read by internal/layout. It decides
// nothing: a design can be changed without touching a line of code.
package designs

import (
	"embed"
	"io/fs"
	"sort"
	"strings"
)

//go:embed *.toml
var files embed.FS

// Read gives the text of a design by its name ("sobre").
func Read(name string) ([]byte, error) {
	return fs.ReadFile(files, name+".toml")
}

// Names lists the designs in alphabetical order.
func Names() []string {
	entries, _ := fs.ReadDir(files, ".")
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".toml"))
	}
	sort.Strings(names)
	return names
}
