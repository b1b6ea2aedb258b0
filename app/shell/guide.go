package shell

import (
	"repertoire/app/help"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// showGuide opens the guide at what it says of a refusal, over what is in the
// window: nothing that was typed is lost, and no folder need be open.
func (s *Shell) showGuide(about string) {
	if s.guide != nil {
		return
	}
	otherwise := "premiers-pas"
	if s.desk != nil {
		otherwise = chapterOf(s.desk.at)
	}
	v := help.New(s.pace)
	v.About(about, otherwise)
	s.guide = widgets.NewModal(i18n.T("Guide d’utilisation"), v, s.window)
	s.guide.OnClosed = func() { s.guide = nil }
	closes := widgets.NewMainButton(i18n.T("Fermer"), "", s.guide.Close)
	s.guide.SetButtons(closes)
	s.guide.Show(1000, 600)
	s.guide.Focus(closes)
}
