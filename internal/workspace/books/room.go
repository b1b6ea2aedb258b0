// Package books is the room where records become books: previews, proofs, the
// press-ready gate, finished files, and editions, which are frozen, compared
// and built again to the same bytes.
package books

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// Room makes the books of an open workspace.
type Room struct {
	base     *base.Base
	history  *history.Room
	searches *searches.Room
	records  *records.Room

	version  string // of the program, written in editions
	previews previews
}

// New furnishes the room; version is the program's.
func New(b *base.Base, h *history.Room, s *searches.Room, r *records.Room, version string) *Room {
	return &Room{base: b, history: h, searches: s, records: r, version: version}
}
