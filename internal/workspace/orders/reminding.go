package orders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"

	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Remind writes the e-mail draft that asks for an invoice past its due day, and
// notes the day on the order. Nothing is sent: the draft is opened and read over
// in the officer's mail program.
func (room *Room) Remind(ctx context.Context, ref, output string) (Written, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return Written{}, err
	}
	if o.State() != order.Invoiced {
		return Written{}, repertoire.Refuse("La commande %s est « %s » : on ne relance qu’une facture qui attend son paiement. Rien n’a été écrit.", o.Number(), order.States.Label(o.State()))
	}
	v, err := room.base.Store.Invoice(ctx, o.Invoice)
	if err != nil {
		return Written{}, err
	}
	if today := room.today(); !v.Due.Before(today) {
		return Written{}, repertoire.Refuse("La facture %s est à payer jusqu’au %s : elle n’est pas en retard. Rien n’a été écrit.", v.Number(), v.Due.Field())
	} else if n := len(o.Reminded); n > 0 && o.Reminded[n-1] == today {
		return Written{}, repertoire.Refuse("La facture %s a déjà été relancée aujourd’hui. Rien n’a été écrit.", v.Number())
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Written{}, err
	}
	pages, err := room.lay(ctx, paper.Invoice(&v), paper.Format)
	if err != nil {
		return Written{}, err
	}
	invoice, _, err := pdf.Write(ctx, pages, pdf.Options{Variant: pdf.Digital})
	if err != nil {
		return Written{}, base.Stopped(err)
	}
	c := room.base.Change(repertoire.CauseEdit, "Relance de la facture "+v.Number())
	draft, err := paper.Reminder(s.Seller, &o, &v, c.At, post.Attachment{Name: fileName(v.Number()) + ".pdf", Type: paper.PDF, Data: invoice})
	if err != nil {
		return Written{}, err
	}
	if err := base.WriteWhole(output, draft); err != nil {
		return Written{}, err
	}
	o.Reminded = append(o.Reminded, room.today())
	if _, err := room.save(ctx, &c, &o); err != nil {
		_ = os.Remove(output) // a draft that nothing remembers would be sent twice
		return Written{}, err
	}
	sum := sha256.Sum256(draft)
	return Written{File: output, Title: v.Number(), SHA256: hex.EncodeToString(sum[:])}, nil
}
