package workspace

import (
	"path/filepath"
	"testing"

	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/searches"
)

// Nobody needs to listen: long work goes on without a listener.
func TestProgressMayBeNil(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "w")
	if _, err := Init(t.Context(), dir, base.InitOptions{Sample: true}); err != nil {
		t.Fatal(err)
	}
	w, err := Open(t.Context(), dir, base.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	out := t.TempDir()
	if _, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "liban", Variant: books.Digital,
		Output: filepath.Join(out, "a.pdf")}, nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Books().Freeze(t.Context(), "liban", "essai", nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Safety().Backup(t.Context(), filepath.Join(out, "b.db"), nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Tables().Generate(t.Context(), 3, 1, "liban", nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Books().Gate(t.Context(), "liban", nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Books().BuildSelection(t.Context(), books.SelectionOptions{Query: searches.Query{Text: "eau"}, Title: "Eau",
		BuildOptions: books.BuildOptions{Output: filepath.Join(out, "c.pdf")}}, nil); err != nil {
		t.Error(err)
	}
}
