package directories

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// rebuild makes the form again, at the place it was scrolled to.
func (e *Editor) rebuild() {
	if e.draft == nil {
		return
	}
	offset := e.scroll.Offset
	e.fields, e.first = nil, nil
	d := &e.draft.now.Directory
	e.body.Objects = []fyne.CanvasObject{
		e.part("identity", i18n.T("Identité"), "", true, e.identity),
		e.part("book", i18n.T("Le livre"), "", false, e.appearance),
		e.part("pictures", i18n.T("Couverture et logos"), e.pictureNote(), false, e.pictures),
		e.part("imprint", i18n.T("Mentions légales"), d.Imprint.ISBN, false, e.imprint),
		e.part("groups", i18n.T("Groupe-pays et présidence"),
			firstOf(d.Groups, func(g repertoire.CountryGroup) string { return g.President }), false, e.groups),
		e.part("editorials", i18n.T("Éditoriaux"), firstOf(d.Editorial, func(x repertoire.Editorial) string { return x.Author }), false,
			e.editorials),
	}
	for _, iso := range d.Countries {
		e.body.Add(e.part("country."+iso, i18n.T("Présentation : %s", e.door.CountryName(iso)), e.countryNote(iso), false,
			func() fyne.CanvasObject { return e.country(iso) }))
	}
	e.body.Add(container.New(widgets.Gap(40)))
	e.body.Refresh()
	e.inspect()
	e.scroll.Refresh()
	e.scroll.ScrollToOffset(offset)
}

// part is one section that opens and closes; it stays as a person left it.
func (e *Editor) part(key, title, note string, open bool, content func() fyne.CanvasObject) fyne.CanvasObject {
	if left, said := e.open[key]; said {
		open = left
	}
	d := widgets.NewDisclosure(title, note, open, func() fyne.CanvasObject {
		return widgets.Column(0, container.New(widgets.Gap(4)), content(), container.New(widgets.Gap(14)))
	})
	d.OnToggled = func(open bool) {
		e.open[key] = open
		if open {
			e.inspect()
		}
	}
	return widgets.Column(0, container.New(widgets.Gap(4)), d, container.New(widgets.Gap(4)), widgets.Rule())
}

func firstOf[T any](values []T, name func(T) string) string {
	if len(values) == 0 {
		return ""
	}
	if len(values) == 1 {
		return name(values[0])
	}
	return repertoire.Thousands(int64(len(values)))
}

func (e *Editor) identity() fyne.CanvasObject {
	d := &e.draft.now.Directory
	countries := e.countries()
	title := e.bound("title", &d.Title, i18n.T("Celui de la couverture"))
	if d.ID != "" {
		e.first = title
	}
	column := widgets.Column(6,
		countries,
		e.field("title", i18n.T("Titre"), title),
		e.line("short", i18n.T("Nom court"), &d.Short, i18n.T("Dans la colonne de gauche")))
	if e.holds == 0 {
		// Once entries name their répertoire by it, it is the machine's alone.
		column.Add(e.line("slug", i18n.T("Identifiant"), &d.Slug, "cote-d-ivoire"))
	}
	column.Add(
		e.prose("blurb", i18n.T("Ce qu’il dit de lui"), &d.Blurb, 2,
			i18n.T("Un paragraphe pour la quatrième de couverture et la page de commande")))
	return column
}

func (e *Editor) appearance() fyne.CanvasObject {
	d := &e.draft.now.Directory
	order := "france"
	if d.ByPartner {
		order = "partner"
	}
	sorted := e.menu("by_partner", i18n.T("Ordre des fiches"), []string{"france", "partner"},
		[]string{i18n.T("Par collectivité française"), i18n.T("Par pays, puis collectivité partenaire")}, &order)
	// The menu writes a word; the record keeps a yes or no.
	bindMenu(sorted, func(i int) { e.edit("", func() { d.ByPartner = i == 1 }) })
	density := string(d.Density)
	dense := e.menu("density", i18n.T("Place par fiche"), nil,
		[]string{i18n.T("Le livre mesure et choisit"), i18n.T("Une page"), i18n.T("Une demi-page"), i18n.T("Un tableau")}, &density)
	values := []repertoire.Density{repertoire.DensityAuto, repertoire.DensityPage, repertoire.DensityHalf, repertoire.DensityTable}
	for i, v := range values {
		if v == d.Density {
			selectMenu(dense, i)
		}
	}
	bindMenu(dense, func(i int) { e.edit("", func() { d.Density = values[i] }) })
	var formats, formatNames []string
	for i, f := range e.door.Books().Formats() {
		formats, formatNames = append(formats, f.Value), append(formatNames, f.Label)
		if i == 0 {
			formats[0] = "" // the usual one, also when a record names it
		}
	}
	designs := e.door.Books().Designs()
	designNames := make([]string, len(designs))
	for i, name := range designs {
		designNames[i] = designTitle(name)
		if name == usualDesign {
			designs[i] = ""
		}
	}
	return widgets.Column(6,
		e.line("edition", i18n.T("Édition en cours"), &d.Edition, i18n.T("septembre 2026")),
		sorted, dense,
		e.menu("format", i18n.T("Format de page"), formats, formatNames, &d.Format),
		e.menu("design", i18n.T("Maquette"), designs, designNames, &d.Design))
}

// usualDesign is the one a book has when none is named.
const usualDesign = "institutionnel"

func designTitle(name string) string {
	switch name {
	case usualDesign:
		return i18n.T("Institutionnel")
	case "sobre":
		return i18n.T("Sobre")
	}
	return name
}

func (e *Editor) imprint() fyne.CanvasObject {
	m := &e.draft.now.Directory.Imprint
	return widgets.Column(6,
		e.line("imprint.publisher", i18n.T("Éditeur"), &m.Publisher, "Cités Unies France"),
		e.prose("imprint.address", i18n.T("Adresse"), &m.Address, 1, ""),
		e.line("imprint.director", i18n.T("Directeur"), &m.Director, i18n.T("Directeur de la publication")),
		e.line("imprint.isbn", "ISBN", &m.ISBN, "978-2-…"),
		e.dated("imprint.legal_deposit", i18n.T("Dépôt légal"), &m.LegalDeposit),
		e.priced("imprint.price", i18n.T("Prix"), &m.Price),
		e.line("imprint.printer", i18n.T("Imprimeur"), &m.Printer, ""),
		e.dated("imprint.printed_on", i18n.T("Achevé d’imprimer"), &m.PrintedOn),
		e.prose("imprint.notice", i18n.T("Mention RGPD"), &m.Notice, 2, i18n.T("Vide : la mention habituelle")))
}

func (e *Editor) groups() fyne.CanvasObject {
	d := &e.draft.now.Directory
	return list(e, &d.Groups, i18n.T("Ajouter un groupe-pays"), func(i int, g *repertoire.CountryGroup) fyne.CanvasObject {
		at := func(field string) string { return fmt.Sprintf("groups.%d.%s", i, field) }
		values, words := []string{""}, []string{i18n.T("Tous les pays du répertoire")}
		for _, iso := range d.Countries {
			values, words = append(values, iso), append(words, e.door.CountryName(iso))
		}
		office := "m"
		if g.Feminine {
			office = "f"
		}
		title := e.menu(at("feminine"), i18n.T("Présidence"), []string{"m", "f"}, []string{i18n.T("Président"), i18n.T("Présidente")},
			&office)
		bindMenu(title, func(i int) { e.edit("", func() { g.Feminine = i == 1 }) })
		return widgets.Block(widgets.Column(6,
			e.line(at("name"), i18n.T("Nom du groupe"), &g.Name, i18n.T("Groupe-pays Madagascar")),
			e.menu(at("country"), i18n.T("Pays"), values, words, &g.Country),
			title,
			e.line(at("president"), i18n.T("Nom"), &g.President, ""),
			e.line(at("office"), i18n.T("Mandat"), &g.Office, ""),
			e.line(at("authority"), i18n.T("Collectivité"), &g.Authority, ""),
			e.dated(at("as_of"), i18n.T("À la date du"), &g.AsOf),
			e.line(at("source"), i18n.T("Source"), &g.Source, "")))
	})
}

func (e *Editor) editorials() fyne.CanvasObject {
	return list(e, &e.draft.now.Directory.Editorial, i18n.T("Ajouter un éditorial"),
		func(i int, x *repertoire.Editorial) fyne.CanvasObject {
			at := func(field string) string { return fmt.Sprintf("editorial.%d.%s", i, field) }
			return widgets.Block(widgets.Column(6,
				e.line(at("title"), i18n.T("Titre"), &x.Title, i18n.T("Vide : Éditorial")),
				e.prose(at("text"), i18n.T("Texte"), &x.Text, 6,
					i18n.T("Un paragraphe, une ligne vide, le suivant ; **gras**, *italique*")),
				e.line(at("author"), i18n.T("Signé par"), &x.Author, ""),
				e.line(at("role"), i18n.T("Fonction"), &x.Role, ""),
				e.field(at("portrait"), i18n.T("Portrait"), e.portrait(at("portrait"), &x.Portrait))))
		})
}
