package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/orders"
)

func (f *face) orderPayCommand() *cobra.Command {
	var means, date, amount string
	c := &cobra.Command{
		Use: "pay COMMANDE", Short: "Note un paiement, ou avec un montant négatif un remboursement ; sans montant, tout ce qui est dû",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := order.Payment{Means: means}
			var err error
			if p.Date, err = repertoire.ParseDate(date); err != nil {
				return err
			}
			if p.Amount, err = signedCents(amount); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				o, err := w.Orders().Receive(cmd.Context(), args[0], p)
				if err == nil && o.Invoice != "" && o.Due() < 0 {
					f.complain("L’acheteur a payé %s de trop : remboursez-le, ou imputez-le sur une autre commande.", (-o.Due()).French())
				}
				return f.reportOrder(cmd, w, o, err)
			})
		},
	}
	c.Flags().StringVar(&means, "means", "virement", "moyen de paiement")
	c.Flags().StringVar(&amount, "amount", "", "montant ; tout ce qui est dû sinon, négatif pour un remboursement")
	c.Flags().StringVar(&date, "date", "", "jour du paiement ; aujourd’hui sinon")
	return c
}

// signedCents reads an amount that may be negative; "" is 0.
func signedCents(s string) (order.Cents, error) {
	s = strings.TrimSpace(s)
	rest, minus := strings.CutPrefix(strings.Replace(s, "−", "-", 1), "-")
	if s == "" {
		return 0, nil
	}
	c, err := order.ParseCents(rest)
	if minus {
		c = -c
	}
	if err == nil && c == 0 {
		err = repertoire.Refuse("Un paiement de 0 € n’en est pas un : rien n’a été enregistré.")
	}
	return c, err
}

func (f *face) orderCreditCommand() *cobra.Command {
	var t orders.Taken
	var take, date, output string
	c := &cobra.Command{
		Use: "credit COMMANDE", Short: "Émet un avoir d’une partie de la facture : --take 1,0 reprend un exemplaire de la première ligne",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for name, value := range map[string]string{"reason": t.Reason, "take": take} {
				if err := needFlag(name, value); err != nil {
					return err
				}
			}
			for part := range strings.SplitSeq(take, ",") {
				n, err := strconv.Atoi(strings.TrimSpace(part))
				if err != nil {
					return usageError{repertoire.Refuse("--take donne un nombre par ligne de la facture, séparés par des virgules")}
				}
				t.Copies = append(t.Copies, n)
			}
			var err error
			if t.Date, err = repertoire.ParseDate(date); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Orders().TakeBack(cmd.Context(), args[0], t)
				if err != nil {
					return err
				}
				return f.reportIssued(cmd, w, *done.Credit, done.Credit.Number(), orders.PaperCredit, output)
			})
		},
	}
	c.Flags().StringVar(&take, "take", "", "exemplaires repris de chaque ligne de la facture, dans l’ordre, séparés par des virgules")
	c.Flags().StringVar(&t.Reason, "reason", "", "motif")
	c.Flags().BoolVar(&t.Returned, "returned", false, "les exemplaires sur papier sont revenus au stock")
	c.Flags().StringVar(&date, "date", "", "date d’émission ; aujourd’hui sinon")
	c.Flags().StringVarP(&output, "output", "o", "", "PDF de l’avoir à écrire")
	return c
}

func (f *face) orderJournalCommand() *cobra.Command {
	var since, until, output string
	var fec bool
	c := &cobra.Command{
		Use: "journal", Short: "Le journal des ventes et des encaissements pour le comptable : CSV, ou colonnes du FEC avec --fec",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := period(since, until)
			if err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				if output != "" {
					if err := w.Orders().ExportJournal(cmd.Context(), p, fec, output); err != nil {
						return err
					}
					return f.report(map[string]string{"file": output}, func(out io.Writer) { fmt.Fprintln(out, "Écrit :", output) })
				}
				list, err := w.Orders().Journal(cmd.Context(), p)
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, x := range list {
						fmt.Fprintf(out, "%4d  %s  %s  %s  %12s  %12s  %s\n", x.Entry, x.Journal, x.Date.Field(), x.Account,
							x.Debit.French(), x.Credit.French(), x.Text)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&since, "since", "", "depuis le (01/01/2026)")
	c.Flags().StringVar(&until, "until", "", "jusqu’au (31/12/2026)")
	c.Flags().BoolVar(&fec, "fec", false, "les colonnes du fichier des écritures comptables")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier à écrire")
	return c
}

func (f *face) orderVATDueCommand() *cobra.Command {
	var since, until string
	c := &cobra.Command{
		Use: "vat-due", Short: "La TVA exigible par mois et par taux : livres à la livraison, copies numériques à l’encaissement",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := period(since, until)
			if err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Orders().VATDue(cmd.Context(), p)
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, x := range list {
						fmt.Fprintf(out, "%s  %-8s  %s\n", x.Month, x.Rate.French(), x.Tax.French())
					}
				})
			})
		},
	}
	c.Flags().StringVar(&since, "since", "", "depuis le (01/01/2026)")
	c.Flags().StringVar(&until, "until", "", "jusqu’au (31/12/2026)")
	return c
}

func (f *face) orderVATCommand() *cobra.Command {
	var zone, format, treatment string
	c := &cobra.Command{
		Use: "vat [COMMANDE]", Short: "Reprend la TVA d’une commande selon sa destination ; --zone note une décision du comptable",
		Args: cobra.MaximumNArgs(1),
		Long: "Donne à une commande la TVA que les règles proposent pour sa destination, ou le traitement choisi par --treatment.\n" +
			"Avec --zone et --format, sans commande, note une fois pour toutes la décision du comptable.\n" +
			"Traitements : " + treatments() + ".\nZones : france, antilles-reunion, guyane-mayotte, ue, irlande-du-nord, hors-ue.",
		RunE: func(cmd *cobra.Command, args []string) error {
			t, ok := order.Treatments.Parse(treatment)
			if !ok {
				return usageError{repertoire.Refuse("--treatment est %s", treatments())}
			}
			if len(args) == 0 {
				if err := needFlag("zone", zone); err != nil {
					return err
				}
				kind, err := order.ParseFormat(format)
				if err != nil {
					return usageError{err}
				}
				return f.open(cmd.Context(), func(w *workspace.Workspace) error {
					s, err := w.Orders().Decide(cmd.Context(), order.Decision{Zone: order.Zone(zone), Format: kind, Treatment: t})
					if err != nil {
						return err
					}
					return f.report(s.Decisions, func(out io.Writer) {
						for _, d := range s.Decisions {
							fmt.Fprintf(out, "%s, %s : %s\n", d.Zone, order.Formats.Label(d.Format), order.Treatments.Label(d.Treatment))
						}
					})
				})
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				o, err := w.Orders().Retax(cmd.Context(), args[0], t)
				return f.reportOrder(cmd, w, o, err)
			})
		},
	}
	c.Flags().StringVar(&treatment, "treatment", "", "traitement choisi ; celui que les règles proposent sinon")
	c.Flags().StringVar(&zone, "zone", "", "destination dont le comptable a décidé")
	c.Flags().StringVar(&format, "format", "paper", "paper (papier) ou digital (numérique)")
	return c
}

func treatments() string {
	var out []string
	for _, t := range order.Treatments {
		out = append(out, string(t.Value))
	}
	return strings.Join(out, ", ")
}
