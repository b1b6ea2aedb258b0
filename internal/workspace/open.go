package workspace

import (
	"context"
	"time"

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

type floor = base.Base

// Workspace is one open folder of work: the base everything stands on, and the
// rooms what is done with it is kept in. It is safe for concurrent use.
type Workspace struct {
	*floor
	history   *history.Room
	searches  *searches.Room
	records   *records.Room
	tables    *tables.Room
	atlas     *atlas.Room
	review    *review.Room
	books     *books.Room
	rights    *rights.Room
	safety    *safety.Room
	orders    *orders.Room
	campaigns *campaigns.Room
	sharing   *sharing.Room
	notices   []string // of what opening did
}

// Notices are French sentences to show after opening: a synchronised folder, a
// stale lock, erasures done again.
func (w *Workspace) Notices() []string { return append(w.floor.Notices(), w.notices...) }

// Open opens the workspace in dir. The index is brought up to date beside: the
// base can be used at once, and searches wait for it.
func Open(ctx context.Context, dir string, opt OpenOptions) (*Workspace, error) {
	b, err := base.Open(ctx, dir, opt)
	if err != nil {
		return nil, err
	}
	w := &Workspace{floor: b, history: history.New(b), searches: searches.New(b)}
	w.records = records.New(b, w.history, w.searches)
	w.tables = tables.New(b, w.searches)
	w.atlas = atlas.New(b, w.searches)
	w.review = review.New(b, w.history, w.records)
	w.books = books.New(b, w.history, w.searches, w.records, Version)
	w.rights = rights.New(b, w.records, w.books)
	w.safety = safety.New(b, w.books, opt.Backups)
	w.orders = orders.New(b, w.records, w.books)
	w.campaigns = campaigns.New(b, w.history, w.searches, w.records)
	w.sharing = sharing.New(b, Version)
	switch n, err := w.rights.Repeat(ctx); {
	case ctx.Err() != nil:
		_ = w.Close()
		return nil, base.Stopped(err)
	case err != nil:
		w.notices = append(w.notices, "Des effacements faits depuis la sauvegarde restent à refaire ("+err.Error()+
			"). Ils le seront à la prochaine ouverture.")
	case n > 0:
		w.notices = append(w.notices, rights.Repeated(n))
	}
	if opt.Backups {
		// The window is opened to be typed in: the table of names that tells a
		// typing error from a town is made before the first error, and after
		// the first list.
		time.AfterFunc(3*time.Second, func() { b.Reference.FrenchNamed("a") })
		w.sharing.Start(ctx)
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
	w.sharing.Close()
	w.safety.Close()
	return w.floor.Close()
}

// History tells what was changed, and takes it back.
func (w *Workspace) History() *history.Room { return w.history }

// Searches finds and lists entries.
func (w *Workspace) Searches() *searches.Room { return w.searches }

// Records is where entries, authorities, répertoires, drafts and pictures are kept.
func (w *Workspace) Records() *records.Room { return w.records }

// Tables is what comes in from tables and leaves as them.
func (w *Workspace) Tables() *tables.Room { return w.tables }

// Atlas is figures and maps.
func (w *Workspace) Atlas() *atlas.Room { return w.atlas }

// Review is what awaits the officer's judgement: doubles, doubts, values.
func (w *Workspace) Review() *review.Room { return w.review }

// Books lays out, freezes and publishes.
func (w *Workspace) Books() *books.Room { return w.books }

// Rights is what persons may ask: to see, to be forgotten.
func (w *Workspace) Rights() *rights.Room { return w.rights }

// Safety keeps backups and archives, and checks them.
func (w *Workspace) Safety() *safety.Room { return w.safety }

// Orders is the counter.
func (w *Workspace) Orders() *orders.Room { return w.orders }

// Campaigns is where authorities are asked what changed.
func (w *Workspace) Campaigns() *campaigns.Room { return w.campaigns }

// Sharing is what binds this desk to others.
func (w *Workspace) Sharing() *sharing.Room { return w.sharing }
