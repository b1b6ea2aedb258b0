package shell

import (
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// ShowShortcuts shows the sheet of shortcuts, made from the commands.
func (s *Shell) ShowShortcuts() {
	column := widgets.Column(2)
	group := ""
	for _, c := range s.commands {
		keys := c.Keys()
		if keys == "" {
			continue
		}
		if c.Group != group {
			group = c.Group
			heading := widgets.NewBold(group)
			column.Add(container.New(widgets.Gap(8)))
			column.Add(heading)
		}
		key := widgets.NewMuted(keys)
		key.Fixed = true
		column.Add(widgets.Tall(26, container.NewBorder(nil, nil, nil, key, widgets.NewText(c.Title))))
	}
	for _, line := range [][2]string{
		{i18n.T("Parcourir la liste"), "↑ ↓"}, {i18n.T("Ouvrir la fiche"), i18n.T("Entrée")},
		{i18n.T("Champ suivant, précédent"), "Tab, Maj+Tab"}, {i18n.T("De la recherche aux résultats"), "↓"},
	} {
		key := widgets.NewMuted(line[1])
		key.Fixed = true
		column.Add(widgets.Tall(26, container.NewBorder(nil, nil, nil, key, widgets.NewText(line[0]))))
	}
	m := widgets.NewModal(i18n.T("Raccourcis clavier"),
		container.NewVScroll(widgets.Inset(0, 0, container.NewBorder(nil, nil, nil, widgets.Wide(16, widgets.NewText("")), column))),
		s.window)
	m.SetButtons(widgets.NewMainButton(i18n.T("Fermer"), "", m.Close))
	m.Show(480, 560)
}
