package web

import (
	"bytes"
	"cmp"
	"html/template"
	"slices"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// shownFirst is how many entries the first page lists before anything is asked.
const shownFirst = 24

type homeBody struct {
	Lead     template.HTML
	Counts   []book.BigFigure
	Panels   []panelBody
	Notice   string
	Lost     string
	Rows     []row
	Total    int
	Cover    template.HTML
	Art      template.HTML // where there is no photograph
	Letters  []letter
	Doors    []doors
	Families []themeMark
}

type panelBody struct {
	Title string
	SVG   template.HTML
}

// doors are the ways in for those who do not search.
type doors struct {
	Title, Path string
	Links       []door
}

type door struct {
	Name, Path string
	Count      int
	Family     int
}

func (s *site) writeHome() error {
	b := homeBody{Counts: s.reading.Counts(), Total: len(s.entries), Rows: s.rowsOf(s.entries[:min(len(s.entries), shownFirst)]),
		Letters: s.letters(), Notice: s.reading.MapNotice()}
	if blurb := s.reading.Subject(); blurb != "" {
		b.Lead = template.HTML("<p>" + template.HTMLEscapeString(typographic(plainMarkdown(blurb))) + "</p>")
	}
	lost := 0
	for i, p := range s.panels {
		b.Panels = append(b.Panels, panelBody{typographic(p.Title), p.svg(i)})
		lost += p.lost
	}
	if lost > 0 {
		b.Lost = counted(lost, "collectivité, sans coordonnées ou hors du cadre, n’est pas sur la carte.",
			"collectivités, sans coordonnées ou hors du cadre, ne sont pas sur la carte.")
	}
	if x, ok := s.reading.Cover(); ok {
		if shown, err := s.pictures.add(x); err == nil {
			b.Cover = shown.html("", x.Alt, "100vw", "", x.Picture.Credit)
		}
	}
	if n := len(s.panels); b.Cover == "" && n > 1 {
		b.Art = s.panels[n-1].art(n - 1)
	}
	add := func(title, path string, list []*group) {
		if len(list) < 2 {
			return
		}
		d := doors{Title: title, Path: path}
		for _, g := range list {
			d.Links = append(d.Links, door{typographic(g.Name), g.Path, len(g.Entries), g.Family})
		}
		b.Doors = append(b.Doors, d)
	}
	add("Par thématique", "thematiques.html", s.themes)
	add("Par pays", "pays.html", s.countries)
	add("Par région française", "regions.html", s.regions)
	linked := map[string]any{"@context": "https://schema.org", "@type": "WebSite", "name": s.Title, "inLanguage": "fr",
		"description": first(plainMarkdown(s.reading.Subject()), 300)}
	if p := s.Publisher(); p != "" {
		linked["publisher"] = map[string]any{"@type": "Organization", "name": p}
	}
	return s.page(page{Path: "index.html", Kind: "home", Section: "index.html", Description: first(plainMarkdown(s.reading.Subject()), 200),
		Linked: linked, Scripts: true, Index: true, Body: b})
}

// plainMarkdown drops the marks of emphasis from one paragraph of Markdown.
func plainMarkdown(text string) string {
	return strings.NewReplacer("**", "", "__", "", "*", "", "# ", "").Replace(text)
}

// firstView is what a reader loads before anything is asked.
func (s *site) firstView() []string {
	out := []string{"index.html", assetsDir + "site.css", assetsDir + "site.js", dataDir + "fiches.js", dataDir + "index.js"}
	for _, f := range latinFaces {
		if f.home {
			out = append(out, assetsDir+f.file)
		}
	}
	return out
}

type letter struct {
	Name, Path string
	Count      int
	list       []*authority
}

// letters files the authorities under the initials of their index names.
func (s *site) letters() []letter {
	var out []letter
	for _, a := range s.authorities {
		l := book.Initial(a.IndexName())
		i := slices.IndexFunc(out, func(x letter) bool { return x.Name == l })
		if i < 0 {
			at := strings.ToLower(l)
			if len(at) != 1 || at < "a" || at > "z" {
				at = "autres"
				if l == "0–9" {
					at = "0-9"
				} else if l != "#" {
					at = slug(l)
				}
			}
			out = append(out, letter{Name: l, Path: lettersDir + at + ".html"})
			i = len(out) - 1
		}
		out[i].list = append(out[i].list, a)
		out[i].Count++
	}
	return out
}

type indexLine struct {
	Name, Place, Path string
	French, Invented  bool
	Entries           []row
}

type lettersBody struct {
	Letters []letter
	Current string
	Lines   []indexLine
	All     bool
}

func (s *site) indexLines(list []*authority) []indexLine {
	var out []indexLine
	for _, a := range list {
		l := indexLine{Name: a.IndexName(), Place: typographic(s.reading.IndexPlace(a.Authority)), Path: a.Path(), French: a.French(),
			Invented: a.Fictitious}
		for _, e := range a.entries {
			l.Entries = append(l.Entries, s.row(e))
		}
		out = append(out, l)
	}
	return out
}

// wholeIndex is up to how many authorities one page lists.
const wholeIndex = 400

func (s *site) writeLetters() error {
	letters := s.letters()
	b := lettersBody{Letters: letters}
	if len(s.authorities) <= wholeIndex {
		b.All, b.Lines = true, s.indexLines(s.authorities)
	}
	if err := s.page(page{Path: "collectivites.html", Kind: "letters", Section: "collectivites.html",
		Heading: "Les collectivités, de A à Z", Index: true,
		Description: "Toutes les collectivités françaises et partenaires, dans l’ordre alphabétique.", Body: b}); err != nil {
		return err
	}
	for _, l := range letters {
		if err := s.page(page{Path: l.Path, Kind: "letters", Section: "collectivites.html", Heading: "Collectivités : " + l.Name,
			Index: true, Crumbs: []crumb{{"Collectivités", "collectivites.html"}},
			Description: "Les collectivités à la lettre " + l.Name + ".",
			Body:        lettersBody{letters, l.Name, s.indexLines(l.list), false}}); err != nil {
			return err
		}
	}
	return nil
}

type authorityBody struct {
	sideAuthority
	Others   []string
	Rows     []row
	Invented bool
	Region   *door
}

func (s *site) writeAuthorities() error {
	for _, a := range s.authorities {
		b := authorityBody{sideAuthority: s.sideAuthority(a.Authority, true), Rows: s.rowsOf(a.entries), Invented: a.Fictitious}
		for _, n := range a.OtherNames {
			b.Others = append(b.Others, typographic(n))
		}
		up := crumb{"Collectivités", "collectivites.html"}
		if a.French() {
			for _, g := range s.regions {
				if g.Key == regionOf(a.Authority) {
					up = crumb{typographic(g.Name), g.Path}
				}
			}
		} else {
			for _, g := range s.countries {
				if g.Key == a.Country {
					up = crumb{typographic(g.Name), g.Path}
				}
			}
		}
		if err := s.page(page{Path: a.Path(), Kind: "authority", Section: "collectivites.html", Heading: a.Usual(), Crumbs: []crumb{up},
			Index:       true,
			Description: a.Usual() + " : " + counted(len(a.entries), "partenariat", "partenariats") + ".", Body: b}); err != nil {
			return err
		}
	}
	return nil
}

type groupBody struct {
	Rows     []row
	Sections []groupSection
	Text     template.HTML
	Groups   []door
	Most     int
}

type groupSection struct {
	Anchor, Name string
	Rows         []row
}

// groupPages writes the list of groups, then a page for each.
func (s *site) groupPages(list []*group, index page, body func(*group) groupBody) error {
	if len(list) == 0 {
		return nil
	}
	b := groupBody{}
	for _, g := range list {
		b.Groups = append(b.Groups, door{typographic(g.Name), g.Path, len(g.Entries), g.Family})
		b.Most = max(b.Most, len(g.Entries))
	}
	index.Kind, index.Section, index.Body, index.Index = "groups", index.Path, b, true
	if err := s.page(index); err != nil {
		return err
	}
	for _, g := range list {
		if err := s.page(page{Path: g.Path, Kind: "group", Section: index.Path, Heading: typographic(g.Name), Family: g.Family,
			Crumbs: []crumb{{index.Crumbs[0].Name, index.Path}}, Index: true,
			Description: typographic(g.Name) + " : " + counted(len(g.Entries), "partenariat", "partenariats") + ".",
			Body:        body(g)}); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) writeCountries() error {
	return s.groupPages(s.countries, page{Path: "pays.html", Heading: "Les pays partenaires", Description: "Les partenariats par pays.",
		Crumbs: []crumb{{"Pays", ""}}}, func(g *group) groupBody {
		return groupBody{Rows: s.rowsOf(g.Entries), Text: s.blocks("../", s.reading.Presentation(g.Key))}
	})
}

func (s *site) writeRegions() error {
	return s.groupPages(s.regions, page{Path: "regions.html", Heading: "Les régions françaises",
		Description: "Les partenariats par région française.", Crumbs: []crumb{{"Régions", ""}}}, func(g *group) groupBody {
		// A région's entries under their départements.
		by := map[string][]*entry{}
		for _, e := range g.Entries {
			for _, a := range e.French {
				if regionOf(a) == g.Key {
					d := strings.ReplaceAll(strings.TrimSpace(a.Departement), "'", "’")
					if !slices.Contains(by[d], e) {
						by[d] = append(by[d], e)
					}
				}
			}
		}
		b := groupBody{}
		names := sortedKeys(by)
		slices.SortFunc(names, func(x, y string) int {
			return cmp.Or(bytes.Compare(repertoire.SortKey(x), repertoire.SortKey(y)), cmp.Compare(x, y))
		})
		for _, d := range names {
			name := typographic(d)
			if d == "" {
				name = "Toute la région"
			}
			b.Sections = append(b.Sections, groupSection{"d-" + slug(name), name, s.rowsOf(by[d])})
		}
		if len(b.Sections) < 2 {
			return groupBody{Rows: s.rowsOf(g.Entries)}
		}
		return b
	})
}

func (s *site) writeThemes() error {
	return s.groupPages(s.themes, page{Path: "thematiques.html", Heading: "Les thématiques",
		Description: "Les partenariats par thématique.", Crumbs: []crumb{{"Thématiques", ""}}}, func(g *group) groupBody {
		b := groupBody{Rows: s.rowsOf(g.Entries)}
		if len(g.Below) == 0 {
			return b
		}
		under := map[*entry]bool{}
		for _, x := range g.Below {
			b.Sections = append(b.Sections, groupSection{"t" + strings.ReplaceAll(x.Key, ".", "-"), typographic(x.Name),
				s.rowsOf(x.Entries)})
			for _, e := range x.Entries {
				under[e] = true
			}
		}
		var rest []*entry
		for _, e := range g.Entries {
			if !under[e] {
				rest = append(rest, e)
			}
		}
		if b.Rows = nil; len(rest) > 0 {
			b.Sections = append(b.Sections, groupSection{"t-general", "Autres partenariats de la thématique", s.rowsOf(rest)})
		}
		return b
	})
}

type figuresBody struct {
	Lead   string
	Charts []chartBody
	Said   []string
}

type chartBody struct {
	Title, Note string
	Columns     bool
	Bars        []chart.Bar
	Most        int
	Families    []int
}

func (s *site) writeFigures() error {
	lead, charts, said := s.reading.Figures()
	if lead == "" {
		return nil
	}
	b := figuresBody{Lead: typographic(lead), Said: said}
	names := map[string]int{}
	for _, g := range s.themes {
		names[g.Name] = g.Family
	}
	for _, c := range charts {
		x := chartBody{Title: c.Title, Note: c.Note, Columns: c.Columns, Bars: c.Bars}
		for _, bar := range c.Bars {
			x.Most = max(x.Most, bar.Value)
			x.Families = append(x.Families, names[bar.Label])
		}
		b.Charts = append(b.Charts, x)
	}
	return s.page(page{Path: "chiffres.html", Kind: "figures", Section: "chiffres.html", Heading: "La coopération en chiffres",
		Description: lead, Index: true, Body: b})
}

// HasFigures tells whether the edition counts anything.
func (s *site) HasFigures() bool { return s.counted }

type newsBody struct {
	Since    string
	New      []row
	Ended    []row
	Changed  []newsChange
	Nothing  bool
	Previous string
}

type newsChange struct {
	row
	Fields string
}

func (s *site) writeNews() error {
	prev := s.in.Book.Previous
	if prev == nil {
		return nil
	}
	ch, err := book.Compare(prev.Partnerships, s.in.Book.Partnerships)
	if err != nil {
		return repertoire.Fault(err, "La comparaison avec l’édition précédente a échoué ; rien n’a été écrit.")
	}
	b := newsBody{Since: typographic(strings.TrimSpace(prev.Label)), Nothing: len(ch.New)+len(ch.Ended)+len(ch.Changed) == 0}
	for _, id := range ch.New {
		if e := s.byID[id]; e != nil {
			b.New = append(b.New, s.row(e))
		}
	}
	for _, id := range ch.Ended {
		if e := s.byID[id]; e != nil {
			b.Ended = append(b.Ended, s.row(e))
			continue
		}
		for _, g := range s.in.Gone {
			if g.Partnership.ID == id {
				b.Ended = append(b.Ended, row{Title: typographic(g.title()), Path: entriesDir + s.codes[id] + ".html"})
			}
		}
	}
	for _, c := range ch.Changed {
		if e := s.byID[c.ID]; e != nil {
			var fields []string
			for _, f := range c.Fields {
				if !slices.Contains(fields, repertoire.FieldLabel(f.Name)) {
					fields = append(fields, repertoire.FieldLabel(f.Name))
				}
			}
			b.Changed = append(b.Changed, newsChange{s.row(e), strings.ToLower(strings.Join(fields, ", "))})
		}
	}
	byTitle := func(a, b row) int { return bytes.Compare(repertoire.SortKey(a.Title), repertoire.SortKey(b.Title)) }
	slices.SortStableFunc(b.New, byTitle)
	slices.SortStableFunc(b.Ended, byTitle)
	slices.SortStableFunc(b.Changed, func(x, y newsChange) int { return byTitle(x.row, y.row) })
	return s.page(page{Path: "nouveautes.html", Kind: "news", Section: "nouveautes.html", Heading: "Nouveautés depuis l’édition précédente",
		Index:       true,
		Description: "Ce qui a changé depuis l’édition précédente.", Body: b})
}

type aboutBody struct {
	Parts []passage
	Fonts bool
	Code  string
}

// writeAbout gathers what frames the entries: forewords, how to read, imprint,
// sources.
func (s *site) writeAbout() error {
	b := aboutBody{Fonts: s.in.Font != nil, Code: s.in.Edition}
	add := func(title string, sections []layout.Section) {
		for _, x := range sections {
			blocks := x.Blocks
			if len(blocks) > 0 {
				if h, ok := blocks[0].(layout.Heading); ok && h.Level == 1 {
					blocks = blocks[1:]
				}
			}
			name := x.Title
			if name == "" {
				name = title
			}
			if html := s.blocks("", blocks); html != "" {
				b.Parts = append(b.Parts, passage{typographic(name), html})
			}
		}
	}
	add("Éditoriaux", s.reading.Part(book.PartEditorials))
	add("Lire ce répertoire", s.reading.Part(book.PartGuide))
	if len(s.countries) != 1 {
		add("Présentation", s.reading.Part(book.PartPresentation))
	}
	add("", s.reading.FreeParts())
	add("Mentions légales", s.reading.Part(book.PartImprint))
	add("Sources et crédits", s.reading.Part(book.PartSources))
	return s.page(page{Path: "a-propos.html", Kind: "about", Section: "a-propos.html", Heading: "À propos de ce répertoire", Index: true,
		Description: "Comment lire ce répertoire, mentions légales, sources et crédits.", Body: b})
}

type goneBody struct {
	Title, Edition string
	Ended          bool
	Successors     []row
	Near           []row
	Correction     template.URL
}

func (g Gone) find(id repertoire.ID) *repertoire.Authority {
	if a, ok := g.Authorities[id]; ok {
		return &a
	}
	return nil
}

func (g Gone) title() string { return g.Partnership.DisplayTitle(g.find) }

// writeGone keeps the addresses of entries that earlier editions had: each says
// that it is over, and leads to what replaced it.
func (s *site) writeGone() error {
	seen := map[repertoire.ID]bool{}
	for _, g := range s.in.Gone {
		id := g.Partnership.ID
		if seen[id] || s.byID[id] != nil {
			continue
		}
		seen[id] = true
		s.goneCount++
		b := goneBody{Title: typographic(g.title()), Edition: typographic(g.Edition), Ended: g.Partnership.Status == repertoire.StatusEnded,
			Successors: s.rowsOf(s.successors(g.Partnership, g.Authorities))}
		if len(b.Successors) == 0 {
			b.Near = s.rowsOf(s.kin(g))
		}
		path := entriesDir + s.codes[id] + ".html"
		b.Correction = s.correction(g.title(), path)
		if err := s.page(page{Path: path, Kind: "gone", Heading: b.Title, Description: "Ce partenariat n’est plus dans l’édition.",
			Body: b}); err != nil {
			return err
		}
	}
	return nil
}

// kin are the entries of the authorities of one that is gone.
func (s *site) kin(g Gone) []*entry {
	var out []*entry
	for _, q := range g.Partnership.Parties {
		if a := s.byAuthority[q.Authority]; a != nil {
			for _, e := range a.entries {
				if !slices.Contains(out, e) && len(out) < 6 {
					out = append(out, e)
				}
			}
		}
	}
	return out
}
