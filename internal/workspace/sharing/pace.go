package sharing

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"repertoire/internal/share"
	"repertoire/internal/store"
)

// What a desk does of itself: what is saved here goes out at once; what others
// save is taken in together with what comes right after it; the list of desks
// and the like follow at their own slower pace. With fifty desks each would else
// begin fifty exchanges a second.
const (
	// othersEvery is how often who shares and what arrived is asked at most.
	othersEvery = 5 * time.Second
	// restMost is the random part of the rest between two takings in, so that
	// desks do not ask in step; the other part is four times what the last one
	// took, so that a busy machine takes in more at once, at least each longest.
	restMost = 150 * time.Millisecond
	longest  = 1500 * time.Millisecond
	// Where a taking in brings as many as dense, desks write all the time: the
	// longest rest is taken then, and the server is asked to wake nobody in it.
	dense = 8
)

// deeds is what is to be done in a round.
type deeds struct{ rows, files, presence, others bool }

var everything = deeds{rows: true, files: true, presence: true, others: true}

// pace says when what others wrote is taken in.
type pace struct {
	until time.Time
	dense bool
}

// worked notes how long the last taking in took, and how much it brought.
func (p *pace) worked(now time.Time, took time.Duration, rows int) {
	rest := min(4*took, longest)
	if p.dense = rows >= dense; p.dense {
		rest = longest
	}
	p.until = now.Add(rest + rand.N(restMost))
}

// silence is for how long the server need not say that rows came.
func (p *pace) silence(now time.Time) time.Duration {
	if !p.dense {
		return 0
	}
	return p.left(now)
}

// left is how long to rest yet.
func (p *pace) left(now time.Time) time.Duration { return max(0, p.until.Sub(now)) }

// follower is one connection that is followed until it breaks.
type follower struct {
	*Room
	common *share.Base

	ring      chan struct{}
	mu        sync.Mutex
	heard     share.Notice
	listening chan struct{} // closed once notices come in
	broken    chan struct{} // closed when they cannot any more

	poll   time.Duration
	rest   pace      // under mu
	others time.Time // when they were last asked
	folder time.Time // when its folders had last changed
	due    deeds
	hasty  bool // an exchange is asked for now, whatever the pace
}

// follow exchanges on one connection until it breaks.
func (room *Room) follow(ctx context.Context, address string) error {
	common, err := share.Open(ctx, address, room.password(address))
	if err != nil {
		return err
	}
	defer common.Close()
	f := &follower{Room: room, common: common, ring: make(chan struct{}, 1), listening: make(chan struct{}), broken: make(chan struct{}),
		poll: pollDeaf, due: everything}
	ctx, stop := context.WithCancel(ctx)
	listening := f.listening
	go func() {
		defer close(f.broken)
		_ = common.Listen(ctx, func() { close(listening) }, f.hear) // the exchange meets the same fault
	}()
	defer func() {
		if ctx.Err() != nil {
			room.takeLeave(common)
		}
		stop()
		<-f.broken
	}()
	for {
		if err := f.round(ctx); err != nil {
			return err
		}
		l, err := room.base.Store.Link(ctx)
		if err != nil || l == nil || l.URL != address || l.Held {
			return err // left, stopped, or another base
		}
		if !f.wait(ctx) {
			return nil
		}
	}
}

// hear notes what the server says is new, and tells how long it may be silent.
func (f *follower) hear(n share.Notice) time.Duration {
	f.mu.Lock()
	f.heard |= n
	rest := f.rest.silence(time.Now())
	if f.idle.Load() {
		rest = longest
	}
	f.mu.Unlock()
	select {
	case f.ring <- struct{}{}:
	default:
	}
	return rest
}

// resting is how long to rest yet before the next taking in.
func (f *follower) resting(now time.Time) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.idle.Load() {
		return time.Hour
	}
	return f.rest.left(now)
}

// take adds what was heard to what is due.
func (f *follower) take() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.due.rows = f.due.rows || f.heard&share.NewRows != 0
	f.due.files = f.due.files || f.heard&share.NewFiles != 0
	f.due.presence = f.due.presence || f.heard&share.NewPresence != 0
	f.due.others = f.due.others || f.heard&share.Missed != 0
	f.heard = 0
}

// wait waits for the next round; false ends the following.
func (f *follower) wait(ctx context.Context) bool {
	asked := time.Now().Add(f.poll)
	for {
		now := time.Now()
		left := asked.Sub(now)
		if f.due.rows || f.due.files || f.due.presence {
			left = min(left, f.resting(now))
		}
		if f.due.others {
			left = min(left, f.others.Add(othersEvery).Sub(now))
		}
		timer := time.NewTimer(max(0, left))
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-f.broken:
			timer.Stop()
			return false // opened anew
		case <-f.listening:
			timer.Stop()
			f.listening, f.poll = nil, pollHeard
			f.due = everything // what was new before notices came in
			return true
		case <-f.ring:
			f.take()
		case <-f.wake:
			timer.Stop()
			f.due.rows, f.hasty = true, true // somebody waits for it
			return true
		case <-f.out:
			timer.Stop()
			return true
		case <-timer.C:
			if time.Now().Before(asked) {
				return true
			}
			f.due = everything
			return true
		}
		timer.Stop()
	}
}

// round tells the server what there is to tell and takes in what is due, and of
// what is told beside it what is due.
func (f *follower) round(ctx context.Context) error {
	f.exchanging.Lock()
	defer f.exchanging.Unlock()
	now, due := time.Now(), f.due
	due.rows = f.hasty || due.rows && f.resting(now) == 0
	due.others = due.others && !now.Before(f.others.Add(othersEvery))
	f.hasty, f.due = false, deeds{rows: f.due.rows && !due.rows, others: f.due.others && !due.others}
	d := f.desk(f.common, func(done, total int, _ string) {
		f.change(func(s *State) { s.Phase, s.Done, s.Left = Exchanging, done, total-done })
	})
	out, took, err := f.exchange(ctx, d, due.rows)
	if errors.Is(err, share.ErrForked) {
		f.enter(Forked, err.Error())
		return f.beside(ctx, f.common)
	}
	if err != nil {
		return err
	}
	if moved := f.folderMoved(); moved || due.files || due.others {
		if err := d.shareFolder(ctx); err != nil {
			return err
		}
	}
	switch g := out.Guarded; {
	case !took: // as it stood
	case g != nil:
		guard := f.deletion(ctx, *g)
		f.enter(Guarded, "")
		f.change(func(s *State) { s.Guard = &guard })
	case f.common.ReadOnly() != "":
		f.enter(Outdated, f.common.ReadOnly())
	default:
		f.enter(UpToDate, "")
	}
	f.due.others = f.due.others || out.Received > 0
	if due.others {
		f.others = time.Now()
		return f.beside(ctx, f.common)
	}
	return f.briefly(ctx, due.presence)
}

// briefly brings up to date what each exchange may change.
func (f *follower) briefly(ctx context.Context, presence bool) error {
	l, err := f.base.Store.Link(ctx)
	if err != nil || l == nil {
		return err
	}
	if f.common.ReadOnly() == "" {
		if err := f.attend(ctx, f.common, l.Desk); err != nil {
			return err
		}
	}
	status, err := f.Status(ctx)
	if err != nil {
		return err
	}
	var present []Presence
	if presence {
		if present, err = f.common.Presences(ctx, l.Desk); err != nil {
			return err
		}
	}
	f.change(func(s *State) {
		if s.Status = status; presence {
			s.Present = present
		}
	})
	return nil
}

// folderMoved tells whether files may have come into the shared folders or gone
// from them since it was last asked: they are written under another name first.
func (f *follower) folderMoved() bool {
	var last time.Time
	for _, name := range [...]string{store.EditionsFolder, store.RecipesFolder} {
		if info, err := os.Stat(filepath.Join(f.base.Dir(), name)); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	moved := !last.Equal(f.folder)
	f.folder = last
	return moved
}

// exchange sends what waits here at once, then takes in what others wrote if it is
// time to, or if what waits needs it; took tells that it did.
func (f *follower) exchange(ctx context.Context, d *Desk, rows bool) (out Outcome, took bool, err error) {
	l, err := d.link(ctx)
	if err != nil {
		return out, false, err
	}
	if l.Introduced && l.Sending == nil && !l.Forked {
		behind, err := d.send(ctx, &out)
		if err != nil {
			return out, false, err
		}
		if !rows && !behind {
			f.due.rows = f.due.rows || len(d.underway) > 0
			return out, false, nil
		}
	}
	began := time.Now()
	more, err := d.Sync(ctx)
	f.mu.Lock()
	f.rest.worked(time.Now(), time.Since(began), more.Received)
	f.mu.Unlock()
	more.Sent, more.Received, more.Disputed = more.Sent+out.Sent, more.Received+out.Received, more.Disputed+out.Disputed
	return more, true, err
}
