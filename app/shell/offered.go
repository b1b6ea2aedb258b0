package shell

import (
	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
)

// offered lists the places the door can serve, in the order of the rail.
func (d *desk) offered() []place {
	return []place{{id: partnershipsPlace, icon: "books", name: i18n.T("Fiches"), title: i18n.T("Partenariats"),
		shortcut: ctrl(fyne.KeyD), make: func() Screen { return d.records }}}
}
