package files

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
)

// size is that of Fyne's own dialogs everywhere in the program.
func size(d dialog.Dialog) {
	d.Resize(fyne.NewSize(760, 520))
	d.Show()
}

// Folder gives where choices of a kind ("import", "pictures") begin: the folder
// of last time, else the person's documents.
func Folder(kind string) string {
	if dir := fyne.CurrentApp().Preferences().String(key(kind)); isDir(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if documents := filepath.Join(home, "Documents"); isDir(documents) {
		return documents
	}
	return home
}

// Remember keeps the folder of a file for next time.
func Remember(kind, file string) {
	if dir := filepath.Dir(file); isDir(dir) {
		fyne.CurrentApp().Preferences().SetString(key(kind), dir)
	}
}

func key(kind string) string { return "folder." + kind }

func isDir(path string) bool {
	info, err := os.Stat(path)
	return path != "" && err == nil && info.IsDir()
}

// place is the folder for Fyne's dialogs, nil when it cannot be listed.
func place(kind string) fyne.ListableURI {
	u, err := storage.ListerForURI(storage.NewFileURI(Folder(kind)))
	if err != nil {
		return nil
	}
	return u
}

// Open asks for a file with one of these endings, in either case.
func Open(window fyne.Window, kind string, endings []string, chosen func(path string)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close() // opened for its name alone
		Remember(kind, path)
		chosen(path)
	}, window)
	d.SetFilter(storage.NewExtensionFileFilter(endings))
	d.SetConfirmText(i18n.T("Ouvrir"))
	d.SetDismissText(i18n.T("Annuler"))
	if at := place(kind); at != nil {
		d.SetLocation(at)
	}
	size(d)
}

// ChooseFolder asks for a folder.
func ChooseFolder(window fyne.Window, kind string, chosen func(path string)) {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil || folder == nil {
			return
		}
		fyne.CurrentApp().Preferences().SetString(key(kind), folder.Path())
		chosen(folder.Path())
	}, window)
	d.SetConfirmText(i18n.T("Choisir"))
	d.SetDismissText(i18n.T("Annuler"))
	if at := place(kind); at != nil {
		d.SetLocation(at)
	}
	size(d)
}

// Propose names a file to write: "madagascar-2026-11-23.xlsx" in the folder of
// last time.
func Propose(kind, name, ending string, now time.Time) string {
	return filepath.Join(Folder(kind), name+"-"+now.Format("2006-01-02")+ending)
}

// Overwrite does something that writes a file, and asks first when there is
// one already.
func Overwrite(window fyne.Window, file string, do func()) {
	if _, err := os.Stat(file); err != nil {
		do()
		return
	}
	widgets.Ask(i18n.T("Le fichier existe déjà"), i18n.T("« %s » existe déjà dans ce dossier. Le remplacer ?", filepath.Base(file)),
		i18n.T("Remplacer"), i18n.T("Annuler"), window, do)
}

// Save asks for the name of a file to write, and before one is written over.
func Save(window fyne.Window, kind, proposed, title string, chosen func(path string)) {
	name := widgets.NewEntry()
	name.SetText(proposed)
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir le dossier"), func() {
		ChooseFolder(window, kind, func(dir string) { name.SetText(filepath.Join(dir, filepath.Base(name.Text))) })
	})
	m := widgets.NewModal(title, widgets.NewField("file", i18n.T("Fichier"), container.NewBorder(nil, nil, nil, browse, name)), window)
	write := func() {
		path := strings.TrimSpace(name.Text)
		if path == "" {
			return
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(Folder(kind), path)
		}
		if filepath.Ext(path) == "" {
			path += filepath.Ext(proposed)
		}
		Overwrite(window, path, func() {
			m.Close()
			Remember(kind, path)
			chosen(path)
		})
	}
	name.OnSubmitted = func(string) { write() }
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(i18n.T("Enregistrer"), "save", write))
	m.Show(680, 0)
	m.Focus(name)
}
