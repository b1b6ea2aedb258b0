package counter

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"repertoire/app/apptest"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/safety"
)

// A base put back on another machine knows no last number: the counter asks
// for them, and goes on after what it was told.
func TestTheLastNumbersAreAskedFor(t *testing.T) {
	w, dir := shop(t)
	backup := filepath.Join(t.TempDir(), "b.db")
	if _, err := w.Safety().Backup(t.Context(), backup, func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"repertoire.db", "registre.jsonl"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if plan, err := safety.Restore(t.Context(), dir, backup, func(int, int, string) {}); err != nil || !plan.Unknown {
		t.Fatalf("%+v, %v", plan, err)
	}
	again, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Awa"})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	_, s, window := shown(t, again)
	var fields []*widgets.Entry
	apptest.Walk(window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) bool {
		if e, ok := o.(*widgets.Entry); ok {
			fields = append(fields, e)
		}
		return true
	})
	if len(fields) != 3 {
		t.Fatalf("%d fields", len(fields))
	}
	year := again.Now().Year()
	fields[0].SetText("AUTRE-1")
	press(t, window, "Noter")
	if window.Canvas().Overlays().Top() == nil {
		t.Fatal("a number that is none was taken")
	}
	fields[0].SetText(order.Number("F", year, 12))
	press(t, window, "Noter")
	if s.tone != widgets.Success {
		t.Errorf("%+v", s)
	}
	list, err := again.Orders().LastNumbers(t.Context())
	if err != nil || list[0].Number != order.Number("F", year, 12) || len(unknown(list)) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
