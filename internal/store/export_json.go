package store

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
)

// The readable export: a folder with
//
//	repertoire.json        what it is, and how many of each
//	authority/ID.json      one file a record, in a folder named after its kind
//	journal.jsonl          one change a line, oldest first
//	erasures.jsonl         one erasure a line
//
// The files of media/ are not in it: they are readable as they are.
const (
	exportFormat  = 1
	exportCard    = "repertoire.json"
	exportJournal = "journal.jsonl"
	exportErasure = "erasures.jsonl"
)

type exportHead struct {
	Format  int                          `json:"format"`
	Schema  int                          `json:"schema"`
	Seq     int64                        `json:"seq"`
	Records map[repertoire.Aggregate]int `json:"records"`
}

// exportRecord is one file.
type exportRecord struct {
	ID        repertoire.ID   `json:"id"`
	Place     int64           `json:"place"` // order in which records came to the base
	Version   int64           `json:"version"`
	DeletedAt string          `json:"deleted_at,omitempty"` // in the trash since
	Record    json.RawMessage `json:"record"`               // null when purged
}

// exportChange is one line of the journal.
type exportChange struct {
	Seq    int64            `json:"seq"`
	ID     repertoire.ID    `json:"id"`
	Author string           `json:"author"`
	At     string           `json:"at"`
	Cause  repertoire.Cause `json:"cause"`
	Label  string           `json:"label"`
	Undoes repertoire.ID    `json:"undoes,omitempty"`
	Ops    []exportOp       `json:"ops"`
}

type exportOp struct {
	repertoire.Op
	Erased bool `json:"erased,omitempty"`
}

// ExportJSON writes the whole base as readable files into dir, which must not
// exist; it appears whole or not at all. ImportJSON builds the base again.
func (s *Store) ExportJSON(ctx context.Context, dir string, progress func(done, total int, label string)) error {
	if !absent(dir) {
		return &repertoire.Error{Kind: repertoire.Refused, File: dir,
			Message: "« " + dir + " » existe déjà : rien n’a été exporté. Choisissez un nouveau dossier."}
	}
	tmp := dir + ".tmp"
	err := errors.Join(os.RemoveAll(tmp), os.MkdirAll(tmp, privateFolder))
	if err == nil {
		err = s.View(ctx, func(r Reader) error { return exporter{r, tmp, progress}.run(ctx) })
	}
	if err == nil {
		err = s.exportMedia(ctx, tmp)
	}
	if err == nil {
		err = os.Rename(tmp, dir)
	}
	if err != nil {
		_ = os.RemoveAll(tmp) // the cause is what matters
		var known *repertoire.Error
		if !errors.As(err, &known) && ctx.Err() == nil {
			err = &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: err,
				Message: "L’export n’a pas pu être écrit : il n’en reste rien. " + remedy(err)}
		}
	}
	return err
}

// exportMedia puts the pictures and files that the records speak of beside them.
func (s *Store) exportMedia(ctx context.Context, dir string) error {
	used := map[string]bool{}
	if err := referencesIn(ctx, s.readers, used); err != nil {
		return err
	}
	return takeAll(ctx, Media{dir: filepath.Join(dir, mediaFolder), writable: true}, s.Media(), used)
}

// takeAll copies files from other media.
func takeAll(ctx context.Context, to, from Media, sums map[string]bool) error {
	for sum := range sums {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := to.takeFrom(from, sum); err != nil {
			return err
		}
	}
	return nil
}

type exporter struct {
	Reader
	dir      string
	progress func(done, total int, label string)
}

func (e exporter) run(ctx context.Context) error {
	head := exportHead{Format: exportFormat, Schema: SchemaVersion(), Records: map[repertoire.Aggregate]int{}}
	var err error
	if head.Seq, err = e.LastSeq(ctx); err != nil {
		return err
	}
	for _, a := range aggregates {
		if head.Records[a], err = e.records(ctx, a); err != nil {
			return err
		}
	}
	if err := e.journal(ctx); err != nil {
		return err
	}
	if err := e.erasures(ctx); err != nil {
		return err
	}
	return writeJSON(filepath.Join(e.dir, exportCard), head)
}

// records writes one file a record and gives their number.
func (e exporter) records(ctx context.Context, a repertoire.Aggregate) (int, error) {
	folder := filepath.Join(e.dir, string(a))
	if err := os.Mkdir(folder, privateFolder); err != nil {
		return 0, err
	}
	var total int
	if err := e.q.QueryRowContext(ctx, `SELECT count(*) FROM `+string(a)).Scan(&total); err != nil {
		return 0, err
	}
	rows, err := e.q.QueryContext(ctx, `SELECT id, version, coalesce(deleted_at, ''), body FROM `+string(a)+` ORDER BY num`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var x exportRecord
		var body sql.NullString
		if err := rows.Scan(&x.ID, &x.Version, &x.DeletedAt, &body); err != nil {
			return n, err
		}
		n++
		x.Record, x.Place = rawOf(body), int64(n)
		if err := writeJSON(filepath.Join(folder, url.PathEscape(string(x.ID))+".json"), x); err != nil {
			return n, err
		}
		if e.progress != nil && (n%200 == 0 || n == total) {
			e.progress(n, total, "Export des fiches")
		}
	}
	return n, rows.Err()
}

// journal writes the changes one by one, as many as there are.
func (e exporter) journal(ctx context.Context) error {
	last, err := e.LastSeq(ctx)
	if err != nil {
		return err
	}
	return writeLines(filepath.Join(e.dir, exportJournal), func(line func(any) error) error {
		for seq := int64(0); seq < last; {
			changes, err := e.ChangesSince(ctx, seq, 100)
			if err != nil {
				return err
			}
			for _, c := range changes {
				seq = c.Seq
				erased, err := e.erasedIn(ctx, c.Seq)
				if err != nil {
					return err
				}
				x := exportChange{Seq: c.Seq, ID: c.ID, Author: c.Author, At: stamp(c.At), Cause: c.Cause, Label: c.Label, Undoes: c.Undoes,
					Ops: []exportOp{}}
				for _, op := range c.Ops {
					x.Ops = append(x.Ops, exportOp{op, erased[op.ID]})
				}
				if err := line(x); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (e exporter) erasures(ctx context.Context) error {
	rows, err := e.q.QueryContext(ctx, `SELECT id, at, author, aggregate, record, what, reason, versions FROM erasure ORDER BY num`)
	if err != nil {
		return err
	}
	all, err := collect(rows, func(rows *sql.Rows) (x exportedErasure, err error) {
		err = rows.Scan(&x.ID, &x.At, &x.Author, &x.Aggregate, &x.Record, &x.What, &x.Reason, &x.Versions)
		return x, err
	})
	if err != nil {
		return err
	}
	return writeLines(filepath.Join(e.dir, exportErasure), func(line func(any) error) error {
		for _, x := range all {
			if err := line(x); err != nil {
				return err
			}
		}
		return nil
	})
}

type exportedErasure struct {
	ID        string `json:"id"`
	At        string `json:"at"`
	Author    string `json:"author"`
	Aggregate string `json:"aggregate"`
	Record    string `json:"record"`
	What      string `json:"what"`
	Reason    string `json:"reason"`
	Versions  int    `json:"versions"`
}

// writeJSON writes a value for people to read: indented, letters as they are.
func writeJSON(file string, value any) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(value); err != nil {
		return err
	}
	return os.WriteFile(file, buf.Bytes(), private)
}

func writeLines(file string, fill func(line func(any) error) error) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := fill(enc.Encode); err != nil {
		return err
	}
	return errors.Join(w.Flush(), f.Sync(), f.Close())
}
