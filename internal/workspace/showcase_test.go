package workspace

import (
	"context"
	"path/filepath"
	"testing"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
)

// TestTheShowcaseIsFitToBeJudged makes the showcase and puts its book through the
// press-ready gate: nothing is said of it but that it is invented.
func TestTheShowcaseIsFitToBeJudged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vitrine")
	made, err := Init(context.Background(), dir, InitOptions{Showcase: true, Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	if made.Directories != 1 || made.Partnerships < 20 {
		t.Errorf("%d répertoires and %d partnerships were made", made.Directories, made.Partnerships)
	}
	w, err := Open(context.Background(), dir, OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	in, err := w.Books().BookInput(context.Background(), "vitrine")
	if err != nil {
		t.Fatal(err)
	}
	_, report, err := book.Compose(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []repertoire.Density{repertoire.DensityPage, repertoire.DensityHalf, repertoire.DensityTable} {
		if report.Densities[d] < 3 {
			t.Errorf("%d entries in the density %q: the showcase shows them all", report.Densities[d], d)
		}
	}
	for _, p := range in.Partnerships {
		if !p.Fictitious {
			t.Errorf("%s does not say that it is invented", p.ID)
		}
	}
	gate, err := w.Books().Gate(context.Background(), "vitrine", nil)
	if err != nil {
		t.Fatal(err)
	}
	if !gate.OK {
		t.Error("the gate refuses the showcase")
	}
	for _, l := range gate.Lines {
		if l.Field != "fictitious" {
			t.Errorf("page %d: %s: %s", l.Page, l.Title, l.Message)
		}
	}
}
