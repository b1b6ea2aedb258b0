package books

import (
	"context"
	"maps"

	"repertoire/internal/repertoire"
)

// OverridePages decides how one entry of a répertoire is set, for this edition
// and the next ones; the zero decision leaves it to the book again.
func (room *Room) OverridePages(ctx context.Context, slug string, id repertoire.ID, o repertoire.PageOverride) error {
	if o.PictureWidth < 0 || o.PictureWidth > 1 {
		return repertoire.Refuse("La largeur des images est une part de la colonne, entre 0 et 1. Rien n’a été enregistré.")
	}
	d, err := room.base.NeedDirectory(ctx, slug)
	if err != nil {
		return err
	}
	p, err := room.base.Store.Partnership(ctx, id)
	if err != nil {
		return err
	}
	all := map[repertoire.ID]repertoire.PageOverride{}
	maps.Copy(all, d.Overrides)
	all[p.ID] = o
	if o == (repertoire.PageOverride{}) {
		delete(all, p.ID)
	}
	d.Overrides = all
	_, err = room.records.SaveDirectory(ctx, d)
	return err
}
