package exchange

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

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
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/tables"
)

// showTrial shows what would be done with each row.
func (m *Import) showTrial() {
	m.results = widgets.NewTable([]widgets.TableColumn{
		{Key: "row", Title: i18n.T("Ligne"), Width: 64},
		{Key: "action", Title: i18n.T("Action"), Width: 120},
		{Key: "title", Title: i18n.T("Partenariat"), Width: 270, Rank: 1},
		{Key: "detail", Title: i18n.T("Détail")},
	}, func() int { return len(m.shown) }, m.resultCells)
	m.results.List.OnCurrent = m.describe
	m.detail = widgets.NewParagraph(" ", theme.ColorMuted)
	m.choice = widgets.NewSelect([]string{i18n.T("Comme proposé"), i18n.T("Ajouter comme nouveau"), i18n.T("Laisser de côté")}, nil)
	m.choice.PlaceHolder = i18n.T("Comme proposé")
	m.choice.Disable()
	m.chips = widgets.Flow(4)
	m.correct = widgets.NewButton(i18n.T("Corriger la ligne…"), "edit", m.askCells)
	m.byField = widgets.NewButton(i18n.T("Champ par champ…"), "", m.askFields)
	m.correct.Disable()
	m.byField.Disable()
	m.show(m.filter)
	buttons := []fyne.CanvasObject{widgets.NewButton(i18n.T("Retour"), "", func() {
		if m.table.Document {
			m.askFile()
			return
		}
		m.askColumns()
	})}
	n := m.report.Added + m.report.Updated
	apply := widgets.NewMainButton(i18n.N("Importer %s partenariat", "Importer %s partenariats", n, repertoire.Thousands(int64(n))), "",
		m.Apply)
	if n == 0 {
		apply.Disable()
	}
	if n := len(m.report.Unknown); n > 0 {
		buttons = append(buttons, widgets.NewButton(i18n.N("%s mot inconnu…", "%s mots inconnus…", n, repertoire.Thousands(int64(n))), "",
			m.askWords))
	}
	buttons = append(append(buttons, m.whoButtons()...), apply)
	foot := widgets.Column(6, widgets.Rule(), container.NewBorder(nil, nil, nil,
		container.NewVBox(widgets.Wide(220, widgets.Framed(m.choice)), m.correct, m.byField),
		widgets.Tall(110, container.NewVScroll(m.detail))))
	m.put(container.NewBorder(widgets.Column(8, m.chips), foot, nil, nil, m.results), 940, 540, buttons...)
	for i, k := range m.shown {
		if m.at > 0 && m.report.Items[k].Row == m.at {
			m.results.List.Select(i)
		}
	}
	switch {
	case m.report.Consents.SetAside > 0:
		n := m.report.Consents.SetAside
		m.notice.Say(widgets.Warning,
			i18n.N("%s personne est reprise sans l’autorisation de publier que le fichier lui prête : rien ne la prouve.",
				"%s personnes sont reprises sans l’autorisation de publier que le fichier leur prête : rien ne la prouve.", n,
				repertoire.Thousands(int64(n))),
			widgets.NoticeAction{Label: i18n.T("Donner la preuve"), Do: m.askProof})
		m.step.Refresh()
	case m.report.Rows == 0:
		m.say(widgets.Warning, i18n.T("Le fichier n’a aucune ligne sous ses titres : il n’y a rien à importer."))
	case m.report.Twins > 0:
		m.notice.Say(widgets.Warning, i18n.T("Des lignes parlent d’un même partenariat : elles sont rejetées, à moins de les réunir."),
			widgets.NoticeAction{Label: i18n.T("Réunir"), Do: m.regroup})
		m.step.Refresh()
	}
}

// regroup tries again with the rows of one partnership together.
func (m *Import) regroup() {
	if m.group == nil {
		return
	}
	m.group.SetChecked(true)
	m.Try()
}

// show lets through the rows of one action, "" for all.
func (m *Import) show(filter tables.Action) {
	m.filter, m.shown = filter, nil
	for i, x := range m.report.Items {
		if (filter == "" || x.Action == filter) && (m.kind == "" || slices.Contains(x.Kinds, m.kind)) {
			m.shown = append(m.shown, i)
		}
	}
	m.chips.Objects = nil
	one := func(label string, n int, action tables.Action) {
		background := fynetheme.ColorNameButton
		if action == filter {
			background = theme.ColorAccentSoft
		}
		m.chips.Add(newFilter(label+" "+repertoire.Thousands(int64(n)), background, func() { m.show(action) }))
	}
	r := m.report
	one(i18n.T("Toutes"), len(r.Items), "")
	one(i18n.T("À ajouter"), r.Added, tables.ActionAdd)
	one(i18n.T("À mettre à jour"), r.Updated, tables.ActionUpdate)
	one(i18n.T("Inchangées"), r.Unchanged, tables.ActionSame)
	one(i18n.T("Rejetées"), len(r.Rejected), tables.ActionReject)
	if r.Left > 0 {
		one(i18n.T("Laissées"), r.Left, tables.ActionLeave)
	}
	m.kindChips()
	m.chips.Refresh()
	m.results.List.Select(-1)
	m.results.List.Top()
	m.results.Refresh()
	m.describe(-1)
}

func newFilter(text string, background fyne.ThemeColorName, action func()) fyne.CanvasObject {
	b := widgets.NewButton(text, "", action)
	b.Importance = widget.LowImportance
	if background == theme.ColorAccentSoft {
		b.Importance = widget.MediumImportance
	}
	return b
}

func (m *Import) resultCells(i int) []widgets.Cell {
	if i >= len(m.shown) {
		return nil
	}
	x := m.report.Items[m.shown[i]]
	action := widgets.Cell{}
	switch x.Action {
	case tables.ActionAdd:
		action = widgets.Cell{Text: i18n.T("Ajout"), Dot: fynetheme.ColorNameSuccess}
	case tables.ActionUpdate:
		action = widgets.Cell{Text: i18n.T("Mise à jour"), Dot: fynetheme.ColorNamePrimary}
	case tables.ActionSame:
		action = widgets.Cell{Text: i18n.T("Inchangé"), Muted: true}
	case tables.ActionReject:
		action = widgets.Cell{Text: i18n.T("Rejet"), Dot: fynetheme.ColorNameError}
	case tables.ActionLeave:
		action = widgets.Cell{Text: i18n.T("Laissé"), Muted: true}
	}
	return []widgets.Cell{{Text: repertoire.Thousands(int64(x.Row)), Muted: true}, action, {Text: x.Title},
		{Text: strings.ReplaceAll(detailOf(x), "\n", " "), Muted: true}}
}

func detailOf(x tables.ImportItem) string {
	var parts []string
	if len(x.Fields) > 0 {
		parts = append(parts, i18n.T("Change : %s.", strings.Join(x.Fields, ", ")))
	}
	for _, c := range x.Changes {
		parts = append(parts, i18n.T("%s : « %s » devient « %s ».", c.Label, shortened(c.Before), shortened(c.After)))
	}
	return strings.Join(append(parts, x.Remarks...), " ")
}

// describe says of one row all there is, and lets a person decide.
func (m *Import) describe(i int) {
	m.choice.OnChanged = nil
	sentence := i18n.T("Choisissez une ligne pour la lire en entier, ou pour décider de son sort.")
	if i < 0 || i >= len(m.shown) {
		m.choice.ClearSelected()
		m.choice.Disable()
		m.correct.Disable()
		m.byField.Disable()
	} else {
		x := m.report.Items[m.shown[i]]
		if sentence = detailOf(x); sentence == "" {
			sentence = x.Title
		}
		m.choice.Enable()
		if !m.table.Document {
			m.correct.Enable()
		}
		m.byField.Disable()
		if len(x.Changes)+len(m.refused[x.Row]) > 0 {
			m.byField.Enable()
		}
		line := 0
		switch m.decisions[x.Row] {
		case tables.DecideNew:
			line = 1
		case tables.DecideLeave:
			line = 2
		}
		m.choice.SetSelectedIndex(line)
		m.choice.OnChanged = func(string) { m.decide(x.Row, m.choice.SelectedIndex()) }
	}
	m.detail.Segments[0].(*widget.TextSegment).Text = sentence
	m.detail.Refresh()
}

// decide keeps what a person wants of a row and tries again.
func (m *Import) decide(row, line int) {
	m.at = row
	switch line {
	case 1:
		m.decisions[row] = tables.DecideNew
	case 2:
		m.decisions[row] = tables.DecideLeave
	default:
		delete(m.decisions, row)
	}
	m.Try()
}

// showDone says what was done, and offers to take it back.
func (m *Import) showDone() {
	r := m.report
	lines := []string{
		i18n.N("%s partenariat ajouté", "%s partenariats ajoutés", r.Added, repertoire.Thousands(int64(r.Added))),
		i18n.N("%s mis à jour", "%s mis à jour", r.Updated, repertoire.Thousands(int64(r.Updated))),
		i18n.N("%s inchangé", "%s inchangés", r.Unchanged, repertoire.Thousands(int64(r.Unchanged))),
		i18n.N("%s ligne rejetée", "%s lignes rejetées", len(r.Rejected), repertoire.Thousands(int64(len(r.Rejected)))),
	}
	buttons := []fyne.CanvasObject{}
	if r.Change != "" {
		buttons = append(buttons, widgets.NewButton(i18n.T("Annuler l’import"), "undo", m.TakeBack))
	}
	if len(r.Rejected) > 0 {
		buttons = append(buttons, widgets.NewButton(i18n.T("Garder les lignes rejetées…"), "save", m.askRejected))
	}
	if !m.table.Document {
		buttons = append(buttons, widgets.NewButton(i18n.T("Garder la recette…"), "", m.askRecipe))
		if name := m.recipe.Name; name != "" {
			buttons = append(buttons, widgets.NewButton(i18n.T("Remettre la recette…"), "", func() { m.askHandOver(name) }))
		}
	}
	done := widgets.NewMainButton(i18n.T("Fermer"), "", m.modal.Close)
	m.put(widgets.NewEmpty("check", i18n.T("Import de « %s » terminé", m.name()), strings.Join(lines, "\n")), 640, 280,
		append(buttons, done)...)
	m.modal.Focus(done)
}

// TakeBack undoes the import, whole.
func (m *Import) TakeBack() {
	change := m.report.Change
	if change == "" {
		return
	}
	m.work(i18n.T("Annulation de l’import…"), func(ctx context.Context, _ workspace.Progress) error {
		done, err := m.door.History().Undo(ctx, change, history.UndoAsk)
		if err == nil && done.Change == "" && len(done.Conflicts) > 0 {
			err = repertoire.Refuse(
				"Des fiches de l’import ont été modifiées depuis : l’import est resté. Annulez d’abord ces modifications, ou celles que vous choisirez dans l’historique.")
		}
		return err
	}, func(err error) {
		if err != nil {
			m.showDone()
			m.say(widgets.Failure, err.Error())
			return
		}
		m.report.Change = ""
		m.put(widgets.NewEmpty("undo", i18n.T("Import annulé"), i18n.T("Le dossier est comme avant l’import.")), 640, 280,
			widgets.NewMainButton(i18n.T("Fermer"), "", m.modal.Close))
		if m.OnImported != nil {
			m.OnImported(m.slug())
		}
	})
}

// askRejected asks where the rejected rows go.
func (m *Import) askRejected() {
	stem := strings.TrimSuffix(m.name(), filepath.Ext(m.name()))
	files.Save(m.window, "import", files.Propose("import", stem+"-"+i18n.T("rejets"), ".csv", m.now()),
		i18n.T("Garder les lignes rejetées"), m.SaveRejected)
}

// SaveRejected writes the rejected rows with their reasons.
func (m *Import) SaveRejected(output string) {
	rejected := m.report.Rejected
	m.work(i18n.T("Écriture du fichier…"), func(ctx context.Context, _ workspace.Progress) error {
		return m.door.Tables().SaveRejected(ctx, m.path, m.options(), rejected, output)
	}, func(err error) {
		m.showDone()
		if err != nil {
			m.say(widgets.Failure, err.Error())
			return
		}
		m.say(widgets.Success, i18n.T("Lignes rejetées écrites dans « %s » : corrigez-les, puis importez ce fichier.",
			filepath.Base(output)))
	})
}
