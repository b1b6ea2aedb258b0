package workspace

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/tables"
)

// An export read into an empty workspace and exported again gives the same
// bytes: every authority as it was written, every record, every permission.
func TestExportComesBackByteForByte(t *testing.T) {
	for name, fill := range map[string]func(*Workspace){
		"sample": func(*Workspace) {},
		"generated": func(w *Workspace) {
			n := 5000
			if testing.Short() {
				n = 200
			}
			if _, err := w.Generate(t.Context(), n, 7, "senegal", quiet); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := sampled(t)
			fill(w)
			export := func(w *Workspace) []byte {
				file := filepath.Join(t.TempDir(), "e.json")
				if _, err := w.Export(t.Context(), "", "json", file, quiet); err != nil {
					t.Fatal(err)
				}
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				return raw
			}
			first := export(w)
			dir := filepath.Join(t.TempDir(), "other")
			if _, err := Init(t.Context(), dir, base.InitOptions{Author: "Zoé", Now: clock()}); err != nil {
				t.Fatal(err)
			}
			other := opened(t, dir)
			directories, err := w.Directories(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range directories {
				if _, err := other.AddDirectory(t.Context(), d.Slug, d.Title, d.Countries); err != nil {
					t.Fatal(err)
				}
			}
			file := filepath.Join(t.TempDir(), "in.json")
			if err := os.WriteFile(file, first, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := other.Import(t.Context(), file, tables.ImportOptions{Directory: directories[0].Slug}, quiet); err != nil {
				t.Fatal(err)
			}
			if second := export(other); !bytes.Equal(first, second) {
				i := 0
				for i < min(len(first), len(second)) && first[i] == second[i] {
					i++
				}
				t.Fatalf("%d and %d bytes, different from %d on:\n%s\nand\n%s", len(first), len(second), i, excerpt(first, i), excerpt(second, i))
			}
		})
	}
}

func excerpt(b []byte, i int) []byte { return b[max(0, i-300):min(len(b), i+200)] }
