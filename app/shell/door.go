package shell

import (
	"context"

	"repertoire/app/directories"
	"repertoire/app/editions"
	"repertoire/app/partnerships"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
)

// Door is all the window asks of an open workspace: what its views ask, and
// the few calls of its own.
type Door interface {
	directories.Lister
	partnerships.Finder
	partnerships.Keeper
	editions.Builder
	Undoer
	// Subscribe calls f, from any goroutine, after each change.
	Subscribe(f func(workspace.Event)) (cancel func())
	Close() error
}

// Undoer takes back what was written, and does it again.
type Undoer interface {
	// LastChange gives the newest change that can be taken back, LastUndone
	// the undo that can be undone; nil when there is none.
	LastChange(ctx context.Context) (*history.HistoryItem, error)
	LastUndone(ctx context.Context) (*history.HistoryItem, error)
	Undo(ctx context.Context, change repertoire.ID, choice history.UndoChoice) (history.Undone, error)
}

// Drawer lays an entry out as the book does. A door that has it gets a preview
// beside the form.
type Drawer interface {
	PreviewEntry(ctx context.Context, p repertoire.Partnership) (*books.Preview, error)
}

// Opener opens and creates workspaces.
type Opener interface {
	Open(ctx context.Context, dir string) (Door, error)
	Create(ctx context.Context, dir string, sample bool, progress workspace.Progress) error
}
