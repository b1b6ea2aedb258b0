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
// asked for by a person reaches the scheduled backups within that year.
const (
	hourly  = 24 * time.Hour
	daily   = 31 * 24 * time.Hour
	monthly = 366 * 24 * time.Hour

	// backupEvery is how old the last backup may be while there are changes.
	backupEvery = time.Hour

	// lastKept is how many of the newest backups stay whatever their dates.
	lastKept = 10
	// ahead is how far in the future a backup may be dated and still count: a
	// clock that was set right by more had been wrong.
	ahead = 10 * time.Minute
)

// stays tells whether a backup made for a reason is still kept for it. One that
// a person asked for is only removed by a person.
func (b Backup) stays(now time.Time) bool {
	age := now.Sub(b.At)
	return b.Reason == ReasonManual || b.Reason == ReasonMigration && age < 3*daily || b.Reason == ReasonPurge && age < daily
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
	now := s.options.now()
	for _, b := range kept {
		if b.At.After(now.Add(ahead)) {
			continue // made under a wrong clock: it does not count
		}
		if b.Seq == seq || now.Sub(b.At) < backupEvery {
			return false, nil
		}
		break
	}
	if _, err := s.Backup(ctx, "", ReasonScheduled, nil); err != nil {
		return false, err
	}
	_, err = Rotate(ctx, s.dir, now)
	return true, err
}

// Rotate removes the oldest backup that its generation no longer needs and
// returns it: one a run, so that a wrong clock is seen before it does harm. In
// each slot the newest good one stays, by the journal's numbers; nothing leaves
// a slot before one that stays has been read whole and found good, and nothing
// at all leaves while there is no good one. The last ten stay, and those that a
// person made; what is dated in the future neither goes nor counts.
func Rotate(ctx context.Context, dir string, now time.Time) (removed []Backup, err error) {
	all, err := Backups(dir) // newest first
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(b Backup) bool { return b.At.After(now.Add(ahead)) })
	checked := map[string]bool{}
	good := func(b Backup) bool {
		if _, done := checked[b.File]; !done {
			got, _, err := checksum(b.File)
			checked[b.File] = err == nil && b.SHA256 != "" && got == b.SHA256
		}
		return checked[b.File]
	}
	slots := map[string][]Backup{}
	for _, b := range all {
		g := generation(b, now)
		slots[g] = append(slots[g], b)
	}
	for i := len(all) - 1; i >= lastKept; i-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b := all[i]
		g := generation(b, now)
		if b.stays(now) || !slices.Contains(superfluous(g, slots[g], all, now, good), b) {
			continue
		}
		if err := remove(b); err != nil {
			return nil, &repertoire.Error{Kind: repertoire.Refused, File: b.File, Err: err,
				Message: "Une ancienne sauvegarde n’a pas pu être supprimée ; les autres sont intactes. Vérifiez vos droits dans le dossier backups."}
		}
		return []Backup{b}, sweepPool(dir)
	}
	return nil, dropAside(dir, now, slices.ContainsFunc(all, good))
}

// remove takes a backup away with what lies beside it.
func remove(b Backup) error {
	return errors.Join(os.Remove(b.File), removeIfThere(b.File+".sha256"), removeIfThere(b.File+listSuffix))
}

var asideName = regexp.MustCompile(`^(?:abime|journal|remplacee|registre)-(\d{8}T\d{6}Z)(?:-\d+)?$`)

// asidesKept is how many bases put aside stay whatever their dates.
const asidesKept = 3

// dropAside removes the oldest base kept aside for more than a year, for they
// name people too; none as long as no backup is good.
func dropAside(dir string, now time.Time, safe bool) error {
	entries, err := os.ReadDir(filepath.Join(dir, backupsFolder))
	if errors.Is(err, os.ErrNotExist) || !safe {
		return nil
	}
	if err != nil {
		return err
	}
	var oldest string
	var since time.Time
	n := 0
	for _, e := range entries {
		g := asideName.FindStringSubmatch(e.Name())
		if g == nil {
			continue
		}
		n++
		if at, err := time.Parse(fileStamp, g[1]); err == nil && (oldest == "" || at.Before(since)) {
			oldest, since = e.Name(), at
		}
	}
	if n <= asidesKept || now.Sub(since) < monthly {
		return nil
	}
	if err := os.RemoveAll(filepath.Join(dir, backupsFolder, oldest)); err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: oldest, Err: err,
			Message: "Une ancienne base mise de côté n’a pas pu être supprimée : vérifiez vos droits dans le dossier backups."}
	}
	return nil
}

// superfluous lists what may leave one slot.
func superfluous(slot string, members, all []Backup, now time.Time, good func(Backup) bool) []Backup {
	if slot == "" { // too old: they go if a newer one is good
		for _, b := range all {
			if b.Seq > members[0].Seq && generation(b, now) != "" && good(b) {
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
