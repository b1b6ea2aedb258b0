package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"repertoire/internal/repertoire"
)

// Outgoing is the oldest change that waits, made anew on the shared bodies.
type Outgoing struct {
	Seq    int64
	Change repertoire.Change
	// Depends are the records that must not have moved in the shared journal
	// since the link's head: those written and those they refer to.
	Depends []repertoire.ID
	// Strict changes must be made on the very end of the journal: they delete or
	// rename what others may be about to use, or take a number.
	Strict bool
	// Media are the files its bodies speak of.
	Media []string
	// Behind: it touches a record of a change that is under way; the rows up to
	// that must come in first.
	Behind bool

	disputes []Dispute
}

// Waiting counts the changes that wait to be sent.
func (r Reader) Waiting(ctx context.Context) (n int, err error) {
	l, err := linkIn(ctx, r.q)
	if err != nil || l == nil {
		return 0, explain(err)
	}
	err = r.q.QueryRowContext(ctx, `SELECT count(*) FROM change c LEFT JOIN share_sent s USING (seq) WHERE c.seq > ? AND s.seq IS NULL`,
		l.unsent()).Scan(&n)
	return n, explain(err)
}

// Underway are changes of this desk that the server has, by their number there,
// while rows of others lie between them and what came in here.
type Underway map[repertoire.ID]int64

// Outgoing gives the next change to send, nil when none waits but those under
// way. A change whose every op the shared base has already is noted as sent on
// the way.
func (s *Store) Outgoing(ctx context.Context, underway Underway) (*Outgoing, error) {
	for {
		out, err := s.nextOutgoing(ctx, underway)
		if err == nil && out == nil && len(underway) == 0 {
			return s.revived(ctx)
		}
		if err != nil || out == nil || out.Behind {
			return out, explain(err)
		}
		if len(out.disputes) > 0 || len(out.Change.Ops) == 0 {
			if err := s.noteOutgoing(ctx, out); err != nil {
				return nil, err
			}
		}
		if len(out.Change.Ops) > 0 {
			return out, nil
		}
	}
}

// noteOutgoing keeps what of a change cannot stand beside the shared content,
// and notes as sent one of which nothing is left to send.
func (s *Store) noteOutgoing(ctx context.Context, out *Outgoing) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		for _, d := range out.disputes {
			var at string
			err := tx.QueryRowContext(ctx, `SELECT c.author, c.at FROM change_op o JOIN change c USING (seq) JOIN share_sent s USING (seq)
				WHERE o.record = ? ORDER BY seq DESC LIMIT 1`, string(d.Record)).Scan(&d.By, &at)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			d.At = parseStamp(at)
			if _, err := keepDispute(ctx, tx, d); err != nil {
				return err
			}
		}
		if len(out.Change.Ops) > 0 {
			return nil
		}
		// The rows up to the head have what it says: if the server forgets some of
		// them, it is offered again as they are.
		l, err := needLink(ctx, tx)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO share_sent(seq, number) VALUES (?, ?)`, out.Seq, l.Head)
		}
		return err
	})
}

func (s *Store) nextOutgoing(ctx context.Context, underway Underway) (out *Outgoing, err error) {
	err = s.View(ctx, func(r Reader) error {
		l, err := needLink(ctx, r.q)
		if err != nil {
			return err
		}
		info, err := r.nextWaiting(ctx, l, underway)
		if err != nil || info == nil {
			return err
		}
		c := repertoire.Change{ID: info.ID, Author: info.Author, At: info.At, Cause: info.Cause, Label: info.Label, Undoes: info.Undoes}
		if c.Ops, err = r.touchedBy(ctx, info.Seq); err != nil { // the bodies are read one by one
			return err
		}
		out, err = r.outgoing(ctx, l, info.Seq, c, underway)
		return err
	})
	return out, err
}

// nextWaiting finds the oldest change that waits and is not under way, nil for
// none.
func (r Reader) nextWaiting(ctx context.Context, l *Link, underway Underway) (*ChangeInfo, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT `+changeColumns+` FROM change c LEFT JOIN share_sent s USING (seq)
		WHERE c.seq > ? AND s.seq IS NULL ORDER BY c.seq LIMIT ?`, l.unsent(), len(underway)+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		info, err := scanInfo(rows)
		if err != nil {
			return nil, err
		}
		if _, ok := underway[info.ID]; !ok {
			return &info, nil
		}
	}
	return nil, rows.Err()
}

func (r Reader) outgoing(ctx context.Context, l *Link, seq int64, c repertoire.Change, underway Underway) (*Outgoing, error) {
	out := &Outgoing{Seq: seq, Change: c}
	out.Change.Ops = nil
	written := map[repertoire.ID]bool{}
	for _, op := range c.Ops {
		waiting, err := waitingOps(ctx, r.q, l.unsent(), op.ID)
		if err != nil {
			return nil, err
		}
		if len(waiting) > 0 && underway[waiting[0].change] > 0 {
			return &Outgoing{Behind: true}, nil
		}
		if len(waiting) == 0 || waiting[0].change != c.ID {
			continue // a rule set it aside
		}
		shared, err := r.sharedBody(ctx, op.ID, waiting[0].before)
		if err != nil {
			return nil, err
		}
		body, disputes, err := fold(op.Aggregate, op.ID, shared, waiting[:1])
		if err != nil {
			return nil, err
		}
		out.disputes = append(out.disputes, disputes...)
		if string(body) == string(shared) && c.Cause != repertoire.CauseErase {
			continue
		}
		written[op.ID] = true
		out.Change.Ops = append(out.Change.Ops, repertoire.Op{Aggregate: op.Aggregate, ID: op.ID, Before: shared, After: body})
		out.Strict = out.Strict || strict(op.Aggregate, shared, body)
	}
	if len(out.Change.Ops) == 0 {
		return out, nil
	}
	return out, r.needs(ctx, out, written)
}

// sharedBody gives what the shared base has of a record that changes wait on.
func (r Reader) sharedBody(ctx context.Context, id repertoire.ID, first json.RawMessage) (json.RawMessage, error) {
	var body sql.NullString
	err := r.q.QueryRowContext(ctx, `SELECT body FROM share_base WHERE record = ?`, string(id)).Scan(&body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return first, nil
	case err != nil || !body.Valid:
		return nil, err
	}
	return json.RawMessage(body.String), nil
}

// strict tells which ops other desks' changes may depend on.
func strict(a repertoire.Aggregate, before, after json.RawMessage) bool {
	switch a {
	case repertoire.AggPartnership:
		return false
	case repertoire.AggAuthority:
		return after == nil || before == nil
	}
	return true
}

// needs lists what the change refers to, and adds to it the records that are
// alive here because something uses them while the shared base has them deleted.
func (r Reader) needs(ctx context.Context, out *Outgoing, written map[repertoire.ID]bool) error {
	var revived []repertoire.Op
	need := func(a repertoire.Aggregate, id repertoire.ID) error {
		if written[id] {
			return nil
		}
		written[id] = true
		out.Depends = append(out.Depends, id)
		var deleted bool
		if err := r.q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM share_base WHERE record = ? AND body IS NULL)`,
			string(id)).Scan(&deleted); err != nil || !deleted {
			return err
		}
		was, err := r.current(ctx, a, id)
		if err == nil && was.alive() != nil {
			revived = append(revived, repertoire.Op{Aggregate: a, ID: id, After: was.alive()})
			out.Strict = true
		}
		return err
	}
	for _, op := range out.Change.Ops {
		out.Depends = append(out.Depends, op.ID)
		eachSum(op.After, func(sum string) { out.Media = append(out.Media, sum) })
		if op.Aggregate != repertoire.AggPartnership || op.After == nil {
			continue
		}
		var p repertoire.Partnership
		if err := json.Unmarshal(op.After, &p); err != nil {
			return unreadable(err)
		}
		for _, q := range p.Parties {
			if err := need(repertoire.AggAuthority, q.Authority); err != nil {
				return err
			}
		}
		for _, slug := range p.Directories {
			var id repertoire.ID
			err := r.q.QueryRowContext(ctx, `SELECT id FROM directory WHERE slug = ? AND deleted_at IS NULL`, slug).Scan(&id)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err == nil {
				err = need(repertoire.AggDirectory, id)
			}
			if err != nil {
				return err
			}
		}
	}
	out.Change.Ops = append(revived, out.Change.Ops...)
	return nil
}

// Rewind finds the desk's place again in a shared base that was restored from
// an older backup: it goes back to number, and offers once more all that the
// server lost. What the server still has, it knows again by the changes' IDs.
func (s *Store) Rewind(ctx context.Context, number int64) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		l, err := needLink(ctx, tx)
		if err != nil {
			return err
		}
		for _, query := range [...]string{`DELETE FROM share_sent WHERE number > ?`, `DELETE FROM share_row WHERE number > ?`} {
			if _, err := tx.ExecContext(ctx, query, number); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM share_base`); err != nil {
			return err
		}
		l.Head, l.Forked, l.Settled = min(l.Head, number), false, 0
		if l.Sent > number { // the server lost part of what was put in common first
			l.Sending, l.Sent = &SendingMark{Aggregate: aggregates[0]}, 0
		}
		return writeLink(ctx, tx, l)
	})
}

// Followed gives the hash of a row of the shared journal as it was received.
func (r Reader) Followed(ctx context.Context, number int64) (hash []byte, err error) {
	err = r.q.QueryRowContext(ctx, `SELECT hash FROM share_row WHERE number = ?`, number).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return hash, explain(err)
}

// Sums lists what in a body looks like the name of a file of media/.
func Sums(body []byte) []string {
	var out []string
	eachSum(body, func(sum string) { out = append(out, sum) })
	return out
}

// revived looks, when nothing waits any more, at records that use kept alive
// here while the shared base has them deleted: those still used are offered
// back to it, the others are let go.
func (s *Store) revived(ctx context.Context) (out *Outgoing, err error) {
	var any bool // most often there is none: no write is begun
	err = s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM share_base WHERE body IS NULL)`).Scan(&any)
	if err != nil || !any {
		return nil, explain(err)
	}
	err = s.beside(ctx, func(tx *sql.Tx) error {
		l, err := needLink(ctx, tx)
		if err != nil {
			return err
		}
		r := Reader{q: tx}
		ids, err := r.ids(ctx, `SELECT record FROM share_base WHERE body IS NULL ORDER BY record`)
		if err != nil {
			return err
		}
		for _, id := range ids {
			op, used, err := r.keptAlive(ctx, id)
			if err != nil {
				return err
			}
			if used {
				out = &Outgoing{Strict: true, Depends: []repertoire.ID{id},
					Change: repertoire.Change{ID: repertoire.NewID(), Author: l.DeskName,
						At: moment(s.options.now()), Cause: repertoire.CauseRestore, Label: "Reprise d’une fiche encore utilisée",
						Ops: []repertoire.Op{op}}}
				return nil
			}
			if err := letGo(ctx, tx, s.options.now(), op); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// keptAlive finds a revived record and whether a partnership uses it.
func (r Reader) keptAlive(ctx context.Context, id repertoire.ID) (op repertoire.Op, used bool, err error) {
	op.ID = id
	for a, query := range map[repertoire.Aggregate]string{
		repertoire.AggAuthority: `SELECT EXISTS (SELECT 1 FROM partnership_party WHERE authority = ?)`,
		repertoire.AggDirectory: `SELECT EXISTS (SELECT 1 FROM partnership_directory l JOIN directory d ON d.slug = l.directory WHERE d.id = ? AND d.deleted_at IS NULL)`,
	} {
		was, err := r.current(ctx, a, id)
		if err != nil {
			return op, false, err
		}
		if was.alive() == nil {
			continue
		}
		op.Aggregate, op.After = a, was.alive()
		err = r.q.QueryRowContext(ctx, query, string(id)).Scan(&used)
		return op, used, err
	}
	return op, false, nil
}

// letGo deletes here what the shared base has deleted and nothing uses any more.
func letGo(ctx context.Context, tx *sql.Tx, now time.Time, op repertoire.Op) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM share_base WHERE record = ?`, string(op.ID)); err != nil || op.Aggregate == "" {
		return err
	}
	a := newApplier(ctx, tx, repertoire.Change{ID: repertoire.NewID(), Author: "Répertoire", At: now, Cause: repertoire.CauseShare,
		Label: "Suppression faite ailleurs", Ops: []repertoire.Op{{Aggregate: op.Aggregate, ID: op.ID, Version: AnyVersion}}})
	a.received = true
	ops, err := a.writeOps()
	if err != nil || len(ops) == 0 {
		return err
	}
	seq, err := a.journal(ops)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO share_sent(seq, number) VALUES (?, 0)`, seq)
	return err
}
