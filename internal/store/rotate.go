package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"repertoire/internal/repertoire"
)

// How long each generation goes back: one backup an hour for a day, one a day
// for a month, one a month for a year. What is older goes, so that an erasure
// asked for by a person reaches the backups within that year.
const (
	hourly  = 24 * time.Hour
	daily   = 31 * 24 * time.Hour
	monthly = 366 * 24 * time.Hour

	// backupEvery is how old the last backup may be while there are changes.
	backupEvery = time.Hour
)

// spared is how long backups made for a reason are all kept.
func spared(reason string) time.Duration {
	switch reason {
	case ReasonManual:
		return monthly
	case ReasonMigration:
		return 3 * daily
	case ReasonPurge:
		return daily
	}
	return 0
}

// generation names the slot a backup falls in; "" when it is too old for any.
func generation(b Backup, now time.Time) string {
	switch age := now.Sub(b.At); {
	case age < hourly:
		return b.At.Format("2006-01-02T15")
	case age < daily:
		return b.At.Format("2006-01-02")
	case age < monthly:
		return b.At.Format("2006-01")
	}
	return ""
}

// BackupIfDue makes a backup when something was written since the last one and
// that one is an hour old, then rotates. made tells whether it did. Call it on
// a timer and on closing.
func (s *Store) BackupIfDue(ctx context.Context) (made bool, err error) {
	if s.writer == nil {
		return false, nil
	}
	kept, err := Backups(s.dir)
	if err != nil {
		return false, err
	}
	seq, err := s.LastSeq(ctx)
	if err != nil || seq == 0 {
		return false, err
	}
	if len(kept) > 0 && (kept[0].Seq == seq || s.options.now().Sub(kept[0].At) < backupEvery) {
		return false, nil
	}
	if _, err := s.Backup(ctx, "", ReasonScheduled, nil); err != nil {
		return false, err
	}
	_, err = Rotate(ctx, s.dir, s.options.now())
	return true, err
}

// Rotate removes the backups that their generation no longer needs and returns
// them. In each slot the newest good one stays; nothing leaves a slot before
// one that stays has been read whole and found good, and nothing at all leaves
// while there is no good one.
func Rotate(ctx context.Context, dir string, now time.Time) (removed []Backup, err error) {
	all, err := Backups(dir) // newest first
	if err != nil {
		return nil, err
	}
	checked := map[string]bool{}
	good := func(b Backup) bool {
		if _, done := checked[b.File]; !done {
			got, _, err := checksum(b.File)
			checked[b.File] = err == nil && b.SHA256 != "" && got == b.SHA256
		}
		return checked[b.File]
	}
	slots := map[string][]Backup{}
	var order []string
	for _, b := range all {
		if now.Sub(b.At) < spared(b.Reason) {
			continue
		}
		g := generation(b, now)
		if slots[g] == nil {
			order = append(order, g)
		}
		slots[g] = append(slots[g], b)
	}
	for _, g := range order {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		going := superfluous(g, slots[g], all, good)
		for _, b := range going {
			if err := errors.Join(os.Remove(b.File), removeIfThere(b.File+".sha256")); err != nil {
				return removed, &repertoire.Error{Kind: repertoire.Refused, File: b.File, Err: err,
					Message: "Une ancienne sauvegarde n’a pas pu être supprimée ; les autres sont intactes. Vérifiez vos droits dans le dossier backups."}
			}
			removed = append(removed, b)
		}
	}
	return removed, dropAsides(dir, now, slices.ContainsFunc(all, func(b Backup) bool { return !absent(b.File) && good(b) }))
}

var asideName = regexp.MustCompile(`^(?:abime|journal|remplacee)-(\d{8}T\d{6}Z)$`)

// dropAsides removes the bases kept aside for more than a year, for they name
// people too; none as long as no backup is good.
func dropAsides(dir string, now time.Time, safe bool) error {
	entries, err := os.ReadDir(filepath.Join(dir, backupsFolder))
	if errors.Is(err, os.ErrNotExist) || !safe {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		g := asideName.FindStringSubmatch(e.Name())
		if g == nil {
			continue
		}
		at, err := time.Parse(fileStamp, g[1])
		if err != nil || now.Sub(at) < monthly {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, backupsFolder, e.Name())); err != nil {
			return &repertoire.Error{Kind: repertoire.Refused, File: e.Name(), Err: err,
				Message: "Une ancienne base mise de côté n’a pas pu être supprimée : vérifiez vos droits dans le dossier backups."}
		}
	}
	return nil
}

// superfluous lists what may leave one slot.
func superfluous(slot string, members, all []Backup, good func(Backup) bool) []Backup {
	if slot == "" { // too old: they go if a newer one is good
		for _, b := range all {
			if b.At.After(members[0].At) && good(b) {
				return members
			}
		}
		// They are all there is: keep the newest good one among them.
	}
	if len(members) < 2 {
		return nil
	}
	for i, b := range members {
		if good(b) {
			return append(append([]Backup{}, members[:i]...), members[i+1:]...)
		}
	}
	return nil
}

func removeIfThere(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
