package safety

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// audit looks at what lies beside the base, and names what is wrong as a person
// knows it: editions and their files, files delivered with orders, the register
// of documents, backups.
func (room *Room) audit(ctx context.Context) ([]store.Problem, error) {
	out, err := room.base.Store.Audit(ctx, nil)
	if err != nil {
		return out, err
	}
	editions, err := room.books.AuditEditions(ctx)
	if err != nil {
		return out, err
	}
	sold, err := room.auditDeliveries(ctx)
	return append(append(out, editions...), sold...), err
}

// auditDeliveries compares the copies delivered with their checksums. One that
// a person put elsewhere or deleted is no fault; one that changed is.
func (room *Room) auditDeliveries(ctx context.Context) ([]store.Problem, error) {
	sold, err := room.base.Store.Orders(ctx, store.OrderQuery{})
	if err != nil {
		return nil, err
	}
	var out []store.Problem
	for _, o := range sold {
		for _, c := range o.Copies {
			file := c.File
			if !filepath.IsAbs(file) {
				file = filepath.Join(room.base.Dir(), store.OrdersFolder, o.Number(), filepath.Base(file))
			}
			raw, err := os.ReadFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil || base.HexSum(raw) != c.SHA256 {
				out = append(out, store.Problem{Record: o.ID, Message: "Le fichier livré avec la commande " + o.Number() + " (" +
					filepath.Base(file) + ") n’est plus tel qu’il a été livré."})
			}
		}
		if err := ctx.Err(); err != nil {
			return out, err
		}
	}
	return out, nil
}
