package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

// past gives a workspace as the program of that schema version left it.
func past(t *testing.T, version int) string {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("testdata/schema-v%d.sql", version))
	if err != nil {
		t.Fatalf("every past version has its fixture: %v", err)
	}
	dir := t.TempDir()
	db, err := sql.Open("sqlite3", filepath.Join(dir, File))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(string(text)); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA journal_mode = WAL"); err != nil {
		t.Fatal(err)
	}
	return dir
}

// asGallery checks what every fixture holds: the story told in its first lines.
func asGallery(t *testing.T, s *Store) {
	t.Helper()
	st := &story{TB: t, Store: s}
	st.sound(t)
	rows, total, err := s.Browse(t.Context(), BrowseQuery{})
	if err != nil || total != 4 {
		t.Fatalf("%d rows, %v", total, err)
	}
	if rows[0].Title != "Évry-Courcouronnes – Dakar" {
		t.Errorf("first row %+v", rows[0])
	}
	p := st.partnership("lille-dakar")
	if p.Objectives != "Alimenter trois quartiers en eau potable" || p.Version != 2 || p.Confirmations["objectives"].By != "Awa" {
		t.Errorf("got %+v", p)
	}
	if last, _ := s.LastSeq(t.Context()); last != 10 {
		t.Errorf("journal ends at %d", last)
	}
	trash, err := s.Trash(t.Context())
	if err != nil || len(trash) != 1 || trash[0].ID != "evry-beyrouth" {
		t.Errorf("trash %+v, %v", trash, err)
	}
	if due, n, err := s.ReviewQueue(t.Context(), "", "", 0, 10); err != nil || n != 4 || due[0].Due != "1899-05-01" ||
		due[3].ID != "lille-dakar" {
		t.Errorf("queue %+v, %v", due, err)
	}
}

func TestEveryPastVersionOpensMigratesAndRestores(t *testing.T) {
	for version := 1; version < SchemaVersion(); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir := past(t, version)
			old, err := os.ReadFile(filepath.Join(dir, File))
			if err != nil {
				t.Fatal(err)
			}
			s, err := Open(t.Context(), dir, Options{Now: func() time.Time { return day0 }})
			if err != nil {
				t.Fatal(err)
			}
			asGallery(t, s)
			s.Close()
			kept, err := Backups(dir)
			if err != nil || len(kept) != 1 || kept[0].Reason != ReasonMigration || kept[0].Seq != 10 {
				t.Fatalf("backup before migration: %+v, %v", kept, err)
			}
			// The backup is of the old version, and restores.
			other := newStory(t)
			other.lille()
			target := other.Dir()
			other.Close()
			aside, err := Restore(t.Context(), target, kept[0].File, other.options, nil)
			if err != nil {
				t.Fatal(err)
			}
			again, err := Open(t.Context(), target, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			asGallery(t, again)
			if absent(filepath.Join(aside.Aside, File)) {
				t.Error("the base replaced is not kept")
			}
			// And reads where nothing can be written.
			readDir := t.TempDir()
			done(t, os.WriteFile(filepath.Join(readDir, File), old, 0o644))
			reading, err := Open(t.Context(), readDir, Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			defer reading.Close()
			asGallery(t, reading)
			if now, _ := os.ReadFile(filepath.Join(readDir, File)); !bytes.Equal(old, now) {
				t.Error("reading changed the base")
			}
		})
	}
}

func TestABackupIsTakenWhileOthersWrite(t *testing.T) {
	s := newStory(t)
	s.lille()
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			op, _ := Put(foreign(fmt.Sprint("a", i), "N", "SN"), 0)
			if _, err := s.Apply(context.Background(),
				repertoire.Change{ID: repertoire.NewID(), At: day0, Cause: repertoire.CauseEdit, Ops: []repertoire.Op{op}}); err != nil {
				done <- err
				return
			}
		}
	}()
	file := filepath.Join(t.TempDir(), "copie.db")
	b, err := s.Backup(t.Context(), file, ReasonManual, nil)
	close(stop)
	if e := <-done; e != nil {
		t.Fatal(e)
	}
	if err != nil || b.Size == 0 || VerifyBackup(t.Context(), file) != nil {
		t.Fatalf("%+v, %v, %v", b, err, VerifyBackup(t.Context(), file))
	}
	if tool, err := exec.LookPath("sha256sum"); err == nil {
		cmd := exec.Command(tool, "-c", "copie.db.sha256")
		cmd.Dir = filepath.Dir(file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("sha256sum: %s", out)
		}
	}
	left, _ := os.ReadDir(filepath.Dir(file))
	if len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
}

func TestADamagedBackupIsNotRestored(t *testing.T) {
	s := newStory(t)
	s.lille()
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := s.Dir()
	s.Close()
	data, _ := os.ReadFile(b.File)
	data[len(data)/2] ^= 0xff
	done(t, os.WriteFile(b.File, data, 0o644))
	before, _ := os.ReadFile(filepath.Join(dir, File))
	for _, file := range []string{b.File, filepath.Join(dir, "absent.db"), "testdata/schema-v1.sql"} {
		if _, err := Restore(t.Context(), dir, file, Options{}, nil); err == nil || err.Error() == "" {
			t.Errorf("%s was restored", file)
		}
	}
	if after, _ := os.ReadFile(filepath.Join(dir, File)); !bytes.Equal(before, after) {
		t.Error("a refused restoration touched the base")
	}
}

func TestRestoringIsRefusedWhileOpen(t *testing.T) {
	s := newStory(t)
	s.lille()
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), s.Dir(), b.File, Options{}, nil); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("got %v", err)
	}
}

func TestARestoredBaseIsAnotherLineage(t *testing.T) {
	s := newStory(t)
	s.lille()
	b, err := s.Backup(t.Context(), "", ReasonManual, nil)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := s.Lineage(t.Context())
	s.reopen()
	if same, _ := s.Lineage(t.Context()); same != before {
		t.Fatal("opening changed the lineage")
	}
	s.Close()
	if _, err := Restore(t.Context(), s.Dir(), b.File, Options{}, nil); err != nil {
		t.Fatal(err)
	}
	s.reopen()
	if after, _ := s.Lineage(t.Context()); after == before || after == "" {
		t.Fatalf("lineage %q, before %q", after, before)
	}
}

// A crash in the middle of a restoration leaves the old base or the new one.
func TestARestorationCutShortIsFinishedOrGivenUp(t *testing.T) {
	for _, c := range []struct {
		name string
		cut  func(base string)
		want string // first year of p1: 1978 before, 2000 in the backup
	}{
		{"staged, nothing moved", func(string) {}, "before"},
		{"base moved, journal not", func(base string) {
			done(t, os.Rename(base, base+".parti"))
			done(t, os.WriteFile(base+"-wal", []byte("reste"), 0o644))
		}, "backup"},
		{"all moved", func(base string) { done(t, os.Rename(base, base+".parti")) }, "backup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStory(t)
			s.lille()
			s.edit(func(p *repertoire.Partnership) { p.Notes = "backup" })
			b, err := s.Backup(t.Context(), "", ReasonManual, nil)
			if err != nil {
				t.Fatal(err)
			}
			s.edit(func(p *repertoire.Partnership) { p.Notes = "before" })
			s.Close()
			if _, err := s.stage(t.Context(), b.File, nil, true); err != nil {
				t.Fatal(err)
			}
			c.cut(s.base())
			s.reopen()
			if p := s.partnership("p1"); p.Notes != c.want {
				t.Fatalf("notes %q, want %q", p.Notes, c.want)
			}
			if !absent(s.base() + restored) {
				t.Error("the staged base stays")
			}
			s.sound(t)
		})
	}
}

// backupsAt makes empty backups with the given ages, good or not, and ten bad
// ones newer than all, which stay because they are the last.
func backupsAt(t *testing.T, now time.Time, ages map[time.Duration]bool) string {
	t.Helper()
	dir := t.TempDir()
	done(t, os.Mkdir(filepath.Join(dir, backupsFolder), 0o755))
	for age, good := range ages {
		seq := int64((1000*24*time.Hour - age) / time.Minute)
		backupNamed(t, dir, now.Add(-age), seq, ReasonScheduled, good)
	}
	for i := range lastKept {
		backupNamed(t, dir, now, int64(5000000+i), ReasonScheduled, false)
	}
	return dir
}

func backupNamed(t *testing.T, dir string, at time.Time, seq int64, reason string, good bool) string {
	t.Helper()
	file := filepath.Join(dir, backupsFolder, fmt.Sprintf("repertoire-%s-%d-%s.db", at.Format(fileStamp), seq, reason))
	done(t, os.WriteFile(file, []byte(file), 0o644))
	sum, _, _ := checksum(file)
	if !good {
		sum = strings.Repeat("0", 64)
	}
	done(t, os.WriteFile(file+".sha256", []byte(sum+"  x\n"), 0o644))
	return file
}

// rotateAll rotates until nothing goes, and checks that each run takes one.
func rotateAll(t *testing.T, dir string, now time.Time) []Backup {
	t.Helper()
	var all []Backup
	for {
		removed, err := Rotate(t.Context(), dir, now)
		if err != nil || len(removed) > 1 {
			t.Fatalf("one run removes %v, %v", removed, err)
		}
		if len(removed) == 0 {
			return all
		}
		all = append(all, removed...)
	}
}

// A clock that was once ahead takes no backup away, and does not stop others
// from being made once it is right again.
func TestAWrongClockCostsNoBackup(t *testing.T) {
	dir := t.TempDir()
	done(t, os.Mkdir(filepath.Join(dir, backupsFolder), 0o755))
	for i := range 30 {
		reason := ReasonScheduled
		if i%6 == 0 {
			reason = ReasonManual
		}
		backupNamed(t, dir, day0.Add(time.Duration(i)*24*time.Hour), int64(i+1), reason, true)
	}
	ahead := day0.AddDate(10, 0, 0)
	backupNamed(t, dir, ahead, 31, ReasonScheduled, true)
	rotateAll(t, dir, ahead) // however often it runs under that clock
	left, err := Backups(dir)
	if err != nil {
		t.Fatal(err)
	}
	manual := 0
	for i, b := range left {
		if b.Reason == ReasonManual {
			manual++
		}
		if i < lastKept && b.Seq != int64(31-i) {
			t.Fatalf("the %dth newest is of change %d", i, b.Seq)
		}
	}
	if manual != 5 || len(left) < lastKept {
		t.Fatalf("%d left, %d of them manual", len(left), manual)
	}

	s := newStory(t)
	now := ahead
	s.options.Now = func() time.Time { return now }
	s.lille()
	if made, err := s.BackupIfDue(t.Context()); err != nil || !made {
		t.Fatal(made, err)
	}
	now = day0.Add(24 * time.Hour) // set right again
	s.edit(func(p *repertoire.Partnership) { p.Notes = "depuis" })
	if made, err := s.BackupIfDue(t.Context()); err != nil || !made {
		t.Fatalf("no backup after the clock was set right: %v, %v", made, err)
	}
	if made, err := s.BackupIfDue(t.Context()); err != nil || made {
		t.Fatalf("made again at once: %v, %v", made, err)
	}
	kept, _ := Backups(s.Dir())
	if len(kept) != 2 || !kept[0].At.Before(kept[1].At) {
		t.Fatalf("the newest by its number is not first: %v", kept)
	}
}

// A backup that a person asked for stays; scheduled ones leave one a run.
func TestManualBackupsStay(t *testing.T) {
	dir := backupsAt(t, day0, map[time.Duration]bool{0: true})
	for i := range 5 {
		backupNamed(t, dir, day0.AddDate(-3, 0, i), int64(i+1), ReasonManual, true)
		backupNamed(t, dir, day0.AddDate(-3, 0, i), int64(i+1), ReasonScheduled, true)
	}
	removed := rotateAll(t, dir, day0)
	if len(removed) != 5 {
		t.Fatalf("removed %v", removed)
	}
	for _, b := range removed {
		if b.Reason != ReasonScheduled {
			t.Errorf("removed %s", b.File)
		}
	}
}

func TestRotation(t *testing.T) {
	now := time.Date(2026, 6, 15, 12, 30, 0, 0, time.UTC)
	const h, d = time.Hour, 24 * time.Hour
	for _, c := range []struct {
		name string
		ages map[time.Duration]bool
		gone []time.Duration
	}{
		{"one an hour, one a day, one a month", map[time.Duration]bool{0: true, 10 * time.Minute: true, 1 * h: true, 20 * h: true,
			3 * d: true, 3*d + h: true, 4 * d: true, 60 * d: true, 61 * d: true, 100 * d: true},
			[]time.Duration{10 * time.Minute, 3*d + h, 61 * d}},
		{"one a day for a month", map[time.Duration]bool{0: true, 12 * d: true, 12*d + h: true, 20 * d: true, 25 * d: true, 30 * d: true},
			[]time.Duration{12*d + h}},
		{"a bad one never drives a good one out", map[time.Duration]bool{0: true, 3 * d: false, 3*d + h: true, 3*d + 2*h: true},
			[]time.Duration{3 * d, 3*d + 2*h}},
		{"a slot with bad ones only is left alone", map[time.Duration]bool{0: true, 3 * d: false, 3*d + h: false}, nil},
		{"too old, but a newer one is good", map[time.Duration]bool{0: true, 400 * d: true, 500 * d: false},
			[]time.Duration{400 * d, 500 * d}},
		{"too old, and the newer one is bad", map[time.Duration]bool{0: false, 400 * d: true, 500 * d: true}, []time.Duration{500 * d}},
		{"none is good", map[time.Duration]bool{0: false, 400 * d: false, 500 * d: false}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := backupsAt(t, now, c.ages)
			removed := rotateAll(t, dir, now)
			var got []time.Duration
			for _, b := range removed {
				got = append(got, now.Sub(b.At))
			}
			slices.Sort(got)
			if !slices.Equal(got, c.gone) {
				t.Fatalf("removed %v, want %v", got, c.gone)
			}
			left, _ := os.ReadDir(filepath.Join(dir, backupsFolder))
			if len(left) != 2*(lastKept+len(c.ages)-len(c.gone)) {
				t.Fatalf("left %v", left)
			}
		})
	}
}

func TestBackupsAreMadeWhenDue(t *testing.T) {
	s := newStory(t)
	now := day0
	s.options.Now = func() time.Time { return now }
	due := func(want bool) {
		t.Helper()
		made, err := s.BackupIfDue(t.Context())
		if err != nil || made != want {
			t.Fatalf("made %v, %v; want %v", made, err, want)
		}
	}
	due(false) // nothing in the base yet
	s.lille()
	due(true)
	due(false)
	now = now.Add(2 * time.Hour)
	due(false) // nothing new
	s.edit(func(p *repertoire.Partnership) { p.Notes = "x" })
	due(true)
	s.edit(func(p *repertoire.Partnership) { p.Notes = "y" })
	now = now.Add(30 * time.Minute)
	due(false)
}

func TestABackupThatCannotBeMadeSaysSo(t *testing.T) {
	s := newStory(t)
	s.lille()
	_, err := s.Backup(t.Context(), filepath.Join(s.Dir(), "absent", "x.db"), ReasonManual, nil)
	if repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("got %v", err)
	}
	// Least of all over the base itself.
	if _, err := s.Backup(t.Context(), s.base(), ReasonManual, nil); repertoire.KindOf(err) != repertoire.Refused ||
		!strings.Contains(err.Error(), "existe déjà") {
		t.Fatalf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Backup(ctx, filepath.Join(t.TempDir(), "x.db"), ReasonManual, nil); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}
