package keeping

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/rights"
)

// FindPerson shows all that names a person, and offers to erase it.
func (v *People) FindPerson(name string) {
	v.job(i18n.T("Recherche d’une personne"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		r, err := v.door.Rights().FindPerson(ctx, name)
		return func() { v.showPerson(strings.Join(strings.Fields(name), " "), r) }, err
	})
}

func (v *People) showPerson(name string, r rights.PersonReport) {
	if len(r.Places)+r.Versions+len(r.Editions)+len(r.Files)+len(r.Surname) == 0 {
		v.say(widgets.Info, i18n.T("Rien dans ce dossier ne nomme « %s ».", name))
		return
	}
	column := widgets.Column(8, widgets.NewFlushParagraph(i18n.T("Lieux : %s. Versions du journal : %s.", strconv.Itoa(len(r.Places)),
		strconv.Itoa(r.Versions))))
	for _, p := range r.Places {
		note := i18n.T(p.Label)
		if p.Trashed {
			note += " · " + i18n.T("à la corbeille")
		}
		if p.Kept {
			note += " · " + i18n.T("conservé dix ans (Code de commerce, art. L. 123-22)")
		}
		column.Add(widgets.Rule())
		column.Add(widgets.NewText(p.Title))
		column.Add(widgets.NewMuted(note + " : " + p.Excerpt))
	}
	if len(r.Editions) > 0 {
		column.Add(widgets.Rule())
		column.Add(widgets.NewFlushParagraph(i18n.T("Éditions figées qui la nomment encore ; elles ne changent pas :")))
		for _, e := range r.Editions {
			column.Add(widgets.NewMuted(e.Directory + " · " + e.Label + " · " + e.Title))
		}
	}
	if len(r.Files) > 0 {
		column.Add(widgets.Rule())
		column.Add(widgets.NewFlushParagraph(i18n.T("Fichiers de livraison qui partent avec un effacement :")))
		for _, path := range r.Files {
			column.Add(widgets.NewMuted(filepath.Base(path)))
		}
	}
	if len(r.Surname) > 0 {
		column.Add(widgets.Rule())
		column.Add(widgets.NewFlushParagraph(i18n.T("À juger : lieux qui portent le nom de famille seul, et qui restent.")))
		for _, p := range r.Surname {
			column.Add(widgets.NewMuted(p.Title + " · " + i18n.T(p.Label) + " : " + p.Excerpt))
		}
	}
	reason := widgets.NewEntry()
	reason.SetPlaceHolder(i18n.T("Motif, sans nom de personne"))
	foot := widgets.Column(8, widgets.NewFlushParagraph(
		i18n.T("L’effacement est définitif. Sauvegardes qui gardent ces données jusqu’à leur remplacement : %s.",
			strconv.Itoa(len(r.Backups)))), reason)
	ask := widgets.NewModal(name, container.NewBorder(nil, foot, nil, nil, container.NewVScroll(column)), v.window)
	erase := widgets.NewDangerButton(i18n.T("Effacer cette personne"), func() {
		ask.Close()
		v.erasePerson(name, reason.Text)
	})
	if r.Erasable() == 0 {
		erase.Disable()
	}
	no := widgets.NewButton(i18n.T("Ne rien effacer"), "", ask.Close)
	access := widgets.NewButton(i18n.T("Document à lui remettre…"), "document", func() {
		ask.Close()
		v.AskAccess(name)
	})
	ask.SetButtons(erase, access, no)
	ask.Show(680, 460)
	ask.Focus(no)
}

func (v *People) erasePerson(name, reason string) {
	v.job(i18n.T("Effacement d’une personne"), func(ctx context.Context, _ workspace.Progress) (func(), error) {
		r, err := v.door.Rights().ErasePerson(ctx, name, strings.TrimSpace(reason))
		return func() {
			v.say(widgets.Success,
				i18n.T("Personne effacée : %s fiches, %s versions du journal. Éditions figées qui la nomment encore : %s.",
					strconv.Itoa(r.Records), strconv.Itoa(r.Versions), strconv.Itoa(len(r.Editions))))
		}, err
	})
}
