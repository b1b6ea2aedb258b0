package history

import (
	"context"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// LogQuery narrows the journal: every word of Text is in the label.
type LogQuery struct {
	Author        string
	Cause         repertoire.Cause
	Text          string
	Offset, Limit int
}

// LogPage is a part of the journal, newest first.
type LogPage struct {
	Total int
	Items []Item
}

// SearchLog lists the changes of the whole workspace that answer.
func (room *Room) SearchLog(ctx context.Context, q LogQuery) (LogPage, error) {
	f := store.LogFilter{Author: q.Author, Cause: q.Cause}
	if words := strings.Fields(repertoire.Fold(q.Text)); len(words) > 0 {
		f.Label = func(label string) bool {
			label = repertoire.Fold(label)
			for _, word := range words {
				if !strings.Contains(label, word) {
					return false
				}
			}
			return true
		}
	}
	found, total, err := room.base.Store.SearchLog(ctx, f, q.Offset, q.Limit)
	if err != nil {
		return LogPage{}, base.Stopped(err)
	}
	out := LogPage{Total: total, Items: make([]Item, len(found))}
	for i, c := range found {
		out.Items[i] = Item{ChangeInfo: c}
	}
	return out, nil
}

// LogAuthors lists who signed changes.
func (room *Room) LogAuthors(ctx context.Context) ([]string, error) {
	return room.base.Store.LogAuthors(ctx)
}

// ChangeDetail is a change with what it did to each record.
type ChangeDetail struct {
	Item
	Touched []TouchedRecord // at most TouchedShown of them
}

// TouchedShown is how many records of a change are described: an import
// touches thousands, and nobody reads them one by one.
const TouchedShown = 100

// What a change did to a record.
const (
	Created  = "created"
	Modified = "modified"
	Removed  = "removed"
	Erased   = "erased" // its content is no longer kept
)

// TouchedRecord is one record of a change, field by field.
type TouchedRecord struct {
	RecordRef
	Title  string
	What   string
	Fields []FieldChange
}

// ChangeDetail reads what a change did.
func (room *Room) ChangeDetail(ctx context.Context, id repertoire.ID) (ChangeDetail, error) {
	var out ChangeDetail
	err := room.base.Store.View(ctx, func(r store.Reader) error {
		info, ops, err := r.ChangeNamed(ctx, id)
		if err != nil {
			return err
		}
		out.Item = Item{ChangeInfo: info}
		n, err := room.Names(ctx)
		if err != nil {
			return err
		}
		for _, op := range ops[:min(len(ops), TouchedShown)] {
			body := op.After
			if body == nil {
				body = op.Before
			}
			t := TouchedRecord{RecordRef: RecordRef{op.Aggregate, op.ID}, Title: r.TitleOf(ctx, op.Aggregate, op.ID, body),
				What: whatOf(op)}
			changed, err := repertoire.Compare(op.Before, op.After)
			if err != nil {
				return repertoire.Fault(err, "Le journal de cette modification n’est pas lisible.")
			}
			for _, f := range changed {
				t.Fields = append(t.Fields, n.In(op.Aggregate).Change(n, f))
			}
			out.Touched = append(out.Touched, t)
		}
		return nil
	})
	return out, base.Stopped(err)
}

func whatOf(op repertoire.Op) string {
	switch {
	case op.Before == nil && op.After == nil:
		return Erased
	case op.Before == nil:
		return Created
	case op.After == nil:
		return Removed
	}
	return Modified
}
