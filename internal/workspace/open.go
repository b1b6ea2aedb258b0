package workspace

import (
	"context"

	"repertoire/internal/workspace/atlas"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/campaigns"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/orders"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/rights"
	"repertoire/internal/workspace/safety"
	"repertoire/internal/workspace/searches"
	"repertoire/internal/workspace/sharing"
	"repertoire/internal/workspace/tables"
)

// Version is the program's version, set by the build.
var Version = "0.1.0"

// What opening takes and long work tells.
type (
	OpenOptions = base.OpenOptions
	InitOptions = base.InitOptions
	InitReport  = base.InitReport
	Progress    = base.Progress
	Event       = base.Event
	Conflict    = base.Conflict
)

type (
	floor       = base.Base
	historyRoom = history.Room
	searchRoom  = searches.Room
	recordsRoom = records.Room
	tablesRoom  = tables.Room
	atlasRoom   = atlas.Room
	reviewRoom  = review.Room
	booksRoom   = books.Room
	rightsRoom  = rights.Room
	safetyRoom  = safety.Room
)

// Workspace is one open folder of work. It is safe for concurrent use.
type Workspace struct {
	*floor
	*historyRoom
	*searchRoom
	*recordsRoom
	*tablesRoom
	*atlasRoom
	*reviewRoom
	*booksRoom
	*rightsRoom
	*safetyRoom
	orders    *orders.Room
	campaigns *campaigns.Room
	sharing   *sharing.Room
}

// Open opens the workspace in dir. The index is brought up to date beside: the
// base can be used at once, and searches wait for it.
func Open(ctx context.Context, dir string, opt OpenOptions) (*Workspace, error) {
	b, err := base.Open(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	w := &Workspace{floor: b, historyRoom: history.New(b), searchRoom: searches.New(b)}
	w.recordsRoom = records.New(b, w.historyRoom, w.searchRoom)
	w.tablesRoom = tables.New(b, w.searchRoom)
	w.atlasRoom = atlas.New(b, w.searchRoom)
	w.reviewRoom = review.New(b, w.historyRoom, w.recordsRoom)
	w.booksRoom = books.New(b, w.historyRoom, w.searchRoom, w.recordsRoom, Version)
	w.rightsRoom = rights.New(b, w.recordsRoom, w.booksRoom)
	w.safetyRoom = safety.New(b, w.booksRoom, opt.Backups)
	w.orders = orders.New(b, w.recordsRoom, w.booksRoom)
	w.campaigns = campaigns.New(b, w.historyRoom, w.searchRoom, w.recordsRoom)
	w.sharing = sharing.New(b)
	if opt.Backups {
		// The window is opened to be typed in: the table of names that tells a
		// typing error from a town is made before the first error.
		go b.Tables.FrenchNamed("a")
	}
	return w, nil
}

// Init creates a workspace in dir, which must not exist or be empty. When it
// fails, nothing of it remains.
func Init(ctx context.Context, dir string, opt InitOptions) (InitReport, error) {
	return base.Init(ctx, dir, opt)
}

// Rebuild makes a new workspace in dir from the readable files of an archive.
func Rebuild(ctx context.Context, from, dir string, opt InitOptions) (InitReport, error) {
	return base.Rebuild(ctx, from, dir, opt)
}

// Close ends the work; what was saved stays.
func (w *Workspace) Close() error {
	w.safetyRoom.Close()
	return w.floor.Close()
}

// Orders is the counter.
func (w *Workspace) Orders() *orders.Room { return w.orders }

// Campaigns is where authorities are asked what changed.
func (w *Workspace) Campaigns() *campaigns.Room { return w.campaigns }

// Sharing is what binds this desk to others.
func (w *Workspace) Sharing() *sharing.Room { return w.sharing }
