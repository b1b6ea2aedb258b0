package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

func (f *face) knownCommand() *cobra.Command {
	var slug, list string
	var all bool
	var add, aside, back []string
	c := &cobra.Command{
		Use: "known", Short: "Les liens connus ailleurs d’un répertoire : présents, manquants, mis de côté", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("directory", slug); err != nil {
				return err
			}
			switch {
			case all || len(add) > 0:
				if all && len(add) > 0 {
					return usageError{repertoire.Refuse("donnez --add ou --all, pas les deux")}
				}
				return f.open(cmd.Context(), func(w *workspace.Workspace) error {
					done, err := w.Review().AddKnownLinks(cmd.Context(), slug, list, add)
					if err != nil {
						return err
					}
					return f.report(done, func(out io.Writer) {
						fmt.Fprintf(out, "%d partenariat(s) commencé(s), à vérifier.\n", done.Added)
						if done.Change != "" {
							fmt.Fprintf(out, "Pour tout reprendre : undo %s\n", done.Change)
						}
					})
				})
			case len(aside)+len(back) > 0:
				return f.open(cmd.Context(), func(w *workspace.Workspace) error {
					if err := w.Review().SetKnownAside(cmd.Context(), slug, aside, true); err != nil {
						return err
					}
					return w.Review().SetKnownAside(cmd.Context(), slug, back, false)
				})
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				k, err := w.Review().KnownLinks(cmd.Context(), slug, list)
				if err != nil {
					return err
				}
				return f.report(k, func(out io.Writer) {
					fmt.Fprintf(out, "%d lien(s) connu(s) (%s) : %d dans le répertoire (%d %%), %d manquant(s), %d mis de côté\n",
						k.Known, k.Source, k.Present, k.Share(), len(k.Missing), len(k.Aside))
					for _, x := range k.Missing {
						fmt.Fprintf(out, "  %s  %s – %s\n", x.Key, x.French, x.Foreign)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&slug, "directory", "", "répertoire")
	c.Flags().StringVar(&list, "list", "",
		"liste plus récente : commune, latitude, longitude, partenaire, pays, latitude, longitude, entre des tabulations")
	c.Flags().BoolVar(&all, "all", false, "commence tous les partenariats manquants, à vérifier")
	c.Flags().StringSliceVar(&add, "add", nil, "commence ceux de ces clés")
	c.Flags().StringSliceVar(&aside, "aside", nil, "met de côté pour de bon ceux de ces clés")
	c.Flags().StringSliceVar(&back, "back", nil, "reprend ceux de ces clés")
	return c
}
