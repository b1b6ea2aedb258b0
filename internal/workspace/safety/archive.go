package safety

import (
	"context"

	"repertoire/internal/workspace/base"
)

// Archive writes the whole base as readable files, one a record, from which
// Rebuild makes it again.
func (room *Room) Archive(ctx context.Context, dir string, progress base.Progress) error {
	return base.Stopped(room.base.Store.ExportJSON(ctx, dir, progress.Tell))
}
