package books

import (
	"context"
	"strings"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// RenameEdition gives an edition that readers have not had another label. The
// label is printed: the edition is made anew from the same data under it, with
// its history, and the one under the old label goes. What an order, a stock or
// another edition refers to keeps its name.
func (room *Room) RenameEdition(ctx context.Context, id, label string, progress base.Progress) (out EditionSummary, err error) {
	defer func() { err = base.Stopped(err) }()
	label = strings.TrimSpace(label)
	if label == "" {
		return out, repertoire.Refuse("Une édition a un libellé : écrivez-en un, par exemple « septembre 2026 ». Rien n’a été changé.")
	}
	if room.base.ReadOnly() {
		return out, repertoire.Refuse(
			"Le dossier de travail est ouvert en lecture seule : l’édition garde son libellé. Fermez-le et ouvrez-le pour écrire.")
	}
	old, err := room.renamable(ctx, id)
	if err != nil || old.Snapshot.Label == label {
		return editionSummary(old), err
	}
	renamed := *old.Snapshot
	renamed.Label = label
	files, _, err := room.firstFiles(ctx, &renamed, progress)
	if err != nil {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	room.base.Writing.Lock()
	defer room.base.Writing.Unlock()
	// While the files were made, somebody may have published it.
	if old, err = room.renamable(ctx, id); err != nil {
		return out, err
	}
	item, added, err := room.Folder().Put(&renamed, files, room.base.Now(), room.base.Author())
	if err != nil {
		return out, err
	}
	if !added {
		return out, repertoire.Refuse("Une édition « %s » de ce répertoire est déjà figée : rien n’a été changé.", label)
	}
	item.Register.Steps = old.Register.Steps
	if err := room.Folder().Keep(item); err != nil {
		return out, err
	}
	if err := room.Folder().Delete(old); err != nil {
		return out, err
	}
	return editionSummary(item), nil
}

// renamable finds an edition that nothing but its own pages knows by its label.
func (room *Room) renamable(ctx context.Context, id string) (edition.Item, error) {
	folder := room.Folder()
	item, err := folder.Find(id)
	if err != nil {
		return item, err
	}
	if item.Damage != nil {
		return item, repertoire.Refuse(
			"Les fichiers de cette édition sont abîmés : elle garde son libellé. Remettez-les depuis une copie du dossier.")
	}
	if stage := item.Register.Stage(); stage.Out() {
		return item, repertoire.Refuse("L’édition « %s » est dans l’état « %s » : des lecteurs la connaissent sous ce nom. Rien n’a été changé.",
			item.Snapshot.Label, edition.Stages.Label(stage))
	}
	items, err := folder.List()
	if err != nil {
		return item, err
	}
	for _, x := range items {
		if x.Snapshot != nil && x.Snapshot.Previous != nil && x.Snapshot.Previous.ID == item.ID && x.ID != item.ID {
			return item, repertoire.Refuse(
				"L’édition « %s » raconte ses nouveautés depuis « %s », sous ce nom : rien n’a été changé.", x.Snapshot.Label, item.Snapshot.Label)
		}
	}
	ordered, err := room.ordered(ctx, item)
	if err != nil {
		return item, err
	}
	if ordered {
		return item, repertoire.Refuse("L’édition « %s » a un stock ou une commande, sous ce nom : rien n’a été changé.", item.Snapshot.Label)
	}
	return item, nil
}

// ordered tells whether an order or a stock refers to an edition.
func (room *Room) ordered(ctx context.Context, item edition.Item) (bool, error) {
	moves, err := room.base.Store.Movements(ctx, item.ID)
	if err != nil || len(moves) > 0 {
		return len(moves) > 0, err
	}
	orders, err := room.base.Store.Orders(ctx, store.OrderQuery{Text: item.Snapshot.Label})
	if err != nil {
		return false, err
	}
	for _, o := range orders {
		for _, l := range o.Lines {
			if l.Edition.ID == item.ID {
				return true, nil
			}
		}
	}
	return false, nil
}
