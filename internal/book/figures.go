package book

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// figures counts the entries along what the data hold: a map of the links and,
// facing it, what they are about; then the rest in detail. A dimension nobody
// filled in is named in a sentence, one with a single value is said in words: a
// chart of one bar teaches nothing.
func (c *composer) figures(p plan) ([]layout.Section, string) {
	if len(c.entries) == 0 {
		return nil, "aucune fiche"
	}
	c = c.countingReal()
	s := c.section(p, layout.BodyMatter)
	french := c.sites(func(e *entry) []repertoire.Authority { return e.french })
	foreign := c.sites(func(e *entry) []repertoire.Authority { return e.foreign })
	s.Blocks = append(s.Blocks, layout.Paragraph{Style: "lead", Text: layout.Plain(c.figuresLead(len(french), len(foreign)))})
	if flow := c.flowPage(); len(flow) > 0 {
		s.Blocks = append(s.Blocks, flow...)
		s.Blocks = append(s.Blocks, layout.PageBreak{})
	}
	s.Blocks = append(s.Blocks, c.bigFigures(french, foreign)...)
	drawn, said, empty := c.worthShowing(c.dimensions(french, foreign))
	if c.uncounted > 0 {
		said = append(said, opening(c.uncounted, "fiche fictive n’est pas comptée.", "fiches fictives ne sont pas comptées.", true))
	}
	s.Blocks = append(s.Blocks, c.charts(drawn)...)
	if len(said) > 0 {
		s.Blocks = append(s.Blocks, layout.Para(strings.Join(said, " ")))
	}
	if len(empty) > 0 {
		s.Blocks = append(s.Blocks, layout.Para("Les données de cette édition ne renseignent pas "+nor(empty)+
			" : aucun graphique n’en est tiré."))
	}
	return []layout.Section{s}, ""
}

// worthShowing parts the dimensions that make a chart from those that are said
// in a sentence, and names what nobody filled in.
func (c *composer) worthShowing(dims []dimension) (shown []dimension, said, empty []string) {
	for _, dim := range dims {
		known := dim.coverage()
		switch {
		case known == 0:
			empty = append(empty, dim.missing)
		case known*10 < dim.total:
			said = append(said, fmt.Sprintf("%s que pour %s sur %s : trop peu pour un graphique.", dim.scarce,
				count(known, strings.TrimSuffix(dim.unit, "s"), dim.unit), thousandsOf(dim.total)))
		case distinct(dim.bars) == 1 && dim.single != "":
			said = append(said, fmt.Sprintf(dim.single, first(dim.bars, dim.proper)))
		default:
			shown = append(shown, dim)
		}
	}
	return shown, said, empty
}

// charts sets the charts on the page: the wide ones over both columns, the others
// two by two, so that no bar is longer than it has to say.
func (c *composer) charts(dims []dimension) []layout.Block {
	full := c.design.TextWidth()
	half := (full - chartGap) / 2
	var out, waiting []layout.Block
	pair := func() {
		if len(waiting) > 0 {
			for len(waiting) < 2 {
				waiting = append(waiting, layout.Space{})
			}
			out = append(out, layout.Side{Shares: []float64{1, 1}, Gap: chartGap, Cells: [][]layout.Block{{waiting[0]}, {waiting[1]}}})
		}
		waiting = nil
	}
	for _, d := range dims {
		if d.wide {
			pair()
			out = append(out, c.chartBlock(d, full))
			continue
		}
		if waiting = append(waiting, c.chartBlock(d, half)); len(waiting) == 2 {
			pair()
		}
	}
	pair()
	return out
}

const chartGap = 18.0

// bigFigures are up to four figures set large, each counted; those of nothing
// are left out.
func (c *composer) bigFigures(french, foreign []*site) []layout.Block {
	var side layout.Side
	add := func(n int, one, many string) {
		if n == 0 || len(side.Cells) == 4 {
			return
		}
		side.Shares = append(side.Shares, 1)
		side.Cells = append(side.Cells, []layout.Block{layout.Paragraph{Style: c.styled("big-figure", "h2"),
			Text: layout.Plain(thousandsOf(n))},
			layout.Paragraph{Style: c.styled("big-label", "caption"), Text: layout.Plain(verb(n, one, many))}})
	}
	regions := map[string]bool{}
	for _, s := range french {
		if r := oneLine(s.authority.Region); r != "" {
			regions[r] = true
		}
	}
	add(len(c.entries), "partenariat", "partenariats")
	add(c.number(func(e *entry) bool { return e.p.Status == repertoire.StatusActive }), "partenariat connu actif",
		"partenariats connus actifs")
	add(len(foreign), "collectivité partenaire", "collectivités partenaires")
	add(len(regions), "région française", "régions françaises")
	if len(side.Cells) < 2 {
		return nil
	}
	return []layout.Block{side, layout.Space{Lines: 1}}
}

// countingReal is the composer of the real entries alone, so that no figure
// mixes invented records with real ones; a book of invented entries only
// counts them all.
func (c *composer) countingReal() *composer {
	n := c.fictitious()
	if n == 0 || n == len(c.entries) {
		return c
	}
	r := *c
	r.entries, r.uncounted = nil, n
	for _, e := range c.entries {
		if !e.p.Fictitious {
			r.entries = append(r.entries, e)
		}
	}
	return &r
}

// partnerships counts the partnerships of the book: the real ones when there
// are any.
func (c *composer) partnerships() int { return len(c.countingReal().entries) }

func distinct(bars []chart.Bar) int {
	n := 0
	for _, b := range bars {
		if b.Value > 0 {
			n++
		}
	}
	return n
}

func first(bars []chart.Bar, proper bool) string {
	for _, b := range bars {
		if b.Value > 0 && proper {
			return b.Label
		}
		if b.Value > 0 {
			return lower(b.Label)
		}
	}
	return ""
}

func (c *composer) figuresLead(french, foreign int) string {
	text := fmt.Sprintf("%s : %s et %s", opening(len(c.entries), "partenariat", "partenariats", false),
		count(french, "collectivité française", "collectivités françaises"),
		count(foreign, "collectivité partenaire", "collectivités partenaires"))
	if c.manyCountries() {
		text += " " + c.inCountries()
	}
	return text + "."
}

// dimension is one way to count the entries.
type dimension struct {
	title   string
	bars    []chart.Bar
	columns bool   // drawn as columns of time
	stack   bool   // drawn as the shares of one bar
	wide    bool   // over the whole page
	missing string // "les thématiques"
	single  string // sentence when all have one value, %s the value; "" draws it all the same
	total   int    // what could have been known, for the note under the chart; 0 none
	unit    string
	scarce  string // "Le statut n’est connu": how to say that too few have a value
	known   int    // where a thing may be counted under several bars; 0: their sum
	proper  bool   // the labels are proper names
	remark  string // said under the chart instead of how many are known
}

// coverage is how many of the things counted have a value at all.
func (d dimension) coverage() int {
	if d.known > 0 {
		return d.known
	}
	n := 0
	for _, b := range d.bars {
		n += b.Value
	}
	return n
}

// note is what is said under the chart: how many have a value, when not all do.
func (d dimension) note() string {
	if d.remark != "" {
		return d.remark
	}
	known := d.coverage()
	if d.total == 0 || known >= d.total {
		return ""
	}
	return fmt.Sprintf("Renseigné pour %s sur %s.", count(known, strings.TrimSuffix(d.unit, "s"), d.unit), thousandsOf(d.total))
}

func (c *composer) dimensions(french, foreign []*site) []dimension {
	n := len(c.entries)
	out := []dimension{
		{title: "Partenariats par thématique", wide: true, bars: c.byTheme(), missing: "les thématiques", scarce: "Le thème n’est connu",
			known: c.number(func(e *entry) bool { return len(themesOf(e)) > 0 }), total: n, unit: "fiches", proper: true,
			single: "Tous les partenariats dont la thématique est connue relèvent du thème « %s »."},
		{title: "Partenariats par nature du lien", stack: true, wide: true,
			bars:    c.tally(func(e *entry) string { return label(repertoire.Types, e.p.Type) }, choiceOrder(repertoire.Types)),
			missing: "la nature du lien", scarce: "Le type du lien n’est connu", total: n, unit: "fiches",
			single: "La nature du lien est partout la même : %s."},
		{title: "Décennie de la première convention", bars: c.byDecade(), columns: true, missing: "l’année de la première convention",
			scarce: "L’année de la première convention n’est connue", total: n, unit: "fiches",
			single: "Tous les liens dont la date est connue remontent aux %s."},
		c.moneyDimension(),
		{title: "Projets cofinancés, par financeur", bars: c.byFunder(), missing: "les financeurs"},
		{title: "Partenariats par statut", bars: c.tally(func(e *entry) string { return label(repertoire.Statuses, e.p.Status) },
			choiceOrder(repertoire.Statuses)), missing: "le statut des partenariats", scarce: "Le statut n’est connu", total: n,
			unit: "fiches", single: "Le statut est partout le même : %s."},
	}
	if len(c.present()) > 1 {
		out = append(out, dimension{title: "Partenariats par pays",
			bars: c.tally(func(e *entry) string { return c.country(e.country).Name }, nil), missing: "les pays"})
	}
	return append(out,
		dimension{title: "Collectivités françaises par région", bars: tallySites(french,
			func(a repertoire.Authority) string { return oneLine(strings.ReplaceAll(a.Region, "'", "’")) }, nil),
			missing: "les régions françaises", scarce: "La région n’est connue", total: len(french), unit: "collectivités", proper: true,
			single: "Toutes les collectivités françaises sont de la même région : %s."},
		dimension{title: "Collectivités françaises par type", bars: tallySites(french, levelWord, choiceOrder(repertoire.Levels)),
			missing: "le type des collectivités françaises", scarce: "Le type des collectivités françaises n’est connu", total: len(french),
			unit: "collectivités", single: "Les collectivités françaises sont toutes du même type : %s."},
		dimension{title: "Collectivités partenaires par type", bars: tallySites(foreign, levelWord, choiceOrder(repertoire.Levels)),
			missing: "le type des collectivités partenaires", scarce: "Le type des collectivités partenaires n’est connu",
			total: len(foreign), unit: "collectivités", single: "Les collectivités partenaires sont toutes du même type : %s."},
		dimension{title: "Population des collectivités françaises", bars: tallySites(french, sizeClass, sizeClasses()),
			single:  "Les collectivités françaises dont la population est connue sont du même ordre de taille (%s).",
			missing: "la population des collectivités françaises", scarce: "La population des collectivités françaises n’est connue",
			total: len(french), unit: "collectivités"},
		dimension{title: "Population des collectivités partenaires", bars: tallySites(foreign, sizeClass, sizeClasses()),
			single:  "Les collectivités partenaires dont la population est connue sont du même ordre de taille (%s).",
			missing: "la population des collectivités partenaires", scarce: "La population des collectivités partenaires n’est connue",
			total: len(foreign), unit: "collectivités"},
	)
}

func (c *composer) chartBlock(dim dimension, width float64) layout.Block {
	var d layout.Drawing
	switch {
	case dim.columns:
		d = chart.Columns(dim.title, dim.bars, width, c.ink)
	case dim.stack:
		d = chart.Stack(dim.title, dim.bars, width, c.ink)
	default:
		d = chart.Bars(dim.title, dim.bars, width, c.ink)
	}
	if n := dim.note(); n != "" {
		d.Caption = layout.Plain(n)
	}
	return layout.Group{Keep: true, Blocks: []layout.Block{layout.Heading{Level: 2, Style: "h3", Text: layout.Plain(dim.title)},
		layout.Space{Lines: 0.5}, d, layout.Space{Lines: 1}}}
}

func label[T ~string](list repertoire.Choices[T], v T) string {
	if v == "" {
		return ""
	}
	return list.Label(v)
}

func choiceOrder[T ~string](list repertoire.Choices[T]) []string { return list.Labels() }

// tally counts entries by a word; order lists the words that come in an order
// of their own, the others go by count.
func (c *composer) tally(of func(*entry) string, order []string) []chart.Bar {
	counts := map[string]int{}
	for _, e := range c.entries {
		if w := of(e); w != "" {
			counts[w]++
		}
	}
	return bars(counts, order)
}

func tallySites(sites []*site, of func(repertoire.Authority) string, order []string) []chart.Bar {
	counts := map[string]int{}
	for _, s := range sites {
		if w := of(s.authority); w != "" {
			counts[w]++
		}
	}
	return bars(counts, order)
}

func bars(counts map[string]int, order []string) []chart.Bar {
	var out []chart.Bar
	for _, w := range order {
		if n := counts[w]; n > 0 {
			out = append(out, chart.Bar{Label: w, Value: n})
			delete(counts, w)
		}
	}
	rest := sortedKeys(counts)
	sort.SliceStable(rest, func(i, j int) bool {
		if counts[rest[i]] != counts[rest[j]] {
			return counts[rest[i]] > counts[rest[j]]
		}
		return bytes.Compare(repertoire.SortKey(rest[i]), repertoire.SortKey(rest[j])) < 0
	})
	for _, w := range rest {
		out = append(out, chart.Bar{Label: w, Value: counts[w]})
	}
	return out
}

// byTheme counts entries by great theme: the first level of the tree.
func (c *composer) byTheme() []chart.Bar {
	counts, ink := map[string]int{}, map[string]layout.Color{}
	for _, e := range c.entries {
		seen := map[string]bool{}
		for _, code := range themesOf(e) {
			top := strings.SplitN(code, ".", 2)[0]
			if t, ok := c.theme(top); ok && !seen[top] {
				seen[top] = true
				counts[oneLine(t.Label)]++
				ink[oneLine(t.Label)] = c.familyColor(family(top))
			}
		}
	}
	out := bars(counts, nil)
	for i := range out {
		out[i].Ink = ink[out[i].Label]
	}
	return out
}

// byDecade fills the decades between the first and the last, so that time runs
// evenly along the chart.
func (c *composer) byDecade() []chart.Bar {
	counts := map[int]int{}
	low, high := 0, 0
	for _, e := range c.entries {
		y := firstYear(e)
		if y < 1000 {
			continue
		}
		d := y / 10 * 10
		counts[d]++
		if low == 0 || d < low {
			low = d
		}
		high = max(high, d)
	}
	var out []chart.Bar
	// Beyond twenty decades the steps between would drown the rest.
	for d := max(low, high-200); d <= high && low > 0; d += 10 {
		out = append(out, chart.Bar{Label: "années " + year(d), Value: counts[d]})
	}
	if len(out) > 4 {
		for i := range out {
			out[i].Label = strings.TrimPrefix(out[i].Label, "années ")
		}
	}
	return out
}

// byFunder counts funded projects by kind of funder.
func (c *composer) byFunder() []chart.Bar {
	counts := map[string]int{}
	for _, e := range c.entries {
		for _, x := range e.p.Projects {
			seen := map[string]bool{}
			for _, f := range x.Funding {
				word := oneLine(f.Funder)
				if f.Kind != "" && f.Kind != "autre" {
					word = repertoire.FundingKinds.Label(f.Kind)
				}
				if word != "" && !seen[word] {
					seen[word] = true
					counts[word]++
				}
			}
		}
	}
	out := bars(counts, repertoire.FundingKinds.Labels())
	sort.SliceStable(out, func(i, j int) bool { return out[i].Value > out[j].Value })
	if len(out) > 12 {
		out = out[:12]
	}
	return out
}

func sizeClasses() []string {
	return []string{"moins de 5\u202f000 habitants", "de 5\u202f000 à 20\u202f000 hab.", "de 20\u202f000 à 100\u202f000 hab.",
		"de 100\u202f000 à 500\u202f000 hab.", "plus de 500\u202f000 habitants"}
}

func sizeClass(a repertoire.Authority) string {
	if a.Population <= 0 {
		return ""
	}
	limits := [...]int{5_000, 20_000, 100_000, 500_000}
	classes := sizeClasses()
	for i, l := range limits {
		if a.Population < l {
			return classes[i]
		}
	}
	return classes[len(limits)]
}
