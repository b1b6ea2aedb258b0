package exchange

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/files"
	"repertoire/app/i18n"
	"repertoire/app/widgets"
	ex "repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/tables"
)

// workbench is what mending a file asks of the workspace.
type workbench interface {
	Tables() *tables.Room

	CountryName(iso string) string
}

// keepUnfinished keeps what was decided so far, for tomorrow.
func (m *Import) keepUnfinished() {
	if m.table.Document {
		return
	}
	path, o := m.path, m.options()
	m.pace.Run(func() {
		if err := m.door.Tables().KeepUnfinished(context.Background(), path, o); err != nil {
			fyne.Do(func() { m.say(widgets.Warning, err.Error()) })
		}
	})
}

// readingControls let a person say where the headings are, how the file is
// written, and which recipe it is read by.
func (m *Import) readingControls() fyne.CanvasObject {
	again := func(change func()) {
		change()
		m.mapping, m.recipe.Columns, m.recipe.Layout = nil, nil, ex.Layout{}
		m.Read("")
	}
	rows := []string{i18n.T("(sans titres)")}
	for n := range 20 {
		rows = append(rows, i18n.T("Ligne %s", strconv.Itoa(n+1)))
	}
	heading := widgets.NewSelect(rows, nil)
	if m.table.HeadingRow < len(rows) {
		heading.SetSelectedIndex(m.table.HeadingRow)
	}
	heading.OnChanged = func(string) {
		again(func() {
			if m.recipe.HeadingRow, m.recipe.HeadingRows = heading.SelectedIndex(), 0; m.recipe.HeadingRow == 0 {
				m.recipe.HeadingRow = -1
			}
		})
	}
	parts := []fyne.CanvasObject{widgets.NewField("heading", i18n.T("Titres des colonnes"), widgets.Framed(heading))}
	if m.table.Encoding != "" {
		encoding := widgets.NewSelect(ex.Encodings(), nil)
		encoding.SetSelected(m.table.Encoding)
		encoding.OnChanged = func(s string) { again(func() { m.recipe.Encoding = s }) }
		parts = append(parts, widgets.NewField("encoding", i18n.T("Accents lus en"), widgets.Framed(encoding)))
	}
	if len(m.recipes) > 0 {
		names := []string{i18n.T("(aucune)")}
		for _, r := range m.recipes {
			names = append(names, r.Name)
		}
		recipe := widgets.NewSelect(names, nil)
		chosen := 1 + slices.IndexFunc(m.recipes, func(r ex.Recipe) bool { return r.Name == m.recipe.Name })
		recipe.SetSelectedIndex(chosen)
		recipe.OnChanged = func(string) {
			m.recipe, m.mapping = ex.Recipe{}, nil
			if i := recipe.SelectedIndex() - 1; i >= 0 {
				m.recipe = m.recipes[i]
			}
			m.Read("")
		}
		parts = append(parts, widgets.NewField("recipe", i18n.T("Recette"), widgets.Framed(recipe)))
	}
	parts = append(parts, widgets.NewField("take-recipe", i18n.T("Recette d’un collègue"),
		widgets.NewButton(i18n.T("Prendre un fichier…"), "", func() {
			files.Open(m.window, "import", []string{".json"}, m.TakeRecipe)
		})))
	weights := make([]float32, len(parts))
	for i := range weights {
		weights[i] = 1
	}
	return widgets.Shares(12, weights, parts...)
}

// kindChips adds a facet for each kind of problem that rows have.
func (m *Import) kindChips() {
	count := map[string]int{}
	for _, x := range m.report.Items {
		for _, k := range x.Kinds {
			count[k]++
		}
	}
	for _, k := range m.door.Tables().ImportKinds() {
		if count[k.Value] == 0 && m.kind != k.Value {
			continue
		}
		value := k.Value
		b := newFilter(kindName(k.Value)+" "+repertoire.Thousands(int64(count[value])), "", func() {
			if m.kind == value {
				m.kind = ""
			} else {
				m.kind = value
			}
			m.show(m.filter)
		})
		if m.kind == value {
			b = widgets.NewButton("✓ "+kindName(k.Value), "", func() {
				m.kind = ""
				m.show(m.filter)
			})
		}
		m.chips.Add(b)
	}
}

// kindName names a kind of problem.
func kindName(kind string) string {
	switch ex.Kind(kind) {
	case ex.KindAuthority:
		return i18n.T("Collectivités")
	case ex.KindCountry:
		return i18n.T("Pays")
	case ex.KindWord:
		return i18n.T("Mots inconnus")
	case ex.KindDate:
		return i18n.T("Dates")
	case ex.KindAmount:
		return i18n.T("Montants")
	case ex.KindAddress:
		return i18n.T("Coordonnées")
	case ex.KindTwin:
		return i18n.T("Doublons")
	case ex.KindConflict:
		return i18n.T("Contradictions")
	case ex.KindEncoding:
		return i18n.T("Accents")
	case ex.KindShape, ex.KindError:
		return i18n.T("Forme du tableau")
	}
	return i18n.T("Autres remarques")
}

// askWords lists the words that nothing knows, each once with its count, and
// asks what they mean.
func (m *Import) askWords() {
	list := m.report.Unknown
	meant := make([]string, len(list))
	said := make([]bool, len(list))
	body := widgets.Column(4)
	for i, u := range list {
		choices := append([]string(nil), u.Near...)
		for _, c := range m.door.Tables().WordChoices(string(u.Field)) {
			if !slices.Contains(choices, c) {
				choices = append(choices, c)
			}
		}
		leave := i18n.T("(laisser vide)")
		field := widgets.NewSelectEntry(append([]string{leave}, choices...))
		field.PlaceHolder = i18n.T("à dire")
		field.OnChanged = func(s string) {
			said[i] = s != ""
			if meant[i] = s; s == leave {
				meant[i] = ""
			}
		}
		what := "« " + u.Word + " »"
		note := m.fieldName(string(u.Field)) + " · " + i18n.N("%s ligne", "%s lignes", u.Count, repertoire.Thousands(int64(u.Count)))
		body.Add(widgets.Shares(12, []float32{3, 3, 4}, widgets.Tall(30, widgets.NewText(what)), widgets.Tall(30, widgets.NewMuted(note)),
			field))
	}
	m.put(container.NewBorder(widgets.NewMuted(i18n.T(
		"Dites une fois ce que chaque mot veut dire : toutes ses lignes le suivent, et il est retenu pour les prochains fichiers.")), nil,
		nil, nil,
		container.NewVScroll(body)), 940, 540,
		widgets.NewButton(i18n.T("Retour"), "", m.showTrial),
		widgets.NewMainButton(i18n.T("Appliquer"), "", func() {
			for i, u := range list {
				if !said[i] {
					continue
				}
				if m.recipe.Words == nil {
					m.recipe.Words = ex.Words{}
				}
				if m.recipe.Words[u.Field] == nil {
					m.recipe.Words[u.Field] = map[string]string{}
				}
				m.recipe.Words[u.Field][u.Word] = meant[i]
			}
			m.Try()
		}))
}

func (m *Import) fieldName(field string) string {
	for _, f := range m.fields {
		if f.Value == field {
			return f.Label
		}
	}
	return field
}

// current is the row of the trial that is selected.
func (m *Import) current() (tables.ImportItem, bool) {
	i := m.results.List.Selection().Current
	if i < 0 || i >= len(m.shown) {
		return tables.ImportItem{}, false
	}
	return m.report.Items[m.shown[i]], true
}

// askCells shows the cells of the row, to be corrected in place; the same
// correction may go to all cells that say the same.
func (m *Import) askCells() {
	x, ok := m.current()
	if !ok {
		return
	}
	m.at = x.Row
	var cells []string
	var candidates [2][]string
	french, foreign, country := m.columnOf("collectivite_francaise"), m.columnOf("collectivite_etrangere"), m.columnOf("pays")
	m.work(i18n.T("Lecture de la ligne…"), func(ctx context.Context, _ workspace.Progress) (err error) {
		if cells, err = m.door.Tables().ImportRow(ctx, m.path, m.options(), x.Row); err != nil {
			return err
		}
		if french >= 0 && french < len(cells) {
			candidates[0], err = m.door.Tables().AuthorityCandidates(ctx, cells[french], true, "")
		}
		if err == nil && foreign >= 0 && foreign < len(cells) && country >= 0 && country < len(cells) {
			candidates[1], err = m.door.Tables().AuthorityCandidates(ctx, cells[foreign], false, cells[country])
		}
		return err
	}, func(err error) {
		if err != nil {
			m.showTrial()
			m.say(widgets.Failure, err.Error())
			return
		}
		m.editCells(x, cells, map[int][]string{french: candidates[0], foreign: candidates[1]})
	})
}

// columnOf gives the column of the file that feeds a field, -1 for none.
func (m *Import) columnOf(field string) int {
	return slices.IndexFunc(m.table.Headings, func(h string) bool { return m.mapping[h] == field })
}

func (m *Import) editCells(x tables.ImportItem, cells []string, candidates map[int][]string) {
	next := append([]string(nil), cells...)
	body := widgets.Column(6)
	for i, h := range m.table.Headings {
		if i >= len(cells) {
			break
		}
		if list := candidates[i]; len(list) > 0 {
			e := widgets.NewSelectEntry(list)
			e.SetText(cells[i])
			e.OnChanged = func(s string) { next[i] = s }
			body.Add(widgets.NewField("cell", h, e))
			continue
		}
		e := widgets.NewEntry()
		e.SetText(cells[i])
		e.OnChanged = func(s string) { next[i] = s }
		body.Add(widgets.NewField("cell", h, e))
	}
	alike := widgets.NewCheck(i18n.T("Corriger aussi toutes les cellules qui disent la même chose"), nil)
	alike.SetChecked(true)
	m.put(container.NewBorder(widgets.NewMuted(i18n.T("Ligne %s", repertoire.Thousands(int64(x.Row)))+" · "+strings.Join(x.Remarks, " ")),
		alike, nil, nil,
		container.NewVScroll(body)), 940, 540,
		widgets.NewButton(i18n.T("Retour"), "", m.showTrial),
		widgets.NewMainButton(i18n.T("Corriger"), "", func() { m.correctCells(x.Row, cells, next, alike.Checked) }))
}

// correctCells notes the cells that differ and tries again.
func (m *Import) correctCells(row int, was, now []string, alike bool) {
	rows := map[int][]int{}
	o := m.options()
	m.work(i18n.T("Correction…"), func(ctx context.Context, _ workspace.Progress) error {
		for i := range was {
			if was[i] == now[i] {
				continue
			}
			rows[i] = []int{row}
			if alike && was[i] != "" {
				same, err := m.door.Tables().Alike(ctx, m.path, o, i, was[i])
				if err != nil {
					return err
				}
				rows[i] = append(rows[i], same...)
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			m.showTrial()
			m.say(widgets.Failure, err.Error())
			return
		}
		if m.edits == nil {
			m.edits = map[int]map[int]string{}
		}
		for column, list := range rows {
			for _, r := range list {
				if m.edits[r] == nil {
					m.edits[r] = map[int]string{}
				}
				m.edits[r][column] = now[column]
			}
		}
		m.Try()
	})
}

// askFields shows what the row would change, field by field: one that is not
// checked stays as the base has it.
func (m *Import) askFields() {
	x, ok := m.current()
	if !ok {
		return
	}
	m.at = x.Row
	refused := append([]string(nil), m.refused[x.Row]...)
	body := widgets.Column(8)
	for _, c := range x.Changes {
		check := widgets.NewCheck(c.Label, nil)
		check.SetChecked(true)
		check.OnChanged = func(on bool) {
			refused = slices.DeleteFunc(refused, func(s string) bool { return s == c.Name })
			if !on {
				refused = append(refused, c.Name)
			}
		}
		body.Add(widgets.Shares(12, []float32{2, 4, 4}, check, widgets.NewFlushParagraph(shortened(c.Before)),
			widgets.NewFlushParagraph(shortened(c.After))))
	}
	for _, name := range m.refused[x.Row] {
		check := widgets.NewCheck(repertoire.FieldLabel(name), nil)
		check.OnChanged = func(on bool) {
			refused = slices.DeleteFunc(refused, func(s string) bool { return s == name })
			if !on {
				refused = append(refused, name)
			}
		}
		body.Add(widgets.Shares(12, []float32{2, 8}, check, widgets.NewMuted(i18n.T("gardé comme dans le dossier"))))
	}
	head := widgets.Shares(12, []float32{2, 4, 4}, widgets.NewCaption(i18n.T("Champ")), widgets.NewCaption(i18n.T("Dans le dossier")),
		widgets.NewCaption(i18n.T("Dans le fichier")))
	m.put(container.NewBorder(head, nil, nil, nil, container.NewVScroll(body)), 940, 540,
		widgets.NewButton(i18n.T("Retour"), "", m.showTrial),
		widgets.NewMainButton(i18n.T("Appliquer"), "", func() {
			if m.refused == nil {
				m.refused = map[int][]string{}
			}
			m.refused[x.Row] = refused
			m.Try()
		}))
}

func shortened(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 240 {
		return string(r[:240]) + "…"
	}
	return s
}

// TakeRecipe keeps the recipe a colleague sent, and reads the file by it.
func (m *Import) TakeRecipe(file string) {
	var taken ex.Recipe
	m.work(i18n.T("Lecture de la recette…"), func(ctx context.Context, _ workspace.Progress) (err error) {
		taken, err = m.door.Tables().TakeRecipe(ctx, file)
		return err
	}, func(err error) {
		if err != nil {
			m.askColumns()
			m.say(widgets.Failure, err.Error())
			return
		}
		m.recipe, m.mapping = taken, nil
		m.Read("")
	})
}

// askHandOver asks for the file in which a colleague gets the recipe.
func (m *Import) askHandOver(name string) {
	files.Save(m.window, "import", files.Propose("import", i18n.T("recette")+" "+name, ".json", m.now()),
		i18n.T("Remettre la recette à un collègue"), func(output string) { m.HandOver(name, output) })
}

// HandOver writes a kept recipe for a colleague.
func (m *Import) HandOver(name, output string) {
	m.work(i18n.T("Écriture du fichier…"), func(ctx context.Context, _ workspace.Progress) error {
		_, err := m.door.Tables().ExportRecipe(ctx, name, output)
		return err
	}, func(err error) {
		m.showDone()
		if err != nil {
			m.say(widgets.Failure, err.Error())
			return
		}
		m.say(widgets.Success, i18n.T("Recette « %s » écrite dans « %s » : un collègue la prend quand il importe.", name,
			filepath.Base(output)))
	})
}

// askRecipe asks under which name the decisions are kept.
func (m *Import) askRecipe() {
	name := widgets.NewEntry()
	name.SetText(m.recipe.Name)
	save := func() {
		r := m.options().Recipe
		r.Name, r.Columns = name.Text, m.mapping
		m.work(i18n.T("Enregistrement…"), func(ctx context.Context, _ workspace.Progress) error {
			return m.door.Tables().SaveRecipe(ctx, r)
		}, func(err error) {
			if err != nil {
				m.showDone()
				m.say(widgets.Failure, err.Error())
				return
			}
			replaced := slices.ContainsFunc(m.recipes, func(x ex.Recipe) bool { return x.Name == r.Name })
			m.recipe.Name = r.Name
			m.showDone()
			if !replaced {
				m.say(widgets.Success, i18n.T("La recette « %s » est gardée : elle servira au prochain fichier de cette sorte.", r.Name))
				return
			}
			m.notice.Say(widgets.Success, i18n.T("La recette « %s » est gardée à la place de celle de ce nom.", r.Name), m.asBefore(r.Name))
		})
	}
	name.OnSubmitted = func(string) { save() }
	buttons := []fyne.CanvasObject{widgets.NewButton(i18n.T("Retour"), "", m.showDone)}
	if kept := m.recipe.Name; kept != "" {
		buttons = append(buttons, widgets.NewButton(i18n.T("Effacer la recette"), "delete", func() { m.EraseRecipe(kept) }))
	}
	m.put(widgets.NewField("recipe", i18n.T("Nom de la recette"), name), 640, 200,
		append(buttons, widgets.NewMainButton(i18n.T("Garder"), "save", save))...)
	m.modal.Focus(name)
}

// EraseRecipe takes a recipe away, and offers to bring it back.
func (m *Import) EraseRecipe(name string) {
	m.work(i18n.T("Enregistrement…"), func(ctx context.Context, _ workspace.Progress) error {
		return m.door.Tables().DeleteRecipe(ctx, name)
	}, func(err error) {
		if err == nil {
			m.recipe.Name = ""
		}
		m.showDone()
		if err != nil {
			m.say(widgets.Failure, err.Error())
			return
		}
		m.notice.Say(widgets.Success, i18n.T("La recette « %s » est effacée.", name), m.asBefore(name))
	})
}

// asBefore offers to bring a recipe back as it was.
func (m *Import) asBefore(name string) widgets.NoticeAction {
	return widgets.NoticeAction{Label: i18n.T("Annuler"), Do: func() { m.BringBack(name) }}
}

// BringBack brings a recipe back as it was before it was erased or replaced.
func (m *Import) BringBack(name string) {
	m.work(i18n.T("Enregistrement…"), func(ctx context.Context, _ workspace.Progress) error {
		_, err := m.door.Tables().RestoreRecipe(ctx, name)
		return err
	}, func(err error) {
		if err == nil {
			m.recipe.Name = name
		}
		m.showDone()
		if err != nil {
			m.say(widgets.Failure, err.Error())
			return
		}
		m.say(widgets.Success, i18n.T("La recette « %s » est remise comme elle était.", name))
	})
}
