package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/workspace"
	"repertoire/internal/workspace/review"
)

func (f *face) valuesCommand() *cobra.Command {
	var into string
	c := &cobra.Command{
		Use: "values operators|funders|roles [VALEUR…]", Short: "Les valeurs voisines d’un champ ; avec --into, les réunit sous une seule",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			field := review.ValueField(args[0])
			if into != "" || len(args) > 1 {
				return f.open(cmd.Context(), func(w *workspace.Workspace) error {
					done, err := w.Review().MergeValues(cmd.Context(), field, args[1:], into)
					if err != nil {
						return err
					}
					return f.report(done, func(out io.Writer) {
						fmt.Fprintf(out, "%d valeur(s) changée(s) dans %d partenariat(s)\n", done.Values, done.Partnerships)
						if done.Change != "" {
							fmt.Fprintf(out, "Pour tout reprendre : undo %s\n", done.Change)
						}
					})
				})
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Review().ValueClusters(cmd.Context(), field)
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, x := range list {
						var parts []string
						for _, v := range x.Values {
							parts = append(parts, fmt.Sprintf("« %s » (%d)", v.Value, v.Count))
						}
						fmt.Fprintf(out, "%s — %s\n", strings.Join(parts, ", "), x.Why)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&into, "into", "", "la valeur qui reste")
	return c
}
