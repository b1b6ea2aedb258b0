package searches

import (
	"context"
	"fmt"
	"slices"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// mostByHand is how many partnerships a list may have been given by hand: beyond,
// it is a search.
const mostByHand = 2000

// members lists what is in a list: what its search finds, with what was put in
// by hand and without what was taken out.
func (room *Room) members(ctx context.Context, l repertoire.SavedList) ([]repertoire.ID, error) {
	found, err := room.found(ctx, l)
	if err != nil {
		return nil, err
	}
	in := map[repertoire.ID]bool{}
	for _, id := range l.Aside {
		in[id] = true
	}
	out := []repertoire.ID{}
	for _, id := range slices.Concat(found, l.Added) {
		if !in[id] {
			in[id] = true
			out = append(out, id)
		}
	}
	return out, nil
}

// found lists what the search of a list finds, nothing when it has none.
func (room *Room) found(ctx context.Context, l repertoire.SavedList) ([]repertoire.ID, error) {
	if !l.Asks() {
		return nil, nil
	}
	return room.Results(ctx, criteria(l))
}

// PutInList puts partnerships in a list by hand, as one change, and says how many
// were not in it yet.
func (room *Room) PutInList(ctx context.Context, list repertoire.ID, ids []repertoire.ID) (int, error) {
	l, found, err := room.handled(ctx, list)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range ids {
		aside := slices.Contains(l.Aside, id)
		if found[id] && !aside || slices.Contains(l.Added, id) {
			continue
		}
		l.Aside = repertoire.Without(l.Aside, id)
		if !found[id] {
			l.Added = append(l.Added, id)
		}
		n++
	}
	if len(l.Added) > mostByHand {
		return 0, repertoire.Refuse("Une liste ne se remplit à la main que jusqu’à %s fiches. Rien n’a été changé : gardez plutôt une recherche.",
			repertoire.Thousands(mostByHand))
	}
	return n, room.keepHandled(ctx, l, n, "1 fiche ajoutée", "%s fiches ajoutées")
}

// TakeFromList takes partnerships out of a list by hand, as one change, and says
// how many were in it.
func (room *Room) TakeFromList(ctx context.Context, list repertoire.ID, ids []repertoire.ID) (int, error) {
	l, found, err := room.handled(ctx, list)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range ids {
		added := slices.Contains(l.Added, id)
		if !added && (!found[id] || slices.Contains(l.Aside, id)) {
			continue
		}
		l.Added = repertoire.Without(l.Added, id)
		if found[id] {
			l.Aside = append(l.Aside, id)
		}
		n++
	}
	if !l.Asks() && len(l.Added) == 0 && n > 0 {
		return 0, repertoire.Refuse("La liste « %s » serait vide. Rien n’a été retiré : supprimez plutôt la liste.", l.Name)
	}
	return n, room.keepHandled(ctx, l, n, "1 fiche retirée", "%s fiches retirées")
}

// handled reads a list and what its search finds.
func (room *Room) handled(ctx context.Context, list repertoire.ID) (repertoire.SavedList, map[repertoire.ID]bool, error) {
	l, err := room.base.Store.SavedList(ctx, list)
	if err != nil {
		return l, nil, err
	}
	ids, err := room.found(ctx, l)
	found := make(map[repertoire.ID]bool, len(ids))
	for _, id := range ids {
		found[id] = true
	}
	return l, found, err
}

// keepHandled writes a list that n partnerships came into, or left.
func (room *Room) keepHandled(ctx context.Context, l repertoire.SavedList, n int, one, many string) error {
	if n == 0 {
		return nil
	}
	what := one
	if n > 1 {
		what = fmt.Sprintf(many, repertoire.Thousands(int64(n)))
	}
	c := room.base.Change(repertoire.CauseEdit, "Liste « "+l.Name+" » : "+what)
	if err := base.Put(&c, &l, l.Version); err != nil {
		return err
	}
	_, err := room.base.Apply(ctx, c)
	return err
}

// KeepWithin keeps under a name what a search finds within a list filled by
// hand: those partnerships, whatever the list becomes.
func (room *Room) KeepWithin(ctx context.Context, l repertoire.SavedList, within repertoire.ID) (repertoire.SavedList, error) {
	q := criteria(l)
	q.List = within
	ids, err := room.Results(ctx, q)
	if err != nil {
		return l, err
	}
	if len(ids) > mostByHand {
		return l, repertoire.Refuse("Cette recherche trouve plus de %s fiches dans une liste remplie à la main. "+
			"Rien n’a été enregistré : ajoutez un mot ou un filtre.", repertoire.Thousands(mostByHand))
	}
	return room.SaveList(ctx, repertoire.SavedList{ID: l.ID, Name: l.Name, Rank: l.Rank, Version: l.Version, Added: ids,
		Sort: l.Sort, Descending: l.Descending})
}
