package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"runtime"
	"sync"

	"repertoire/internal/repertoire"
)

// aLot is how many records are decoded at once by one core.
const aLot = 64

// lot is records read together: their versions and bodies, then what was made
// of them.
type lot[T any] struct {
	versions []int64
	ends     []int  // where each body ends
	bodies   []byte // one after another
	made     []T
	err      error
	ready    sync.WaitGroup
}

// decoded gives what of makes of each of rows (version, body), in their order.
// SQLite is read by one goroutine and the bodies, which are most of the work,
// are decoded by others; few lots are in memory at a time. of is called from
// several goroutines, none of which is left running.
func decoded[R, T any](ctx context.Context, rows *sql.Rows, of func(*R, int64) T, each func(T) error) error {
	defer rows.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lots := make(chan *lot[T], runtime.GOMAXPROCS(0))
	var failed error
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(lots)
		failed = readLots(ctx, rows, of, lots)
	})
	defer func() {
		stop()
		for l := range lots {
			l.ready.Wait()
		}
		reading.Wait()
	}()
	for l := range lots {
		l.ready.Wait()
		for _, x := range l.made {
			if err := each(x); err != nil {
				return err
			}
		}
		if l.err != nil {
			return unreadable(l.err)
		}
	}
	reading.Wait()
	return explain(failed)
}

// readLots reads rows and has each lot decoded beside; it stops with ctx.
func readLots[R, T any](ctx context.Context, rows *sql.Rows, of func(*R, int64) T, lots chan<- *lot[T]) error {
	room := 0 // of the bodies of a lot
	next := func() (*lot[T], error) {
		l := &lot[T]{bodies: make([]byte, 0, room)}
		for len(l.versions) < aLot && rows.Next() {
			var version int64
			var body sql.RawBytes
			if err := rows.Scan(&version, &body); err != nil {
				return l, err
			}
			l.versions = append(l.versions, version)
			l.bodies = append(l.bodies, body...)
			l.ends = append(l.ends, len(l.bodies))
		}
		room = max(room, len(l.bodies)+len(l.bodies)/8)
		return l, rows.Err()
	}
	for {
		l, err := next()
		if err != nil || len(l.versions) == 0 {
			return err
		}
		l.ready.Go(func() { decode(l, of) })
		select {
		case lots <- l:
		case <-ctx.Done():
			l.ready.Wait()
			return ctx.Err()
		}
	}
}

// decode makes what is asked of each record of a lot, up to the first that
// cannot be read.
func decode[R, T any](l *lot[T], of func(*R, int64) T) {
	l.made = make([]T, 0, len(l.versions))
	start := 0
	for i, end := range l.ends {
		var record R
		if l.err = json.Unmarshal(l.bodies[start:end], &record); l.err != nil {
			return
		}
		l.made = append(l.made, of(&record, l.versions[i]))
		start = end
	}
	l.bodies = nil
}

// EachPartnership calls fn with every living partnership in the order in which
// they came to the base, some hundreds in memory at a time; fn's error stops the
// walk. Nothing may be written from fn.
func (r Reader) EachPartnership(ctx context.Context, fn func(repertoire.Partnership) error) error {
	return EachMade(ctx, r, func(p *repertoire.Partnership) repertoire.Partnership { return *p }, fn)
}

// EachMade calls fn with what made gives for every living partnership, in the
// order in which they came to the base. made is called from several goroutines
// at once, fn from one; fn's error stops the walk, and nothing may be written
// meanwhile.
func EachMade[T any](ctx context.Context, r Reader, made func(*repertoire.Partnership) T, fn func(T) error) error {
	rows, err := r.q.QueryContext(ctx, `SELECT version, body FROM partnership WHERE deleted_at IS NULL ORDER BY num`)
	if err != nil {
		return explain(err)
	}
	return decoded(ctx, rows, func(p *repertoire.Partnership, version int64) T {
		p.Version = version
		return made(p)
	}, fn)
}

// Sketch is what tells a partnership from its likely twins.
type Sketch struct {
	ID       repertoire.ID
	Title    string // its own, or both sides joined
	Type     repertoire.Type
	Parties  []repertoire.ID
	Distinct []repertoire.ID // found by somebody to be others
}

// EachSketch calls fn with the sketch of every living partnership, read from the
// columns: no body is decoded.
func (r Reader) EachSketch(ctx context.Context, fn func(Sketch) error) error {
	rows, err := r.q.QueryContext(ctx, `SELECT id, title, type,
		(SELECT json_group_array(authority) FROM partnership_party WHERE partnership = p.num),
		CASE WHEN instr(body, '"distinct"') THEN body ->> '$.distinct' END
		FROM partnership p WHERE deleted_at IS NULL ORDER BY num`)
	if err != nil {
		return explain(err)
	}
	return explain(each(rows, func(rows *sql.Rows) error {
		var s Sketch
		var parties, distinct sql.NullString
		if err := rows.Scan(&s.ID, &s.Title, &s.Type, &parties, &distinct); err != nil {
			return err
		}
		for text, into := range map[sql.NullString]*[]repertoire.ID{parties: &s.Parties, distinct: &s.Distinct} {
			if text.Valid && text.String != "[]" {
				if err := json.Unmarshal([]byte(text.String), into); err != nil {
					return unreadable(err)
				}
			}
		}
		return fn(s)
	}))
}

// Joined is a French authority and a foreign one that a partnership joins.
type Joined struct{ Partnership, French, Foreign repertoire.ID }

// EachJoined calls fn with every couple the living partnerships join.
func (r Reader) EachJoined(ctx context.Context, fn func(Joined) error) error {
	rows, err := r.q.QueryContext(ctx, `SELECT p.id, f.authority, z.authority FROM partnership p
		JOIN partnership_party f ON f.partnership = p.num AND f.side = ?
		JOIN partnership_party z ON z.partnership = p.num AND z.side = ?
		WHERE p.deleted_at IS NULL ORDER BY p.num, f.lead DESC, f.rank, z.lead DESC, z.rank`,
		string(repertoire.SideFrench), string(repertoire.SideForeign))
	if err != nil {
		return explain(err)
	}
	return explain(each(rows, func(rows *sql.Rows) error {
		var j Joined
		if err := rows.Scan(&j.Partnership, &j.French, &j.Foreign); err != nil {
			return err
		}
		return fn(j)
	}))
}
