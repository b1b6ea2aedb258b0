package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
)

func (f *face) directoriesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "directories", Short: "Les répertoires et leur nombre de partenariats", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Records().Directories(cmd.Context())
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, d := range list {
						fmt.Fprintf(out, "%-24s %5d  %s\n", d.Slug, d.Partnerships, d.Title)
					}
				})
			})
		},
	}
}

func (f *face) directoryCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "directory", Short: "Crée un répertoire", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{repertoire.Refuse("il manque ce qu’il faut faire du répertoire : add")}
		},
	}
	var title string
	var countries []string
	add := &cobra.Command{
		Use: "add IDENTIFIANT", Short: "Crée un répertoire vide", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("countries", strings.Join(countries, "")); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				d, err := w.Records().AddDirectory(cmd.Context(), args[0], title, countries)
				if err != nil {
					return err
				}
				return f.report(d, func(out io.Writer) { fmt.Fprintf(out, "Répertoire créé : %s — %s\n", d.Slug, d.Title) })
			})
		},
	}
	add.Flags().StringVar(&title, "title", "", "titre du livre (sinon fait d’après les pays)")
	add.Flags().StringSliceVar(&countries, "countries", nil, "pays : codes ISO ou noms, séparés par des virgules")
	c.AddCommand(add)
	return c
}

func (f *face) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Tout ce qui est su d’un partenariat", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				d, err := w.Records().Show(cmd.Context(), repertoire.ID(args[0]))
				if err != nil {
					return err
				}
				return f.report(d, func(out io.Writer) {
					fmt.Fprintln(out, d.Title)
					for _, l := range d.Lines {
						fmt.Fprintf(out, "  %-22s %s\n", l.Label, l.Value)
					}
				})
			})
		},
	}
}

func (f *face) historyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "history ID", Short: "Les changements d’un partenariat, ou d’une commande par son numéro ou celui de sa facture",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				id := repertoire.ID(args[0])
				if o, err := w.Orders().Get(cmd.Context(), args[0]); err == nil {
					id = o.ID
				}
				items, err := w.History().Of(cmd.Context(), id)
				if err != nil {
					return err
				}
				return f.report(items, func(out io.Writer) {
					for _, h := range items {
						undone := ""
						if h.Undone {
							undone = " (annulé)"
						}
						fmt.Fprintf(out, "%s  %s  %s : %s%s\n", h.ID, h.At.Local().Format("02/01/2006 15:04"), h.Author, h.Label, undone)
						for _, c := range h.Fields {
							fmt.Fprintf(out, "      %s : %s → %s\n", c.Label, orNone(c.Before), orNone(c.After))
						}
					}
				})
			})
		},
	}
}

func orNone(s string) string {
	if s == "" {
		return "(vide)"
	}
	return s
}

func (f *face) undoCommand() *cobra.Command {
	var onConflict string
	c := &cobra.Command{
		Use: "undo CHANGEMENT", Short: "Annule un changement, lui seul", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			choice, err := history.ParseUndoChoice(onConflict)
			if err != nil {
				return usageError{err}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				u, err := w.History().Undo(cmd.Context(), repertoire.ID(args[0]), choice)
				if err != nil {
					return err
				}
				if len(u.Conflicts) > 0 && u.Change == "" {
					_ = f.report(u, func(out io.Writer) {
						for _, x := range u.Conflicts {
							fmt.Fprintf(out, "  %s, %s : changé depuis ; aujourd’hui « %s », l’annulation remettrait « %s »\n", x.Title,
								x.Label, x.Now, x.Would)
						}
					})
					return silent{
						repertoire.Refuse(
							"Rien n’a été annulé : %d champ(s) ont changé depuis. Ajoutez --conflict skip pour les laisser, ou --conflict overwrite pour les remettre aussi.", len(u.Conflicts))}
				}
				return f.report(u, func(out io.Writer) { fmt.Fprintf(out, "Annulé : %s (changement %s)\n", u.Label, u.Change) })
			})
		},
	}
	c.Flags().StringVar(&onConflict, "conflict", "ask", "champs changés depuis : ask, skip ou overwrite")
	return c
}
