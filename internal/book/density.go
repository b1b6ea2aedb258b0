package book

import (
	"slices"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// Thresholds of the automatic choice, in characters of text an entry would
// set. Under the first it holds little more than its parties and becomes a row
// of a table, ten a page; under the second it shares its page.
const (
	rowUnder  = 260
	halfUnder = 900
	longEntry = 5000
	// fewEntries is how many long entries make a book of reports.
	fewEntries = 40
)

// chooseDensities measures, then chooses. A directory's own choice is obeyed;
// else each entry gets the room it fills, and a book nearly all of one kind is
// made all of it, so that it looks like one book.
func (c *composer) chooseDensities() {
	counts := map[repertoire.Density]int{}
	for _, e := range c.entries {
		e.density = densityOf(e)
		counts[e.density]++
	}
	n := len(c.entries)
	for _, e := range c.entries {
		switch d := c.in.Directory.Density; {
		case d != repertoire.DensityAuto:
			e.density = d
		case e.density == repertoire.DensityTable && counts[repertoire.DensityTable]*5 <= n && n > 1:
			e.density = repertoire.DensityHalf
		case e.density == repertoire.DensityHalf && counts[repertoire.DensityPage]*5 >= n*4:
			e.density = repertoire.DensityPage
		}
		c.report.Densities[e.density]++
	}
	c.ownPages = c.ownPagesWanted()
}

// ownPagesWanted tells whether entries in the page density each start a page. Where
// the book chooses, long ones or few ones do; a hundred entries of about a page
// follow each other, or half of the paper would stay white.
func (c *composer) ownPagesWanted() bool {
	if c.in.Directory.Density == repertoire.DensityPage {
		return true
	}
	if c.compact() {
		return false
	}
	var weights []int
	for _, e := range c.entries {
		if e.density == repertoire.DensityPage {
			weights = append(weights, weight(e))
		}
	}
	slices.Sort(weights)
	return len(weights) > 0 && (len(weights) <= fewEntries || weights[len(weights)/2] >= longEntry)
}

func densityOf(e *entry) repertoire.Density {
	switch w := weight(e); {
	case w < rowUnder:
		return repertoire.DensityTable
	case w < halfUnder:
		return repertoire.DensityHalf
	}
	return repertoire.DensityPage
}

// weight estimates the characters an entry sets beyond its parties; tables and
// pictures count as the text that would fill their room.
func weight(e *entry) int {
	p := e.p
	n := 0
	for _, s := range []string{p.Context, p.History, p.Objectives, p.Description} {
		n += utf8.RuneCountInString(s)
	}
	for _, x := range p.Projects {
		n += 160 + 70*len(x.Funding)
		for _, s := range []string{x.Title, x.Places, x.Operator, x.Beneficiaries, x.Description, x.Results, x.Difficulties} {
			n += utf8.RuneCountInString(s)
		}
	}
	for _, x := range p.Exchanges {
		n += 60 + utf8.RuneCountInString(x.Description)
	}
	return n + 60*len(p.Conventions) + 60*len(p.Actors) + 90*len(p.Contacts) + 60*len(p.Links) + 700*len(p.Pictures) +
		40*max(len(p.Themes)-1, 0) + 110*max(len(p.Parties)-4, 0)
}
