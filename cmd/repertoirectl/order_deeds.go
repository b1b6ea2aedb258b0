package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/orders"
)

// each does a deed for each of several orders in one opening of the folder. One
// order is reported as itself, several as a list; what is refused for one is said,
// and does not stop the others.
func (f *face) each(refs []string, do func(ref string) (row any, print func(io.Writer), err error)) error {
	if len(refs) == 1 {
		row, print, err := do(refs[0])
		if err != nil {
			return err
		}
		return f.report(row, print)
	}
	rows := []any{}
	var prints []func(io.Writer)
	failed := 0
	for _, ref := range refs {
		row, print, err := do(ref)
		if err != nil {
			failed++
			f.complain("%s : %v", ref, err)
			continue
		}
		rows, prints = append(rows, row), append(prints, print)
	}
	err := f.report(rows, func(out io.Writer) {
		for _, print := range prints {
			print(out)
		}
	})
	if err == nil && failed > 0 {
		err = repertoire.Refuse("%d des %d commandes n’ont pas suivi ; les autres sont enregistrées.", failed, len(refs))
	}
	return err
}

func (f *face) orderFulfilCommand() *cobra.Command {
	var opt orders.FulfilOptions
	var date string
	var waiting bool
	c := &cobra.Command{
		Use:   "fulfil COMMANDE…",
		Short: "Exécute des commandes : copies numériques au nom de l’acheteur, sortie du stock ; --waiting prend toutes celles qui attendent", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if waiting == (len(args) > 0) {
				return usageError{repertoire.Refuse("donnez des commandes, ou --waiting pour toutes celles qui attendent")}
			}
			var err error
			if opt.Date, err = repertoire.ParseDate(date); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if waiting {
					list, err := w.Orders().List(cmd.Context(), orders.Waiting)
					if err != nil {
						return err
					}
					for i := len(list) - 1; i >= 0; i-- { // the oldest first
						args = append(args, list[i].Number())
					}
				}
				return f.each(args, func(ref string) (any, func(io.Writer), error) {
					done, err := w.Orders().Fulfil(cmd.Context(), ref, opt, f.progress())
					if err != nil {
						return nil, nil, err
					}
					for _, l := range done.Low {
						f.complain("Stock bas : il reste %d exemplaires de « %s ».", l.Copies, l.Edition.Name())
					}
					row := struct {
						Order orderRow `json:"order"`
						Files []string `json:"files"`
					}{rowOfOrder(done.Order, nil), done.Files}
					return row, func(out io.Writer) {
						printOrder(out, done.Order, nil)
						for _, file := range done.Files {
							fmt.Fprintln(out, " ", file)
						}
					}, nil
				})
			})
		},
	}
	c.Flags().BoolVar(&waiting, "waiting", false, "toutes les commandes qui attendent leur envoi, la plus ancienne d’abord")
	c.Flags().StringVar(&date, "date", "", "jour de l’envoi ; aujourd’hui sinon")
	c.Flags().StringVar(&opt.Tracking, "tracking", "", "numéro de suivi du colis")
	c.Flags().StringVar(&opt.Recipient, "recipient", "", "nom porté par les copies numériques ; l’acheteur sinon")
	c.Flags().StringVarP(&opt.Folder, "output", "o", "", "dossier des copies numériques et du brouillon de message")
	return c
}

// invoiceRow is an invoice as it is printed.
type invoiceRow struct {
	ID      repertoire.ID   `json:"id"`
	Number  string          `json:"number"`
	Kind    order.Kind      `json:"kind"`
	Date    repertoire.Date `json:"date"`
	Due     repertoire.Date `json:"due"`
	Order   string          `json:"order"`
	Buyer   string          `json:"buyer"`
	Credits string          `json:"credits,omitempty"`
	Net     string          `json:"net"`
	VAT     string          `json:"vat"`
	Total   string          `json:"total"`
	Cents   int64           `json:"total_cents"`
	File    string          `json:"file,omitempty"`
}

func rowOfInvoice(v order.Invoice) invoiceRow {
	return invoiceRow{ID: v.ID, Number: v.Number(), Kind: v.Kind, Date: v.Date, Due: v.Due, Order: v.OrderNumber, Buyer: v.Buyer.Name,
		Credits: v.CreditsNumber,
		Net:     v.Totals.Net.Decimal(), VAT: v.Totals.Tax.Decimal(), Total: v.Totals.Gross.Decimal(), Cents: int64(v.Totals.Gross)}
}

func printInvoice(out io.Writer, r invoiceRow) {
	fmt.Fprintf(out, "%s %s du %s : %s à %s (commande %s)\n", map[order.Kind]string{order.KindInvoice: "Facture",
		order.KindCredit: "Avoir"}[r.Kind], r.Number, r.Date.Field(), order.Cents(r.Cents).French(), r.Buyer, r.Order)
	if r.File != "" {
		fmt.Fprintln(out, " ", r.File)
	}
}

func (f *face) orderInvoiceCommand() *cobra.Command {
	var date, output string
	c := &cobra.Command{
		Use: "invoice COMMANDE…", Short: "Émet les factures de commandes livrées ; -o écrit le PDF d’une seule",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			on, err := repertoire.ParseDate(date)
			if err != nil {
				return err
			}
			if output != "" && len(args) > 1 {
				return usageError{repertoire.Refuse("-o est le PDF d’une seule facture")}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				bill := func(ref string) (order.Invoice, error) {
					if o, err := w.Orders().Get(cmd.Context(), ref); err == nil {
						for _, s := range o.Warnings() {
							f.complain("%s", s)
						}
					}
					return w.Orders().Invoice(cmd.Context(), ref, on)
				}
				if len(args) == 1 {
					v, err := bill(args[0])
					if err != nil {
						return err
					}
					return f.reportIssued(cmd, w, v, args[0], orders.PaperInvoice, output)
				}
				return f.each(args, func(ref string) (any, func(io.Writer), error) {
					v, err := bill(ref)
					row := rowOfInvoice(v)
					return row, func(out io.Writer) { printInvoice(out, row) }, err
				})
			})
		},
	}
	c.Flags().StringVar(&date, "date", "", "date d’émission ; aujourd’hui sinon")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}

// reportIssued prints an invoice or a credit note, and writes its PDF when one
// was asked for. The document is issued already: what fails now says so.
func (f *face) reportIssued(cmd *cobra.Command, w *workspace.Workspace, v order.Invoice, ref string, kind orders.OrderPaper,
	output string) error {
	row := rowOfInvoice(v)
	if output != "" {
		if _, err := w.Orders().Paper(cmd.Context(), ref, kind, output); err != nil {
			f.complain("%s est émis et enregistré sous ce numéro ; seul son PDF n’a pas été écrit. Refaites-le par « order document %s --kind %s ».", v.Number(), ref, kind)
			return err
		}
		row.File = output
	}
	return f.report(row, func(out io.Writer) { printInvoice(out, row) })
}

func (f *face) orderCancelCommand() *cobra.Command {
	var reason, date, output string
	var returned bool
	c := &cobra.Command{
		Use: "cancel COMMANDE", Short: "Annule une commande, avec un avoir si elle est facturée", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("reason", reason); err != nil {
				return err
			}
			on, err := repertoire.ParseDate(date)
			if err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Orders().Cancel(cmd.Context(), args[0], reason, on, returned)
				if err != nil {
					return err
				}
				numbers, err := w.Orders().Numbers(cmd.Context())
				if err != nil {
					return err
				}
				out := struct {
					Order  orderRow    `json:"order"`
					Credit *invoiceRow `json:"credit"`
				}{Order: rowOfOrder(done.Order, numbers)}
				if done.Credit != nil {
					row := rowOfInvoice(*done.Credit)
					if output != "" {
						if _, err := w.Orders().Paper(cmd.Context(), args[0], orders.PaperCredit, output); err != nil {
							f.complain("L’avoir %s est émis et enregistré ; seul son PDF n’a pas été écrit.", row.Number)
							return err
						}
						row.File = output
					}
					out.Credit = &row
				}
				return f.report(out, func(w io.Writer) {
					printOrder(w, done.Order, numbers)
					if out.Credit != nil {
						printInvoice(w, *out.Credit)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "motif")
	c.Flags().StringVar(&date, "date", "", "jour de l’annulation ; aujourd’hui sinon")
	c.Flags().BoolVar(&returned, "returned", false, "les exemplaires sur papier sont revenus au stock")
	c.Flags().StringVarP(&output, "output", "o", "", "PDF de l’avoir à écrire")
	return c
}

func (f *face) orderDocumentCommand() *cobra.Command {
	var kind, output string
	var facturx bool
	c := &cobra.Command{
		Use: "document COMMANDE", Short: "Écrit un document d’une commande en PDF", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, ok := orders.OrderPapers.Parse(kind)
			if !ok || k == "" {
				return usageError{repertoire.Refuse("--kind est devis, confirmation, livraison, facture ou avoir")}
			}
			if err := needFlag("output", output); err != nil {
				return err
			}
			door := f.look
			if k == orders.PaperQuote {
				door = f.open // a quote takes a number
			}
			return door(cmd.Context(), func(w *workspace.Workspace) error {
				if facturx {
					made, err := w.Orders().FacturX(cmd.Context(), args[0], k, output)
					return f.reportWritten(made, err)
				}
				made, err := w.Orders().Paper(cmd.Context(), args[0], k, output)
				return f.reportWritten(made, err)
			})
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "devis, confirmation, livraison, facture ou avoir")
	c.Flags().BoolVar(&facturx, "facturx", false, "une facture ou un avoir avec son XML dans le PDF (Factur-X, EN 16931, PDF/A-3)")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}

func (f *face) orderRemindCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use: "remind COMMANDE", Short: "Écrit le brouillon qui relance une facture échue, et note le jour", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				made, err := w.Orders().Remind(cmd.Context(), args[0], output)
				if err != nil {
					return err
				}
				return f.report(made, func(out io.Writer) { fmt.Fprintf(out, "%s : rappel de la facture %s\n", made.File, made.Title) })
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "brouillon à écrire (.eml) ; dans le dossier de la commande sinon")
	return c
}

func (f *face) orderQuoteCommand() *cobra.Command {
	var until, output string
	c := &cobra.Command{
		Use: "quote COMMANDE", Short: "Fait un devis sous son propre numéro, valable soixante jours ou jusqu’à --until",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := repertoire.ParseDate(until)
			if err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				o, err := w.Orders().Quote(cmd.Context(), args[0], day)
				if err != nil {
					return err
				}
				q := o.Quotes[len(o.Quotes)-1]
				if output != "" {
					if _, err := w.Orders().Paper(cmd.Context(), string(o.ID), orders.PaperQuote, output); err != nil {
						return err
					}
				}
				row := map[string]any{"number": q.Number(), "date": q.Date, "until": q.Until, "total": q.Gross.Decimal(),
					"order": o.Number(), "file": output}
				return f.report(row, func(out io.Writer) {
					fmt.Fprintf(out, "Devis %s du %s pour la commande %s : %s, valable jusqu’au %s\n", q.Number(), q.Date.Field(),
						o.Number(), q.Gross.French(), q.Until.Field())
				})
			})
		},
	}
	c.Flags().StringVar(&until, "until", "", "dernier jour où il vaut ; dans soixante jours sinon")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}

func (f *face) orderMailCommand() *cobra.Command {
	var kind, output string
	c := &cobra.Command{
		Use: "mail COMMANDE", Short: "Écrit le brouillon du message qui envoie un document, le fichier joint", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, ok := orders.OrderPapers.Parse(kind)
			if (!ok || k == "") && kind != "relance" {
				return usageError{repertoire.Refuse("--kind est devis, confirmation, livraison, facture, avoir ou relance")}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				var made orders.Written
				var err error
				if kind == "relance" {
					made, err = w.Orders().Remind(cmd.Context(), args[0], output)
				} else {
					made, err = w.Orders().Letter(cmd.Context(), args[0], k, output)
				}
				if err != nil {
					return err
				}
				return f.report(made, func(out io.Writer) { fmt.Fprintf(out, "%s : %s\n", made.File, made.Title) })
			})
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "devis, confirmation, livraison, facture, avoir ou relance")
	c.Flags().StringVarP(&output, "output", "o", "", "brouillon à écrire (.eml) ; dans le dossier de la commande sinon")
	return c
}

func (f *face) orderXMLCommand() *cobra.Command {
	var kind, output string
	c := &cobra.Command{
		Use: "xml COMMANDE", Short: "Écrit le XML Factur-X (EN 16931) d’une facture ou d’un avoir", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			k := orders.OrderPaper(kind)
			if k != orders.PaperInvoice && k != orders.PaperCredit {
				return usageError{repertoire.Refuse("--kind est facture ou avoir")}
			}
			if err := needFlag("output", output); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				made, err := w.Orders().XML(cmd.Context(), args[0], k, output)
				if err != nil {
					return err
				}
				return f.report(made, func(out io.Writer) { fmt.Fprintf(out, "%s : %s\n", made.File, made.Title) })
			})
		},
	}
	c.Flags().StringVar(&kind, "kind", "facture", "facture ou avoir")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier XML à écrire")
	return c
}

func (f *face) reportWritten(made orders.Written, err error) error {
	if err != nil {
		return err
	}
	return f.report(made, func(out io.Writer) { fmt.Fprintf(out, "%s : %s, pages : %d\n", made.File, made.Title, made.Pages) })
}

func (f *face) orderLabelsCommand() *cobra.Command {
	var sheet, output string
	var skip int
	c := &cobra.Command{
		Use: "labels [COMMANDE…]", Short: "Écrit les étiquettes d’adresse ; sans commande, de tout ce qui attend son envoi",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("output", output); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				made, err := w.Orders().Labels(cmd.Context(), args, sheet, skip, output)
				if err != nil {
					return err
				}
				for _, x := range made.Left {
					f.complain("%s (%s) n’a pas d’étiquette : %s.", x.Order, x.Buyer, x.Why)
				}
				return f.report(made, func(out io.Writer) {
					fmt.Fprintf(out, "%s : étiquettes : %d, feuilles : %d\n", made.File, made.Labels, made.Pages)
				})
			})
		},
	}
	names := ""
	for i, s := range paper.Sheets() {
		if i > 0 {
			names += ", "
		}
		names += s.Name
	}
	c.Flags().StringVar(&sheet, "sheet", "", "planche : "+names)
	c.Flags().IntVar(&skip, "skip", 0, "étiquettes déjà prises sur la première planche")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}

func (f *face) orderTicketCommand() *cobra.Command {
	var t paper.Ticket
	var edition, wanted, output string
	var files []string
	c := &cobra.Command{
		Use: "ticket", Short: "Écrit la fiche de fabrication d’un tirage, pour l’imprimeur", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for name, value := range map[string]string{"edition": edition, "output": output} {
				if err := needFlag(name, value); err != nil {
					return err
				}
			}
			var err error
			if t.Wanted, err = repertoire.ParseDate(wanted); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				made, err := w.Orders().JobTicket(cmd.Context(), edition, t, files, output)
				return f.reportWritten(made, err)
			})
		},
	}
	c.Flags().StringVar(&edition, "edition", "", "édition figée : identifiant ou libellé")
	c.Flags().IntVar(&t.Quantity, "quantity", 0, "exemplaires")
	c.Flags().IntVar(&t.Pages, "pages", 0, "pages intérieures ; celles de l’édition sinon")
	c.Flags().StringVar(&t.Inside, "inside", "", "papier intérieur")
	c.Flags().StringVar(&t.Cover, "cover", "", "papier de couverture")
	c.Flags().StringVar(&t.Binding, "binding", "", "façonnage")
	c.Flags().StringVar(&t.Colours, "colours", "quadrichromie recto verso", "impression")
	c.Flags().StringVar(&t.Note, "note", "", "note")
	c.Flags().StringVar(&wanted, "wanted", "", "livraison souhaitée")
	c.Flags().StringArrayVar(&files, "file", nil, "fichier remis, dont l’empreinte est notée (autant qu’il en faut)")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}
