package web

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
)

// entryBody is what the page of an entry shows.
type entryBody struct {
	*entry
	Heading    string
	Territory  template.HTML
	Link       string
	Themes     []themeMark
	Lead       template.HTML
	Passages   []passage
	Photos     []template.HTML
	Projects   []projectCard
	Deeds      []passage
	Maps       []template.HTML
	Years      []int
	Sides      []side
	Facts      []passage
	Money      []string
	Lists      []passage
	Freshness  template.HTML
	Goals      []book.Goal
	Similar    []row
	Before     *row
	After      *row
	Sheet      string // its PDF
	Correction template.URL
	Cite       string
	Ended      bool
	Successors []row
}

type themeMark struct {
	Name, Path string
	Family     int
}

type passage struct {
	Label string
	HTML  template.HTML
}

type side struct {
	Label       string
	Authorities []sideAuthority
}

type sideAuthority struct {
	Name, Path   string
	Native, Lang string
	About        []string
	Website      string
	Member, Lead bool
}

type projectCard struct {
	Title     string
	Family    int
	Fictional bool
	Meta      []string
	Text      template.HTML
	Hard      template.HTML
	Result    template.HTML
	Funders   []funder
	Total     string
	TotalName string
}

type funder struct {
	Name, Amount string
	Share        int // percent of the largest, 0 unknown
}

func (s *site) writeEntry(ctx context.Context, e *entry) error {
	const root = "../"
	p := e.Partnership
	b := entryBody{entry: e, Heading: typographic(e.Title), Territory: s.text(root, s.reading.Territory(e.Entry)),
		Link:  typographic(s.reading.Link(e.Entry)),
		Years: s.reading.ConventionYears(e.Entry), Similar: s.rowsOf(e.similar), Goals: s.reading.Goals(e.Codes),
		Correction: s.correction(e.Title, e.Path()),
		Ended:      p.Status == repertoire.StatusEnded, Freshness: s.text(root, s.reading.Freshness(e.Entry))}
	for _, c := range p.Themes {
		if t, ok := s.reading.Theme(c); ok {
			top, _, _ := strings.Cut(c, ".")
			mark := themeMark{typographic(t.Label), themesDir + top + ".html", s.reading.Family(c)}
			if c != top {
				mark.Path += "#t" + strings.ReplaceAll(c, ".", "-")
			}
			b.Themes = append(b.Themes, mark)
		}
	}
	summary := ""
	for _, t := range s.reading.Texts(e.Entry) {
		if summary == "" {
			summary = plainBlocks(t.Blocks)
		}
		if t.Lead {
			b.Lead = s.blocks(root, t.Blocks)
			continue
		}
		b.Passages = append(b.Passages, passage{t.Label, s.blocks(root, t.Blocks)})
	}
	for _, x := range s.reading.Pictures(e.Entry) {
		if shown, err := s.pictures.add(x); err == nil {
			b.Photos = append(b.Photos, shown.html(root, x.Alt, "", x.Picture.Caption, x.Picture.Credit))
		}
	}
	for _, x := range p.Projects {
		b.Projects = append(b.Projects, s.project(e, x))
	}
	for _, t := range s.reading.Deeds(e.Entry) {
		b.Deeds = append(b.Deeds, passage{t.Label, s.blocks(root, t.Blocks)})
	}
	s.factColumn(e, &b)
	b.Before, b.After = s.neighbour(e.n-1), s.neighbour(e.n+1)
	if b.Ended {
		b.Successors = s.rowsOf(s.successors(p, s.in.Book.Authorities))
	}
	if s.in.Sheet != nil {
		data, err := s.in.Sheet(ctx, p.ID)
		if err != nil {
			return err
		}
		b.Sheet = e.Code + ".pdf"
		if err := s.out(entriesDir+b.Sheet, data); err != nil {
			return err
		}
	}
	b.Cite = s.citation(e)
	if summary == "" {
		summary = s.row(e).About
	}
	crumbs := []crumb{}
	if len(s.countries) > 1 && e.Country != "" {
		crumbs = append(crumbs, crumb{typographic(s.reading.Country(e.Country).Name), countriesDir + strings.ToLower(e.Country) + ".html"})
	}
	return s.page(page{Path: e.Path(), Kind: "entry", Heading: b.Heading, Description: first(summary, 200), Family: e.Family,
		Crumbs: crumbs, Index: true,
		Linked: s.linkedEntry(e, first(summary, 300)), Body: b})
}

func (s *site) neighbour(n int) *row {
	if n < 0 || n >= len(s.entries) {
		return nil
	}
	r := s.row(s.entries[n])
	return &r
}

func (s *site) citation(e *entry) string {
	parts := []string{}
	if p := s.Publisher(); p != "" {
		parts = append(parts, p)
	}
	parts = append(parts, "« "+typographic(e.Title)+" »", typographic(s.Title))
	if s.Edition != "" {
		parts = append(parts, typographic(s.Edition))
	}
	return strings.Join(parts, ", ") + ", données au " + s.DataDay() + "."
}

// factColumn fills what stands beside the text.
func (s *site) factColumn(e *entry, b *entryBody) {
	const root = "../"
	for _, d := range s.reading.Locators(e.Entry, 110) {
		b.Maps = append(b.Maps, svg(d, "locator"))
	}
	place := "À l’étranger"
	if e.Country != "" {
		place = repertoire.Capital(s.reading.Country(e.Country).In)
		if len(e.Also) > 0 {
			place = "Partenaires"
		}
	}
	leads := map[repertoire.ID]bool{}
	for _, q := range e.Partnership.Parties {
		leads[q.Authority] = q.Lead
	}
	for _, x := range []struct {
		label string
		list  []repertoire.Authority
	}{{"En France", e.French}, {place, e.Foreign}} {
		one := side{Label: typographic(x.label)}
		for _, a := range x.list {
			y := s.sideAuthority(a, len(e.Also) > 0)
			y.Lead = len(x.list) > 1 && leads[a.ID]
			one.Authorities = append(one.Authorities, y)
		}
		if len(one.Authorities) > 0 {
			b.Sides = append(b.Sides, one)
		}
	}
	for _, f := range s.reading.Facts(e.Entry) {
		b.Facts = append(b.Facts, passage{f.Label, s.text(root, f.Text)})
	}
	sums := repertoire.Costs(e.Partnership.Projects)
	for _, currency := range sortedKeys(sums) {
		if sums[currency] > 0 {
			b.Money = append(b.Money, repertoire.Money{Currency: currency, Cents: sums[currency]}.French())
		}
	}
	for _, t := range []struct {
		label string
		html  template.HTML
	}{{"Conventions", s.blocks(root, s.reading.Conventions(e.Entry))}, {"Interlocuteurs", s.blocks(root, s.reading.People(e.Entry))},
		{"Liens", s.blocks(root, s.reading.Links(e.Entry))}} {
		if t.html != "" {
			b.Lists = append(b.Lists, passage{t.label, t.html})
		}
	}
}

func (s *site) sideAuthority(a repertoire.Authority, withCountry bool) sideAuthority {
	out := sideAuthority{Name: a.Usual(), Path: s.byAuthority[a.ID].Path(), Website: book.Address(a.Website, false), Member: a.Member}
	if n, lang, ok := book.NativeName(a); ok {
		out.Native, out.Lang = n, lang
		if lang == "" {
			out.Lang = "und"
		}
	}
	where := []string{}
	for _, w := range []string{book.LevelWord(a), s.reading.Place(a, withCountry)} {
		if w != "" {
			where = append(where, typographic(w))
		}
	}
	if len(where) > 0 {
		out.About = append(out.About, strings.Join(where, " · "))
	}
	if a.Population > 0 {
		out.About = append(out.About, counted(a.Population, "habitant", "habitants"))
	}
	return out
}

func (s *site) project(e *entry, x repertoire.Project) projectCard {
	const root = "../"
	c := projectCard{Title: typographic(strings.TrimSpace(x.Title)), Family: s.reading.ProjectFamily(e.Entry, x),
		Fictional: x.Fictitious && !e.Partnership.Fictitious}
	if c.Title == "" {
		c.Title = "Projet sans titre"
	}
	meta := func(label, value string) {
		if value = strings.TrimSpace(value); value != "" {
			c.Meta = append(c.Meta, typographic(label+value))
		}
	}
	meta("", book.Period(x.Start, x.End))
	meta("", x.Places)
	meta("opérateur\u00a0: ", x.Operator)
	meta("bénéficiaires\u00a0: ", x.Beneficiaries)
	text := func(t string) template.HTML { return s.blocks(root, s.reading.Markdown(e.Entry, "projects", t, 4)) }
	c.Text, c.Hard, c.Result = text(x.Description), text(x.Difficulties), text(x.Results)
	most := repertoire.LargestFunding(x.Funding)
	total, same := repertoire.FundingTotal(x.Funding)
	for _, f := range x.Funding {
		y := funder{Name: typographic(book.FunderWords(f)), Amount: f.Amount.French()}
		if y.Amount != "" && most[f.Amount.Currency] > 0 {
			y.Share = int(100 * f.Amount.Cents / most[f.Amount.Currency])
		} else {
			y.Amount = "n. c."
		}
		c.Funders = append(c.Funders, y)
	}
	switch {
	case !x.Budget.IsZero():
		c.Total, c.TotalName = x.Budget.French(), "Budget du projet"
	case same && len(x.Funding) > 1:
		c.Total, c.TotalName = total.French(), "Total des financements"
	}
	return c
}

// successors are the entries that took the place of one that ended: those that
// join the same sides, by the record, the official number or the name.
func (s *site) successors(p repertoire.Partnership, authorities map[repertoire.ID]repertoire.Authority) []*entry {
	var french, foreign []repertoire.Authority
	for _, q := range p.Parties {
		a, ok := authorities[q.Authority]
		switch {
		case !ok:
		case q.Side == repertoire.SideFrench:
			french = append(french, a)
		default:
			foreign = append(foreign, a)
		}
	}
	meets := func(a, b []repertoire.Authority) bool {
		return slices.ContainsFunc(a, func(x repertoire.Authority) bool {
			return slices.ContainsFunc(b, func(y repertoire.Authority) bool { return sameAuthority(x, y) })
		})
	}
	var out []*entry
	for _, e := range s.entries {
		if e.Partnership.ID != p.ID && e.Partnership.Status != repertoire.StatusEnded && meets(french, e.French) &&
			meets(foreign, e.Foreign) {
			out = append(out, e)
		}
	}
	return out
}

func sameAuthority(a, b repertoire.Authority) bool {
	switch {
	case a.ID == b.ID:
		return true
	case a.Country != b.Country || a.Level != b.Level:
		return false
	case a.SIREN != "" && b.SIREN != "":
		return a.SIREN == b.SIREN
	case a.INSEE != "" && b.INSEE != "":
		return a.INSEE == b.INSEE
	}
	return repertoire.Fold(a.Name) == repertoire.Fold(b.Name) && repertoire.Fold(a.Region) == repertoire.Fold(b.Region)
}

// linkedEntry says to machines what the page is about (schema.org).
func (s *site) linkedEntry(e *entry, summary string) any {
	var about []any
	for _, a := range append(slices.Clone(e.French), e.Foreign...) {
		x := map[string]any{"@type": "AdministrativeArea", "name": a.Usual(),
			"address": map[string]any{"@type": "PostalAddress", "addressCountry": a.Country}}
		if r := strings.TrimSpace(a.Region); r != "" {
			x["address"].(map[string]any)["addressRegion"] = r
		}
		if n, _, ok := book.NativeName(a); ok {
			x["alternateName"] = n
		}
		if u := book.Address(a.Website, false); u != "" {
			x["url"] = u
		}
		if a.Located() {
			x["geo"] = map[string]any{"@type": "GeoCoordinates", "latitude": fmt.Sprintf("%.4f", *a.Latitude),
				"longitude": fmt.Sprintf("%.4f", *a.Longitude)}
		}
		about = append(about, x)
	}
	out := map[string]any{"@context": "https://schema.org", "@type": "WebPage", "name": e.Title, "inLanguage": "fr", "description": summary,
		"about":    about,
		"isPartOf": map[string]any{"@type": "Book", "name": s.Title, "bookEdition": s.Edition, "inLanguage": "fr"}}
	if v := string(e.Partnership.Verified.Plain()); v != "" {
		out["lastReviewed"] = v
	}
	if p := s.Publisher(); p != "" {
		out["publisher"] = map[string]any{"@type": "Organization", "name": p}
	}
	var words []string
	for _, c := range e.Codes {
		if t, ok := s.reading.Theme(c); ok {
			words = append(words, strings.TrimSpace(t.Label))
		}
	}
	if words != nil {
		out["keywords"] = words
	}
	return out
}
