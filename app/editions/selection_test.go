package editions

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"

	"repertoire/app/task"
	"repertoire/internal/workspace/searches"
)

func TestABookIsMadeFromASearch(t *testing.T) {
	_, door, w := desk(t)
	s := NewSelection(door, task.AtOnce(), w)
	q := searches.Query{Directory: "liban"}
	r, err := door.Searches().Search(t.Context(), q)
	if err != nil || r.Total == 0 {
		t.Fatalf("%d entries, %v", r.Total, err)
	}
	s.Show(q, "", r.Total)
	press(t, w, "Produire")
	if s.notice.Sentence() == "" {
		t.Error("a book without a title was begun")
	}
	test.Type(s.title, "Cèdres et villes")
	file := filepath.Join(t.TempDir(), "soleil")
	s.file.SetText(file)
	press(t, w, "Produire")
	if info, err := os.Stat(file + ".pdf"); err != nil || info.Size() < 10000 {
		t.Errorf("no book: %v", err)
	}
	press(t, w, "Fermer")
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
}
