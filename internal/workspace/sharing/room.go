package sharing

import (
	"context"
	"sync"
	"sync/atomic"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Room shares an open workspace with other desks.
type Room struct {
	base    *base.Base
	program string // its version, for the list of desks

	// exchanging keeps two exchanges apart: that of the window and one asked for.
	exchanging sync.Mutex

	mu       sync.Mutex
	state    State
	watchers map[int]func(State)
	next     int
	secrets  map[string]string // passwords given since the start, by address
	attended Presence
	told     *Presence // what the server was last told of it
	stamps   stamps
	underway store.Underway // see Desk

	telling atomic.Value // repertoire.ID: the change that came in and is being told of

	wake chan struct{}       // an exchange is asked for
	out  chan struct{}       // something is to be said to the server
	sent func(repertoire.ID) // see Desk
	idle atomic.Bool         // nothing of others is taken in; for measuring
	// received puts what came in into the index, from a change on.
	received func(ctx context.Context, seq int64)
	stop     context.CancelFunc
	done     chan struct{}
}

// New furnishes the room.
func New(b *base.Base, program string) *Room {
	room := &Room{base: b, program: program, watchers: map[int]func(State){}, secrets: map[string]string{}, stamps: stamps{},
		underway: store.Underway{}, wake: make(chan struct{}, 1), out: make(chan struct{}, 1)}
	room.received = func(ctx context.Context, seq int64) { b.Index.Follow(context.WithoutCancel(ctx), seq) }
	b.Issue = room.issue
	return room
}

// Watch calls f with where the workspace stands, at once and each time it
// changes, from any goroutine, until cancel is called.
func (room *Room) Watch(f func(State)) (cancel func()) {
	room.mu.Lock()
	id := room.next
	room.next++
	room.watchers[id] = f
	now := room.state
	room.mu.Unlock()
	f(now)
	return func() {
		room.mu.Lock()
		defer room.mu.Unlock()
		delete(room.watchers, id)
	}
}

// State gives where the workspace stands, as was last known.
func (room *Room) State() State {
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.state
}

// change changes the state and tells of it.
func (room *Room) change(do func(*State)) {
	room.mu.Lock()
	do(&room.state)
	now := room.state
	all := make([]func(State), 0, len(room.watchers))
	for _, f := range room.watchers {
		all = append(all, f)
	}
	room.mu.Unlock()
	for _, f := range all {
		f(now)
	}
}

// Now asks for an exchange at once, and returns before it is done.
func (room *Room) Now() {
	select {
	case room.wake <- struct{}{}:
	default: // one is asked for already
	}
}

// Attend says which entry is open in this window, "" for none, and whether
// something is typed in it: other desks see it. It never waits for the server.
func (room *Room) Attend(p Presence) {
	p.Author = room.base.Author()
	room.mu.Lock()
	was := room.attended
	p.Since = was.Since
	room.attended = p
	room.mu.Unlock()
	if was != p {
		room.say()
	}
}

// say has what was saved or opened here told to the server at once; what others
// wrote comes in at its own pace.
func (room *Room) say() {
	select {
	case room.out <- struct{}{}:
	default:
	}
}

// tell tells the window of a change that came in; it is no reason to exchange.
func (room *Room) tell(a store.Applied) {
	room.telling.Store(a.Change.ID)
	room.base.Publish(a.Change)
	room.telling.Store(repertoire.ID(""))
}

// saved hears of every change of the base: those made here go out at once.
func (room *Room) saved(e base.Event) {
	if room.telling.Load() != e.Change.ID {
		room.say()
	}
}

// desk is this workspace before its shared base: what comes in is indexed and
// told of like any change.
func (room *Room) desk(common *share.Base, progress base.Progress) *Desk {
	return &Desk{Store: room.base.Store, Base: common, Progress: progress, Writing: &room.base.Writing, Dir: room.base.Dir(),
		Author: room.base.Author(), Program: room.program,
		stamps: room.stamps, underway: room.underway, sent: room.sent,
		Received: room.received, Told: room.tell}
}
