package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

func (f *face) campaignSendCommand() *cobra.Command {
	var ref, doubt string
	var only []string
	var in campaigns.Sending
	c := &cobra.Command{
		Use: "send", Short: "Envoie les messages par le serveur réglé, un par destinataire, jamais deux fois", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch doubt {
			case "", string(campaigns.DoubtSent), string(campaigns.DoubtAgain):
				in.Doubt = campaigns.Doubt(doubt)
			default:
				return usageError{repertoire.Refuse("--doubtful est partis ou renvoyer, pas « %s »", doubt)}
			}
			for _, id := range only {
				in.Only = append(in.Only, repertoire.ID(id))
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Campaigns().Send(cmd.Context(), ref, in, f.progress())
				if err != nil {
					return err
				}
				return f.report(done, func(out io.Writer) { printSent(out, done) })
			})
		},
	}
	named(c, &ref)
	c.Flags().StringSliceVar(&only, "only", nil, "seulement ces partenariats (identifiants)")
	c.Flags().BoolVar(&in.Remind, "remind", false, "relance ceux qui n’ont pas répondu, et eux seuls")
	c.Flags().BoolVar(&in.Retry, "retry", false, "réessaie aussi ce que le serveur a refusé")
	c.Flags().StringVar(&doubt, "doubtful", "", "de ce dont on ne sait s’il est parti : partis ou renvoyer")
	c.Flags().StringVar(&in.Trial, "trial", "", "envoie le premier message à cette adresse seule, pour essai")
	return c
}

func printSent(out io.Writer, done campaigns.Sent) {
	fmt.Fprintf(out, "%d messages envoyés, %d déjà partis ou écrits.\n", done.Sent, done.Already)
	for _, r := range done.Refused {
		fmt.Fprintf(out, "  refusé : %s (%s)\n", r.File, r.Reason)
	}
	for _, d := range done.Doubtful {
		fmt.Fprintf(out,
			"  on ne sait s’il est parti : %s ; cherchez-le dans les messages envoyés du serveur, puis --doubtful partis ou renvoyer\n", d)
	}
}

func (f *face) campaignServerCommand() *cobra.Command {
	var s post.Server
	var security string
	var asks bool
	c := &cobra.Command{
		Use: "server", Short: "Règle le serveur d’envoi (SMTP) ; le mot de passe va dans le trousseau du système", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if s.Host == "" {
					now, set, err := w.Campaigns().Server()
					if err == nil && !set {
						err = repertoire.Missing("Aucun serveur d’envoi n’est réglé dans ce dossier.")
					}
					if err != nil {
						return err
					}
					s = now
				} else {
					kind, ok := post.Securities.Parse(security)
					if !ok || kind == "" {
						return usageError{repertoire.Refuse("--security est starttls, tls ou aucune, pas « %s »", security)}
					}
					s.Security = kind
					word := ""
					if asks {
						raw, err := io.ReadAll(io.LimitReader(os.Stdin, 4096))
						if err != nil {
							return repertoire.Fault(err, "Le mot de passe n’a pas pu être lu.")
						}
						word = strings.TrimRight(string(raw), "\r\n")
					}
					if err := w.Campaigns().SetServer(s, word); err != nil {
						return err
					}
				}
				return f.report(s, func(out io.Writer) {
					fmt.Fprintf(out, "Envoi par %s, port %d (%s), %s\n", s.Host, s.Port, post.Securities.Label(s.Security), s.User)
				})
			})
		},
	}
	c.Flags().StringVar(&s.Host, "host", "", "nom du serveur")
	c.Flags().IntVar(&s.Port, "port", 587, "port")
	c.Flags().StringVar(&s.User, "user", "", "nom d’utilisateur")
	c.Flags().StringVar(&security, "security", "starttls", "starttls, tls ou aucune (serveur de cette machine)")
	c.Flags().IntVar(&s.PerMinute, "per-minute", 20, "messages par minute ; 0 sans limite")
	c.Flags().BoolVar(&asks, "password-stdin", false, "lit le mot de passe sur l’entrée standard")
	return c
}
