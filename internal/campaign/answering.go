package campaign

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// Filled is what a form that came back holds, cell by cell: "status",
// "themes.0", "projects.0.title" (the first project sent), "projects.+2.title"
// (a new one), "projects.0.funding.1.amount", "projects.funding.+0.amount" with
// its "projects.funding.+0.@parent", and what is asked beside the entry
// ("@confirm"…). A cell that is there and empty is "" ; one the form no longer
// has is absent.
type Filled map[string]string

// What is asked beside the entry.
const (
	KeyConfirm    = "@confirm"
	KeyRespondent = "@respondent"
	KeyFunction   = "@function"
	KeyRemarks    = "@remarks"
	KeyParent     = "@parent"
)

// Answer reads what a form holds against what was sent, into the reply. Cells
// left as they were sent are the content that was sent, whatever a spreadsheet
// made of them; only what somebody touched is read.
func (w Words) Answer(q *Questionnaire, in Filled, r *Reply) {
	a := &answering{Words: w, in: in, reply: r}
	r.Request, r.Questionnaire, r.Partnership = q.Request, q.ID, q.Partnership
	r.Respondent, r.Function = line(in[KeyRespondent]), line(in[KeyFunction])
	r.Remarks = strings.TrimSpace(repertoire.Clean(in[KeyRemarks]))
	r.Unchanged, _ = flag(in[KeyConfirm])
	r.Origins = map[string][]string{}
	answered := repertoire.DeclaredPartnership.Copied(&q.Sent).(*repertoire.Partnership)
	for _, f := range Asked(repertoire.DeclaredPartnership) {
		switch {
		case f.Kind == repertoire.FieldGroup:
			a.group(f, &q.Sent, answered)
		case f.Many:
			a.list(f, &q.Sent, answered, f.Name, "")
		default:
			a.cell(f, &q.Sent, answered, f.Name, "")
		}
	}
	r.Answered, r.Legible = *answered, true
	if _, there := in[KeyConfirm]; !there {
		a.missing(KeyConfirm)
	}
}

func line(s string) string { return strings.Join(strings.Fields(repertoire.Clean(s)), " ") }

type answering struct {
	Words
	in    Filled
	reply *Reply
}

func (a *answering) missing(path string) {
	if !slices.Contains(a.reply.Missing, path) {
		a.reply.Missing = append(a.reply.Missing, path)
	}
}

func (a *answering) problem(path, label, text, message string) {
	a.reply.Problems = append(a.reply.Problems, Problem{path, label, text, message})
}

// cell reads one cell; of is what the problem names before the field.
func (a *answering) cell(f *repertoire.Field, sent, answered any, key, of string) {
	text, there := a.in[key]
	if !there {
		a.missing(strings.Join(plainPath(key), "."))
		return
	}
	was := ""
	if sent != nil {
		was = a.Cell(f, sent, 0)
	}
	shown := Shown(was)
	if Same(text, shown) {
		return
	}
	if shown != was {
		a.problem(key, of+f.Label, Shown(text),
			"Ce texte dépasse ce qu’une cellule contient : il n’a été envoyé qu’en partie. Reportez la correction à la main.")
		return
	}
	if err := a.Set(f, answered, text); err != nil {
		a.problem(key, of+f.Label, text, err.Error())
	}
}

// list reads words that stand one a cell: "themes.0", "themes.1"…
func (a *answering) list(f *repertoire.Field, sent, answered any, key, of string) {
	var texts, was []string
	there := false
	for i := 0; ; i++ {
		text, ok := a.in[key+"."+strconv.Itoa(i)]
		if !ok {
			break
		}
		there = true
		if text = strings.TrimSpace(repertoire.Clean(text)); text != "" {
			texts = append(texts, text)
		}
	}
	if !there {
		a.missing(strings.Join(plainPath(key), "."))
		return
	}
	if sent != nil {
		for i := 0; ; i++ {
			s := a.Cell(f, sent, i)
			if s == "" {
				break
			}
			was = append(was, s)
		}
	}
	if slices.EqualFunc(texts, was, Same) {
		return
	}
	var words []string
	for _, t := range texts {
		word := t
		if f.Kind == repertoire.FieldTheme {
			code, ok := a.theme(t)
			if !ok {
				a.problem(key, of+f.Label, t, fmt.Sprintf("« %s » n’est pas une thématique de la liste.", t))
				continue
			}
			word = code
		}
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	f.SetWords(answered, words...)
}

// plainPath is a cell's key without places.
func plainPath(key string) []string {
	return slices.DeleteFunc(strings.Split(key, "."), func(s string) bool {
		return s == "" || s[0] == '+' || s[0] >= '0' && s[0] <= '9'
	})
}

// row is one line of a block that came back.
type row struct {
	key     string // "projects.0", "projects.+2"
	at      string // "0", "+2"
	element any
}

// group reads a list of groups with the lists inside its elements.
func (a *answering) group(f *repertoire.Field, sent, answered any) {
	was := f.Elements(sent)
	rows := a.rows(f.Name)
	if len(rows) == 0 {
		a.missing(f.Name)
		return
	}
	f.Clear(answered)
	var kept []row
	taken := map[string]bool{}
	for i, element := range was {
		at := strconv.Itoa(i)
		if !slices.Contains(rows, at) {
			if at = a.lookalike(f, element, rows, taken); at == "" {
				continue
			}
		}
		taken[at] = true
		key := f.Name + "." + at
		if a.emptied(f, key) {
			continue
		}
		x := f.Of.Copied(element)
		a.fields(f.Of, element, x, key)
		kept = append(kept, row{key, strconv.Itoa(i), x})
	}
	for _, at := range rows {
		key := f.Name + "." + at
		if taken[at] || at[0] != '+' || a.emptied(f, key) {
			continue
		}
		x := f.Of.Blank()
		if id := f.Of.Field("id"); id != nil {
			id.SetWords(x, string(repertoire.DeriveID(string(a.reply.ID)+" "+key)))
		}
		a.fields(f.Of, nil, x, key)
		kept = append(kept, row{key, "+", x})
	}
	a.inner(f, was, kept)
	a.reply.Origins[f.Name] = []string{}
	for _, r := range kept {
		f.Append(answered, r.element)
		a.reply.Origins[f.Name] = append(a.reply.Origins[f.Name], r.at)
	}
}

// fields reads the cells of one element.
func (a *answering) fields(d *repertoire.Declaration, sent, answered any, key string) {
	of := d.Label + " – "
	for _, f := range Asked(d) {
		switch {
		case f.Kind == repertoire.FieldGroup:
		case f.Many:
			a.list(f, sent, answered, key+"."+f.Name, of)
		default:
			a.cell(f, sent, answered, key+"."+f.Name, of)
		}
	}
}

// rows lists the places of a block that came back: "0", "1", "+0"…
func (a *answering) rows(block string) []string {
	var out []string
	for key := range a.in {
		rest, ok := strings.CutPrefix(key, block+".")
		if !ok {
			continue
		}
		at, field, _ := strings.Cut(rest, ".")
		// What hangs on a row ("0.funding.1.amount") comes from a sheet of its own:
		// it does not say that the row came back.
		if _, inner, ok := strings.Cut(field, "."); ok && isPlace(inner) {
			continue
		}
		if isPlace(at) && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(x, y string) int {
		n, _ := strconv.Atoi(strings.TrimPrefix(x, "+"))
		m, _ := strconv.Atoi(strings.TrimPrefix(y, "+"))
		if (x[0] == '+') != (y[0] == '+') {
			return strings.Compare(y[:1], x[:1]) // those sent first
		}
		return n - m
	})
	return out
}

// isPlace tells whether a step of a key is the place of a row: "0", "+1".
func isPlace(step string) bool {
	return step != "" && (step[0] == '+' || step[0] >= '0' && step[0] <= '9')
}

// emptied tells whether a row says nothing: flags and lists of choices may stay
// behind what was wiped out.
func (a *answering) emptied(f *repertoire.Field, key string) bool {
	for _, x := range Asked(f.Of) {
		if x.Kind == repertoire.FieldFlag || x.Kind == repertoire.FieldChoice || x.Kind == repertoire.FieldGroup {
			continue
		}
		at := key + "." + x.Name
		if x.Many {
			at += ".0"
		}
		if strings.TrimSpace(a.in[at]) != "" {
			return false
		}
	}
	return true
}

// lookalike finds the row of an element that came back without its hidden
// number: one that has its name.
func (a *answering) lookalike(f *repertoire.Field, element any, rows []string, taken map[string]bool) string {
	for _, at := range rows {
		if taken[at] || at[0] != '+' {
			continue
		}
		same, named := true, false
		for _, x := range f.Of.With(repertoire.Asked) {
			if !x.Has(repertoire.Naming) && !x.Has(repertoire.Telling) || x.Many {
				continue
			}
			was := a.Cell(x, element, 0)
			now := a.in[f.Name+"."+at+"."+x.Name]
			named = named || was != ""
			same = same && repertoire.Fold(tidy(was)) == repertoire.Fold(tidy(now))
		}
		if same && named {
			return at
		}
	}
	return ""
}
