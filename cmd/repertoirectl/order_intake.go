package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/orders"
)

func (f *face) orderImportCommand() *cobra.Command {
	var opt orders.IntakeOptions
	var format string
	c := &cobra.Command{
		Use:   "import FICHIER…",
		Short: "Prend les commandes d’un tableau ou d’un message (CSV, XLSX, ODS, .eml), en une seule étape ; --dry-run les montre",
		Args:  cobra.MinimumNArgs(1),
		Long: "Prend les demandes reçues : une ligne de tableau est une commande, ou un message de formulaire (« champ : valeur »).\n" +
			"Les colonnes se reconnaissent à leur en-tête ; ce qui n’est pas reconnu est gardé dans la note. Une demande déjà prise ne l’est pas deux fois :\n" +
			"on peut redonner un fichier qui s’est allongé. « undo » défait toute l’étape.",
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opt.Format, err = order.ParseFormat(format); err != nil {
				return usageError{err}
			}
			door := f.open
			if opt.DryRun {
				door = f.look
			}
			return door(cmd.Context(), func(w *workspace.Workspace) error {
				in, err := w.Orders().TakeFiles(cmd.Context(), args, opt, f.progress())
				return f.reportIntake(in, err)
			})
		},
	}
	c.Flags().StringVar(&opt.Edition, "edition", "", "édition figée de ce qui n’en nomme pas")
	c.Flags().StringVar(&format, "format", "digital", "format de ce qui n’en dit pas : paper (papier) ou digital (numérique)")
	c.Flags().StringVar(&opt.Sheet, "sheet", "", "feuille du classeur ; celle qui convient sinon")
	c.Flags().BoolVar(&opt.DryRun, "dry-run", false, "montrer ce qui serait pris, sans rien écrire")
	return c
}

func (f *face) orderStandingCommand() *cobra.Command {
	var edition string
	var dry bool
	c := &cobra.Command{
		Use: "standing", Short: "Prend pour une nouvelle édition les commandes permanentes (« chaque nouvelle édition »)",
		Args: cobra.NoArgs,
		Long: "Un acheteur demande chaque nouvelle édition par « order buyer set ACHETEUR --standing \"RÉPERTOIRE;FORMAT;QUANTITÉ\" ».\nCette commande prend leurs commandes d’une édition figée ; la refaire ne les prend pas deux fois.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("edition", edition); err != nil {
				return err
			}
			door := f.open
			if dry {
				door = f.look
			}
			return door(cmd.Context(), func(w *workspace.Workspace) error {
				in, err := w.Orders().TakeStanding(cmd.Context(), edition, dry)
				return f.reportIntake(in, err)
			})
		},
	}
	c.Flags().StringVar(&edition, "edition", "", "édition figée : identifiant ou libellé")
	c.Flags().BoolVar(&dry, "dry-run", false, "montrer ce qui serait pris, sans rien écrire")
	return c
}

// reportIntake prints what was taken; what was refused makes it a refusal when
// nothing else came of it.
func (f *face) reportIntake(in orders.Intake, err error) error {
	if err != nil {
		return err
	}
	for _, s := range in.Remarks {
		f.complain("%s", s)
	}
	for _, x := range in.Refused {
		f.complain("%s (%s) n’est pas prise : %s", where(x), x.Buyer, x.Why)
	}
	err = f.report(in, func(out io.Writer) {
		for _, c := range in.Columns {
			if c.Field == "" {
				c.Field = "gardée dans la note"
			}
			fmt.Fprintf(out, "colonne %q : %s\n", c.Heading, c.Field)
		}
		for _, x := range in.Taken {
			fmt.Fprintf(out, "%-11s  %-12s  %10s  %s : %s\n", x.Order, where(x), x.Total.French(), x.Buyer, x.What)
			for _, r := range x.Remarks {
				fmt.Fprintf(out, "             %s\n", r)
			}
		}
		verb := "prises"
		if in.DryRun {
			verb = "à prendre"
		}
		fmt.Fprintf(out, "Commandes %s : %d ; déjà prises : %d ; refusées : %d\n", verb, len(in.Taken), len(in.Already), len(in.Refused))
		if in.Change != "" {
			fmt.Fprintf(out, "Pour tout défaire : undo %s\n", in.Change)
		}
	})
	if err == nil && len(in.Refused) > 0 && len(in.Taken)+len(in.Already) == 0 {
		err = repertoire.Refuse("Aucune commande n’a été prise : %d refusées.", len(in.Refused))
	}
	return err
}

func where(x orders.Intaken) string {
	if x.Row > 0 {
		return fmt.Sprintf("ligne %d", x.Row)
	}
	return x.File
}
