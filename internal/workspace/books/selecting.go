package books

import (
	"context"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// SelectionOptions asks for a book made from a search, across répertoires.
type SelectionOptions struct {
	BuildOptions // Directory lends its look and imprint; "" takes that of most entries
	Query        searches.Query
	Title        string // "Eau et assainissement en Afrique"
	Subtitle     string
	Text         string // Markdown, at the head of the book
}

// BuildSelection makes a thematic book of all the partnerships that answer a
// question, in the quality of a répertoire.
func (room *Room) BuildSelection(ctx context.Context, opt SelectionOptions, progress base.Progress) (BuildReport, error) {
	s := book.Selection{Title: opt.Title, Subtitle: opt.Subtitle, Text: opt.Text, Criteria: room.searches.Criteria(opt.Query)}
	return room.Produce(ctx, Job{
		Compose: book.Compose,
		Read: func(ctx context.Context) (book.Input, error) {
			in, err := room.selectionInput(ctx, opt)
			return s.Of(in), err
		},
	}, opt.BuildOptions, progress)
}

// selectionInput reads all that answers, in one state of the base.
func (room *Room) selectionInput(ctx context.Context, opt SelectionOptions) (in book.Input, err error) {
	ids, most, err := room.searches.Answering(ctx, opt.Query)
	if err != nil {
		return in, err
	}
	if opt.Directory != "" {
		most = opt.Directory
	}
	in = book.Input{Presentations: map[string]repertoire.Presentation{}, Reference: room.bookReference(), Media: room.base.Store.Media(),
		Label: opt.Label}
	if in.Directory, err = room.base.NeedDirectory(ctx, most); err != nil {
		return in, err
	}
	err = room.base.Store.View(ctx, func(r store.Reader) error {
		in.Partnerships, in.Authorities, err = base.WithParties(ctx, r, ids)
		return err
	})
	if err != nil {
		return in, err
	}
	in.Date = newest(in.Partnerships)
	in.Design, err = layout.LoadDesign(in.Directory.Design, in.Directory.Format)
	return in, err
}
