// Package orders is the room of the counter: orders, buyers, invoices, stock
// and the papers that go with them.
package orders

import (
	"context"
	"sync"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/records"
)

// Room is the counter of an open workspace.
type Room struct {
	base    *base.Base
	records *records.Room
	books   *books.Room
	shelf   shelf

	// delivering keeps two deliveries of orders apart: both write files.
	delivering sync.Mutex
}

// shelf is where the editions that are sold come from.
type shelf interface {
	// frozen finds a frozen edition by its ID or its label; refused when it is
	// unknown or not frozen.
	frozen(ctx context.Context, ref string) (order.Edition, error)
	// named finds the last frozen edition of the one répertoire that folded words
	// name, or that bears the label they hold.
	named(ctx context.Context, words string) (order.Edition, bool)
	// copyFor makes the digital file of an edition that bears its recipient's name.
	copyFor(ctx context.Context, edition repertoire.ID, recipient string, progress base.Progress) ([]byte, error)
}

// New furnishes the room.
func New(b *base.Base, r *records.Room, k *books.Room) *Room {
	room := &Room{base: b, records: r, books: k}
	room.shelf = editionShelf{room}
	return room
}
