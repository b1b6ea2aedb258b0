package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// erasuresFile lies beside the base: an erasure is known there even when the
// base is replaced by a backup that is older than it.
const erasuresFile = "effacements.jsonl"

// ErasureNote says what an erasure erased, so that it can be done again on a
// base that was put back; it names nobody (see repertoire.Marks).
type ErasureNote struct {
	Erasure
	// Asked are the marks of the person as they were asked for, Known those of
	// all that the records said of them.
	Asked   *repertoire.Marks `json:"asked,omitempty"`
	Known   *repertoire.Marks `json:"known,omitempty"`
	Records []ErasedRecord    `json:"records,omitempty"` // purged from the trash
	// Contacts and Buyers went at the end of the time they are kept for.
	Contacts []repertoire.ID `json:"contacts,omitempty"`
	Buyers   []repertoire.ID `json:"buyers,omitempty"`
}

// ErasedRecord is a record that was purged.
type ErasedRecord struct {
	Aggregate repertoire.Aggregate `json:"aggregate"`
	ID        repertoire.ID        `json:"id"`
}

// NoteErasure writes an erasure down before it is done; one that a crash cuts
// short is done at the next opening.
func (s *Store) NoteErasure(n ErasureNote) error {
	if s.writer == nil {
		return s.refuseWriting()
	}
	line, err := json.Marshal(n)
	if err != nil {
		return err
	}
	s.registering.Lock()
	defer s.registering.Unlock()
	file, err := os.OpenFile(filepath.Join(s.dir, erasuresFile), os.O_RDWR|os.O_CREATE, private)
	if err == nil {
		err = appendLine(file, line)
		if e := file.Close(); err == nil {
			err = e
		}
	}
	if err == nil {
		err = whole.SyncFolder(s.dir)
	}
	if err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: s.dir, Err: err,
			Message: "L’effacement ne peut pas être noté dans le dossier : rien n’a été effacé. Vérifiez vos droits et la place libre, puis recommencez."}
	}
	return nil
}

// appendLine adds a whole line, behind what an unfinished one left.
func appendLine(file *os.File, line []byte) error {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	last := []byte{'\n'}
	if size > 0 {
		if _, err := file.ReadAt(last, size-1); err != nil {
			return err
		}
	}
	if last[0] != '\n' {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		return err
	}
	return file.Sync()
}

// ForgetErasure takes back the note of an erasure that was not done.
func (s *Store) ForgetErasure(id repertoire.ID) error {
	s.registering.Lock()
	defer s.registering.Unlock()
	raw, err := os.ReadFile(filepath.Join(s.dir, erasuresFile))
	if err != nil {
		return err
	}
	var kept [][]byte
	for line := range bytes.SplitAfterSeq(raw, []byte("\n")) {
		var n ErasureNote
		if json.Unmarshal(line, &n) != nil || n.ID != id {
			kept = append(kept, line)
		}
	}
	return whole.Write(filepath.Join(s.dir, erasuresFile), slices.Concat(kept...), private)
}

// erasureNotes reads the notes; lines that cannot be read are counted.
func erasureNotes(dir string) (notes []ErasureNote, unread int, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, erasuresFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	for line := range bytes.SplitSeq(raw, []byte("\n")) {
		var n ErasureNote
		switch err := json.Unmarshal(line, &n); {
		case len(bytes.TrimSpace(line)) == 0:
		case err != nil || n.ID == "":
			unread++
		default:
			notes = append(notes, n)
		}
	}
	return notes, unread, nil
}

// ErasuresToRepeat lists the erasures noted in the folder that this base, put
// back since, knows nothing of.
func (s *Store) ErasuresToRepeat(ctx context.Context) ([]ErasureNote, error) {
	return erasuresMissing(ctx, s.readers, s.dir)
}

func erasuresMissing(ctx context.Context, q queryer, dir string) ([]ErasureNote, error) {
	notes, _, err := erasureNotes(dir)
	if err != nil || len(notes) == 0 {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, `SELECT id FROM erasure`)
	if err != nil {
		return nil, explain(err)
	}
	done := map[repertoire.ID]bool{}
	err = each(rows, func(rows *sql.Rows) error {
		var id repertoire.ID
		err := rows.Scan(&id)
		done[id] = true
		return err
	})
	return slices.DeleteFunc(notes, func(n ErasureNote) bool { return done[n.ID] }), explain(err)
}

// SettleErasure says that a noted erasure has nothing to erase in this base.
func (s *Store) SettleErasure(ctx context.Context, e Erasure) error {
	if s.writer == nil {
		return s.refuseWriting()
	}
	_, err := s.writer.ExecContext(ctx,
		`INSERT INTO erasure(id, at, author, aggregate, record, what, reason, versions) VALUES (?,?,?,?,'','interlocuteur',?,0) ON CONFLICT DO NOTHING`,
		string(e.ID), stamp(e.At), e.Author, string(repertoire.AggPartnership), e.Reason)
	return explain(err)
}
