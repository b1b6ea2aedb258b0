package base

import (
	"maps"
	"slices"
	"sync"

	"repertoire/internal/repertoire"
)

// listeners are those who want to know of changes.
type listeners struct {
	sync.Mutex
	byID map[int]func(Event)
	next int
}

// Subscribe calls listen after every change, from the goroutine that made it,
// until cancel is called.
func (base *Base) Subscribe(listen func(Event)) (cancel func()) {
	l := &base.listeners
	l.Lock()
	defer l.Unlock()
	if l.byID == nil {
		l.byID = map[int]func(Event){}
	}
	id := l.next
	l.next++
	l.byID[id] = listen
	return func() {
		l.Lock()
		defer l.Unlock()
		delete(l.byID, id)
	}
}

// Publish tells listeners of a change, without the bodies of its operations.
func (base *Base) Publish(c repertoire.Change) {
	e := Event{Change: c}
	e.Change.Ops = nil
	for _, op := range c.Ops {
		e.IDs = append(e.IDs, op.ID)
	}
	base.listeners.Lock()
	all := slices.Collect(maps.Values(base.listeners.byID))
	base.listeners.Unlock()
	for _, listen := range all {
		listen(e)
	}
}

// Event tells listeners that records changed.
type Event struct {
	Change repertoire.Change // without Ops' bodies
	IDs    []repertoire.ID
}
