package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/safety"
)

func (f *face) restoreCommand() *cobra.Command {
	var dry, yes bool
	c := &cobra.Command{
		Use:   "restore FICHIER",
		Short: "Remet une sauvegarde en place, après avoir dit ce que cela reprend ; la base actuelle est gardée de côté",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.dir == "" {
				return usageError{repertoire.Refuse("il manque -w et le dossier de travail")}
			}
			ask := !yes && !f.json && term.IsTerminal(int(os.Stdin.Fd()))
			if dry || ask {
				plan, err := safety.PlanRestore(cmd.Context(), f.dir, args[0], f.progress())
				if err != nil {
					return err
				}
				if dry {
					return f.report(plan, func(out io.Writer) { printPlan(out, plan, "serait", "seraient") })
				}
				printPlan(f.errs, plan, "sera", "seront")
				if !f.agreed("Remettre cette sauvegarde en place ?") {
					return repertoire.Refuse("Rien n’a été restauré.")
				}
			}
			plan, err := safety.Restore(cmd.Context(), f.dir, args[0], f.progress())
			if err != nil {
				return err
			}
			if plan.Erasures > 0 { // nothing that was erased stays back until somebody opens the folder
				if err := f.open(cmd.Context(), func(*workspace.Workspace) error { return nil }); err != nil {
					return err
				}
			}
			return f.report(plan, func(out io.Writer) {
				if !ask {
					printPlan(out, plan, "est", "sont")
				}
				fmt.Fprintln(out, "Sauvegarde remise en place.")
				if plan.Aside != "" {
					fmt.Fprintln(out, "L’ancienne base est gardée :", plan.Aside)
				}
			})
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "dit ce qui serait repris et gardé, sans rien changer")
	c.Flags().BoolVar(&yes, "yes", false, "sans demander, même dans un terminal")
	return c
}

// agreed asks a person at a terminal.
func (f *face) agreed(question string) bool {
	fmt.Fprint(f.errs, question+" (o/N) ")
	answer, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "o", "oui", "y", "yes":
		return true
	}
	return false
}

// planShown is how many records a plan names on a terminal.
const planShown = 20

func printPlan(out io.Writer, p safety.RestorePlan, is, are string) {
	if !p.At.IsZero() {
		fmt.Fprintf(out, "La sauvegarde contient l’état du %s (modification %d).\n", p.At.Local().Format("02/01/2006 à 15:04"), p.Seq)
	}
	if !p.Vouched {
		fmt.Fprintln(out,
			"Elle n’a pas (ou plus) d’empreinte à côté d’elle : rien ne dit qu’elle est telle qu’elle a été faite. SQLite la trouve saine.")
	}
	switch p.Present {
	case "damaged":
		fmt.Fprintln(out, "La base actuelle est abîmée : ce qui s’y lit encore est repris table par table.")
		fmt.Fprintf(out, "Fiches plus récentes que la sauvegarde, sauvées de la base abîmée : %d ; illisibles : %d\n", p.Saved, p.Lost)
	case "none":
		fmt.Fprintln(out, "Il n’y a pas de base dans le dossier : rien n’est remplacé.")
	}
	if p.Total == 0 && p.Present == "sound" {
		fmt.Fprintln(out, "Aucune fiche n’a changé depuis.")
	} else if p.Total > 0 {
		fmt.Fprintf(out, "%d fiche(s) %s reprise(s) :\n", p.Total, are)
		what := map[string]string{"modified": "revient à son état d’alors", "added": "ajoutée depuis, s’en va",
			"deleted": "supprimée depuis, revient"}
		for _, x := range p.Back[:min(len(p.Back), planShown)] {
			fmt.Fprintf(out, "  %s : %s\n", x.Title, what[x.What])
		}
		if rest := p.Total - min(len(p.Back), planShown); rest > 0 {
			fmt.Fprintf(out, "  … et %d autre(s)\n", rest)
		}
	}
	if p.Orders+p.Invoices+p.Buyers+p.Movements > 0 {
		fmt.Fprintf(out,
			"Ce qui a été vendu depuis %s gardé : factures et avoirs %d, commandes %d (dont payées depuis %d), acheteurs %d, mouvements de stock %d\n",
			is, p.Invoices, p.Orders, p.Payments, p.Buyers, p.Movements)
	}
	if p.Messages > 0 {
		fmt.Fprintf(out, "Messages de campagne partis depuis, qui ne repartiront pas : %d\n", p.Messages)
	}
	if p.Doubtful > 0 {
		fmt.Fprintf(out,
			"Messages de campagne qui attendaient, dont rien ne dit s’ils sont partis depuis : %d ; ils ne partiront pas sans qu’on le demande.\n", p.Doubtful)
	}
	if p.Erasures > 0 {
		fmt.Fprintf(out, "Effacements de personnes ou de fiches faits depuis, refaits à l’ouverture : %d\n", p.Erasures)
	}
	if p.Missing > 0 {
		fmt.Fprintf(out, "Images et fichiers joints introuvables : %d\n", p.Missing)
	}
	if p.Present != "none" {
		fmt.Fprintln(out, "Les éditions figées et les fichiers livrés restent où ils sont.")
	}
	if p.Unknown {
		fmt.Fprintln(out,
			"Rien ne dit quels numéros de commande et de facture ont été donnés depuis : aucun autre ne sera donné avant « order numbers --last NUMÉRO ».")
	}
}

func (f *face) salvageCommand() *cobra.Command {
	return &cobra.Command{
		Use: "salvage", Short: "Refait une base propre avec ce qui se lit encore de la base actuelle, qui est gardée de côté",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.dir == "" {
				return usageError{repertoire.Refuse("il manque -w et le dossier de travail")}
			}
			r, err := safety.Salvage(cmd.Context(), f.dir, f.progress())
			if err != nil {
				return err
			}
			return f.report(r, func(out io.Writer) {
				fmt.Fprintf(out,
					"Base refaite : %d partenariats, %d collectivités, %d commandes, %d factures et avoirs, %d modifications au journal ; lignes illisibles : %d\n",
					r.Rows["partnership"], r.Rows["authority"], r.Rows["book_order"], r.Rows["invoice"], r.Rows["change"], r.Lost)
				fmt.Fprintln(out, "L’ancienne base est gardée :", r.Aside)
				if r.Unknown {
					fmt.Fprintln(out,
						"Rien ne dit quels numéros ont été donnés en dernier : aucun autre ne sera donné avant « order numbers --last NUMÉRO ».")
				}
			})
		},
	}
}

func (f *face) orderNumbersCommand() *cobra.Command {
	var last []string
	c := &cobra.Command{
		Use: "numbers", Short: "Les derniers numéros donnés ; --last NUMÉRO en dit un que la base ne connaît pas", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			do := func(w *workspace.Workspace) error {
				for _, number := range last {
					if _, err := w.Orders().GiveLastNumber(cmd.Context(), number); err != nil {
						return err
					}
				}
				list, err := w.Orders().LastNumbers(cmd.Context())
				if err != nil {
					return err
				}
				return f.report(list, func(out io.Writer) {
					for _, x := range list {
						number := x.Number
						if number == "" {
							number = "aucun"
						}
						if !x.Known {
							number += " (au moins : le dernier est à donner, --last)"
						}
						fmt.Fprintf(out, "%s%d : %s\n", x.Series, x.Year, number)
					}
				})
			}
			if len(last) > 0 {
				return f.open(cmd.Context(), do)
			}
			return f.look(cmd.Context(), do)
		},
	}
	c.Flags().StringArrayVar(&last, "last", nil, "dernier numéro émis, comme sur le document (F2026-0012 ; F2026-0000 s’il n’y en a pas)")
	return c
}
