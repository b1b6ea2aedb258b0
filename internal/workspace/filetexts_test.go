package workspace

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

// TestFilesAreFoundByTheirWords holds that what stands in an attached PDF is
// found, said to stand there, kept out of answers that leave the desk, and gone
// with the words that were read.
func TestFilesAreFoundByTheirWords(t *testing.T) {
	w := sampled(t)
	file := filepath.Join(t.TempDir(), "livre.pdf")
	if _, err := w.Build(t.Context(), BuildOptions{Directory: "madagascar", Variant: Digital, Output: file}, quiet); err != nil {
		t.Fatal(err)
	}
	media, err := w.AddMedia(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	p := one(t, w, "Brest Yokosuka")
	p.Attachments = append(p.Attachments, repertoire.Attachment{Media: media.SHA, Name: "protocole-quinquennal.pdf"})
	if p, err = w.SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	w.texts.settle()
	has := func(query string, public bool) (Hit, bool) {
		r := find(t, w, Query{Text: query, Snippets: true, Public: public, Limit: -1})
		i := slices.IndexFunc(r.Hits, func(h Hit) bool { return h.ID == p.ID })
		if i < 0 {
			return Hit{}, false
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
	if !slices.ContainsFunc(hit.Snippets, func(s Snippet) bool { return s.Field == "files" && strings.Contains(s.Text, "Morondava") }) {
		t.Errorf("nothing says that the word stands in the file: %+v", hit.Snippets)
	}
	if hit, _ := has("Morondava", true); slices.ContainsFunc(hit.Snippets, func(s Snippet) bool { return s.Field == "files" }) {
		t.Error("a file's words leave the desk")
	}
	if _, err := os.Stat(w.texts.path(media.SHA)); err != nil {
		t.Error("the words are not kept")
	}
	if err := w.texts.forget(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(w.texts.path(media.SHA)); err == nil {
		t.Error("the words are kept after all")
	}
}

// TestDamagedFilesHaveNoWords feeds the reader of PDF files what is none.
func TestDamagedFilesHaveNoWords(t *testing.T) {
	for _, s := range []string{"", "%PDF-", "%PDF-1.7\n1 0 obj<</Type/Catalog>>\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF", "%PDF-1.4\n" + strings.Repeat("1 0 obj << /Length 9 >> stream\n", 50)} {
		if text, _ := pdfText(context.Background(), bytes.NewReader([]byte(s)), int64(len(s))); text != "" {
			t.Errorf("%.20q has the words %q", s, text)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if text, err := pdfText(ctx, bytes.NewReader(nil), 0); text != "" || err == nil {
		t.Error("a stopped reading reads on")
	}
}
