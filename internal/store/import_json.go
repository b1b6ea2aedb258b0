package store

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"repertoire/internal/repertoire"
)

// ImportJSON builds a workspace in dir, as Create does, from what ExportJSON
// wrote: every record with its version and its place in the trash, and the
// whole journal. It is built whole or not at all.
func ImportJSON(ctx context.Context, from, dir string, options Options, progress func(done, total int, label string)) (*Store, error) {
	var head exportHead
	if err := readJSON(filepath.Join(from, exportCard), &head); err != nil {
		return nil, err
	}
	if head.Format != exportFormat {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: from,
			Message: "Cet export vient d’une version plus récente de Répertoire : rien n’a été construit. Mettez le programme à jour."}
	}
	s, err := Create(ctx, dir, options)
	if err != nil {
		return nil, err
	}
	err = s.rebuild(ctx, from, head, progress)
	if err == nil {
		err = s.importMedia(ctx, from)
	}
	if err == nil {
		err = s.reconcile(ctx) // the register of the new folder
	}
	if err != nil {
		base := s.base()
		_ = s.Close()
		for _, suffix := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(base + suffix) // an empty base must not pass for the work
		}
		return nil, explain(err)
	}
	return s, nil
}

// importMedia takes the files that lie beside an archive.
func (s *Store) importMedia(ctx context.Context, from string) error {
	archived, sums := Media{dir: filepath.Join(from, mediaFolder)}, map[string]bool{}
	if err := archived.each(func(sum string, _ fs.DirEntry) error { sums[sum] = true; return nil }); err != nil {
		return err
	}
	return takeAll(ctx, s.Media(), archived, sums)
}

func (s *Store) rebuild(ctx context.Context, from string, head exportHead, progress func(done, total int, label string)) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	a := newApplier(ctx, tx, repertoire.Change{})
	total := 0
	for _, n := range head.Records {
		total += n
	}
	done := 0
	all := map[repertoire.Aggregate][]exportRecord{}
	for _, g := range aggregates {
		records, err := readRecords(filepath.Join(from, string(g)), head.Records[g])
		if err != nil {
			return err
		}
		for _, x := range records {
			if err := a.rebuildRecord(g, x); err != nil {
				return err
			}
			if done++; progress != nil && (done%200 == 0 || done == total) {
				progress(done, total, "Reconstruction des fiches")
			}
		}
		all[g] = records
	}
	// The trash is filled last: a record on its way there may still be pointed to.
	for g, records := range all {
		for _, x := range records {
			if x.DeletedAt != "" {
				if err := a.rebuildTrash(g, x); err != nil {
					return err
				}
			}
		}
	}
	if err := a.rebuildJournal(filepath.Join(from, exportJournal)); err != nil {
		return err
	}
	if err := a.rebuildErasures(filepath.Join(from, exportErasure)); err != nil {
		return err
	}
	return tx.Commit()
}

func (a *applier) rebuildRecord(g repertoire.Aggregate, x exportRecord) error {
	if x.Record == nil || string(x.Record) == "null" {
		return a.rebuildPurged(g, x)
	}
	record, err := parse(g, x.Record)
	if err == nil && idOf(record) != x.ID {
		err = fmt.Errorf("%s holds %s", x.ID, idOf(record))
	}
	var body json.RawMessage
	if err == nil {
		body, err = Encode(record)
	}
	if err != nil {
		return unreadableExport(string(g)+"/"+string(x.ID)+".json", err)
	}
	// save adds one to the version found.
	return a.save(repertoire.Op{Aggregate: g, ID: x.ID, After: body}, current{version: x.Version - 1}, record)
}

// rebuildPurged makes the row of a record of which nothing is left.
func (a *applier) rebuildPurged(g repertoire.Aggregate, x exportRecord) error {
	empty := map[repertoire.Aggregate]string{
		repertoire.AggTheme:        `INSERT INTO theme(code, deleted_at, body, id, version) VALUES ('', '-', NULL, ?, ?)`,
		repertoire.AggDirectory:    `INSERT INTO directory(slug, sort_name, deleted_at, body, id, version) VALUES ('', x'', '-', NULL, ?, ?)`,
		repertoire.AggPresentation: `INSERT INTO presentation(country, deleted_at, body, id, version) VALUES ('', '-', NULL, ?, ?)`,
		repertoire.AggAuthority: `INSERT INTO authority(name, sort_name, folded, country, level, insee, siren, departement, region, body, id, version)
			VALUES ('', x'', '', '', '', '', '', '', '', NULL, ?, ?)`,
		repertoire.AggPartnership: `INSERT INTO partnership(title, french, partner, sort_title, sort_partner, country, departement, directory, type, status, theme,
			first_year, verified, fictitious, created, updated, body, id, version) VALUES ('','','',x'',x'','','','','','','',0,'',0,'','',NULL,?,?)`,
		repertoire.AggBuyer: `INSERT INTO buyer(sort_name, folded, siren, siret, authority, deleted_at, body, id, version) VALUES (x'', '', '', '', '', '-', NULL, ?, ?)`,
		repertoire.AggOrder: `INSERT INTO book_order(year, count, date, state, buyer, folded, gross, deleted_at, body, id, version)
			SELECT 0, 1 + coalesce(max(count), 0), '', '', '', '', 0, '-', NULL, ?, ? FROM book_order WHERE year = 0`,
		repertoire.AggCampaign:      `INSERT INTO campaign(opened, deleted_at, body, id, version) VALUES ('', '-', NULL, ?, ?)`,
		repertoire.AggRequest:       `INSERT INTO campaign_request(campaign, partnership, deleted_at, body, id, version) VALUES ('', '', '-', NULL, ?, ?)`,
		repertoire.AggQuestionnaire: `INSERT INTO questionnaire(request, deleted_at, body, id, version) VALUES ('', '-', NULL, ?, ?)`,
		repertoire.AggReply:         `INSERT INTO campaign_reply(campaign, request, sha256, deleted_at, body, id, version) VALUES ('', '', '', '-', NULL, ?, ?)`,
		repertoire.AggList:          `INSERT INTO saved_list(rank, deleted_at, body, id, version) VALUES (0, '-', NULL, ?, ?)`,
		repertoire.AggStock:         `INSERT INTO stock_movement(edition, quantity, date, book_order, deleted_at, body, id, version) VALUES ('', 0, '', '', '-', NULL, ?, ?)`,
	}
	_, err := a.exec(empty[g], string(x.ID), x.Version)
	return err
}

func (a *applier) rebuildTrash(g repertoire.Aggregate, x exportRecord) error {
	if _, err := a.exec(`UPDATE `+string(g)+` SET deleted_at = ? WHERE id = ?`, x.DeletedAt, string(x.ID)); err != nil {
		return err
	}
	if g != repertoire.AggPartnership {
		return nil
	}
	was, err := a.read(g, x.ID)
	if err != nil {
		return err
	}
	return a.unlink(was.num)
}

func (a *applier) rebuildJournal(file string) error {
	return readLines(file, func(raw []byte) error {
		var c exportChange
		if err := json.Unmarshal(raw, &c); err != nil {
			return unreadableExport(exportJournal, err)
		}
		if _, err := a.exec(`INSERT INTO change(seq, id, author, at, cause, label, undoes, ops) VALUES (?,?,?,?,?,?,?,?)`,
			c.Seq, string(c.ID), c.Author, c.At, string(c.Cause), c.Label, string(c.Undoes), len(c.Ops)); err != nil {
			return err
		}
		for i, op := range c.Ops {
			if _, err :=
				a.exec(`INSERT INTO change_op(seq, rank, aggregate, record, version, before, after, erased) VALUES (?,?,?,?,?,?,?,?)`,
					c.Seq, i, string(op.Aggregate), string(op.ID), op.Version, text(op.Before), text(op.After), op.Erased); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *applier) rebuildErasures(file string) error {
	return readLines(file, func(raw []byte) error {
		var x exportedErasure
		if err := json.Unmarshal(raw, &x); err != nil {
			return unreadableExport(exportErasure, err)
		}
		_, err := a.exec(`INSERT INTO erasure(id, at, author, aggregate, record, what, reason, versions) VALUES (?,?,?,?,?,?,?,?)`,
			x.ID, x.At, x.Author, x.Aggregate, x.Record, x.What, x.Reason, x.Versions)
		return err
	})
}

// readRecords reads the files of one kind in the order of their places, and
// refuses a folder from which some are missing.
func readRecords(folder string, want int) ([]exportRecord, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, unreadableExport(filepath.Base(folder), err)
	}
	var out []exportRecord
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		var x exportRecord
		if err := readJSON(filepath.Join(folder, e.Name()), &x); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	if len(out) != want {
		return nil, unreadableExport(filepath.Base(folder), fmt.Errorf("%d files, not %d", len(out), want))
	}
	slices.SortStableFunc(out, func(a, b exportRecord) int { return int(a.Place - b.Place) })
	return out, nil
}

func readJSON(file string, into any) error {
	raw, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err,
			Message: "Ce dossier n’est pas un export de Répertoire : il y manque « " + filepath.Base(file) + " ». Rien n’a été construit."}
	}
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		return unreadableExport(filepath.Base(file), err)
	}
	return nil
}

// readLines calls fn with each line, whatever its length: the journal of a
// large import is one line.
func readLines(file string, fn func([]byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return unreadableExport(filepath.Base(file), err)
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if len(line) > 1 {
			if err := fn(line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadableExport(filepath.Base(file), err)
		}
	}
}

func unreadableExport(file string, err error) error {
	return repertoire.Damage(file, err,
		"L’export n’est pas lisible (« %s ») : rien n’a été construit. Refaites l’export, ou partez d’une sauvegarde.", file)
}
