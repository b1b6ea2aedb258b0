package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"repertoire/internal/repertoire"
)

// Link says which shared base a workspace belongs to and how far it has
// followed its journal. It is kept in the base itself, so that a restored
// backup finds its place again. No password is in it.
type Link struct {
	URL      string        `json:"url"`
	Lineage  string        `json:"lineage"` // of the shared base
	Desk     repertoire.ID `json:"desk"`
	DeskName string        `json:"desk_name"`
	// Since is the local number after which changes are to be shared.
	Since int64 `json:"since"`
	// Settled is the local number up to which nothing waits to be sent.
	Settled int64 `json:"settled,omitempty"`
	// Head is the last number followed of the shared journal.
	Head int64 `json:"head"`
	// Sending is set while the records of a first sharing go out: those up to
	// it are there.
	Sending *SendingMark `json:"sending,omitempty"`
	// Sent is the number of the last row of this desk's first sharing, 0 for a
	// desk that joined.
	Sent int64 `json:"sent,omitempty"`
	// Accepted is the number of a mass deletion that a person let in.
	Accepted int64 `json:"accepted,omitempty"`
	// Epoch is the last that this desk has answered with the numbers it knows (see
	// share.Answer), Introduced tells that it has done so at all, Forked that it
	// said there that the server lacks rows it has followed.
	Epoch      string `json:"epoch,omitempty"`
	Introduced bool   `json:"introduced,omitempty"`
	Forked     bool   `json:"forked,omitempty"`
	// Held: a person stopped a first sharing or a first taking in; it goes on
	// when it is asked for.
	Held   bool      `json:"held,omitempty"`
	Joined time.Time `json:"joined"`
}

// SendingMark is the place of a first sharing: records are sent by kind, in the
// order in which a change writes them, then by row.
type SendingMark struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	Num       int64                `json:"num"`
	Sent      int                  `json:"sent"`
	Total     int                  `json:"total"`
}

// unsent is the local number after which changes may wait to be sent.
func (l *Link) unsent() int64 { return max(l.Since, l.Settled) }

// settle moves the number up to which nothing waits.
func settle(ctx context.Context, tx *sql.Tx, l *Link) error {
	return tx.QueryRowContext(ctx, `SELECT coalesce((SELECT c.seq - 1 FROM change c LEFT JOIN share_sent s USING (seq)
		WHERE c.seq > ?1 AND s.seq IS NULL ORDER BY c.seq LIMIT 1), (SELECT max(seq) FROM change), ?1)`, l.unsent()).Scan(&l.Settled)
}

const linkKey = "share"

// Link gives the link to a shared base, nil when the workspace is its own.
func (r Reader) Link(ctx context.Context) (*Link, error) {
	l, err := linkIn(ctx, r.q)
	return l, explain(err)
}

func linkIn(ctx context.Context, q queryer) (*Link, error) {
	var raw string
	err := q.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, linkKey).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var l Link
	if err := json.Unmarshal([]byte(raw), &l); err != nil {
		return nil, unreadable(err)
	}
	return &l, nil
}

func writeLink(ctx context.Context, tx *sql.Tx, l *Link) error {
	raw, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
		linkKey, string(raw))
	return err
}

// BeginSharing links the workspace to a shared base. With send, the records
// there are now are to go out first (see Baseline); without, the workspace must
// be empty and takes all from the shared journal.
func (s *Store) BeginSharing(ctx context.Context, l Link, send bool) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		old, err := linkIn(ctx, tx)
		if err != nil {
			return err
		}
		if old != nil {
			return repertoire.Refuse("Ce dossier est déjà partagé : rien n’a été modifié. Quittez d’abord le partage.")
		}
		total := 0
		for _, a := range aggregates {
			var n int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM `+string(a)+` WHERE deleted_at IS NULL`).Scan(&n); err != nil {
				return err
			}
			total += n
		}
		if !send && total > 0 {
			return repertoire.Refuse(
				"Ce dossier contient déjà des fiches : on rejoint une base partagée depuis un dossier vide. Rien n’a été modifié.")
		}
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM change`).Scan(&l.Since); err != nil {
			return err
		}
		if send {
			l.Sending = &SendingMark{Aggregate: aggregates[0], Total: total}
		}
		return writeLink(ctx, tx, &l)
	})
}

// sharedFilesKey is, in meta, what the desk and the server last had alike of the
// files beside the base: their sums by path.
const sharedFilesKey = "share_files"

// SharedFiles gives what desk and server last had alike.
func (r Reader) SharedFiles(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	raw, err := metaValue(ctx, r.q, sharedFilesKey)
	if err != nil || raw == "" {
		return out, explain(err)
	}
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		return nil, unreadable(err)
	}
	return out, nil
}

// NoteSharedFiles remembers it.
func (s *Store) NoteSharedFiles(ctx context.Context, files map[string]string) error {
	raw, err := json.Marshal(files)
	if err != nil {
		return explain(err)
	}
	return s.beside(ctx, func(tx *sql.Tx) error { return setMeta(ctx, tx, sharedFilesKey, string(raw)) })
}

// EndSharing makes the workspace its own again: all records stay, the link goes.
func (s *Store) EndSharing(ctx context.Context) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		for _, query := range [...]string{`DELETE FROM share_sent`, `DELETE FROM share_row`, `DELETE FROM share_base`,
			`DELETE FROM share_aside`,
			`DELETE FROM share_dispute`, `DELETE FROM meta WHERE key IN ('` + linkKey + `', '` + sharedFilesKey + `', '` + sharedPeersKey + `')`} {
			if _, err := tx.ExecContext(ctx, query); err != nil {
				return err
			}
		}
		return nil
	})
}

// Accept lets in the change of that number, however many records it deletes.
func (s *Store) Accept(ctx context.Context, number int64) error {
	return s.updateLink(ctx, func(l *Link) { l.Accepted = number })
}

// NoteAnswered remembers that the desk has told the server what numbers it knows.
func (s *Store) NoteAnswered(ctx context.Context, epoch string, forked bool) error {
	return s.updateLink(ctx, func(l *Link) { l.Epoch, l.Introduced, l.Forked = epoch, true, forked })
}

// sharedPeersKey is, in meta, who shares the base as this desk last heard.
const sharedPeersKey = "share_peers"

// SharedPeers gives what NoteSharedPeers kept, "" for nothing.
func (r Reader) SharedPeers(ctx context.Context) (string, error) {
	raw, err := metaValue(ctx, r.q, sharedPeersKey)
	return raw, explain(err)
}

// NoteSharedPeers keeps a list of the desks that share the base: a server that
// is restored from a backup may have forgotten some.
func (s *Store) NoteSharedPeers(ctx context.Context, raw string) error {
	return s.beside(ctx, func(tx *sql.Tx) error { return setMeta(ctx, tx, sharedPeersKey, raw) })
}

// Hold stops the exchanges until they are asked for again, or lets them go on.
func (s *Store) Hold(ctx context.Context, held bool) error {
	return s.updateLink(ctx, func(l *Link) { l.Held = held })
}

// Readdress gives the link another address of the same server.
func (s *Store) Readdress(ctx context.Context, address string) error {
	return s.updateLink(ctx, func(l *Link) { l.URL = address })
}

// updateLink changes the link in one transaction.
func (s *Store) updateLink(ctx context.Context, change func(*Link)) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		l, err := needLink(ctx, tx)
		if err != nil {
			return err
		}
		change(l)
		return writeLink(ctx, tx, l)
	})
}

func needLink(ctx context.Context, q queryer) (*Link, error) {
	l, err := linkIn(ctx, q)
	if err == nil && l == nil {
		err = repertoire.Refuse("Ce dossier n’est pas partagé.")
	}
	return l, err
}

// beside runs a transaction on what is kept beside the journal and no undo takes
// back: what the desk knows of the shared one, the messages to send.
func (s *Store) beside(ctx context.Context, do func(*sql.Tx) error) error {
	if s.writer == nil {
		return s.refuseWriting()
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return explain(err)
	}
	return explain(tx.Commit())
}

// Baseline gives the next records of a first sharing as a change to send, at
// most limit of them, and the mark to note once they are there; done tells
// that none is left. The change's ID follows from its place, so that one sent
// twice is known again.
func (s *Store) Baseline(ctx context.Context, limit int) (c repertoire.Change, mark SendingMark, done bool, err error) {
	l, err := s.Link(ctx)
	if err != nil || l == nil || l.Sending == nil {
		return c, mark, true, err
	}
	mark = *l.Sending
	start := mark
	for at := rankOf(mark.Aggregate); at < len(aggregates) && len(c.Ops) < limit; at++ {
		if aggregates[at] != mark.Aggregate {
			mark.Aggregate, mark.Num = aggregates[at], 0
		}
		rows, err := s.readers.QueryContext(ctx, `SELECT num, id, body FROM `+string(mark.Aggregate)+
			` WHERE num > ? AND deleted_at IS NULL AND body IS NOT NULL ORDER BY num LIMIT ?`, mark.Num, limit-len(c.Ops))
		if err != nil {
			return c, mark, false, explain(err)
		}
		ops, err := collect(rows, func(rows *sql.Rows) (op repertoire.Op, err error) {
			op.Aggregate = mark.Aggregate
			var body string
			err = rows.Scan(&mark.Num, &op.ID, &body)
			op.After = json.RawMessage(body)
			return op, err
		})
		if err != nil {
			return c, mark, false, explain(err)
		}
		c.Ops = append(c.Ops, ops...)
	}
	mark.Sent += len(c.Ops)
	c.ID = repertoire.DeriveID("baseline:" + string(l.Desk) + ":" + l.Lineage + ":" + string(start.Aggregate) + ":" +
		strconv.FormatInt(start.Num, 10))
	c.Author, c.At, c.Cause, c.Label = l.DeskName, moment(s.options.now()), repertoire.CauseShare, "Mise en commun des fiches"
	return c, mark, len(c.Ops) == 0, nil
}

// NoteBaseline remembers that the records up to mark are in the shared journal
// under number; done ends the first sharing.
func (s *Store) NoteBaseline(ctx context.Context, mark SendingMark, row repertoire.Shared, done bool) error {
	return s.beside(ctx, func(tx *sql.Tx) error {
		l, err := needLink(ctx, tx)
		if err != nil {
			return err
		}
		if l.Sending = &mark; done {
			l.Sending = nil
		}
		l.Sent = max(l.Sent, row.Number)
		if row.Number > l.Head {
			l.Head = row.Number
			if err := noteRow(ctx, tx, row); err != nil {
				return err
			}
		}
		return writeLink(ctx, tx, l)
	})
}

// noteRow remembers a row of the shared journal, for the chain.
const insertRow = `INSERT INTO share_row(number, change, hash) VALUES (?,?,?)`

func noteRow(ctx context.Context, tx *sql.Tx, row repertoire.Shared) error {
	_, err := tx.ExecContext(ctx, insertRow, row.Number, string(row.Change.ID), row.Hash)
	return err
}
