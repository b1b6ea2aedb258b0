package base

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/store/folder"
)

// Init creates a workspace in dir, which must not exist or be empty. When it
// fails, nothing of it remains.
func Init(ctx context.Context, dir string, opt InitOptions) (InitReport, error) {
	report := InitReport{Workspace: dir}
	existed, err := emptyFolder(dir)
	if err != nil {
		return report, err
	}
	making, move := besideOf(dir, existed)
	if err := create(ctx, making, opt, &report); err != nil {
		discard(making, existed && making == dir)
		if existed && making != dir {
			_ = os.MkdirAll(dir, 0o700) // it was there, empty
		}
		return report, err
	}
	return report, move()
}

// besideOf gives the folder in which a workspace is made until it is whole, and
// what puts it in its place: a program that is killed meanwhile must not leave
// an empty workspace that looks like one. Where nothing can be made beside, or
// the empty folder cannot be put aside (a disk of its own), it is made in place.
func besideOf(dir string, existed bool) (making string, move func() error) {
	inPlace := func() (string, func() error) { return dir, func() error { return nil } }
	clean, err := filepath.Abs(dir)
	if err != nil {
		return inPlace()
	}
	parent, pattern := filepath.Dir(clean), "."+filepath.Base(clean)+".creation-*"
	left, _ := filepath.Glob(filepath.Join(parent, pattern)) // a name with brackets finds nothing: it stays
	for _, x := range left {
		if lock, _, err := folder.Acquire(x, folder.Here("", time.Now()), time.Now); err == nil { // nobody is making it any more
			_ = lock.Release()
			_ = os.RemoveAll(x)
		}
	}
	if info, err := os.Lstat(dir); existed && (err != nil || !info.IsDir()) {
		return inPlace() // a link to an empty folder: what it points to is what is meant
	}
	if existed && os.Remove(dir) != nil {
		return inPlace()
	}
	if err = os.MkdirAll(parent, 0o755); err == nil {
		making, err = os.MkdirTemp(parent, pattern)
	}
	if err != nil {
		if existed {
			_ = os.MkdirAll(dir, 0o700)
		}
		return inPlace()
	}
	return making, func() error {
		if err := os.Rename(making, dir); err != nil {
			return &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: err,
				Message: "Le dossier de travail est prêt, mais il n’a pas pu prendre le nom « " + dir + " » : il est dans « " + making +
					" ». Renommez-le vous-même."}
		}
		return nil
	}
}

func create(ctx context.Context, dir string, opt InitOptions, report *InitReport) (err error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	s, err := store.Create(ctx, dir, store.Options{Person: opt.Author, Now: opt.Now})
	if err != nil {
		return err
	}
	base, err := stand(ctx, s, dir, OpenOptions{Author: opt.Author, Now: opt.Now})
	if err != nil {
		return err
	}
	defer func() {
		if e := base.Close(); err == nil {
			err = e
		}
	}()
	if !opt.Sample && !opt.Showcase {
		return nil
	}
	set, err := opt.wished(s)
	if err != nil {
		return err
	}
	change, err := base.sampleChange(set)
	if err != nil {
		return err
	}
	if _, err := base.Apply(ctx, change); err != nil {
		return err
	}
	report.Directories, report.Partnerships = len(set.Directories), len(set.Partnerships)
	return base.Index.Wait(ctx)
}
