package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"repertoire/internal/store"
)

// audit looks at what lies beside the base, and names what is wrong as a person
// knows it: editions and their files, files delivered with orders, the register
// of documents, backups.
func (w *Workspace) audit(ctx context.Context) ([]store.Problem, error) {
	out, err := w.store.Audit(ctx, nil)
	if err != nil {
		return out, err
	}
	editions, err := w.auditEditions(ctx)
	if err != nil {
		return out, err
	}
	orders, err := w.auditDeliveries(ctx)
	return append(append(out, editions...), orders...), err
}

// auditEditions reads every frozen edition, its register and the files that
// readers had of it.
func (w *Workspace) auditEditions(ctx context.Context) ([]store.Problem, error) {
	shelf := w.shelf()
	items, err := shelf.List()
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
			if !w.isKept(item.Sum, f) {
				out = append(out, store.Problem{Message: "Le fichier publié (" + f.Variant + ") de l’édition « " + string(item.ID) +
					" » manque ou n’est plus celui qui a été publié (" + filepath.Base(shelf.PDF(item.Sum, f.Variant)) + ") : remettez-le depuis une copie du dossier."})
			}
		}
	}
	return out, nil
}

// auditDeliveries compares the copies delivered with their checksums. One that
// a person put elsewhere or deleted is no fault; one that changed is.
func (w *Workspace) auditDeliveries(ctx context.Context) ([]store.Problem, error) {
	orders, err := w.store.Orders(ctx, store.OrderQuery{})
	if err != nil {
		return nil, err
	}
	var out []store.Problem
	for _, o := range orders {
		for _, c := range o.Copies {
			file := c.File
			if !filepath.IsAbs(file) {
				file = filepath.Join(w.dir, ordersFolder, o.Number(), filepath.Base(file))
			}
			raw, err := os.ReadFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil || hexSum(raw) != c.SHA256 {
				out = append(out, store.Problem{Record: o.ID, Message: "Le fichier livré avec la commande " + o.Number() + " (" + filepath.Base(file) + ") n’est plus tel qu’il a été livré."})
			}
		}
		if err := ctx.Err(); err != nil {
			return out, err
		}
	}
	return out, nil
}
