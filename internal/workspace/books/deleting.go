package books

import (
	"context"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// DeleteEdition removes a frozen draft from the folder of editions. What was
// approved or published is what people worked on or had in hand: it stays.
func (room *Room) DeleteEdition(ctx context.Context, id string) error {
	if room.base.ReadOnly() {
		return repertoire.Refuse(
			"Le dossier de travail est ouvert en lecture seule : l’édition n’a pas été supprimée. Fermez-le et ouvrez-le pour écrire.")
	}
	room.base.Writing.Lock()
	defer room.base.Writing.Unlock()
	folder := room.Folder()
	item, err := folder.Find(id)
	if err != nil {
		return err
	}
	if item.Damage != nil {
		return repertoire.Refuse(
			"Les fichiers de cette édition sont abîmés : son état n’est pas certain, elle n’a pas été supprimée. Remettez-les depuis une copie du dossier.")
	}
	if stage := item.Register.Stage(); stage != edition.Draft {
		return repertoire.Refuse("L’édition « %s » est dans l’état « %s » : seul un brouillon peut être supprimé. Rien n’a été changé.",
			item.Snapshot.Label, edition.Stages.Label(stage))
	}
	items, err := folder.List()
	if err != nil {
		return err
	}
	for _, x := range items {
		if x.Snapshot != nil && x.Snapshot.Previous != nil && x.Snapshot.Previous.ID == item.ID && x.ID != item.ID {
			return repertoire.Refuse(
				"L’édition « %s » raconte ses nouveautés depuis « %s » : celle-ci ne peut pas être supprimée. Rien n’a été changé.",
				x.Snapshot.Label, item.Snapshot.Label)
		}
	}
	if err := ctx.Err(); err != nil {
		return base.Stopped(err)
	}
	return folder.Delete(item)
}
