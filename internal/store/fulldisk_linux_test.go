package store

import (
	"errors"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"repertoire/internal/repertoire"
)

// TestARealFullDisk fills a file system of 2 MiB; it needs the right to mount one.
func TestARealFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	made, err := Create(t.Context(), filepath.Join(disk, "w"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &story{TB: t, Store: made, at: day0}
	defer func() { s.Close() }()
	s.lille()
	saved := ""
	var full error
	for i := 0; i < 400 && full == nil; i++ {
		p := s.partnership("p1")
		p.Description = strings.Repeat("é ", 2000+i)
		if _, full = s.try(s.put(&p, p.Version)); full == nil {
			saved = p.Description
		}
	}
	var known *repertoire.Error
	if !errors.As(full, &known) || !strings.Contains(full.Error(), "rien n’a été enregistré") {
		t.Fatalf("got %v", full)
	}
	if p := s.partnership("p1"); p.Description != saved || saved == "" {
		t.Fatal("what was saved is not there")
	}
	if _, err := s.Backup(t.Context(), "", ReasonManual, nil); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("a backup on a full disk: %v", err)
	}
	if kept, _ := Backups(s.Dir()); len(kept) != 0 {
		t.Fatalf("a half backup has a good name: %v", kept)
	}
	if _, err := s.Media().Put(strings.NewReader(strings.Repeat("x", 3<<20))); repertoire.KindOf(err) != repertoire.Refused {
		t.Fatalf("a file on a full disk: %v", err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=16m"); err != nil {
		t.Fatal(err)
	}
	s.reopen()
	if p := s.partnership("p1"); p.Description != saved {
		t.Fatal("what was saved is not there after opening again")
	}
	s.edit(func(p *repertoire.Partnership) { p.Notes = "de la place" })
	s.sound(t)
}
