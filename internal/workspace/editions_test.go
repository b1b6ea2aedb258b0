package workspace

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/searches"
)

// freeze freezes a répertoire and fails the test when it cannot.
func freeze(t *testing.T, w *Workspace, slug, label string) books.FrozenEdition {
	t.Helper()
	e, err := w.Books().Freeze(t.Context(), slug, label, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// entriesOf lists the IDs of a répertoire's entries.
func entriesOf(t *testing.T, w *Workspace, slug string) []repertoire.ID {
	t.Helper()
	var out []repertoire.ID
	for _, h := range find(t, w, searches.Query{Directory: slug, Sort: searches.SortTitle, Limit: 500}).Hits {
		out = append(out, h.ID)
	}
	return out
}

func changed(t *testing.T, w *Workspace, id repertoire.ID, change func(*repertoire.Partnership)) {
	t.Helper()
	p, err := w.Records().Partnership(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	change(&p)
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

// The promise of issue 6: an edition frozen before ten records changed is
// rebuilt to the same bytes, and those ten are what separates the two.
func TestFrozenEditionOutlivesItsRecords(t *testing.T) {
	w := sampled(t)
	built := map[books.Variant]string{}
	for _, v := range []books.Variant{books.Print, books.Digital} {
		r, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "senegal", Variant: v, Label: "septembre 2023"}, quiet)
		if err != nil {
			t.Fatal(err)
		}
		built[v] = r.SHA256
	}
	first := freeze(t, w, "senegal", "septembre 2023")
	if first.Entries != 23 || !first.Added || first.Files["print"] != built[books.Print] || first.Files["digital"] != built[books.Digital] {
		t.Errorf("frozen as %+v, the book before was %v", first, built)
	}
	if again := freeze(t, w, "senegal", "septembre 2023"); again.Added || again.ID != first.ID {
		t.Errorf("the same state frozen again gives %s, added %v", again.ID, again.Added)
	}

	ids := entriesOf(t, w, "senegal")
	var want []repertoire.ID
	fields := map[repertoire.ID]string{}
	edit := func(i int, field string, change func(*repertoire.Partnership)) {
		changed(t, w, ids[i], change)
		want = append(want, ids[i])
		fields[ids[i]] = field
	}
	edit(0, "objectives", func(p *repertoire.Partnership) { p.Objectives = "De nouveaux objectifs." })
	edit(1, "themes", func(p *repertoire.Partnership) { p.Themes = []string{"3.1.1"} })
	edit(2, "first_year", func(p *repertoire.Partnership) { p.FirstYear = 1977 })
	edit(3, "projects", func(p *repertoire.Partnership) {
		p.Projects = append(p.Projects, repertoire.Project{ID: "x", Title: "Un château d’eau"})
	})
	edit(4, "contacts", func(p *repertoire.Partnership) {
		p.Contacts = append(p.Contacts, repertoire.Contact{ID: "y", Side: repertoire.SideFrench, Name: "Anne Nouvelle", PublishName: true,
			LegalBasis: "consentement"})
	})
	edit(5, "history", func(p *repertoire.Partnership) { p.History = "Une longue histoire." })
	edit(6, "verified", func(p *repertoire.Partnership) { p.Verified = "2026-10-01" })
	edit(7, "exchanges", func(p *repertoire.Partnership) {
		p.Exchanges = append(p.Exchanges, repertoire.Exchange{Date: "2026-05", Title: "Visite du maire"})
	})
	edit(8, "", func(p *repertoire.Partnership) { p.Status = repertoire.StatusEnded })
	if err := w.Records().DeletePartnership(t.Context(), ids[9]); err != nil {
		t.Fatal(err)
	}
	// What is for the desk alone is no change of the edition.
	changed(t, w, ids[10], func(p *repertoire.Partnership) { p.Notes = "Rappeler en mars." })
	changed(t, w, ids[11], func(p *repertoire.Partnership) {
		p.Contacts = append(p.Contacts, repertoire.Contact{ID: "z", Side: repertoire.SideFrench, Name: "Personne Retenue"})
	})

	for _, v := range []books.Variant{books.Print, books.Digital} {
		file := filepath.Join(t.TempDir(), "livre.pdf")
		r, err := w.Books().Rebuild(t.Context(), string(first.ID), books.BuildOptions{Variant: v, Output: file}, quiet)
		if err != nil || r.SHA256 != built[v] || !r.Identical || r.Original != built[v] {
			t.Errorf("%s is rebuilt as %s, was %s, identical %v, %v", v, r.SHA256, built[v], r.Identical, err)
		}
		bytes, err := os.ReadFile(file)
		if err != nil || base.HexSum(bytes) != built[v] {
			t.Errorf("the file of %s is another one (%v)", v, err)
		}
	}

	second := freeze(t, w, "senegal", "septembre 2026")
	if second.Previous != first.ID {
		t.Errorf("news are told since %q, want %s", second.Previous, first.ID)
	}
	for _, b := range []string{string(second.ID), "senegal"} { // the base is as the second edition
		d, err := w.Books().DiffEditions(t.Context(), string(first.ID), b)
		if err != nil {
			t.Fatal(err)
		}
		var got, ended []repertoire.ID
		for _, x := range d.Changed {
			got = append(got, x.ID)
			if len(x.Fields) != 1 || x.Fields[0].Name != fields[x.ID] || x.Fields[0].Before == x.Fields[0].After {
				t.Errorf("%s differs by %+v, want %s alone", x.Title, x.Fields, fields[x.ID])
			}
		}
		for _, x := range d.Ended {
			ended = append(ended, x.ID)
		}
		slices.Sort(got)
		slices.Sort(ended)
		if !slices.Equal(got, sortedIDs(want[:8])) || !slices.Equal(ended, sortedIDs([]repertoire.ID{ids[8], ids[9]})) ||
			len(d.New)+len(d.Authorities) != 0 {
			t.Errorf("against %s: changed %v, ended %v, new %v, authorities %v", b, got, ended, d.New, d.Authorities)
		}
	}
	back, err := w.Books().DiffEditions(t.Context(), string(second.ID), string(first.ID))
	if err != nil || len(back.New) != 1 || back.New[0].ID != ids[9] {
		t.Errorf("the other way round, new are %v, %v", back.New, err)
	}
}

func sortedIDs(list []repertoire.ID) []repertoire.ID {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}

// A later edition's book says what is new, and still does when it is rebuilt
// without the edition before.
func TestLaterEditionTellsItsNews(t *testing.T) {
	w := sampled(t)
	first := freeze(t, w, "mauritanie", "février 2025")
	if _, err := w.Books().MoveEdition(t.Context(), string(first.ID), "publiée", quiet); err != nil {
		t.Fatal(err)
	}
	changed(t, w, entriesOf(t, w, "mauritanie")[0], func(p *repertoire.Partnership) { p.Objectives = "Autres objectifs." })
	second := freeze(t, w, "mauritanie", "février 2027")
	if err := os.Remove(filepath.Join(w.Dir(), "editions", first.SHA256+".json.gz")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "livre.pdf")
	r, err := w.Books().Rebuild(t.Context(), string(second.ID), books.BuildOptions{Output: file}, quiet)
	if err != nil || !r.Identical {
		t.Fatalf("identical %v, %v", r.Identical, err)
	}
	text := strings.Join(strings.Fields(tool(t, "pdftotext", file, "-")), " ")
	if !strings.Contains(text, "Depuis l’édition de février 2025 : 1 fiche modifiée.") {
		t.Error("the book does not say what is new")
	}
}

// A book made of a frozen edition cannot pass for it when something of it is
// missing, and says when the program is another one.
func TestRebuildSaysWhatIsNoLongerTheSame(t *testing.T) {
	w := sampled(t)
	sum, err := w.Store.Media().Put(bytes.NewReader(picture(t, 30, 20)))
	if err != nil {
		t.Fatal(err)
	}
	changed(t, w, entriesOf(t, w, "liban")[0], func(p *repertoire.Partnership) {
		p.Pictures = []repertoire.Picture{{Media: sum, Caption: "Le port", Credit: "Ville", Alt: "Un port"}}
	})
	first := freeze(t, w, "liban", "mai 2024")

	was := Version
	Version = "v2.0"
	later, err := Open(t.Context(), w.Dir(), OpenOptions{Author: "Zoé", Share: true, ReadOnly: true, Now: clock()})
	Version = was
	if err != nil {
		t.Fatal(err)
	}
	defer later.Close()
	r, err := later.Books().Rebuild(t.Context(), string(first.ID), books.BuildOptions{Recipient: "Mairie de Lille"}, quiet)
	if err != nil || r.Identical || r.Original != "" || len(r.Warnings) == 0 || r.Warnings[0].Kind != books.KindEdition ||
		!strings.Contains(r.Warnings[0].Message, "v2.0") {
		t.Errorf("another program says %+v, %v", r.Warnings[:1], err)
	}

	file := filepath.Join(w.Dir(), "media", sum[:2], sum)
	if err := os.WriteFile(file, []byte("abîmé"), 0o644); err != nil {
		t.Fatal(err)
	}
	output := filepath.Join(t.TempDir(), "livre.pdf")
	_, err = w.Books().Rebuild(t.Context(), string(first.ID), books.BuildOptions{Output: output}, quiet)
	if repertoire.KindOf(err) != repertoire.Damaged || !strings.Contains(err.Error(), sum) {
		t.Errorf("a damaged picture gives %v", err)
	}
	if _, err := os.Stat(output); !errors.Is(err, os.ErrNotExist) {
		t.Error("a file was written all the same")
	}
	// An edition frozen now has no such picture, and keeps to it.
	second := freeze(t, w, "liban", "mai 2025")
	if err := os.WriteFile(file, picture(t, 30, 20), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, e := range []books.FrozenEdition{first, second} {
		if r, err := w.Books().Rebuild(t.Context(), string(e.ID), books.BuildOptions{}, quiet); err != nil || !r.Identical {
			t.Errorf("%s: identical %v, %v", e.Label, r.Identical, err)
		}
	}
}

// What readers had of a published edition is kept, whatever the program of
// later years makes of its data.
func TestPublishedFilesAreKept(t *testing.T) {
	w := sampled(t)
	e := freeze(t, w, "liban", "mai 2024")
	output := filepath.Join(t.TempDir(), "livre.pdf")
	if _, err := w.Books().Original(t.Context(), string(e.ID), books.Print, output); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("a draft has an original: %v", err)
	}
	if _, err := w.Books().MoveEdition(t.Context(), string(e.ID), "publiee", quiet); err != nil {
		t.Fatal(err)
	}
	for _, v := range []books.Variant{books.Print, books.Digital} {
		r, err := w.Books().Original(t.Context(), string(e.ID), v, output)
		if err != nil || r.SHA256 != e.Files[string(v)] {
			t.Fatalf("%s: %s, was %v, %v", v, r.SHA256, e.Files, err)
		}
		if data, err := os.ReadFile(output); err != nil || base.HexSum(data) != r.SHA256 {
			t.Errorf("%s: another file was written, %v", v, err)
		}
	}
	// Had another program made it, the kept file is offered.
	folder := w.Books().Folder()
	item, err := folder.Find(string(e.ID))
	if err != nil {
		t.Fatal(err)
	}
	old := []byte("%PDF d’un autre temps")
	item.Register.Files[1].SHA256 = base.HexSum(old)
	if err := errors.Join(folder.Keep(item), os.WriteFile(folder.PDF(item.Sum, string(books.Digital)), old, 0o644)); err != nil {
		t.Fatal(err)
	}
	r, err := w.Books().Rebuild(t.Context(), string(e.ID), books.BuildOptions{Variant: books.Digital}, quiet)
	if err != nil || r.Identical || !strings.Contains(r.Warnings[0].Message+r.Warnings[1].Message, "--original") {
		t.Errorf("identical %v, %+v, %v", r.Identical, r.Warnings[:2], err)
	}
	// Back from out of print, it stays what readers had.
	for _, to := range []string{"epuisee", "publiee"} {
		if _, err := w.Books().MoveEdition(t.Context(), string(e.ID), to, quiet); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := w.Books().Original(t.Context(), string(e.ID), books.Digital, output); err != nil || r.SHA256 != base.HexSum(old) {
		t.Errorf("published again, the original is %s, %v", r.SHA256, err)
	}
	if err := os.WriteFile(folder.PDF(item.Sum, string(books.Digital)), old[:5], 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Books().Original(t.Context(), string(e.ID), books.Digital, output); repertoire.KindOf(err) != repertoire.Damaged {
		t.Errorf("a damaged file gives %v", err)
	}
}

// picture is a small PNG with something on it.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w {
		img.Set(i, i%h, color.RGBA{200, 30, 30, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEditionsAreRefusedWithASentence(t *testing.T) {
	w := sampled(t)
	e, other := freeze(t, w, "liban", "mai 2024"), freeze(t, w, "armenie", "mars 2024")
	ctx := t.Context()
	for name, do := range map[string]func() error{
		"freezing an unknown répertoire": func() error { _, err := w.Books().Freeze(ctx, "atlantide", "x", quiet); return err },
		"an unknown edition": func() error {
			_, err := w.Books().Rebuild(ctx, "liban-000000000000", books.BuildOptions{}, quiet)
			return err
		},
		"two répertoires compared":  func() error { _, err := w.Books().DiffEditions(ctx, string(e.ID), string(other.ID)); return err },
		"an unknown state":          func() error { _, err := w.Books().MoveEdition(ctx, string(e.ID), "fondue", quiet); return err },
		"no state":                  func() error { _, err := w.Books().MoveEdition(ctx, string(e.ID), "", quiet); return err },
		"sold out before it is out": func() error { _, err := w.Books().MoveEdition(ctx, string(e.ID), "epuisee", quiet); return err },
		"a search nothing answers": func() error {
			_, err := w.Books().BuildSelection(ctx, books.SelectionOptions{Query: searches.Query{Text: "xylophage"}}, quiet)
			return err
		},
	} {
		var said *repertoire.Error
		if err := do(); !errors.As(err, &said) || !strings.HasSuffix(said.Message, ".") || said.Kind == repertoire.Internal {
			t.Errorf("%s gives %v", name, err)
		}
	}
	dir := w.Dir()
	reading, err := Open(ctx, dir, base.OpenOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	if _, err := reading.Books().Freeze(ctx, "liban", "x", quiet); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("freezing while reading gives %v", err)
	}
	if _, err := reading.Books().MoveEdition(ctx, string(e.ID), "publiee", quiet); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("publishing while reading gives %v", err)
	}
	if list, err := reading.Books().Editions(ctx); err != nil || len(list) != 2 {
		t.Errorf("reading lists %v, %v", list, err)
	}
}

// The register follows the edition, and the officer finds who is named where.
func TestStateAndNamesOfEditions(t *testing.T) {
	w := sampled(t)
	id := entriesOf(t, w, "liban")[0]
	changed(t, w, id, func(p *repertoire.Partnership) {
		p.Contacts = []repertoire.Contact{{ID: "a", Side: repertoire.SideFrench, Name: "Léa Publiée", PublishName: true,
			LegalBasis: "consentement"}, {ID: "b", Side: repertoire.SideFrench, Name: "Max Retenu"}}
		p.History = "Reçus par Léa Publiée en 2012."
	})
	e := freeze(t, w, "liban", "mai 2024")
	for _, to := range []string{"bon à tirer", "publiee", "Épuisée"} {
		if _, err := w.Books().MoveEdition(t.Context(), string(e.ID), to, quiet); err != nil {
			t.Fatal(err)
		}
	}
	list, err := w.Books().Editions(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	x := list[0]
	if x.State != "epuisee" || len(x.History) != 4 || x.History[0].State != "brouillon" || x.History[3].By != "Zoé" ||
		!x.History[3].At.After(x.History[0].At) {
		t.Errorf("history is %+v", x.History)
	}
	if x.Label != "mai 2024" || x.Directory != "liban" || x.Entries != 5 || x.Pages == 0 || x.PageSize == "" || x.Program != Version {
		t.Errorf("summary is %+v", x)
	}
	r, err := w.Books().Named(t.Context(), "lea publiee")
	if err != nil || len(r.People) != 2 || r.People[0].As != "interlocuteur" || r.People[1].As != "texte" || r.People[1].Partnership != id {
		t.Errorf("named: %+v, %v", r.People, err)
	}
	if r, _ := w.Books().Named(t.Context(), "retenu"); len(r.People) != 0 {
		t.Errorf("somebody unpublishable is named: %+v", r.People)
	}
}

// readingOf reads a book's input that is there already.
func (w *Workspace) readingOf(in book.Input) func(context.Context) (book.Input, error) {
	return func(context.Context) (book.Input, error) { return in, nil }
}
