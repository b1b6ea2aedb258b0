package shell

import (
	"repertoire/app/i18n"
	"repertoire/app/trail"
	"repertoire/app/widgets"
)

// follow opens what a view found, and keeps the rest of its list at hand: F8
// goes on from wherever one is, F7 goes back.
func (d *desk) follow(t trail.Trail) {
	d.trail = t
	if s, ok := d.trail.Move(0); ok {
		d.openStep(s)
	}
}

// step goes along what was found.
func (d *desk) step(by int) {
	if len(d.trail.Steps) == 0 {
		d.notice.Say(widgets.Info, i18n.T("Ouvrez d’abord une ligne du contrôle du livre ou de « À vérifier » : F8 mènera à la suivante."))
		return
	}
	s, ok := d.trail.Move(by)
	if !ok {
		said := i18n.T("C’était la dernière ligne.")
		if by < 0 {
			said = i18n.T("C’était la première ligne.")
		}
		d.notice.Say(widgets.Success, said)
		return
	}
	d.openStep(s)
}

// openStep shows one finding in its field, with the ways to those beside it.
func (d *desk) openStep(s trail.Step) {
	d.openField(s.Entry, s.Field)
	said := i18n.T("%s sur %s : %s", thousands(d.trail.At+1), thousands(len(d.trail.Steps)), s.Message)
	var ways []widgets.NoticeAction
	if d.trail.At > 0 {
		ways = append(ways, widgets.NoticeAction{Label: i18n.T("Précédente (F7)"), Do: func() { d.step(-1) }})
	}
	if d.trail.At < len(d.trail.Steps)-1 {
		ways = append(ways, widgets.NoticeAction{Label: i18n.T("Suivante (F8)"), Do: func() { d.step(1) }})
	}
	d.notice.Say(widgets.Info, said, ways...)
}
