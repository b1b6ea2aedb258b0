package workspace

import (
	"context"
	"fmt"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Conflict is a save made on a version that is no longer the base's: nothing
// was written, and both versions are in it, field by field.
type Conflict = store.Conflict

// change starts a change of this workspace's author, now.
func (w *Workspace) change(cause repertoire.Cause, label string) repertoire.Change {
	return repertoire.Change{ID: repertoire.NewID(), Author: w.author, At: w.now(), Cause: cause, Label: label}
}

// put adds to c the operation that writes record over version; its texts are
// cleaned first, whatever way they came.
func put(c *repertoire.Change, record any, version int64) error {
	repertoire.CleanRecord(record)
	op, err := store.Put(record, version)
	if err != nil {
		return err
	}
	c.Ops = append(c.Ops, op)
	return nil
}

// apply writes a change: on the disk, in the index, told to listeners. When it
// returns, the change is durable and can be found.
func (w *Workspace) apply(ctx context.Context, c repertoire.Change) (store.Applied, error) {
	w.writing.Lock()
	applied, err := w.store.Apply(ctx, c)
	if err == nil && applied.Seq > 0 {
		// The base has the change: whatever happens to the index now, it is
		// saved. An index that fails is rebuilt.
		w.index.follow(context.WithoutCancel(ctx), applied.Seq)
	}
	w.writing.Unlock()
	if err != nil {
		return applied, err
	}
	w.publish(applied.Change)
	return applied, nil
}

// Partnership reads one partnership.
func (w *Workspace) Partnership(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	return w.store.Partnership(ctx, id)
}

// SavePartnership writes p, whose Version must be the base's (a *Conflict
// otherwise); an empty ID creates it. It returns what was saved.
func (w *Workspace) SavePartnership(ctx context.Context, p repertoire.Partnership) (repertoire.Partnership, error) {
	authorities, err := w.partiesOf(ctx, p)
	if err != nil {
		return p, err
	}
	for _, f := range p.Validate(w.known(ctx, authorities)) {
		if f.Severity == repertoire.SeverityRefuse {
			return p, &repertoire.Error{Kind: repertoire.Refused, Field: f.Field, Message: f.Message + " Rien n’a été enregistré."}
		}
	}
	title := p.DisplayTitle(finder(authorities))
	c := w.change(repertoire.CauseEdit, "Modification de "+title)
	var before *repertoire.Partnership
	if p.ID == "" {
		p.ID, p.Created, p.Version = repertoire.NewID(), c.At, 0
		c.Label = "Création de " + title
	} else if old, err := w.store.Partnership(ctx, p.ID); err == nil {
		before = &old
	}
	p.Updated = c.At
	p.ConfirmChanges(before, repertoire.Confirmation{At: c.At, By: w.author, Source: repertoire.SourceEntry})
	if err := put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := w.apply(ctx, c); err != nil {
		return p, err
	}
	return w.store.Partnership(ctx, p.ID)
}

// DeletePartnership puts a partnership in the trash.
func (w *Workspace) DeletePartnership(ctx context.Context, id repertoire.ID) error {
	p, err := w.store.Partnership(ctx, id)
	if err != nil {
		return err
	}
	title, err := w.Title(ctx, p)
	if err != nil {
		return err
	}
	c := w.change(repertoire.CauseEdit, "Mise à la corbeille de "+title)
	c.Ops = append(c.Ops, store.Delete(repertoire.AggPartnership, id, p.Version))
	_, err = w.apply(ctx, c)
	return err
}

// Confirm notes that the filled fields of a partnership are right as they are.
func (w *Workspace) Confirm(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	p, err := w.store.Partnership(ctx, id)
	if err != nil {
		return p, err
	}
	title, err := w.Title(ctx, p)
	if err != nil {
		return p, err
	}
	c := w.change(repertoire.CauseEdit, "Confirmation de "+title)
	p.Confirm(repertoire.Confirmation{At: c.At, By: w.author, Source: repertoire.SourceUnchanged})
	if err := put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := w.apply(ctx, c); err != nil {
		return p, err
	}
	return w.store.Partnership(ctx, id)
}

// Title gives what a partnership is called.
func (w *Workspace) Title(ctx context.Context, p repertoire.Partnership) (string, error) {
	authorities, err := w.partiesOf(ctx, p)
	if err != nil {
		return "", err
	}
	return p.DisplayTitle(finder(authorities)), nil
}

// Validate applies the rules to a partnership being edited.
func (w *Workspace) Validate(ctx context.Context, p repertoire.Partnership) ([]repertoire.Finding, error) {
	authorities, err := w.partiesOf(ctx, p)
	if err != nil {
		return nil, err
	}
	return p.Validate(w.known(ctx, authorities)), nil
}

// Described is a partnership as people read it.
type Described struct {
	repertoire.Partnership
	Title string `json:"display_title"`
	Lines []Line `json:"lines"`
}

// Show describes everything known of a partnership.
func (w *Workspace) Show(ctx context.Context, id repertoire.ID) (Described, error) {
	p, err := w.store.Partnership(ctx, id)
	if err != nil {
		return Described{}, err
	}
	n, err := w.names(ctx)
	if err != nil {
		return Described{}, err
	}
	return Described{Partnership: p, Title: p.DisplayTitle(n.authority), Lines: n.describe(&p)}, nil
}

// partiesOf reads the authorities of a partnership.
func (w *Workspace) partiesOf(ctx context.Context, p repertoire.Partnership) (map[repertoire.ID]repertoire.Authority, error) {
	ids := make([]repertoire.ID, 0, len(p.Parties))
	for _, q := range p.Parties {
		ids = append(ids, q.Authority)
	}
	return w.store.Authorities(ctx, ids)
}

// finder looks authorities up in a map.
func finder(m map[repertoire.ID]repertoire.Authority) func(repertoire.ID) *repertoire.Authority {
	return func(id repertoire.ID) *repertoire.Authority {
		if a, ok := m[id]; ok {
			return &a
		}
		return nil
	}
}

// known gives the rules what they ask the base and the reference data for.
func (w *Workspace) known(ctx context.Context, authorities map[repertoire.ID]repertoire.Authority) repertoire.Known {
	return repertoire.Known{
		Theme:     func(code string) bool { _, ok := w.tables.Theme(code); return ok },
		Authority: finder(authorities),
		INSEE: func(level repertoire.Level, code string) bool {
			_, ok := w.tables.ByINSEE(level, code)
			return ok
		},
		Country:   func(iso string) bool { _, ok := w.tables.Country(iso); return ok },
		Directory: func(slug string) bool { _, err := w.store.Directory(ctx, slug); return err == nil },
	}
}

// Directories lists the répertoires with their number of partnerships.
func (w *Workspace) Directories(ctx context.Context) ([]DirectorySummary, error) {
	list, err := w.store.Directories(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]DirectorySummary, len(list))
	for i, d := range list {
		out[i] = DirectorySummary{Slug: d.Slug, Title: d.Title, Short: d.Short, Countries: d.Countries, Partnerships: d.Partnerships}
	}
	return out, nil
}

// Directory reads a répertoire; an unknown slug is refused with those that exist.
func (w *Workspace) Directory(ctx context.Context, slug string) (repertoire.Directory, error) {
	return w.needDirectory(ctx, slug)
}

// SaveDirectory writes a répertoire; an empty ID creates it.
func (w *Workspace) SaveDirectory(ctx context.Context, d repertoire.Directory) (repertoire.Directory, error) {
	if d.Slug == "" || d.Title == "" {
		return d, repertoire.Refuse("Un répertoire a un identifiant et un titre. Rien n’a été enregistré.")
	}
	c := w.change(repertoire.CauseEdit, "Répertoire « "+d.Title+" »")
	if d.ID == "" {
		d.ID = repertoire.NewID()
	}
	if err := put(&c, &d, d.Version); err != nil {
		return d, err
	}
	if _, err := w.apply(ctx, c); err != nil {
		return d, err
	}
	return w.store.Directory(ctx, d.Slug)
}

// Presentation reads what books say of a country (ISO code).
func (w *Workspace) Presentation(ctx context.Context, country string) (repertoire.Presentation, error) {
	return w.store.Presentation(ctx, country)
}

// SavePresentation writes what books say of a country.
func (w *Workspace) SavePresentation(ctx context.Context, p repertoire.Presentation) (repertoire.Presentation, error) {
	country, ok := w.tables.Country(p.Country)
	if !ok {
		return p, repertoire.Refuse("Le pays « %s » est inconnu. Rien n’a été enregistré.", p.Country)
	}
	c := w.change(repertoire.CauseEdit, fmt.Sprintf("Présentation de pays (%s)", country.Name))
	p.ID = repertoire.PresentationID(p.Country)
	if err := put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := w.apply(ctx, c); err != nil {
		return p, err
	}
	return w.store.Presentation(ctx, p.Country)
}
