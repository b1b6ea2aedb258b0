package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"repertoire/internal/repertoire"
)

// Body is a record as the base or a version of its journal holds it.
type Body struct {
	Aggregate repertoire.Aggregate
	ID        repertoire.ID
	Title     string // of the record as it is now; only of those of the base
	Trashed   bool
	JSON      json.RawMessage
}

// EachBody hands over every record of the base, those of the trash included.
func (r Reader) EachBody(ctx context.Context, fn func(Body) error) error {
	for _, a := range aggregates {
		rows, err := r.q.QueryContext(ctx, `SELECT id, deleted_at IS NOT NULL, body FROM `+string(a)+` WHERE body IS NOT NULL ORDER BY num`)
		if err != nil {
			return explain(err)
		}
		err = each(rows, func(rows *sql.Rows) error {
			b, body := Body{Aggregate: a}, ""
			if err := rows.Scan(&b.ID, &b.Trashed, &body); err != nil {
				return err
			}
			b.JSON = json.RawMessage(body)
			return fn(b)
		})
		if err != nil {
			return explain(err)
		}
	}
	return nil
}

// EachVersion hands over every version that the journal keeps.
func (r Reader) EachVersion(ctx context.Context, fn func(Body) error) error {
	rows, err := r.q.QueryContext(ctx, `SELECT aggregate, record, before, after FROM change_op ORDER BY num`)
	if err != nil {
		return explain(err)
	}
	return explain(each(rows, func(rows *sql.Rows) error {
		var b Body
		var sides [2]sql.NullString
		if err := rows.Scan(&b.Aggregate, &b.ID, &sides[0], &sides[1]); err != nil {
			return err
		}
		for _, side := range sides {
			if side.Valid {
				b.JSON = json.RawMessage(side.String)
				if err := fn(b); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// Words is what an erasure does to texts.
type Words struct {
	// Person tells whether a contact is who is erased: they go whole.
	Person func(repertoire.Contact) bool
	// Body gives a record without the person's name, or the same when it has
	// none of it or must keep it by law.
	Body func(a repertoire.Aggregate, body json.RawMessage) json.RawMessage
	// Text does the same to a label of the journal.
	Text func(string) string
}

func (x Words) clean(a repertoire.Aggregate, body json.RawMessage) (json.RawMessage, error) {
	if a == repertoire.AggPartnership {
		without, _, err := withoutContacts(body, x.Person)
		if err != nil {
			return nil, err
		}
		body = without
	}
	return x.Body(a, body), nil
}

// EraseWords erases a person everywhere: contacts, texts of all records living
// or in the trash, every version of the journal and its labels. It cannot be
// undone.
func (s *Store) EraseWords(ctx context.Context, words Words, request Erasure) (ErasureReport, error) {
	return s.erase(ctx, request, "interlocuteur", "Effacement d’une personne", func(e *applier, report *ErasureReport) error {
		if err := e.eraseBodies(words, report); err != nil {
			return err
		}
		if err := e.eraseVersions(words, report); err != nil {
			return err
		}
		labels, err := e.eraseLabels(words)
		if err != nil {
			return err
		}
		beside, err := e.eraseBeside(words)
		report.Versions += labels + beside
		if err == nil && len(report.Records) == 0 && report.Versions == 0 {
			err = repertoire.Missing("Rien dans la base ni dans son journal ne nomme cette personne : rien n’a été effacé.")
		}
		return err
	})
}

func (a *applier) eraseBodies(words Words, report *ErasureReport) error {
	var found []Body
	err := Reader{q: a.tx}.EachBody(a.ctx, func(b Body) error {
		clean, err := words.clean(b.Aggregate, b.JSON)
		if err == nil && string(clean) != string(b.JSON) {
			b.JSON = clean
			found = append(found, b)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, b := range found {
		report.Records = append(report.Records, b.ID)
		was, err := a.read(b.Aggregate, b.ID)
		if err != nil {
			return err
		}
		op := repertoire.Op{Aggregate: b.Aggregate, ID: b.ID, Version: was.version, Before: b.JSON, After: b.JSON}
		if b.Trashed {
			err = a.eraseTrashed(words, b, was)
			op.Before, op.After = nil, nil // the trash holds it; the journal must not keep more
		} else {
			var record any
			if record, err = read(b.Aggregate, b.JSON, false); err == nil {
				err = a.save(op, was, record)
			}
		}
		if err != nil {
			return err
		}
		if !b.Trashed {
			a.change.Ops = append(a.change.Ops, op)
		}
	}
	return nil
}

// eraseTrashed empties the columns by which a record of the trash was found:
// it comes back with its own when it is restored.
func (a *applier) eraseTrashed(words Words, b Body, was current) error {
	query, args := `UPDATE `+string(b.Aggregate)+` SET body = ?`, []any{string(b.JSON)}
	switch b.Aggregate {
	case repertoire.AggPartnership:
		var title string
		if err := a.row(`SELECT title FROM partnership WHERE id = ?`, string(b.ID)).Scan(&title); err != nil {
			return err
		}
		query, args = query+`, title = ?`, append(args, words.Text(title))
	case repertoire.AggBuyer, repertoire.AggOrder, repertoire.AggAuthority:
		query += `, folded = ''`
	}
	_, err := a.exec(query+` WHERE num = ?`, append(args, was.num)...)
	return err
}

func (a *applier) eraseVersions(words Words, report *ErasureReport) error {
	type version struct {
		num           int64
		before, after sql.NullString
	}
	var cleared []version
	rows, err := a.tx.QueryContext(a.ctx, `SELECT num, aggregate, before, after FROM change_op`)
	if err != nil {
		return err
	}
	err = each(rows, func(rows *sql.Rows) error {
		var v version
		var g repertoire.Aggregate
		if err := rows.Scan(&v.num, &g, &v.before, &v.after); err != nil {
			return err
		}
		changed := 0
		for _, side := range []*sql.NullString{&v.before, &v.after} {
			if !side.Valid {
				continue
			}
			clean, err := words.clean(g, json.RawMessage(side.String))
			if err != nil {
				return err
			}
			if string(clean) != side.String {
				side.String = string(clean)
				changed++
			}
		}
		if changed > 0 {
			report.Versions += changed
			cleared = append(cleared, v)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, v := range cleared {
		if _, err := a.exec(`UPDATE change_op SET before = ?, after = ? WHERE num = ?`, v.before, v.after, v.num); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier) eraseLabels(words Words) (int, error) {
	rows, err := a.tx.QueryContext(a.ctx, `SELECT seq, label FROM change`)
	if err != nil {
		return 0, err
	}
	cleared := map[int64]string{}
	err = each(rows, func(rows *sql.Rows) error {
		var seq int64
		var label string
		if err := rows.Scan(&seq, &label); err != nil {
			return err
		}
		if clean := words.Text(label); clean != label {
			cleared[seq] = strings.TrimSpace(clean)
		}
		return nil
	})
	for seq, label := range cleared {
		if err == nil {
			_, err = a.exec(`UPDATE change SET label = ? WHERE seq = ?`, label, seq)
		}
	}
	return len(cleared), err
}
