package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

func (f *face) reviewCommand() *cobra.Command {
	var directory string
	var limit int
	c := &cobra.Command{
		Use: "review", Short: "Les partenariats à vérifier, du plus ancien au plus récent", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 0 {
				return usageError{repertoire.Refuse("--limit est un nombre positif")}
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Review().Queue(cmd.Context(), directory, 0, limit)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "%d à vérifier ; %d sur %d à jour\n", r.Total, r.Fresh, r.All)
					for _, x := range r.Items {
						fmt.Fprintf(out, "  %s  %-10s  complète à %d %%  %s\n", x.ID, x.Due.Field(), x.Completeness, x.Title)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&directory, "directory", "", "répertoire")
	c.Flags().IntVar(&limit, "limit", 50, "nombre de lignes")
	return c
}

func (f *face) trashCommand() *cobra.Command {
	var restore string
	c := &cobra.Command{
		Use: "trash", Short: "La corbeille ; --restore ID en sort une fiche", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Records().Trash(cmd.Context())
				if err != nil {
					return err
				}
				if restore == "" {
					return f.report(list, func(out io.Writer) {
						for _, x := range list {
							fmt.Fprintf(out, "%s  %s  %s\n", x.ID, x.DeletedAt.Local().Format("02/01/2006 15:04"), x.Title)
						}
					})
				}
				for _, x := range list {
					if x.ID == repertoire.ID(restore) {
						if err := w.Records().RestoreRecord(cmd.Context(), x.Aggregate, x.ID); err != nil {
							return err
						}
						return f.report(x, func(out io.Writer) { fmt.Fprintln(out, "Sorti de la corbeille :", x.Title) })
					}
				}
				return repertoire.Missing("« %s » n’est pas dans la corbeille ; rien n’a été changé.", restore)
			})
		},
	}
	c.Flags().StringVar(&restore, "restore", "", "identifiant de la fiche à reprendre")
	return c
}

func (f *face) deleteCommand() *cobra.Command {
	return &cobra.Command{
		Use: "delete ID", Short: "Met un partenariat à la corbeille", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Records().DeletePartnership(cmd.Context(), repertoire.ID(args[0])); err != nil {
					return err
				}
				return f.report(map[string]string{"id": args[0]}, func(out io.Writer) { fmt.Fprintln(out, "Mis à la corbeille.") })
			})
		},
	}
}

func (f *face) archiveCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use: "archive", Short: "Écrit toute la base en fichiers lisibles, un par fiche", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("output", output); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Safety().Archive(cmd.Context(), output, f.progress()); err != nil {
					return err
				}
				return f.report(map[string]string{"folder": output}, func(out io.Writer) {
					fmt.Fprintf(out, "Base écrite dans %s. Pour la refaire : repertoirectl -w NOUVEAU init --from %s\n", output, output)
				})
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "dossier à créer")
	return c
}
