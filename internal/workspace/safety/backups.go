package safety

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/store/folder"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
)

// Backup is a backup found beside a base.
type Backup = store.Backup

// Backups lists the backups of a folder, newest first; the folder need not be
// open, nor its base sound.
func Backups(dir string) ([]Backup, error) {
	return store.Backups(dir)
}

// Backups lists the backups of the workspace, newest first.
func (room *Room) Backups() ([]Backup, error) { return Backups(room.base.Dir()) }

// VerifyBackup reads a backup whole; nil says that it can be restored.
func VerifyBackup(ctx context.Context, file string) error {
	return base.Stopped(store.VerifyBackup(ctx, file))
}

// VerifyBackup is the same of an open workspace.
func (room *Room) VerifyBackup(ctx context.Context, file string) error {
	return VerifyBackup(ctx, file)
}

// SinceBackup lists what was written after a backup, newest first, at most
// limit changes: what restoring it would lose. total counts them all.
func (room *Room) SinceBackup(ctx context.Context, b Backup, limit int) (items []history.Item, total int, err error) {
	last, err := room.base.Store.LastSeq(ctx)
	if err != nil {
		return nil, 0, err
	}
	total = int(max(0, last-b.Seq))
	found, err := room.base.Store.Log(ctx, 0, min(limit, total))
	for _, c := range found {
		items = append(items, history.Item{ChangeInfo: c})
	}
	return items, total, err
}

// Damage is what is known of a folder whose base is damaged.
type Damage struct {
	Dir     string
	Message string
	Aside   string // folder with an untouched copy of the damaged base, "" none
	Backups []Backup
}

// DamageOf tells whether err, from Open, says that the base of dir is damaged,
// and what can be done.
func DamageOf(err error, dir string) (Damage, bool) {
	var base *store.DamagedBase
	if errors.As(err, &base) {
		return Damage{Dir: base.Dir, Message: base.Error(), Aside: base.Aside, Backups: slices.Clone(base.Backups)}, true
	}
	var known *repertoire.Error
	if !errors.As(err, &known) || known.Kind != repertoire.Damaged || known.File != "" && filepath.Base(known.File) != store.File {
		return Damage{}, false
	}
	d := Damage{Dir: dir, Message: known.Message}
	d.Backups, _ = Backups(dir) // none to offer when they cannot be listed
	return d, true
}

// Readable tells whether err, from Open, is about a folder that can be opened
// all the same to be read: somebody else has it, or nothing can be written there.
func Readable(err error) bool {
	var held *folder.Held
	return errors.As(err, &held) || errors.Is(err, folder.ErrNoLock)
}

// NewestSound reads backups from the newest and gives the first that can be
// restored; false when none can.
func NewestSound(ctx context.Context, list []Backup, progress base.Progress) (Backup, bool, error) {
	for i, b := range list {
		if progress != nil {
			progress.Tell(i, len(list), filepath.Base(b.File))
		}
		err := VerifyBackup(ctx, b.File)
		if err == nil {
			return b, true, nil
		}
		if ctx.Err() != nil {
			return Backup{}, false, base.Stopped(ctx.Err())
		}
	}
	return Backup{}, false, nil
}
