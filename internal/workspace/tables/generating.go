package tables

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
	"repertoire/internal/store"
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
	x := inventing{room: room, g: g, n: n, at: c.At, have: have, progress: progress}
	if err := x.look(ctx); err != nil {
		return Generated{}, err
	}
	if len(x.there) == n {
		return Generated{},
			repertoire.Refuse(
				"Les %d partenariats de la graine %d sont déjà dans le dossier : rien n’a été ajouté. Donnez une autre graine.", n, seed)
	}
	if _, err := room.base.ApplyLarge(ctx, store.Large{Change: c, Operations: func(store.Reader) iter.Seq2[repertoire.Op, error] {
		return func(yield func(repertoire.Op, error) bool) { x.all(ctx, yield) }
	}}); err != nil {
		return Generated{}, base.Stopped(err)
	}
	return Generated{Partnerships: n - len(x.there), Change: c.ID}, nil
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
	for _, a := range room.base.Reference.FrenchAuthorities() {
		if a.Population >= inventedAbove {
			french = append(french, a)
		}
	}
	return french, foreign
}

// inventedAbove keeps trials to authorities of some size, as in real
// répertoires.
const inventedAbove = 10_000

// inventing draws n records, with the authorities they need; those of the base
// stay as they are. Nothing is kept of what was drawn: the same number draws
// the same record again.
type inventing struct {
	room     *Room
	g        *sample.Generator
	n        int
	at       time.Time
	have     map[repertoire.ID]repertoire.Authority
	there    map[int]bool // records that the base has already
	progress base.Progress
}

// look finds which of the records the base has already.
func (x *inventing) look(ctx context.Context) error {
	x.there = map[int]bool{}
	const together = 2000
	for from := 0; from < x.n; from += together {
		at := map[repertoire.ID]int{}
		ids := make([]repertoire.ID, 0, together)
		for i := from; i < min(from+together, x.n); i++ {
			id := x.g.ID(i)
			at[id] = i
			ids = append(ids, id)
		}
		rows, err := x.room.base.Store.Rows(ctx, ids)
		if err != nil {
			return base.Stopped(err)
		}
		for _, r := range rows {
			x.there[at[r.ID]] = true
		}
	}
	return nil
}

// all hands over the authorities, then the records.
func (x *inventing) all(ctx context.Context, yield func(repertoire.Op, error) bool) {
	written := map[repertoire.ID]bool{}
	for i := range x.n {
		if x.tell(i); x.there[i] {
			continue
		}
		drawn := x.g.Record(i)
		need := drawn.Authorities
		for _, q := range drawn.Partnership.Parties {
			if a, ok := x.room.base.Reference.FrenchByID(q.Authority); ok {
				need = append(need, a)
			}
		}
		for _, a := range need {
			if _, ok := x.have[a.ID]; ok || written[a.ID] {
				continue
			}
			written[a.ID] = true
			if op, err := base.Op(&a, 0); !yield(op, err) || ctx.Err() != nil {
				return
			}
		}
	}
	for i := range x.n {
		if x.tell(x.n + i); x.there[i] {
			continue
		}
		p := x.g.Record(i).Partnership
		p.Created, p.Updated = x.at, x.at
		if op, err := base.Op(&p, 0); !yield(op, err) {
			return
		}
	}
}

func (x *inventing) tell(done int) {
	if done%500 == 0 {
		x.progress.Tell(done, 2*x.n, "Invention des fiches")
	}
}
