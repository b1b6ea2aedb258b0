package share

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"repertoire/internal/repertoire"
)

// Desk is one workspace that follows the shared base.
type Desk struct {
	ID      repertoire.ID `json:"id"`
	Name    string        `json:"name"`
	Author  string        `json:"author"`
	Login   string        `json:"login"`
	Program string        `json:"program"`
	Last    int64         `json:"last"` // how far it has followed
	Seen    time.Time     `json:"seen"`
}

// Announce tells the others that this desk is there and how far it is.
func (b *Base) Announce(ctx context.Context, d Desk) error {
	batch := &pgx.Batch{}
	queueAnnouncement(batch, d)
	return explain(b.pool.SendBatch(ctx, batch).Close())
}

func queueAnnouncement(batch *pgx.Batch, d Desk) {
	batch.Queue(`INSERT INTO repertoire.desk(id, name, author, program, last) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, author = excluded.author, program = excluded.program,
		last = excluded.last, seen = now()`, string(d.ID), d.Name, d.Author, d.Program, d.Last)
}

// Forget takes a desk that leaves off the list.
func (b *Base) Forget(ctx context.Context, desk repertoire.ID) error {
	_, err := b.pool.Exec(ctx, `DELETE FROM repertoire.desk WHERE id = $1`, string(desk))
	return explain(err)
}

// Desks lists who shares, the one heard last first.
func (b *Base) Desks(ctx context.Context) ([]Desk, error) {
	rows, err := b.pool.Query(ctx, `SELECT id, name, author, login, program, last, seen FROM repertoire.desk ORDER BY seen DESC, id`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := pgx.CollectRows(rows, scanDesk)
	return out, explain(err)
}

// Presence is an entry that another desk has open.
type Presence struct {
	Record  repertoire.ID `json:"record"`
	Author  string        `json:"author"`
	Editing bool          `json:"editing"` // something is typed and not saved yet
	Since   time.Time     `json:"since"`
}

// Attend says which entry this desk has open, "" for none, and wakes the others.
func (b *Base) Attend(ctx context.Context, desk repertoire.ID, p Presence) error {
	batch := &pgx.Batch{}
	if p.Record == "" {
		batch.Queue(`DELETE FROM repertoire.presence WHERE desk = $1`, string(desk))
	} else {
		batch.Queue(`INSERT INTO repertoire.presence(desk, record, author, editing) VALUES ($1,$2,$3,$4)
			ON CONFLICT (desk) DO UPDATE SET record = excluded.record, author = excluded.author, editing = excluded.editing,
			since = CASE WHEN repertoire.presence.record = excluded.record THEN repertoire.presence.since ELSE now() END`,
			string(desk), string(p.Record), p.Author, p.Editing)
	}
	batch.Queue(`SELECT pg_notify($1, '')`, presenceChannel)
	return explain(b.pool.SendBatch(ctx, batch).Close())
}

// Presences lists the entries that other desks have open; one that fell silent
// is no longer thought to be there.
func (b *Base) Presences(ctx context.Context, but repertoire.ID) ([]Presence, error) {
	rows, err := b.pool.Query(ctx, `SELECT p.record, p.author, p.editing, p.since FROM repertoire.presence p
		JOIN repertoire.desk d ON d.id = p.desk WHERE p.desk <> $1 AND d.seen > now() - interval '3 minutes' ORDER BY p.since`,
		string(but))
	if err != nil {
		return nil, explain(err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Presence, err error) {
		err = row.Scan(&p.Record, &p.Author, &p.Editing, &p.Since)
		return p, err
	})
	return out, explain(err)
}

// Arrival is one change that came from another desk.
type Arrival struct {
	Number int64         `json:"number"`
	Author string        `json:"author"`
	Label  string        `json:"label"`
	At     time.Time     `json:"at"` // when the server took it
	Change repertoire.ID `json:"change"`
}

// Arrivals lists what other desks wrote since a moment, the newest first.
func (b *Base) Arrivals(ctx context.Context, but repertoire.ID, since time.Time, limit int) ([]Arrival, error) {
	rows, err := b.pool.Query(ctx, `SELECT number, author, label, received, change FROM repertoire.journal
		WHERE desk <> $1 AND received >= $2 ORDER BY number DESC LIMIT $3`, string(but), since, limit)
	if err != nil {
		return nil, explain(err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a Arrival, err error) {
		err = row.Scan(&a.Number, &a.Author, &a.Label, &a.At, &a.Change)
		return a, err
	})
	return out, explain(err)
}
