package book

import (
	"fmt"

	"repertoire/internal/book/atlas"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Reading is what a book says, for those who set it otherwise than on pages:
// its entries in their order, through the same gate, and its words. It is not
// safe for concurrent use.
type Reading struct {
	c       *composer
	plans   map[string]plan
	entries []Entry
}

// Entry is one partnership of a reading, its contacts reduced to what may be
// shown.
type Entry struct {
	Partnership     repertoire.Partnership
	Title           string
	French, Foreign []repertoire.Authority // leads first
	Country         string                 // ISO code of its chapter, "" unknown
	Also            []string               // ISO codes of its other countries

	e *entry
}

// Read gives the reading of a book. Drawings are made in the given ink.
func Read(in Input, ink chart.Ink) (*Reading, Report) {
	c := newComposer(in)
	c.ink = ink
	// In a reading every entry is a page of its own.
	c.ownPages = true
	r := &Reading{c: c, plans: map[string]plan{}}
	for _, p := range plans(c.in.Directory.Sections) {
		r.plans[p.key] = p
	}
	for _, e := range c.entries {
		e.density = repertoire.DensityPage
		r.entries = append(r.entries, Entry{e.p, e.title, e.french, e.foreign, e.country, e.also, e})
	}
	return r, c.report
}

// Report says what was noticed so far.
func (r *Reading) Report() Report { return r.c.report }

// Meta names the book.
func (r *Reading) Meta() layout.Meta { return r.c.meta() }

// Edition is the label as it is printed: "Édition de septembre 2026".
func (r *Reading) Edition() string {
	if l := oneLine(r.c.in.Label); l != "" {
		return editionWord(l)
	}
	return ""
}

// Entries are the entries in the order of the book.
func (r *Reading) Entries() []Entry { return r.entries }

// Country never fails: an unknown code is shown as it is.
func (r *Reading) Country(iso string) Country { return r.c.country(iso) }

// Theme finds a theme of the edition.
func (r *Reading) Theme(code string) (repertoire.Theme, bool) { return r.c.theme(code) }

// Themes are the codes of an entry and of its projects, each once.
func (r *Reading) Themes(e Entry) []string {
	seen := map[string]bool{}
	var out []string
	for _, code := range themesOf(e.e) {
		if _, ok := r.c.theme(code); ok && !seen[code] {
			seen[code] = true
			out = append(out, code)
		}
	}
	return out
}

// Family is that of a theme by its code, 1 to 8, 0 for none.
func (r *Reading) Family(code string) int { return family(code) }

// EntryFamily is that of an entry's first theme.
func (r *Reading) EntryFamily(e Entry) int { return entryFamily(e.e) }

// ProjectFamily is that of a project's first theme, else of its entry's.
func (r *Reading) ProjectFamily(e Entry, x repertoire.Project) int { return projectFamily(e.e, x) }

// Goals are the SDGs of themes, each once.
func (r *Reading) Goals(codes []string) []Goal { return r.c.goals(codes) }

// FirstYear is when the link began, 0 unknown.
func (r *Reading) FirstYear(e Entry) int { return firstYear(e.e) }

// Link says the link in a few words: "Jumelage depuis 1978, actif".
func (r *Reading) Link(e Entry) string { return linkWords(e.e) }

// Territory says where both sides lie.
func (r *Reading) Territory(e Entry) []layout.Inline { return r.c.territory(e.e) }

// Place says where an authority lies: "Nord, Hauts-de-France".
func (r *Reading) Place(a repertoire.Authority, withCountry bool) string {
	return r.c.placeWords(a, withCountry)
}

// IndexPlace tells homonyms apart, as indexes do.
func (r *Reading) IndexPlace(a repertoire.Authority) string { return r.c.indexPlace(a) }

// NativeName is the name in its own script, when it says something more.
func NativeName(a repertoire.Authority) (name, lang string, ok bool) {
	t, ok := nativeName(a)
	return t.Text, t.Lang, ok
}

// LevelWord names the level of an authority: "Commune".
func LevelWord(a repertoire.Authority) string { return levelWord(a) }

// Initial is the letter a name stands under in an index.
func Initial(name string) string { return initial(name) }

// Address gives an address that a page may link to, "" for anything else.
func Address(s string, mail bool) string { return safeURL(s, mail) }

// BareAddress is an address as printed.
func BareAddress(s string) string { return bareURL(s) }

// Period writes "2019–2023", "depuis 2019".
func Period(start, end repertoire.Date) string { return repertoire.Capital(period(start, end)) }

// FunderWords names who pays, and how when the name does not say it.
func FunderWords(f repertoire.Funding) string { return funderWords(f) }

// Counted writes "1 partenariat", "22 partenariats".
func Counted(n int, one, many string) string { return count(n, one, many) }

// Fact is one named fact of an entry.
type Fact struct {
	Label string
	Text  []layout.Inline
}

// Facts are those of the link itself that its words do not say.
func (r *Reading) Facts(e Entry) []Fact {
	var out []Fact
	for _, f := range r.c.linkFacts(e.e) {
		out = append(out, Fact{f.label, f.value})
	}
	return out
}

// Passage is a named run of blocks.
type Passage struct {
	Label  string
	Lead   bool // the aims in one short paragraph, which open an entry
	Blocks []layout.Block
}

// Texts are what the record says in prose, the aims first.
func (r *Reading) Texts(e Entry) []Passage {
	p := e.e.p
	var out []Passage
	for _, t := range []struct{ label, field, text string }{
		{"Objectifs", "objectives", p.Objectives}, {"Contexte", "context", p.Context},
		{"Historique", "history", p.History}, {"Description", "description", p.Description},
	} {
		if blocks := r.c.markdown(t.text, 3, e.e.origin(t.field)); len(blocks) > 0 {
			out = append(out, Passage{t.label, t.field == "objectives" && leads(blocks), blocks})
		}
	}
	return out
}

// Markdown sets a text of an entry.
func (r *Reading) Markdown(e Entry, field, text string, level int) []layout.Block {
	return r.c.markdown(text, level, e.e.origin(field))
}

// Deeds are the exchanges and those who take part.
func (r *Reading) Deeds(e Entry) []Passage {
	var out []Passage
	if b := r.c.exchanges(e.e); len(b) > 0 {
		out = append(out, Passage{Label: "Échanges et visites", Blocks: b})
	}
	if b := actors(e.e); len(b) > 0 {
		out = append(out, Passage{Label: "Acteurs et opérateurs", Blocks: b})
	}
	return out
}

// Conventions, People and Links are the lists of the fact column.
func (r *Reading) Conventions(e Entry) []layout.Block { return conventions(e.e) }

// People are those who may be named, with what of theirs may be shown.
func (r *Reading) People(e Entry) []layout.Block { return r.c.people(e.e) }

// Links are the addresses of an entry.
func (r *Reading) Links(e Entry) []layout.Block { return links(e.e.p.Links, e.e.origin) }

// Freshness says when an entry was verified and where it comes from.
func (r *Reading) Freshness(e Entry) []layout.Inline { return r.c.freshness(e.e) }

// ConventionYears are the years that mark an entry's life, sorted, each once.
func (r *Reading) ConventionYears(e Entry) []int { return conventionYears(e.e) }

// Locators are the small maps of an entry; side is their size in points.
func (r *Reading) Locators(e Entry, side float64) []layout.Drawing {
	return r.c.locatorDrawings(e.e, side)
}

// Part gives a part of the book, nil when it is empty or switched off.
func (r *Reading) Part(key string) []layout.Section {
	p, ok := r.plans[key]
	if !ok || p.off {
		return nil
	}
	sections, _ := r.c.part(p)
	return sections
}

// FreeParts are the sections of the répertoire's own text, in their order.
func (r *Reading) FreeParts() []layout.Section {
	var out []layout.Section
	for _, p := range plans(r.c.in.Directory.Sections) {
		if len(p.key) > len(PartFree) && p.key[:len(PartFree)] == PartFree && !p.off {
			s, _ := r.c.free(p)
			out = append(out, s...)
		}
	}
	return out
}

// Presentation is what the book says of a country, nil when it says nothing.
func (r *Reading) Presentation(iso string) []layout.Block {
	if p, ok := r.plans[PartPresentation]; ok && p.off || !r.c.hasPresentation(iso) {
		return nil
	}
	return r.c.presentation(iso, 2)
}

// BigFigure is a figure to be set large.
type BigFigure struct {
	Value int
	Label string
}

// Figures are what the book counts: a sentence, the dimensions that make a
// chart, and what is to be said of the others.
func (r *Reading) Figures() (lead string, charts []Chart, said []string) {
	if p, ok := r.plans[PartFigures]; ok && p.off || len(r.entries) == 0 {
		return "", nil, nil
	}
	c := r.c.countingReal()
	french := c.sites(func(e *entry) []repertoire.Authority { return e.french })
	foreign := c.sites(func(e *entry) []repertoire.Authority { return e.foreign })
	shown, said, empty := c.worthShowing(c.dimensions(french, foreign))
	for _, dim := range shown {
		charts = append(charts, Chart{Title: dim.title, Columns: dim.columns, Note: dim.note(), Bars: dim.bars})
	}
	if c.uncounted > 0 {
		said = append(said, opening(c.uncounted, "fiche fictive n’est pas comptée.", "fiches fictives ne sont pas comptées.", true))
	}
	if len(empty) > 0 {
		said = append(said, "Les données de cette édition ne renseignent pas "+nor(empty)+" : aucun graphique n’en est tiré.")
	}
	return c.figuresLead(len(french), len(foreign)), charts, said
}

// Chart is one way the entries are counted.
type Chart struct {
	Title   string
	Columns bool   // of time
	Note    string // how many have a value, "" when all
	Bars    []chart.Bar
}

// Counts are the figures a reader sees first: real partnerships, those known to
// be active, partner authorities, French régions.
func (r *Reading) Counts() []BigFigure {
	c := r.c.countingReal()
	regions := map[string]bool{}
	for _, s := range c.sites(func(e *entry) []repertoire.Authority { return e.french }) {
		if n := oneLine(s.authority.Region); n != "" {
			regions[n] = true
		}
	}
	var out []BigFigure
	add := func(n int, one, many string) {
		if n > 0 {
			out = append(out, BigFigure{n, verb(n, one, many)})
		}
	}
	add(len(c.entries), "partenariat", "partenariats")
	if c.manyCountries() {
		add(len(c.present()), "pays", "pays")
	}
	add(len(c.sites(func(e *entry) []repertoire.Authority { return e.foreign })), "collectivité partenaire", "collectivités partenaires")
	add(len(regions), "région française", "régions françaises")
	return out
}

// Subject is what the book says of itself.
func (r *Reading) Subject() string { return r.c.subject() }

// Pictures are those of an entry that can be shown: the bytes are those of the
// base.
func (r *Reading) Pictures(e Entry) []ShownPicture {
	var out []ShownPicture
	for i, p := range e.e.p.Pictures {
		if img, ok := r.c.picture(p.Media, p.Alt, p.Caption, p.Credit, e.e.origin(fmt.Sprintf("pictures.%d", i))); ok {
			out = append(out, ShownPicture{p, img.Data, img.Alt})
		}
	}
	return out
}

// Cover is the picture of the cover; false when there is none.
func (r *Reading) Cover() (ShownPicture, bool) {
	p := r.c.in.Directory.Cover
	if p.Media == "" {
		return ShownPicture{}, false
	}
	img, ok := r.c.picture(p.Media, p.Alt, "", "", layout.Origin{Field: "cover"})
	return ShownPicture{p, img.Data, img.Alt}, ok
}

// ShownPicture is a picture with its bytes and what is said of it.
type ShownPicture struct {
	Picture repertoire.Picture
	Data    []byte
	Alt     string
}

// Land is the detailed land of a country; World the coarse land of all.
func (r *Reading) Land(iso string) []atlas.Ring { return r.c.land(iso) }

// World is the coarse land of every country.
func (r *Reading) World() []atlas.Outline { return r.c.world() }

// FrenchLand is metropolitan France and its territories.
func (r *Reading) FrenchLand() []atlas.Outline { return r.c.frenchLand() }

// Divisions are the first-level divisions of a country.
func (r *Reading) Divisions(iso string) []atlas.Outline { return r.c.in.Reference.divisions(iso) }

// MapNotice is what must stand beside a map of these countries.
func (r *Reading) MapNotice() string {
	if r.c.in.Reference.Outlines == nil {
		return ""
	}
	return r.c.in.Reference.Outlines.Notice(r.c.countries)
}

// CoverWords part the title as the cover does: "RÉPERTOIRE", "Partenariats…".
func (r *Reading) CoverWords() (kicker, title string) { return coverTitle(r.c.meta().Title) }
