// Package rights is the room of personal data: where a person is named, and
// the erasure of what must go, from the base, its journal, its index and its
// editions' register. What it erases cannot be undone.
package rights

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/records"
)

// Room answers for the personal data of an open workspace.
type Room struct {
	base    *base.Base
	records *records.Room
	books   *books.Room
}

// New furnishes the room.
func New(b *base.Base, r *records.Room, k *books.Room) *Room {
	return &Room{base: b, records: r, books: k}
}
