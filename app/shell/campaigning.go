package shell

import (
	"repertoire/app/campaign"
	"repertoire/app/i18n"
)

// atCampaign shows the campaign, and does something there once it has read what
// it shows.
func (d *desk) atCampaign(do func(*campaign.View)) {
	d.Go("campaign")
	if v, ok := d.screens["campaign"].(*campaign.View); ok {
		v.WhenRead(func() { do(v) })
	}
}

// campaignCommands are the deeds of a campaign, in the order in which they come.
func (s *Shell) campaignCommands() []Command {
	group := i18n.T("Campagne")
	open := func() bool { return s.desk != nil }
	var out []Command
	for _, x := range []struct {
		id, title, icon string
		do              func(*campaign.View)
		rule            bool
	}{
		{"campaign-open", i18n.T("Ouvrir une campagne…"), "add", (*campaign.View).AskOpen, false},
		{"campaign-texts", i18n.T("Textes des messages…"), "document", (*campaign.View).AskTexts, true},
		{"campaign-drafts", i18n.T("Écrire les brouillons…"), "folder", (*campaign.View).AskDrafts, false},
		{"campaign-send", i18n.T("Envoyer les messages…"), "mail", (*campaign.View).AskSend, false},
		{"campaign-remind", i18n.T("Relancer par des brouillons…"), "clock", (*campaign.View).AskRemind, false},
		{"campaign-collect", i18n.T("Relever des réponses…"), "download", (*campaign.View).AskCollect, true},
		{"campaign-collect-file", i18n.T("Relever un fichier…"), "document", (*campaign.View).AskCollectFile, false},
		{"campaign-overview", i18n.T("Vue d’ensemble"), "chart", (*campaign.View).Overview, true},
		{"campaign-export", i18n.T("Exporter la liste de la campagne…"), "upload", (*campaign.View).AskExport, false},
		{"campaign-settings", i18n.T("Réglages de la campagne…"), "settings", (*campaign.View).AskSettings, true},
		{"campaign-close", i18n.T("Clore la campagne…"), "check", (*campaign.View).AskClose, false},
	} {
		out = append(out, Command{ID: x.id, Group: group, Title: x.title, Icon: x.icon, Rule: x.rule, Needs: open,
			Do: func() {
				if s.desk != nil {
					s.desk.atCampaign(x.do)
				}
			}})
	}
	return out
}
