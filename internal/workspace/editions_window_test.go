package workspace

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/workspace/books"
)

func TestProofShowsTheWholeBook(t *testing.T) {
	w := sampled(t)
	p, err := w.Books().Proof(t.Context(), "liban", quiet)
	if err != nil {
		t.Fatal(err)
	}
	id := entriesOf(t, w, "liban")[0]
	at := p.PageOf(id)
	if at < 1 || at >= p.Count() {
		t.Fatalf("the entry is on page %d of %d", at, p.Count())
	}
	if got, title := p.EntryAt(at); got == "" || title == "" {
		t.Errorf("page %d shows %q %q", at, got, title)
	}
	if got, _ := p.EntryAt(0); got != "" {
		t.Errorf("the cover shows the entry %q", got)
	}
	if img, err := p.Image(at, 36); err != nil || img.Bounds().Dx() < 100 {
		t.Errorf("no image: %v", err)
	}
}

// Saying all the defaults aloud makes the same book.
func TestSectionsSaidAloudChangeNothing(t *testing.T) {
	w := sampled(t)
	d, err := w.Records().Directory(t.Context(), "liban")
	if err != nil {
		t.Fatal(err)
	}
	before, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "liban", Label: "essai"}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	d.Sections = nil
	for _, s := range w.Books().Sections(d) {
		d.Sections = append(d.Sections, s.SectionChoice)
	}
	if d, err = w.Records().SaveDirectory(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	after, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "liban", Label: "essai"}, quiet)
	if err != nil || after.SHA256 != before.SHA256 {
		t.Errorf("another book: %v", err)
	}
	if n := len(w.Books().Sections(d)); n != len(d.Sections) {
		t.Errorf("%d sections, then %d", len(d.Sections), n)
	}
}

func TestOnlyADraftIsDeleted(t *testing.T) {
	w := sampled(t)
	first := freeze(t, w, "liban", "essai")
	if _, err := w.Books().MoveEdition(t.Context(), string(first.ID), "bon-a-tirer", quiet); err != nil {
		t.Fatal(err)
	}
	if err := w.Books().DeleteEdition(t.Context(), string(first.ID)); err == nil {
		t.Error("an approved edition was deleted")
	}
	if _, err := w.Books().MoveEdition(t.Context(), string(first.ID), "brouillon", quiet); err != nil {
		t.Fatal(err)
	}
	if err := w.Books().DeleteEdition(t.Context(), string(first.ID)); err != nil {
		t.Fatal(err)
	}
	list, err := w.Books().Editions(t.Context())
	if err != nil || slices.ContainsFunc(list, func(e books.EditionSummary) bool { return e.ID == first.ID }) {
		t.Errorf("still there: %v", err)
	}
}

// Until readers have it an edition may get another name, which its pages then
// bear, and keeps its history; after that it may not.
func TestAnEditionIsRenamedUntilItIsPublished(t *testing.T) {
	w := sampled(t)
	first := freeze(t, w, "liban", "essai")
	if _, err := w.Books().MoveEdition(t.Context(), string(first.ID), "bon-a-tirer", quiet); err != nil {
		t.Fatal(err)
	}
	named, err := w.Books().RenameEdition(t.Context(), string(first.ID), " mars 2027 ", quiet)
	if err != nil || named.Label != "mars 2027" || named.State != "bon-a-tirer" || len(named.History) != 2 {
		t.Fatalf("%+v, %v", named, err)
	}
	list, err := w.Books().Editions(t.Context())
	if err != nil || slices.ContainsFunc(list, func(e books.EditionSummary) bool { return e.ID == first.ID || e.Label == "essai" }) {
		t.Errorf("the old name is still there: %v", err)
	}
	file := filepath.Join(t.TempDir(), "mars.pdf")
	r, err := w.Books().Rebuild(t.Context(), string(named.ID), books.BuildOptions{Variant: books.Digital, Output: file}, quiet)
	if err != nil || !r.Identical {
		t.Fatalf("%+v, %v", r, err)
	}
	if out, err := exec.Command("pdftotext", file, "-").Output(); err != nil || !strings.Contains(strings.ToLower(string(out)), "mars 2027") {
		t.Errorf("the pages do not bear the name: %v", err)
	}
	if _, err := w.Books().MoveEdition(t.Context(), string(named.ID), "publiee", quiet); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Books().RenameEdition(t.Context(), string(named.ID), "avril 2027", quiet); err == nil ||
		!strings.Contains(err.Error(), "Publiée") && !strings.Contains(err.Error(), "publiée") {
		t.Errorf("a published edition was renamed: %v", err)
	}
}
