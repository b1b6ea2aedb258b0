package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
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
	done(t, os.WriteFile(filepath.Join(s.Dir(), editionsFolder, "e.json"), []byte(`{"media":"`+names["edition"]+`"}`), 0o644))
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write([]byte(names["old edition"])); err != nil {
		t.Fatal(err)
	}
	done(t, w.Close())
	done(t, os.WriteFile(filepath.Join(s.Dir(), editionsFolder, "f.json.gz"), zipped.Bytes(), 0o644))
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
