package store

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"repertoire/internal/repertoire"
)

// readerVariable makes this test binary a program of a user without rights on
// the folder.
const readerVariable = "REPERTOIRE_STORE_READER"

// readingChild opens a folder it cannot write to, reads, tries to write, and
// says what came of it.
func readingChild(dir string) int {
	ctx := context.Background()
	s, err := Open(ctx, dir, Options{})
	if err != nil {
		fmt.Println("open:", err)
		return 1
	}
	p, err := s.Partnership(ctx, "p1")
	fmt.Println("notes:", p.Notes, err)
	fmt.Println("read only:", s.ReadOnly(), s.Warnings())
	op, _ := Put(&p, p.Version)
	_, err = s.Apply(ctx, repertoire.Change{ID: "x", At: day0, Cause: repertoire.CauseEdit, Ops: []repertoire.Op{op}})
	fmt.Println("apply:", err)
	_, err = s.Media().Put(strings.NewReader("x"))
	fmt.Println("media:", err)
	fmt.Println("close:", s.Close())
	return 0
}

// TestAFolderOneCannotWriteToIsRead, cleanly closed or left by a crash, by a
// user without rights on it.
func TestAFolderOneCannotWriteToIsRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are given otherwise there")
	}
	for _, crashed := range []bool{false, true} {
		t.Run(fmt.Sprint("crashed ", crashed), func(t *testing.T) {
			s := newStory(t)
			s.lille()
			s.edit(func(p *repertoire.Partnership) { p.Notes = "dernier mot" })
			public, err := os.MkdirTemp("", "repertoire-lecture-seule-")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				done(t, os.Chmod(public, 0o755))
				done(t, os.RemoveAll(public))
			})
			if !crashed {
				s.Close()
			}
			for _, suffix := range []string{"", "-wal"} {
				if data, err := os.ReadFile(s.base() + suffix); err == nil {
					done(t, os.WriteFile(filepath.Join(public, File+suffix), data, 0o444))
				}
			}
			if crashed == absent(filepath.Join(public, File+"-wal")) {
				t.Fatal("the journal is not as the case wants it")
			}
			done(t, os.Chmod(public, 0o555))
			before := listing(t, public)
			out := runReader(t, public)
			for _, want := range []string{"notes: dernier mot <nil>", "read only: true", "ouvert en lecture seule. Copiez-le",
				"apply: Le dossier de travail est ouvert en lecture seule", "media: Le dossier de travail est ouvert en lecture seule",
				"close: <nil>"} {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
			if after := listing(t, public); after != before {
				t.Errorf("the folder changed: %s, then %s", before, after)
			}
		})
	}
}

// runReader runs this binary as nobody when the test is run by root, for whom
// no folder is closed.
func runReader(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	if os.Getuid() == 0 {
		bin := filepath.Join(os.TempDir(), fmt.Sprintf("repertoire-reader-%d", os.Getpid()))
		if err := copyExecutable(os.Args[0], bin); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Remove(bin) })
		cmd = exec.Command(bin)
		asNobody(cmd)
	}
	cmd.Dir = os.TempDir()
	cmd.Env = append(os.Environ(), readerVariable+"="+dir, "HOME="+os.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		if pe, ok := err.(*os.PathError); ok && pe.Err == syscall.EPERM {
			t.Skip("another user cannot be taken on here")
		}
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func copyExecutable(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		sum, _, _ := checksum(filepath.Join(dir, e.Name()))
		out = append(out, e.Name()+" "+sum)
	}
	return strings.Join(out, ", ")
}

func TestReadingLeavesNoTrace(t *testing.T) {
	s := newStory(t)
	s.lille()
	s.Close()
	before := listing(t, s.Dir())
	reading, err := Open(t.Context(), s.Dir(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := reading.Partnership(t.Context(), "p1"); err != nil || p.FirstYear != 1978 {
		t.Fatalf("%+v, %v", p, err)
	}
	if made, err := reading.BackupIfDue(t.Context()); made || err != nil {
		t.Fatalf("made %v, %v", made, err)
	}
	reading.Close()
	if after := listing(t, s.Dir()); after != before {
		t.Errorf("the folder changed: %s, then %s", before, after)
	}
}
