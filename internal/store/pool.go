package store

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

const (
	// poolFolder lies beside backups and holds the files they speak of, each
	// once whatever the number of backups.
	poolFolder = "repertoire-media"
	// listSuffix names, beside a backup, the list of the files it speaks of.
	listSuffix = ".media"
	// binFolder is where files that nothing speaks of wait before they go.
	binFolder = "corbeille"
	// binAge is how long they wait.
	binAge = 90 * 24 * time.Hour
)

// referencesIn lists the sums that the records and the journal of a base speak
// of. What merely looks like one counts: a file kept too long does no harm.
func referencesIn(ctx context.Context, q queryer, used map[string]bool) error {
	rows, err := q.QueryContext(ctx,
		`SELECT body FROM partnership WHERE body LIKE '%"media"%' UNION ALL SELECT body FROM directory WHERE body LIKE '%"media"%'
		UNION ALL SELECT before FROM change_op WHERE before LIKE '%"media"%' UNION ALL SELECT after FROM change_op WHERE after LIKE '%"media"%'`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var body sql.RawBytes
		if err := rows.Scan(&body); err != nil {
			return err
		}
		eachSum(body, func(sum string) { used[sum] = true })
	}
	return rows.Err()
}

// referencesOf lists those of a base in a closed file.
func referencesOf(ctx context.Context, file string, used map[string]bool) error {
	db, err := openReaders(file, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	if err != nil {
		return err
	}
	defer db.Close()
	return referencesIn(ctx, db, used)
}

// poolOf gives the files that lie beside a backup.
func poolOf(backup string) Media {
	return Media{dir: filepath.Join(filepath.Dir(backup), poolFolder), writable: true}
}

// fillPool puts beside a copy of the base the files it speaks of, and lists
// them. A file that is missing or damaged is no reason to have no backup: it is
// left out, and check names it.
func (s *Store) fillPool(ctx context.Context, copied, backup string) error {
	used := map[string]bool{}
	if err := referencesOf(ctx, copied, used); err != nil {
		return err
	}
	if len(used) == 0 {
		return removeIfThere(backup + listSuffix)
	}
	from, to := s.Media(), poolOf(backup)
	if err := takeAll(ctx, to, from, used); err != nil {
		return err
	}
	sums := slices.Sorted(maps.Keys(used))
	return writeWhole(backup+listSuffix, []byte(strings.Join(sums, "\n")+"\n"))
}

// takeFrom copies a file from other media unless it is there already; one that
// the other has not, or has damaged, is passed over.
func (m Media) takeFrom(from Media, sum string) error {
	if info, err := os.Stat(m.path(sum)); err == nil {
		if there, err := os.Stat(from.path(sum)); err != nil || there.Size() == info.Size() {
			return nil
		}
	}
	f, err := from.Open(sum)
	if err != nil {
		return nil //nolint:nilerr // what speaks of it may only look like it
	}
	defer f.Close()
	got, err := m.put(f)
	if err == nil && got != sum {
		err = removeIfThere(m.path(got))
	}
	return err
}

// takePool brings back from beside a backup the files that a staged base
// speaks of and the workspace has not; for good only.
func (s *Store) takePool(ctx context.Context, staged, backup string, plan *RestorePlan, really bool) error {
	used := map[string]bool{}
	if err := referencesOf(ctx, staged, used); err != nil {
		return err
	}
	living := map[string]bool{}
	db, err := openReaders(staged, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	if err != nil {
		return err
	}
	defer db.Close()
	pointed, err := livingReferences(ctx, db)
	if err != nil {
		return err
	}
	for _, x := range pointed {
		living[x.sum] = true
	}
	here, pool := Media{dir: filepath.Join(s.dir, mediaFolder), writable: true}, poolOf(backup)
	for sum := range used {
		switch {
		case here.sound(sum):
		case pool.sound(sum):
			plan.Pictures++
			if really {
				if err := errors.Join(removeIfThere(here.path(sum)), here.takeFrom(pool, sum)); err != nil {
					return err
				}
			}
		case living[sum]:
			plan.Missing++
		}
	}
	return nil
}

// roots adds what the backups and the bases put aside speak of. Where one of
// them cannot be read, nothing may be called an orphan.
func (s *Store) roots(ctx context.Context, used map[string]bool) error {
	folder := filepath.Join(s.dir, backupsFolder)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		switch {
		case strings.HasSuffix(e.Name(), ".db"):
			if err := readList(name+listSuffix, used); err == nil {
				continue
			}
			err = referencesOf(ctx, name, used)
		case asideName.MatchString(e.Name()) && !absent(filepath.Join(name, File)):
			err = s.asideReferences(ctx, name, used)
		default:
			continue
		}
		if err != nil {
			return repertoire.Damage(name, err,
				"« %s » ne peut pas être lu : aucun fichier joint n’a été mis à la corbeille, car elle en parle peut-être.", e.Name())
		}
	}
	return nil
}

// asideReferences reads a base put aside with its journal, in a copy.
func (s *Store) asideReferences(ctx context.Context, folder string, used map[string]bool) error {
	tmp, err := os.MkdirTemp("", "repertoire-lecture-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for _, suffix := range []string{"", "-wal"} {
		if from := filepath.Join(folder, File+suffix); !absent(from) {
			if err := copyFile(from, filepath.Join(tmp, File+suffix)); err != nil {
				return err
			}
		}
	}
	db, err := openReaders(filepath.Join(tmp, File), nil)
	if err != nil {
		return err
	}
	defer db.Close()
	return referencesIn(ctx, db, used)
}

func readList(file string, used map[string]bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if isSum(lines.Text()) {
			used[lines.Text()] = true
		}
	}
	return lines.Err()
}

// sweepPool removes from beside the backups what none of those left speaks of.
func sweepPool(dir string) error {
	used := map[string]bool{}
	left, err := Backups(dir)
	if err != nil {
		return err
	}
	for _, b := range left {
		// A backup without a list speaks of no file, or is older than lists:
		// then there is nothing of its beside it.
		if err := readList(b.File+listSuffix, used); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	pool := Media{dir: filepath.Join(dir, backupsFolder, poolFolder)}
	return pool.each(func(sum string, e fs.DirEntry) error {
		if used[sum] {
			return nil
		}
		return os.Remove(pool.path(sum))
	})
}

func (m Media) binned(sum string) string { return filepath.Join(m.dir, binFolder, sum) }

// bin moves a file that nothing speaks of to the bin.
func (m Media) bin(sum string, now time.Time) error {
	if err := os.MkdirAll(filepath.Join(m.dir, binFolder), privateFolder); err != nil {
		return err
	}
	if err := os.Rename(m.path(sum), m.binned(sum)); err != nil {
		return err
	}
	return os.Chtimes(m.binned(sum), now, now)
}

// unbin takes a file out of the bin; false when it is not there.
func (m Media) unbin(sum string) bool {
	return m.writable && os.MkdirAll(filepath.Dir(m.path(sum)), privateFolder) == nil && os.Rename(m.binned(sum), m.path(sum)) == nil
}

// emptyBin takes back what is spoken of again and removes what has waited long
// enough.
func (m Media) emptyBin(used map[string]bool, now time.Time) error {
	entries, err := os.ReadDir(filepath.Join(m.dir, binFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		sum := e.Name()
		info, err := e.Info()
		switch {
		case err != nil || !isSum(sum):
		case used[sum]:
			m.unbin(sum)
		case now.Sub(info.ModTime()) > binAge:
			if err := os.Remove(m.binned(sum)); err != nil {
				return err
			}
		}
	}
	return err
}
