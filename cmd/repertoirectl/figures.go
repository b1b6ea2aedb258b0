package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/atlas"
)

func (f *face) figuresCommand() *cobra.Command {
	var slug, csv, xlsx string
	c := &cobra.Command{
		Use: "figures", Short: "Compte les partenariats : fraîcheur, complétude, thématiques, pays, années", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if csv != "" && xlsx != "" {
				return usageError{repertoire.Refuse("--csv et --xlsx ne vont pas ensemble")}
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				file, format := csv, "csv"
				if xlsx != "" {
					file, format = xlsx, "xlsx"
				}
				if file != "" {
					if err := w.Atlas().ExportFigures(cmd.Context(), slug, format, file); err != nil {
						return err
					}
					return f.report(map[string]any{"file": file},
						func(out io.Writer) { fmt.Fprintf(out, "Les chiffres sont écrits dans %s\n", file) })
				}
				r, err := w.Atlas().Figures(cmd.Context(), slug)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { printFigures(out, r) })
			})
		},
	}
	flags := c.Flags()
	flags.StringVar(&slug, "directory", "", "répertoire ; tous sinon")
	flags.StringVar(&csv, "csv", "", "écrit les chiffres dans ce fichier CSV")
	flags.StringVar(&xlsx, "xlsx", "", "écrit les chiffres dans ce classeur")
	return c
}

func printFigures(out io.Writer, f atlas.Figures) {
	if f.Title != "" {
		fmt.Fprintln(out, f.Title)
	}
	fmt.Fprintf(out, "%d partenariat(s), dont %d actif(s), avec %d collectivité(s) françaises et %d partenaires dans %d pays\n",
		f.Partnerships, f.Active, f.French, f.Foreign, f.Countries)
	if f.Partnerships == 0 {
		return
	}
	fmt.Fprintf(out, "Si le livre était figé aujourd’hui : %d %% à jour\n", f.Share())
	section := func(title string, bars []atlas.Figure, most int) {
		if len(bars) == 0 {
			return
		}
		fmt.Fprintf(out, "\n%s\n", title)
		for i, b := range bars {
			if i == most {
				fmt.Fprintf(out, "         … et %d autre(s) : --csv ou --json les donnent\n", len(bars)-most)
				return
			}
			fmt.Fprintf(out, "  %6d  %s\n", b.Count, b.Label)
		}
	}
	section("Dernière vérification", f.Freshness, 10)
	section("Rubriques remplies", f.Completeness, 10)
	for _, c := range f.Charts {
		section(c.Title, c.Bars, 12)
	}
}
