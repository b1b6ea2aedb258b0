package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"repertoire/internal/repertoire"
)

// Erasure is the request to erase personal data for good (GDPR, art. 17), and
// once done its record, which holds none of them.
type Erasure struct {
	ID     repertoire.ID `json:"id"` // of the change in the journal
	Author string        `json:"author"`
	At     time.Time     `json:"at"`
	Reason string        `json:"reason"` // "demande de la personne du 3 mars 2026"; without a name
	// Again tells that it is done again on a backup that was put back, which
	// needs no other backup.
	Again bool `json:"-"`
}

// ErasureReport says what an erasure reached.
type ErasureReport struct {
	Seq      int64
	Records  []repertoire.ID // records of the base, to be indexed anew
	Versions int             // bodies cleared in the journal
	// Backups still hold the data until they leave by rotation.
	Backups []Backup
}

// Purge erases a record of the trash for good: its body, and every version of
// it in the journal. What stays says that there was a record, of which kind,
// and when it was purged. It cannot be undone.
func (s *Store) Purge(ctx context.Context, a repertoire.Aggregate, id repertoire.ID, request Erasure) (ErasureReport, error) {
	return s.erase(ctx, request, "fiche", "Purge d’une fiche de la corbeille", func(e *applier, report *ErasureReport) error {
		was, err := e.read(a, id)
		if err != nil {
			return err
		}
		if !was.trashed || was.body == nil {
			return repertoire.Missing("Cette fiche n’est pas à la corbeille : rien n’a été effacé. Mettez-la d’abord à la corbeille.")
		}
		if _, err := e.exec(blank(a), was.version+1, string(id)); err != nil {
			return err
		}
		res, err := e.exec(`UPDATE change_op SET before = NULL, after = NULL, erased = 1 WHERE record = ? AND aggregate = ?`, string(id),
			string(a))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		report.Versions, report.Records = int(n), []repertoire.ID{id}
		e.change.Ops = []repertoire.Op{{Aggregate: a, ID: id, Version: was.version}}
		return err
	})
}

// blank empties the row of a purged record.
func blank(a repertoire.Aggregate) string {
	columns := map[repertoire.Aggregate]string{
		repertoire.AggTheme:         `code = ''`,
		repertoire.AggDirectory:     `slug = '', sort_name = x''`,
		repertoire.AggPresentation:  `country = ''`,
		repertoire.AggAuthority:     `name = '', sort_name = x'', folded = '', insee = '', siren = '', departement = '', region = ''`,
		repertoire.AggBuyer:         `sort_name = x'', folded = '', siren = '', siret = '', authority = ''`,
		repertoire.AggOrder:         `buyer = '', folded = ''`,
		repertoire.AggStock:         `quantity = 0`,
		repertoire.AggList:          `rank = 0`,
		repertoire.AggCampaign:      `opened = ''`,
		repertoire.AggRequest:       `partnership = ''`,
		repertoire.AggQuestionnaire: `request = ''`,
		repertoire.AggReply:         `request = '', sha256 = ''`,
		repertoire.AggPartnership:   `title = '', french = '', partner = '', sort_title = x'', sort_partner = x'', departement = ''`,
	}
	return `UPDATE ` + string(a) + ` SET body = NULL, ` + columns[a] + `, version = ? WHERE id = ?`
}

// ErasePerson erases the contacts that is recognises, in every partnership,
// living or in the trash, and in every version the journal keeps. Free texts
// are not searched. It cannot be undone.
func (s *Store) ErasePerson(ctx context.Context, is func(repertoire.Contact) bool, request Erasure) (ErasureReport, error) {
	return s.erase(ctx, request, "interlocuteur", "Effacement d’un interlocuteur", func(e *applier, report *ErasureReport) error {
		type holder struct {
			id      repertoire.ID
			version int64
			trashed bool
			body    string
		}
		rows, err := e.tx.QueryContext(ctx,
			`SELECT id, version, deleted_at IS NOT NULL, body FROM partnership WHERE body LIKE '%"contacts"%' ORDER BY num`)
		if err != nil {
			return err
		}
		holders, err := collect(rows, func(rows *sql.Rows) (h holder, err error) {
			err = rows.Scan(&h.id, &h.version, &h.trashed, &h.body)
			return h, err
		})
		if err != nil {
			return err
		}
		for _, h := range holders {
			body, found, err := withoutContacts(json.RawMessage(h.body), is)
			if err != nil {
				return err
			}
			if !found {
				continue
			}
			report.Records = append(report.Records, h.id)
			op := repertoire.Op{Aggregate: repertoire.AggPartnership, ID: h.id, Version: h.version}
			if err := e.replaceErased(op, h.trashed, body); err != nil {
				return err
			}
		}
		if err := e.clearJournal(is, report); err != nil {
			return err
		}
		if len(report.Records) == 0 && report.Versions == 0 {
			return repertoire.Missing("Aucun interlocuteur de ce nom n’est dans la base ni dans son journal : rien n’a été effacé.")
		}
		return nil
	})
}

// replaceErased writes a body without the person, and the op that says so.
func (a *applier) replaceErased(op repertoire.Op, trashed bool, body json.RawMessage) error {
	var p repertoire.Partnership
	if err := json.Unmarshal(body, &p); err != nil {
		return unreadable(err)
	}
	p.Updated = a.change.At
	raw, err := Encode(&p)
	if err != nil {
		return err
	}
	f := p.Freshness()
	if _, err :=
		a.exec(`UPDATE partnership SET body = ?, version = ?, updated = ?, review_due = ?, missing = ?, completeness = ? WHERE id = ?`,
			string(raw), op.Version+1, stamp(p.Updated), string(f.Due), len(f.Missing), p.Completeness().Percent,
			string(op.ID)); err != nil {
		return err
	}
	if !trashed {
		op.Before, op.After = body, raw // the same, for the journal must not keep more
	}
	a.change.Ops = append(a.change.Ops, op)
	return nil
}

// clearJournal takes the person out of every version kept.
func (a *applier) clearJournal(is func(repertoire.Contact) bool, report *ErasureReport) error {
	type version struct {
		num           int64
		before, after sql.NullString
	}
	rows, err := a.tx.QueryContext(a.ctx,
		`SELECT num, before, after FROM change_op WHERE aggregate = 'partnership' AND (before LIKE '%"contacts"%' OR after LIKE '%"contacts"%')`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var cleared []version
	for rows.Next() {
		var v version
		if err := rows.Scan(&v.num, &v.before, &v.after); err != nil {
			return err
		}
		changed := 0
		for _, side := range []*sql.NullString{&v.before, &v.after} {
			if !side.Valid {
				continue
			}
			body, found, err := withoutContacts(json.RawMessage(side.String), is)
			if err != nil {
				return err
			}
			if found {
				side.String = string(body)
				changed++
			}
		}
		if changed > 0 {
			report.Versions += changed
			cleared = append(cleared, v)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, v := range cleared {
		if _, err := a.exec(`UPDATE change_op SET before = ?, after = ? WHERE num = ?`, v.before, v.after, v.num); err != nil {
			return err
		}
	}
	return nil
}

// withoutContacts gives a partnership's body without the contacts that is
// recognises; found is false when there were none.
func withoutContacts(body json.RawMessage, is func(repertoire.Contact) bool) (_ json.RawMessage, found bool, err error) {
	var p repertoire.Partnership
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, false, unreadable(err)
	}
	kept := p.Contacts[:0]
	for _, c := range p.Contacts {
		if !is(c) {
			kept = append(kept, c)
		}
	}
	if len(kept) == len(p.Contacts) {
		return body, false, nil
	}
	p.Contacts = kept
	if len(kept) == 0 {
		delete(p.Confirmations, "contacts")
	}
	out, err := Encode(&p)
	return out, true, err
}

// erase runs an erasure in one transaction with its journal row and its
// record, after a verified backup, then empties SQLite's own journal.
func (s *Store) erase(ctx context.Context, request Erasure, what, label string, do func(*applier, *ErasureReport) error) (ErasureReport,
	error) {
	var report ErasureReport
	if s.writer == nil {
		return report, s.refuseWriting()
	}
	if !request.Again {
		if _, err := s.Backup(ctx, "", ReasonPurge, nil); err != nil {
			return report, err
		}
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return report, explain(err)
	}
	defer tx.Rollback()
	a := newApplier(ctx, tx, repertoire.Change{ID: request.ID, Author: request.Author, At: request.At, Cause: repertoire.CauseErase,
		Label: label})
	if err := a.acceptable(); err != nil {
		return report, err
	}
	if err := do(a, &report); err != nil {
		return ErasureReport{}, explain(err)
	}
	if report.Seq, err = a.journal(a.change.Ops); err != nil {
		return ErasureReport{}, explain(err)
	}
	if what == "fiche" {
		if _, err := a.exec(`UPDATE change_op SET erased = 1 WHERE seq = ?`, report.Seq); err != nil {
			return ErasureReport{}, explain(err)
		}
	}
	record := ""
	if len(report.Records) == 1 {
		record = string(report.Records[0])
	}
	if _, err := a.exec(`INSERT INTO erasure(id, at, author, aggregate, record, what, reason, versions) VALUES (?,?,?,?,?,?,?,?)`,
		string(request.ID), a.at, request.Author, erasedAggregate(a.change.Ops), record, what, request.Reason,
		report.Versions); err != nil {
		return ErasureReport{}, explain(err)
	}
	if err := tx.Commit(); err != nil {
		return ErasureReport{}, explain(err)
	}
	if report.Backups, err = Backups(s.dir); err != nil {
		return report, err
	}
	// secure_delete has zeroed the pages in the base; their old state is still
	// in the write-ahead log until it is emptied.
	_, err = s.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return report, explain(err)
}

func erasedAggregate(ops []repertoire.Op) string {
	if len(ops) == 0 {
		return string(repertoire.AggPartnership)
	}
	return string(ops[0].Aggregate)
}

// DoneErasure is the record of an erasure.
type DoneErasure struct {
	Erasure
	What     string // "fiche" or "interlocuteur"
	Record   repertoire.ID
	Versions int
}

// Erasures lists the erasures done, newest first.
func (r Reader) Erasures(ctx context.Context) ([]DoneErasure, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT id, at, author, what, record, reason, versions FROM erasure ORDER BY num DESC`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (e DoneErasure, err error) {
		var at string
		err = rows.Scan(&e.ID, &at, &e.Author, &e.What, &e.Record, &e.Reason, &e.Versions)
		e.At = parseStamp(at)
		return e, err
	})
	return out, explain(err)
}
