package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"repertoire/app/apptest"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/searches"
)

func TestEntriesOpenInTheirFieldAndAreConfirmedByAKey(t *testing.T) {
	apptest.App(t)
	dir := t.TempDir() + "/travail"
	if _, err := workspace.Init(t.Context(), dir, workspace.InitOptions{Sample: true, Author: "Zoé"}); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.Reload()
	all := len(v.shown)
	v.Narrow(review.ReviewStale)
	stale := len(v.shown)
	if all == 0 || stale == 0 {
		t.Fatalf("%d entries, %d stale", all, stale)
	}
	var opened repertoire.ID
	field := ""
	v.OnEntryField = func(id repertoire.ID, f string) { opened, field = id, f }
	v.FocusFirst()
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != v.shown[0].ID || field != "verified" {
		t.Errorf("opened %s in %q", opened, field)
	}
	v.table.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyV})
	if len(v.shown) != stale-1 {
		t.Errorf("%d stale after a confirmation, %d before", len(v.shown), stale)
	}
	v.directory.SetSelectedIndex(1)
	if len(v.entries) == 0 || len(v.entries) >= all {
		t.Errorf("%d entries of one répertoire, %d of all", len(v.entries), all)
	}
}

// A newer list of links is brought in by its file, what it has more is begun
// with a click, and what is put aside is not proposed again.
func TestANewerListOfLinksIsBroughtIn(t *testing.T) {
	apptest.App(t)
	w := apptest.New(t, 0)
	d, err := w.Records().AddDirectory(t.Context(), "maroc", "Maroc", []string{"MA"})
	if err != nil {
		t.Fatal(err)
	}
	window := test.NewTempWindow(t, widgets.NewText(""))
	v := New(w, task.AtOnce(), window)
	window.SetContent(v)
	window.Resize(fyne.NewSize(1040, 620))
	v.slug = d.Slug
	v.Reload()
	v.Narrow(reviewKnown)
	own := len(v.known.Missing)
	if own < 20 || v.list != "" {
		t.Fatalf("%d links known of the program", own)
	}
	file := filepath.Join(t.TempDir(), "liens-2026.tsv")
	if err := os.WriteFile(file, []byte("Metz\t49.12\t6.18\tEssaouira\tMorocco\t31.51\t-9.77\nNancy\t48.69\t6.18\tTanger\tMorocco\t35.77\t-5.80\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	said := ""
	v.OnSay = func(_ widgets.Tone, s string) { said = s }
	v.Compare(file)
	if len(v.known.Missing) != 2 || v.kind != reviewKnown || !strings.Contains(said, "liens-2026.tsv") {
		t.Fatalf("%d missing, %q", len(v.known.Missing), said)
	}
	v.putAside(v.known.Missing[1])
	v.begin([]string{v.known.Missing[0].Key})
	if len(v.known.Missing) != 0 || v.known.Present != 1 || len(v.known.Aside) != 1 {
		t.Errorf("%+v", v.known)
	}
	list, err := w.Searches().Search(t.Context(), searches.Query{Directory: d.Slug})
	if err != nil || list.Total != 1 {
		t.Fatal(list.Total, err)
	}
	// The book prints where it comes from, not where the officer keeps it.
	p, err := w.Records().Partnership(t.Context(), list.Hits[0].ID)
	if err != nil || p.Source != "liste « liens-2026.tsv », à vérifier" {
		t.Errorf("%q, %v", p.Source, err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if v.Reload(); v.list != "" || len(v.known.Missing) < 20 {
		t.Errorf("without its file: %q, %d", v.list, len(v.known.Missing))
	}
	if v.Compare(file); !strings.Contains(said, "ne peut pas être lue") {
		t.Errorf("said %q", said)
	}
}
