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
	Codes string `json:"codes"`
	// Sides are the names that titles and dots are made of, in the order in which
	// they come, one a line: how much of the one before it keeps, in base 36, then
	// the rest. Titles, parted by ";", are each the number of its first side,
	// empty where it is that of the one before, and of the other behind a dot.
	Sides     string  `json:"sides"`
	Titles    string  `json:"titles"`
	Years     string  `json:"years"` // two letters each: in base 36 from 1600, 00 none
	Types     string  `json:"types"` // a letter each: numbers in Names.Types in base 36, from 1; 0 none
	Statuses  string  `json:"statuses"`
	Countries []any   `json:"countries"` // a number, or a list of them
	Regions   []any   `json:"regions"`
	Themes    []any   `json:"themes"`
	Dots      [][]any `json:"dots"` // by panel
	Names     names   `json:"names"`
	Fictional []int   `json:"fictional,omitempty"` // runs: where each begins, how long it is
	// Labels are those of the panels' dots, by panel, parted by ";": numbers of
	// sides parted by ",", and how many more there are behind "+".
	Labels []string `json:"labels"`
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
	w := sides{number: map[string]int{}}
	for _, e := range s.entries {
		codes, titles = append(codes, e.Code), append(titles, w.title(typographic(e.Title)))
		r.Years += yearLetters(e.Year)
		r.Types += strconv.FormatInt(int64(types[e.Partnership.Type]), 36)
		r.Statuses += strconv.FormatInt(int64(statuses[e.Partnership.Status]), 36)
		r.Countries, r.Regions, r.Themes = append(r.Countries, several(e.Countries, countries)),
			append(r.Regions, several(e.Regions, regions)), append(r.Themes, several(e.Tops, themes))
		if e.Partnership.Fictitious {
			if n := len(r.Fictional); n > 0 && r.Fictional[n-2]+r.Fictional[n-1] == e.n {
				r.Fictional[n-1]++
			} else {
				r.Fictional = append(r.Fictional, e.n, 1)
			}
		}
	}
	r.Codes, r.Titles = strings.Join(codes, " "), strings.Join(titles, ";")
	for _, p := range s.panels {
		lists := make([][]int, len(s.entries))
		var labels []string
		for k, d := range p.Dots {
			labels = append(labels, w.dot(d))
			for _, e := range d.entries {
				lists[e.n] = append(lists[e.n], k+1)
			}
		}
		column := make([]any, len(lists))
		for i, list := range lists {
			column[i] = compact(list)
		}
		r.Dots, r.Labels = append(r.Dots, column), append(r.Labels, strings.Join(labels, ";"))
	}
	r.Sides = kept(w.list)
	return s.script("fiches", "fiches", "", r)
}

// sides numbers the names that come again and again in titles and on the map.
type sides struct {
	number map[string]int
	list   []string
	last   string // the first side of the title before
}

// of gives the number of a name, in base 36.
func (w *sides) of(name string) string {
	n, ok := w.number[name]
	if !ok {
		n = len(w.list)
		w.number[name], w.list = n, append(w.list, name)
	}
	return strconv.FormatInt(int64(n), 36)
}

// title writes "Lille – Saint-Louis" as its two sides, any other as one.
func (w *sides) title(title string) string {
	one, other, two := strings.Cut(title, sideDash)
	if !two || strings.Contains(other, sideDash) {
		one, other, two = title, "", false
	}
	out := ""
	if one != w.last || !two {
		out = w.of(one)
	}
	if w.last = one; two {
		out += "." + w.of(other)
	}
	return out
}

// sideDash stands between the sides of a title.
const sideDash = " – "

func (w *sides) dot(d *dot) string {
	names, more := d.place()
	var out []string
	for _, n := range names {
		out = append(out, w.of(typographic(n)))
	}
	if more > 0 {
		return strings.Join(out, ",") + "+" + strconv.Itoa(more)
	}
	return strings.Join(out, ",")
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

// firstYear is before all years of links.
const firstYear = 1600

// yearLetters writes a year in two letters, 00 for none.
func yearLetters(year int) string {
	if year <= firstYear || year >= firstYear+36*36 {
		return "00"
	}
	s := "0" + strconv.FormatInt(int64(year-firstYear), 36)
	return s[len(s)-2:]
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
