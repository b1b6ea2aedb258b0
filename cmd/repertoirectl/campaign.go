package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

func (f *face) campaignCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "campaign", Short: "La campagne de mise à jour : questionnaires, envois, réponses, relecture", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{repertoire.Refuse(
				"il manque ce qu’il faut faire de la campagne : open, list, drafts, send, collect, status, review, remind, close…")}
		},
	}
	c.AddCommand(f.campaignOpenCommand(), f.campaignListCommand(), f.campaignDraftsCommand(), f.campaignSendCommand(),
		f.campaignServerCommand(), f.campaignCollectCommand(), f.campaignStatusCommand(),
		f.campaignRepliesCommand(), f.campaignReviewCommand(), f.campaignRemindCommand(), f.campaignRefreshCommand(),
		f.campaignCloseCommand(), f.campaignReopenCommand(), f.campaignAmendCommand(), f.campaignPreviewCommand(),
		f.campaignExportCommand())
	return c
}

// named adds --campaign: without it the open campaign is meant.
func named(c *cobra.Command, ref *string) {
	c.Flags().StringVar(ref, "campaign", "", "campagne : nom ou identifiant ; celle qui est ouverte sinon")
}

func (f *face) campaignOpenCommand() *cobra.Command {
	var in campaigns.Opening
	var list, deadline, role, signature string
	var sides, wordings []string
	c := &cobra.Command{
		Use: "open", Short: "Ouvre une campagne sur un répertoire, une liste ou une recherche", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("name", in.Name); err != nil {
				return err
			}
			in.Scope.List = repertoire.ID(list)
			var err error
			if in.Deadline, err = repertoire.ParseDate(deadline); err != nil {
				return err
			}
			for _, s := range sides {
				side, ok := repertoire.Sides.Parse(s)
				if !ok || side == "" {
					return usageError{repertoire.Refuse("le côté « %s » n’existe pas : france ou etranger", s)}
				}
				in.Sides = append(in.Sides, side)
			}
			r, ok := campaign.Roles.Parse(role)
			if !ok {
				return usageError{repertoire.Refuse("le rôle « %s » n’existe pas : agent ou elu", role)}
			}
			in.Role = r
			if in.Sender.Signature, err = readSignature(signature); err != nil {
				return err
			}
			if in.Wordings, err = readWordings(wordings); err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Campaigns().Open(cmd.Context(), in)
				if err != nil {
					return err
				}
				return f.report(done, func(out io.Writer) { printOpened(out, done, in.DryRun) })
			})
		},
	}
	c.Flags().StringVar(&in.Name, "name", "", "nom de la campagne")
	c.Flags().StringVar(&in.Scope.Directory, "directory", "", "répertoire interrogé")
	c.Flags().StringVar(&list, "list", "", "liste interrogée : nom ou identifiant")
	c.Flags().StringVar(&in.Scope.Text, "query", "", "recherche dont les partenariats sont interrogés")
	c.Flags().StringVar(&deadline, "deadline", "", "jour avant lequel répondre (31/03/2027)")
	c.Flags().StringSliceVar(&sides, "side", nil, "côtés interrogés : france (par défaut), etranger")
	c.Flags().StringVar(&role, "role", "", "interlocuteurs interrogés : agent ou elu ; tous sinon")
	c.Flags().StringVar(&in.Sender.Name, "sender", "", "nom de l’expéditeur")
	c.Flags().StringVar(&in.Sender.Email, "email", "", "adresse de l’expéditeur, où l’on répond")
	c.Flags().StringVar(&signature, "signature", "", "fichier texte de la signature")
	c.Flags().StringArrayVar(&wordings, "wording", nil, "\"LANGUE:OCCASION=FICHIER\" : texte de message, l’objet sur la première ligne")
	c.Flags().StringVar(&in.From, "from", "", "campagne dont celle-ci reprend les choix, les textes et l’expéditeur")
	c.Flags().BoolVar(&in.DryRun, "dry-run", false, "montre qui serait interrogé, sans rien ouvrir")
	return c
}

// readWordings reads texts of messages: "en:relance-1=texte.txt".
func readWordings(list []string) ([]campaign.Wording, error) {
	var out []campaign.Wording
	for _, s := range list {
		what, file, ok := strings.Cut(s, "=")
		language, occasion, two := strings.Cut(what, ":")
		if !ok || !two {
			return nil, usageError{repertoire.Refuse("« %s » n’est pas un texte : écrivez par exemple fr:demande=texte.txt", s)}
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, repertoire.Missing("Le texte « %s » n’est pas lisible. Rien n’a été enregistré.", file)
		}
		subject, body, _ := strings.Cut(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
		out = append(out, campaign.Wording{Language: language, Occasion: campaign.Occasion(occasion), Subject: subject,
			Body: strings.TrimSpace(body)})
	}
	return out, nil
}

func printOpened(out io.Writer, done campaigns.Opened, dry bool) {
	if dry {
		fmt.Fprintf(out, "Essai, rien n’a été ouvert : %d partenariats, %d destinataires.\n", done.Asked, done.Recipients)
	} else {
		fmt.Fprintf(out, "Campagne « %s » ouverte : %d partenariats, %d destinataires. Rien n’est encore envoyé.\n", done.Name, done.Asked,
			done.Recipients)
	}
	for _, u := range done.Unreachable {
		fmt.Fprintf(out, "  %s : %s\n", u.Title, u.Why)
	}
}

func (f *face) campaignListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Liste les campagnes, les plus récentes d’abord", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Campaigns().List(cmd.Context())
				if err != nil {
					return err
				}
				rows := make([]campaignRow, len(list))
				for i := range list {
					rows[i] = rowOfCampaign(&list[i])
				}
				return f.report(rows, func(out io.Writer) {
					for _, r := range rows {
						state := "jusqu’au " + r.Deadline.Field()
						if r.Closed != "" {
							state = "close le " + r.Closed.Field()
						}
						fmt.Fprintf(out, "%s  %s (%s), %s\n", r.Opened.Field(), r.Name, r.Scope, state)
					}
				})
			})
		},
	}
}

// campaignRow is a campaign as it is printed: without its key.
type campaignRow struct {
	ID       repertoire.ID   `json:"id"`
	Name     string          `json:"name"`
	Scope    string          `json:"scope"`
	Opened   repertoire.Date `json:"opened"`
	Deadline repertoire.Date `json:"deadline"`
	Closed   repertoire.Date `json:"closed,omitempty"`
}

func rowOfCampaign(c *campaign.Campaign) campaignRow {
	return campaignRow{c.ID, c.Name, c.Scope.Label, c.Opened, c.Deadline, c.Closed}
}

func (f *face) campaignDraftsCommand() *cobra.Command {
	var ref, folder string
	var only []string
	var want campaigns.Wanted
	c := &cobra.Command{
		Use: "drafts", Short: "Écrit les messages en brouillons (.eml), avec leur questionnaire", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.writeDrafts(cmd, ref, folder, only, want)
		},
	}
	named(c, &ref)
	c.Flags().StringVarP(&folder, "output", "o", "", "dossier des brouillons ; celui de la campagne sinon")
	c.Flags().StringSliceVar(&only, "only", nil, "seulement ces partenariats (identifiants)")
	c.Flags().BoolVar(&want.Again, "again", false, "réécrit aussi ceux qui l’ont déjà été")
	return c
}

func (f *face) writeDrafts(cmd *cobra.Command, ref, folder string, only []string, want campaigns.Wanted) error {
	for _, id := range only {
		want.Only = append(want.Only, repertoire.ID(id))
	}
	return f.open(cmd.Context(), func(w *workspace.Workspace) error {
		done, err := w.Campaigns().Drafts(cmd.Context(), ref, folder, want, f.progress())
		if err != nil {
			return err
		}
		return f.report(done, func(out io.Writer) {
			fmt.Fprintf(out, "%d brouillons dans « %s » ; %d déjà écrits, laissés.\n", done.Written, done.Folder, done.Already)
		})
	})
}

func (f *face) campaignRemindCommand() *cobra.Command {
	var ref, folder string
	var only []string
	want := campaigns.Wanted{Remind: true}
	c := &cobra.Command{
		Use: "remind", Short: "Relance ceux qui n’ont pas répondu, et eux seuls, par des brouillons", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.writeDrafts(cmd, ref, folder, only, want)
		},
	}
	named(c, &ref)
	c.Flags().StringVarP(&folder, "output", "o", "", "dossier des brouillons ; celui de la campagne sinon")
	c.Flags().StringSliceVar(&only, "only", nil, "seulement ces partenariats (identifiants)")
	return c
}

func (f *face) campaignCollectCommand() *cobra.Command {
	var ref string
	c := &cobra.Command{
		Use: "collect FICHIER…", Short: "Relève des réponses : fichiers, messages (.eml) et dossiers", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Campaigns().Collect(cmd.Context(), ref, args, f.progress())
				if err != nil {
					return err
				}
				return f.report(done, func(out io.Writer) {
					fmt.Fprintf(out, "%d fichiers : %d réponses à relire, %d doublons, %d messages revenus, %d déjà relevés, %d écartés.\n",
						done.Files, done.New, done.Doubles, done.Bounced, done.Already, len(done.Broken))
					for _, b := range done.Broken {
						fmt.Fprintf(out, "  %s\n", b.Reason)
					}
				})
			})
		},
	}
	named(c, &ref)
	return c
}

func (f *face) campaignStatusCommand() *cobra.Command {
	var ref string
	var lines bool
	c := &cobra.Command{
		Use: "status", Short: "Où en est la campagne", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				s, err := w.Campaigns().Status(cmd.Context(), ref)
				if err != nil {
					return err
				}
				return f.report(s, func(out io.Writer) { printStatus(out, s, lines) })
			})
		},
	}
	named(c, &ref)
	c.Flags().BoolVar(&lines, "lines", false, "avec chaque partenariat")
	return c
}

func printStatus(out io.Writer, s campaigns.Status, lines bool) {
	fmt.Fprintf(out, "%s (%s), ouverte le %s, réponses avant le %s\n", s.Name, s.Scope, s.Opened.Field(), s.Deadline.Field())
	if s.Closed != "" {
		fmt.Fprintf(out, "  close le %s\n", s.Closed.Field())
	}
	for _, x := range []struct {
		n     int
		label string
	}{{s.Asked, "partenariats interrogés"}, {s.Unreached, "sans adresse : à compléter"}, {s.Unwritten, "à écrire"}, {s.Sent, "écrits"},
		{s.Bounced, "revenus"},
		{s.Silent, "sans réponse"}, {s.ToReview, "à relire"}, {s.Partial, "partiels"}, {s.Done, "faits"}, {s.Broken, "fichiers écartés"},
		{s.Doubtful, "envois dont on ne sait s’ils sont partis"}, {s.Failed, "envois refusés"}} {
		if x.n > 0 {
			fmt.Fprintf(out, "  %5d %s\n", x.n, x.label)
		}
	}
	fmt.Fprintf(out, "Si l’on figeait aujourd’hui : %d %% à jour.\n", s.FreshPercent)
	if s.Expected != "" {
		fmt.Fprintf(out, "À ce rythme, tous auront répondu vers le %s.\n", s.Expected.Field())
	}
	if lines {
		for _, l := range s.Lines {
			fmt.Fprintf(out, "  %-14s %s  %s\n", campaign.Standings.Label(l.Standing), l.Partnership, l.Title)
		}
	}
}

func (f *face) campaignRefreshCommand() *cobra.Command {
	var ref string
	c := &cobra.Command{
		Use: "refresh", Short: "Cherche de nouveau les destinataires de ceux qui n’en avaient pas", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				n, err := w.Campaigns().Refresh(cmd.Context(), ref)
				if err != nil {
					return err
				}
				return f.report(map[string]int{"found": n}, func(out io.Writer) { fmt.Fprintf(out, "%d destinataires trouvés.\n", n) })
			})
		},
	}
	named(c, &ref)
	return c
}

func (f *face) campaignCloseCommand() *cobra.Command {
	return f.campaignDeed("close", "Clôt la campagne : plus rien n’est envoyé", (*campaigns.Room).Close)
}

func (f *face) campaignReopenCommand() *cobra.Command {
	return f.campaignDeed("reopen", "Rouvre une campagne close", (*campaigns.Room).Reopen)
}
