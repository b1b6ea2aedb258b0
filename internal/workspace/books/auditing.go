package books

import (
	"context"
	"path/filepath"

	"repertoire/internal/store"
)

// AuditEditions reads every frozen edition, its register and the files that
// readers had of it.
func (room *Room) AuditEditions(ctx context.Context) ([]store.Problem, error) {
	folder := room.Folder()
	items, err := folder.List()
	if err != nil {
		return nil, err
	}
	var out []store.Problem
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		if item.Damage != nil {
			out = append(out, store.Problem{Message: item.Damage.Error()})
			continue
		}
		if !item.Register.Stage().Out() {
			continue // its files are made anew when they are asked for
		}
		for _, f := range item.Register.Files {
			if !room.isKept(item.Sum, f) {
				out = append(out, store.Problem{Message: "Le fichier publié (" + f.Variant + ") de l’édition « " + item.Name() +
					" » manque ou n’est plus celui qui a été publié (" + filepath.Base(folder.PDF(item.Sum, f.Variant)) +
					") : remettez-le depuis une copie du dossier."})
			}
		}
	}
	return out, nil
}
