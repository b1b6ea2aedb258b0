package reference

import (
	"slices"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// nameUse says what a name is to the authority that bears it.
type nameUse uint8

const (
	useSuccessor nameUse = iota // of another authority whose place it took
	useFormer                   // its own, before
	useOther                    // usual, foreign, short
	useNative                   // in its own script
	useOfficial
)

// nameRef is one name of one row.
type nameRef struct {
	row  int32
	use  nameUse
	text string
	when string
}

// register finds rows by the compact Keys of all their names.
type register struct {
	names  map[string][]nameRef
	order  []string           // the keys sorted, for those that begin so
	cores  map[string][]int32 // groupings by the sorted words of their own name
	titles []string           // abroad: the Keys of the usual names, by row
}

// register indexes every name of France once.
func (f *france) enroll(extra []extraName) *register {
	g := &register{names: make(map[string][]nameRef, 2*len(f.rows)), cores: map[string][]int32{}}
	add := func(i int, use nameUse, text, when string) {
		key := compact(Key(text))
		if key == "" {
			return
		}
		for _, have := range g.names[key] {
			if have.row == int32(i) && have.use >= use && have.text == text {
				return
			}
		}
		g.names[key] = append(g.names[key], nameRef{int32(i), use, text, when})
	}
	for i := range f.rows {
		r := &f.rows[i]
		add(i, useOfficial, r.name, "")
		for _, old := range list(r.former, "|") {
			add(i, useSuccessor, old, "")
		}
		if r.kind == "epci" {
			words := groupingCore(Key(r.name))
			if len(words) > 0 {
				g.addCore(words, int32(i))
			}
		}
	}
	for _, x := range extra {
		if i, ok := f.byINSEE[x.target]; ok {
			add(int(i), x.use, x.name, x.when)
		} else if i, ok := f.bySIREN[x.target]; ok {
			add(int(i), x.use, x.name, x.when)
		}
	}
	g.order = make([]string, 0, len(g.names))
	for key := range g.names {
		g.order = append(g.order, key)
	}
	slices.Sort(g.order)
	return g
}

func (g *register) addCore(words []string, row int32) {
	for _, key := range coreKeys(words) {
		if !slices.Contains(g.cores[key], row) {
			g.cores[key] = append(g.cores[key], row)
		}
	}
}

// coreKeys are the two ways to find a grouping: its words in any order, and
// run together.
func coreKeys(words []string) []string {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return []string{strings.Join(sorted, " "), strings.Join(words, "")}
}

// beginning lists the names whose compact key begins so, the key itself left out.
func (g *register) beginning(key string, limit int) []nameRef {
	var out []nameRef
	for i := sort.SearchStrings(g.order, key); i < len(g.order) && strings.HasPrefix(g.order[i], key) && len(out) < limit; i++ {
		if g.order[i] != key {
			out = append(out, g.names[g.order[i]]...)
		}
	}
	return out
}

// like lists the names that differ from a key by a letter or two and begin
// with the same one.
func (g *register) like(key string, each func(nameRef, int)) {
	if len(key) < 4 {
		return
	}
	reach := 1
	if len(key) >= 8 {
		reach = 2
	}
	from, to := sort.SearchStrings(g.order, key[:1]), sort.SearchStrings(g.order, key[:1]+"\xff")
	for _, other := range g.order[from:to] {
		if d := len(other) - len(key); d < -reach || d > reach {
			continue
		}
		if d := edits(key, other, reach); d > 0 && d <= reach {
			for _, ref := range g.names[other] {
				each(ref, d)
			}
		}
	}
}

// edits counts the letters to add, take away, change or swap between two
// words, up to most; beyond, it answers more.
func edits(a, b string, most int) int {
	var rows [3][64]int
	if len(b) >= 63 || len(a) >= 200 {
		return most + 1
	}
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			best = min(best, d)
		}
		if best > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

// extraName is a name that another table gives to a row: "commune:51108" or a SIREN.
type extraName struct {
	target, name, when string
	use                nameUse
}

// subject is an authority that may be meant, with what is compared of it.
type subject struct {
	repertoire.Authority
	grouping string
	division bool // abroad: a region, placed at its seat
}

func (f *france) subject(i int32) subject {
	return subject{Authority: f.rows[i].authority(), grouping: f.rows[i].grouping}
}
