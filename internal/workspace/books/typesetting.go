package books

import (
	"repertoire/internal/book"
)

// bookReference gives books the reference data.
func (room *Room) bookReference() book.Reference { return book.FromTables(room.base.Reference) }
