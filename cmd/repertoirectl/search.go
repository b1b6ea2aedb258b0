package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/searches"
)

// searchFlags are what a search was asked for besides its words.
type searchFlags struct {
	theme, country, status string
	sort, from             string
	csv, xlsx              string
	emails                 bool
}

func (f *face) searchCommand() *cobra.Command {
	var q searches.Query
	var s searchFlags
	c := &cobra.Command{
		Use: "search REQUÊTE", Short: "Cherche des partenariats", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Text = strings.Join(args, " ")
			q.Facets, q.Snippets, q.Public = true, true, true // scripts send answers on
			switch {
			case q.Limit < 0:
				return usageError{repertoire.Refuse("--limit est un nombre positif")}
			case s.csv != "" && s.xlsx != "":
				return usageError{repertoire.Refuse("--csv et --xlsx ne vont pas ensemble")}
			}
			if err := s.order(&q); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error { return f.search(cmd.Context(), w, q, s) })
		},
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if m := shorthand.FindStringSubmatch(err.Error()); m != nil {
			err = fmt.Errorf("« %s » se lit comme une option ; pour écarter un mot, écrivez-le après deux tirets : search -- %s", m[1],
				m[1])
		}
		return usageError{err}
	})
	flags := c.Flags()
	flags.StringVar(&s.theme, "theme", "", "thématique : code ou intitulé")
	flags.StringVar(&s.country, "country", "", "pays : code ISO ou nom")
	flags.StringVar(&q.Directory, "directory", "", "répertoire")
	flags.StringVar(&s.status, "status", "", "statut : actif, termine…")
	flags.IntVar(&q.Limit, "limit", 50, "nombre de réponses")
	flags.StringVar(&s.sort, "sort", "", "ordre : "+strings.Join(sortWords(), ", ")+" (sinon les plus utiles d’abord)")
	flags.BoolVar(&q.Descending, "descending", false, "dans l’ordre inverse")
	flags.StringVar(&s.from, "from", "", "lieu d’où mesurer, avec --sort distance : Lille, Saint-Denis (Réunion), \"50.63, 3.06\"")
	flags.StringVar(&s.csv, "csv", "", "écrit toutes les réponses dans ce fichier CSV")
	flags.StringVar(&s.xlsx, "xlsx", "", "écrit toutes les réponses dans ce classeur")
	flags.BoolVar(&s.emails, "emails", false, "les adresses de courriel publiables de toutes les réponses")
	return c
}

// similarCommand gives the partnerships like one.
func (f *face) similarCommand() *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use: "similar ID", Short: "Donne les partenariats semblables à un autre : mêmes sujets, même pays, même taille",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				if _, err := w.Records().Partnership(cmd.Context(), repertoire.ID(args[0])); err != nil {
					return err
				}
				r, err := w.Searches().Search(cmd.Context(),
					searches.Query{Text: "semblable:" + args[0], Limit: limit, Snippets: true, Public: true})
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { printResult(out, r, nil) })
			})
		},
	}
	c.Flags().IntVar(&limit, "limit", 10, "nombre de réponses")
	return c
}

// sortWords are the orders by the words of the command line.
func sortWords() []string {
	return []string{"title", "partner", "year", "verified", "updated", "amount", "distance"}
}

// order reads --sort and --from.
func (s searchFlags) order(q *searches.Query) error {
	q.Sort = searches.Sort(s.sort)
	known := s.sort == ""
	for _, word := range sortWords() {
		known = known || s.sort == word
	}
	switch {
	case !known:
		return usageError{repertoire.Refuse("--sort est %s", strings.Join(sortWords(), ", "))}
	case q.Sort == searches.SortDistance && s.from == "":
		return usageError{repertoire.Refuse("--sort distance demande --from et un lieu")}
	case q.Sort != searches.SortDistance && s.from != "":
		return usageError{repertoire.Refuse("--from va avec --sort distance")}
	}
	return nil
}

func (f *face) search(ctx context.Context, w *workspace.Workspace, q searches.Query, s searchFlags) error {
	if err := w.Searches().ReadFilters(&q, s.theme, s.country, s.status); err != nil {
		return err
	}
	if s.from != "" {
		at, err := w.Atlas().Locate(ctx, s.from)
		if err != nil {
			return err
		}
		q.Near = &at
	}
	file, format := s.csv, "csv"
	if s.xlsx != "" {
		file, format = s.xlsx, "xlsx"
	}
	switch {
	case s.emails:
		return f.addresses(ctx, w, q, format, file)
	case file != "":
		n, err := w.Tables().ExportResults(ctx, q, format, file, f.progress())
		if err != nil {
			return err
		}
		return f.report(map[string]any{"file": file, "partnerships": n}, func(out io.Writer) {
			fmt.Fprintf(out, "%d partenariat(s) écrits dans %s\n", n, file)
		})
	}
	r, err := w.Searches().Search(ctx, q)
	if err != nil {
		return err
	}
	return f.report(r, func(out io.Writer) { printResult(out, r, q.Near) })
}

// addresses gives whom the answers can be written to, or puts them in a file.
func (f *face) addresses(ctx context.Context, w *workspace.Workspace, q searches.Query, format, file string) error {
	l, err := w.Tables().Addresses(ctx, q)
	if err != nil {
		return err
	}
	if file != "" {
		if _, err := w.Tables().ExportAddresses(l, format, file); err != nil {
			return err
		}
	}
	return f.report(l, func(out io.Writer) {
		if file != "" {
			fmt.Fprintf(out, "%d adresse(s) écrites dans %s\n", len(l.Addresses), file)
		} else {
			for _, a := range l.Addresses {
				fmt.Fprintf(out, "%s  %s\n", a.Email, a.Name)
			}
		}
		if l.NotPublishable+l.Objected > 0 {
			fmt.Fprintf(out, "Gardées : %d non publiable(s), %d opposition(s)\n", l.NotPublishable, l.Objected)
		}
		if n := len(l.Unreachable); n > 0 {
			fmt.Fprintf(out, "%d partenariat(s) sur %d n’ont aucune adresse utilisable\n", n, l.Partnerships)
		}
	})
}

func printResult(out io.Writer, r searches.Result, near *searches.Point) {
	switch r.Total {
	case 0:
		fmt.Fprintln(out, "Aucun partenariat ne répond.")
	case 1:
		fmt.Fprintln(out, "1 partenariat")
	default:
		fmt.Fprintf(out, "%d partenariats\n", r.Total)
	}
	if r.Understood.Text != "" {
		fmt.Fprintf(out, "Compris : %s\n", r.Understood.Text)
	}
	if near != nil {
		fmt.Fprintf(out, "Distances depuis %s\n", near.Label)
	}
	for _, h := range r.Hits {
		mark := ""
		if h.Fictitious {
			mark = " [fictif]"
		}
		if near != nil && h.Distance >= 0 {
			mark += " " + repertoire.Thousands(int64(math.Round(h.Distance))) + "\u00a0km"
		}
		fmt.Fprintf(out, "%s  %s (%s)%s\n", h.ID, h.Title, h.Directory, mark)
		for _, s := range h.Snippets {
			fmt.Fprintf(out, "      %s\n", s.Text)
		}
		for _, y := range h.Why {
			if y.Kind == searches.WhySimilar {
				fmt.Fprintf(out, "      en commun : %s\n", y.Found)
			}
		}
	}
	for _, s := range r.Suggestions {
		fmt.Fprintln(out, s)
	}
}
