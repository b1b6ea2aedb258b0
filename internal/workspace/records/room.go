// Package records is the room of what the workspace keeps: partnerships,
// authorities, répertoires, presentations of countries, their pictures and
// files. It reads, validates and saves them, one by one or many at once; each
// save is one Change that can be undone.
package records

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/searches"
)

// Room keeps the records of an open workspace.
type Room struct {
	base     *base.Base
	history  *history.Room
	searches *searches.Room
}

// New furnishes the room.
func New(b *base.Base, h *history.Room, s *searches.Room) *Room {
	return &Room{base: b, history: h, searches: s}
}
