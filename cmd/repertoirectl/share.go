package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"

	"repertoire/internal/workspace/sharing"
)

// shareCommand puts a workspace in common with other desks. The password comes
// from the address given to init and join, from the system's keyring, PGPASSWORD
// or a pgpass file, else it is asked; it is kept in the keyring alone, and only
// with --remember.
func (f *face) shareCommand() *cobra.Command {
	c := &cobra.Command{Use: "share", Short: "Plusieurs postes sur une même base (PostgreSQL)"}
	c.AddCommand(f.shareInitCommand(), f.shareJoinCommand(), f.shareSyncCommand(), f.shareStatusCommand(), f.shareCheckCommand(),
		f.shareDisputesCommand(), f.shareAcceptCommand(), f.shareRefuseCommand(), f.sharePeopleCommand(), f.shareRestoredCommand(),
		f.sharePurgeCommand(), f.shareLeaveCommand())
	return c
}

// withPassword does something that needs the server; where it refuses the
// password and a person is there, it asks for it and tries once more.
func (f *face) withPassword(cmd *cobra.Command, room *sharing.Room, do func(password string) error) error {
	err := do("")
	in, ok := cmd.InOrStdin().(*os.File)
	if !sharing.WrongPassword(err) || !ok || !term.IsTerminal(int(in.Fd())) {
		return err
	}
	fmt.Fprint(cmd.ErrOrStderr(), "Mot de passe de la base partagée : ")
	password, readErr := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(cmd.ErrOrStderr())
	if readErr != nil {
		return err
	}
	if e := room.Enter(cmd.Context(), sharing.Access{Password: string(password)}); e != nil {
		return e
	}
	return do(string(password))
}

// exchanging does an exchange and tells what it came to.
func (f *face) exchanging(cmd *cobra.Command, do func(*workspace.Workspace, string) (sharing.Outcome, error)) error {
	return f.open(cmd.Context(), func(w *workspace.Workspace) error {
		var out sharing.Outcome
		err := f.withPassword(cmd, w.Sharing(), func(password string) (err error) {
			out, err = do(w, password)
			return err
		})
		return f.reportExchange(out, err)
	})
}

const rememberHelp = "garde le mot de passe dans le trousseau du système"

func (f *face) reportExchange(out sharing.Outcome, err error) error {
	if err != nil {
		return err
	}
	return f.report(out, func(w io.Writer) {
		fmt.Fprintf(w, "%d modification(s) envoyée(s), %d reprise(s), %d à régler\n", out.Sent, out.Received, out.Disputed)
		if g := out.Guarded; g != nil {
			fmt.Fprintf(w, "« %s » de %s supprimerait %d fiches : rien n’en a été repris. « share accept %d » le reprend.\n",
				g.Change.Label, g.Change.Author, g.Change.Deletions(), g.Number)
		}
	})
}

func (f *face) shareInitCommand() *cobra.Command {
	var remember bool
	c := &cobra.Command{
		Use: "init ADRESSE", Short: "Met ce dossier en commun dans une base PostgreSQL vide (postgres://nom@serveur:5432/base)",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.exchanging(cmd, func(w *workspace.Workspace, password string) (sharing.Outcome, error) {
				return w.Sharing().Begin(cmd.Context(), sharing.Access{Address: args[0], Password: password, Remember: remember},
					f.progress())
			})
		},
	}
	c.Flags().BoolVar(&remember, "remember", false, rememberHelp)
	return c
}

func (f *face) shareJoinCommand() *cobra.Command {
	var remember bool
	c := &cobra.Command{
		Use: "join ADRESSE", Short: "Rejoint une base partagée depuis un dossier neuf ou vide", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.dir == "" {
				return usageError{repertoire.Refuse("il manque -w et le dossier à créer")}
			}
			if _, err := os.Stat(filepath.Join(f.dir, "repertoire.db")); os.IsNotExist(err) {
				if _, err := workspace.Init(cmd.Context(), f.dir, workspace.InitOptions{Author: f.author}); err != nil {
					return err
				}
			}
			return f.exchanging(cmd, func(w *workspace.Workspace, password string) (sharing.Outcome, error) {
				return w.Sharing().Join(cmd.Context(), sharing.Access{Address: args[0], Password: password, Remember: remember},
					f.progress())
			})
		},
	}
	c.Flags().BoolVar(&remember, "remember", false, rememberHelp)
	return c
}

func (f *face) shareSyncCommand() *cobra.Command {
	var giveBack bool
	c := &cobra.Command{
		Use: "sync", Short: "Envoie ce qui attend et reprend ce que les autres postes ont écrit", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.exchanging(cmd, func(w *workspace.Workspace, _ string) (sharing.Outcome, error) {
				if giveBack {
					return w.Sharing().GiveBack(cmd.Context(), f.progress())
				}
				return w.Sharing().Resume(cmd.Context(), f.progress())
			})
		},
	}
	c.Flags().BoolVar(&giveBack, "give-back", false, "rend ce qui manque à un serveur restauré d’une sauvegarde plus ancienne")
	return c
}

func (f *face) shareStatusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Dit où en est ce poste, sans interroger le serveur", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				s, err := w.Sharing().Status(cmd.Context())
				if err != nil {
					return err
				}
				return f.report(s, func(out io.Writer) {
					fmt.Fprintf(out, "%s, poste %s : %d à envoyer, %d à régler\n", s.Address, s.Desk, s.Waiting, s.Disputes)
					for _, sentence := range s.Doubles {
						fmt.Fprintln(out, sentence)
					}
				})
			})
		},
	}
}

func (f *face) shareCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Compare chaque fiche avec celle du serveur", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				same, different, err := w.Sharing().Compare(cmd.Context())
				if err != nil {
					return err
				}
				report := struct {
					Same      int                  `json:"same"`
					Different []sharing.Difference `json:"different"`
				}{same, append([]sharing.Difference{}, different...)}
				return f.report(report, func(out io.Writer) {
					fmt.Fprintf(out, "%d fiche(s) identique(s), %d différente(s)\n", same, len(different))
				})
			})
		},
	}
}

func (f *face) shareDisputesCommand() *cobra.Command {
	var mine, theirs int64
	c := &cobra.Command{
		Use: "disputes", Short: "Ce que deux postes ont écrit différemment, et le choix", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if mine > 0 || theirs > 0 {
				return f.open(cmd.Context(), func(w *workspace.Workspace) error {
					return w.Sharing().Settle(cmd.Context(), max(mine, theirs), mine > 0)
				})
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				all, err := w.Sharing().Disputes(cmd.Context())
				if err != nil {
					return err
				}
				return f.report(all, func(out io.Writer) {
					for _, d := range all {
						if d.Field == "" {
							fmt.Fprintf(out, "%4d  %s (%s, %s)\n", d.Number, d.Title, d.Why, d.By)
							continue
						}
						fmt.Fprintf(out, "%4d  %s, %s : « %s » de %s est en vigueur, « %s » est proposé (avant : « %s »)\n", d.Number,
							d.Title, d.Field, d.Theirs, d.By, d.Mine, d.Before)
					}
				})
			})
		},
	}
	c.Flags().Int64Var(&mine, "mine", 0, "met en vigueur la version de ce poste")
	c.Flags().Int64Var(&theirs, "theirs", 0, "garde la version en vigueur")
	return c
}

func (f *face) shareAcceptCommand() *cobra.Command {
	return &cobra.Command{
		Use: "accept NUMÉRO", Short: "Reprend une suppression de nombreuses fiches faite sur un autre poste", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usageError{repertoire.Refuse("« %s » n’est pas un numéro", args[0])}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := w.Sharing().Accept(cmd.Context(), number); err != nil {
					return err
				}
				return f.reportExchange(w.Sharing().Sync(cmd.Context(), f.progress()))
			})
		},
	}
}

func (f *face) shareRefuseCommand() *cobra.Command {
	return &cobra.Command{
		Use: "refuse NUMÉRO", Short: "Annule partout une suppression de nombreuses fiches faite sur un autre poste", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usageError{repertoire.Refuse("« %s » n’est pas un numéro", args[0])}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error { return w.Sharing().TakeBack(cmd.Context(), number) })
		},
	}
}

func (f *face) sharePeopleCommand() *cobra.Command {
	return &cobra.Command{
		Use: "people", Short: "Les postes qui partagent la base, les comptes et leurs droits", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if err := f.withPassword(cmd, w.Sharing(), func(string) error {
					_, err := w.Sharing().Sync(cmd.Context(), f.progress())
					return err
				}); err != nil {
					return err
				}
				s := w.Sharing().State()
				report := struct {
					People []sharing.Person `json:"people"`
					Desks  []sharing.Peer   `json:"desks"`
				}{s.People, s.Peers}
				return f.report(report, func(out io.Writer) {
					for _, p := range s.People {
						fmt.Fprintf(out, "%-24s %s\n", p.Login, p.Role)
					}
					for _, d := range s.Peers {
						fmt.Fprintf(out, "%s, compte %s, Répertoire %s : jusqu’à la modification %d, vu le %s\n", d.Name, d.Login, d.Program,
							d.Last, d.Seen.Local().Format("02/01/2006 15:04"))
					}
				})
			})
		},
	}
}

func (f *face) shareRestoredCommand() *cobra.Command {
	var accept, mark bool
	c := &cobra.Command{
		Use: "restored", Short: "Après la restauration du serveur : quels postes n’ont pas dit les numéros qu’ils connaissent", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				var out sharing.Restoration
				err := f.withPassword(cmd, w.Sharing(), func(string) (err error) {
					if mark {
						err = w.Sharing().MarkRestored(cmd.Context())
					}
					if err == nil && accept {
						err = w.Sharing().AcceptRestored(cmd.Context())
					}
					if err == nil {
						out, err = w.Sharing().Restored(cmd.Context())
					}
					return err
				})
				if err != nil {
					return err
				}
				return f.report(out, func(to io.Writer) { fmt.Fprintln(to, sharing.RestorationLine(out)) })
			})
		},
	}
	c.Flags().BoolVar(&accept, "accept", false, "facture sans attendre les postes qui manquent : un numéro pourrait servir deux fois, et le serait dit")
	c.Flags().BoolVar(&mark, "mark", false, "dit que le serveur revient d’un état ancien de son disque, ce qu’il ne peut pas voir")
	return c
}

func (f *face) sharePurgeCommand() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use: "purge", Short: "Retire du serveur les images et les fichiers dont plus rien ne parle", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				var out sharing.Purged
				err := f.withPassword(cmd, w.Sharing(), func(string) (err error) {
					out, err = w.Sharing().Purge(cmd.Context(), dry, f.progress())
					return err
				})
				if err != nil {
					return err
				}
				return f.report(out, func(to io.Writer) {
					what := "retiré(s) du serveur"
					if dry {
						what = "dont plus rien ne parle"
					}
					fmt.Fprintf(to, "%d fichier(s) %s, %.1f Mo\n", out.Files, what, float64(out.Bytes)/1e6)
				})
			})
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "les compte sans rien retirer")
	return c
}

func (f *face) shareLeaveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "leave", Short: "Quitte le partage ; toutes les fiches restent dans ce dossier", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error { return w.Sharing().Leave(cmd.Context()) })
		},
	}
}
