package directories

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/workspace/records"
)

func TestTheColumnListsAndChooses(t *testing.T) {
	apptest.App(t)
	door := apptest.New(t, 20)
	s := New(door, task.AtOnce(), widgets.NewText("facettes"))
	test.NewTempWindow(t, s).Resize(fyne.NewSize(220, 600))
	var chosen records.DirectorySummary
	s.OnChosen = func(d records.DirectorySummary) { chosen = d }
	s.Reload()
	if len(s.Items()) != 5 || s.Items()[4].Label() != "Franco-sénégalais" {
		t.Fatalf("%d lines", len(s.Items()))
	}
	if s.Items()[4].Count() == "" || s.Items()[4].Count() == "0" {
		t.Errorf("count %q", s.Items()[4].Count())
	}
	test.Tap(s.Items()[4])
	if chosen.Slug != "senegal" || s.Chosen().Slug != "senegal" {
		t.Errorf("chose %q", chosen.Slug)
	}
	s.Items()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if chosen.Slug != "" {
		t.Error("Enter on the first line shows all")
	}
}

func TestAFailureKeepsTheLines(t *testing.T) {
	apptest.App(t)
	door := apptest.New(t, 5)
	s := New(door, task.AtOnce(), widgets.NewText(""))
	s.Reload()
	var said error
	s.OnError = func(err error) { said = err }
	if err := door.Close(); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	if said == nil || len(s.Items()) != 5 {
		t.Errorf("said %v, %d lines", said, len(s.Items()))
	}
}
