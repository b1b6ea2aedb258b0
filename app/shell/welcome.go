package shell

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// welcome is the first screen: what the program is for, and the ways to begin.
func (s *Shell) welcome() {
	title := widgets.NewTitle("Répertoire")
	title.Fixed = true
	lead := widgets.NewParagraph(
		i18n.T("Les partenariats des collectivités, tenus à jour toute l’année, et les livres qu’on en tire. Tout est rangé dans un dossier de travail : choisissez-en un, ou créez le vôtre."), theme.ColorMuted)
	column := widgets.Column(12,
		container.NewHBox(container.NewGridWrap(fyne.NewSquareSize(28), widget.NewIcon(theme.IconIn("books", fynetheme.ColorNamePrimary))),
			title),
		lead,
		widgets.NewChoice("books", i18n.T("Découvrir avec les sept répertoires d’exemple"),
			i18n.T("Un nouveau dossier, avec de vrais partenariats de sources publiques."), func() { s.askCreateWith(true) }),
		widgets.NewChoice("folder", i18n.T("Commencer avec un dossier vide"), i18n.T("Un nouveau dossier, à remplir ou à importer."),
			func() { s.askCreateWith(false) }),
		widgets.NewChoice("upload", i18n.T("Apporter un tableau…"),
			i18n.T("Une liste en CSV, XLSX, ODS ou JSON, relue avant d’être prise."), s.askBringIn),
		widgets.NewChoice("folder-open", i18n.T("Ouvrir un dossier existant…"),
			i18n.T("Un dossier de travail déjà commencé, ou copié d’un autre poste."), s.askOpen),
		widgets.NewChoice("link", i18n.T("Rejoindre une base partagée…"),
			i18n.T("Un nouveau dossier, rempli de ce que d’autres postes tiennent déjà."), s.askJoin),
		widgets.NewChoice("undo", i18n.T("Restaurer une sauvegarde…"),
			i18n.T("Un nouveau dossier, fait d’une sauvegarde ; celle-ci reste où elle est."), s.askRestore),
	)
	if recent := s.prefs.recent(); len(recent) > 0 {
		heading := widgets.NewCaption(i18n.T("Récents"))
		heading.Bold = true
		column.Add(widgets.Inset(0, 4, heading))
		list := widgets.Column(0)
		for _, dir := range recent {
			list.Add(widgets.NewChoice("clock", folderName(dir), dir, func() { s.openRecent(dir) }))
		}
		column.Add(list)
	}
	s.setContent(container.NewStack(widgets.NewBackground(theme.ColorSidebar),
		container.NewVScroll(container.NewCenter(widgets.Inset(24, 32, widgets.Wide(520, column))))))
}

// openRecent forgets a workspace that is no longer there.
func (s *Shell) openRecent(dir string) {
	if _, err := os.Stat(dir); err != nil {
		s.prefs.forget(dir)
		if s.desk == nil {
			s.welcome()
		}
		s.arm()
		s.Fail(repertoire.Missing("« %s » n’existe plus : le dossier a été déplacé ou supprimé. Il ne figure plus parmi les récents.", dir))
		return
	}
	s.Open(dir)
}

func (s *Shell) askOpen() {
	files.ChooseFolder(s.window, "workspace", func(dir string) { s.guarded(func() { s.Open(dir) }) })
}

func (s *Shell) askCreate() { s.askCreateWith(true) }

// askCreateWith asks where the new folder goes, and whether with the samples.
func (s *Shell) askCreateWith(sample bool) {
	with := widgets.NewCheck(i18n.T("Avec les sept répertoires d’exemple"), nil)
	with.SetChecked(sample)
	s.askNew(i18n.T("Nouveau dossier de travail"), i18n.T("Créer"), func(dir string) {
		s.guarded(func() { s.Create(dir, with.Checked) })
	}, widgets.NewField("sample", "", with))
}

// proposedFolder is a name that does not exist yet.
func proposedFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "Répertoire"
	}
	if documents := filepath.Join(home, "Documents"); isDir(documents) {
		home = documents
	}
	name := filepath.Join(home, "Répertoire")
	for n := 2; exists(name); n++ {
		name = filepath.Join(home, "Répertoire "+thousands(n))
	}
	return name
}

func (s *Shell) askCloseWorkspace() { s.guarded(s.CloseWorkspace) }

// askLanguage changes the language for the next start: widgets keep the words
// they were made with.
func (s *Shell) askLanguage(l i18n.Language) {
	s.prefs.setLanguage(l)
	message := "La fenêtre parlera français au prochain démarrage."
	if l == i18n.English {
		message = "The window will speak English the next time it starts."
	}
	widgets.Tell("Répertoire", message, i18n.T("Fermer"), s.window)
}

func (s *Shell) showAbout() {
	widgets.Tell("Répertoire", i18n.T("Version %s. Les partenariats des collectivités et les livres qu’on en tire.", workspace.Version),
		i18n.T("Fermer"), s.window)
}
