package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
)

func (f *face) editionFreezeCommand() *cobra.Command {
	var directory, label string
	c := &cobra.Command{
		Use: "freeze", Short: "Fige l’état d’un répertoire en une édition", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("directory", directory); err != nil {
				return err
			}
			if err := needFlag("label", label); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Books().Freeze(cmd.Context(), directory, label, f.progress())
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					if !r.Added {
						fmt.Fprintf(out, "Cette édition était déjà figée, rien n’a été ajouté : %s\n", r.ID)
						return
					}
					fmt.Fprintf(out, "Édition figée : %s, « %s », %d fiches sur %d pages\n", r.ID, r.Label, r.Entries, r.Pages)
					if r.Previous != "" {
						fmt.Fprintf(out, "Ses nouveautés sont celles depuis %s.\n", r.Previous)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&directory, "directory", "", "répertoire")
	c.Flags().StringVar(&label, "label", "", "nom de l’édition, par exemple « septembre 2026 »")
	return c
}

func (f *face) editionListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Les éditions figées, de la plus ancienne à la plus récente", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Books().Editions(cmd.Context())
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					if len(list) == 0 {
						fmt.Fprintln(out, "Aucune édition figée.")
					}
					for _, e := range list {
						if e.Damage != "" {
							fmt.Fprintf(out, "%s  ABÎMÉE : %s\n", e.ID, e.Damage)
							continue
						}
						fmt.Fprintf(out, "%s  %s  %-12s %4d fiches  %s\n", e.ID, e.Frozen.Field(), books.StateLabel(e.State), e.Entries,
							e.Label)
					}
				})
			})
		},
	}
}

func (f *face) editionRebuildCommand() *cobra.Command {
	var opt books.BuildOptions
	var original bool
	c := &cobra.Command{
		Use: "rebuild ÉDITION", Short: "Refait le livre d’une édition figée, tel qu’il était", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFile(&opt); err != nil {
				return err
			}
			if original && opt.Variant == books.Web {
				return usageError{repertoire.Refuse(
					"--original ne concerne que les deux PDF : le site d’une édition se refait à l’identique de son contenu figé")}
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				if original {
					r, err := w.Books().Original(cmd.Context(), args[0], opt.Variant, opt.Output)
					if err != nil {
						return err
					}
					return f.report(r, func(out io.Writer) {
						fmt.Fprintf(out, "%s : le fichier d’origine de l’édition %s, %d pages\n", opt.Output, r.Edition.ID, r.Pages)
					})
				}
				r, err := w.Books().Rebuild(cmd.Context(), args[0], opt, f.progress())
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					printBuild(out, opt, r.BuildReport)
					if r.Identical {
						fmt.Fprintln(out, "  identique, octet pour octet, au fichier du jour où l’édition a été figée")
					}
				})
			})
		},
	}
	fileFlags(c, &opt)
	c.Flags().BoolVar(&original, "original", false, "le fichier même que les lecteurs ont eu d’une édition publiée, gardé depuis")
	return c
}

func (f *face) editionDiffCommand() *cobra.Command {
	return &cobra.Command{
		Use: "diff A B", Short: "Compare deux éditions, ou une édition et l’état présent d’un répertoire", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				d, err := w.Books().DiffEditions(cmd.Context(), args[0], args[1])
				if err != nil {
					return err
				}
				return f.report(d, func(out io.Writer) { printDiff(out, d) })
			})
		},
	}
}

func printDiff(out io.Writer, d books.EditionDiff) {
	if len(d.New)+len(d.Ended)+len(d.Changed)+len(d.Authorities) == 0 {
		fmt.Fprintln(out, "Rien n’a changé.")
	}
	names := func(heading string, list []history.RecordName) {
		if len(list) > 0 {
			fmt.Fprintf(out, "%s (%d)\n", heading, len(list))
		}
		for _, x := range list {
			fmt.Fprintf(out, "  %s\n", x.Title)
		}
	}
	changes := func(heading string, list []history.RecordChanges) {
		if len(list) > 0 {
			fmt.Fprintf(out, "%s (%d)\n", heading, len(list))
		}
		for _, x := range list {
			fmt.Fprintf(out, "  %s\n", x.Title)
			for _, c := range x.Fields {
				fmt.Fprintf(out, "      %s : %s → %s\n", c.Label, orNone(c.Before), orNone(c.After))
			}
		}
	}
	names("Nouveaux partenariats", d.New)
	names("Partenariats terminés ou retirés", d.Ended)
	changes("Fiches modifiées", d.Changed)
	changes("Collectivités modifiées", d.Authorities)
}

func (f *face) editionStateCommand() *cobra.Command {
	var to string
	c := &cobra.Command{
		Use: "state ÉDITION", Short: "Change l’état d’une édition", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("to", to); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				e, err := w.Books().MoveEdition(cmd.Context(), args[0], to, f.progress())
				if err != nil {
					return err
				}
				return f.report(e, func(out io.Writer) { fmt.Fprintf(out, "%s : %s\n", e.ID, books.StateLabel(e.State)) })
			})
		},
	}
	c.Flags().StringVar(&to, "to", "", "brouillon, bon-a-tirer, publiee ou epuisee")
	return c
}

func (f *face) editionNamedCommand() *cobra.Command {
	var name string
	c := &cobra.Command{
		Use: "named", Short: "Qui est nommé dans quelle édition figée", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Books().Named(cmd.Context(), name)
				if err != nil {
					return err
				}
				for _, e := range r.Unreadable {
					f.complain("%s", e.Damage)
				}
				return f.report(r, func(out io.Writer) {
					if len(r.People) == 0 {
						fmt.Fprintln(out, "Personne n’est nommé dans les éditions figées.")
					}
					for _, p := range r.People {
						fmt.Fprintf(out, "%s  %s (%s) : %s", p.Edition, p.Label, books.StateLabel(p.State), p.Name)
						if p.Title != "" {
							fmt.Fprintf(out, " – %s", p.Title)
						}
						fmt.Fprintf(out, " [%s]\n", books.CapacityLabel(p.As))
					}
				})
			})
		},
	}
	c.Flags().StringVar(&name, "name", "", "seulement ce nom, y compris dans les textes")
	return c
}

func (f *face) editionGateCommand() *cobra.Command {
	var directory string
	c := &cobra.Command{
		Use: "gate", Short: "Tout ce qui sépare un livre du bon à tirer", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("directory", directory); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Books().Gate(cmd.Context(), directory, f.progress())
				if err != nil {
					return err
				}
				if err := f.report(r, func(out io.Writer) {
					for _, l := range r.Lines {
						mark := "!"
						if l.Severity == string(repertoire.SeverityRefuse) {
							mark = "✗"
						}
						fmt.Fprintf(out, "%s %s%s\n", mark, place(l.Page, l.Title), l.Message)
					}
					fmt.Fprintf(out, "%d pages, %d fiches, %d ligne(s) à regarder\n", r.Pages, r.Entries, len(r.Lines))
				}); err != nil {
					return err
				}
				if !r.OK {
					return silent{repertoire.Refuse(
						"Le livre n’est pas prêt pour l’imprimeur : corrigez d’abord les lignes marquées ✗ (« refuse »).")}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&directory, "directory", "", "répertoire")
	return c
}

func (f *face) editionPagesCommand() *cobra.Command {
	var directory string
	var o repertoire.PageOverride
	c := &cobra.Command{
		Use: "pages FICHE", Short: "Décide de la mise en pages d’une fiche, pour cette édition et les suivantes", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("directory", directory); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Books().OverridePages(cmd.Context(), directory, repertoire.ID(args[0]), o); err != nil {
					return err
				}
				return f.report(map[string]any{"entry": args[0], "directory": directory, "override": o}, func(out io.Writer) {
					if o == (repertoire.PageOverride{}) {
						fmt.Fprintln(out, "La fiche est de nouveau mise en pages d’elle-même.")
						return
					}
					fmt.Fprintln(out, "Réglage enregistré.")
				})
			})
		},
	}
	c.Flags().StringVar(&directory, "directory", "", "répertoire")
	c.Flags().BoolVar(&o.NewPage, "new-page", false, "la fiche commence une page")
	c.Flags().BoolVar(&o.Keep, "keep", false, "la fiche reste entière quand elle tient sur une page")
	c.Flags().Float64Var(&o.PictureWidth, "picture-width", 0, "part de la colonne que prennent ses images, de 0 à 1")
	return c
}
