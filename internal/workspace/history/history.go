package history

import "repertoire/internal/store"

// Item is one change, seen from one record or from the whole journal; Fields
// are those of the record, when one was asked about.
type Item struct {
	store.ChangeInfo
	Fields []FieldChange `json:"fields"`
}

// FieldChange is one field before and after, as people read it.
type FieldChange struct {
	Name   string `json:"name"`  // JSON name
	Label  string `json:"label"` // French
	Before string `json:"before"`
	After  string `json:"after"`
}
