// Package review is the room of upkeep: what should be looked at again, what
// looks like the same record twice, and two records made one.
package review

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
)

// Room finds what needs an officer's eye.
type Room struct {
	base    *base.Base
	history *history.Room
	records *records.Room

	queue base.Kept[[]ReviewEntry]
	pairs base.Kept[[]DuplicatePair]
}

// New furnishes the room.
func New(b *base.Base, h *history.Room, r *records.Room) *Room {
	return &Room{base: b, history: h, records: r}
}
