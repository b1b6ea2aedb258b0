package records

import (
	"context"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
)

// Partnership reads one partnership.
func (room *Room) Partnership(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	return room.base.Store.Partnership(ctx, id)
}

// SavePartnership writes p, whose Version must be the base's (a *Conflict
// otherwise); an empty ID creates it. It returns what was saved.
func (room *Room) SavePartnership(ctx context.Context, p repertoire.Partnership) (repertoire.Partnership, error) {
	authorities, err := room.base.PartiesOf(ctx, p)
	if err != nil {
		return p, err
	}
	for _, f := range p.Validate(room.base.Known(ctx, authorities)) {
		if f.Severity == repertoire.SeverityRefuse {
			return p, &repertoire.Error{Kind: repertoire.Refused, Field: f.Field, Message: f.Message + " Rien n’a été enregistré."}
		}
	}
	title := p.DisplayTitle(base.Finder(authorities))
	c := room.base.Change(repertoire.CauseEdit, "Modification de "+title)
	var before *repertoire.Partnership
	if p.ID == "" {
		p.ID, p.Created, p.Version = repertoire.NewID(), c.At, 0
		c.Label = "Création de " + title
	} else if old, err := room.base.Store.Partnership(ctx, p.ID); err == nil {
		before = &old
	}
	p.Updated = c.At
	p.ConfirmChanges(before, repertoire.Confirmation{At: c.At, By: room.base.Author(), Source: repertoire.SourceEntry})
	if err := base.Put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return p, err
	}
	return room.base.Store.Partnership(ctx, p.ID)
}

// DeletePartnership puts a partnership in the trash.
func (room *Room) DeletePartnership(ctx context.Context, id repertoire.ID) error {
	p, err := room.base.Store.Partnership(ctx, id)
	if err != nil {
		return err
	}
	title, err := room.base.Title(ctx, p)
	if err != nil {
		return err
	}
	c := room.base.Change(repertoire.CauseEdit, "Mise à la corbeille de "+title)
	c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, id, p.Version))
	_, err = room.base.Apply(ctx, c)
	return err
}

// Confirm notes that the filled fields of a partnership are right as they are.
func (room *Room) Confirm(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	p, err := room.base.Store.Partnership(ctx, id)
	if err != nil {
		return p, err
	}
	title, err := room.base.Title(ctx, p)
	if err != nil {
		return p, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Confirmation de "+title)
	p.Confirm(repertoire.Confirmation{At: c.At, By: room.base.Author(), Source: repertoire.SourceUnchanged})
	if err := base.Put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return p, err
	}
	return room.base.Store.Partnership(ctx, id)
}

// Validate applies the rules to a partnership being edited.
func (room *Room) Validate(ctx context.Context, p repertoire.Partnership) ([]repertoire.Finding, error) {
	authorities, err := room.base.PartiesOf(ctx, p)
	if err != nil {
		return nil, err
	}
	return p.Validate(room.base.Known(ctx, authorities)), nil
}

// Described is a partnership as people read it.
type Described struct {
	repertoire.Partnership
	Title string         `json:"display_title"`
	Lines []history.Line `json:"lines"`
}

// Show describes everything known of a partnership.
func (room *Room) Show(ctx context.Context, id repertoire.ID) (Described, error) {
	p, err := room.base.Store.Partnership(ctx, id)
	if err != nil {
		return Described{}, err
	}
	n, err := room.history.Names(ctx)
	if err != nil {
		return Described{}, err
	}
	return Described{Partnership: p, Title: p.DisplayTitle(n.Authority), Lines: n.Describe(&p)}, nil
}
