package sharing

import (
	"context"

	"repertoire/internal/share"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Purged says what of the server's files nothing speaks of any more.
type Purged struct {
	Files   int   `json:"files"`
	Bytes   int64 `json:"bytes"`
	Removed bool  `json:"removed"` // they are gone; else they were only counted
}

// Purge removes from the server the pictures, attachments and former versions of
// shared files of which neither the shared journal nor a shared file speaks; with
// dry it only counts them.
func (room *Room) Purge(ctx context.Context, dry bool, progress base.Progress) (out Purged, err error) {
	err = room.with(ctx, func(common *share.Base) error {
		u, err := common.Unspoken(ctx, nil, store.Sums, func(done, total int) {
			if progress != nil {
				progress(done, total, "Lecture du journal partagé")
			}
		})
		if err == nil && !dry && len(u.Sizes) > 0 {
			u, err = common.Remove(ctx, u)
		}
		out = Purged{Files: len(u.Sizes), Bytes: u.Bytes(), Removed: !dry}
		return err
	})
	return out, base.Stopped(err)
}

// purge removes from the server files that an erasure has freed.
func (d *Desk) purge(ctx context.Context, freed []string) error {
	if len(freed) == 0 {
		return nil
	}
	u, err := d.Base.Unspoken(ctx, freed, store.Sums, nil)
	if err == nil && len(u.Sizes) > 0 {
		_, err = d.Base.Remove(ctx, u)
	}
	return err
}
