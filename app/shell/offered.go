package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"repertoire/app/help"
	"repertoire/app/i18n"
)

// offered lists the places of the window, in the order of the rail and, on one
// line of it, in that of the tabs.
func (d *desk) offered() []place {
	list := []place{{id: partnershipsPlace, icon: "books", name: i18n.T("Fiches"), title: i18n.T("Partenariats"),
		shortcut: ctrl(fyne.KeyD), make: func() Screen { return d.records }}}
	list = append(list, d.workPlaces()...)
	list = append(list, d.keepingPlaces()...)
	return append(list, place{id: editorPlace, icon: "book", title: i18n.T("Modifier un répertoire"), hidden: true, make: d.makeEditor},
		place{id: helpPlace, icon: "help", name: i18n.T("Aide"), title: i18n.T("Guide d’utilisation"),
			shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF1, Modifier: fyne.KeyModifierShift},
			make:     func() Screen { return help.New(d.shell.pace) }})
}

// Lines of the rail that several places share.
const (
	checkSeat  = "to-check"
	atlasSeat  = "atlas"
	folderSeat = "folder"
)

// shared gives the drawing and the name of a line that several places share.
func shared(seat string) (icon, name string) {
	switch seat {
	case checkSeat:
		return "check", i18n.T("À vérifier")
	case atlasSeat:
		return "map", i18n.T("Carte et chiffres")
	case folderSeat:
		return "folder", i18n.T("Dossier")
	}
	return "", ""
}

// workPlaces are those of every day.
func (d *desk) workPlaces() []place {
	return []place{
		{id: "review", seat: checkSeat, icon: "check", name: i18n.T("À vérifier"), title: i18n.T("Fiches à vérifier"),
			shortcut: ctrlShift(fyne.KeyV), make: d.makeReview},
		{id: "duplicates", seat: checkSeat, icon: "copies", name: i18n.T("Doublons"), title: i18n.T("Doublons"),
			shortcut: ctrlShift(fyne.KeyD), make: d.makeDuplicates},
		{id: "map", seat: atlasSeat, icon: "map", name: i18n.T("Carte"), title: i18n.T("Carte des partenariats"),
			shortcut: ctrlShift(fyne.KeyC), make: d.makeMap},
		{id: "dashboard", seat: atlasSeat, icon: "chart", name: i18n.T("Chiffres"), title: i18n.T("Tableau de bord"),
			shortcut: ctrlShift(fyne.KeyB), make: d.makeDashboard},
		{id: "campaign", icon: "mail", name: i18n.T("Campagne"), title: i18n.T("Campagne de mise à jour"),
			shortcut: ctrlShift(fyne.KeyQ), make: d.makeCampaign},
		{id: "editions", icon: "book", name: i18n.T("Éditions"), title: i18n.T("Livre et éditions"),
			shortcut: ctrlShift(fyne.KeyE), make: d.makeEditions},
		{id: "orders", icon: "cart", name: i18n.T("Commandes"), title: i18n.T("Commandes"),
			shortcut: ctrlShift(fyne.KeyO), make: d.makeCounter},
	}
}

// keepingPlaces are those of the one who keeps the base: the folder of work.
func (d *desk) keepingPlaces() []place {
	return []place{
		{id: "journal", seat: folderSeat, icon: "journal", name: i18n.T("Journal"), title: i18n.T("Journal des modifications"),
			shortcut: ctrlShift(fyne.KeyH), make: d.makeJournal},
		{id: "keeping", seat: folderSeat, icon: "shield", name: i18n.T("Sécurité"), title: i18n.T("Sauvegardes et santé du dossier"),
			make: d.makeKeeping},
		{id: "people", seat: folderSeat, icon: "person", name: i18n.T("Personnes"), title: i18n.T("Droits des personnes"),
			make: d.makePeople},
		{id: sharingPlace, seat: folderSeat, icon: "link", name: i18n.T("Partage"), title: i18n.T("Partage entre postes"),
			make: d.makeSharing},
		{id: "trash", seat: folderSeat, icon: "trash", name: i18n.T("Corbeille"), title: i18n.T("Corbeille"), make: d.makeTrash},
	}
}
