package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"repertoire/app/directories"
	"repertoire/app/help"
	"repertoire/app/i18n"
)

// offered lists the places the door can serve, in the order of the rail. A
// door that lacks the calls of a view, as some tests' have, offers it not.
func (d *desk) offered() []place {
	list := []place{{id: partnershipsPlace, icon: "books", name: i18n.T("Fiches"), title: i18n.T("Partenariats"),
		shortcut: ctrl(fyne.KeyD), make: func() Screen { return d.records }}}
	if _, ok := d.door.(directories.Publisher); ok {
		list = append(list, place{id: editorPlace, icon: "book", title: i18n.T("Modifier un répertoire"), hidden: true, make: d.makeEditor})
	}
	return append(list, place{id: "help", icon: "help", name: i18n.T("Aide"), title: i18n.T("Guide d’utilisation"), foot: true,
		shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF1, Modifier: fyne.KeyModifierShift},
		make:     func() Screen { return help.New(d.shell.pace) }})
}
