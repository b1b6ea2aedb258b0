package base

import (
	"context"
	"time"

	"repertoire/internal/sample"
	"repertoire/internal/store"
)

// Init creates a workspace in dir, which must not exist or be empty. When it
// fails, nothing of it remains.
func Init(ctx context.Context, dir string, opt InitOptions) (InitReport, error) {
	report := InitReport{Workspace: dir}
	existed, err := emptyFolder(dir)
	if err != nil {
		return report, err
	}
	if err := create(ctx, dir, opt, &report); err != nil {
		discard(dir, existed)
		return report, err
	}
	return report, nil
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
	if !opt.Sample {
		return nil
	}
	set, err := sample.Load()
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
