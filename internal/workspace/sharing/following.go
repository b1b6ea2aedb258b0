package sharing

import (
	"context"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
)

// How often the server is asked when it says nothing, and how long a desk waits
// before it tries a server again that did not answer.
const (
	pollHeard   = 45 * time.Second // notices come in: this only says that one is there
	pollDeaf    = 3 * time.Second  // behind a pooler that passes none
	retryFirst  = time.Second
	retryLast   = 20 * time.Second
	arrivalSpan = 24 * time.Hour
)

// Start follows the shared base beside the window until Close: what is saved
// here goes out at once, what others save comes in as soon as the server says
// so. Nothing a person does waits for it.
func (room *Room) Start(ctx context.Context) {
	if room.base.ReadOnly() {
		return
	}
	ctx, room.stop = context.WithCancel(context.WithoutCancel(ctx))
	room.done = make(chan struct{})
	unsubscribe := room.base.Subscribe(room.saved)
	go func() {
		defer close(room.done)
		defer unsubscribe()
		room.live(ctx)
	}()
}

// Close ends the following; what waits is sent next time.
func (room *Room) Close() {
	if room.stop != nil {
		room.stop()
		<-room.done
	}
}

// live goes from one connection to the next.
func (room *Room) live(ctx context.Context) {
	wait := retryFirst
	for ctx.Err() == nil {
		l, err := room.base.Store.Link(ctx)
		if err != nil || l == nil {
			if room.State().Phase != Alone {
				room.change(func(s *State) { *s = State{} })
			}
			room.pause(ctx, time.Hour)
			continue
		}
		if l.Held {
			room.held()
			room.pause(ctx, time.Hour)
			continue
		}
		if room.State().Phase == Alone {
			room.enter(Joining, "")
		}
		began := room.base.Now()
		err = room.follow(ctx, l.URL)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			room.failed(err)
		}
		if room.base.Now().Sub(began) > retryLast {
			wait = retryFirst
		}
		room.pause(ctx, wait)
		wait = min(2*wait, retryLast)
	}
}

// pause waits until somebody asks for an exchange, or as long.
func (room *Room) pause(ctx context.Context, long time.Duration) {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-room.wake:
	case <-room.out:
	}
}

// beside tells the server where this desk is, and learns of the others.
func (room *Room) beside(ctx context.Context, common *share.Base) error {
	l, err := room.base.Store.Link(ctx)
	if err != nil || l == nil {
		return err
	}
	d := room.desk(common, nil)
	here := d.self(l)
	if common.ReadOnly() == "" {
		if err := common.Announce(ctx, here); err != nil {
			return err
		}
		if err := room.attend(ctx, common, l.Desk); err != nil {
			return err
		}
	}
	var now State
	if now.Present, err = common.Presences(ctx, l.Desk); err != nil {
		return err
	}
	if now.Peers, err = d.peers(ctx); err != nil {
		return err
	}
	if now.Restoration, err = common.Restoration(ctx); err != nil {
		return err
	}
	if now.People, err = common.People(ctx); err != nil {
		return err
	}
	if now.Arrivals, err = common.Arrivals(ctx, l.Desk, room.base.Now().Add(-arrivalSpan), 50); err != nil {
		return err
	}
	status, err := room.Status(ctx)
	if err != nil {
		return err
	}
	room.change(func(s *State) {
		s.Status, s.Present, s.Peers, s.People, s.Arrivals = status, now.Present, now.Peers, now.People, now.Arrivals
		s.Restoration = now.Restoration
		if len(now.People) > 0 {
			s.You = now.People[0]
		}
	})
	return nil
}

// attend tells the server which entry is open here, when it is another one.
func (room *Room) attend(ctx context.Context, common *share.Base, desk repertoire.ID) error {
	room.mu.Lock()
	now := room.attended
	told := room.told
	room.mu.Unlock()
	if told != nil && *told == now {
		return nil
	}
	if err := common.Attend(ctx, desk, now); err != nil {
		return err
	}
	room.mu.Lock()
	room.told = &now
	room.mu.Unlock()
	return nil
}

// takeLeave says that no entry is open here any more; a server that does not
// answer at once forgets it by itself.
func (room *Room) takeLeave(common *share.Base) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if l, err := room.base.Store.Link(ctx); err == nil && l != nil && common.ReadOnly() == "" {
		_ = common.Attend(ctx, l.Desk, Presence{})
	}
}

// enter notes a phase, and since when.
func (room *Room) enter(p Phase, sentence string) {
	now := room.base.Now()
	room.change(func(s *State) {
		if s.Phase != p {
			s.Since = now
		}
		s.Phase, s.Sentence, s.Done, s.Left = p, sentence, 0, 0
		if p != Guarded {
			s.Guard = nil
		}
	})
}

// held says that a person stopped the exchanges.
func (room *Room) held() {
	status, _ := room.Status(context.Background()) // what can be said of it
	room.enter(Held, "")
	room.change(func(s *State) { s.Status = status })
}

// failed says what went wrong with the server, and what waits here.
func (room *Room) failed(err error) {
	status, _ := room.Status(context.Background()) // what can be said of it
	p := Barred
	if share.Unreachable(err) {
		p = Offline
	}
	room.enter(p, err.Error())
	room.mu.Lock()
	room.told = nil
	room.mu.Unlock()
	room.change(func(s *State) { s.Status, s.Present = status, nil })
}

// deletion words a guarded row.
func (room *Room) deletion(ctx context.Context, row repertoire.Shared) Deletion {
	d := Deletion{Number: row.Number, Label: row.Change.Label, Author: row.Change.Author, At: row.Change.At,
		Records: row.Change.Deletions()}
	for _, op := range row.Change.Ops {
		if op.After == nil && len(d.Titles) < 8 {
			d.Titles = append(d.Titles, room.base.Store.TitleOf(ctx, op.Aggregate, op.ID, op.Before))
		}
	}
	return d
}
