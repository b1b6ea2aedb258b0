package web

import (
	"bytes"
	"cmp"
	"context"
	"html/template"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/book"
	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// site is one folder being made.
type site struct {
	in      Input
	out     put
	reading *book.Reading

	Title, Kicker, Short, Edition string

	entries     []*entry
	byID        map[repertoire.ID]*entry
	authorities []*authority // in index order
	byAuthority map[repertoire.ID]*authority
	countries   []*group
	themes      []*group // first level, each with those below
	regions     []*group
	codes       map[repertoire.ID]string

	pictures  *pictures
	runes     map[rune]bool // of all pages
	panels    []*panel
	goneCount int
	counted   bool                          // the edition has figures
	views     map[string]*template.Template // by kind of page
}

// entry is a partnership with its place among the others.
type entry struct {
	book.Entry
	n         int
	Code      string
	Family    int
	Codes     []string // of themes, its own and its projects'
	Tops      []string // of the first level, each once
	Regions   []string
	Countries []string
	Year      int
	similar   []*entry
}

// Path is the entry's address in the folder.
func (e *entry) Path() string { return entriesDir + e.Code + ".html" }

// authority is a local authority with its entries.
type authority struct {
	repertoire.Authority
	Code    string
	key     []byte
	entries []*entry
}

// Path is the authority's address in the folder.
func (a *authority) Path() string { return authoritiesDir + a.Code + ".html" }

// group is a country, a theme or a region with its entries.
type group struct {
	Key, Name, Path string
	Family          int
	Entries         []*entry
	Below           []*group
}

// drawn is the ink of drawings: marks that svg.go turns into the colours of the
// style sheet, which know of light and dark.
var drawn = chart.Ink{Strong: mark(1), Medium: mark(2), Soft: mark(3), Faint: mark(4), Line: mark(5), Text: mark(6), Muted: mark(7),
	Paper: mark(8)}

func mark(n uint8) layout.Color { return layout.Color{R: 1, G: 2, B: n} }

func newSite(in Input, out put) *site {
	// The gate once more: a book's input may come from the living base.
	s := &site{in: in, out: out, byID: map[repertoire.ID]*entry{}, byAuthority: map[repertoire.ID]*authority{}, runes: map[rune]bool{},
		views: map[string]*template.Template{}}
	s.reading, _ = book.Read(in.Book, drawn)
	s.Title = s.reading.Meta().Title
	s.Kicker, s.Short = s.reading.CoverWords()
	s.Edition = s.reading.Edition()
	s.pictures = &pictures{out: out, made: map[string]*shown{}}
	var ids []repertoire.ID
	for _, e := range s.reading.Entries() {
		ids = append(ids, e.Partnership.ID)
	}
	slices.Sort(ids)
	for _, g := range in.Gone {
		ids = append(ids, g.Partnership.ID)
	}
	s.codes = codes(ids)
	for i, e := range s.reading.Entries() {
		s.add(&entry{Entry: e, n: i, Code: s.codes[e.Partnership.ID]})
	}
	s.nameAuthorities()
	s.order()
	s.findSimilar()
	s.panels = s.makePanels()
	lead, _, _ := s.reading.Figures()
	s.counted = lead != ""
	return s
}

func (s *site) add(e *entry) {
	e.Family, e.Year, e.Codes = s.reading.EntryFamily(e.Entry), s.reading.FirstYear(e.Entry), s.reading.Themes(e.Entry)
	once := func(list []string, v string) []string {
		if v == "" || slices.Contains(list, v) {
			return list
		}
		return append(list, v)
	}
	for _, c := range e.Codes {
		top, _, _ := strings.Cut(c, ".")
		if _, ok := s.reading.Theme(top); ok {
			e.Tops = once(e.Tops, top)
		}
	}
	for _, a := range e.French {
		e.Regions = once(e.Regions, regionOf(a))
	}
	e.Countries = once(nil, e.Country)
	for _, iso := range e.Also {
		e.Countries = once(e.Countries, iso)
	}
	for _, a := range append(slices.Clone(e.French), e.Foreign...) {
		x := s.byAuthority[a.ID]
		if x == nil {
			x = &authority{Authority: a, key: append(append(repertoire.SortKey(a.IndexName()), 0), a.ID...)}
			s.byAuthority[a.ID] = x
			s.authorities = append(s.authorities, x)
		}
		x.entries = append(x.entries, e)
	}
	s.entries = append(s.entries, e)
	s.byID[e.Partnership.ID] = e
}

func regionOf(a repertoire.Authority) string {
	r := strings.TrimSpace(a.Region)
	if r == "" && a.Level == repertoire.LevelRegion {
		r = a.Name
	}
	return strings.ReplaceAll(r, "'", "’")
}

func (s *site) nameAuthorities() {
	var ids []repertoire.ID
	for _, a := range s.authorities {
		ids = append(ids, a.ID)
	}
	slices.Sort(ids)
	names := codes(ids)
	for _, a := range s.authorities {
		a.Code = names[a.ID]
	}
	slices.SortFunc(s.authorities, func(a, b *authority) int { return bytes.Compare(a.key, b.key) })
}

// order files the entries under their countries, themes and regions.
func (s *site) order() {
	countries, regions, themes := map[string]*group{}, map[string]*group{}, map[string]*group{}
	file := func(m map[string]*group, key string, e *entry) {
		if m[key] == nil {
			m[key] = &group{Key: key}
		}
		if n := len(m[key].Entries); n == 0 || m[key].Entries[n-1] != e {
			m[key].Entries = append(m[key].Entries, e)
		}
	}
	for _, e := range s.entries {
		for _, iso := range e.Countries {
			file(countries, iso, e)
		}
		for _, r := range e.Regions {
			file(regions, r, e)
		}
		for _, c := range e.Codes {
			for ; c != ""; c = repertoire.ThemeParent(c) {
				if _, ok := s.reading.Theme(c); ok {
					file(themes, c, e)
				}
			}
		}
	}
	for iso, g := range countries {
		g.Name, g.Path = s.reading.Country(iso).Name, countriesDir+strings.ToLower(iso)+".html"
		s.countries = append(s.countries, g)
	}
	taken := map[string]bool{}
	for name, g := range regions {
		g.Name = name
		s.regions = append(s.regions, g)
	}
	byName := func(list []*group) {
		sort.Slice(list, func(i, j int) bool {
			a, b := list[i], list[j]
			if c := bytes.Compare(repertoire.SortKey(a.Name), repertoire.SortKey(b.Name)); c != 0 {
				return c < 0
			}
			return a.Key < b.Key
		})
	}
	byName(s.countries)
	byName(s.regions)
	for _, g := range s.regions {
		at := slug(g.Name)
		if taken[at] {
			at += "-" + code(repertoire.ID(g.Key), 6)
		}
		taken[at] = true
		g.Path = regionsDir + at + ".html"
	}
	s.themes = s.themeTree(themes)
}

func (s *site) themeTree(all map[string]*group) []*group {
	var out []*group
	for c, g := range all {
		t, _ := s.reading.Theme(c)
		top, _, _ := strings.Cut(c, ".")
		g.Name, g.Family, g.Path = strings.TrimSpace(t.Label), s.reading.Family(c), themesDir+top+".html"
		if c != top {
			g.Path += "#t" + strings.ReplaceAll(c, ".", "-")
			if all[top] != nil {
				all[top].Below = append(all[top].Below, g)
				continue
			}
		}
		out = append(out, g)
	}
	byCode := func(a, b *group) int { return compareCodes(a.Key, b.Key) }
	slices.SortFunc(out, byCode)
	for _, g := range out {
		slices.SortFunc(g.Below, byCode)
	}
	return out
}

// compareCodes orders theme codes by number: 2 before 10, 3.1 before 3.10.
func compareCodes(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		if c := cmp.Or(cmp.Compare(len(x[i]), len(y[i])), cmp.Compare(x[i], y[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

// write makes every page, then what pages share.
func (s *site) write(ctx context.Context, progress Progress) error {
	steps := []func() error{s.writeHome, s.writeAuthorities, s.writeLetters, s.writeCountries, s.writeThemes, s.writeRegions,
		s.writeFigures, s.writeNews, s.writeAbout, s.writeGone, s.writeData, s.writeIndex}
	total := len(s.entries) + len(steps) + 2
	for i, e := range s.entries {
		progress.tell(i, total, "Pages des fiches")
		if err := s.writeEntry(ctx, e); err != nil {
			return err
		}
	}
	for i, step := range steps {
		progress.tell(len(s.entries)+i, total, "Pages du site")
		if err := step(); err != nil {
			return err
		}
	}
	if err := s.writeAssets(); err != nil {
		return err
	}
	progress.tell(total, total, "Pages du site")
	return nil
}
