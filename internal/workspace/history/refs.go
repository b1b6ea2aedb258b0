package history

import (
	"repertoire/internal/repertoire"
)

// RecordRef names a record of any kind.
type RecordRef struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	ID        repertoire.ID        `json:"id"`
}
