// Package history is the room of what was done: the journal, what one change
// touched, the past of a record and of a field, undo. It says in French what
// identifiers and values stand for; what it writes is only ever an undo.
package history

import "repertoire/internal/workspace/base"

// Room reads the journal of an open workspace.
type Room struct{ base *base.Base }

// New furnishes the room.
func New(b *base.Base) *Room { return &Room{base: b} }
