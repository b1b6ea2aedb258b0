package duplicates

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/tables"
)

// Operators written in several ways become one in all their records by one
// gesture, which one undo takes back.
func TestOperatorsAreBroughtUnderOneSpelling(t *testing.T) {
	apptest.App(t)
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if _, err := w.Records().AddDirectory(t.Context(), "senegal", "", []string{"SN"}); err != nil {
		t.Fatal(err)
	}
	rows := "Collectivité française;Pays;Collectivité étrangère;Acteurs\n"
	for i, actor := range []string{"Eau vive du Forez", "Eau Vive du Forez", "EAU-VIVE DU FOREZ", "Lire ensemble"} {
		rows += fmt.Sprintf("%s;Sénégal;%s;%s\n", []string{"Roanne", "Vichy", "Guéret", "Tulle"}[i],
			[]string{"Podor", "Dagana", "Matam", "Bakel"}[i], actor)
	}
	file := filepath.Join(t.TempDir(), "acteurs.csv")
	if err := os.WriteFile(file, []byte(rows), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, err := w.Tables().Import(t.Context(), file, tables.ImportOptions{Directory: "senegal", Partial: true}, nil); err != nil ||
		r.Added != 4 {
		t.Fatalf("%+v %v", r, err)
	}
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	press(t, v, "Valeurs voisines")
	press(t, window.Canvas().Overlays().Top(), "Réunir ces valeurs")
	left, err := w.Review().ValueClusters(t.Context(), review.ValueOperators)
	if err != nil || len(left) != 0 {
		t.Fatalf("%+v %v", left, err)
	}
	last, err := w.History().LastChange(t.Context())
	if err != nil || last == nil {
		t.Fatal(err)
	}
	if _, err := w.History().Undo(t.Context(), last.ID, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if left, _ = w.Review().ValueClusters(t.Context(), review.ValueOperators); len(left) != 1 || len(left[0].Values) != 3 {
		t.Errorf("after the undo: %+v", left)
	}
}

func press(t *testing.T, in fyne.CanvasObject, label string) {
	t.Helper()
	b, ok := apptest.Find(in, func(b *widgets.Button) bool { return len(b.Text) >= len(label) && b.Text[:len(label)] == label })
	if !ok {
		t.Fatalf("no button %q", label)
	}
	test.Tap(b)
}
