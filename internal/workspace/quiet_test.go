package workspace

import (
	"path/filepath"
	"testing"
)

// Nobody needs to listen: long work goes on without a listener.
func TestProgressMayBeNil(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "w")
	if _, err := Init(t.Context(), dir, InitOptions{Sample: true}); err != nil {
		t.Fatal(err)
	}
	w, err := Open(t.Context(), dir, OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	out := t.TempDir()
	if _, err := w.Build(t.Context(), BuildOptions{Directory: "liban", Variant: Digital, Output: filepath.Join(out, "a.pdf")}, nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Freeze(t.Context(), "liban", "essai", nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Backup(t.Context(), filepath.Join(out, "b.db"), nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Generate(t.Context(), 3, 1, "liban", nil); err != nil {
		t.Error(err)
	}
	if _, err := w.Gate(t.Context(), "liban", nil); err != nil {
		t.Error(err)
	}
	if _, err := w.BuildSelection(t.Context(), SelectionOptions{Query: Query{Text: "eau"}, Title: "Eau", BuildOptions: BuildOptions{Output: filepath.Join(out, "c.pdf")}}, nil); err != nil {
		t.Error(err)
	}
}
