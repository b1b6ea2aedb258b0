package form

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
)

// Paper is what a form says beside the questionnaire.
type Paper struct {
	Identifier string
	Campaign   string
	Deadline   string // « 31/03/2027 »
	Sender     string
	Email      string
	Language   string
	Words      campaign.Words
}

// Sheets of the workbook that are no block.
const (
	mainSheet  = "Votre fiche"
	listsSheet = "Listes"
	sealSheet  = "Identifiant"
	// keysMark opens the hidden row of a list that holds its columns' keys.
	keysMark = "#"
)

// SheetName gives the tab of a block.
func SheetName(b campaign.Block) string {
	if b.Key == "" {
		return mainSheet
	}
	return b.Label
}

// Workbook writes the questionnaire as a protected XLSX file.
func Workbook(q *campaign.Questionnaire, p Paper) ([]byte, error) {
	x := &writer{file: excelize.NewFile(), q: q, p: p, t: textsOf(p.Language)}
	defer x.file.Close()
	for _, step := range []func() error{x.makeStyles, x.lists, x.blocks, x.seal} {
		if err := step(); err != nil {
			return nil, repertoire.Fault(err, "Le questionnaire « %s » n’a pas pu être écrit.", q.Title)
		}
	}
	var out bytes.Buffer
	if err := x.file.Write(&out); err != nil {
		return nil, repertoire.Fault(err, "Le questionnaire « %s » n’a pas pu être écrit.", q.Title)
	}
	return out.Bytes(), nil
}

type writer struct {
	file   *excelize.File
	q      *campaign.Questionnaire
	p      Paper
	t      texts
	styles struct{ title, text, label, cell, head, note, key int }
	ranges map[string]string // of lists, by their first words
}

func (x *writer) makeStyles() error {
	border := []excelize.Border{{Type: "left", Color: "B8C2CE", Style: 1}, {Type: "right", Color: "B8C2CE", Style: 1},
		{Type: "top", Color: "B8C2CE", Style: 1}, {Type: "bottom", Color: "B8C2CE", Style: 1}}
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	locked, open := &excelize.Protection{Locked: true}, &excelize.Protection{Locked: false}
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&x.styles.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}, Protection: locked, Alignment: wrap}},
		{&x.styles.text, excelize.Style{Alignment: wrap, Protection: locked}},
		{&x.styles.label, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: wrap, Protection: locked}},
		{&x.styles.cell, excelize.Style{NumFmt: 49, Alignment: wrap, Border: border, Protection: open,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFFDF3"}}}},
		{&x.styles.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: wrap, Border: border, Protection: locked,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EDF3"}}}},
		{&x.styles.note, excelize.Style{Font: &excelize.Font{Size: 9, Color: "5A6675"}, Alignment: wrap, Protection: locked}},
		{&x.styles.key, excelize.Style{NumFmt: 49, Font: &excelize.Font{Size: 8, Color: "9AA5B1"}, Protection: locked}},
	} {
		id, err := x.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.into = id
	}
	return nil
}

// lists writes the closed lists that cells offer.
func (x *writer) lists() error {
	if err := x.file.SetSheetName("Sheet1", mainSheet); err != nil {
		return err
	}
	if _, err := x.file.NewSheet(listsSheet); err != nil {
		return err
	}
	x.ranges = map[string]string{}
	column := 0
	add := func(key string, words []string) error {
		column++
		name, err := excelize.ColumnNumberToName(column)
		if err != nil {
			return err
		}
		for i, w := range words {
			if err := x.file.SetCellStr(listsSheet, fmt.Sprintf("%s%d", name, i+1), w); err != nil {
				return err
			}
		}
		x.ranges[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", listsSheet, name, name, len(words))
		return nil
	}
	if err := add("flag", []string{"oui", "non"}); err != nil {
		return err
	}
	themes := make([]string, len(x.p.Words.Themes))
	for i, t := range x.p.Words.Themes {
		themes[i] = campaign.ThemeCell(t)
	}
	if len(themes) > 0 {
		if err := add("theme", themes); err != nil {
			return err
		}
	}
	for _, b := range x.p.Words.Blocks(x.q) {
		for _, f := range b.Asked() {
			if f.Kind != repertoire.FieldChoice || x.ranges[choicesKey(f)] != "" {
				continue
			}
			if err := add(choicesKey(f), repertoire.Choices[string](f.Choices).Labels()); err != nil {
				return err
			}
		}
		if b.Key == "projects" {
			var parents []string
			for i, r := range b.Rows {
				if title := r.Cells[0]; title != "" {
					parents = append(parents, campaign.ParentCell(i, title))
				}
			}
			if len(parents) > 0 {
				if err := add(campaign.KeyParent, parents); err != nil {
					return err
				}
			}
		}
	}
	if err := x.protect(listsSheet); err != nil {
		return err
	}
	return x.file.SetSheetVisible(listsSheet, false)
}

func choicesKey(f *repertoire.Field) string {
	return strings.Join(repertoire.Choices[string](f.Choices).Labels(), "|")
}

// listOf gives the range of words that a cell offers, "" for free text.
func (x *writer) listOf(f *repertoire.Field) string {
	switch {
	case f == nil:
		return x.ranges[campaign.KeyParent]
	case f.Kind == repertoire.FieldFlag:
		return x.ranges["flag"]
	case f.Kind == repertoire.FieldTheme:
		return x.ranges["theme"]
	case f.Kind == repertoire.FieldChoice:
		return x.ranges[choicesKey(f)]
	}
	return ""
}

func (x *writer) blocks() error {
	for _, b := range x.p.Words.Blocks(x.q) {
		var err error
		if b.Key == "" {
			err = x.main(b)
		} else {
			err = x.list(b)
		}
		if err != nil {
			return err
		}
	}
	x.file.SetActiveSheet(0)
	return nil
}

// main writes the first sheet: what it is, the confirmation, the entry's own
// fields, what is to be said beside.
func (x *writer) main(b campaign.Block) error {
	s := &sheet{x: x, name: mainSheet}
	s.row("", x.t.title+" : "+x.q.Title, "", x.styles.title, 0)
	s.row("", x.t.intro(x.p), "", x.styles.text, 0)
	s.heights = append(s.heights, height{2, 92})
	s.row(campaign.KeyConfirm, x.t.confirm, "", x.styles.label, x.styles.cell)
	s.offer(s.n, "C", x.ranges["flag"])
	s.row(campaign.KeyRespondent, x.t.respondent, "", x.styles.label, x.styles.cell)
	s.row(campaign.KeyFunction, x.t.function, "", x.styles.label, x.styles.cell)
	s.row("", "", "", x.styles.text, 0)
	for _, l := range b.Lines {
		s.row(l.Key, x.t.label(l.Label), l.Cell, x.styles.label, x.styles.cell)
		s.set("D", hint(x.t, l.Field), x.styles.note)
		if list := x.listOf(l.Field); list != "" {
			s.offer(s.n, "C", list)
		}
		if l.Field.Kind == repertoire.FieldMarkdown {
			s.heights = append(s.heights, height{s.n, tall(l.Cell)})
		}
	}
	s.row("", "", "", x.styles.text, 0)
	s.row(campaign.KeyRemarks, x.t.remarks, "", x.styles.label, x.styles.cell)
	s.heights = append(s.heights, height{s.n, 80})
	s.row("", x.t.notice(x.p), "", x.styles.note, 0)
	s.heights = append(s.heights, height{s.n, 92})
	s.row("", x.t.identifier+"\n"+x.p.Identifier, "", x.styles.note, 0)
	s.heights = append(s.heights, height{s.n, 40})
	for _, merged := range s.wide {
		if err := x.file.MergeCell(mainSheet, fmt.Sprintf("B%d", merged), fmt.Sprintf("D%d", merged)); err != nil {
			return err
		}
	}
	return s.finish([]float64{3, 34, 70, 34})
}

func tall(text string) float64 {
	lines := 0
	for l := range strings.SplitSeq(text, "\n") {
		lines += 1 + len([]rune(l))/75
	}
	return float64(min(max(lines+1, 4)*15, 400))
}

// hint says what a cell expects.
func hint(t texts, f *repertoire.Field) string {
	switch f.Kind {
	case repertoire.FieldDate:
		return t.date
	case repertoire.FieldYear:
		return t.year
	case repertoire.FieldChoice, repertoire.FieldTheme, repertoire.FieldFlag:
		return t.choose
	}
	return ""
}

// list writes the sheet of a list.
func (x *writer) list(b campaign.Block) error {
	name := SheetName(b)
	if _, err := x.file.NewSheet(name); err != nil {
		return err
	}
	s := &sheet{x: x, name: name}
	s.row("", x.t.label(b.Label), "", x.styles.title, 0)
	s.row("", x.t.rows, "", x.styles.text, 0)
	s.heights = append(s.heights, height{2, 50})
	s.n++
	keys := s.n
	s.setAt("A", keys, keysMark, x.styles.key)
	s.n++
	widths := []float64{3}
	for i, c := range b.Columns {
		col, _ := excelize.ColumnNumberToName(i + 2)
		s.setAt(col, keys, c.Key, x.styles.key)
		s.setAt(col, s.n, x.t.label(c.Label), x.styles.head)
		widths = append(widths, width(c.Field))
	}
	first := s.n + 1
	for _, r := range b.Rows {
		s.n++
		s.setAt("A", s.n, r.Key, x.styles.key)
		for i, cell := range r.Cells {
			col, _ := excelize.ColumnNumberToName(i + 2)
			s.setAt(col, s.n, cell, x.styles.cell)
		}
	}
	for i, c := range b.Columns {
		if list := x.listOf(c.Field); list != "" {
			col, _ := excelize.ColumnNumberToName(i + 2)
			s.offerRange(fmt.Sprintf("%s%d:%s%d", col, first, col, s.n), list)
		}
	}
	if err := x.file.SetRowVisible(name, keys, false); err != nil {
		return err
	}
	if err := x.file.MergeCell(name, "B2", "H2"); err != nil {
		return err
	}
	if err := x.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: keys + 1, TopLeftCell: fmt.Sprintf("A%d", first),
		ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return s.finish(widths)
}

func width(f *repertoire.Field) float64 {
	switch {
	case f == nil:
		return 30
	case f.Kind == repertoire.FieldMarkdown:
		return 46
	case f.Kind == repertoire.FieldDate, f.Kind == repertoire.FieldFlag:
		return 14
	case f.Kind == repertoire.FieldTheme:
		return 28
	}
	return 24
}

// seal writes the identifier where nobody types: a hidden sheet and the
// document's properties.
func (x *writer) seal() error {
	if _, err := x.file.NewSheet(sealSheet); err != nil {
		return err
	}
	if err := x.file.SetCellStr(sealSheet, "A1", x.p.Identifier); err != nil {
		return err
	}
	if err := x.protect(sealSheet); err != nil {
		return err
	}
	if err := x.file.SetSheetVisible(sealSheet, false, true); err != nil {
		return err
	}
	if err := x.file.SetDocProps(&excelize.DocProperties{Title: x.q.Title, Subject: x.p.Campaign, Creator: x.p.Sender,
		Keywords: x.p.Identifier, Language: x.p.Language}); err != nil {
		return err
	}
	return x.file.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true})
}

func (x *writer) protect(name string) error {
	return x.file.ProtectSheet(name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true})
}
