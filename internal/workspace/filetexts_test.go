package workspace

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/searches"
)

// TestFilesAreFoundByTheirWords holds that what stands in an attached PDF is
// found, said to stand there, kept out of answers that leave the desk, and gone
// with the words that were read.
func TestFilesAreFoundByTheirWords(t *testing.T) {
	w := sampled(t)
	file := filepath.Join(t.TempDir(), "livre.pdf")
	if _, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "madagascar", Variant: books.Digital, Output: file},
		quiet); err != nil {
		t.Fatal(err)
	}
	media, err := w.Records().AddMedia(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	p := one(t, w, "Brest Yokosuka")
	p.Attachments = append(p.Attachments, repertoire.Attachment{Media: media.SHA, Name: "protocole-quinquennal.pdf"})
	if p, err = w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	w.Texts.Settle()
	has := func(query string, public bool) (searches.Hit, bool) {
		r := find(t, w, searches.Query{Text: query, Snippets: true, Public: public, Limit: -1})
		i := slices.IndexFunc(r.Hits, func(h searches.Hit) bool { return h.ID == p.ID })
		if i < 0 {
			return searches.Hit{}, false
		}
		return r.Hits[i], true
	}
	if _, ok := has("quinquennal", false); !ok {
		t.Error("not found by the name of its file")
	}
	hit, ok := has("Morondava", false)
	if !ok {
		t.Fatal("not found by a word of its file")
	}
	if !slices.ContainsFunc(hit.Snippets, func(s searches.Snippet) bool {
		return s.Field == "files" &&
			strings.Contains(s.Text, "Morondava")
	}) {
		t.Errorf("nothing says that the word stands in the file: %+v", hit.Snippets)
	}
	if hit, _ := has("Morondava", true); slices.ContainsFunc(hit.Snippets, func(s searches.Snippet) bool { return s.Field == "files" }) {
		t.Error("a file's words leave the desk")
	}
	if _, err := os.Stat(w.Texts.Path(media.SHA)); err != nil {
		t.Error("the words are not kept")
	}
	if err := w.Texts.Forget(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(w.Texts.Path(media.SHA)); err == nil {
		t.Error("the words are kept after all")
	}
}
