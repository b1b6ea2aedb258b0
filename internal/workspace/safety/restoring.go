package safety

import (
	"context"
	"errors"
	"os"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// RestorePlan says what a restoration takes back and what it keeps.
type RestorePlan = store.RestorePlan

// Restore puts a backup in the place of the base of a workspace that nobody
// has open; the present base is kept aside. What was sold since stays.
func Restore(ctx context.Context, dir, file string, progress base.Progress) (RestorePlan, error) {
	made, err := folderFor(dir)
	if err != nil {
		return RestorePlan{}, err
	}
	if made {
		defer func() { _ = os.Remove(dir) }() // only an empty one goes
	}
	plan, err := store.Restore(ctx, dir, file, store.Options{Command: true}, progress.Tell)
	return plan, base.Stopped(err)
}

// PlanRestore says what Restore would do, and does nothing; the workspace may
// be open on this machine.
func PlanRestore(ctx context.Context, dir, file string, progress base.Progress) (RestorePlan, error) {
	made, err := folderFor(dir)
	if err != nil {
		return RestorePlan{}, err
	}
	if made {
		defer func() { _ = os.RemoveAll(dir) }()
	}
	plan, err := store.PlanRestore(ctx, dir, file, store.Options{Share: true, Command: true}, progress.Tell)
	return plan, base.Stopped(err)
}

// PlanRestore is the same of an open workspace.
func (room *Room) PlanRestore(ctx context.Context, file string, progress base.Progress) (RestorePlan, error) {
	return PlanRestore(ctx, room.base.Dir(), file, progress)
}

// folderFor makes the folder of a workspace that was lost with its machine.
func folderFor(dir string) (made bool, err error) {
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false, &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: err,
			Message: "Le dossier « " + dir +
				" » ne peut pas être créé : choisissez un emplacement où vous pouvez écrire. Rien n’a été restauré."}
	}
	return true, nil
}

// Salvage makes a clean base of what can still be read of the present one.
func Salvage(ctx context.Context, dir string, progress base.Progress) (store.SalvageReport, error) {
	r, err := store.Salvage(ctx, dir, store.Options{Command: true}, progress.Tell)
	return r, base.Stopped(err)
}
