package workspace

import (
	"os"
	"path/filepath"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// A new répertoire starts from the links known elsewhere; what is put aside is
// not proposed again; one undo takes all back.
func TestARepertoireStartsFromKnownLinks(t *testing.T) {
	w := sampled(t)
	d, err := w.Records().AddDirectory(t.Context(), "maroc", "Répertoire franco-marocain", []string{"MA"})
	if err != nil {
		t.Fatal(err)
	}
	k, err := w.Review().KnownLinks(t.Context(), d.Slug, "")
	if err != nil || k.Known < 20 || k.Present != 0 || len(k.Missing) != k.Known || k.Share() != 0 {
		t.Fatalf("%d known, %d present, %d missing, %v", k.Known, k.Present, len(k.Missing), err)
	}
	if err := w.Review().SetKnownAside(t.Context(), d.Slug, []string{k.Missing[0].Key}, true); err != nil {
		t.Fatal(err)
	}
	done, err := w.Review().AddKnownLinks(t.Context(), d.Slug, "", nil)
	if err != nil || done.Added != k.Known-1 {
		t.Fatalf("%+v, %v", done, err)
	}
	after, err := w.Review().KnownLinks(t.Context(), d.Slug, "")
	if err != nil || after.Present != k.Known-1 || len(after.Missing) != 0 || len(after.Aside) != 1 || after.Share() != 100 {
		t.Fatalf("%+v, %v", after, err)
	}
	hits := find(t, w, searches.Query{Directory: d.Slug, Limit: 1}).Hits
	p, err := w.Records().Partnership(t.Context(), hits[0].ID)
	if err != nil || p.Source == "" || p.Verified != "" || p.Type != repertoire.TypeTwinning {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := w.History().Undo(t.Context(), done.Change, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if back, _ := w.Review().KnownLinks(t.Context(), d.Slug, ""); back.Present != 0 {
		t.Errorf("%d left after the undo", back.Present)
	}
}

// The samples hold most of what is known of their countries, and are not
// proposed a second time.
func TestKnownLinksOfTheBaseAreSeen(t *testing.T) {
	w := sampled(t)
	k, err := w.Review().KnownLinks(t.Context(), "senegal", "")
	if err != nil || k.Present == 0 || k.Present+len(k.Missing) != k.Known {
		t.Fatalf("%d of %d, %d missing, %v", k.Present, k.Known, len(k.Missing), err)
	}
	file := filepath.Join(t.TempDir(), "liste.tsv")
	if err := os.WriteFile(file, []byte("Metz\t49.12\t6.18\tKaolack\tSenegal\t14.15\t-16.07\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	newer, err := w.Review().KnownLinks(t.Context(), "senegal", file)
	if err != nil || newer.Known != 1 || len(newer.Missing) != 1 || newer.Missing[0].Foreign != "Kaolack" {
		t.Errorf("%+v, %v", newer, err)
	}
}
