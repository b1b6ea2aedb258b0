package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// clock starts on a fixed day and moves a second at each look, so that tests
// see the order of changes.
func clock() func() time.Time {
	start := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var looks atomic.Int64 // the index looks too, from its own goroutine
	return func() time.Time { return start.Add(time.Duration(looks.Add(1)) * time.Second) }
}

// sampled opens a new workspace with the sample répertoires.
func sampled(t testing.TB) *Workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := Init(t.Context(), dir, base.InitOptions{Sample: true, Author: "Zoé", Now: clock()}); err != nil {
		t.Fatal(err)
	}
	return opened(t, dir)
}

func opened(t testing.TB, dir string) *Workspace {
	t.Helper()
	w, err := Open(t.Context(), dir, base.OpenOptions{Author: "Zoé", Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func quiet(int, int, string) {}

// one finds the only partnership that answers.
func one(t testing.TB, w *Workspace, text string) repertoire.Partnership {
	t.Helper()
	r := find(t, w, searches.Query{Text: text})
	if r.Total != 1 {
		t.Fatalf("%q has %d answers, want 1", text, r.Total)
	}
	p, err := w.Records().Partnership(t.Context(), r.Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func find(t testing.TB, w *Workspace, q searches.Query) searches.Result {
	t.Helper()
	r, err := w.Searches().Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSampleHoldsSevenDirectories(t *testing.T) {
	w := sampled(t)
	list, err := w.Records().Directories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	real, slugs := 0, map[string]bool{}
	for _, d := range list {
		slugs[d.Slug] = true
		real += d.Partnerships
	}
	if len(slugs) != 7 || real < 134 {
		t.Errorf("%d directories with %d partnerships, want 7 with at least 134", len(slugs), real)
	}
}

func TestSearchFindsByNameThemeAndFilter(t *testing.T) {
	w := sampled(t)
	if p := one(t, w, "saint-louis lille"); p.Directories[0] != "senegal" {
		t.Errorf("Lille – Saint-Louis is in %v", p.Directories)
	}
	for _, q := range []string{"Tananarive", "tananarive", "pays:MG", "Madagascar"} {
		if r := find(t, w, searches.Query{Text: q}); r.Total == 0 {
			t.Errorf("%q finds nothing", q)
		}
	}
	all := find(t, w, searches.Query{Countries: []string{"MG"}, Facets: true})
	if all.Total != 8 || len(all.Facets["status"]) == 0 {
		t.Errorf("Madagascar has %d partnerships and facets %v, want 8 with facets", all.Total, all.Facets)
	}
	var titles []string
	for _, h := range find(t, w, searches.Query{Directory: "madagascar", Sort: searches.SortTitle}).Hits {
		titles = append(titles, h.Title)
	}
	for i := 1; i < len(titles); i++ {
		if repertoire.Less(strings.TrimPrefix(titles[i], "Le "), strings.TrimPrefix(titles[i-1], "Le ")) { // the article sorts behind
			t.Errorf("titles are not in French order: %q", titles)
		}
	}
	if _, err := w.Searches().Search(t.Context(), searches.Query{Directory: "atlantide"}); repertoire.KindOf(err) != repertoire.NotFound {
		t.Errorf("an unknown directory gives %v", err)
	}
}

func TestSaveIsFoundAndUndone(t *testing.T) {
	w := sampled(t)
	p := one(t, w, "saint-louis lille")
	p.Objectives = "Réhabiliter la médina et sa xylographie."
	saved, err := w.Records().SavePartnership(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if saved.Version <= p.Version || saved.Confirmations["objectives"].By != "Zoé" {
		t.Errorf("saved as version %d (was %d), confirmed %v", saved.Version, p.Version, saved.Confirmations)
	}
	if got := one(t, w, "xylographie"); got.ID != p.ID {
		t.Error("what was just saved is not found")
	}
	past, err := w.History().Of(t.Context(), p.ID)
	if err != nil || len(past) != 2 || past[0].Fields[0].Label != "Objectifs" {
		t.Fatalf("history is %+v, %v", past, err)
	}
	undone, err := w.History().Undo(t.Context(), past[0].ID, history.UndoAsk)
	if err != nil || undone.Change == "" {
		t.Fatalf("undo gives %+v, %v", undone, err)
	}
	if r := find(t, w, searches.Query{Text: "xylographie"}); r.Total != 0 {
		t.Error("the undone text is still found")
	}
	if _, err := w.History().Undo(t.Context(), undone.Change, history.UndoAsk); err != nil {
		t.Fatal(err)
	}
	if got := one(t, w, "xylographie"); got.Objectives != saved.Objectives {
		t.Error("redoing does not give the text back")
	}
}

func TestUndoAsksWhenTheFieldChangedSince(t *testing.T) {
	w := sampled(t)
	p := one(t, w, "saint-louis lille")
	p.Objectives = "un"
	p, _ = w.Records().SavePartnership(t.Context(), p)
	p.Objectives, p.History = "deux", "depuis 1978"
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	past, err := w.History().Of(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	first := past[1].ID
	asked, err := w.History().Undo(t.Context(), first, history.UndoAsk)
	if err != nil || asked.Change != "" || len(asked.Conflicts) != 1 || asked.Conflicts[0].Now != "deux" {
		t.Fatalf("asking gives %+v, %v", asked, err)
	}
	if _, err := w.History().Undo(t.Context(), first, history.UndoOverwrite); err != nil {
		t.Fatal(err)
	}
	got, err := w.Records().Partnership(t.Context(), p.ID)
	if err != nil || got.Objectives != "" || got.History != "depuis 1978" {
		t.Errorf("after the undo: objectives %q, history %q, %v", got.Objectives, got.History, err)
	}
}

func TestStaleSaveIsAConflict(t *testing.T) {
	w := sampled(t)
	p := one(t, w, "saint-louis lille")
	mine := p
	p.Context = "le leur"
	if _, err := w.Records().SavePartnership(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	mine.Context = "le mien"
	_, err := w.Records().SavePartnership(t.Context(), mine)
	var conflict *base.Conflict
	if !errors.As(err, &conflict) || len(conflict.Fields) == 0 {
		t.Fatalf("a stale save gives %v", err)
	}
	if got, _ := w.Records().Partnership(t.Context(), p.ID); got.Context != "le leur" {
		t.Error("a stale save overwrote")
	}
}

func TestRenamedAuthorityIsFoundByItsNewName(t *testing.T) {
	w := sampled(t)
	p := one(t, w, "saint-louis lille")
	a, err := w.Records().Authority(t.Context(), p.PartiesOn(repertoire.SideForeign)[0])
	if err != nil {
		t.Fatal(err)
	}
	a.OtherNames = append(a.OtherNames, "Ndar")
	if _, err := w.Records().SaveAuthority(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if got := one(t, w, "Ndar"); got.ID != p.ID {
		t.Error("the partnership is not found by its authority's new name")
	}
}

func TestRefusedSaveWritesNothing(t *testing.T) {
	w := sampled(t)
	p := one(t, w, "saint-louis lille")
	p.Start, p.End = "2012", "2010"
	_, err := w.Records().SavePartnership(t.Context(), p)
	var e *repertoire.Error
	if !errors.As(err, &e) || e.Kind != repertoire.Refused || e.Field != "end" {
		t.Fatalf("got %v", err)
	}
	if got, _ := w.Records().Partnership(t.Context(), p.ID); got.End != "" {
		t.Error("a refused save was written")
	}
}

func TestIndexIsRemadeWhenLost(t *testing.T) {
	w := sampled(t)
	dir := w.Dir()
	want := find(t, w, searches.Query{Text: "nantes"}).Total
	if want == 0 {
		t.Fatal("nothing to look for")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), dir, base.OpenOptions{Author: "Zoé"})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := find(t, again, searches.Query{Text: "nantes"}).Total; got != want {
		t.Errorf("%d answers after the index was lost, want %d", got, want)
	}
	if r, err := again.Safety().Check(t.Context()); err != nil || !r.OK {
		t.Errorf("check says %+v, %v", r, err)
	}
}

func TestFailedInitLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := filepath.Join(t.TempDir(), "dossier")
	if _, err := Init(ctx, dir, base.InitOptions{Sample: true}); err == nil {
		t.Fatal("a cancelled init succeeded")
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("a failed init left its folder")
	}
}

func TestBuildIsTheSameTwiceAndLeavesOldFilesAlone(t *testing.T) {
	w := sampled(t)
	out := filepath.Join(t.TempDir(), "livre.pdf")
	a, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "madagascar", Output: out}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.Books().Build(t.Context(), books.BuildOptions{Directory: "madagascar"}, quiet)
	if err != nil || a.SHA256 != b.SHA256 || a.Pages == 0 || a.Entries != 8 || a.Overfull != 0 {
		t.Errorf("built %+v then %+v, %v", a, b, err)
	}
	before, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err = w.Books().Build(ctx, books.BuildOptions{Directory: "senegal", Output: out}, func(done, total int, label string) { cancel() })
	if repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("a cancelled build gives %v", err)
	}
	if after, _ := os.ReadFile(out); string(after) != string(before) {
		t.Error("a cancelled build changed the file")
	}
}

func TestPreviewLeadsBackToFields(t *testing.T) {
	w := sampled(t)
	p := one(t, w, "saint-louis lille")
	p.Objectives = "Des objectifs à relire."
	v, err := w.Books().PreviewEntry(t.Context(), p)
	if err != nil || v.Count() == 0 {
		t.Fatalf("preview: %v", err)
	}
	if img, err := v.Image(0, 72); err != nil || img.Bounds().Empty() {
		t.Errorf("page 1 has no image: %v", err)
	}
	width, height := v.Size()
	fields := map[string]bool{}
	for y := 0.0; y < height; y += 4 {
		for x := 0.0; x < width; x += 40 {
			fields[v.FieldAt(0, x, y)] = true
		}
	}
	if !fields["objectives"] {
		t.Errorf("no click leads to the objectives, only to %v", fields)
	}
}

// A place where no index can be written still answers, from one of its own.
func TestSearchesWithoutAPlaceForTheIndex(t *testing.T) {
	w := sampled(t)
	dir := w.Dir()
	want := find(t, w, searches.Query{Text: "nantes"}).Total
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(dir, "index")
	if err := os.RemoveAll(index); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(index, []byte("autre chose"), 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), dir, base.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := find(t, again, searches.Query{Text: "nantes"}).Total; got != want {
		t.Errorf("%d answers, want %d", got, want)
	}
	private := again.Index.Dir
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(private); !os.IsNotExist(err) {
		t.Error("the passing index was left behind")
	}
	if got, _ := os.ReadFile(index); string(got) != "autre chose" {
		t.Error("a file that is not ours was changed")
	}
}

// The base answers a list without words just as the index does.
func TestBrowsingAndSearchingAgree(t *testing.T) {
	w := sampled(t)
	for _, q := range []searches.Query{
		{Sort: searches.SortTitle, Limit: 500, Facets: true},
		{Directory: "japon", Sort: searches.SortPartner, Descending: true, Limit: 500, Facets: true},
		{Countries: []string{"BR", "SN"}, Sort: searches.SortTitle, Offset: 3, Limit: 7, Facets: true},
	} {
		searched := find(t, w, q)
		browsed, err := w.Searches().Browse(t.Context(), q, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if searched.Total != browsed.Total {
			t.Errorf("%+v: %d by the index, %d by the base", q, searched.Total, browsed.Total)
		}
		for i := range min(len(searched.Hits), len(browsed.Hits)) {
			if q.Sort == searches.SortTitle && searched.Hits[i].Title != browsed.Hits[i].Title {
				t.Errorf("%+v: line %d is %q by the index, %q by the base", q, i, searched.Hits[i].Title, browsed.Hits[i].Title)
				break
			}
		}
		for _, facet := range []string{"country", "status", "type", "directory"} {
			counts := map[string]int{}
			for _, v := range searched.Facets[facet] {
				counts[v.Value] = v.Count
			}
			for _, v := range browsed.Facets[facet] {
				if counts[v.Value] != v.Count {
					t.Errorf("%+v: %s %q is %d by the index, %d by the base", q, facet, v.Value, counts[v.Value], v.Count)
				}
			}
		}
	}
}

// What a person names may be a link or a device: it is never replaced.
func TestWriteWholeFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "vrai.csv"), filepath.Join(dir, "lien.csv")
	if err := os.WriteFile(target, []byte("ancien"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Skip("no links here")
	}
	if err := base.WriteWhole(link, []byte("nouveau")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(target); string(got) != "nouveau" {
		t.Errorf("the target holds %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced by a file")
	}
	if err := base.WriteWhole(os.DevNull, []byte("x")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatal("the device was replaced by a file")
	}
}

func TestGeneratingAgainAddsNothing(t *testing.T) {
	w := sampled(t)
	if g, err := w.Tables().Generate(t.Context(), 5, 7, "liban", quiet); err != nil || g.Partnerships != 5 {
		t.Fatalf("%+v, %v", g, err)
	}
	if _, err := w.Tables().Generate(t.Context(), 5, 7, "liban", quiet); repertoire.KindOf(err) != repertoire.Refused {
		t.Errorf("the same seed again gives %v", err)
	}
	if g, err := w.Tables().Generate(t.Context(), 8, 7, "liban", quiet); err != nil || g.Partnerships != 3 {
		t.Errorf("three more give %+v, %v", g, err)
	}
}

func TestOwnRelatedWordsAndCompletion(t *testing.T) {
	w := sampled(t)
	if r := find(t, w, searches.Query{Text: "ravinala"}); r.Total != 0 {
		t.Fatal("the word is known already")
	}
	problems, err := w.Searches().SetRelatedWords("ravinala: Tananarive\nsans suite\n")
	if err != nil || len(problems) != 1 {
		t.Errorf("problems %q, %v", problems, err)
	}
	dir := w.Dir()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again := opened(t, dir)
	if r := find(t, again, searches.Query{Text: "ravinala"}); r.Total != 2 {
		t.Errorf("%d answers by the workspace's own words, want 2", r.Total)
	}
	found := false
	for _, c := range again.Searches().Complete("pays:mad", len("pays:mad")) {
		found = found || c.Label == "Madagascar" && c.Count == 8
	}
	if !found {
		t.Errorf("pays:mad is completed by %v", again.Searches().Complete("pays:mad", 8))
	}
}
