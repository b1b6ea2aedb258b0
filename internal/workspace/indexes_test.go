package workspace

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
)

// letters keeps what identifies a text, whatever its lines, spaces and dots.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// TestEveryIndexLineLeadsToItsPage reads the finished PDF as a stranger would:
// for each line of the five indexes, the number printed after the name is that
// of the page the entry begins on, and the entry is there.
func TestEveryIndexLineLeadsToItsPage(t *testing.T) {
	w := sampled(t)
	for _, slug := range []string{"japon", "amerique-latine-caraibe"} {
		in, err := w.Books().BookInput(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		doc, _, err := book.Compose(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), slug+".pdf")
		var pages *layout.Pages
		_, err = w.Books().Produce(t.Context(), books.Job{Compose: book.Compose, Seen: func(p *layout.Pages) { pages = p },
			Read: w.readingOf(in)}, books.BuildOptions{Variant: books.Digital, Output: file}, quiet)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Split(tool(t, "pdftotext", "-raw", file, "-"), "\f")
		for i := range text {
			text[i] = letters(text[i])
		}
		all := strings.Join(text, "\n")
		// An entry is known by the first of its authorities on each side, which
		// tables print apart.
		parties := map[string][]string{}
		for i := range in.Partnerships {
			p := &in.Partnerships[i]
			for _, side := range []repertoire.Side{repertoire.SideFrench, repertoire.SideForeign} {
				a := in.Authorities[p.PartiesOn(side)[0]]
				parties["fiche-"+string(p.ID)] = append(parties["fiche-"+string(p.ID)], letters(a.Usual()))
			}
		}
		lines, indexes := 0, 0
		for _, x := range indexesOf(doc) {
			indexes++
			for _, e := range x.Entries {
				if len(e.Targets) == 0 {
					continue
				}
				lines++
				name := ""
				for _, part := range e.Text {
					if s, ok := part.(layout.Text); ok {
						name += s.Text
					}
				}
				first := len(pages.Pages)
				for _, anchor := range e.Targets {
					at, ok := pages.Anchors[anchor]
					if !ok {
						t.Errorf("%s: %q leads to %s, which is nowhere", slug, name, anchor)
						continue
					}
					first = min(first, at.Page)
					if len(parties[anchor]) != 2 {
						t.Errorf("%s: %q leads to %s, which is no entry", slug, name, anchor)
					}
					for _, party := range parties[anchor] {
						if !strings.Contains(text[at.Page], party) {
							t.Errorf("%s: %q leads to page %s, where %q is not", slug, name, pages.Pages[at.Page].Label, party)
						}
					}
				}
				if want := letters(name) + pages.Pages[first].Label; !strings.Contains(all, want) {
					t.Errorf("%s: %q is not printed with page %s", slug, name, pages.Pages[first].Label)
				}
			}
		}
		if indexes < 4 || lines < len(in.Partnerships) {
			t.Errorf("%s: only %d lines of %d indexes were checked", slug, lines, indexes)
		}
		t.Logf("%s: %d lines of %d indexes", slug, lines, indexes)
	}
}

// indexesOf lists the indexes of a book.
func indexesOf(doc layout.Document) []layout.Index {
	var out []layout.Index
	var walk func([]layout.Block)
	walk = func(blocks []layout.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case layout.Group:
				walk(b.Blocks)
			case layout.Index:
				out = append(out, b)
			}
		}
	}
	for _, s := range doc.Sections {
		walk(s.Blocks)
	}
	return out
}

// A decision taken on an entry's pages holds when its data are refreshed, in
// editions too.
func TestPageOverridesSurviveARefresh(t *testing.T) {
	w := sampled(t)
	d, err := w.Records().Directory(t.Context(), "senegal")
	if err != nil {
		t.Fatal(err)
	}
	in, err := w.Books().BookInput(t.Context(), d.Slug)
	if err != nil {
		t.Fatal(err)
	}
	// An entry that shares its page with the one before.
	var id repertoire.ID
	top := func(id repertoire.ID) bool {
		t.Helper()
		in, err := w.Books().BookInput(t.Context(), d.Slug)
		if err != nil {
			t.Fatal(err)
		}
		var pages *layout.Pages
		if _, err := w.Books().Produce(t.Context(), books.Job{Compose: book.Compose, Read: w.readingOf(in),
			Seen: func(p *layout.Pages) { pages = p }}, books.BuildOptions{}, quiet); err != nil {
			t.Fatal(err)
		}
		at := pages.Anchors["fiche-"+string(id)]
		for other, dest := range pages.Anchors {
			if strings.HasPrefix(other, "fiche-") && dest.Page == at.Page && dest.Y < at.Y {
				return false
			}
		}
		return true
	}
	for _, p := range in.Partnerships {
		if !top(p.ID) {
			id = p.ID
			break
		}
	}
	if id == "" {
		t.Fatal("every entry begins a page already")
	}
	d.Density = repertoire.DensityHalf
	if _, err := w.Records().SaveDirectory(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := w.Books().OverridePages(t.Context(), d.Slug, id, repertoire.PageOverride{NewPage: true, Keep: true}); err != nil {
		t.Fatal(err)
	}
	if !top(id) {
		t.Error("the entry does not begin a page")
	}
	changed(t, w, id, func(p *repertoire.Partnership) { p.Objectives = "De nouveaux objectifs." })
	if !top(id) {
		t.Error("the refreshed entry does not begin a page")
	}
	e := freeze(t, w, d.Slug, "septembre 2023")
	item, err := w.Books().Folder().Find(string(e.ID))
	if err != nil || !item.Snapshot.Directory.Overrides[id].NewPage {
		t.Errorf("the edition has lost the decision: %v", err)
	}
	if err := w.Books().OverridePages(t.Context(), d.Slug, id, repertoire.PageOverride{}); err != nil {
		t.Fatal(err)
	}
	if d, _ := w.Records().Directory(t.Context(), d.Slug); len(d.Overrides) != 0 {
		t.Errorf("still decided: %v", d.Overrides)
	}
	for _, bad := range []struct {
		slug string
		id   repertoire.ID
		o    repertoire.PageOverride
	}{{"senegal", "personne", repertoire.PageOverride{Keep: true}}, {"atlantide", id, repertoire.PageOverride{Keep: true}},
		{"senegal", id, repertoire.PageOverride{PictureWidth: 2}}} {
		if err := w.Books().OverridePages(t.Context(), bad.slug, bad.id, bad.o); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
