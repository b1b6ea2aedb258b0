package history

import (
	"time"

	"repertoire/internal/repertoire"
)

// HistoryItem is one change seen from one record.
type HistoryItem struct {
	Change repertoire.ID    `json:"change"`
	At     time.Time        `json:"at"`
	Author string           `json:"author"`
	Cause  repertoire.Cause `json:"cause"`
	Label  string           `json:"label"`
	Undone bool             `json:"undone,omitempty"`
	Fields []FieldChange    `json:"fields"`
}

// FieldChange is one field before and after, as people read it.
type FieldChange struct {
	Name   string `json:"name"`  // JSON name
	Label  string `json:"label"` // French
	Before string `json:"before"`
	After  string `json:"after"`
}
