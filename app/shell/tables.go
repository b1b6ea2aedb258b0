package shell

import (
	"fyne.io/fyne/v2"

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

// dropped takes files dropped on the window: pictures and signed texts on an
// entry, tables anywhere.
func (d *desk) dropped(at fyne.Position, uris []fyne.URI) {
	if d.shell.window.Canvas().Overlays().Top() != nil || len(uris) == 0 {
		return
	}
	path := uris[0].Path()
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
