package shell

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"repertoire/app/counter"
	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/internal/repertoire"
)

// Command is one thing the window does. The same list makes the menus, the
// palette and the sheet of shortcuts, so that none can forget one.
type Command struct {
	ID, Group, Title string
	Icon             string
	Shortcut         fyne.Shortcut // nil for none
	Key              fyne.KeyName  // a key that works alone: F1, Esc
	Do               func()
	// Needs says when it can be done; nil is always.
	Needs func() bool
	// Rule draws a line above it in the menu.
	Rule bool
	// OverModal lets it be done while a question stands in the window.
	OverModal bool
}

func (c Command) enabled() bool { return c.Needs == nil || c.Needs() }

// Keys writes the shortcut as people say it: "Ctrl+Maj+P".
func (c Command) Keys() string {
	if c.Key != "" {
		return strings.Replace(string(c.Key), "Escape", i18n.T("Échap"), 1)
	}
	switch s := c.Shortcut.(type) {
	case *desktop.CustomShortcut:
		var parts []string
		if s.Modifier&fyne.KeyModifierControl != 0 {
			parts = append(parts, "Ctrl")
		}
		if s.Modifier&fyne.KeyModifierSuper != 0 {
			parts = append(parts, "⌘")
		}
		if s.Modifier&fyne.KeyModifierShift != 0 {
			parts = append(parts, i18n.T("Maj"))
		}
		return strings.Join(append(parts, string(s.KeyName)), "+")
	case *fyne.ShortcutUndo:
		return "Ctrl+Z"
	case *fyne.ShortcutRedo:
		return "Ctrl+Y"
	}
	return ""
}

func ctrl(key fyne.KeyName) fyne.Shortcut { return chord(key, fyne.KeyModifierShortcutDefault) }

// chord is a shortcut as the keyboard sends it.
func chord(key fyne.KeyName, with fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: with}
}

func ctrlShift(key fyne.KeyName) fyne.Shortcut {
	return chord(key, fyne.KeyModifierShortcutDefault|fyne.KeyModifierShift)
}

// allCommands lists what the window can do, in the order of its menus.
func (s *Shell) allCommands() []Command {
	file, edit, view, partnership, help := i18n.T("Fichier"), i18n.T("Édition"), i18n.T("Affichage"), i18n.T("Partenariat"), i18n.T("Aide")
	on := func(do func(*desk)) func() {
		return func() {
			if s.desk != nil {
				do(s.desk)
			}
		}
	}
	open := func() bool { return s.desk != nil }
	alone := func() bool { return s.first == nil } // what opens another folder is the first window's
	records := func() bool { return s.desk != nil && s.desk.at == partnershipsPlace }
	entry := func() bool {
		if !records() {
			return false
		}
		_, ok := s.desk.records.form.Current()
		return ok
	}
	saving := func() bool {
		if s.desk == nil {
			return false
		}
		screen, ok := s.desk.screens[s.desk.at].(saves)
		return ok && (s.desk.at != partnershipsPlace || entry()) && screen != nil
	}
	list := []Command{
		{ID: "open", Group: file, Title: i18n.T("Ouvrir un dossier de travail…"), Icon: "folder-open", Shortcut: ctrl(fyne.KeyO),
			Do: s.askOpen, Needs: alone},
		{ID: "create", Group: file, Title: i18n.T("Nouveau dossier de travail…"), Icon: "folder", Do: s.askCreate, Needs: alone},
		{ID: "second", Group: file, Title: i18n.T("Nouvelle fenêtre sur ce dossier"), Icon: "copies", Shortcut: ctrlShift(fyne.KeyN),
			Do: on((*desk).openSecond), Needs: open},
		{ID: "produce", Group: file, Title: i18n.T("Produire le PDF…"), Icon: "pdf", Shortcut: ctrl(fyne.KeyP), Do: on((*desk).produceBook),
			Needs: open, Rule: true},
		{ID: "close", Group: file, Title: i18n.T("Fermer le dossier de travail"), Icon: "close", Do: s.askCloseWorkspace, Needs: func() bool { return open() && alone() }, Rule: true},
		{ID: "quit", Group: file, Title: i18n.T("Quitter"), Icon: "close", Shortcut: ctrl(fyne.KeyQ), Do: s.Quit, OverModal: true},

		{ID: "new-directory", Group: file, Title: i18n.T("Nouveau répertoire…"), Icon: "book", Do: on((*desk).newDirectory), Needs: open,
			Rule: true},
		{ID: "edit-directory", Group: file, Title: i18n.T("Modifier le répertoire…"), Icon: "settings", Do: on((*desk).editDirectory),
			Needs: open},
		{ID: "import", Group: file, Title: i18n.T("Importer un tableau…"), Icon: "download", Shortcut: ctrl(fyne.KeyI),
			Do: on(func(d *desk) { d.importTable("", d.records.sidebar.Chosen().Slug) }), Needs: open, Rule: true},
		{ID: "export", Group: file, Title: i18n.T("Exporter un tableau…"), Icon: "upload",
			Do: on(func(d *desk) { d.exportTable(d.records.sidebar.Chosen().Slug) }), Needs: open},

		{ID: "new-order", Group: file, Title: i18n.T("Nouvelle commande…"), Icon: "cart",
			Do: on(func(d *desk) { d.atCounter(func(v *counter.View) { v.AskNew() }) }), Needs: open, Rule: true},
		{ID: "send-members", Group: file, Title: i18n.T("Envoyer une édition aux adhérents…"), Icon: "mail",
			Do: on(func(d *desk) { d.atCounter(func(v *counter.View) { v.AskMembers("") }) }), Needs: open},
		{ID: "take-requests", Group: file, Title: i18n.T("Prendre des commandes reçues…"), Icon: "download",
			Do: on(func(d *desk) { d.atCounter((*counter.View).AskRequests) }), Needs: open},
		{ID: "order-settings", Group: file, Title: i18n.T("Réglages des commandes…"), Icon: "settings",
			Do: on(func(d *desk) { d.atCounter((*counter.View).ShowSettings) }), Needs: open},

		{ID: "undo", Group: edit, Title: i18n.T("Annuler la modification"), Icon: "undo", Shortcut: &fyne.ShortcutUndo{},
			Do: on((*desk).undo), Needs: open, OverModal: true},
		{ID: "redo", Group: edit, Title: i18n.T("Rétablir"), Icon: "redo", Shortcut: &fyne.ShortcutRedo{}, Do: on((*desk).redo),
			Needs: open, OverModal: true},
		{ID: "undo-change", Group: edit, Title: i18n.T("Annuler le dernier enregistrement"), Icon: "undo", Shortcut: ctrlShift(fyne.KeyZ),
			Do: on((*desk).undoChange), Needs: open},
		{ID: "find", Group: edit, Title: i18n.T("Rechercher"), Icon: "search", Shortcut: ctrl(fyne.KeyF), Do: on((*desk).find), Needs: open,
			Rule: true},
		{ID: "clear", Group: edit, Title: i18n.T("Effacer les filtres"), Icon: "filter", Shortcut: ctrlShift(fyne.KeyF),
			Do: on(func(d *desk) { d.records.list.ClearFilters() }), Needs: records},
		{ID: "keep-search", Group: edit, Title: i18n.T("Garder la recherche sous un nom"), Icon: "star", Shortcut: ctrlShift(fyne.KeyS),
			Do: on((*desk).keepSearch), Needs: records},
		{ID: "palette", Group: edit, Title: i18n.T("Palette de commandes"), Icon: "keyboard", Shortcut: ctrl(fyne.KeyK), Do: s.ShowPalette},

		{ID: "new", Group: partnership, Title: i18n.T("Nouveau partenariat"), Icon: "add", Shortcut: ctrl(fyne.KeyN),
			Do: on((*desk).newPartnership), Needs: open},
		{ID: "save", Group: partnership, Title: i18n.T("Enregistrer"), Icon: "save", Shortcut: ctrl(fyne.KeyS), Do: on((*desk).save),
			Needs: saving},
		{ID: "autosave", Group: partnership, Title: i18n.T("Enregistrer tout seul, ou non"), Icon: "save", Do: on((*desk).turnAutoSave),
			Needs: open},
		{ID: "confirm", Group: partnership, Title: i18n.T("Confirmer ce jour"), Icon: "check", Shortcut: ctrl(fyne.KeyJ),
			Do: on(func(d *desk) { d.records.form.Confirm() }), Needs: entry},
		{ID: "themes", Group: partnership, Title: i18n.T("Ajouter une thématique"), Icon: "tag", Shortcut: ctrl(fyne.KeyT),
			Do: on(func(d *desk) { d.records.form.FocusThemes() }), Needs: entry},
		{ID: "next-finding", Group: partnership, Title: i18n.T("Ligne suivante du contrôle"), Icon: "down", Key: fyne.KeyF8,
			Do: on(func(d *desk) { d.step(1) }), Needs: open},
		{ID: "previous-finding", Group: partnership, Title: i18n.T("Ligne précédente du contrôle"), Icon: "up", Key: fyne.KeyF7,
			Do: on(func(d *desk) { d.step(-1) }), Needs: open},
		{ID: "large", Group: partnership, Title: i18n.T("Écrire en grand"), Icon: "expand", Key: fyne.KeyF2,
			Do: on(func(d *desk) { d.records.form.WriteLarge() }), Needs: entry},
		{ID: "section", Group: partnership, Title: i18n.T("Aller à une partie de la fiche…"), Icon: "list", Shortcut: ctrl(fyne.KeyG),
			Do: s.ShowSections, Needs: entry},
		{ID: "field-history", Group: partnership, Title: i18n.T("Historique du champ"), Icon: "clock", Shortcut: ctrl(fyne.KeyH),
			Do: on((*desk).fieldHistory), Needs: entry},
		{ID: "similar", Group: partnership, Title: i18n.T("Partenariats semblables"), Icon: "search",
			Do: on(func(d *desk) { d.records.form.ShowSimilar() }), Needs: entry},
		{ID: "typography", Group: partnership, Title: i18n.T("Corriger la typographie"), Icon: "document", Shortcut: ctrlShift(fyne.KeyT),
			Do: on(func(d *desk) { d.records.form.CorrectTypography() }), Needs: entry},
		{ID: "abandon", Group: partnership, Title: i18n.T("Abandonner les modifications"), Icon: "close",
			Do: on(func(d *desk) { d.records.form.Abandon() }), Needs: entry, Rule: true},
		{ID: "delete", Group: partnership, Title: i18n.T("Mettre à la corbeille"), Icon: "trash",
			Do: on(func(d *desk) { d.records.form.AskDelete() }), Needs: entry},

		{ID: "bulk", Group: partnership, Title: i18n.T("Modifier les fiches choisies…"), Icon: "list", Shortcut: ctrlShift(fyne.KeyM),
			Do: on(func(d *desk) { d.records.list.EditPicked() }), Needs: records, Rule: true},
		{ID: "compare", Group: partnership, Title: i18n.T("Comparer les fiches choisies"), Icon: "columns",
			Do: on(func(d *desk) { d.records.list.Compare() }), Needs: records},
		{ID: "addresses", Group: partnership, Title: i18n.T("Adresses électroniques du résultat…"), Icon: "mail",
			Do: on(func(d *desk) { d.records.list.ShowAddresses() }), Needs: records},
		{ID: "distance", Group: partnership, Title: i18n.T("Trier par distance…"), Icon: "place",
			Do: on(func(d *desk) { d.records.list.AskDistance() }), Needs: records},
		{ID: "export-list", Group: partnership, Title: i18n.T("Exporter le résultat…"), Icon: "upload",
			Do: on(func(d *desk) { d.records.list.ExportList() }), Needs: records},

		{ID: "rows", Group: view, Title: i18n.T("Aller à la liste"), Icon: "list", Shortcut: ctrl(fyne.KeyL), Key: fyne.KeyEscape,
			Do: on((*desk).leave), Needs: open},
		{ID: "sidebar", Group: view, Title: i18n.T("Colonne de gauche"), Icon: "sidebar", Shortcut: ctrl(fyne.KeyB),
			Do: on(func(d *desk) { d.records.toggleSidebar() }), Needs: records},
		{ID: "preview", Group: view, Title: i18n.T("Aperçu de la page"), Icon: "preview", Shortcut: ctrl(fyne.KeyE),
			Do: on(func(d *desk) { d.records.togglePreview() }), Needs: records},
		{ID: "preview-window", Group: view, Title: i18n.T("Aperçu dans sa fenêtre"), Icon: "external", Shortcut: ctrlShift(fyne.KeyA),
			Do: on(func(d *desk) { d.records.pageApart() }), Needs: records},
		{ID: "reload", Group: view, Title: i18n.T("Relire"), Icon: "undo", Key: fyne.KeyF5, Do: on(func(d *desk) { d.refresh() }),
			Needs: open},
		{ID: "look-auto", Group: view, Title: i18n.T("Aspect du système"), Icon: "moon", Do: func() { s.SetLook(theme.Auto) }, Rule: true},
		{ID: "look-light", Group: view, Title: i18n.T("Aspect clair"), Icon: "moon", Do: func() { s.SetLook(theme.Light) }},
		{ID: "look-dark", Group: view, Title: i18n.T("Aspect sombre"), Icon: "moon", Do: func() { s.SetLook(theme.Dark) }},
		{ID: "text-larger", Group: view, Title: i18n.T("Texte plus grand"), Icon: "settings", Shortcut: ctrl(fyne.KeyPlus),
			Do: func() { s.Zoom(0.1) }, Rule: true},
		{ID: "text-smaller", Group: view, Title: i18n.T("Texte plus petit"), Icon: "settings", Shortcut: ctrl(fyne.KeyMinus),
			Do: func() { s.Zoom(-0.1) }},
		{ID: "text-normal", Group: view, Title: i18n.T("Texte de taille normale"), Icon: "settings", Do: func() { s.Zoom(0) }},
		{ID: "french", Group: view, Title: "Français", Icon: "settings", Do: func() { s.askLanguage(i18n.French) }, Rule: true},
		{ID: "english", Group: view, Title: "English", Icon: "settings", Do: func() { s.askLanguage(i18n.English) }},
	}
	list = append(list, s.campaignCommands()...)
	list = append(list, s.recentCommands(file)...)
	list = append(list, s.placeCommands()...)
	list = append(list, s.directoryCommands(i18n.T("Aller"))...)
	return append(list, []Command{
		{ID: "tour", Group: help, Title: i18n.T("Le tour en cinq étapes"), Icon: "help", Do: on(func(d *desk) { d.tour.begin() }),
			Needs: open},
		{ID: "shortcuts", Group: help, Title: i18n.T("Raccourcis clavier"), Icon: "keyboard", Key: fyne.KeyF1, Do: s.ShowShortcuts},
		{ID: "about", Group: help, Title: i18n.T("À propos de Répertoire"), Icon: "info", Do: s.showAbout},
	}...)
}

// directoryCommands go to each répertoire: Ctrl+1 to the first.
func (s *Shell) directoryCommands(group string) []Command {
	if s.desk == nil {
		return nil
	}
	var out []Command
	for i, d := range s.desk.records.sidebar.List() {
		c := Command{ID: "directory-" + d.Slug, Group: group, Title: i18n.T("Répertoire %s", d.Short), Icon: "book",
			Do: func() { s.desk.openDirectory(d.Slug) }, Rule: i == 0}
		if i < 9 {
			c.Shortcut = ctrl(fyne.KeyName(fmt.Sprint(i + 1)))
		}
		out = append(out, c)
	}
	return out
}

// openPath shows a file or folder with the desktop's own program.
func (s *Shell) openPath(path string) error {
	if err := s.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
		return repertoire.Refuse("« %s » n’a pas pu être ouvert : aucun programme ne s’en charge ici.", path)
	}
	return nil
}

// SetLook changes the look at once and for next time.
func (s *Shell) SetLook(m theme.Mode) {
	s.prefs.setMode(m)
	s.dress()
}

// zoomKeys are the chords of other keyboards than the one the menu names: the
// plus without Shift, the minus with it, and back to the first size.
var zoomKeys = []struct {
	key  fyne.KeyName
	with fyne.KeyModifier
	by   float32
}{
	{fyne.KeyEqual, fyne.KeyModifierShortcutDefault, 0.1},
	{fyne.KeyEqual, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift, 0.1},
	{fyne.KeyPlus, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift, 0.1},
	{fyne.KeyMinus, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift, -0.1},
	{fyne.Key0, fyne.KeyModifierShortcutDefault, 0},
}

// Zoom makes the text larger or smaller, from 80 to 200 %; 0 makes it as large
// as at first.
func (s *Shell) Zoom(by float32) {
	scale := float32(1)
	if by != 0 {
		scale = fyne.Max(0.8, fyne.Min(2, s.prefs.scale()+by))
	}
	if scale == s.prefs.scale() {
		return
	}
	s.prefs.setScale(scale)
	s.dress()
}
