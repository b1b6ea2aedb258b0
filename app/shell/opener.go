package shell

import (
	"context"

	"repertoire/internal/workspace"
)

// Workspaces opens real workspaces for the window.
type Workspaces struct {
	Author  string // written in the journal
	Backups bool   // makes the scheduled backups while one is open
}

// Open opens the workspace in dir.
func (o Workspaces) Open(ctx context.Context, dir string) (Door, error) {
	w, err := workspace.Open(ctx, dir, workspace.OpenOptions{Author: o.Author, Backups: o.Backups})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// Read opens the workspace in dir without writing in it.
func (o Workspaces) Read(ctx context.Context, dir string) (Door, error) {
	w, err := workspace.Open(ctx, dir, workspace.OpenOptions{Author: o.Author, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// Create makes a workspace in dir.
func (o Workspaces) Create(ctx context.Context, dir string, sample bool, progress workspace.Progress) error {
	_, err := workspace.Init(ctx, dir, workspace.InitOptions{Sample: sample, Author: o.Author, Progress: progress})
	return err
}
