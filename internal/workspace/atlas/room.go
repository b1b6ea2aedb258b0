// Package atlas is the room that looks at the whole from above: where the
// partnerships are on the map, how far, and what figures sum them up.
package atlas

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Room draws up maps and figures of an open workspace.
type Room struct {
	base     *base.Base
	searches *searches.Room
}

// New furnishes the room.
func New(b *base.Base, s *searches.Room) *Room { return &Room{base: b, searches: s} }
