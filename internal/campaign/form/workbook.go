package form

import (
	"fmt"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/exchange"
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

// Workbook writes the questionnaire as a protected XLSX file, the same bytes for
// the same questionnaire.
func (p *Press) Workbook(q *campaign.Questionnaire, paper Paper) ([]byte, error) {
	x := &writer{archive: p.packing.open(), q: q, p: paper, t: textsOf(paper.Language), ranges: map[string]string{}}
	x.write()
	data, err := x.archive.close()
	if err != nil {
		return nil, repertoire.Fault(err, "Le questionnaire « %s » n’a pas pu être écrit.", q.Title)
	}
	return data, nil
}

type writer struct {
	*archive
	q      *campaign.Questionnaire
	p      Paper
	t      texts
	ranges map[string]string // of lists, by their first words
	tabs   []tab
}

// tab is a sheet of the workbook; hidden is "", "hidden" or "veryHidden".
type tab struct{ name, hidden string }

func (x *writer) write() {
	blocks := x.p.Words.Blocks(x.q)
	lists := x.lists(blocks)
	seal := x.seal(blocks)
	for i, b := range blocks {
		if b.Key == "" {
			x.sheet(tab{name: SheetName(b)}, x.main(b).bytes(i == 0), false)
			x.sheet(tab{listsSheet, "hidden"}, lists.bytes(false), true)
			continue
		}
		s, filled := x.list(b)
		x.sheet(tab{name: SheetName(b)}, s.bytes(false), !filled)
	}
	x.sheet(tab{sealSheet, "veryHidden"}, seal.bytes(false), false)
	x.frame()
}

func (x *writer) sheet(t tab, part []byte, shared bool) {
	x.tabs = append(x.tabs, t)
	x.add(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(x.tabs)), part, shared)
}

// lists writes the closed lists that cells offer: the same in every workbook.
func (x *writer) lists(blocks []campaign.Block) *sheet {
	var columns [][]string
	add := func(key string, words []string) {
		if len(words) == 0 || x.ranges[key] != "" {
			return
		}
		columns = append(columns, words)
		name := exchange.ColumnLetters(len(columns) - 1)
		x.ranges[key] = fmt.Sprintf("%s!$%s$1:$%s$%d", listsSheet, name, name, len(words))
	}
	add("flag", []string{"oui", "non"})
	themes := make([]string, len(x.p.Words.Themes))
	for i, t := range x.p.Words.Themes {
		themes[i] = campaign.ThemeCell(t)
	}
	add("theme", themes)
	for _, b := range blocks {
		for _, f := range b.Asked() {
			if f.Kind == repertoire.FieldChoice {
				add(choicesKey(f), repertoire.Choices[string](f.Choices).Labels())
			}
		}
	}
	s := &sheet{}
	for i := 0; ; i++ {
		row, more := make([]cell, len(columns)), false
		for c, words := range columns {
			if i < len(words) {
				row[c], more = cell{text: words[i]}, true
			}
		}
		if !more {
			return s
		}
		s.row(0, row...)
	}
}

// seal writes the identifier where nobody types, and beside it the projects that
// funders may be put to.
func (x *writer) seal(blocks []campaign.Block) *sheet {
	parents := []string{}
	for _, b := range blocks {
		if b.Key != "projects" {
			continue
		}
		for i, r := range b.Rows {
			if title := r.Cells[0]; title != "" {
				parents = append(parents, campaign.ParentCell(i, title))
			}
		}
	}
	s := &sheet{}
	for i := range max(len(parents), 1) {
		row := make([]cell, 2)
		if i == 0 {
			row[0].text = x.p.Identifier
		}
		if i < len(parents) {
			row[1].text = parents[i]
		}
		s.row(0, row...)
	}
	if len(parents) > 0 {
		x.ranges[campaign.KeyParent] = fmt.Sprintf("%s!$B$1:$B$%d", sealSheet, len(parents))
	}
	return s
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

// main writes the first sheet: what it is, the confirmation, the entry's own
// fields, what is to be said beside.
func (x *writer) main(b campaign.Block) *sheet {
	s := &sheet{widths: []float64{3, 34, 70, 34}}
	say := func(height float64, text string, style int) {
		s.row(height, cell{}, cell{text, style})
		s.spread("B", "D")
	}
	ask := func(height float64, key, label, text, hint string) {
		row := []cell{{key, keyStyle}, {label, labelStyle}, {text, cellStyle}}
		if hint != "" {
			row = append(row, cell{hint, noteStyle})
		}
		s.row(height, row...)
	}
	say(0, x.t.title+" : "+x.q.Title, titleStyle)
	say(92, x.t.intro(x.p), textStyle)
	ask(0, campaign.KeyConfirm, x.t.confirm, "", "")
	s.offer(fmt.Sprintf("C%d", s.n), x.ranges["flag"])
	ask(0, campaign.KeyRespondent, x.t.respondent, "", "")
	ask(0, campaign.KeyFunction, x.t.function, "", "")
	s.skip()
	for _, l := range b.Lines {
		height := 0.0
		if l.Field.Kind == repertoire.FieldMarkdown {
			height = tall(l.Cell)
		}
		ask(height, l.Key, x.t.label(l.Label), l.Cell, hint(x.t, l.Field))
		s.offer(fmt.Sprintf("C%d", s.n), x.listOf(l.Field))
	}
	s.skip()
	ask(80, campaign.KeyRemarks, x.t.remarks, "", "")
	say(92, x.t.notice(x.p), noteStyle)
	say(40, x.t.identifier+"\n"+x.p.Identifier, noteStyle)
	return s
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

// list writes the sheet of a list; filled tells whether anything stands in it.
func (x *writer) list(b campaign.Block) (s *sheet, filled bool) {
	s = &sheet{widths: []float64{3}}
	s.row(0, cell{}, cell{x.t.label(b.Label), titleStyle})
	s.row(50, cell{}, cell{x.t.rows, textStyle})
	s.spread("B", "H")
	s.skip()
	keys, heads := []cell{{keysMark, keyStyle}}, []cell{{}}
	for _, c := range b.Columns {
		keys, heads = append(keys, cell{c.Key, keyStyle}), append(heads, cell{x.t.label(c.Label), headStyle})
		s.widths = append(s.widths, width(c.Field))
	}
	s.hiddenRow(keys...)
	s.row(0, heads...)
	s.frozen = s.n
	first := s.n + 1
	row := make([]cell, len(b.Columns)+1)
	for _, r := range b.Rows {
		row[0] = cell{r.Key, keyStyle}
		for i, text := range r.Cells {
			row[i+1] = cell{text, cellStyle}
			filled = filled || text != ""
		}
		s.row(0, row...)
	}
	for i, c := range b.Columns {
		col := exchange.ColumnLetters(i + 1)
		list := x.listOf(c.Field)
		s.offer(fmt.Sprintf("%s%d:%s%d", col, first, col, s.n), list)
		filled = filled || c.Field == nil && list != ""
	}
	return s, filled
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
