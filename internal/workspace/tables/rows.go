package tables

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Decision is what a person wants done with a row of an import.
type Decision string

// The decisions; "" leaves it to the import.
const (
	DecideNew   = Decision(exchange.DecideNew)   // a new partnership, whatever the base has
	DecideLeave = Decision(exchange.DecideLeave) // the row is left out
)

// Action says what an import does with a row.
type Action string

// The actions.
const (
	ActionAdd    Action = "add"
	ActionUpdate Action = "update"
	ActionSame   Action = "same"
	ActionReject Action = "reject"
	ActionLeave  Action = "leave"
)

// ImportItem is one row of an import.
type ImportItem struct {
	Row    int    `json:"row"`
	Action Action `json:"action"`
	Title  string `json:"title,omitempty"` // of the partnership
	// Fields are those an update changes, in French; Remarks what is to be
	// looked at, or why the row is rejected.
	Fields  []string       `json:"fields,omitempty"`
	Changes []ImportChange `json:"changes,omitempty"`
	Remarks []string       `json:"remarks,omitempty"`
	// Kinds sort the remarks, for facets.
	Kinds []string `json:"kinds,omitempty"`
}

// importItems tells the plan row by row.
func importItems(plan exchange.Plan, known *exchange.Known) ([]ImportItem, error) {
	fresh := map[repertoire.ID]repertoire.Authority{}
	for _, a := range plan.Authorities {
		fresh[a.ID] = a
	}
	find := func(id repertoire.ID) *repertoire.Authority {
		if a, ok := fresh[id]; ok {
			return &a
		}
		return known.Authority(id)
	}
	names := repertoire.Names{Authority: find, Theme: known.ThemeLabel, Country: known.CountryName}
	words := func(name string, raw json.RawMessage) string {
		if f := repertoire.DeclaredPartnership.Field(name); f != nil && len(raw) > 0 {
			return f.WordsOf(raw, names)
		}
		return ""
	}
	var out []ImportItem
	for i := range plan.Added {
		x := &plan.Added[i]
		out = append(out, ImportItem{Row: x.Row, Action: ActionAdd, Title: x.Partnership.DisplayTitle(find)})
	}
	for i := range plan.Updated {
		x := &plan.Updated[i]
		changes, err := importChanges(x.Before, x.After, words)
		if err != nil {
			return nil, err
		}
		out = append(out, ImportItem{Row: x.Row, Action: ActionUpdate, Title: x.After.DisplayTitle(find), Fields: labelsOf(changes),
			Changes: changes})
	}
	for i := range plan.Same {
		out = append(out, ImportItem{Row: plan.Same[i].Row, Action: ActionSame, Title: plan.Same[i].After.DisplayTitle(find)})
	}
	for _, row := range plan.Left {
		out = append(out, ImportItem{Row: row, Action: ActionLeave})
	}
	remarks, kinds := map[int][]string{}, map[int][]string{}
	for _, x := range plan.Warnings {
		remarks[x.Row] = append(remarks[x.Row], x.Reason)
		if k := string(x.Kind); k != "" && !slices.Contains(kinds[x.Row], k) {
			kinds[x.Row] = append(kinds[x.Row], k)
		}
	}
	for i := range out {
		out[i].Remarks, out[i].Kinds = remarks[out[i].Row], kinds[out[i].Row]
	}
	for _, x := range plan.Rejected {
		item := ImportItem{Row: x.Row, Action: ActionReject, Remarks: []string{x.Reason}}
		if x.Kind != "" {
			item.Kinds = []string{string(x.Kind)}
		}
		out = append(out, item)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Row < out[j].Row })
	return out, nil
}

// labelsOf names the fields of changes, each once.
func labelsOf(changes []ImportChange) []string {
	var out []string
	for _, c := range changes {
		if !slices.Contains(out, c.Label) {
			out = append(out, c.Label)
		}
	}
	return out
}

// ImportTable is a file as it was read, before anything is made of it.
type ImportTable struct {
	Encoding   string            // "UTF-8", "UTF-16", "Windows-1252"…, "" for a workbook and JSON
	Doubt      string            // why the encoding is not sure, in French
	Separator  string            // of a CSV file
	Sheets     []string          // of a workbook
	Sheet      string            // the one read
	HeadingRow int               // 0 for none
	Document   bool              // a JSON export: its columns need no mapping
	Headings   []string          // of the file
	Guess      map[string]string // heading -> field
	Rows       [][]string        // the first ones
	Count      int
	Broken     []Rejection // rows that cannot be read
	Remarks    []string    // what the file as a whole has to say
	Reasons    []string    // what was seen that the headings do not say
	Recipe     exchange.Recipe
}

// previewRows is how many rows ReadTable gives to look at.
const previewRows = 30

// ReadTable reads a file that may be imported, as its recipe and the sheet of
// opt say, and guesses the rest.
func (room *Room) ReadTable(ctx context.Context, file string, opt ImportOptions) (ImportTable, error) {
	known, err := room.base.Resolver(ctx)
	if err != nil {
		return ImportTable{}, err
	}
	var countries []string
	if d, err := room.base.NeedDirectory(ctx, opt.Directory); err == nil {
		countries = d.Countries
	}
	opt.Mapping = nil
	c, err := readAs(file, opt, known, countries)
	if err != nil {
		return ImportTable{}, err
	}
	if err := ctx.Err(); err != nil {
		return ImportTable{}, base.Stopped(err)
	}
	t := c.Table
	out := ImportTable{Encoding: t.Encoding, Doubt: t.Doubt, Sheets: t.Sheets, Sheet: t.Sheet, HeadingRow: t.HeadingRow,
		Document: t.Document != nil,
		Headings: t.FileHeadings(), Guess: map[string]string{}, Count: t.Count, Reasons: c.Proposal.Reasons}
	if t.Separator != 0 {
		out.Separator = string(t.Separator)
	}
	for _, r := range t.First(previewRows) {
		out.Rows = append(out.Rows, r.Cells)
	}
	out.Broken = append(out.Broken, t.Broken...)
	for _, x := range t.Remarks {
		out.Remarks = append(out.Remarks, x.Reason)
	}
	if t.Document != nil {
		out.Count = len(t.Document.Partnerships)
		return out, nil
	}
	out.Recipe = effective(opt.Recipe, c)
	for h, f := range out.Recipe.Columns {
		if f != string(exchange.FieldIgnored) {
			out.Guess[h] = f
		}
	}
	return out, nil
}

// ImportFields lists the fields a column may feed, with their French names.
func (room *Room) ImportFields() []repertoire.Choice[string] {
	var out []repertoire.Choice[string]
	for _, f := range exchange.Fields() {
		out = append(out, repertoire.Choice[string]{Value: string(f.Value), Label: f.Label})
	}
	return out
}

// SaveRejected writes the rejected rows of an import as a CSV file: the columns
// of the file, and why each row was not taken. Corrected, it can be imported.
func (room *Room) SaveRejected(ctx context.Context, file string, opt ImportOptions, rejected []Rejection, output string) error {
	t, err := readPlain(file, opt)
	if err != nil {
		return err
	}
	rows := map[int][]string{}
	for _, x := range rejected {
		rows[x.Row] = nil
	}
	if err := t.Each(ctx, func(r exchange.TableRow) error {
		if _, wanted := rows[r.Number]; wanted {
			rows[r.Number] = r.Cells
		}
		return nil
	}); err != nil {
		return base.Stopped(err)
	}
	s := exchange.Sheet{Name: "Lignes rejetées", Title: "Lignes rejetées"}
	for _, h := range t.Headings {
		s.Columns = append(s.Columns, exchange.SheetColumn{Heading: h})
	}
	s.Columns = append(s.Columns, exchange.SheetColumn{Heading: "Ligne rejetée"}, exchange.SheetColumn{Heading: "Motif du rejet"})
	var b bytes.Buffer
	err = exchange.WriteSheet(&b, exchange.CSV, s, func(yield func([]string) error) error {
		for _, x := range rejected {
			if err := ctx.Err(); err != nil {
				return err
			}
			cells := make([]string, len(t.Headings), len(s.Columns))
			copy(cells, rows[x.Row])
			if err := yield(append(cells, repertoire.Thousands(int64(x.Row)), x.Reason)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return base.Stopped(err)
	}
	return base.WriteWhole(strings.TrimSpace(output), b.Bytes())
}
