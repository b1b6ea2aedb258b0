package counter

import (
	"context"
	"path/filepath"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/workspace/orders"
)

// document is a paper that can be written for an order.
type document struct {
	label, file string // "Facture", "facture.pdf"
	write       func(ctx context.Context, d *orders.Room, output string) error
	// sent is what a draft can send, "" for what is only printed.
	sent orders.OrderPaper
}

// papers lists what an order has at its state.
func (v *View) papers(o order.Order) []document {
	id := string(o.ID)
	pdf := func(kind orders.OrderPaper) func(context.Context, *orders.Room, string) error {
		return func(ctx context.Context, d *orders.Room, output string) error {
			_, err := d.Paper(ctx, id, kind, output)
			return err
		}
	}
	number := o.Number()
	list := []document{}
	if len(o.Quotes) > 0 || o.Delivered == "" && o.State() != order.Cancelled {
		list = append(list, document{i18n.T("Devis"), number + "-devis.pdf", pdf(orders.PaperQuote), orders.PaperQuote})
	}
	list = append(list, document{i18n.T("Confirmation de commande"), number + "-confirmation.pdf", pdf(orders.PaperConfirmation),
		orders.PaperConfirmation})
	if len(o.OnPaper()) > 0 {
		list = append(list, document{i18n.T("Bon de livraison"), number + "-livraison.pdf", pdf(orders.PaperDelivery),
			orders.PaperDelivery},
			document{label: i18n.T("Étiquette d’adresse"), file: number + "-etiquette.pdf",
				write: func(ctx context.Context, d *orders.Room, output string) error {
					_, err := d.Labels(ctx, []string{id}, "", 0, output)
					return err
				}})
	}
	for _, x := range []struct {
		has   bool
		kind  orders.OrderPaper
		label string
		file  string
	}{
		{o.Invoice != "", orders.PaperInvoice, i18n.T("Facture"), v.numbers[o.Invoice]},
		{o.Credit != "", orders.PaperCredit, i18n.T("Avoir"), v.numbers[o.Credit]},
	} {
		if !x.has {
			continue
		}
		list = append(list, document{x.label, x.file + ".pdf", pdf(x.kind), x.kind},
			document{label: i18n.T("%s, Factur-X (PDF avec XML)", x.label), file: x.file + "-factur-x.pdf", sent: x.kind,
				write: func(ctx context.Context, d *orders.Room, output string) error {
					_, err := d.FacturX(ctx, id, x.kind, output)
					return err
				}},
			document{label: i18n.T("%s, XML seul", x.label), file: x.file + ".xml",
				write: func(ctx context.Context, d *orders.Room, output string) error {
					_, err := d.XML(ctx, id, x.kind, output)
					return err
				}})
	}
	return list
}

// ShowPapers asks which document to write, and where.
func (v *View) ShowPapers(o order.Order) {
	list := v.papers(o)
	labels := make([]string, len(list))
	for i, p := range list {
		labels[i] = p.label
	}
	kind := widgets.NewRadioColumn(labels, nil)
	kind.SetSelected(labels[len(labels)-1])
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].label == i18n.T("Facture") {
			kind.SetSelected(list[i].label)
		}
	}
	note := widgets.NewParagraph(
		i18n.T("Chorus Pro accepte le PDF simple et le Factur-X. Le brouillon de message porte le document joint ; celui d’une facture est un Factur-X."), theme.ColorMuted)
	q := v.ask(i18n.T("Documents de la commande %s", o.Number()), i18n.T("Écrire…"), "document", 520, widgets.Column(8, kind, note),
		func(q *question) {
			for _, p := range list {
				if p.label != kind.Selected {
					continue
				}
				files.Save(v.window, "orders", filepath.Join(files.Folder("orders"), p.file), p.label,
					func(path string) { v.writePaper(p, path, q) })
			}
		})
	q.also(widgets.NewButton(i18n.T("Brouillon de message"), "mail", func() {
		for _, p := range list {
			if p.label == kind.Selected {
				v.writeLetter(o, p, q)
			}
		}
	}))
}

// writeLetter writes the draft that sends a document, and opens it.
func (v *View) writeLetter(o order.Order, p document, q *question) {
	if p.sent == "" {
		q.refuse(i18n.T("« %s » ne s’envoie pas par message : écrivez le fichier.", p.label))
		return
	}
	v.write(func(ctx context.Context) func() {
		made, err := v.door.Orders().Letter(ctx, string(o.ID), p.sent, "")
		return func() {
			if err != nil {
				q.refuse(err.Error())
				return
			}
			q.modal.Close()
			v.say(widgets.Success, i18n.T("Le brouillon est prêt : relisez-le et envoyez-le (%s).", made.File))
			v.Reload()
			v.openPath(made.File)
		}
	})
}

func (v *View) writePaper(p document, path string, q *question) {
	v.write(func(ctx context.Context) func() {
		err := p.write(ctx, v.door.Orders(), path)
		return func() {
			if err != nil {
				q.refuse(err.Error())
				return
			}
			q.modal.Close()
			v.say(widgets.Success, i18n.T("%s écrit : %s.", p.label, path))
			v.openPath(path)
		}
	})
}

// saveTable asks where to write something and writes it.
func (v *View) saveTable(name, title string, write func(ctx context.Context, path string) error) {
	files.Save(v.window, "orders", filepath.Join(files.Folder("orders"), name), title, func(path string) {
		v.write(func(ctx context.Context) func() {
			err := write(ctx, path)
			return func() {
				if err != nil {
					v.fail(err)
					return
				}
				v.say(widgets.Success, i18n.T("%s écrit : %s.", title, path))
			}
		})
	})
}
