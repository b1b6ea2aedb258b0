package safety

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
)

// BackupItem is a backup found beside a base.
type BackupItem struct {
	File   string    `json:"file"`
	At     time.Time `json:"at"`
	Size   int64     `json:"size"` // bytes
	Reason string    `json:"reason"`
	Seq    int64     `json:"seq"` // number of the last change it holds
	// Vouched tells that it was read back whole when it was made, and that its
	// checksum is beside it.
	Vouched bool `json:"vouched"`
}

// Backups lists the backups of a folder, newest first; the folder need not be
// open, nor its base sound.
func Backups(dir string) ([]BackupItem, error) {
	found, err := store.Backups(dir)
	if err != nil {
		return nil, err
	}
	out := make([]BackupItem, len(found))
	for i, b := range found {
		out[i] = backupItem(b)
	}
	return out, nil
}

func backupItem(b store.Backup) BackupItem {
	return BackupItem{File: b.File, At: b.At, Size: b.Size, Reason: b.Reason, Seq: b.Seq, Vouched: b.SHA256 != ""}
}

// Backups lists the backups of the workspace, newest first.
func (room *Room) Backups() ([]BackupItem, error) { return Backups(room.base.Dir()) }

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
func (room *Room) SinceBackup(ctx context.Context, b BackupItem, limit int) (items []history.LogItem, total int, err error) {
	last, err := room.base.Store.LastSeq(ctx)
	if err != nil {
		return nil, 0, err
	}
	total = int(max(0, last-b.Seq))
	found, err := room.base.Store.Log(ctx, 0, min(limit, total))
	for _, c := range found {
		items = append(items, history.LogItem{HistoryItem: *history.Item(c), Records: c.Ops})
	}
	return items, total, err
}

// Damage is what is known of a folder whose base is damaged.
type Damage struct {
	Dir     string
	Message string
	Aside   string // folder with an untouched copy of the damaged base, "" none
	Backups []BackupItem
}

// DamageOf tells whether err, from Open, says that the base of dir is damaged,
// and what can be done.
func DamageOf(err error, dir string) (Damage, bool) {
	var base *store.DamagedBase
	if errors.As(err, &base) {
		d := Damage{Dir: base.Dir, Message: base.Error(), Aside: base.Aside}
		for _, b := range base.Backups {
			d.Backups = append(d.Backups, backupItem(b))
		}
		return d, true
	}
	var known *repertoire.Error
	if !errors.As(err, &known) || known.Kind != repertoire.Damaged || known.File != "" && filepath.Base(known.File) != store.File {
		return Damage{}, false
	}
	d := Damage{Dir: dir, Message: known.Message}
	d.Backups, _ = Backups(dir) // none to offer when they cannot be listed
	return d, true
}

// NewestSound reads backups from the newest and gives the first that can be
// restored; false when none can.
func NewestSound(ctx context.Context, list []BackupItem, progress base.Progress) (BackupItem, bool, error) {
	for i, b := range list {
		if progress != nil {
			progress.Tell(i, len(list), filepath.Base(b.File))
		}
		err := VerifyBackup(ctx, b.File)
		if err == nil {
			return b, true, nil
		}
		if ctx.Err() != nil {
			return BackupItem{}, false, base.Stopped(ctx.Err())
		}
	}
	return BackupItem{}, false, nil
}
