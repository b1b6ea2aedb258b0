package partnerships

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// WriteLarge shows the text the cursor was in last over the whole window: long
// texts are written with their beginning in view. However it is closed the text
// comes back to its field, as one step that can be taken back.
func (f *Form) WriteLarge() {
	e := f.writing
	if e == nil || f.draft == nil {
		f.notice.Say(widgets.Info, i18n.T("Mettez d’abord le curseur dans un texte."))
		return
	}
	d := f.draft
	large := widgets.NewTextArea(6)
	large.MaxRows = 6 // the window gives the rest of its room
	large.SetText(e.Text)
	count := widgets.NewMuted("")
	tell := func(text string) {
		n := len(strings.Fields(text))
		count.SetText(i18n.N("%s mot", "%s mots", n, repertoire.Thousands(int64(n))))
	}
	tell(e.Text)
	large.OnChanged = tell
	m := widgets.NewModal(f.fieldName(e), container.NewBorder(nil, widgets.Inset(0, 6, count), nil, nil, large), f.window)
	m.OnClosed = func() {
		if large.Text == e.Text || f.draft != d {
			return
		}
		d.editing = "" // a step of its own for undo
		e.SetText(large.Text)
		e.Fit()
		d.editing = ""
	}
	m.SetButtons(widgets.NewMainButton(i18n.T("Revenir à la fiche"), "", func() { m.Close(); f.window.Canvas().Focus(e) }))
	free := f.window.Canvas().Size()
	m.Show(fyne.Min(1100, free.Width-48), free.Height-48)
	m.Focus(large)
}

// fieldName is the label of the field an entry belongs to.
func (f *Form) fieldName(e *widgets.Entry) string {
	for _, field := range f.fields {
		if holds(field.Content(), e) && field.Label() != "" {
			return field.Label()
		}
	}
	return f.title()
}

func holds(o fyne.CanvasObject, e *widgets.Entry) bool {
	if o == e {
		return true
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if holds(child, e) {
				return true
			}
		}
	}
	return false
}
