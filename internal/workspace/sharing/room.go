package sharing

import "repertoire/internal/workspace/base"

// Room shares an open workspace with other desks.
type Room struct{ base *base.Base }

// New furnishes the room.
func New(b *base.Base) *Room { return &Room{base: b} }
