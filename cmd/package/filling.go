package main

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/google/uuid"
)

//go:embed made
var made embed.FS

var templates = template.Must(template.New("made").Funcs(template.FuncMap{
	"ext": filepath.Ext, "base": filepath.Base, "code": code,
}).ParseFS(made, "made/*"))

// code gives Windows Installer the same code for the same thing, from one
// release to the next.
func code(kind, name string) string {
	return strings.ToUpper(uuid.NewSHA1(uuid.NameSpaceDNS, []byte("repertoire "+kind+" "+name)).String())
}

// fill writes a template of made/ with its values.
func fill(name, file string, values any) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := templates.ExecuteTemplate(f, name, values); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// numbers are the four numbers Windows wants of a version: "0.1.0.0".
func (r *release) numbers(separator string) string {
	parts := append(strings.Split(r.Number, "."), "0", "0", "0")[:4]
	return strings.Join(parts, separator)
}

// size adds up the bytes of a folder.
func size(folder string) (total int64) {
	_ = filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total
}
