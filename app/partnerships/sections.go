package partnerships

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// sections makes the form, in the order of a page of the book and then what
// the desk keeps for itself.
func (f *Form) sections() []fyne.CanvasObject {
	p := &f.draft.now
	return []fyne.CanvasObject{
		f.section("Collectivités", "", f.partiesOf("Françaises", repertoire.SideFrench),
			f.partiesOf("Partenaires", repertoire.SideForeign)),
		f.section("Identité", "",
			f.label("directories", "Répertoires", f.directoryChips()),
			choice(f, "type", "Type", repertoire.Types, &p.Type),
			choice(f, "formality", "Formalisation", repertoire.Formalities, &p.Formality),
			choice(f, "status", "Statut", repertoire.Statuses, &p.Status),
			f.year("first_year", "Première convention", &p.FirstYear),
			f.date("start", "Début", &p.Start),
			f.date("end", "Fin", &p.End),
			f.text("title", "Titre particulier", &p.Title, i18n.T("Vide : les noms des collectivités")),
			f.label("country_group", "Groupe-pays", f.tick("Membre du groupe-pays de CUF", &p.CountryGroup)),
		),
		f.section("Thématiques", "", f.themesField("themes", "Par priorité", &p.Themes)),
		f.section("Présentation", "",
			f.writingBar(),
			f.area("objectives", "Objectifs", &p.Objectives, 2),
			f.area("context", "Contexte", &p.Context, 2),
			f.area("history", "Historique", &p.History, 2),
			f.area("description", "Description", &p.Description, 2),
		),
		f.section("Projets", "projects", f.projects()),
		f.section("Conventions", "conventions", f.conventions()),
		f.section("Échanges et visites", "exchanges", f.exchanges()),
		f.section("Citations", "quotes", f.quotes()),
		f.section("Acteurs et opérateurs", "actors", f.actors()),
		f.section("Interlocuteurs", "contacts", f.contacts()),
		f.section("Liens", "links", f.links()),
		f.section("Images et pièces jointes", "pictures", f.pictures()),
		f.section("Suivi", "", f.followUp()),
		container.New(widgets.Gap(40)),
	}
}

// section is a heading with what is under it; field is the list that the whole
// section edits, "" when each of its fields has its own label.
func (f *Form) section(title, field string, content ...fyne.CanvasObject) fyne.CanvasObject {
	heading := widgets.NewText(i18n.T(title))
	heading.Bold, heading.Fixed = true, true
	line := widgets.Line(4, heading)
	if dot := f.dot(field); dot != nil {
		line.Add(container.NewCenter(dot))
	}
	f.marks = append(f.marks, mark{title: i18n.T(title), heading: heading})
	return widgets.Column(0,
		container.New(widgets.Gap(18)),
		line,
		container.New(widgets.Gap(6)),
		widgets.Column(6, content...),
		container.New(widgets.Gap(18)),
		widgets.Rule())
}

// directoryChips are the répertoires of the entry, each with its cross, and
// what adds it to another.
func (f *Form) directoryChips() fyne.CanvasObject {
	box := widgets.Flow(4)
	put := func(list []string) {
		f.restructure(func() { f.draft.now.Directories = list })
		f.head.fill()
	}
	var others []*fyne.MenuItem
	for _, d := range f.directories {
		if slices.Contains(f.draft.now.Directories, d.Slug) {
			box.Add(widgets.NewPartChip(d.Short, false, nil, func() { put(without(f.draft.now.Directories, d.Slug)) }))
			continue
		}
		others = append(others, fyne.NewMenuItem(d.Short, func() { put(append(slices.Clone(f.draft.now.Directories), d.Slug)) }))
	}
	if len(others) == 0 {
		return box
	}
	var add *widgets.PartChip
	add = widgets.NewKeyChip(i18n.T("Ajouter à un répertoire"), "add", func() {
		if c := fyne.CurrentApp().Driver().CanvasForObject(add); c != nil {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(add)
			widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", others...), c, at.AddXY(0, add.Size().Height))
		}
	})
	box.Add(add)
	return box
}

func (f *Form) directoryName(slug string) string {
	for _, d := range f.directories {
		if d.Slug == slug {
			return d.Short
		}
	}
	return slug
}

func (f *Form) followUp() fyne.CanvasObject {
	p := &f.draft.now
	column := widgets.Column(6,
		f.date("verified", "Dernière vérification", &p.Verified),
		f.text("source", "Source", &p.Source, i18n.T("D’où viennent ces données")),
		f.label("fictitious", "Fictif", f.tick("Inventé pour l’essai : chaque livre le dit", &p.Fictitious)),
		f.area("notes", "Notes internes", &p.Notes, 2),
	)
	for _, row := range append(f.cells(repertoire.DeclaredPartnership, "", p), f.unplaced(repertoire.DeclaredPartnership, p)...) {
		column.Add(row)
	}
	if p.ID == "" {
		return column
	}
	if !p.Updated.IsZero() {
		written := i18n.T("le %s", repertoire.DateOf(p.Updated.Local()).Field()+p.Updated.Local().Format(" à 15:04"))
		column.Add(f.label("updated", "Modifié", widgets.NewMuted(written)))
	}
	column.Add(f.history())
	return column
}

// block is one element of a list on a background of its own, with its buttons.
func block(content fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	if len(buttons) == 0 {
		return widgets.Block(content)
	}
	return widgets.Block(container.NewBorder(nil, nil, nil, container.NewVBox(buttons...), content))
}

// items edits a list of the draft: each element's row, and a button to add one.
func items[T any](f *Form, list *[]T, add string, blank func() T, row func(i int, item *T) fyne.CanvasObject) fyne.CanvasObject {
	column := widgets.Column(6)
	for i := range *list {
		column.Add(row(i, &(*list)[i]))
	}
	if f.adding == any(list) && len(*list) > 0 {
		f.added = column.Objects[len(*list)-1]
	}
	column.Add(container.NewHBox(widgets.NewQuietButton(i18n.T(add), "add", func() {
		f.adding = list
		f.restructure(func() { *list = append(*list, blank()) })
		f.focusAdded()
	})))
	return column
}

// focusAdded puts the cursor into the element just added: who works by keys
// goes on typing.
func (f *Form) focusAdded() {
	added := f.added
	f.adding, f.added = nil, nil
	c := fyne.CurrentApp().Driver().CanvasForObject(f)
	if added == nil || c == nil {
		return
	}
	if first := firstFocusable(added); first != nil {
		c.Focus(first)
	}
}

// removal is the cross of an element.
func removal[T any](f *Form, list *[]T, i int) *widgets.IconButton {
	return widgets.NewIconButton("close", i18n.T("Retirer"), func() {
		f.restructure(func() { *list = append((*list)[:i:i], (*list)[i+1:]...) })
	}).Small()
}

// raising is the arrow that moves an element one place up.
func raising[T any](f *Form, list *[]T, i int) *widgets.IconButton {
	b := widgets.NewIconButton("up", i18n.T("Monter"), func() {
		f.restructure(func() { (*list)[i-1], (*list)[i] = (*list)[i], (*list)[i-1] })
	}).Small()
	b.SetEnabled(i > 0)
	return b
}
