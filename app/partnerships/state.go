package partnerships

import (
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/searches"
)

// State is all the list needs to be shown again as it was.
type State struct {
	Directory string // slug, "" for all
	// List is one filled by hand, which all the rest is asked within; "" for none.
	List       repertoire.ID
	Title      string // what the list is called
	Text       string
	Themes     []string
	Countries  []string
	Statuses   []string
	Types      []string
	Sort       searches.Sort // "" is relevance when there are words, else the title
	Descending bool
	// Near is where distances are measured from, nil for no distances.
	Near *searches.Point
	// Exclude puts values of a facet aside, by its key.
	Exclude map[string][]string
}

// Filtered tells whether anything narrows the directory.
func (s State) Filtered() bool {
	for _, values := range s.Exclude {
		if len(values) > 0 {
			return true
		}
	}
	return s.Text != "" || len(s.Themes)+len(s.Countries)+len(s.Statuses)+len(s.Types) > 0
}

// shownSort is the column the rows are in the order of, "" for relevance.
func (s State) shownSort() searches.Sort {
	if s.Sort == "" && s.Text == "" {
		return searches.SortTitle
	}
	return s.Sort
}

// query asks for a page of rows.
func (s State) query(offset, limit int, facets bool) searches.Query {
	return searches.Query{
		Text: s.Text, Directory: s.Directory, List: s.List,
		Themes: s.Themes, Countries: s.Countries, Statuses: s.Statuses, Types: s.Types,
		Sort: s.Sort, Descending: s.Descending, Near: s.Near, Exclude: s.Exclude,
		Offset: offset, Limit: limit, Facets: facets, Typing: true, Snippets: s.Text != "",
	}
}

// unfiltered is the same list without search and ticks.
func (s State) unfiltered() State {
	return State{Directory: s.Directory, List: s.List, Title: s.Title, Sort: s.Sort, Descending: s.Descending, Near: s.Near}
}

// excluding is the same list with a value of a facet put aside, or taken back
// when it was; a value put aside is no longer ticked.
func (s State) excluding(key, value string) State {
	next := map[string][]string{}
	for k, values := range s.Exclude {
		next[k] = values
	}
	if slices.Contains(next[key], value) {
		next[key] = without(next[key], value)
	} else {
		next[key] = append(slices.Clone(next[key]), value)
		if ticks := s.facet(key); ticks != nil {
			*ticks = without(*ticks, value)
		}
	}
	s.Exclude = next
	return s
}

// facet gives the ticked values of a facet, by its key in workspace.Result.
func (s *State) facet(key string) *[]string {
	switch key {
	case "theme":
		return &s.Themes
	case "country":
		return &s.Countries
	case "status":
		return &s.Statuses
	case "type":
		return &s.Types
	}
	return nil
}

func without(list []string, value string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == value })
}

// pageSize is how many rows are read at once: three screens; with passages
// under them, which cost more to find, one.
const (
	pageSize   = 100
	passageFew = 24
)

// pages holds the rows read so far of a long list.
type pages struct {
	size  int
	total int
	rows  map[int][]searches.Hit
	asked map[int]bool
}

func newPages(size int) *pages {
	return &pages{size: size, rows: map[int][]searches.Hit{}, asked: map[int]bool{}}
}

// pageSize is how many rows of the state are read at once.
func (s State) pageSize() int {
	if s.Text != "" {
		return passageFew
	}
	return pageSize
}

// row gives a row, and false while it has not been read.
func (p *pages) row(i int) (searches.Hit, bool) {
	page := p.rows[i/p.size]
	if k := i % p.size; k < len(page) {
		return page[k], true
	}
	return searches.Hit{}, false
}

// missing lists the pages between two rows that nobody asked for yet, and
// notes that somebody now does.
func (p *pages) missing(first, last int) []int {
	var out []int
	for n := first / p.size; n <= last/p.size; n++ {
		if _, ok := p.rows[n]; !ok && !p.asked[n] {
			p.asked[n] = true
			out = append(out, n)
		}
	}
	return out
}

// find gives the place of a record among the rows read, -1 when it is not.
func (p *pages) find(id repertoire.ID) int {
	for n, page := range p.rows {
		for k := range page {
			if page[k].ID == id {
				return n*p.size + k
			}
		}
	}
	return -1
}
