package workspace

import (
	"context"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// SelectionOptions asks for a book made from a search, across répertoires.
type SelectionOptions struct {
	BuildOptions // Directory lends its look and imprint; "" takes that of most entries
	Query        Query
	Title        string // "Eau et assainissement en Afrique"
	Subtitle     string
	Text         string // Markdown, at the head of the book
}

// BuildSelection makes a thematic book of all the partnerships that answer a
// question, in the quality of a répertoire.
func (w *Workspace) BuildSelection(ctx context.Context, opt SelectionOptions, progress Progress) (BuildReport, error) {
	s := book.Selection{Title: opt.Title, Subtitle: opt.Subtitle, Text: opt.Text, Criteria: w.criteria(opt.Query)}
	return w.produce(ctx, job{
		read: func(ctx context.Context) (book.Input, error) { return w.selectionInput(ctx, opt) },
		compose: func(ctx context.Context, in book.Input) (layout.Document, book.Report, error) {
			return book.Thematic(ctx, in, s)
		},
	}, opt.BuildOptions, progress)
}

// selectionInput reads all that answers, in one state of the base.
func (w *Workspace) selectionInput(ctx context.Context, opt SelectionOptions) (in book.Input, err error) {
	ids, most, err := w.answering(ctx, opt.Query)
	if err != nil {
		return in, err
	}
	if opt.Directory != "" {
		most = opt.Directory
	}
	in = book.Input{Presentations: map[string]repertoire.Presentation{}, Reference: w.bookReference(), Media: w.store.Media(), Label: opt.Label}
	if in.Directory, err = w.needDirectory(ctx, most); err != nil {
		return in, err
	}
	err = w.store.View(ctx, func(r store.Reader) error {
		in.Partnerships, in.Authorities, err = withParties(ctx, r, ids)
		return err
	})
	if err != nil {
		return in, err
	}
	in.Date = newest(in.Partnerships)
	in.Design, err = layout.LoadDesign(in.Directory.Design, in.Directory.Format)
	return in, err
}

// answering lists all that answers a question, and the répertoire most of it
// belongs to.
func (w *Workspace) answering(ctx context.Context, q Query) (ids []repertoire.ID, most string, err error) {
	q.Facets, q.Snippets, q.Typing, q.Offset, q.Limit = false, false, false, 0, 1
	count, err := w.Search(ctx, q)
	if err != nil {
		return nil, "", err
	}
	if count.Total == 0 {
		return nil, "", repertoire.Refuse("Aucun partenariat ne répond à cette recherche : le recueil n’a pas été fait. Élargissez la recherche.")
	}
	q.Limit = count.Total
	found, err := w.Search(ctx, q)
	if err != nil {
		return nil, "", err
	}
	times := map[string]int{}
	for _, h := range found.Hits {
		ids = append(ids, h.ID)
		times[h.Directory]++
		if n, best := times[h.Directory], times[most]; n > best || n == best && h.Directory < most {
			most = h.Directory
		}
	}
	return ids, most, nil
}

// criteria says in words what was asked: "eau, pays : Madagascar".
func (w *Workspace) criteria(q Query) string {
	var parts, free []string
	for _, word := range strings.Fields(q.Text) {
		key, value, ok := strings.Cut(word, ":")
		switch {
		case !ok || key == "" || value == "":
			free = append(free, word)
		case repertoire.Fold(key) == "pays":
			parts = append(parts, "pays : "+w.CountryName(strings.ToUpper(value)))
		default:
			parts = append(parts, key+" : "+value)
		}
	}
	if free != nil {
		parts = append([]string{"« " + strings.Join(free, " ") + " »"}, parts...)
	}
	add := func(label string, values []string, name func(string) string) {
		if len(values) > 0 {
			parts = append(parts, label+" : "+list(values, name))
		}
	}
	add("thématique", q.Themes, w.ThemeLabel)
	add("pays", q.Countries, w.CountryName)
	add("statut", q.Statuses, func(v string) string { return repertoire.Statuses.Label(repertoire.Status(v)) })
	add("type", q.Types, func(v string) string { return repertoire.Types.Label(repertoire.Type(v)) })
	return strings.Join(parts, " ; ")
}
