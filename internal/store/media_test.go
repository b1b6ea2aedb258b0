package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// keep puts text in media and gives its name.
func (s *story) keep(text string) string {
	s.Helper()
	sum, err := s.Media().Put(strings.NewReader(text))
	if err != nil {
		s.Fatal(err)
	}
	return sum
}

func TestMediaAreKeptUnderTheirChecksum(t *testing.T) {
	s := newStory(t)
	sum := s.keep("une image")
	if !isSum(sum) {
		t.Fatalf("name %q", sum)
	}
	if again := s.keep("une image"); again != sum {
		t.Fatalf("the same bytes are kept as %q and %q", sum, again)
	}
	data, err := s.Media().Media(sum)
	if err != nil || string(data) != "une image" {
		t.Fatalf("%q, %v", data, err)
	}
	files := 0
	done(t, s.Media().each(func(string, os.DirEntry) error { files++; return nil }))
	if files != 1 {
		t.Fatalf("%d files", files)
	}
	for _, wrong := range []string{"", "..", strings.Repeat("g", 64), strings.Repeat("0", 64), "../../" + sum} {
		if _, err := s.Media().Open(wrong); repertoire.KindOf(err) != repertoire.NotFound {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// brokenReader fails in the middle.
type brokenReader struct{ io.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("connexion coupée")
	}
	return n, err
}

func TestAHalfReadFileIsNotKept(t *testing.T) {
	s := newStory(t)
	if _, err := s.Media().Put(brokenReader{strings.NewReader("moitié")}); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("got %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(s.Dir(), mediaFolder)); len(left) != 0 {
		t.Fatalf("left behind: %v", left)
	}
}

func TestDamagedAndMissingMediaAreFoundAndMended(t *testing.T) {
	s := newStory(t)
	s.lille()
	sum, gone := s.keep("une image"), strings.Repeat("ab", 32)
	s.edit(func(p *repertoire.Partnership) {
		p.Pictures = []repertoire.Picture{{Media: sum}}
		p.Attachments = []repertoire.Attachment{{Media: gone, Name: "convention.pdf"}}
	})
	done(t, os.WriteFile(s.Media().path(sum), []byte("une imagf"), 0o644))
	problems, err := s.VerifyMedia(t.Context())
	if err != nil || len(problems) != 2 || problems[1].Record != "p1" {
		t.Fatalf("%v, %v", problems, err)
	}
	if _, err := s.Media().Media(sum); repertoire.KindOf(err) != repertoire.Damaged {
		t.Fatalf("got %v", err)
	}
	s.keep("une image")
	if data, err := s.Media().Media(sum); err != nil || string(data) != "une image" {
		t.Fatalf("%q, %v", data, err)
	}
}

func TestOrphansAreCollectedOnlyWhenNothingSpeaksOfThem(t *testing.T) {
	s := newStory(t)
	s.lille()
	names := map[string]string{}
	for _, what := range []string{"record", "history", "trash", "cover", "edition", "old edition", "vouched", "young", "orphan"} {
		names[what] = s.keep(what)
	}
	s.edit(func(p *repertoire.Partnership) { p.Pictures = []repertoire.Picture{{Media: names["history"]}} })
	s.edit(func(p *repertoire.Partnership) { p.Pictures = []repertoire.Picture{{Media: names["record"]}} })
	p2 := pair("p2", "lille", "stlouis")
	p2.Conventions = []repertoire.Convention{{Title: "x", Media: names["trash"]}}
	s.apply(s.put(p2, 0))
	s.apply(Delete(repertoire.AggPartnership, "p2", 1))
	d, _ := s.Directory(t.Context(), "senegal")
	d.Cover.Media = names["cover"]
	s.apply(s.put(&d, d.Version))
	done(t, os.WriteFile(filepath.Join(s.Dir(), EditionsFolder, "e.json"), []byte(`{"media":"`+names["edition"]+`"}`), 0o644))
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write([]byte(names["old edition"])); err != nil {
		t.Fatal(err)
	}
	done(t, w.Close())
	done(t, os.WriteFile(filepath.Join(s.Dir(), EditionsFolder, "f.json.gz"), zipped.Bytes(), 0o644))
	old := day0.Add(-40 * 24 * time.Hour)
	for what, sum := range names {
		if what != "young" {
			done(t, os.Chtimes(s.Media().path(sum), old, old))
		}
	}
	done(t, os.Chtimes(s.Media().path(names["young"]), day0, day0))
	removed, err := s.CollectOrphans(t.Context(), 30*24*time.Hour, func(sum string) bool { return sum == names["vouched"] })
	if err != nil || len(removed) != 1 || removed[0] != names["orphan"] {
		t.Fatalf("removed %v, %v", removed, err)
	}
	if again := s.keep("vouched"); again != names["vouched"] {
		t.Fatal("name changed")
	}
	if info, _ := os.Stat(s.Media().path(names["vouched"])); info.ModTime().Before(day0) {
		t.Error("a file put again is still old: it could be collected before its record is saved")
	}
}

// Backups are whole: what they speak of lies beside them once, comes back with
// them, and is no orphan while one of them speaks of it.
func TestABackupBringsItsPicturesBack(t *testing.T) {
	s := newStory(t)
	s.lille()
	names := map[string]string{}
	for _, what := range []string{"kept", "old", "orphan"} {
		names[what] = s.keep(what)
	}
	picture := func(sum string) {
		s.edit(func(p *repertoire.Partnership) { p.Pictures = []repertoire.Picture{{Media: sum}} })
	}
	picture(names["kept"])
	outside := filepath.Join(t.TempDir(), "dehors.db")
	inside, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(t.Context(), outside, ReasonManual, nil); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{inside.File, outside} {
		if !poolOf(file).sound(names["kept"]) {
			t.Fatalf("the picture is not beside %s", file)
		}
	}
	for name, damage := range map[string]func(string) error{
		"gone":    os.Remove,
		"changed": func(f string) error { return os.WriteFile(f, []byte("autre"), 0o600) },
	} {
		for _, file := range []string{inside.File, outside} {
			done(t, damage(s.Media().path(names["kept"])))
			s.Close()
			plan, err := Restore(t.Context(), s.Dir(), file, s.options, nil)
			if err != nil || plan.Pictures != 1 || plan.Missing != 0 {
				t.Fatalf("%s: %+v, %v", name, plan, err)
			}
			s.reopen()
			if !s.Media().sound(names["kept"]) {
				t.Fatalf("%s: the picture did not come back with %s", name, file)
			}
		}
	}
}

// Nothing is an orphan that a backup or a base put aside speaks of, and what is
// one waits in the bin, where it is found again.
func TestTheSweepKnowsEveryRootAndHasABin(t *testing.T) {
	now := day0
	s := newStory(t)
	s.options.Now = func() time.Time { return now }
	s.lille()
	s.edit(func(p *repertoire.Partnership) { p.Notes = "avant" })
	before, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	aside, orphan := s.keep("in the base put aside"), s.keep("orphan")
	s.edit(func(p *repertoire.Partnership) { p.Pictures = []repertoire.Picture{{Media: aside}} })
	s.Close()
	if _, err := Restore(t.Context(), s.Dir(), before.File, s.options, nil); err != nil {
		t.Fatal(err)
	}
	s.reopen()
	inBackup := s.keep("in a backup")
	s.edit(func(p *repertoire.Partnership) { p.Pictures = []repertoire.Picture{{Media: inBackup}} })
	with, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Restore(t.Context(), s.Dir(), before.File, s.options, nil); err != nil {
		t.Fatal(err)
	}
	done(t, os.Remove(with.File+listSuffix)) // as a backup of an earlier program
	s.reopen()
	s.options.Now = func() time.Time { return now }
	for _, sum := range []string{aside, inBackup, orphan} {
		old := day0.Add(-40 * 24 * time.Hour)
		done(t, os.Chtimes(s.Media().path(sum), old, old))
	}
	sweep := func(want ...string) {
		t.Helper()
		moved, err := s.CollectOrphans(t.Context(), 7*24*time.Hour, nil)
		if err != nil || !slices.Equal(moved, want) {
			t.Fatalf("moved %v, %v", moved, err)
		}
	}
	sweep(orphan)
	if data, err := s.Media().Media(orphan); err != nil || string(data) != "orphan" {
		t.Fatalf("not found in the bin: %q, %v", data, err)
	}
	old := day0.Add(-40 * 24 * time.Hour)
	done(t, os.Chtimes(s.Media().path(orphan), old, old))
	sweep(orphan)
	now = now.Add(binAge - time.Hour)
	sweep()
	if absent(s.Media().binned(orphan)) {
		t.Fatal("the bin was emptied too early")
	}
	now = now.Add(2 * time.Hour)
	sweep()
	if !absent(s.Media().binned(orphan)) {
		t.Error("the bin keeps for ever")
	}
	if !s.Media().sound(aside) || !s.Media().sound(inBackup) {
		t.Error("a file that something speaks of went")
	}
}
