package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

func (f *face) listCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "list", Short: "Recherches gardées sous un nom, avec ce qu’elles trouvent", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				all, err := w.Searches().SavedLists(cmd.Context())
				if err != nil {
					return err
				}
				return f.report(all, func(out io.Writer) {
					for _, l := range all {
						fmt.Fprintf(out, "%7s  %s\n", repertoire.Thousands(int64(l.Count)), l.Name)
					}
				})
			})
		},
	}
	c.AddCommand(f.listAddCommand(), f.listRemoveCommand())
	return c
}

func (f *face) listAddCommand() *cobra.Command {
	var q searches.Query
	var name, theme, country, status string
	c := &cobra.Command{
		Use: "add REQUÊTE", Short: "Garde une recherche sous un nom", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("name", name); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Searches().ReadFilters(&q, theme, country, status); err != nil {
					return err
				}
				l, err := w.Searches().SaveList(cmd.Context(),
					repertoire.SavedList{Name: name, Text: strings.Join(args, " "), Directory: q.Directory,
						Themes: q.Themes, Countries: q.Countries, Statuses: q.Statuses})
				if err != nil {
					return err
				}
				return f.report(l, func(out io.Writer) { fmt.Fprintf(out, "Liste « %s » gardée.\n", l.Name) })
			})
		},
	}
	flags := c.Flags()
	flags.StringVar(&name, "name", "", "nom de la liste")
	flags.StringVar(&theme, "theme", "", "thématique : code ou intitulé")
	flags.StringVar(&country, "country", "", "pays : code ISO ou nom")
	flags.StringVar(&q.Directory, "directory", "", "répertoire")
	flags.StringVar(&status, "status", "", "statut : actif, termine…")
	return c
}

func (f *face) listRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "remove NOM", Short: "Supprime une liste ; « undo » la rend", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				all, err := w.Searches().SavedLists(cmd.Context())
				if err != nil {
					return err
				}
				for _, l := range all {
					if !l.Smart && repertoire.Fold(l.Name) == repertoire.Fold(args[0]) {
						if err := w.Searches().DeleteList(cmd.Context(), l.ID); err != nil {
							return err
						}
						return f.report(l, func(out io.Writer) { fmt.Fprintf(out, "Liste « %s » supprimée.\n", l.Name) })
					}
				}
				return repertoire.Missing("Aucune liste de ce dossier ne s’appelle « %s ». « list » donne celles qu’il a.", args[0])
			})
		},
	}
}
