package shell

import (
	"fyne.io/fyne/v2"

	"repertoire/app/directories"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/workspace/records"
)

// editorPlace is where a répertoire is written: reached from the répertoires.
const editorPlace = "directory-editor"

func (d *desk) makeEditor() Screen {
	e := directories.NewEditor(d.door, d.shell.pace, d.shell.window)
	e.OnClose = d.leave
	e.OnSaved = func(string) { d.records.sidebar.Reload() }
	e.OnDeleted = func(string) {
		d.records.sidebar.Reload()
		d.openDirectory("")
	}
	return e
}

// editor brings the editor into view and gives it.
func (d *desk) editor() *directories.Editor {
	e, _ := d.show(editorPlace).(*directories.Editor)
	return e
}

func (d *desk) newDirectory() {
	if e := d.editor(); e != nil {
		e.New()
	}
}

// editDirectory opens the répertoire in view; with all of them in view there
// is none to open, and the notice says so.
func (d *desk) editDirectory() {
	slug := d.records.sidebar.Chosen().Slug
	if slug == "" {
		d.notice.Say(widgets.Info, i18n.T("Choisissez d’abord un répertoire, à gauche : c’est lui qui sera ouvert."))
		return
	}
	d.openEditor(slug)
}

func (d *desk) openEditor(slug string) {
	if e := d.editor(); e != nil {
		e.Edit(slug)
	}
}

// directoryMenu is what the right button offers on a répertoire.
func (d *desk) directoryMenu(x records.DirectorySummary) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(i18n.T("Modifier le répertoire…"), func() { d.openEditor(x.Slug) }),
		fyne.NewMenuItem(i18n.T("Produire le PDF…"), func() { d.produce.Show(x.Slug) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Importer un tableau…"), func() { d.importTable("", x.Slug) }),
		fyne.NewMenuItem(i18n.T("Exporter un tableau…"), func() { d.exportTable(x.Slug) }),
	}
}
