package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
	"repertoire/internal/store/folder"
)

// reopen closes the story's base and opens it again.
func (s *story) reopen() {
	s.Helper()
	dir, options := s.Dir(), s.options
	if err := s.Close(); err != nil {
		s.Fatal(err)
	}
	again, err := Open(context.Background(), dir, options)
	if err != nil {
		s.Fatal(err)
	}
	s.Store = again
	s.Cleanup(func() { again.Close() })
}

func TestAClosedBaseIsOneFile(t *testing.T) {
	s := newStory(t)
	s.lille()
	dir := s.Dir()
	s.Close()
	for _, suffix := range []string{"-wal", "-shm"} {
		if !absent(filepath.Join(dir, File+suffix)) {
			t.Errorf("%s stays", suffix)
		}
	}
	if _, held := folder.Holder(dir); held {
		t.Error("the lock's card stays")
	}
}

func TestOpeningWhatIsNotOurs(t *testing.T) {
	write := func(name string, make func(db *sql.DB)) string {
		dir := t.TempDir()
		db, err := sql.Open("sqlite3", filepath.Join(dir, File))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		make(db)
		return dir
	}
	must := func(db *sql.DB, query string) {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	text := t.TempDir()
	done(t, os.WriteFile(filepath.Join(text, File), []byte(strings.Repeat("ceci n’est pas une base\n", 50)), 0o644))
	for _, c := range []struct {
		name, dir, says string
		kind            repertoire.Kind
	}{
		{"no base", t.TempDir(), "n’est pas un dossier de travail", repertoire.NotFound},
		{"no folder", filepath.Join(t.TempDir(), "x"), "n’est pas un dossier de travail", repertoire.NotFound},
		{"another program's", write("other", func(db *sql.DB) { must(db, "CREATE TABLE t(x); PRAGMA application_id = 7") }),
			"n’est pas une base de Répertoire", repertoire.Refused},
		{"a newer one of ours", write("newer", func(db *sql.DB) {
			must(db, "CREATE TABLE t(x); PRAGMA application_id = 1380274260; PRAGMA user_version = 999")
		}), "version plus récente", repertoire.Refused},
		{"a text file", text, "abîmée", repertoire.Damaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, _ := os.ReadFile(filepath.Join(c.dir, File))
			_, err := Open(t.Context(), c.dir, Options{})
			if err == nil || repertoire.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v (%s)", err, repertoire.KindOf(err))
			}
			after, _ := os.ReadFile(filepath.Join(c.dir, File))
			if string(before) != string(after) {
				t.Fatal("the file was touched")
			}
		})
	}
}

func TestCreatingOverAWorkspaceIsRefused(t *testing.T) {
	s := newStory(t)
	if _, err := Create(t.Context(), s.Dir(), Options{}); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("got %v", err)
	}
}

func TestASecondProgramIsToldWhoIsThere(t *testing.T) {
	s := newStory(t)
	s.lille()
	_, err := Open(t.Context(), s.Dir(), Options{})
	var held *folder.Held
	if !errors.As(err, &held) || repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("got %v", err)
	}
	reading, err := Open(t.Context(), s.Dir(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	s.edit(func(p *repertoire.Partnership) { p.Notes = "vu à côté" })
	if p, err := reading.Partnership(t.Context(), "p1"); err != nil || p.Notes != "vu à côté" {
		t.Fatalf("got %+v, %v", p, err)
	}
}

func TestTwoStoresNeverOverwriteEachOther(t *testing.T) {
	s := newStory(t)
	s.lille()
	other, err := Open(t.Context(), s.Dir(), Options{Share: true, Now: s.options.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	mine, theirs := s.partnership("p1"), s.partnership("p1")
	mine.Notes, theirs.Notes = "le mien", "le leur"
	s.apply(s.put(&mine, mine.Version))
	c := s.next(repertoire.CauseEdit, "à côté")
	c.Ops = []repertoire.Op{s.put(&theirs, theirs.Version)}
	if _, err := other.Apply(t.Context(), c); repertoire.KindOf(err) != repertoire.Conflicting {
		t.Fatalf("got %v", err)
	}
	// Many writers at once: each write is there, in one order.
	done := make(chan error)
	for w, st := range []*Store{s.Store, other} {
		go func() {
			var err error
			for i := 0; i < 20 && err == nil; i++ {
				c := repertoire.Change{ID: repertoire.NewID(), Author: "x", At: day0, Cause: repertoire.CauseEdit}
				op, _ := Put(foreign(string(rune('a'+w))+string(rune('a'+i)), "N", "SN"), 0)
				c.Ops = []repertoire.Op{op}
				_, err = st.Apply(context.Background(), c)
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if last, err := other.LastSeq(t.Context()); err != nil || last != 42 {
		t.Fatalf("last %d, %v", last, err)
	}
	s.sound(t)
}

func TestABusyBaseSaysSo(t *testing.T) {
	s := newStory(t)
	s.lille()
	other, err := Open(t.Context(), s.Dir(), Options{Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.writer.Exec("PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	tx, err := s.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	c := s.next(repertoire.CauseEdit, "x")
	c.Ops = []repertoire.Op{Delete(repertoire.AggPartnership, "p1", 1)}
	if _, err := other.Apply(t.Context(), c); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "Un autre programme") {
		t.Fatalf("got %v", err)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	s := newStory(t)
	s.lille()
	var pages int
	if err := s.writer.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	var limit int
	if err := s.writer.QueryRow("PRAGMA max_page_count = 60").Scan(&limit); err != nil {
		t.Fatal(err)
	}
	saved := ""
	var full error
	for i := 0; i < 200 && full == nil; i++ {
		p := s.partnership("p1")
		p.Description = strings.Repeat("é", 500+i)
		if _, full = s.try(s.put(&p, p.Version)); full == nil {
			saved = p.Description
		}
	}
	if repertoire.KindOf(full) != repertoire.Refused || !strings.Contains(full.Error(), "disque est plein") {
		t.Fatalf("got %v", full)
	}
	if p := s.partnership("p1"); p.Description != saved {
		t.Fatal("what was saved is not there")
	}
	s.sound(t)
	s.reopen() // room again
	if p := s.partnership("p1"); p.Description != saved {
		t.Fatal("what was saved is not there after opening again")
	}
	s.edit(func(p *repertoire.Partnership) { p.Description = "" })
	s.sound(t)
}

// A base damaged in the middle is refused, kept as it was, and its backups offered.
func TestADamagedBaseIsKeptAsideAndBackupsOffered(t *testing.T) {
	s := newStory(t)
	s.lille()
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := s.Dir()
	s.Close()
	file := filepath.Join(dir, File)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(data)-4096; i++ { // every page but the first and the last
		data[i] = byte(i * 7)
	}
	done(t, os.WriteFile(file, data, 0o644))
	done(t, os.WriteFile(file+"-wal", []byte("un journal qui n’en est pas un"), 0o644)) // a crash left it: the base is looked over
	_, err = Open(t.Context(), dir, Options{})
	var d *DamagedBase
	if !errors.As(err, &d) || repertoire.KindOf(err) != repertoire.Damaged {
		t.Fatalf("got %v", err)
	}
	if len(d.Backups) != 1 || d.Backups[0].File != b.File || d.Aside == "" || !strings.Contains(err.Error(), "/03/2026") {
		t.Fatalf("got %+v: %v", d, err)
	}
	for name, want := range map[string]string{File: string(data), File + "-wal": "un journal qui n’en est pas un"} {
		if got, _ := os.ReadFile(filepath.Join(d.Aside, name)); string(got) != want {
			t.Errorf("%s is not kept as it was", name)
		}
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s was touched", name)
		}
	}
	aside, err := Restore(t.Context(), dir, d.Backups[0].File, Options{Now: s.options.Now}, nil)
	if err != nil || absent(filepath.Join(aside.Aside, File)) || absent(filepath.Join(aside.Aside, File+"-wal")) {
		t.Fatalf("aside %q, %v", aside.Aside, err)
	}
	again, err := Open(t.Context(), dir, s.options)
	if err != nil {
		t.Fatal(err)
	}
	s.Store = again
	defer again.Close()
	s.partnership("p1")
	s.sound(t)
}
