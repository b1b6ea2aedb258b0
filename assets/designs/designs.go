// Package designs holds the looks a book can take, one TOML file each: faces,
// sizes, spaces, colours and page formats, read by internal/layout. It decides
// nothing: a design can be changed without touching a line of code. The folder
// office holds those of letters and labels, which no book takes.
package designs

import (
	"embed"
	"io/fs"
	"slices"
	"sort"
	"strings"
)

//go:embed *.toml office/*.toml
var files embed.FS

// office is the folder of the designs that are not for books.
const office = "office"

// Read gives the text of a design by its name ("sobre").
func Read(name string) ([]byte, error) {
	if slices.Contains(names(office), name) {
		return fs.ReadFile(files, office+"/"+name+".toml")
	}
	return fs.ReadFile(files, name+".toml")
}

// Names lists the designs of books in alphabetical order.
func Names() []string { return names(".") }

// Has tells whether there is a design of that name, for books or letters.
func Has(name string) bool {
	return slices.Contains(Names(), name) || slices.Contains(names(office), name)
}

func names(folder string) []string {
	entries, _ := fs.ReadDir(files, folder)
	var out []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".toml"); ok {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}
