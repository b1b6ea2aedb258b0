package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/campaigns"
)

func (f *face) campaignDeed(use, short string,
	do func(*campaigns.Room, context.Context, string) (campaign.Campaign, error)) *cobra.Command {
	return &cobra.Command{
		Use: use + " [CAMPAGNE]", Short: short, Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				c, err := do(w.Campaigns(), cmd.Context(), strings.Join(args, ""))
				if err != nil {
					return err
				}
				row := rowOfCampaign(&c)
				return f.report(row, func(out io.Writer) {
					if row.Closed != "" {
						fmt.Fprintf(out, "Campagne « %s » close le %s.\n", row.Name, row.Closed.Field())
					} else {
						fmt.Fprintf(out, "Campagne « %s » ouverte.\n", row.Name)
					}
				})
			})
		},
	}
}

// replyRow is a reply as it is printed.
type replyRow struct {
	ID          repertoire.ID       `json:"id"`
	File        string              `json:"file"`
	State       campaign.ReplyState `json:"state"`
	Reason      string              `json:"reason,omitempty"`
	Partnership repertoire.ID       `json:"partnership,omitempty"`
	Received    string              `json:"received"`
	From        string              `json:"from,omitempty"`
	Respondent  string              `json:"respondent,omitempty"`
	Unchanged   bool                `json:"unchanged"`
	Remarks     string              `json:"remarks,omitempty"`
	Problems    []campaign.Problem  `json:"problems"`
	Missing     []string            `json:"missing"`
	Change      repertoire.ID       `json:"change,omitempty"`
}

func rowOfReply(r campaign.Reply) replyRow {
	out := replyRow{r.ID, r.File, r.State, r.Reason, r.Partnership, string(repertoire.DateOf(r.Received)), r.From, r.Respondent,
		r.Unchanged, r.Remarks, r.Problems, r.Missing, r.Change}
	if out.Problems == nil {
		out.Problems = []campaign.Problem{}
	}
	if out.Missing == nil {
		out.Missing = []string{}
	}
	return out
}

func (f *face) campaignRepliesCommand() *cobra.Command {
	var ref, state string
	c := &cobra.Command{
		Use: "replies", Short: "Liste ce qui est revenu, écartés compris", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var states []campaign.ReplyState
			if state != "" {
				s, ok := campaign.ReplyStates.Parse(state)
				if !ok {
					return usageError{repertoire.Refuse("l’état « %s » n’existe pas : a-relire, relue, doublon ou ecartee", state)}
				}
				states = append(states, s)
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Campaigns().Replies(cmd.Context(), ref, states...)
				if err != nil {
					return err
				}
				rows := make([]replyRow, len(list))
				for i, r := range list {
					rows[i] = rowOfReply(r)
				}
				return f.report(rows, func(out io.Writer) {
					for _, r := range list {
						fmt.Fprintf(out, "%s  %-9s  %s  %s\n", r.ID, campaign.ReplyStates.Label(r.State), r.File, r.Reason)
					}
				})
			})
		},
	}
	named(c, &ref)
	c.Flags().StringVar(&state, "state", "", "seulement cet état : a-relire, relue, doublon, ecartee")
	return c
}

// sheetRow is a review as it is printed.
type sheetRow struct {
	replyRow
	Title       string                `json:"title"`
	Differences []campaign.Difference `json:"differences"`
	Contradicts []string              `json:"contradicts"`
	Decided     *campaigns.Decided    `json:"decided,omitempty"`
}

func (f *face) campaignReviewCommand() *cobra.Command {
	var accept, refuse, edit []string
	var all string
	var d campaigns.Decision
	c := &cobra.Command{
		Use: "review RÉPONSE", Short: "Montre une réponse en trois colonnes, et l’accepte ou la refuse", Args: cobra.ExactArgs(1),
		Long: "Sans option, montre ce qui diffère : envoyé, répondu, dans la fiche aujourd’hui. --accept CHEMIN, --refuse CHEMIN et --edit CHEMIN=TEXTE décident\n" +
			"ligne par ligne, --all accepte ou refuse le reste (jamais ce qui est en conflit). Tout ce qui est accepté fait un seul changement, qui s’annule.",
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, p := range accept {
				d.Verdicts = append(d.Verdicts, campaign.Verdict{Path: p, Choice: campaign.Accept})
			}
			for _, p := range refuse {
				d.Verdicts = append(d.Verdicts, campaign.Verdict{Path: p, Choice: campaign.Refuse})
			}
			for _, s := range edit {
				p, text, ok := strings.Cut(s, "=")
				if !ok {
					return usageError{repertoire.Refuse("« %s » n’est pas une correction : écrivez CHEMIN=TEXTE", s)}
				}
				d.Verdicts = append(d.Verdicts, campaign.Verdict{Path: p, Choice: campaign.Edit, Text: text})
			}
			switch all {
			case "", "refuse":
				d.All = campaign.Refuse
			case "accept":
				d.All = campaign.Accept
			default:
				return usageError{repertoire.Refuse("--all est accept ou refuse, pas « %s »", all)}
			}
			if len(d.Verdicts) == 0 && all == "" && !d.Aside {
				return f.look(cmd.Context(), func(w *workspace.Workspace) error {
					return f.reportSheet(cmd, w, repertoire.ID(args[0]),
						nil)
				})
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Campaigns().Decide(cmd.Context(), repertoire.ID(args[0]), d)
				if err != nil {
					return err
				}
				return f.reportSheet(cmd, w, repertoire.ID(args[0]), &done)
			})
		},
	}
	c.Flags().StringArrayVar(&accept, "accept", nil, "accepte cette différence (chemin)")
	c.Flags().StringArrayVar(&refuse, "refuse", nil, "refuse cette différence (chemin)")
	c.Flags().StringArrayVar(&edit, "edit", nil, "CHEMIN=TEXTE : met ce texte à la place de la réponse")
	c.Flags().StringVar(&all, "all", "", "accept ou refuse : le reste des différences")
	c.Flags().BoolVar(&d.Aside, "aside", false, "met la réponse de côté sans rien en prendre")
	return c
}

func (f *face) reportSheet(cmd *cobra.Command, w *workspace.Workspace, id repertoire.ID, done *campaigns.Decided) error {
	s, err := w.Campaigns().Review(cmd.Context(), id)
	if err != nil {
		return err
	}
	row := sheetRow{rowOfReply(s.Reply), s.Title, s.Differences, s.Contradicts, done}
	if row.Differences == nil {
		row.Differences = []campaign.Difference{}
	}
	if row.Contradicts == nil {
		row.Contradicts = []string{}
	}
	return f.report(row, func(out io.Writer) { printSheet(out, s, done) })
}

func printSheet(out io.Writer, s campaigns.Sheet, done *campaigns.Decided) {
	fmt.Fprintf(out, "%s : %s\n", s.Title, s.Reply.Source())
	if s.Reply.Reason != "" {
		fmt.Fprintf(out, "  %s\n", s.Reply.Reason)
	}
	if s.Reply.Unchanged {
		fmt.Fprintln(out, "  Rien n’a changé, dit la réponse.")
	}
	for _, d := range s.Differences {
		mark := ""
		switch {
		case d.Verdict != nil:
			mark = " [" + campaign.Judgments.Label(d.Verdict.Choice) + "]"
		case d.Conflict:
			mark = " [modifié depuis]"
		case d.Settled:
			mark = " [la fiche le dit déjà]"
		}
		fmt.Fprintf(out, "  %s (%s)%s\n      envoyé : %s\n      répondu : %s\n      aujourd’hui : %s\n", d.Label, d.Path, mark, d.Sent,
			d.Answered, d.Now)
		for _, a := range d.Against {
			fmt.Fprintf(out, "      autre réponse : %s\n", a)
		}
		if d.Note != "" {
			fmt.Fprintf(out, "      %s\n", d.Note)
		}
	}
	for _, p := range s.Reply.Problems {
		fmt.Fprintf(out, "  Illisible, %s : %s (%s)\n", p.Label, p.Text, p.Message)
	}
	if s.Reply.Remarks != "" {
		fmt.Fprintf(out, "  Remarques : %s\n", s.Reply.Remarks)
	}
	if done != nil {
		fmt.Fprintf(out, "%d acceptées, %d refusées, %d champs confirmés.\n", done.Accepted, done.Refused, done.Confirmed)
		for _, l := range done.Left {
			fmt.Fprintf(out, "  Laissé, à décider ligne par ligne : %s\n", l)
		}
	}
}
