package shell

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/safety"
)

// Begin shows what the program was started for: a folder of work, the base
// within it, or a table to take in, which a desktop passes when it is told to
// open one with Répertoire. "" is the folder of last time, else the first
// screen.
func (s *Shell) Begin(path string) {
	last := s.lastFolder()
	switch {
	case path == "" && last == "":
		return // the first screen is there
	case path == "":
		s.Open(last)
	case filepath.Base(path) == workspace.BaseFile:
		s.Open(filepath.Dir(path))
	case isDir(path) || !isTable(path):
		s.Open(path)
	case last == "":
		s.bringIn(path)
	default:
		s.openThen(last, func() { s.desk.importTable(path, "") })
	}
}

// lastFolder is the folder of work of last time, "" when it is not there.
func (s *Shell) lastFolder() string {
	for _, dir := range s.prefs.recent() {
		if isDir(dir) {
			return dir
		}
	}
	return ""
}

func isTable(path string) bool {
	return slices.Contains(exchange.Tables, strings.ToLower(filepath.Ext(path)))
}

// askBringIn asks for a table first: the folder it goes to comes after.
func (s *Shell) askBringIn() {
	files.Open(s.window, "import", exchange.Tables, s.bringIn)
}

// bringIn makes a folder of work for a table, and opens the import on it.
func (s *Shell) bringIn(table string) {
	s.askNew(i18n.T("Un dossier de travail pour « %s »", filepath.Base(table)), i18n.T("Créer"), func(dir string) {
		s.create(dir, false, func() { s.desk.importTable(table, "") })
	})
}

// askRestore asks for a backup, then for the folder it becomes.
func (s *Shell) askRestore() {
	files.Open(s.window, "backups", []string{filepath.Ext(workspace.BaseFile)}, func(backup string) {
		s.askNew(i18n.T("Un dossier de travail fait de la sauvegarde « %s »", filepath.Base(backup)), i18n.T("Restaurer"),
			func(dir string) { s.restore(backup, dir) })
	})
}

// restore makes a folder of work of a backup; one that holds a base already is
// left as it is, and told.
func (s *Shell) restore(backup, dir string) {
	if exists(filepath.Join(dir, workspace.BaseFile)) {
		s.Fail(repertoire.Refuse(
			"Le dossier « %s » contient déjà une base : rien n’a été restauré. Choisissez un autre nom, ou ouvrez ce dossier et restaurez depuis « Sécurité ».", dir))
		return
	}
	s.longWork(i18n.T("Restauration"), i18n.T("Relecture de la sauvegarde…"), func(ctx context.Context, progress workspace.Progress) error {
		_, err := safety.Restore(ctx, dir, backup, progress)
		return err
	}, func() { s.Open(dir) })
}

// askNew asks where a new folder of work goes, proposed in the person's
// documents; more is asked under it.
func (s *Shell) askNew(title, deed string, do func(dir string), more ...fyne.CanvasObject) {
	path := widgets.NewEntry()
	path.SetText(proposedFolder())
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir l’emplacement"), func() {
		files.ChooseFolder(s.window, "workspace", func(dir string) { path.SetText(filepath.Join(dir, filepath.Base(path.Text))) })
	})
	asked := append([]fyne.CanvasObject{widgets.NewField("dir", i18n.T("Dossier"), container.NewBorder(nil, nil, nil, browse, path))},
		more...)
	m := widgets.NewModal(title, widgets.Column(8, asked...), s.window)
	m.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", m.Close), widgets.NewMainButton(deed, "", func() {
		if dir := strings.TrimSpace(path.Text); dir != "" {
			m.Close()
			do(dir)
		}
	}))
	m.Show(640, 0)
}

// openThen opens a folder, then does something with it.
func (s *Shell) openThen(dir string, then func()) {
	s.afterOpening = then
	s.Open(dir)
}

// opened does what was to follow the opening.
func (s *Shell) opened() {
	then := s.afterOpening
	s.afterOpening = nil
	if then != nil {
		then()
	}
}

// longWork does something off the interface thread under a window that shows
// how far it is and can stop it.
func (s *Shell) longWork(title, first string, do func(context.Context, workspace.Progress) error, done func()) {
	bar, doing := widgets.NewBar(), widgets.NewMuted(first)
	ctx, cancel := context.WithCancel(context.Background())
	wait := widgets.NewModal(title, widgets.Wide(420, widgets.Column(8, doing, bar)), s.window)
	wait.Hold(true)
	wait.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", cancel))
	wait.Show(480, 0)
	s.pace.Run(func() {
		defer cancel()
		err := do(ctx, func(done, total int, label string) {
			fyne.Do(func() {
				doing.SetText(label)
				if total > 0 {
					bar.Set(float32(done) / float32(total))
				}
			})
		})
		fyne.Do(func() {
			wait.Close()
			if err != nil {
				s.Fail(err)
				return
			}
			done()
		})
	})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
