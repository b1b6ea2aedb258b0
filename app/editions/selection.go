package editions

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/task"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/searches"
)

// SelectionDoor is what a book made from a search asks of the workspace.
type SelectionDoor interface {
	Builder
	Books() *books.Room
}

// Selection is the dialog "Recueil thématique": the book of all that answers a
// search.
type Selection struct {
	// Produce shows the progress and what came out; its hooks are this dialog's.
	*Produce
	door            SelectionDoor
	query           searches.Query
	title, subtitle *widgets.Entry
}

// NewSelection returns the dialog, not yet shown.
func NewSelection(door SelectionDoor, pace task.Pace, window fyne.Window) *Selection {
	return &Selection{Produce: NewProduce(door, pace, window), door: door}
}

// Show asks how to make the book of count entries.
func (s *Selection) Show(query searches.Query, title string, count int) {
	s.query = query
	if count == 0 {
		widgets.Tell(i18n.T("Recueil thématique"), i18n.T(
			"Aucune fiche ne répond à cette recherche : élargissez-la avant d’en faire un recueil."), i18n.T("Fermer"), s.window)
		return
	}
	s.title, s.subtitle, s.file = widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry()
	s.title.SetText(title)
	s.file.SetText(filepath.Join(s.door.Dir(), "editions", "recueil.pdf"))
	s.variant = widgets.NewRadio([]string{i18n.T("À imprimer"), i18n.T("Numérique")}, nil)
	s.variant.SetSelected(s.variant.Options[1])
	s.notice = widgets.NewNotice()
	browse := widgets.NewIconButton("folder-open", i18n.T("Choisir le dossier"), s.browse)
	questions := widgets.Column(8, s.notice,
		widgets.NewMuted(i18n.N("%s fiche", "%s fiches", count, repertoire.Thousands(int64(count)))),
		widgets.NewField("title", i18n.T("Titre du recueil"), s.title),
		widgets.NewField("subtitle", i18n.T("Sous-titre"), s.subtitle),
		widgets.NewField("variant", i18n.T("Version"), s.variant),
		widgets.NewField("file", i18n.T("Fichier"), container.NewBorder(nil, nil, nil, browse, s.file)))
	s.modal = widgets.NewModal(i18n.T("Recueil thématique"), questions, s.window)
	s.modal.SetButtons(widgets.NewButton(i18n.T("Annuler"), "", s.modal.Close), widgets.NewMainButton(i18n.T("Produire"), "pdf", s.Start))
	s.title.OnSubmitted = func(string) { s.Start() }
	s.file.OnSubmitted = s.title.OnSubmitted
	s.modal.Show(640, 0)
	s.modal.Propose(s.title)
}

// Start makes the book.
func (s *Selection) Start() {
	o := books.SelectionOptions{Query: s.query, Title: strings.TrimSpace(s.title.Text), Subtitle: strings.TrimSpace(s.subtitle.Text)}
	o.Output, o.Variant = strings.TrimSpace(s.file.Text), books.Print
	if s.variant.Selected == s.variant.Options[1] {
		o.Variant = books.Digital
	}
	if o.Title == "" || o.Output == "" {
		s.notice.Say(widgets.Failure, i18n.T("Donnez au recueil un titre et un nom de fichier. Rien n’a été produit."))
		return
	}
	if !filepath.IsAbs(o.Output) {
		o.Output = filepath.Join(s.door.Dir(), o.Output)
	}
	if !strings.EqualFold(filepath.Ext(o.Output), ".pdf") {
		o.Output += ".pdf"
	}
	if s.building {
		return
	}
	s.building = true
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.showProgress()
	s.pace.Run(func() {
		defer cancel()
		report, err := s.door.Books().BuildSelection(ctx, o, func(done, total int, label string) {
			fyne.Do(func() { s.progress(done, total, label) })
		})
		fyne.Do(func() { s.finished(o.BuildOptions, report, err) })
	})
}
