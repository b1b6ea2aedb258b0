package tables

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
	"repertoire/internal/workspace/base"
)

// Generated says what a trial added.
type Generated struct {
	Partnerships int           `json:"partnerships"`
	Change       repertoire.ID `json:"change"`
}

// Generate adds n fictitious partnerships to a répertoire, marked as such, as
// one change; the same seed gives the same records.
func (room *Room) Generate(ctx context.Context, n int, seed uint64, slug string, progress base.Progress) (Generated, error) {
	directory, err := room.base.NeedDirectory(ctx, slug)
	if err != nil {
		return Generated{}, err
	}
	c := room.base.Change(repertoire.CauseGenerate, fmt.Sprintf("%d partenariats fictifs", n))
	have, err := room.base.Store.Authorities(ctx, nil)
	if err != nil {
		return Generated{}, err
	}
	french, foreign := room.sides(have, directory)
	g, err := sample.NewGenerator(seed, directory, french, foreign, sample.UsualTexts(slug))
	if err != nil {
		return Generated{}, err
	}
	made, err := room.invent(ctx, &c, g, n, have, progress)
	if err != nil {
		return Generated{}, err
	}
	if made == 0 {
		return Generated{}, repertoire.Refuse("Les %d partenariats de la graine %d sont déjà dans le dossier : rien n’a été ajouté. Donnez une autre graine.", n, seed)
	}
	progress.Tell(0, 0, "Enregistrement")
	if _, err := room.base.Apply(ctx, c); err != nil {
		return Generated{}, err
	}
	return Generated{Partnerships: made, Change: c.ID}, nil
}

// sides parts the authorities that generated partnerships may use: French
// ones, of the base or else the best known of the reference list, and foreign
// ones of the répertoire's countries.
func (room *Room) sides(have map[repertoire.ID]repertoire.Authority, d repertoire.Directory) (french, foreign []repertoire.Authority) {
	for _, id := range slices.Sorted(maps.Keys(have)) {
		switch a := have[id]; {
		case a.Fictitious:
		case slices.Contains(d.Countries, a.Country):
			foreign = append(foreign, a)
		}
	}
	for _, a := range room.base.Tables.FrenchAuthorities() {
		if a.Population >= inventedAbove {
			french = append(french, a)
		}
	}
	return french, foreign
}

// inventedAbove keeps trials to authorities of some size, as in real
// répertoires.
const inventedAbove = 10_000

// invent draws n records into c, with the authorities they need; those of the
// base stay as they are. It gives the number of new ones.
func (room *Room) invent(ctx context.Context, c *repertoire.Change, g *sample.Generator, n int, have map[repertoire.ID]repertoire.Authority, progress base.Progress) (int, error) {
	there, err := room.generated(ctx, g, n)
	if err != nil {
		return 0, err
	}
	written := map[repertoire.ID]bool{}
	need := func(a repertoire.Authority) error {
		if _, ok := have[a.ID]; ok || written[a.ID] {
			return nil
		}
		written[a.ID] = true
		return base.Put(c, &a, 0)
	}
	made := 0
	for i := range n {
		if i%500 == 0 {
			if err := ctx.Err(); err != nil {
				return 0, base.Stopped(err)
			}
			progress.Tell(i, n, "Invention des fiches")
		}
		x := g.Record(i)
		if there[x.Partnership.ID] {
			continue
		}
		made++
		for _, a := range x.Authorities {
			if err := need(a); err != nil {
				return 0, err
			}
		}
		for _, q := range x.Partnership.Parties {
			if a, ok := room.base.Tables.FrenchByID(q.Authority); ok {
				if err := need(a); err != nil {
					return 0, err
				}
			}
		}
		x.Partnership.Created, x.Partnership.Updated = c.At, c.At
		if err := base.Put(c, &x.Partnership, 0); err != nil {
			return 0, err
		}
	}
	return made, nil
}

// generated tells which of the first n records the base has already.
func (room *Room) generated(ctx context.Context, g *sample.Generator, n int) (map[repertoire.ID]bool, error) {
	ids := make([]repertoire.ID, n)
	for i := range ids {
		ids[i] = g.Record(i).Partnership.ID
	}
	rows, err := room.base.Store.Rows(ctx, ids)
	there := make(map[repertoire.ID]bool, len(rows))
	for _, r := range rows {
		there[r.ID] = true
	}
	return there, err
}
