package orders

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/order/request"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/books"
)

// editionShelf is the shelf of the editions that are frozen in this workspace.
type editionShelf struct{ w *Room }

// frozen finds an edition by its identifier, by its label, or by "slug label"
// when several répertoires have one of that label. Of several frozen under one
// name the last is meant: the others are earlier attempts at it.
func (s editionShelf) frozen(ctx context.Context, ref string) (order.Edition, error) {
	if strings.TrimSpace(ref) == "" {
		return order.Edition{}, notFrozen(ref)
	}
	all, err := s.w.books.Editions(ctx)
	if err != nil {
		return order.Edition{}, err
	}
	want := repertoire.Fold(strings.TrimSpace(ref))
	found := map[string]books.EditionSummary{} // by directory: the last
	for _, e := range all {
		if string(e.ID) == strings.TrimSpace(ref) {
			return sellable(e)
		}
		label := repertoire.Fold(e.Label)
		if label != "" && (label == want || repertoire.Fold(e.Directory)+" "+label == want) {
			found[e.Directory] = e
		}
	}
	if len(found) > 1 {
		var names []string
		for _, e := range all {
			if f, ok := found[e.Directory]; ok && f.ID == e.ID {
				names = append(names, e.Directory+" "+e.Label)
			}
		}
		return order.Edition{}, &repertoire.Error{Kind: repertoire.Refused, Field: "edition",
			Message: "Plusieurs éditions s’appellent « " + ref + " » : « " + strings.Join(names, " », « ") +
				" ». Rien n’a été enregistré ; choisissez-en une."}
	}
	for _, e := range found {
		return sellable(e)
	}
	return order.Edition{}, notFrozen(ref)
}

// named finds the edition that words of a request mean.
func (s editionShelf) named(ctx context.Context, words string) (order.Edition, bool) {
	all, err := s.w.books.Editions(ctx)
	if err != nil || words == "" {
		return order.Edition{}, false
	}
	directories, err := s.w.base.Store.Directories(ctx)
	if err != nil {
		return order.Edition{}, false
	}
	holds := func(name string) bool {
		key := request.Key(name)
		return key != "" && strings.Contains(" "+words+" ", " "+key+" ")
	}
	meant := map[string]bool{}
	for _, d := range directories {
		names := append([]string{d.Slug, d.Title, d.Short}, d.Slug+"s")
		for _, iso := range d.Countries {
			if len(d.Countries) == 1 {
				names = append(names, s.w.base.Reference.CountryName(iso))
			}
		}
		meant[d.Slug] = slices.ContainsFunc(names, holds)
	}
	var found []books.EditionSummary
	for _, e := range all {
		if meant[e.Directory] && e.Damage == "" {
			found = append(found, e)
		}
	}
	// Of several labels of one répertoire, that which the words hold; else the last.
	if labelled := slices.DeleteFunc(slices.Clone(found), func(e books.EditionSummary) bool { return !holds(e.Label) }); len(labelled) > 0 {
		found = labelled
	}
	if len(found) == 0 || slices.ContainsFunc(found, func(e books.EditionSummary) bool { return e.Directory != found[0].Directory }) {
		return order.Edition{}, false
	}
	e, err := sellable(found[len(found)-1])
	return e, err == nil
}

// sellable gives a frozen edition as an order knows it.
func sellable(e books.EditionSummary) (order.Edition, error) {
	if e.Damage != "" {
		return order.Edition{}, &repertoire.Error{Kind: repertoire.Refused, Field: "edition",
			Message: "L’édition « " + string(e.ID) + " » est abîmée et ne peut pas être vendue : " + e.Damage}
	}
	return order.Edition{ID: e.ID, Label: e.Label, Directory: e.Directory, Title: e.Title, Pages: e.Pages, PageSize: e.PageSize,
		SHA256: e.SHA256}, nil
}

// copyFor rebuilds the digital file of an edition with its recipient's line.
func (s editionShelf) copyFor(ctx context.Context, edition repertoire.ID, recipient string, progress base.Progress) ([]byte, error) {
	dir, err := os.MkdirTemp("", "repertoire-copie-")
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "Le dossier temporaire ne peut pas être écrit : la copie n’a pas été faite. Libérez de la place sur le disque."}
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "copie.pdf")
	if _, err := s.w.books.Rebuild(ctx, string(edition), books.BuildOptions{Variant: books.Digital, Recipient: recipient, Output: file},
		progress); err != nil {
		return nil, err
	}
	return base.ReadFile(file)
}

// notFrozen refuses to sell what may still change.
func notFrozen(ref string) error {
	if strings.TrimSpace(ref) == "" {
		return &repertoire.Error{Kind: repertoire.Refused, Field: "edition",
			Message: "Il manque l’édition commandée. Rien n’a été enregistré."}
	}
	return &repertoire.Error{Kind: repertoire.Refused, Field: "edition",
		Message: "« " + ref +
			" » n’est pas une édition figée de ce dossier : rien n’a été enregistré. Figez d’abord l’édition, puis refaites la commande."}
}
