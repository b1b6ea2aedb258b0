package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/rights"
)

func (f *face) rightsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "rights", Short: "Les données personnelles : accès d’une personne, registre des traitements, durées de conservation",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{repertoire.Refuse("il manque ce qu’il faut faire : access, register ou retention")}
		},
	}
	c.AddCommand(f.rightsAccessCommand(), f.rightsRegisterCommand(), f.rightsRetentionCommand())
	return c
}

func (f *face) rightsAccessCommand() *cobra.Command {
	var person, output string
	c := &cobra.Command{
		Use: "access", Short: "Tout ce qui est gardé d’une personne, en PDF à lui remettre (RGPD, art. 15)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("person", strings.TrimSpace(person)); err != nil {
				return err
			}
			if err := needFlag("output", output); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				a, err := w.Rights().WriteAccess(cmd.Context(), person, output)
				if err != nil {
					return err
				}
				return f.report(a, func(out io.Writer) {
					fmt.Fprintf(out,
						"%s : %d fiches, %d textes, %d versions du journal, %d messages, %d livres. Relisez-le avant de le remettre : il peut nommer d’autres personnes.\n",
						output, len(a.Cards), len(a.Texts), a.Versions, len(a.Messages), len(a.Editions))
				})
			})
		},
	}
	c.Flags().StringVar(&person, "person", "", "prénom et nom, courriel ou téléphone")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}

func (f *face) rightsRegisterCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use: "register", Short: "Le registre des activités de traitement (RGPD, art. 30), écrit d’après la base", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("output", output); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Rights().WriteRegister(cmd.Context(), output)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "%s : %d activités, %d effacements.\n", output, len(r.Activities), len(r.Erasures))
				})
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "fichier PDF à écrire")
	return c
}

func (f *face) rightsRetentionCommand() *cobra.Command {
	var contacts, buyers int
	var purge bool
	c := &cobra.Command{
		Use: "retention", Short: "Qui est au bout de sa durée de conservation ; --purge l’efface, après l’avoir montré", Args: cobra.NoArgs,
		Long: "Montre les interlocuteurs et les acheteurs dont on n’a plus de nouvelles depuis plus longtemps que la durée choisie.\n" +
			"--contacts et --buyers la changent, en années. --purge efface ce qui vient d’être montré ; cela ne s’annule pas.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			do := func(w *workspace.Workspace) error {
				if contacts != 0 || buyers != 0 {
					if err := w.Rights().SetRetention(cmd.Context(), contacts, buyers); err != nil {
						return err
					}
				}
				r, err := w.Rights().Retention(cmd.Context())
				if err != nil {
					return err
				}
				if !purge {
					return f.report(r, func(out io.Writer) { printRetention(out, r) })
				}
				if !f.json {
					printRetention(f.errs, r)
				}
				if r, err = w.Rights().PurgeExpired(cmd.Context(), r.Due); err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "Effacé : %d personnes. %d sauvegardes gardent ces données jusqu’à leur remplacement.\n", r.Purged,
						len(r.Backups))
				})
			}
			if purge || contacts != 0 || buyers != 0 {
				return f.open(cmd.Context(), do)
			}
			return f.look(cmd.Context(), do)
		},
	}
	c.Flags().IntVar(&contacts, "contacts", 0, "années pendant lesquelles un interlocuteur est gardé sans nouvelles")
	c.Flags().IntVar(&buyers, "buyers", 0, "années pendant lesquelles un acheteur est gardé sans nouvelles")
	c.Flags().BoolVar(&purge, "purge", false, "efface ceux qui sont au bout de leur durée")
	return c
}

func printRetention(out io.Writer, r rights.Retention) {
	fmt.Fprintf(out,
		"Durées : interlocuteurs %d ans, acheteurs %d ans. Gardés : %d, dont %d acheteurs par la loi (facture de moins de dix ans).\n",
		r.ContactYears, r.BuyerYears, r.Kept, r.ByLaw)
	for _, x := range r.Due {
		fmt.Fprintf(out, "  %s  %s, %s : %s le %s, à garder jusqu’au %s\n", x.ID, x.Name, x.Title, x.From, x.Heard.Field(), x.Until.Field())
	}
	fmt.Fprintf(out, "Au bout de leur durée : %d.", len(r.Due))
	if r.Next != "" {
		fmt.Fprintf(out, " Le prochain le sera après le %s.", r.Next.Field())
	}
	fmt.Fprintln(out)
}
