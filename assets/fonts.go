package assets

import (
	"embed"
	"io/fs"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// The folder holds at least .keep, so that a clone compiles before its fonts
// have been fetched.
//
//go:embed all:fonts/cache
var cache embed.FS

const folder = "fonts/cache"

// Font returns the TrueType file called name, without extension:
// "NotoSerif-Regular", "NotoSansJP-Bold". The bytes must not be changed.
// The error is *repertoire.Error: NotFound for an unknown name, Damaged when
// the program was built without its fonts.
func Font(name string) ([]byte, error) { return font(cache, name) }

func font(files fs.FS, name string) ([]byte, error) {
	raw, err := fs.ReadFile(files, folder+"/"+name+".ttf")
	if err == nil {
		return raw, nil
	}
	if len(names(files, ".ttf")) == 0 {
		return nil, repertoire.Damage(folder, err,
			"Les polices ne sont pas installées : lancez « go run ./cmd/prepare fonts » puis reconstruisez.")
	}
	return nil, &repertoire.Error{Kind: repertoire.NotFound, File: folder, Err: err,
		Message: "La police « " + name +
			" » n’est pas dans le programme : ajoutez-la à assets/fonts/fonts.lock.json, lancez « go run ./cmd/prepare fonts » puis reconstruisez."}
}

// FontNames lists the fonts inside the program, sorted; empty when it was built
// without them.
func FontNames() []string { return names(cache, ".ttf") }

// Licences returns the licence texts that travel with the fonts, by file name
// ("NotoSerif-OFL.txt"). The OFL asks that they accompany every copy.
func Licences() map[string]string {
	texts := make(map[string]string)
	for _, name := range names(cache, ".txt") {
		if raw, err := cache.ReadFile(folder + "/" + name + ".txt"); err == nil {
			texts[name+".txt"] = string(raw)
		}
	}
	return texts
}

// names lists the cached files of one extension, without it.
func names(files fs.FS, ext string) []string {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ext); ok && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}
