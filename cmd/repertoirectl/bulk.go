package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

func (f *face) bulkCommand() *cobra.Command {
	var q searches.Query
	var theme, country, status string
	var set []string
	var dry bool
	fields := make([]string, 0)
	for _, x := range records.BulkFields() {
		fields = append(fields, string(x.Value))
	}
	c := &cobra.Command{
		Use: "bulk REQUÊTE", Short: "Modifie d’un coup tous les partenariats qui répondent", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Text = strings.Join(args, " ")
			if q.Text == "" && q.Directory == "" && theme == "" && country == "" && status == "" {
				return usageError{repertoire.Refuse(
					"bulk demande une requête ou un filtre ; tout le dossier se dit --directory, répertoire par répertoire")}
			}
			var edits []records.BulkEdit
			for _, s := range set {
				field, value, _ := strings.Cut(s, "=")
				edits = append(edits, records.BulkEdit{Field: records.BulkField(field), Value: value})
			}
			if len(edits) == 0 {
				return usageError{repertoire.Refuse("il manque --set CHAMP=VALEUR ; les champs sont %s", strings.Join(fields, ", "))}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Searches().ReadFilters(&q, theme, country, status); err != nil {
					return err
				}
				r, err := w.Records().BulkEdit(cmd.Context(), records.BulkTarget{Query: q}, edits, dry, f.progress())
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { printBulk(out, r, dry) })
			})
		},
	}
	flags := c.Flags()
	flags.StringArrayVar(&set, "set", nil, "CHAMP=VALEUR, plusieurs fois : "+strings.Join(fields, ", "))
	flags.BoolVar(&dry, "dry-run", false, "montre ce qui changerait, sans rien écrire")
	flags.StringVar(&theme, "theme", "", "thématique : code ou intitulé")
	flags.StringVar(&country, "country", "", "pays : code ISO ou nom")
	flags.StringVar(&q.Directory, "directory", "", "répertoire")
	flags.StringVar(&status, "status", "", "statut : actif, termine…")
	return c
}

func printBulk(out io.Writer, r records.BulkReport, dry bool) {
	for _, l := range r.Lines {
		for _, x := range l.Fields {
			fmt.Fprintf(out, "%s  %s : %s → %s\n", l.Title, x.Label, orEmpty(x.Before), orEmpty(x.After))
		}
	}
	for _, x := range r.Refusals {
		fmt.Fprintf(out, "%s  refusé : %s\n", x.Title, x.Reason)
	}
	verb := "modifié(s)"
	if dry {
		verb = "à modifier"
	}
	fmt.Fprintf(out, "%d partenariat(s) : %d %s, %d déjà ainsi, %d refusé(s)\n", r.Total, r.Changed, verb, r.Unchanged, r.Refused)
	if r.Change != "" {
		fmt.Fprintf(out, "Pour annuler : undo %s\n", r.Change)
	}
}

func orEmpty(s string) string {
	if s == "" {
		return "(vide)"
	}
	return s
}
