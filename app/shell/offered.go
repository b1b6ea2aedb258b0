package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"repertoire/app/counter"
	"repertoire/app/dashboard"
	"repertoire/app/directories"
	"repertoire/app/duplicates"
	"repertoire/app/editions"
	"repertoire/app/help"
	"repertoire/app/i18n"
	"repertoire/app/journal"
	"repertoire/app/keeping"
	"repertoire/app/mapview"
	"repertoire/app/review"
	"repertoire/app/trash"
)

// offered lists the places the door can serve, in the order of the rail. A
// door that lacks the calls of a view, as some tests' have, offers it not.
func (d *desk) offered() []place {
	list := []place{{id: partnershipsPlace, icon: "books", name: i18n.T("Fiches"), title: i18n.T("Partenariats"),
		shortcut: ctrl(fyne.KeyD), make: func() Screen { return d.records }}}
	list = append(list, d.workPlaces()...)
	list = append(list, d.keepingPlaces()...)
	if _, ok := d.door.(directories.Publisher); ok {
		list = append(list, place{id: editorPlace, icon: "book", title: i18n.T("Modifier un répertoire"), hidden: true, make: d.makeEditor})
	}
	return append(list, place{id: "help", icon: "help", name: i18n.T("Aide"), title: i18n.T("Guide d’utilisation"), foot: true,
		shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF1, Modifier: fyne.KeyModifierShift},
		make:     func() Screen { return help.New(d.shell.pace) }})
}

// workPlaces are those of every day.
func (d *desk) workPlaces() []place {
	var list []place
	if door, ok := d.door.(dashboard.Door); ok {
		list = append(list, place{id: "dashboard", icon: "chart", name: i18n.T("Chiffres"), title: i18n.T("Tableau de bord"),
			shortcut: ctrlShift(fyne.KeyB), make: func() Screen { return d.makeDashboard(door) }})
	}
	if door, ok := d.door.(mapview.Door); ok {
		list = append(list, place{id: "map", icon: "map", name: i18n.T("Carte"), title: i18n.T("Carte des partenariats"),
			shortcut: ctrlShift(fyne.KeyC), make: func() Screen { return d.makeMap(door) }})
	}
	if door, ok := d.door.(review.Door); ok {
		list = append(list, place{id: "review", icon: "check", name: i18n.T("À vérifier"), title: i18n.T("Fiches à vérifier"),
			shortcut: ctrlShift(fyne.KeyV), make: func() Screen { return d.makeReview(door) }})
	}
	if door, ok := d.door.(editions.Door); ok {
		list = append(list, place{id: "editions", icon: "book", name: i18n.T("Éditions"), title: i18n.T("Livre et éditions"),
			shortcut: ctrlShift(fyne.KeyE), make: func() Screen { return d.makeEditions(door) }})
	}
	if door, ok := d.door.(counter.Door); ok {
		list = append(list, place{id: "orders", icon: "cart", name: i18n.T("Commandes"), title: i18n.T("Commandes"),
			shortcut: ctrlShift(fyne.KeyO), make: func() Screen { return d.makeCounter(door) }})
	}
	return list
}

// keepingPlaces are those of the one who keeps the base.
func (d *desk) keepingPlaces() []place {
	var list []place
	if door, ok := d.door.(duplicates.Door); ok {
		list = append(list, place{id: "duplicates", icon: "copies", name: i18n.T("Doublons"), title: i18n.T("Doublons"),
			make: func() Screen { return d.makeDuplicates(door) }})
	}
	if door, ok := d.door.(journal.Door); ok {
		list = append(list, place{id: "journal", icon: "journal", name: i18n.T("Journal"), title: i18n.T("Journal des modifications"), foot: true,
			shortcut: ctrlShift(fyne.KeyH), make: func() Screen { return d.makeJournal(door) }})
	}
	if door, ok := d.door.(keeping.Door); ok {
		list = append(list, place{id: "keeping", icon: "shield", name: i18n.T("Sécurité"), title: i18n.T("Sauvegardes et droits des personnes"), foot: true,
			make: func() Screen { return d.makeKeeping(door) }})
	}
	if door, ok := d.door.(trash.Door); ok {
		list = append(list, place{id: "trash", icon: "trash", name: i18n.T("Corbeille"), title: i18n.T("Corbeille"), foot: true,
			make: func() Screen { return d.makeTrash(door) }})
	}
	return list
}
