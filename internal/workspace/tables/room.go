// Package tables is the room of spreadsheets: imports tried and made, exports,
// lists of addresses, fictitious records for trials. An import is one Change;
// a file is written whole or not at all.
package tables

import (
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// Room takes tables in and gives them out.
type Room struct {
	base     *base.Base
	searches *searches.Room
}

// New furnishes the room.
func New(b *base.Base, s *searches.Room) *Room { return &Room{base: b, searches: s} }
