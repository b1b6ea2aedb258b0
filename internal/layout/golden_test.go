package layout_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/layout"
)

// The display list of the hard cases, page by page. After a change that is
// meant, look at the pictures (-pictures DIR), then rewrite with -update.
func TestGoldenHardCases(t *testing.T) {
	for _, c := range []struct{ design, format string }{{"institutionnel", "170x240"}, {"sobre", "A4"}} {
		name := c.design + "-" + c.format
		t.Run(name, func(t *testing.T) {
			p := lay(t, newSetter(t, c.design, c.format), hardCases())
			look(t, "hard-"+name, p)
			got := digest(p)
			file := filepath.Join("testdata", "hard-"+name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
			for i := range max(len(g), len(w)) {
				if i >= len(g) || i >= len(w) || g[i] != w[i] {
					at := func(l []string) string {
						if i < len(l) {
							return l[i]
						}
						return "(end)"
					}
					t.Fatalf("line %d differs:\n got %s\nwant %s", i+1, at(g), at(w))
				}
			}
		})
	}
}

func TestDesignsAndFormats(t *testing.T) {
	for _, name := range layout.Designs() {
		for _, f := range layout.Formats() {
			d, err := layout.LoadDesign(name, f.Name)
			if err != nil {
				t.Fatalf("%s %s: %v", name, f.Name, err)
			}
			if d.Page != f.Size {
				t.Errorf("%s %s is %v, want %v", name, f.Name, d.Page, f.Size)
			}
			for _, st := range []layout.Style{"body", "lead", "small", "caption", "credit", "cover-title", "cover-subtitle", "cover-foot",
				"entry-title", "entry-subtitle", "field-label", "tag", "note", "imprint", "quote", "signature", "h1", "h2", "h3", "h4",
				"h5", "h6", "table", "table-head", "facts", "facts-label", "list", "index", "index-letter", "contents-1", "contents-2",
				"contents-3", "running", "folio", "thumb", "suite"} {
				if !d.HasStyle(st) {
					t.Errorf("%s lacks the style %s", name, st)
				}
			}
		}
	}
	if _, err := layout.LoadDesign("inconnue", "A4"); err == nil {
		t.Error("an unknown design was loaded")
	}
	if _, err := layout.LoadDesign("sobre", "A3"); err == nil {
		t.Error("an unknown format was loaded")
	}
}
