// Package safety is the room of what keeps the work from being lost: backups,
// made by hand or on time, restoring, the health of base and index, archives.
package safety

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
)

// Room keeps an open workspace safe.
type Room struct {
	base     *base.Base
	books    *books.Room
	schedule *schedule // nil when nobody asked for it
}

// New furnishes the room; scheduled makes backups in time while it is open.
func New(b *base.Base, k *books.Room, scheduled bool) *Room {
	room := &Room{base: b, books: k}
	if scheduled && !b.ReadOnly() {
		room.schedule = startBackups(room)
	}
	return room
}

// Close ends the scheduled backups with a last look.
func (room *Room) Close() {
	if room.schedule != nil {
		room.schedule.finish()
	}
}

// BackupProblem gives the sentence of the last scheduled backup when it
// failed, "" when all is well: a window shows it.
func (room *Room) BackupProblem() string {
	if room.schedule == nil {
		return ""
	}
	room.schedule.mu.Lock()
	defer room.schedule.mu.Unlock()
	if room.schedule.failed == nil {
		return ""
	}
	return room.schedule.failed.Error()
}
