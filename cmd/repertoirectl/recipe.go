package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/exchange"
	"repertoire/internal/workspace"
)

func (f *face) recipeCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "recipe", Short: "Recettes d’import gardées dans le dossier", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				all, err := w.Tables().Recipes(cmd.Context())
				if err != nil {
					return err
				}
				if all == nil {
					all = []exchange.Recipe{}
				}
				return f.report(all, func(out io.Writer) {
					for _, r := range all {
						fmt.Fprintln(out, r.Name)
					}
				})
			})
		},
	}
	c.AddCommand(f.recipeExportCommand(), f.recipeAddCommand(), f.recipeRemoveCommand(), f.recipeRestoreCommand())
	return c
}

func (f *face) recipeExportCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use: "export NOM", Short: "Écrit une recette dans un fichier, pour un collègue", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("output", output); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Tables().ExportRecipe(cmd.Context(), args[0], output)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { fmt.Fprintf(out, "Recette « %s » écrite dans « %s ».\n", r.Name, output) })
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "fichier .json à écrire")
	return c
}

func (f *face) recipeAddCommand() *cobra.Command {
	return &cobra.Command{
		Use: "add FICHIER.json", Short: "Garde la recette qu’un collègue a envoyée", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Tables().TakeRecipe(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { fmt.Fprintf(out, "Recette « %s » gardée.\n", r.Name) })
			})
		},
	}
}

func (f *face) recipeRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove NOM", Short: "Efface une recette (restore la remet)", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Tables().DeleteRecipe(cmd.Context(), args[0]); err != nil {
					return err
				}
				return f.report(map[string]string{"removed": args[0]},
					func(out io.Writer) {
						fmt.Fprintf(out, "Recette « %s » effacée : « recipe restore » la remet.\n", args[0])
					})
			})
		},
	}
}

func (f *face) recipeRestoreCommand() *cobra.Command {
	return &cobra.Command{
		Use: "restore NOM", Short: "Remet une recette comme elle était avant d’être effacée ou remplacée", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Tables().RestoreRecipe(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { fmt.Fprintf(out, "Recette « %s » remise.\n", r.Name) })
			})
		},
	}
}
