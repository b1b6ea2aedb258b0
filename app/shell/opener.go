package shell

import (
	"context"

	"repertoire/app/counter"
	"repertoire/app/dashboard"
	"repertoire/app/directories"
	"repertoire/app/duplicates"
	"repertoire/app/editions"
	"repertoire/app/exchange"
	"repertoire/app/journal"
	"repertoire/app/keeping"
	"repertoire/app/lists"
	"repertoire/app/mapview"
	"repertoire/app/partnerships"
	"repertoire/app/review"
	"repertoire/app/trash"
	"repertoire/internal/workspace"
)

// Workspaces opens real workspaces for the window.
type Workspaces struct {
	Author  string // written in the journal
	Backups bool   // makes the scheduled backups while one is open
}

// A real workspace serves every place of the window.
var _ interface {
	Door
	Drawer
	directories.Publisher
	exchange.Importer
	exchange.Exporter
	partnerships.Batch
	partnerships.Locator
	partnerships.Completer
	partnerships.MediaKeeper
	partnerships.FieldKeeper
	partnerships.DraftKeeper
	partnerships.AuthorityKeeper
	editions.SelectionDoor
	review.Door
	editions.Door
	duplicates.Door
	dashboard.Door
	mapview.Door
	lists.Door
	counter.Door
	journal.Door
	keeping.Door
	trash.Door
} = (*workspace.Workspace)(nil)

// Open opens the workspace in dir.
func (o Workspaces) Open(ctx context.Context, dir string) (Door, error) {
	w, err := workspace.Open(ctx, dir, workspace.OpenOptions{Author: o.Author, Backups: o.Backups})
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
