package campaign

import (
	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// asking is a question over the window that stays until its answer is taken:
// what is wrong with it is said in it.
type asking struct {
	*widgets.Modal
	notice *widgets.Notice
	width  float32
}

// ask shows a question; do hears its main button.
func (v *View) ask(title, yes, icon string, width float32, content fyne.CanvasObject, do func(*asking), more ...fyne.CanvasObject) *asking {
	a := &asking{notice: widgets.NewNotice(), width: width}
	a.Modal = widgets.NewModal(title, widgets.Column(8, content, a.notice), v.window)
	buttons := append([]fyne.CanvasObject{widgets.NewButton(i18n.T("Fermer"), "", a.Close)}, more...)
	if do != nil {
		buttons = append(buttons, widgets.NewMainButton(yes, icon, func() { do(a) }))
	}
	a.SetButtons(buttons...)
	a.notice.OnRoom = func() { a.Resize(width, 0) }
	a.Show(width, 0)
	return a
}

func (a *asking) refuse(err error) { a.notice.Say(widgets.Failure, err.Error()) }

// choose makes a list of which one is chosen, by its place.
func choose(labels []string, at int) *widgets.Select {
	s := widgets.NewSelect(labels, nil)
	if at >= 0 && at < len(labels) {
		s.SetSelectedIndex(at)
	}
	return s
}
