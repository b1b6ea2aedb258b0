package main

import (
	"context"
	"os"
	"os/user"

	"repertoire/app/shell"
	"repertoire/internal/workspace"
)

// opener opens real workspaces for the window.
type opener struct{ author string }

// Open opens the workspace in dir.
func (o opener) Open(ctx context.Context, dir string) (shell.Door, error) {
	w, err := workspace.Open(ctx, dir, workspace.OpenOptions{Author: o.author, Backups: true})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// Create makes a workspace in dir.
func (o opener) Create(ctx context.Context, dir string, sample bool, progress workspace.Progress) error {
	_, err := workspace.Init(ctx, dir, workspace.InitOptions{Sample: sample, Author: o.author, Progress: progress})
	return err
}

// author is who the journal says made a change: the person's name, else the
// name of the session.
func author() string {
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return os.Getenv("USER")
}
