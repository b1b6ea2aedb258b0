package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

func (f *face) orderMembersCommand() *cobra.Command {
	var edition string
	var only []string
	var list bool
	c := &cobra.Command{
		Use: "send-members", Short: "Envoyer aux adhérents : leur copie gratuite à leur nom et un brouillon chacun, en une fois",
		Args: cobra.NoArgs,
		Long: "Fait pour chaque adhérent la commande de sa copie numérique gratuite, la copie à son nom et le brouillon du message.\n" +
			"Le travail se reprend là où il en était, autant de fois qu’il faut : personne n’est servi deux fois. --list les montre sans rien faire.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("edition", edition); err != nil {
				return err
			}
			if list {
				return f.look(cmd.Context(), func(w *workspace.Workspace) error {
					members, err := w.Orders().Members(cmd.Context(), edition)
					if err != nil {
						return err
					}
					return f.report(members, func(out io.Writer) {
						for _, m := range members {
							fmt.Fprintf(out, "%s  %-12s  %s  %s\n", m.Ref, m.Order, m.Name, m.Email)
						}
					})
				})
			}
			var choice []repertoire.ID
			for _, s := range only {
				choice = append(choice, repertoire.ID(s))
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				m, err := w.Orders().SendToMembers(cmd.Context(), edition, choice, f.progress())
				if err != nil {
					return err
				}
				for _, x := range m.Failed {
					f.complain("%s n’a pas été servi : %s", x.Name, x.Why)
				}
				return f.report(m, func(out io.Writer) {
					fmt.Fprintf(out, "%s : %d servis, %d déjà servis, %d sans adresse électronique, %d non servis\n  %s\n",
						m.Edition.Name(), len(m.Served), len(m.Already), len(m.NoAddress), len(m.Failed), m.Folder)
				})
			})
		},
	}
	c.Flags().StringVar(&edition, "edition", "", "édition figée : identifiant ou libellé")
	c.Flags().StringArrayVar(&only, "only", nil, "seulement cet adhérent, par sa référence (autant qu’il en faut)")
	c.Flags().BoolVar(&list, "list", false, "montrer les adhérents et ceux qui sont servis, sans rien faire")
	return c
}
