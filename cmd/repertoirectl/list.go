package main

import (
	"context"
	"fmt"
	"io"
	"slices"
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
	c.AddCommand(f.listAddCommand(), f.listRemoveCommand(), f.listPutCommand(), f.listTakeCommand())
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
				l, ok, err := listNamed(cmd.Context(), w, args[0])
				if err != nil {
					return err
				}
				if !ok {
					return repertoire.Missing("Aucune liste de ce dossier ne s’appelle « %s ». « list » donne celles qu’il a.", args[0])
				}
				if err := w.Searches().DeleteList(cmd.Context(), l.ID); err != nil {
					return err
				}
				return f.report(l, func(out io.Writer) { fmt.Fprintf(out, "Liste « %s » supprimée.\n", l.Name) })
			})
		},
	}
}

// listNamed finds a list of the folder's own by its name.
func listNamed(ctx context.Context, w *workspace.Workspace, name string) (searches.SavedList, bool, error) {
	all, err := w.Searches().SavedLists(ctx)
	if err != nil {
		return searches.SavedList{}, false, err
	}
	i := slices.IndexFunc(all, func(l searches.SavedList) bool { return !l.Smart && repertoire.Fold(l.Name) == repertoire.Fold(name) })
	if i < 0 {
		return searches.SavedList{}, false, nil
	}
	return all[i], true, nil
}

// handled is what became of a list that partnerships were put in or taken out of.
type handled struct {
	List    string `json:"list"`
	Changed int    `json:"changed"` // partnerships that came in, or left
}

func (f *face) listPutCommand() *cobra.Command {
	return &cobra.Command{
		Use: "put NOM ID…", Short: "Met des partenariats dans une liste, à la main ; une liste inconnue est créée", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				ids, err := partnershipsNamed(cmd.Context(), w, args[1:])
				if err != nil {
					return err
				}
				l, ok, err := listNamed(cmd.Context(), w, args[0])
				n := len(ids)
				switch {
				case err != nil:
					return err
				case ok:
					n, err = w.Searches().PutInList(cmd.Context(), l.ID, ids)
				default:
					l.SavedList, err = w.Searches().SaveList(cmd.Context(), repertoire.SavedList{Name: args[0], Added: ids})
				}
				if err != nil {
					return err
				}
				return f.report(handled{l.Name, n}, func(out io.Writer) { fmt.Fprintf(out, "Liste « %s » : %d ajoutée(s).\n", l.Name, n) })
			})
		},
	}
}

func (f *face) listTakeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "take NOM ID…", Short: "Retire des partenariats d’une liste, à la main", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				ids, err := partnershipsNamed(cmd.Context(), w, args[1:])
				if err != nil {
					return err
				}
				l, ok, err := listNamed(cmd.Context(), w, args[0])
				if err != nil {
					return err
				}
				if !ok {
					return repertoire.Missing("Aucune liste de ce dossier ne s’appelle « %s ». « list » donne celles qu’il a.", args[0])
				}
				n, err := w.Searches().TakeFromList(cmd.Context(), l.ID, ids)
				if err != nil {
					return err
				}
				return f.report(handled{l.Name, n}, func(out io.Writer) { fmt.Fprintf(out, "Liste « %s » : %d retirée(s).\n", l.Name, n) })
			})
		},
	}
}

// partnershipsNamed reads the IDs of partnerships, which must all be there.
func partnershipsNamed(ctx context.Context, w *workspace.Workspace, args []string) ([]repertoire.ID, error) {
	var ids []repertoire.ID
	for _, a := range args {
		p, err := w.Records().Partnership(ctx, repertoire.ID(a))
		if err != nil {
			return nil, err
		}
		ids = append(ids, p.ID)
	}
	return ids, nil
}
