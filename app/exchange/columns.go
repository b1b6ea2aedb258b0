package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/tables"
)

// askColumns shows each column with what it holds, and asks what it feeds.
func (m *Import) askColumns() {
	t := m.table
	said := []string{i18n.N("%s ligne", "%s lignes", t.Count, repertoire.Thousands(int64(t.Count)))}
	if t.Encoding != "" {
		said = append(said, t.Encoding)
	}
	switch t.Separator {
	case ";":
		said = append(said, i18n.T("séparé par des points-virgules"))
	case ",":
		said = append(said, i18n.T("séparé par des virgules"))
	case "\t":
		said = append(said, i18n.T("séparé par des tabulations"))
	case "|":
		said = append(said, i18n.T("séparé par des barres"))
	}
	title := widgets.NewBold(m.name())
	head := widgets.Column(2, title, widgets.NewMuted(strings.Join(said, " · ")))
	if len(t.Sheets) > 1 {
		sheet := widgets.NewSelect(t.Sheets, nil)
		sheet.SetSelected(t.Sheet)
		sheet.OnChanged = m.Read
		head.Add(widgets.NewField("sheet", i18n.T("Feuille"), widgets.Framed(sheet)))
	}
	head.Add(m.readingControls())
	if seen := append(append([]string(nil), t.Remarks...), t.Reasons...); len(seen) > 0 {
		head.Add(widgets.Tall(min(54, 18*float32(len(seen))),
			container.NewVScroll(widgets.NewParagraph(strings.Join(seen, "\n"), theme.ColorMuted))))
	}
	if m.group == nil {
		m.group = widgets.NewCheck(i18n.T("Réunir les lignes des mêmes collectivités : le fichier a une ligne par projet"), nil)
		m.group.SetChecked(t.Recipe.Group)
	}
	m.columns = widgets.NewRows(38, func() int { return len(t.Headings) }, m.newColumn, m.fillColumn)
	heads := widgets.Shares(12, columnShares(), widgets.NewCaption(i18n.T("Colonne du fichier")), widgets.NewCaption(i18n.T("Champ")),
		widgets.NewCaption(i18n.T("Premières valeurs")))
	m.put(container.NewBorder(widgets.Column(8, head, heads, widgets.Rule()), widgets.Column(4, widgets.Rule(), m.group), nil, nil,
		m.columns), 940, 540,
		widgets.NewButton(i18n.T("Retour"), "", m.askFile),
		widgets.NewButton(i18n.T("Deviner de nouveau"), "", func() {
			m.mapping = maps.Clone(t.Guess)
			m.columns.Refresh()
		}),
		widgets.NewMainButton(i18n.T("Essayer"), "", m.Try))
	if len(t.Broken) > 0 {
		m.say(widgets.Warning, i18n.N("%s ligne ne peut pas être lue ; elle sera parmi les rejetées.",
			"%s lignes ne peuvent pas être lues ; elles seront parmi les rejetées.",
			len(t.Broken), repertoire.Thousands(int64(len(t.Broken)))))
	}
}

func columnShares() []float32 { return []float32{3, 3, 4} }

// columnRow is a column of the file: its heading, the field, what it holds.
type columnRow struct {
	heading, sample *widgets.Text
	field           *widgets.Select
}

func (m *Import) newColumn() fyne.CanvasObject {
	words := []string{i18n.T("(ne pas reprendre)")}
	for _, f := range m.fields {
		if f.Value != ignored {
			words = append(words, f.Label)
		}
	}
	heading, sample, field := widgets.NewText(""), widgets.NewMuted(""), widgets.NewSelect(words, nil)
	return widgets.Inset(0, 3, widgets.Shares(12, columnShares(), widgets.Tall(30, heading), widgets.Framed(field),
		widgets.Tall(30, sample)))
}

// ignored is the field of columns that are left alone.
const ignored = "ignoree"

func (m *Import) fillColumn(i int, o fyne.CanvasObject) {
	if i >= len(m.table.Headings) {
		return
	}
	r := rowParts(o)
	heading := m.table.Headings[i]
	shown := heading
	if shown == "" {
		shown = i18n.T("(sans titre)")
	}
	r.heading.SetText(shown)
	r.sample.SetText(sampleOf(m.table, i))
	r.field.OnChanged = nil
	r.field.SetSelectedIndex(m.indexOf(m.mapping[heading]))
	r.field.OnChanged = func(string) {
		m.mapping[heading] = m.fieldAt(r.field.SelectedIndex())
	}
}

// sameHeadings tells whether a correspondence speaks of these columns.
func sameHeadings(mapping map[string]string, headings []string) bool {
	for _, h := range headings {
		if _, here := mapping[h]; !here && h != "" {
			return false
		}
	}
	return true
}

func rowParts(o fyne.CanvasObject) columnRow {
	all := o.(*fyne.Container).Objects[0].(*fyne.Container)
	part := func(i int) fyne.CanvasObject { return all.Objects[i].(*fyne.Container).Objects[0] }
	return columnRow{heading: part(0).(*widgets.Text), field: part(1).(*widgets.Select), sample: part(2).(*widgets.Text)}
}

// indexOf and fieldAt go between fields and the lines of the menu, of which the
// first leaves the column out.
func (m *Import) indexOf(field string) int {
	line := 1
	for _, f := range m.fields {
		if f.Value == ignored {
			continue
		}
		if f.Value == field {
			return line
		}
		line++
	}
	return 0
}

func (m *Import) fieldAt(line int) string {
	at := 1
	for _, f := range m.fields {
		if f.Value == ignored {
			continue
		}
		if at == line {
			return f.Value
		}
		at++
	}
	return ignored
}

// sampleOf is the first few different values of a column.
func sampleOf(t tables.ImportTable, column int) string {
	var seen []string
	for _, row := range t.Rows {
		if column >= len(row) {
			continue
		}
		v := strings.Join(strings.Fields(row[column]), " ")
		if r := []rune(v); len(r) > 80 {
			v = string(r[:80]) + "…"
		}
		if v != "" && !slices.Contains(seen, v) {
			seen = append(seen, v)
		}
		if len(seen) == 3 {
			break
		}
	}
	return strings.Join(seen, " · ")
}

// The correspondence of columns is kept for the next file with the same ones.

func memory(t tables.ImportTable) string {
	sum := sha256.Sum256([]byte(strings.Join(t.Headings, "\n")))
	return "import.columns." + hex.EncodeToString(sum[:8])
}

func keep(t tables.ImportTable, mapping map[string]string) {
	if t.Document || maps.Equal(mapping, t.Guess) {
		return
	}
	if data, err := json.Marshal(mapping); err == nil {
		fyne.CurrentApp().Preferences().SetString(memory(t), string(data))
	}
}

// recall gives the correspondence used last for these columns, else a guess.
func recall(t tables.ImportTable) map[string]string {
	out := map[string]string{}
	for _, h := range t.Headings {
		out[h] = ignored
	}
	var kept map[string]string
	if json.Unmarshal([]byte(fyne.CurrentApp().Preferences().String(memory(t))), &kept) != nil {
		kept = t.Guess
	}
	for h, f := range kept {
		if _, here := out[h]; here {
			out[h] = f
		}
	}
	return out
}
