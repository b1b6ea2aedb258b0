package files

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
)

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

// Open asks for a file with one of these endings, in either case.
func Open(window fyne.Window, kind string, endings []string, chosen func(path string)) {
	choosing{window: window, native: nativeFor(window), run: task.Background,
		request: request{title: i18n.T("Choisir un fichier"), from: withSeparator(Folder(kind)), endings: endings},
		own:     func() { openWith(task.Background, window, kind, endings, chosen) },
		chosen:  func(path string) { Remember(kind, path); chosen(path) }}.begin()
}

func openWith(run task.Runner, window fyne.Window, kind string, endings []string, chosen func(path string)) *chooser {
	c := &chooser{window: window, endings: endings, reading: task.NewLatest(run), chosen: func(path string) {
		Remember(kind, path)
		chosen(path)
	}}
	c.show(i18n.T("Choisir un fichier"), i18n.T("Ouvrir"), Folder(kind))
	return c
}

// ChooseFolder asks for a folder.
func ChooseFolder(window fyne.Window, kind string, chosen func(path string)) {
	choosing{window: window, native: nativeFor(window), run: task.Background,
		request: request{title: i18n.T("Choisir un dossier"), from: withSeparator(Folder(kind)), folder: true},
		own:     func() { chooseFolderWith(task.Background, window, kind, chosen) },
		chosen:  func(path string) { rememberFolder(kind, path); chosen(path) }}.begin()
}

func rememberFolder(kind, dir string) { fyne.CurrentApp().Preferences().SetString(key(kind), dir) }

func chooseFolderWith(run task.Runner, window fyne.Window, kind string, chosen func(path string)) *chooser {
	c := &chooser{window: window, folders: true, reading: task.NewLatest(run), chosen: func(path string) {
		rememberFolder(kind, path)
		chosen(path)
	}}
	c.show(i18n.T("Choisir un dossier"), i18n.T("Choisir"), Folder(kind))
	return c
}

// Propose names a file to write: "madagascar 23-11-2026.xlsx" in the folder of
// last time.
func Propose(kind, name, ending string, now time.Time) string {
	return filepath.Join(Folder(kind), name+" "+now.Format("02-01-2006")+ending)
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
	ending := filepath.Ext(proposed)
	choosing{window: window, native: nativeFor(window), run: task.Background,
		request: request{title: title, from: proposed, endings: []string{ending}, save: true},
		own:     func() { saveWith(window, kind, proposed, title, chosen) },
		chosen: func(path string) {
			done := func() { Remember(kind, path); chosen(path) }
			if filepath.Ext(path) != "" {
				done() // the system asked before an existing one is replaced
				return
			}
			path += ending
			Overwrite(window, path, done)
		}}.begin()
}

// saveWith asks in a question of the program's own.
func saveWith(window fyne.Window, kind, proposed, title string, chosen func(path string)) {
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
	m.Propose(name)
}
