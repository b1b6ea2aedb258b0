package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"repertoire/app/help"
	"repertoire/app/i18n"
)

// offered lists the places of the window, in the order of the rail.
func (d *desk) offered() []place {
	list := []place{{id: partnershipsPlace, icon: "books", name: i18n.T("Fiches"), title: i18n.T("Partenariats"),
		shortcut: ctrl(fyne.KeyD), make: func() Screen { return d.records }}}
	list = append(list, d.workPlaces()...)
	list = append(list, d.keepingPlaces()...)
	return append(list, place{id: editorPlace, icon: "book", title: i18n.T("Modifier un répertoire"), hidden: true, make: d.makeEditor},
		place{id: "help", icon: "help", name: i18n.T("Aide"), title: i18n.T("Guide d’utilisation"), foot: true,
			shortcut: &desktop.CustomShortcut{KeyName: fyne.KeyF1, Modifier: fyne.KeyModifierShift},
			make:     func() Screen { return help.New(d.shell.pace) }})
}

// workPlaces are those of every day.
func (d *desk) workPlaces() []place {
	return []place{
		{id: "dashboard", icon: "chart", name: i18n.T("Chiffres"), title: i18n.T("Tableau de bord"),
			shortcut: ctrlShift(fyne.KeyB), make: d.makeDashboard},
		{id: "map", icon: "map", name: i18n.T("Carte"), title: i18n.T("Carte des partenariats"),
			shortcut: ctrlShift(fyne.KeyC), make: d.makeMap},
		{id: "review", icon: "check", name: i18n.T("À vérifier"), title: i18n.T("Fiches à vérifier"),
			shortcut: ctrlShift(fyne.KeyV), make: d.makeReview},
		{id: "campaign", icon: "mail", name: i18n.T("Campagne"), title: i18n.T("Campagne de mise à jour"), make: d.makeCampaign},
		{id: "editions", icon: "book", name: i18n.T("Éditions"), title: i18n.T("Livre et éditions"),
			shortcut: ctrlShift(fyne.KeyE), make: d.makeEditions},
		{id: "orders", icon: "cart", name: i18n.T("Commandes"), title: i18n.T("Commandes"),
			shortcut: ctrlShift(fyne.KeyO), make: d.makeCounter},
	}
}

// keepingPlaces are those of the one who keeps the base.
func (d *desk) keepingPlaces() []place {
	return []place{
		{id: "duplicates", icon: "copies", name: i18n.T("Doublons"), title: i18n.T("Doublons"),
			make: d.makeDuplicates},
		{id: "journal", icon: "journal", name: i18n.T("Journal"), title: i18n.T("Journal des modifications"), foot: true,
			shortcut: ctrlShift(fyne.KeyH), make: d.makeJournal},
		{id: "keeping", icon: "shield", name: i18n.T("Sécurité"), title: i18n.T("Sauvegardes et droits des personnes"), foot: true,
			make: d.makeKeeping},
		{id: "trash", icon: "trash", name: i18n.T("Corbeille"), title: i18n.T("Corbeille"), foot: true,
			make: d.makeTrash},
	}
}
