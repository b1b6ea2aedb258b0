package searches

import (
	"context"
	"slices"
	"strconv"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// SavedList is a search kept under a name, with what it finds now.
type SavedList struct {
	repertoire.SavedList
	Count int `json:"count"`
	// Smart tells a list that every workspace has: it is not the desk's to
	// rename or delete.
	Smart bool `json:"smart,omitempty"`
}

// Query gives the search of a list, as a window asks it. One that was filled by
// hand is asked for as a whole: its own search does not say what is in it.
func (l SavedList) Query() Query {
	if l.ByHand() {
		return Query{List: l.ID, Sort: Sort(l.Sort), Descending: l.Descending}
	}
	return criteria(l.SavedList)
}

// criteria are the words and filters of a list.
func criteria(l repertoire.SavedList) Query {
	return Query{Text: l.Text, Directory: l.Directory, Themes: l.Themes, Countries: l.Countries, Statuses: l.Statuses, Types: l.Types,
		Exclude: l.Exclude, Sort: Sort(l.Sort), Descending: l.Descending}
}

// smartLists are the lists of every workspace: what an officer looks for to
// keep a répertoire in order. Their texts are of the query language.
func smartLists(year int) []SavedList {
	var out []SavedList
	for _, x := range [][3]string{
		{"stale", "Non vérifiées depuis 2 ans", "non vérifié depuis 2 ans"},
		{"no-contact", "Sans interlocuteur publiable", "contact:non"},
		{"dormant", "En sommeil", "statut:en-sommeil"},
		{"new", "Nouveautés de l’année", "depuis:" + strconv.Itoa(year)},
		{"fictitious", "Fictives", "fictif:oui"},
	} {
		out = append(out, SavedList{Smart: true, SavedList: repertoire.SavedList{ID: repertoire.ID("smart:" + x[0]), Name: x[1],
			Text: x[2]}})
	}
	return out
}

// SmartNames gives the names of the lists that every workspace has.
func SmartNames() []string {
	var names []string
	for _, l := range smartLists(0) {
		names = append(names, l.Name)
	}
	return names
}

// SavedLists gives the desk's lists in their order, then those of every
// workspace, each with what it finds now.
func (room *Room) SavedLists(ctx context.Context) ([]SavedList, error) {
	kept, err := room.base.Store.SavedLists(ctx)
	if err != nil {
		return nil, err
	}
	var out []SavedList
	for _, l := range kept {
		out = append(out, SavedList{SavedList: l})
	}
	out = append(out, smartLists(room.base.Now().Year())...)
	for i := range out {
		q := out[i].Query()
		q.Limit = 1
		r, err := room.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		out[i].Count = r.Total
	}
	return out, nil
}

// SaveList keeps a search under a name; an empty ID makes a new list, at the
// end.
func (room *Room) SaveList(ctx context.Context, l repertoire.SavedList) (repertoire.SavedList, error) {
	l, err := l.Check()
	if err != nil {
		return l, err
	}
	kept, err := room.base.Store.SavedLists(ctx)
	if err != nil {
		return l, err
	}
	for _, x := range kept {
		if x.ID != l.ID && repertoire.Fold(x.Name) == repertoire.Fold(l.Name) {
			return l, &repertoire.Error{Kind: repertoire.Refused, Field: "name",
				Message: "Une autre liste s’appelle déjà « " + x.Name + " ». Rien n’a été enregistré : choisissez un autre nom."}
		}
	}
	label := "Liste « " + l.Name + " »"
	if l.ID == "" {
		l.ID, l.Version, l.Rank = repertoire.NewID(), 0, 0
		if n := len(kept); n > 0 {
			l.Rank = kept[n-1].Rank + 1
		}
		label = "Création de la liste « " + l.Name + " »"
	}
	c := room.base.Change(repertoire.CauseEdit, label)
	if err := base.Put(&c, &l, l.Version); err != nil {
		return l, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return l, err
	}
	return room.base.Store.SavedList(ctx, l.ID)
}

// MoveList puts a list one line up (-1) or down (+1); at an end it stays.
func (room *Room) MoveList(ctx context.Context, id repertoire.ID, by int) error {
	kept, err := room.base.Store.SavedLists(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(kept, func(l repertoire.SavedList) bool { return l.ID == id })
	if at < 0 {
		_, err := room.base.Store.SavedList(ctx, id)
		return err
	}
	to := at + by
	if by == 0 || to < 0 || to >= len(kept) {
		return nil
	}
	name := kept[at].Name
	kept[at], kept[to] = kept[to], kept[at]
	c := room.base.Change(repertoire.CauseEdit, "Ordre des listes : « "+name+" »")
	for i := range kept {
		if kept[i].Rank == i {
			continue
		}
		kept[i].Rank = i
		if err := base.Put(&c, &kept[i], kept[i].Version); err != nil {
			return err
		}
	}
	_, err = room.base.Apply(ctx, c)
	return err
}

// DeleteList puts a list in the trash.
func (room *Room) DeleteList(ctx context.Context, id repertoire.ID) error {
	l, err := room.base.Store.SavedList(ctx, id)
	if err != nil {
		return err
	}
	c := room.base.Change(repertoire.CauseEdit, "Suppression de la liste « "+l.Name+" »")
	c.Ops = append(c.Ops, repertoire.Op{Aggregate: repertoire.AggList, ID: id, Version: l.Version})
	_, err = room.base.Apply(ctx, c)
	return err
}
