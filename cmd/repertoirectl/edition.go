package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

func (f *face) editionCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "edition", Short: "Les livres", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{repertoire.Refuse("il manque ce qu’il faut faire de l’édition : build")}
		},
	}
	c.AddCommand(f.editionBuildCommand())
	return c
}

func (f *face) editionBuildCommand() *cobra.Command {
	var opt workspace.BuildOptions
	var variant string
	c := &cobra.Command{
		Use: "build", Short: "Compose un livre et écrit son PDF", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("directory", opt.Directory); err != nil {
				return err
			}
			if err := needFlag("output", opt.Output); err != nil {
				return err
			}
			switch opt.Variant = workspace.Variant(variant); opt.Variant {
			case workspace.Print, workspace.Digital:
			default:
				return usageError{repertoire.Refuse("--variant est print ou digital")}
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Build(cmd.Context(), opt, f.progress())
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "%s : %d pages, %d fiches, %d mots\n", opt.Output, r.Pages, r.Entries, r.Words)
					for _, x := range r.Warnings {
						fmt.Fprintf(out, "  page %d : %s\n", x.Page, x.Message)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&opt.Directory, "directory", "", "répertoire")
	c.Flags().StringVar(&variant, "variant", "digital", "print (imprimeur) ou digital (écran)")
	c.Flags().StringVar(&opt.Label, "label", "", "édition, par exemple « septembre 2026 »")
	c.Flags().StringVarP(&opt.Output, "output", "o", "", "fichier PDF à écrire")
	return c
}

func (f *face) preflightCommand() *cobra.Command {
	return &cobra.Command{
		Use: "preflight FICHIER.pdf", Short: "Contrôle un PDF avant l’impression ou la diffusion", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := workspace.Preflight(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := f.report(r, func(out io.Writer) {
				for _, c := range r.Checks {
					mark := "✓"
					if !c.OK {
						mark = "✗"
					}
					fmt.Fprintf(out, "%s %s %s\n", mark, c.Name, c.Detail)
				}
			}); err != nil {
				return err
			}
			if !r.OK {
				return silent{repertoire.Refuse("Le fichier ne passe pas tous les contrôles.")}
			}
			return nil
		},
	}
}
