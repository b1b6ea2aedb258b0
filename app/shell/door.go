package shell

import (
	"context"

	"repertoire/app/campaign"
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
	"repertoire/app/sharing"
	"repertoire/app/trash"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/safety"
)

// Door is all the window asks of an open workspace: what its views ask, and
// the few calls of its own.
type Door interface {
	directories.Lister
	directories.Publisher
	partnerships.Finder
	partnerships.Keeper
	exchange.Importer
	exchange.Exporter
	editions.Builder
	editions.Door
	editions.SelectionDoor
	lists.Door
	dashboard.Door
	mapview.Door
	review.Door
	campaign.Door
	counter.Door
	duplicates.Door
	journal.Door
	keeping.Door
	sharing.Door
	trash.Door
	Undoer
	Books() *books.Room
	// Notices are what opening it met: a lock left by a crash, a folder that
	// cannot be written.
	Notices() []string
	Safety() *safety.Room
	// Subscribe calls f, from any goroutine, after each change.
	Subscribe(f func(workspace.Event)) (cancel func())
	Close() error
}

// Undoer takes back what was written, and does it again.
type Undoer interface {
	History() *history.Room
}

// Opener opens and creates workspaces.
type Opener interface {
	Open(ctx context.Context, dir string) (Door, error)
	// Read opens without writing in it.
	Read(ctx context.Context, dir string) (Door, error)
	Create(ctx context.Context, dir string, sample bool, progress workspace.Progress) error
}
