package dashboard

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/workspace/searches"
)

// steps are what to do next, each with the list of its entries. A répertoire
// in order has none, and says so.
func (v *View) steps() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	add := func(sentence string, act func()) {
		words := widgets.NewText(sentence)
		words.Fixed = true
		lines = append(lines, widgets.Line(8, words, widgets.NewQuietButton(i18n.T("Voir"), "chevron-right", act)))
	}
	for _, b := range v.figures.Freshness {
		switch {
		case b.Count == 0:
		case b.Value == "plus-2-ans":
			add(i18n.N("%s fiche non vérifiée depuis deux ans", "%s fiches non vérifiées depuis deux ans", b.Count, whole(b.Count)),
				v.query(b.Query, freshnessLabel(b.Value)))
		case b.Value == "jamais":
			add(i18n.N("%s fiche jamais vérifiée", "%s fiches jamais vérifiées", b.Count, whole(b.Count)),
				v.query(b.Query, freshnessLabel(b.Value)))
		}
	}
	for _, b := range v.figures.Completeness {
		n := v.figures.Partnerships - b.Count
		if n == 0 || b.Value != "theme" && b.Value != "contact" {
			continue
		}
		sentence := i18n.N("%s fiche sans thématique", "%s fiches sans thématique", n, whole(n))
		if b.Value == "contact" {
			sentence = i18n.N("%s fiche sans interlocuteur publiable", "%s fiches sans interlocuteur publiable", n, whole(n))
		}
		add(sentence, func() { v.ShowLacking(b.Value) })
	}
	if len(lines) == 0 {
		lines = append(lines, widgets.NewText(i18n.T(
			"Toutes les fiches sont vérifiées depuis moins de deux ans, avec une thématique et un interlocuteur publiable.")))
	}
	title := widgets.NewBold(i18n.T("À faire ensuite"))
	return container.NewStack(widgets.NewBlockGround(),
		widgets.Inset(16, 12, widgets.Column(4, title, container.New(&columns{least: 400, most: 2, gap: 4}, lines...))))
}

// lackingShown is how many entries the list of a shortcoming shows.
const lackingShown = 1000

// ShowLacking lists the entries without what a bar of the completeness counts;
// Enter opens one.
func (v *View) ShowLacking(value string) {
	slug := v.slug
	v.pace.Run(func() {
		rows, err := v.door.Atlas().Lacking(context.Background(), slug, value, lackingShown)
		fyne.Do(func() {
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.lacking(value, rows)
		})
	})
}

func (v *View) lacking(value string, rows []searches.Row) {
	label := completenessLabel(value)
	if len(rows) == 0 {
		v.say(widgets.Success, i18n.T("Toutes les fiches ont cette rubrique : %s.", label))
		return
	}
	var m *widgets.Modal
	table := widgets.NewTable([]widgets.TableColumn{
		{Key: "title", Title: i18n.T("Partenariat")},
		{Key: "verified", Title: i18n.T("Vérifié"), Width: 100, Rank: 1},
	}, func() int { return len(rows) }, func(i int) []widgets.Cell {
		return []widgets.Cell{{Text: rows[i].Title}, {Text: rows[i].Verified.Field(), Muted: true}}
	})
	open := func(i int) {
		if i >= 0 && i < len(rows) {
			m.Close()
			if v.OnEntry != nil {
				v.OnEntry(rows[i].ID)
			}
		}
	}
	table.List.OnActivated = open
	count := i18n.N("%s fiche", "%s fiches", len(rows), whole(len(rows)))
	if len(rows) == lackingShown {
		count = i18n.T("Les %s premières fiches", whole(lackingShown))
	}
	m = widgets.NewModal(i18n.T("Fiches à compléter : %s", strings.ToLower(label)),
		container.NewBorder(widgets.NewMuted(count), nil, nil, nil, widgets.Tall(340, table)), v.window)
	m.SetButtons(widgets.NewButton(i18n.T("Fermer"), "", m.Close),
		widgets.NewMainButton(i18n.T("Ouvrir la fiche"), "", func() { open(table.List.Selection().Current) }))
	m.Show(680, 0)
	m.Focus(table.List)
	table.List.Select(0)
}

// Export asks for a file and writes the figures in it.
func (v *View) Export() {
	name := "chiffres"
	if v.slug != "" {
		name += "-" + v.slug
	}
	files.Save(v.window, "export", files.Propose("export", name, ".xlsx", time.Now()), i18n.T("Exporter les chiffres"), v.ExportTo)
}

// ExportTo writes the figures in a file, by its ending: .csv, or a workbook.
func (v *View) ExportTo(path string) {
	format := "xlsx"
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		format = "csv"
	}
	slug := v.slug
	v.export.Disable()
	v.pace.Run(func() {
		err := v.door.Atlas().ExportFigures(context.Background(), slug, format, path)
		fyne.Do(func() {
			v.export.Enable()
			if err != nil {
				v.say(widgets.Failure, err.Error())
				return
			}
			v.say(widgets.Success, i18n.T("Les chiffres sont écrits dans « %s ».", filepath.Base(path)))
		})
	})
}
