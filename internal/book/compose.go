package book

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/parser"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Compose makes the whole book of a directory. The error is that of a
// cancelled context; anything else that is wrong with the input is a Notice of
// the report, and the book is made all the same.
func Compose(ctx context.Context, in Input) (layout.Document, Report, error) {
	c := newComposer(in)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go c.codes.ahead(ctx, slices.Clone(c.entries), c.ink)
	var parts []composed
	for _, p := range plans(c.in.Directory.Sections) {
		if err := ctx.Err(); err != nil {
			return layout.Document{}, Report{}, err
		}
		sections, reason := c.part(p)
		parts = append(parts, composed{p, sections})
		c.report.Parts = append(c.report.Parts, PartReport{Key: p.key, Title: p.title, Included: len(sections) > 0, Reason: reason})
	}
	return layout.Document{Meta: c.meta(), Sections: c.openers(joinContacts(joinIndexes(parts)))}, c.report, nil
}

// composer holds what the parts share while one book is made.
type composer struct {
	in        Input
	design    layout.Design
	ink       chart.Ink
	countries []string // ISO codes in French order
	entries   []*entry // in the order of the book
	usual     string   // the source most entries share, said once
	// sourceCode gives the letter that stands for a source in tables, where
	// twenty times the same two lines would drown the names.
	sourceCode map[string]string
	report     Report
	maps       *mapCache
	codes      *codes
	parser     parser.Parser   // of Markdown
	ownPages   bool            // entries in the page density each start a page
	uncounted  int             // invented entries that figures leave out
	compared   map[string]bool // texts whose figures were compared
}

func newComposer(in Input) *composer {
	c := &composer{in: in, design: in.Design, maps: &mapCache{}, codes: &codes{}, parser: markdownParser(),
		report: Report{Densities: map[repertoire.Density]int{}}}
	if c.in.Label == "" {
		c.in.Label = in.Directory.Edition
	}
	if c.in.Overrides == nil {
		c.in.Overrides = map[repertoire.ID]Override{}
		for id, o := range in.Directory.Overrides {
			c.in.Overrides[id] = Override(o)
		}
	}
	if c.design.Name == "" {
		d, err := layout.LoadDesign("", "")
		if err != nil {
			c.notice(NoticeDesign, layout.Origin{}, "%s", err.Error())
		}
		c.design = d
	}
	c.ink = inkOf(c.design)
	c.countries = c.listCountries()
	c.frozen()
	c.report.Entries = len(c.entries)
	for _, e := range c.entries {
		c.report.Characters += weight(e) + openerHead
	}
	c.usual = c.usualSource()
	c.chooseDensities()
	c.codeSources()
	return c
}

// inkOf derives a drawing's colours from the design's.
func inkOf(d layout.Design) chart.Ink {
	accent, text := d.ColorNamed("accent"), d.ColorNamed("ink")
	// Large areas come from the design's own pale colour: a share of the accent
	// keeps too much magenta and prints violet.
	tint := d.ColorNamed("tint")
	return chart.Ink{Strong: accent, Medium: chart.Tint(accent, 0.55), Soft: chart.Tint(tint, 2.2), Faint: chart.Tint(tint, 0.9),
		Line: d.ColorNamed("hairline"), Text: text, Muted: d.ColorNamed("muted"), Paper: d.ColorNamed("paper")}
}

// part composes one part; without sections, reason says why.
func (c *composer) part(p plan) (sections []layout.Section, reason string) {
	if !p.known {
		c.notice(NoticeSection, layout.Origin{Field: "sections"}, "La partie « %s » du livre est inconnue : elle est laissée de côté.",
			p.key)
		return nil, "partie inconnue"
	}
	if p.off {
		return nil, "désactivée"
	}
	switch p.key {
	case PartCover:
		return c.cover(p), ""
	case PartTitlePage:
		return c.titlePage(p), ""
	case PartImprint:
		return c.imprint(p), ""
	case PartContents:
		return c.contents(p), ""
	case PartEditorials:
		return c.editorials(p)
	case PartGuide:
		return c.guide(p), ""
	case PartPresentation:
		return c.presentations(p)
	case PartMaps:
		return c.mapsPart(p)
	case PartFigures:
		return c.figures(p)
	case PartNews:
		return c.news(p)
	case PartEntries:
		return c.entriesPart(p)
	case PartOtherOrder:
		return c.otherOrder(p)
	case PartIndexFrench, PartIndexForeign, PartIndexThemes, PartIndexRegions, PartIndexActors:
		return c.index(p)
	case PartContacts:
		return c.contacts(p)
	case PartSources:
		return c.sources(p)
	case PartOrderForm:
		return c.orderForm(p), ""
	case PartBackCover:
		return c.backCover(p), ""
	}
	return c.free(p)
}

// SectionAnchor names the place in the book where a part begins, by its key.
func SectionAnchor(key string) string { return "partie-" + strings.TrimPrefix(key, PartFree) }

// section starts a part: its title, then the directory's text for it.
func (c *composer) section(p plan, matter layout.Matter) layout.Section {
	s := layout.Section{Anchor: SectionAnchor(p.key), Title: oneLine(p.title), Matter: matter}
	if s.Title != "" {
		s.Blocks = append(s.Blocks, layout.Heading{Level: 1, Text: layout.Plain(s.Title), Origin: sectionOrigin(p)})
	}
	s.Blocks = append(s.Blocks, c.markdown(p.text, 2, sectionOrigin(p))...)
	return s
}

func sectionOrigin(p plan) layout.Origin { return layout.Origin{Field: "sections." + p.key} }

// free is a section of the directory's own text.
func (c *composer) free(p plan) ([]layout.Section, string) {
	if strings.TrimSpace(p.text) == "" {
		return nil, "sans texte"
	}
	return []layout.Section{c.section(p, layout.BodyMatter)}, ""
}

func (c *composer) notice(kind NoticeKind, o layout.Origin, format string, args ...any) {
	c.report.Notices = append(c.report.Notices, Notice{kind, o, fmt.Sprintf(format, args...)})
}

func (c *composer) meta() layout.Meta {
	m := layout.Meta{Title: oneLine(c.in.Directory.Title), Subtitle: oneLine(c.in.Label), Author: oneLine(c.in.Directory.Imprint.Publisher),
		Subject: c.subject(), Language: "fr-FR"}
	if m.Title == "" {
		m.Title = "Répertoire des partenariats"
	}
	m.Keywords = []string{"coopération décentralisée", "partenariats", "collectivités territoriales"}
	for i, iso := range c.countries {
		if i < 20 {
			m.Keywords = append(m.Keywords, c.country(iso).Name)
		}
	}
	if c.in.Date.Valid() && len(c.in.Date) == 10 {
		m.Date = string(c.in.Date) + "T00:00:00Z"
	}
	return m
}

// subject is what the book says of itself, its figures counted; the sentence that
// gives its pages is left out, since they are not known yet.
func (c *composer) subject() string {
	var kept []string
	for _, s := range strings.SplitAfter(oneLine(c.in.Directory.Blurb), ". ") {
		if !strings.Contains(s, pagesField) {
			kept = append(kept, strings.TrimSpace(c.filled(s)))
		}
	}
	return strings.Join(kept, " ")
}

// country never fails: an unknown code is shown as it is.
func (c *composer) country(iso string) Country {
	if c.in.Reference.Countries != nil {
		if k, ok := c.in.Reference.Countries.Country(iso); ok {
			return k
		}
	}
	name := iso
	if name == "" {
		name = "Pays non précisé"
	}
	return Country{ISO: iso, Name: name, The: name, In: "en " + name, Of: ofThing(name)}
}

func (c *composer) theme(code string) (repertoire.Theme, bool) {
	if c.in.Reference.Themes == nil {
		return repertoire.Theme{Code: code, Label: code}, code != ""
	}
	return c.in.Reference.Themes.Theme(code)
}

// present lists the countries that have entries; all of them when none has.
func (c *composer) present() []string {
	has := map[string]bool{}
	for _, e := range c.entries {
		has[e.country] = true
	}
	var out []string
	for _, iso := range c.countries {
		if has[iso] {
			out = append(out, iso)
		}
	}
	if len(out) == 0 {
		return c.countries
	}
	return out
}

// ofCountries names the countries of the book in prose: "du Sénégal",
// "de 16 pays".
func (c *composer) ofCountries() string {
	return c.inProse(func(k Country) string { return k.Of }, "de ", "étrangère")
}

// inCountries says where: "au Sénégal", "dans 16 pays".
func (c *composer) inCountries() string {
	return c.inProse(func(k Country) string { return k.In }, "dans ", "à l’étranger")
}

func (c *composer) inProse(word func(Country) string, before, none string) string {
	list := c.present()
	if len(list) > 3 {
		return before + count(len(list), "pays", "pays")
	}
	var parts []string
	for _, iso := range list {
		parts = append(parts, word(c.country(iso)))
	}
	if len(parts) == 0 {
		return none
	}
	return and(parts)
}
