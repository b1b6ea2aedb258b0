package store

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
)

// CollectOrphans moves to the bin the files of media/ that nothing speaks of
// (no record, no version in the journal, no frozen edition, no backup, no base
// put aside) and that were put longer than olderThan ago: what a form has just
// put is not saved yet. keep may vouch for more. Those that have been in the bin
// for three months go for good. It returns the names of those that it moved.
func (s *Store) CollectOrphans(ctx context.Context, olderThan time.Duration, keep func(sum string) bool) ([]string, error) {
	if s.writer == nil {
		return nil, s.refuseWriting()
	}
	used, err := s.everyReference(ctx)
	if err != nil {
		return nil, err
	}
	now := s.options.now()
	limit := now.Add(-olderThan)
	var moved []string
	m := s.Media()
	err = m.each(func(sum string, e fs.DirEntry) error {
		info, err := e.Info()
		if err != nil || used[sum] || keep != nil && keep(sum) || info.ModTime().After(limit) {
			return err
		}
		if err := m.bin(sum, now); err != nil {
			return &repertoire.Error{Kind: repertoire.Refused, File: m.path(sum), Err: err,
				Message: "Un fichier joint devenu inutile n’a pas pu être mis à la corbeille : vérifiez vos droits dans le dossier media."}
		}
		moved = append(moved, sum)
		return ctx.Err()
	})
	if err == nil {
		err = m.emptyBin(used, now)
	}
	return moved, err
}

// everyReference lists the sums that anything speaks of.
func (s *Store) everyReference(ctx context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	if err := referencesIn(ctx, s.readers, used); err != nil {
		return nil, explain(err)
	}
	if err := s.editionReferences(ctx, used); err != nil {
		return nil, err
	}
	return used, s.roots(ctx, used)
}

// editionReferences reads the snapshots of frozen editions, plain or gzipped.
func (s *Store) editionReferences(ctx context.Context, used map[string]bool) error {
	err := filepath.WalkDir(filepath.Join(s.dir, EditionsFolder), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) == ".pdf" {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		r := bufio.NewReader(f)
		var text io.Reader = r
		if magic, _ := r.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
			if text, err = gzip.NewReader(r); err != nil {
				return err
			}
		}
		data, err := io.ReadAll(text)
		if err != nil {
			return err
		}
		eachSum(data, func(sum string) { used[sum] = true })
		return ctx.Err()
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return repertoire.Damage(filepath.Join(s.dir, EditionsFolder), err,
			"Une édition figée ne peut pas être lue : aucun fichier joint n’a été supprimé.")
	}
	return nil
}

// eachSum finds runs of exactly 64 hexadecimal digits.
func eachSum(text []byte, fn func(string)) {
	start := -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && hexDigit(text[i]) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 && i-start == 64 {
			fn(string(text[start:i]))
		}
		start = -1
	}
}

// reference is one pointer of a living record.
type reference struct {
	record repertoire.ID
	sum    string
}

func livingReferences(ctx context.Context, q queryer) ([]reference, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, body FROM partnership WHERE deleted_at IS NULL AND body LIKE '%"media"%'
		UNION ALL SELECT id, body FROM directory WHERE deleted_at IS NULL AND body LIKE '%"media"%'`)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	var out []reference
	for rows.Next() {
		var id repertoire.ID
		var body sql.RawBytes
		if err := rows.Scan(&id, &body); err != nil {
			return nil, explain(err)
		}
		eachSum(body, func(sum string) { out = append(out, reference{id, sum}) })
	}
	return out, explain(rows.Err())
}
