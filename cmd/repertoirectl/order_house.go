package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

func (f *face) orderBuyerCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "buyer", Short: "Les acheteurs", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{repertoire.Refuse("il manque ce qu’il faut faire des acheteurs : add, set ou list")}
		},
	}
	c.AddCommand(f.buyerAddCommand(), f.buyerSetCommand(), f.buyerListCommand())
	return c
}

func (f *face) buyerAddCommand() *cobra.Command {
	var who buyerFlags
	c := &cobra.Command{
		Use: "add", Short: "Ajoute un acheteur", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("name", who.b.Name); err != nil {
				return err
			}
			b, err := who.buyer()
			if err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				b, err := w.Orders().SaveBuyer(cmd.Context(), b)
				return f.reportBuyer(b, err)
			})
		},
	}
	who.add(c)
	return c
}

func (f *face) buyerSetCommand() *cobra.Command {
	var who buyerFlags
	c := &cobra.Command{
		Use: "set ACHETEUR", Short: "Complète un acheteur ; ses commandes non facturées suivent", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			over, err := who.buyer()
			if err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				b, err := w.Orders().CompleteBuyer(cmd.Context(), args[0], over)
				return f.reportBuyer(b, err)
			})
		},
	}
	who.add(c)
	return c
}

func (f *face) reportBuyer(b order.Buyer, err error) error {
	if err != nil {
		return err
	}
	return f.report(b, func(out io.Writer) { fmt.Fprintf(out, "%s  %s  %s\n", b.ID, firstWord(b.SIRET, b.SIREN), b.Name) })
}

func (f *face) buyerListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list [MOTS]", Short: "Liste les acheteurs", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Orders().Buyers(cmd.Context(), firstWord(args...))
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, b := range list {
						fmt.Fprintf(out, "%s  %-14s  %s\n", b.ID, firstWord(b.SIRET, b.SIREN), b.Name)
					}
				})
			})
		},
	}
}

// firstWord gives the first that is not "".
func firstWord(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func (f *face) orderStockCommand() *cobra.Command {
	var edition, cause, note string
	var quantity int
	c := &cobra.Command{
		Use: "stock", Short: "Le stock sur papier ; --edition et --quantity y notent un mouvement", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if edition == "" && !cmd.Flags().Changed("quantity") {
				return f.look(cmd.Context(), func(w *workspace.Workspace) error {
					levels, err := w.Orders().Stock(cmd.Context())
					if err != nil {
						return err
					}
					return f.report(levels, func(out io.Writer) {
						for _, l := range levels {
							printLevel(out, l)
						}
					})
				})
			}
			if err := needFlag("edition", edition); err != nil {
				return err
			}
			why, ok := order.Causes.Parse(cause)
			if !ok || why == order.Sale {
				return usageError{repertoire.Refuse("--cause est tirage, retour, inventaire, service-gratuit ou perte")}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				l, err := w.Orders().Move(cmd.Context(), edition, quantity, why, note)
				if err != nil {
					return err
				}
				return f.report(l, func(out io.Writer) { printLevel(out, l) })
			})
		},
	}
	c.Flags().StringVar(&edition, "edition", "", "édition figée : identifiant ou libellé")
	c.Flags().IntVar(&quantity, "quantity", 0, "exemplaires, négatif pour une sortie")
	c.Flags().StringVar(&cause, "cause", "tirage", "tirage, retour, inventaire, service-gratuit ou perte")
	c.Flags().StringVar(&note, "note", "", "note (imprimeur, facture…)")
	return c
}

func printLevel(out io.Writer, l order.Level) {
	low := ""
	if l.Low {
		low = "  stock bas"
	}
	fmt.Fprintf(out, "%5d en stock (réservés : %d, tirés : %d)  %s%s\n", l.Copies, l.Reserved, l.Printed, l.Edition.Name(), low)
}

func (f *face) orderFiguresCommand() *cobra.Command {
	var since, until string
	c := &cobra.Command{
		Use: "figures", Short: "Ventes par édition, recettes par mois, impayés", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := period(since, until)
			if err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Orders().Figures(cmd.Context(), p)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					for _, s := range r.Sales {
						fmt.Fprintf(out, "%s : papier %d, numérique %d, dont gratuits aux adhérents %d, %s HT\n", s.Edition.Name(), s.Paper,
							s.Digital, s.Free, s.Net.French())
					}
					for _, m := range r.Revenue {
						fmt.Fprintf(out, "%s : factures %d, avoirs %d, %s HT, TVA %s, %s TTC\n", m.Month, m.Invoices, m.Credits,
							m.Net.French(), m.Tax.French(), m.Gross.French())
					}
					for _, u := range r.Unpaid {
						fmt.Fprintf(out, "Impayée : %s, %s, %s, échéance %s\n", u.Invoice, u.Buyer, u.Gross.French(), u.Due.Field())
					}
				})
			})
		},
	}
	c.Flags().StringVar(&since, "since", "", "depuis le (01/01/2026)")
	c.Flags().StringVar(&until, "until", "", "jusqu’au (31/12/2026)")
	return c
}

func (f *face) orderExportCommand() *cobra.Command {
	var q orderFilter
	var invoices bool
	var output string
	c := &cobra.Command{
		Use: "export [MOTS]", Short: "Écrit les commandes, ou avec --invoices les factures et avoirs, en CSV", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("output", output); err != nil {
				return err
			}
			query, err := q.query(args)
			if err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Orders().Export(cmd.Context(), query, invoices, output); err != nil {
					return err
				}
				return f.report(map[string]string{"file": output}, func(out io.Writer) { fmt.Fprintln(out, "Écrit :", output) })
			})
		},
	}
	q.add(c)
	c.Flags().BoolVar(&invoices, "invoices", false, "la liste des factures et avoirs, pour le comptable")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier CSV à écrire")
	return c
}

func (f *face) orderSettingsCommand() *cobra.Command {
	var from string
	c := &cobra.Command{
		Use: "settings", Short: "Les réglages : vendeur, TVA, tarif, port ; --from FICHIER.json les change", Args: cobra.NoArgs,
		Long: "Montre les réglages des commandes en JSON. Pour les changer, écrivez dans un fichier les seuls champs à changer\n(montants en centimes, taux en centièmes de pour cent) et donnez-le par --from.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			show := func(s order.Settings) error {
				f.json = true
				return f.report(s, nil)
			}
			if from == "" {
				return f.look(cmd.Context(), func(w *workspace.Workspace) error {
					s, err := w.Orders().Settings(cmd.Context())
					if err != nil {
						return err
					}
					return show(s)
				})
			}
			if err := repertoire.RefuseIrregular(from); err != nil {
				return err
			}
			raw, err := os.ReadFile(from)
			if err != nil {
				return &repertoire.Error{Kind: repertoire.NotFound, File: from, Err: err,
					Message: "Le fichier « " + from + " » ne peut pas être lu : rien n’a été enregistré."}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				s, err := w.Orders().Settings(cmd.Context())
				if err != nil {
					return err
				}
				// A list that is given replaces the one there was: it is not laid over it
				// row by row.
				var given map[string]json.RawMessage
				_ = json.Unmarshal(raw, &given) // what cannot be read is told below
				for name, empty := range map[string]func(){"prices": func() { s.Prices = nil }, "postage": func() { s.Postage = nil },
					"decisions": func() { s.Decisions = nil }} {
					if given[name] != nil {
						empty()
					}
				}
				dec := json.NewDecoder(bytes.NewReader(raw))
				dec.DisallowUnknownFields()
				if err := dec.Decode(&s); err != nil {
					return &repertoire.Error{Kind: repertoire.Refused, File: from, Err: err,
						Message: "« " + from + " » n’est pas un fichier de réglages (" + err.Error() +
							") : rien n’a été enregistré. « order settings » en montre la forme."}
				}
				if s, err = w.Orders().SaveSettings(cmd.Context(), s); err != nil {
					return err
				}
				return show(s)
			})
		},
	}
	c.Flags().StringVar(&from, "from", "", "fichier JSON des champs à changer")
	return c
}

func (f *face) orderPriceCommand() *cobra.Command {
	var p order.Price
	var format, edition, who string
	c := &cobra.Command{
		Use: "price MONTANT", Short: "Met un prix au tarif", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if p.Format, err = order.ParseFormat(format); err != nil {
				return usageError{err}
			}
			if p.Unit, err = order.ParseCents(args[0]); err != nil {
				return err
			}
			p.For = order.Membership(who)
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				s, err := w.Orders().SetPrice(cmd.Context(), p, edition)
				if err != nil {
					return err
				}
				return f.report(s.Prices, func(out io.Writer) {
					for _, p := range s.Prices {
						fmt.Fprintf(out, "%10s  %-10s %-10s %s%s\n", p.Unit.French(), order.Formats.Label(p.Format), p.For, p.Directory,
							p.Edition)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&format, "format", "paper", "paper (papier) ou digital (numérique)")
	c.Flags().StringVar(&edition, "edition", "", "pour cette seule édition")
	c.Flags().StringVar(&p.Directory, "directory", "", "pour les éditions de ce répertoire")
	c.Flags().StringVar(&who, "for", "", "adherents ou autres ; tout le monde sinon")
	return c
}

func (f *face) orderCloseCommand() *cobra.Command {
	return &cobra.Command{
		Use: "close JOUR", Short: "Clôt la comptabilité jusqu’à ce jour : une clôture ne se défait pas", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := repertoire.ParseDate(args[0])
			if err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				s, err := w.Orders().Settings(cmd.Context())
				if err != nil {
					return err
				}
				s.ClosedUntil = day
				if s, err = w.Orders().SaveSettings(cmd.Context(), s); err != nil {
					return err
				}
				return f.report(map[string]any{"closed_until": s.ClosedUntil},
					func(out io.Writer) { fmt.Fprintln(out, "Clos jusqu’au", s.ClosedUntil.Field()) })
			})
		},
	}
}
