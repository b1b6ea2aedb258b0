package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/review"
	"repertoire/internal/workspace/rights"
)

func (f *face) duplicatesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "duplicates", Short: "Les fiches qui font peut-être double emploi", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Review().Duplicates(cmd.Context(), f.progress())
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, p := range list {
						fmt.Fprintf(out, "%s  %s  %s / %s — %s\n", p.A, p.B, p.TitleA, p.TitleB, p.Why)
					}
				})
			})
		},
	}
}

func (f *face) mergeCommand() *cobra.Command {
	var authority bool
	var other, both []string
	c := &cobra.Command{
		Use: "merge GARDÉE AUTRE", Short: "Fait une fiche de deux, en un seul changement ; l’autre va à la corbeille",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			m := review.Merging{Aggregate: repertoire.AggPartnership, Keep: repertoire.ID(args[0]), Drop: repertoire.ID(args[1]),
				Take: map[string]review.Take{}}
			if authority {
				m.Aggregate = repertoire.AggAuthority
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				fields, err := w.Review().CompareRecords(cmd.Context(), m.Aggregate, m.Keep, m.Drop)
				if err != nil {
					return err
				}
				for _, x := range fields {
					m.Take[x.Name] = x.Advice
				}
				for _, name := range other {
					m.Take[name] = review.TakeOther
				}
				for _, name := range both {
					m.Take[name] = review.TakeBoth
				}
				done, err := w.Review().Merge(cmd.Context(), m)
				if err != nil {
					return err
				}
				return f.report(done, func(out io.Writer) { fmt.Fprintf(out, "%s (changement %s)\n", done.Label, done.ID) })
			})
		},
	}
	c.Flags().BoolVar(&authority, "authority", false, "les fiches sont des collectivités")
	c.Flags().StringSliceVar(&other, "other", nil, "champs à prendre de l’autre fiche (noms JSON)")
	c.Flags().StringSliceVar(&both, "both", nil, "listes dont tout est gardé (noms JSON)")
	return c
}

func (f *face) eraseCommand() *cobra.Command {
	var person, reason string
	var dry bool
	c := &cobra.Command{
		Use: "erase", Short: "Efface une personne de la base, du journal et de l’index", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("person", strings.TrimSpace(person)); err != nil {
				return err
			}
			if dry {
				return f.look(cmd.Context(), func(w *workspace.Workspace) error {
					r, err := w.Rights().FindPerson(cmd.Context(), person)
					if err != nil {
						return err
					}
					return f.report(r, func(out io.Writer) {
						for _, p := range r.Places {
							kept := ""
							if p.Kept {
								kept = " (conservé dix ans)"
							}
							fmt.Fprintf(out, "%s  %s, %s : %s%s\n", p.ID, p.Title, p.Label, p.Excerpt, kept)
						}
						for _, p := range r.Files {
							fmt.Fprintf(out, "Fichier à supprimer : %s\n", p)
						}
						tellSurname(out, r.Surname)
						fmt.Fprintf(out, "%d lieux ; %d versions du journal ; %d mentions dans des éditions figées. Rien n’a été effacé.\n",
							len(r.Places), r.Versions, len(r.Editions))
					})
				})
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Rights().ErasePerson(cmd.Context(), person, reason)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out,
						"Effacé : %d fiches, %d versions du journal. %d sauvegardes gardent ces données jusqu’à leur remplacement.\n",
						r.Records, r.Versions, len(r.Backups))
					for _, e := range r.Editions {
						fmt.Fprintf(out, "Édition figée qui la nomme encore : %s %s, %s\n", e.Directory, e.Label, e.Title)
					}
					for _, p := range r.Files {
						fmt.Fprintf(out, "Fichier supprimé : %s\n", p)
					}
					tellSurname(out, r.Surname)
				})
			})
		},
	}
	c.Flags().StringVar(&person, "person", "", "prénom et nom, courriel ou téléphone")
	c.Flags().StringVar(&reason, "reason", "", "motif noté au registre, sans nom de personne")
	c.Flags().BoolVar(&dry, "dry-run", false, "montre ce qui la nomme et n’efface rien")
	return c
}

// tellSurname lists what bears the surname alone.
func tellSurname(out io.Writer, places []rights.PersonPlace) {
	for _, p := range places {
		fmt.Fprintf(out, "À juger, le nom de famille seul : %s  %s, %s : %s\n", p.ID, p.Title, p.Label, p.Excerpt)
	}
}

func (f *face) purgeCommand() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "purge ID…", Short: "Efface pour toujours des fiches de la corbeille", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Records().Trash(cmd.Context())
				if err != nil {
					return err
				}
				var refs []history.RecordRef
				for _, id := range args {
					found := false
					for _, x := range list {
						if x.ID == repertoire.ID(id) {
							refs, found = append(refs, history.RecordRef{Aggregate: x.Aggregate, ID: x.ID}), true
						}
					}
					if !found {
						return repertoire.Missing("« %s » n’est pas dans la corbeille ; rien n’a été effacé.", id)
					}
				}
				r, err := w.Rights().Purge(cmd.Context(), refs, reason)
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "Effacé : %d fiches, %d versions du journal. %d sauvegardes les gardent jusqu’à leur remplacement.\n",
						r.Records, r.Versions, len(r.Backups))
				})
			})
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "motif noté au registre, sans nom de personne")
	return c
}
