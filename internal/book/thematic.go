package book

import (
	"context"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Selection is a book made from a search, across répertoires.
type Selection struct {
	Title    string // "Eau et assainissement en Afrique"
	Subtitle string
	// Criteria says in words what was searched: "thème : eau ; pays : Sénégal".
	Criteria string
	Text     string // Markdown put at the head of the guide
}

// Thematic makes a book of a selection.
func Thematic(ctx context.Context, in Input, s Selection) (layout.Document, Report, error) {
	return Compose(ctx, s.Of(in))
}

// Of makes the input of a book of the partnerships of in, whatever their
// countries: the same quality as a répertoire's, under a title of its own. Of
// in.Directory the imprint, the logos, the density and the look serve.
func (s Selection) Of(in Input) Input {
	d := in.Directory
	title := oneLine(s.Title)
	if title == "" {
		title = "Sélection de partenariats"
	}
	text := s.Text
	if crit := oneLine(s.Criteria); crit != "" {
		text = "Ce recueil réunit les partenariats qui répondent à la recherche : " + sentence(crit) + "\n\n" + text
	}
	in.Directory = repertoire.Directory{
		ID: d.ID, Slug: d.Slug, Title: title, Blurb: oneLine(s.Subtitle), Imprint: d.Imprint, ByPartner: d.ByPartner, Density: d.Density,
		Design: d.Design, Format: d.Format, Cover: d.Cover, Logos: d.Logos, Source: d.Source,
		Sections: []repertoire.SectionChoice{
			{Key: PartGuide, Title: "Ce recueil", Text: text}, {Key: PartEditorials, Off: true}, {Key: PartPresentation, Off: true},
			{Key: PartNews, Off: true}, {Key: PartOrderForm, Off: true},
		},
	}
	// A search is no edition: ISBN and price belong to the book it was drawn from.
	in.Directory.Imprint.ISBN, in.Directory.Imprint.LegalDeposit, in.Directory.Imprint.Price = "", "", repertoire.Money{}
	in.Previous, in.noun = nil, "recueil"
	return in
}
