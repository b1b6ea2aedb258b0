package orders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

	"repertoire/internal/layout"
	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Letter writes the e-mail draft that sends a document of an order, with the
// document attached; an output of "" is the folder of the order. Nothing is sent:
// the draft is opened and read over in the officer's mail program.
func (room *Room) Letter(ctx context.Context, ref string, kind OrderPaper, output string) (Written, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return Written{}, err
	}
	if o.Buyer.Email == "" {
		return Written{}, paper.RefuseNoAddress(&o)
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Written{}, err
	}
	var number string
	var attached post.Attachment
	var text paper.Words
	if kind == PaperInvoice || kind == PaperCredit {
		v, err := room.issued(ctx, &o, kind, ref)
		if err != nil {
			return Written{}, err
		}
		number, text = v.Number(), paper.SendingInvoice(&o, &v)
		if attached, err = room.attachInvoice(ctx, &v); err != nil {
			return Written{}, err
		}
	} else {
		doc, err := room.document(ctx, &o, s.Seller, kind, ref)
		if err != nil {
			return Written{}, err
		}
		number, text = o.Number()+"-"+string(kind), paper.Sending(&o, doc.Meta.Subject)
		if kind == PaperQuote {
			q, _ := room.standing(ctx, &o)
			number, text = q.Number(), paper.SendingQuote(&o, q)
		}
		if attached, err = room.attach(ctx, number, doc); err != nil {
			return Written{}, err
		}
	}
	draft, err := paper.Letter(s.Seller, &o, room.base.Now(), text, attached)
	if err != nil {
		return Written{}, err
	}
	if output == "" {
		output = filepath.Join(room.base.Dir(), store.OrdersFolder, o.Number(), fileName(number)+".eml")
	}
	if err := writeDraft(output, draft); err != nil {
		return Written{}, err
	}
	return written(output, number, draft), nil
}

func written(output, title string, data []byte) Written {
	sum := sha256.Sum256(data)
	return Written{File: output, Title: title, SHA256: hex.EncodeToString(sum[:])}
}

func writeDraft(output string, draft []byte) error {
	if err := os.MkdirAll(filepath.Dir(output), 0o700); err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: output, Err: err,
			Message: "Le dossier « " + filepath.Dir(output) +
				" » ne peut pas être créé : le brouillon n’a pas été écrit. Choisissez-en un où vous pouvez écrire."}
	}
	return base.WriteWhole(output, draft)
}

// attach sets a document as a file to send.
func (room *Room) attach(ctx context.Context, name string, doc layout.Document, files ...pdf.Attachment) (post.Attachment, error) {
	pages, err := room.lay(ctx, doc, paper.Format)
	if err != nil {
		return post.Attachment{}, err
	}
	data, _, err := pdf.Write(ctx, pages, pdf.Options{Variant: pdf.Digital, Attachments: files})
	return post.Attachment{Name: fileName(name) + ".pdf", Type: paper.PDF, Data: data}, base.Stopped(err)
}

// attachInvoice sets an invoice or a credit note as a file for people and
// machines.
func (room *Room) attachInvoice(ctx context.Context, v *order.Invoice) (post.Attachment, error) {
	data, err := v.CII()
	if err != nil {
		return post.Attachment{}, err
	}
	return room.attach(ctx, v.Number(), paper.Invoice(v), carried(v, data))
}

// Remind writes the e-mail draft that asks for an invoice past its due day, and
// notes the day on the order; an output of "" is the folder of the order.
func (room *Room) Remind(ctx context.Context, ref, output string) (Written, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return Written{}, err
	}
	if o.State() != order.Invoiced {
		return Written{},
			repertoire.Refuse("La commande %s est « %s » : on ne relance qu’une facture qui attend son paiement. Rien n’a été écrit.",
				o.Number(), order.States.Label(o.State()))
	}
	v, err := room.base.Store.Invoice(ctx, o.Invoice)
	if err != nil {
		return Written{}, err
	}
	if today := room.today(); !v.Due.Before(today) {
		return Written{}, repertoire.Refuse("La facture %s est à payer jusqu’au %s : elle n’est pas en retard. Rien n’a été écrit.",
			v.Number(), v.Due.Field())
	} else if n := len(o.Reminded); n > 0 && o.Reminded[n-1] == today {
		return Written{}, repertoire.Refuse("La facture %s a déjà été relancée aujourd’hui. Rien n’a été écrit.", v.Number())
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return Written{}, err
	}
	attached, err := room.attachInvoice(ctx, &v)
	if err != nil {
		return Written{}, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Relance de la facture "+v.Number())
	draft, err := paper.Reminder(s.Seller, &o, &v, c.At, attached)
	if err != nil {
		return Written{}, err
	}
	if output == "" {
		output = filepath.Join(room.base.Dir(), store.OrdersFolder, o.Number(), fileName(v.Number()+"-rappel-"+string(room.today()))+".eml")
	}
	if err := writeDraft(output, draft); err != nil {
		return Written{}, err
	}
	o.Reminded = append(o.Reminded, room.today())
	if _, err := room.save(ctx, &c, &o); err != nil {
		_ = os.Remove(output) // a draft that nothing remembers would be sent twice
		return Written{}, err
	}
	return written(output, v.Number(), draft), nil
}
