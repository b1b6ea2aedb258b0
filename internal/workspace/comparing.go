package workspace

import (
	"context"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
)

// EditionDiff is what separates two states of a répertoire, in words that
// people read.
type EditionDiff struct {
	Before  EditionName     `json:"before"`
	After   EditionName     `json:"after"`
	New     []RecordName    `json:"new"`
	Ended   []RecordName    `json:"ended"` // ended, or no longer in the répertoire
	Changed []RecordChanges `json:"changed"`
	// Authorities are those of both states whose own record changed: every
	// entry they take part in prints differently.
	Authorities []RecordChanges `json:"authorities"`
}

// EditionName says which state was compared; ID is a répertoire's slug for the
// present state of the base.
type EditionName struct {
	ID    repertoire.ID   `json:"id"`
	Label string          `json:"label"`
	Data  repertoire.Date `json:"data"`
}

// RecordName is a record with what it is called.
type RecordName struct {
	ID    repertoire.ID `json:"id"`
	Title string        `json:"title"`
}

// RecordChanges is a record with its fields that differ.
type RecordChanges struct {
	RecordName
	Fields []FieldChange `json:"fields"`
}

// DiffEditions compares two editions. Either may be the slug of a répertoire:
// its present state in the base.
func (w *Workspace) DiffEditions(ctx context.Context, a, b string) (out EditionDiff, err error) {
	before, err := w.stateNamed(ctx, a)
	if err != nil {
		return out, err
	}
	after, err := w.stateNamed(ctx, b)
	if err != nil {
		return out, err
	}
	if before.Directory.Slug != after.Directory.Slug {
		return out, repertoire.Refuse("« %s » est une édition du répertoire « %s » et « %s » du répertoire « %s » : on compare deux éditions d’un même répertoire.", a, before.Directory.Slug, b, after.Directory.Slug)
	}
	from, to := before.State(), after.State()
	d, err := edition.Diff(from, to)
	if err != nil {
		return out, repertoire.Fault(err, "Ces deux éditions ne peuvent pas être comparées.")
	}
	was, is := w.namesOf(from), w.namesOf(to)
	return EditionDiff{Before: before.name, After: after.name, New: recordNames(d.New), Ended: recordNames(d.Ended),
		Changed: changesOf(d.Changed, was, is), Authorities: changesOf(d.Authorities, was.in(repertoire.AggAuthority), is)}, stopped(ctx.Err())
}

// named is a snapshot with what it is called.
type named struct {
	*edition.Snapshot
	name EditionName
}

// stateNamed finds an edition, or the present state of a répertoire.
func (w *Workspace) stateNamed(ctx context.Context, text string) (named, error) {
	if _, err := w.store.Directory(ctx, text); err == nil {
		now, err := w.readBook(ctx, text)
		if err != nil {
			return named{}, err
		}
		s := &edition.Snapshot{Directory: now.directory, Data: now.date()}
		s.Fill(edition.Public(now.partnerships, now.authorities), nil, w.bookReference().Themes.Theme)
		return named{s, EditionName{ID: repertoire.ID(text), Label: "état de la base", Data: s.Data}}, nil
	}
	item, err := w.shelf().Find(text)
	if err != nil {
		return named{}, err
	}
	return named{item.Snapshot, EditionName{ID: item.ID, Label: item.Snapshot.Label, Data: item.Snapshot.Data}}, nil
}

func (w *Workspace) namesOf(s edition.State) names {
	return names{authority: s.Authority, theme: w.ThemeLabel, country: w.CountryName}
}

func recordNames(list []edition.Named) []RecordName {
	out := make([]RecordName, len(list))
	for i, x := range list {
		out[i] = RecordName(x)
	}
	return out
}

func changesOf(list []edition.Changed, was, is names) []RecordChanges {
	out := make([]RecordChanges, len(list))
	for i, x := range list {
		out[i] = RecordChanges{RecordName: RecordName(x.Named), Fields: []FieldChange{}}
		for _, f := range x.Fields {
			out[i].Fields = append(out[i].Fields, was.change(is, f))
		}
	}
	return out
}
