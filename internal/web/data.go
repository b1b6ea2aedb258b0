package web

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"repertoire/internal/repertoire"
)

// rows is what the page of search knows of every entry: columns, for they are
// half the size of rows.
type rows struct {
	Codes     string   `json:"codes"`
	Titles    string   `json:"titles"` // one a line: how much of the one before it keeps, in base 36, then the rest
	Years     []int    `json:"years"`
	Types     []int    `json:"types"` // numbers in TypeNames, from 1; 0 none
	Statuses  []int    `json:"statuses"`
	Countries []any    `json:"countries"` // a number, or a list of them
	Regions   []any    `json:"regions"`
	Themes    []any    `json:"themes"`
	Dots      [][]any  `json:"dots"` // by panel
	Names     names    `json:"names"`
	Fictional []int    `json:"fictional,omitempty"` // runs: where each begins, how long it is
	Labels    []string `json:"labels"`              // of the panels' dots, by panel, one a line
}

type names struct {
	Types, Statuses, Countries, Regions []string
	Themes                              []string
	Families                            []int // of the themes
}

func (s *site) writeData() error {
	r := rows{}
	types, statuses := map[repertoire.Type]int{}, map[repertoire.Status]int{}
	for i, x := range repertoire.Types {
		types[x.Value] = i + 1
		r.Names.Types = append(r.Names.Types, x.Label)
	}
	for i, x := range repertoire.Statuses {
		statuses[x.Value] = i + 1
		r.Names.Statuses = append(r.Names.Statuses, x.Label)
	}
	numbers := func(groups []*group) (map[string]int, []string) {
		out, list := map[string]int{}, []string{}
		for i, g := range groups {
			out[g.Key] = i + 1
			list = append(list, typographic(g.Name))
		}
		return out, list
	}
	var countries, regions, themes map[string]int
	countries, r.Names.Countries = numbers(s.countries)
	regions, r.Names.Regions = numbers(s.regions)
	themes, r.Names.Themes = numbers(s.themes)
	for _, g := range s.themes {
		r.Names.Families = append(r.Names.Families, g.Family)
	}
	var codes, titles []string
	for _, e := range s.entries {
		codes, titles = append(codes, e.Code), append(titles, typographic(e.Title))
		r.Years = append(r.Years, e.Year)
		r.Types, r.Statuses = append(r.Types, types[e.Partnership.Type]), append(r.Statuses, statuses[e.Partnership.Status])
		r.Countries, r.Regions, r.Themes = append(r.Countries, several(e.Countries, countries)), append(r.Regions, several(e.Regions, regions)), append(r.Themes, several(e.Tops, themes))
		if e.Partnership.Fictitious {
			if n := len(r.Fictional); n > 0 && r.Fictional[n-2]+r.Fictional[n-1] == e.n {
				r.Fictional[n-1]++
			} else {
				r.Fictional = append(r.Fictional, e.n, 1)
			}
		}
	}
	r.Codes, r.Titles = strings.Join(codes, " "), kept(titles)
	for _, p := range s.panels {
		lists := make([][]int, len(s.entries))
		var labels []string
		for k, d := range p.Dots {
			labels = append(labels, d.place())
			for _, e := range d.entries {
				lists[e.n] = append(lists[e.n], k+1)
			}
		}
		column := make([]any, len(lists))
		for i, list := range lists {
			column[i] = compact(list)
		}
		r.Dots, r.Labels = append(r.Dots, column), append(r.Labels, strings.Join(labels, "\n"))
	}
	return s.script("fiches", "fiches", "", r)
}

// kept writes titles as what each keeps of the one before and what it adds: in
// the order of a book they begin alike.
func kept(titles []string) string {
	var b strings.Builder
	last := ""
	for i, t := range titles {
		n := 0
		for n < len(t) && n < len(last) && n < 35 && t[n] == last[n] && t[n] < utf8.RuneSelf {
			n++
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strconv.FormatInt(int64(n), 36) + t[n:])
		last = t
	}
	return b.String()
}

// several gives the numbers of keys.
func several(keys []string, number map[string]int) any {
	var out []int
	for _, k := range keys {
		if n := number[k]; n > 0 {
			out = append(out, n)
		}
	}
	return compact(out)
}

// compact writes a list of one as its only member, and none as 0.
func compact(list []int) any {
	switch len(list) {
	case 0:
		return 0
	case 1:
		return list[0]
	}
	return list
}
