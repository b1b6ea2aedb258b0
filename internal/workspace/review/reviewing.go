package review

import (
	"context"
	"fmt"
	"math"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/searches"
)

// ReviewKind is what is missing or stale in an entry.
type ReviewKind string

// The kinds, in the order in which they are worked through.
const (
	ReviewStale         ReviewKind = "stale" // not verified for two years
	ReviewTheme         ReviewKind = "theme"
	ReviewContact       ReviewKind = "contact"
	ReviewUnpublishable ReviewKind = "unpublishable"
	ReviewAuthority     ReviewKind = "authority"
	ReviewRule          ReviewKind = "rule" // what the rules of the records say
)

// ReviewKinds lists the kinds with their names.
var ReviewKinds = repertoire.Choices[ReviewKind]{
	{Value: ReviewStale, Label: "Non vérifiées depuis deux ans"}, {Value: ReviewTheme, Label: "Sans thématique"},
	{Value: ReviewContact, Label: "Sans interlocuteur"}, {Value: ReviewUnpublishable, Label: "Aucun interlocuteur publiable"},
	{Value: ReviewAuthority, Label: "Collectivité à confirmer"}, {Value: ReviewRule, Label: "Autres remarques"},
}

// ReviewReason is one thing to look at in an entry; Field opens the form there.
type ReviewReason struct {
	Kind    ReviewKind
	Field   string
	Message string
}

// ReviewEntry is an entry with all there is to look at in it.
type ReviewEntry struct {
	searches.Row
	Completeness int // percent
	Reasons      []ReviewReason
}

// ReviewEntries lists the partnerships of a répertoire ("" all) in which
// something is missing or stale, the longest overdue first. The list is shared:
// it is read, not changed.
func (room *Room) ReviewEntries(ctx context.Context, directory string) (_ []ReviewEntry, err error) {
	defer func() { err = base.Stopped(err) }()
	return room.queue.Get(ctx, room.base, directory, func() ([]ReviewEntry, error) { return room.readQueue(ctx, directory) })
}

func (room *Room) readQueue(ctx context.Context, directory string) ([]ReviewEntry, error) {
	rows, _, err := room.base.Store.ReviewQueue(ctx, directory, "", 0, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	place := make(map[repertoire.ID]int, len(rows))
	all := make([]ReviewEntry, len(rows))
	for i, r := range rows {
		place[r.ID] = i
		all[i] = ReviewEntry{Row: r.Row, Completeness: r.Completeness}
	}
	authorities, err := room.base.Store.Authorities(ctx, nil)
	if err != nil {
		return nil, err
	}
	known := room.base.Known(ctx, authorities)
	type looked struct {
		id      repertoire.ID
		reasons []ReviewReason
	}
	err = store.EachMade(ctx, room.base.Store.Reader, func(p *repertoire.Partnership) looked {
		if _, ok := place[p.ID]; !ok {
			return looked{}
		}
		return looked{p.ID, room.reasons(p, known)}
	}, func(x looked) error {
		if i, ok := place[x.id]; ok {
			all[i].Reasons = x.reasons
		}
		return ctx.Err()
	})
	out := all[:0]
	for _, e := range all {
		if len(e.Reasons) > 0 {
			out = append(out, e)
		}
	}
	return out, err
}

func (room *Room) reasons(p *repertoire.Partnership, known repertoire.Known) (out []ReviewReason) {
	add := func(k ReviewKind, field, message string) { out = append(out, ReviewReason{k, field, message}) }
	if p.Stale(room.base.Now()) {
		if p.Verified == "" {
			add(ReviewStale, "verified", "La fiche n’a jamais été vérifiée.")
		} else {
			add(ReviewStale, "verified", "La dernière vérification date du "+p.Verified.Field()+".")
		}
	}
	if len(p.Themes) == 0 {
		add(ReviewTheme, "themes", "La fiche n’a pas de thématique.")
	}
	published := false
	for _, c := range p.Contacts {
		_, ok := c.Published()
		published = published || ok
	}
	switch {
	case len(p.Contacts) == 0:
		add(ReviewContact, "contacts", "La fiche n’a pas d’interlocuteur.")
	case !published:
		add(ReviewUnpublishable, "contacts", "Aucun interlocuteur de la fiche ne peut être publié.")
	}
	for i, q := range p.Parties {
		a := known.Authority(q.Authority)
		switch {
		case a == nil:
		case a.French() && a.INSEE == "" && a.SIREN == "":
			add(ReviewAuthority, fmt.Sprintf("parties.%d", i),
				a.Name+" n’a ni code INSEE ni SIREN : confirmez de quelle collectivité il s’agit.")
		case a.Country == "":
			add(ReviewAuthority, fmt.Sprintf("parties.%d", i), a.Name+" n’a pas de pays.")
		}
	}
	for _, f := range p.Validate(known) {
		if f.Field == "themes" && len(p.Themes) == 0 {
			continue // said already
		}
		kind := ReviewRule
		if strings.HasPrefix(f.Field, "parties") {
			kind = ReviewAuthority
		}
		add(kind, f.Field, f.Message)
	}
	return out
}

// ConfirmAll notes, as one change, that the filled fields of several
// partnerships are right as they are.
func (room *Room) ConfirmAll(ctx context.Context, ids []repertoire.ID) error {
	if len(ids) == 1 {
		_, err := room.records.Confirm(ctx, ids[0])
		return err
	}
	records, err := room.base.Store.Partnerships(ctx, ids)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return repertoire.Refuse("Aucune fiche n’est choisie : rien n’a été confirmé.")
	}
	c := room.base.Change(repertoire.CauseEdit, fmt.Sprintf("Confirmation de %d fiches", len(records)))
	for i := range records {
		p := &records[i]
		p.Confirm(repertoire.Confirmation{At: c.At, By: room.base.Author(), Source: repertoire.SourceUnchanged})
		if err := base.Put(&c, p, p.Version); err != nil {
			return err
		}
	}
	_, err = room.base.Apply(ctx, c)
	return err
}
