package edition

import (
	"encoding/json"
	"sort"

	"repertoire/internal/book"
	"repertoire/internal/repertoire"
)

// Difference is what separates two states of a répertoire.
type Difference struct {
	New, Ended  []Named // ended, or no longer in the répertoire
	Changed     []Changed
	Authorities []Changed // authorities in both whose own record changed
}

// Named is a record with what it is called.
type Named struct {
	ID    repertoire.ID
	Title string
}

// Changed is a record whose fields differ.
type Changed struct {
	Named
	Fields []repertoire.FieldChange
}

// Diff compares two states, in the French order of the titles. It counts as
// the book's own news does.
func Diff(before, after State) (Difference, error) {
	ch, err := book.Compare(before.Partnerships, after.Partnerships)
	if err != nil {
		return Difference{}, err
	}
	titles := before.titles()
	for id, t := range after.titles() {
		titles[id] = t
	}
	named := func(ids []repertoire.ID) []Named {
		out := make([]Named, len(ids))
		for i, id := range ids {
			out[i] = Named{id, titles[id]}
		}
		inOrder(out, func(n Named) Named { return n })
		return out
	}
	out := Difference{New: named(ch.New), Ended: named(ch.Ended)}
	for _, x := range ch.Changed {
		out.Changed = append(out.Changed, Changed{Named{x.ID, titles[x.ID]}, x.Fields})
	}
	inOrder(out.Changed, func(c Changed) Named { return c.Named })
	for id, a := range after.Authorities {
		was, both := before.Authorities[id]
		if !both {
			continue
		}
		fields, err := compare(was, a)
		if err != nil {
			return Difference{}, err
		}
		if len(fields) > 0 {
			out.Authorities = append(out.Authorities, Changed{Named{id, a.Usual()}, fields})
		}
	}
	inOrder(out.Authorities, func(c Changed) Named { return c.Named })
	return out, nil
}

func compare(before, after any) ([]repertoire.FieldChange, error) {
	x, err := json.Marshal(before)
	if err != nil {
		return nil, err
	}
	y, err := json.Marshal(after)
	if err != nil {
		return nil, err
	}
	return repertoire.Compare(x, y)
}

func (s State) titles() map[repertoire.ID]string {
	out := map[repertoire.ID]string{}
	for i := range s.Partnerships {
		out[s.Partnerships[i].ID] = s.Partnerships[i].DisplayTitle(s.Authority)
	}
	return out
}

// Authority finds an authority of the state, nil when it is not there.
func (s State) Authority(id repertoire.ID) *repertoire.Authority {
	if a, ok := s.Authorities[id]; ok {
		return &a
	}
	return nil
}

func inOrder[T any](list []T, name func(T) Named) {
	sort.Slice(list, func(i, j int) bool {
		a, b := name(list[i]), name(list[j])
		if repertoire.Less(a.Title, b.Title) != repertoire.Less(b.Title, a.Title) {
			return repertoire.Less(a.Title, b.Title)
		}
		return a.ID < b.ID
	})
}
