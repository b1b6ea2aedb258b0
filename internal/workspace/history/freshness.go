package history

import (
	"context"

	"repertoire/internal/repertoire"
)

// FieldHistory lists the changes of one field of a record, newest first, each
// with that field alone, before and after.
func (room *Room) FieldHistory(ctx context.Context, id repertoire.ID, field string) ([]Item, error) {
	all, err := room.Of(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []Item{}
	for _, h := range all {
		for _, f := range h.Fields {
			if f.Name == field {
				h.Fields = []FieldChange{f}
				out = append(out, h)
				break
			}
		}
	}
	return out, nil
}
