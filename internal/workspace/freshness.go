package workspace

import (
	"context"

	"repertoire/internal/repertoire"
)

// ConfirmField notes that one filled field of a partnership (JSON name) is
// right as it is; one change, which can be taken back.
func (w *Workspace) ConfirmField(ctx context.Context, id repertoire.ID, field string) (repertoire.Partnership, error) {
	p, err := w.store.Partnership(ctx, id)
	if err != nil {
		return p, err
	}
	title, err := w.Title(ctx, p)
	if err != nil {
		return p, err
	}
	c := w.change(repertoire.CauseEdit, "Confirmation de « "+repertoire.FieldLabel(field)+" », "+title)
	p.Confirm(repertoire.Confirmation{At: c.At, By: w.author, Source: repertoire.SourceUnchanged}, field)
	if err := put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := w.apply(ctx, c); err != nil {
		return p, err
	}
	return w.store.Partnership(ctx, id)
}

// FieldHistory lists the changes of one field of a record, newest first, each
// with that field alone, before and after.
func (w *Workspace) FieldHistory(ctx context.Context, id repertoire.ID, field string) ([]HistoryItem, error) {
	all, err := w.History(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []HistoryItem{}
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
