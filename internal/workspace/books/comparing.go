package books

import (
	"context"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
)

// EditionDiff is what separates two states of a répertoire, in words that
// people read.
type EditionDiff struct {
	Before  EditionName             `json:"before"`
	After   EditionName             `json:"after"`
	New     []history.RecordName    `json:"new"`
	Ended   []history.RecordName    `json:"ended"` // ended, or no longer in the répertoire
	Changed []history.RecordChanges `json:"changed"`
	// Authorities are those of both states whose own record changed: every
	// entry they take part in prints differently.
	Authorities []history.RecordChanges `json:"authorities"`
}

// EditionName says which state was compared; ID is a répertoire's slug for the
// present state of the base.
type EditionName struct {
	ID    repertoire.ID   `json:"id"`
	Label string          `json:"label"`
	Data  repertoire.Date `json:"data"`
}

// DiffEditions compares two editions. Either may be the slug of a répertoire:
// its present state in the base.
func (room *Room) DiffEditions(ctx context.Context, a, b string) (out EditionDiff, err error) {
	before, err := room.stateNamed(ctx, a)
	if err != nil {
		return out, err
	}
	after, err := room.stateNamed(ctx, b)
	if err != nil {
		return out, err
	}
	if before.Directory.Slug != after.Directory.Slug {
		return out, repertoire.Refuse(
			"« %s » est une édition du répertoire « %s » et « %s » du répertoire « %s » : on compare deux éditions d’un même répertoire.",
			a, before.Directory.Slug, b, after.Directory.Slug)
	}
	from, to := before.State(), after.State()
	d, err := edition.Diff(from, to)
	if err != nil {
		return out, repertoire.Fault(err, "Ces deux éditions ne peuvent pas être comparées.")
	}
	was, is := room.namesOf(from), room.namesOf(to)
	return EditionDiff{Before: before.name, After: after.name, New: recordNames(d.New), Ended: recordNames(d.Ended),
			Changed: changesOf(d.Changed, was, is), Authorities: changesOf(d.Authorities, was.In(repertoire.AggAuthority), is)},
		base.Stopped(ctx.Err())
}

// named is a snapshot with what it is called.
type named struct {
	*edition.Snapshot
	name EditionName
}

// stateNamed finds an edition, or the present state of a répertoire.
func (room *Room) stateNamed(ctx context.Context, text string) (named, error) {
	if _, err := room.base.Store.Directory(ctx, text); err == nil {
		now, err := room.readBook(ctx, text)
		if err != nil {
			return named{}, err
		}
		s := &edition.Snapshot{Directory: now.directory, Data: now.date()}
		s.Fill(edition.Public(now.partnerships, now.authorities), nil, room.bookReference().Themes.Theme)
		return named{s, EditionName{ID: repertoire.ID(text), Label: "état de la base", Data: s.Data}}, nil
	}
	item, err := room.Folder().Find(text)
	if err != nil {
		return named{}, err
	}
	return named{item.Snapshot, EditionName{ID: item.ID, Label: item.Snapshot.Label, Data: item.Snapshot.Data}}, nil
}

func (room *Room) namesOf(s edition.State) history.Names {
	return history.Names{Authority: s.Authority, Theme: room.base.ThemeLabel, Country: room.base.CountryName}
}

func recordNames(list []edition.Named) []history.RecordName {
	out := make([]history.RecordName, len(list))
	for i, x := range list {
		out[i] = history.RecordName(x)
	}
	return out
}

func changesOf(list []edition.Changed, was, is history.Names) []history.RecordChanges {
	out := make([]history.RecordChanges, len(list))
	for i, x := range list {
		out[i] = history.RecordChanges{RecordName: history.RecordName(x.Named), Fields: []history.FieldChange{}}
		for _, f := range x.Fields {
			out[i].Fields = append(out[i].Fields, was.Change(is, f))
		}
	}
	return out
}
