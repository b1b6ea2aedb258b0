package orders

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/order/request"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// requests is a table of requests as read.
type requests struct {
	file     string
	headings []string
	rows     [][]string
	numbers  []int
	remarks  []string
	// from, address and on are of the message that brought it.
	from, address string
	on            repertoire.Date
}

// counts tells whether a column holds numbers and nothing else.
func (r requests) counts(column int) bool {
	filled := false
	for _, cells := range r.rows {
		s := strings.TrimSpace(cells[column])
		if s == "" {
			continue
		}
		if _, err := strconv.Atoi(s); err != nil {
			return false
		}
		filled = true
	}
	return filled
}

func baseNames(files []string) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = filepath.Base(f)
	}
	return out
}

// readRequests reads a file: a table, or a message with tables attached or with
// the lines of a form.
func readRequests(ctx context.Context, path, sheet string) ([]requests, error) {
	if !strings.EqualFold(filepath.Ext(path), ".eml") {
		t, err := exchange.ReadFile(path, exchange.ReadOptions{Sheet: sheet})
		if err != nil {
			return nil, err
		}
		r, err := tabled(ctx, filepath.Base(path), t)
		return []requests{r}, err
	}
	raw, err := base.ReadFile(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	letter, err := post.ReadLetter(name, raw)
	if err != nil {
		return nil, err
	}
	var out []requests
	for _, a := range letter.Attachments {
		if !slices.Contains(exchange.Tables, strings.ToLower(filepath.Ext(a.Name))) {
			continue
		}
		t, err := exchange.Read(a.Name, bytes.NewReader(a.Data))
		if err != nil {
			return nil, err
		}
		r, err := tabled(ctx, name+", "+a.Name, t)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		r := requests{file: name, numbers: []int{0}}
		var cells []string
		if r.headings, cells = request.FromText(letter.Text); !slices.ContainsFunc(request.Guess(r.headings),
			func(f request.Field) bool { return f != "" }) {
			return nil, repertoire.Refuse(
				"Le message « %s » ne porte ni tableau ni lignes « champ : valeur » : rien n’en a été pris. Saisissez la commande à la main.", name)
		}
		r.rows = [][]string{cells}
		out = append(out, r)
	}
	for i := range out {
		if len(out[i].rows) == 1 { // a list of requests is not the sender's own
			out[i].from, out[i].address = letter.FromName, letter.From
		}
		if !letter.At.IsZero() {
			out[i].on = repertoire.DateOf(letter.At)
		}
	}
	return out, nil
}

func tabled(ctx context.Context, file string, t exchange.Table) (requests, error) {
	r := requests{file: file, headings: t.Headings}
	if t.Document != nil {
		return r, repertoire.Refuse("« %s » est un export de partenariats : il ne contient pas de commandes. Rien n’a été pris.", file)
	}
	for _, list := range [][]exchange.Rejection{t.Remarks, t.Broken} {
		for _, x := range list {
			said := x.Reason
			if x.Row > 0 {
				said = "ligne " + strconv.Itoa(x.Row) + " : " + said
			}
			r.remarks = append(r.remarks, file+", "+said)
		}
	}
	err := t.Each(ctx, func(row exchange.TableRow) error {
		r.rows, r.numbers = append(r.rows, row.Cells), append(r.numbers, row.Number)
		return nil
	})
	return r, err
}
