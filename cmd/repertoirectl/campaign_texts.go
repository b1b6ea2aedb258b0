package main

import (
	"cmp"
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

// readSignature reads the text of a signature, "" for none.
func readSignature(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", repertoire.Missing("Le fichier de la signature, « %s », n’est pas lisible. Rien n’a été enregistré.", file)
	}
	return strings.TrimSpace(string(text)), nil
}

func (f *face) campaignAmendCommand() *cobra.Command {
	var ref, deadline, sender, email, signature string
	var wordings []string
	c := &cobra.Command{
		Use: "amend", Short: "Change la date limite, l’expéditeur ou les textes de ce qui reste à écrire", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var in campaigns.Amendment
			var err error
			if in.Wordings, err = readWordings(wordings); err != nil {
				return err
			}
			if deadline != "" {
				day, err := repertoire.ParseDate(deadline)
				if err != nil {
					return err
				}
				in.Deadline = &day
			}
			sign, err := readSignature(signature)
			if err != nil {
				return err
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				c, err := w.Campaigns().Get(cmd.Context(), ref)
				if err != nil {
					return err
				}
				in.Sender = &campaign.Sender{Name: cmp.Or(sender, c.Sender.Name), Email: cmp.Or(email, c.Sender.Email),
					Signature: cmp.Or(sign, c.Sender.Signature)}
				if c, err = w.Campaigns().Amend(cmd.Context(), string(c.ID), in); err != nil {
					return err
				}
				row := rowOfCampaign(&c)
				return f.report(row, func(out io.Writer) {
					fmt.Fprintf(out, "Campagne « %s » : réponses avant le %s, de %s <%s>.\n", row.Name, row.Deadline.Field(), c.Sender.Name,
						c.Sender.Email)
				})
			})
		},
	}
	named(c, &ref)
	c.Flags().StringVar(&deadline, "deadline", "", "jour avant lequel répondre (31/03/2027)")
	c.Flags().StringVar(&sender, "sender", "", "nom de l’expéditeur")
	c.Flags().StringVar(&email, "email", "", "adresse de l’expéditeur, où l’on répond")
	c.Flags().StringVar(&signature, "signature", "", "fichier texte de la signature")
	c.Flags().StringArrayVar(&wordings, "wording", nil, "\"LANGUE:OCCASION=FICHIER\" : texte de message, l’objet sur la première ligne")
	return c
}

// letterRow is a message as its recipient would read it.
type letterRow struct {
	To          string            `json:"to"`
	Name        string            `json:"name"`
	Language    string            `json:"language"`
	Occasion    campaign.Occasion `json:"occasion"`
	Partnership repertoire.ID     `json:"partnership"`
	Title       string            `json:"title"`
	Subject     string            `json:"subject"`
	Text        string            `json:"text"`
	// Unsaid are merge fields of which nothing is known.
	Unsaid []string `json:"unsaid"`
}

func (f *face) campaignPreviewCommand() *cobra.Command {
	var ref, to, occasion string
	c := &cobra.Command{
		Use: "preview", Short: "Montre chaque message tel que son destinataire le lira, sans rien écrire", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, ok := campaign.Occasions.Parse(occasion)
			if !ok {
				return usageError{repertoire.Refuse("l’occasion « %s » n’existe pas : demande, relance-1, relance-2 ou relance-3", occasion)}
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				c, list, err := w.Campaigns().Addressees(cmd.Context(), ref)
				if err != nil {
					return err
				}
				rows := []letterRow{}
				for _, x := range list {
					if to != "" && !strings.EqualFold(x.Email, to) {
						continue
					}
					text := c.Wording(o, x.Language)
					subject, body := text.Fill(x.Merge)
					rows = append(rows, letterRow{x.Email, x.Name, x.Language, o, x.Partnership, x.Title, subject, body,
						append([]string{}, text.Unsaid(x.Merge)...)})
				}
				return f.report(rows, func(out io.Writer) {
					for _, r := range rows {
						fmt.Fprintf(out, "À : %s <%s>\nObjet : %s\n\n%s\n\n", r.Name, r.To, r.Subject, r.Text)
						if len(r.Unsaid) > 0 {
							fmt.Fprintf(out, "(rien à mettre pour : %s)\n\n", strings.Join(r.Unsaid, ", "))
						}
					}
				})
			})
		},
	}
	named(c, &ref)
	c.Flags().StringVar(&to, "to", "", "seulement ce que lira cette adresse")
	c.Flags().StringVar(&occasion, "occasion", string(campaign.First), "demande, relance-1, relance-2 ou relance-3")
	return c
}

func (f *face) campaignExportCommand() *cobra.Command {
	var ref, file, format string
	c := &cobra.Command{
		Use: "export", Short: "Écrit la liste de la campagne pour un tableur (CSV ou XLSX)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("output", file); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				n, err := w.Campaigns().Export(cmd.Context(), ref, format, file)
				if err != nil {
					return err
				}
				return f.report(map[string]any{"rows": n, "file": file}, func(out io.Writer) {
					fmt.Fprintf(out, "%d partenariats écrits dans « %s ».\n", n, file)
				})
			})
		},
	}
	named(c, &ref)
	c.Flags().StringVarP(&file, "output", "o", "", "fichier écrit")
	c.Flags().StringVar(&format, "format", "", "csv ou xlsx ; celui du nom du fichier sinon")
	return c
}
