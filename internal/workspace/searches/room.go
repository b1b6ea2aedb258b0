// Package searches is the room of questions: a Query comes in, the records
// that answer go out with their passages, facets and corrections. Searches an
// officer keeps and the list of related words are its own; it changes no record.
package searches

import "repertoire/internal/workspace/base"

// Room answers what is asked of an open workspace.
type Room struct{ base *base.Base }

// New furnishes the room with the words of the workspace's own list.
func New(b *base.Base) *Room {
	room := &Room{base: b}
	room.useRelatedWords()
	return room
}
