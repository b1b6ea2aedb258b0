package sharing

import (
	"context"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/sharing"
)

// paintNumbers tells of a server that may have forgotten numbers, and of numbers
// that two documents bear.
func (v *View) paintNumbers() {
	r := v.state.Restoration
	if len(r.Missing) > 0 {
		text := widgets.NewFlushParagraph(sharing.RestorationLine(r))
		if r.Waiting() {
			v.body.Add(v.block(text, widgets.NewButton(i18n.T("Facturer sans les attendre…"), "", v.AskAcceptRestored)))
		} else {
			v.body.Add(v.block(text))
		}
	}
	for _, sentence := range v.state.Doubles {
		v.body.Add(v.block(widgets.NewFlushParagraph(sentence)))
	}
}

// AskAcceptRestored asks before invoices are numbered although desks may know of
// numbers that the server has forgotten.
func (v *View) AskAcceptRestored() {
	widgets.Ask(i18n.T("Facturer sans attendre ces postes ?"),
		i18n.T("Si l’un d’eux a émis une facture que le serveur a oubliée, son numéro servirait deux fois : les deux factures seraient gardées, et il faudrait annuler l’une par un avoir. Votre nom est noté avec ce choix."),
		i18n.T("Facturer sans les attendre"), i18n.T("Attendre"), v.window, v.AcceptRestored)
}

// AcceptRestored lets invoices be numbered.
func (v *View) AcceptRestored() {
	v.job(i18n.T("Échange avec la base partagée"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		err := v.door.Sharing().AcceptRestored(ctx)
		return func() {
			v.say(widgets.Success, i18n.T("Les factures se numérotent de nouveau."))
			v.Reload()
		}, err
	})
}
