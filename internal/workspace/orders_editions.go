package workspace

import (
	"context"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// editionShelf is the shelf of the editions that are frozen in this workspace.
type editionShelf struct{ w *Workspace }

func (s editionShelf) frozen(_ context.Context, ref string) (order.Edition, error) {
	return order.Edition{}, notFrozen(ref)
}

func (s editionShelf) copyFor(_ context.Context, edition repertoire.ID, _ string, _ Progress) ([]byte, error) {
	return nil, notFrozen(string(edition))
}

// notFrozen refuses to sell what may still change.
func notFrozen(ref string) error {
	if strings.TrimSpace(ref) == "" {
		return &repertoire.Error{Kind: repertoire.Refused, Field: "edition", Message: "Il manque l’édition commandée. Rien n’a été enregistré."}
	}
	return &repertoire.Error{Kind: repertoire.Refused, Field: "edition",
		Message: "« " + ref + " » n’est pas une édition figée de ce dossier : rien n’a été enregistré. Figez d’abord l’édition, puis refaites la commande."}
}
