package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/workspace"
)

func (f *face) editionDeleteCommand() *cobra.Command {
	return &cobra.Command{
		Use: "delete ÉDITION", Short: "Supprime une édition figée restée à l’état de brouillon", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Books().DeleteEdition(cmd.Context(), args[0]); err != nil {
					return err
				}
				return f.report(map[string]any{"deleted": args[0]}, func(out io.Writer) { fmt.Fprintln(out, "Brouillon supprimé.") })
			})
		},
	}
}
