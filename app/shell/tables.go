package shell

import (
	"fyne.io/fyne/v2"

	"repertoire/app/campaign"
	"repertoire/app/exchange"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// importTable opens the dialog that takes rows in; path is the file, "" to ask.
func (d *desk) importTable(path, slug string) {
	m := exchange.NewImport(d.door, d.shell.pace, d.shell.window)
	m.OnNewDirectory = d.newDirectory
	m.OnImported = func(slug string) {
		d.openDirectory(slug)
		d.refresh()
	}
	m.ShowFile(path, slug)
}

// exportTable opens the dialog that writes a table.
func (d *desk) exportTable(slug string) {
	x := exchange.NewExport(d.door, d.shell.pace, d.shell.window)
	x.OnOpenPath = d.shell.openPath
	x.Show(slug)
}

// dropped takes files dropped on the window: replies on a campaign, pictures and
// signed texts on an entry, tables anywhere else.
func (d *desk) dropped(at fyne.Position, uris []fyne.URI) {
	if d.shell.window.Canvas().Overlays().Top() != nil || len(uris) == 0 {
		return
	}
	path := uris[0].Path()
	if v, ok := d.screens["campaign"].(*campaign.View); ok && d.at == "campaign" {
		var paths []string
		for _, u := range uris {
			paths = append(paths, u.Path())
		}
		if v.Drop(paths) {
			return
		}
	}
	if isTable(path) {
		d.importTable(path, d.records.sidebar.Chosen().Slug)
		return
	}
	if d.at == partnershipsPlace && d.records.form.Drop(at, uris) {
		return
	}
	d.notice.Say(widgets.Info,
		i18n.T("Déposez une image ou un PDF sur une fiche ouverte, ou un tableau (CSV, XLSX, ODS, JSON) n’importe où dans la fenêtre."))
}
