package campaign

import (
	"strconv"

	"repertoire/internal/repertoire"
)

// Block is a part of a questionnaire as every form draws it: single answers
// one under the other, or the rows of a list.
type Block struct {
	Key   string // "" of the entry's own fields, "projects", "projects.funding"
	Label string
	// Lines are single answers.
	Lines []Line
	// Columns and Rows are a list; the last rows are empty, for what is new.
	Columns []Column
	Rows    []Row
}

// Line is one answer.
type Line struct {
	Key   string
	Label string
	Cell  string
	Field *repertoire.Field
}

// Column is what each row of a list answers. Field is nil of the one that says
// to which element the row belongs.
type Column struct {
	Key   string // "title", "themes.0", "@parent"
	Label string
	Field *repertoire.Field
}

// Row is one element of a list: "projects.0", "projects.+1".
type Row struct {
	Key   string
	Cells []string
}

// spare is how many empty rows a list has for what is new.
var spare = map[string]int{"projects": 8, "projects.funding": 12, "contacts": 6, "conventions": 4, "exchanges": 8, "actors": 8, "links": 6}

// inSight is how many cells a list of words has at least.
func inSight(f *repertoire.Field, filled int) int {
	if f.Kind == repertoire.FieldTheme {
		return max(filled+1, 3)
	}
	return max(filled+1, 2)
}

// Blocks lays out what is asked: the entry's own fields, then each list.
func (w Words) Blocks(q *Questionnaire) []Block {
	own := Block{Label: "Votre fiche"}
	out := []Block{own}
	for _, f := range Asked(repertoire.DeclaredPartnership) {
		switch {
		case f.Kind == repertoire.FieldGroup:
			out = append(out, w.list(f, &q.Sent)...)
		case f.Many:
			n := w.count(f, &q.Sent)
			for i := range inSight(f, n) {
				out[0].Lines = append(out[0].Lines, Line{f.Name + "." + strconv.Itoa(i), f.Label + " " + strconv.Itoa(i+1),
					w.Cell(f, &q.Sent, i), f})
			}
		default:
			out[0].Lines = append(out[0].Lines, Line{f.Name, f.Label, Shown(w.Cell(f, &q.Sent, 0)), f})
		}
	}
	return out
}

func (w Words) count(f *repertoire.Field, record any) int {
	n := 0
	for w.Cell(f, record, n) != "" {
		n++
	}
	return n
}

// list lays out a list of groups, and the lists within its elements.
func (w Words) list(f *repertoire.Field, sent any) []Block {
	elements := f.Elements(sent)
	b := Block{Key: f.Name, Label: f.Label, Columns: w.columns(f.Of, elements)}
	out := []Block{}
	for i, x := range elements {
		b.Rows = append(b.Rows, w.row(f.Name+"."+strconv.Itoa(i), b.Columns, x))
	}
	b.blank()
	out = append(out, b)
	for _, g := range Asked(f.Of) {
		if g.Kind != repertoire.FieldGroup {
			continue
		}
		inner := Block{Key: f.Name + "." + g.Name, Label: g.Label}
		var all []any
		for _, x := range elements {
			all = append(all, g.Elements(x)...)
		}
		inner.Columns = append([]Column{{Key: KeyParent, Label: f.Of.Label}}, w.columns(g.Of, all)...)
		for i, x := range elements {
			for j, y := range g.Elements(x) {
				r := w.row(f.Name+"."+strconv.Itoa(i)+"."+g.Name+"."+strconv.Itoa(j), inner.Columns, y)
				r.Cells[0] = ParentCell(i, w.Cell(f.Of.Field("title"), x, 0))
				inner.Rows = append(inner.Rows, r)
			}
		}
		inner.blank()
		out = append(out, inner)
	}
	return out
}

func (b *Block) blank() {
	for i := range spare[b.Key] {
		b.Rows = append(b.Rows, Row{Key: b.Key + ".+" + strconv.Itoa(i), Cells: make([]string, len(b.Columns))})
	}
}

func (w Words) columns(d *repertoire.Declaration, elements []any) []Column {
	var out []Column
	for _, f := range Asked(d) {
		switch {
		case f.Kind == repertoire.FieldGroup:
		case f.Many:
			n := 0
			for _, x := range elements {
				n = max(n, w.count(f, x))
			}
			for i := range inSight(f, n) {
				out = append(out, Column{f.Name + "." + strconv.Itoa(i), f.Label + " " + strconv.Itoa(i+1), f})
			}
		default:
			out = append(out, Column{f.Name, f.Label, f})
		}
	}
	return out
}

func (w Words) row(key string, columns []Column, element any) Row {
	r := Row{Key: key, Cells: make([]string, len(columns))}
	place := map[string]int{}
	for i, c := range columns {
		if c.Field == nil {
			continue
		}
		r.Cells[i] = Shown(w.Cell(c.Field, element, place[c.Field.Name]))
		place[c.Field.Name]++
	}
	return r
}

// Cells gives every cell of a questionnaire by its key, as it is sent: what a
// form returned untouched says.
func (w Words) Cells(q *Questionnaire) Filled {
	out := Filled{KeyConfirm: "", KeyRespondent: "", KeyFunction: "", KeyRemarks: ""}
	for _, b := range w.Blocks(q) {
		for _, l := range b.Lines {
			out[l.Key] = l.Cell
		}
		for _, r := range b.Rows {
			for i, c := range b.Columns {
				out[r.Key+"."+c.Key] = r.Cells[i]
			}
		}
	}
	return out
}

// Asked lists the fields that a block asks for, each once.
func (b Block) Asked() []*repertoire.Field {
	var out []*repertoire.Field
	seen := map[*repertoire.Field]bool{nil: true}
	for _, l := range b.Lines {
		if !seen[l.Field] {
			seen[l.Field] = true
			out = append(out, l.Field)
		}
	}
	for _, c := range b.Columns {
		if !seen[c.Field] {
			seen[c.Field] = true
			out = append(out, c.Field)
		}
	}
	return out
}
