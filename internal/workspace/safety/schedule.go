package safety

import (
	"context"
	"sync"
	"time"
)

// schedule makes the scheduled backups of an open workspace.
type schedule struct {
	w    *Room
	stop context.CancelFunc
	done sync.WaitGroup

	mu     sync.Mutex
	failed error // of the latest attempt
}

// backupLook is how often the age of the newest backup is looked at; how old
// it may be is the store's rule.
const backupLook = 10 * time.Minute

// settling is how long the schedule leaves the machine to the window that opens:
// the first list must not wait for a backup. What is closed before has its last
// look all the same.
const settling = 15 * time.Second

func startBackups(w *Room) *schedule {
	ctx, stop := context.WithCancel(context.Background())
	s := &schedule{w: w, stop: stop}
	s.done.Go(func() {
		select {
		case <-time.After(settling):
		case <-ctx.Done():
			return
		}
		s.sweep(ctx)
		ticker := time.NewTicker(backupLook)
		defer ticker.Stop()
		for {
			s.look(ctx)
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return
			}
		}
	})
	return s
}

// orphanAge is how old a file of media/ that nothing speaks of must be before
// it goes: a form may hold it that is not saved yet.
const orphanAge = 7 * 24 * time.Hour

// sweep removes pictures and attachments that nothing has referred to for long.
func (s *schedule) sweep(ctx context.Context) {
	_, err := s.w.base.Store.CollectOrphans(ctx, orphanAge, nil)
	if ctx.Err() == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.failed = err
	}
}

func (s *schedule) look(ctx context.Context) {
	_, err := s.w.base.Store.BackupIfDue(ctx)
	if ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = err
}

// finish ends the schedule with a last look.
func (s *schedule) finish() {
	s.stop()
	s.done.Wait()
	s.look(context.Background())
}
