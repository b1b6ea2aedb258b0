package sharing

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Dispute is something written differently at two desks, in words.
type Dispute struct {
	Number int64         `json:"number"`
	Entry  repertoire.ID `json:"entry"`
	Title  string        `json:"title"`
	Field  string        `json:"field,omitempty"` // French name, "" for the whole record
	Kind   string        `json:"kind"`
	Why    string        `json:"why"`
	Before string        `json:"before,omitempty"` // what both had
	Theirs string        `json:"theirs,omitempty"` // in force
	Mine   string        `json:"mine,omitempty"`   // offered
	By     string        `json:"by"`
	At     time.Time     `json:"at"`
	// Chosen tells that only one answer is left: it is read and put away.
	Chosen bool `json:"chosen,omitempty"`
}

// DeletedHere is the kind of a record deleted here that others have edited.
const DeletedHere = string(store.DisputeDeleted)

// whys word what two desks did to one record, and what is in force.
var whys = map[store.DisputeKind]string{
	store.DisputeField:   "Ce champ a été écrit ici et ailleurs. La version de l’autre poste est en vigueur.",
	store.DisputeDeleted: "Supprimée ici, modifiée ailleurs : la fiche est restée.",
	store.DisputeRevived: "Modifiée ici, supprimée ailleurs : la fiche est revenue, avec vos modifications.",
	store.DisputeSlug:    "Deux répertoires ont reçu le même identifiant : celui de l’autre poste est resté, le vôtre est à la corbeille.",
	store.DisputeNumber:  "Deux commandes ont reçu le même numéro : la vôtre a pris le suivant.",
}

// Disputes lists what two desks wrote differently, oldest first.
func (room *Room) Disputes(ctx context.Context) ([]Dispute, error) {
	all, err := room.base.Store.Disputes(ctx)
	if err != nil {
		return nil, err
	}
	names := room.names(ctx)
	out := make([]Dispute, 0, len(all))
	for _, d := range all {
		x := Dispute{Number: d.Num, Entry: d.Record, Kind: string(d.Kind), Why: whys[d.Kind], By: d.By, At: d.At,
			Title:  room.base.Store.TitleOf(ctx, d.Aggregate, d.Record, d.Mine),
			Chosen: d.Kind == store.DisputeSlug || d.Kind == store.DisputeNumber}
		if d.Field != "" {
			fields := store.Declared(d.Aggregate)
			x.Field = fields.LabelOf(d.Field)
			x.Before, x.Mine, x.Theirs = worded(fields, d.Field, d.Before, names), worded(fields, d.Field, d.Mine, names),
				worded(fields, d.Field, d.Theirs, names)
		}
		out = append(out, x)
	}
	return out, nil
}

func worded(d *repertoire.Declaration, field string, raw json.RawMessage, n repertoire.Names) string {
	if d == nil {
		return strings.Trim(string(raw), `"`)
	}
	return d.WordsOf(field, raw, n)
}

// names turns what records refer to into words.
func (room *Room) names(ctx context.Context) repertoire.Names {
	return repertoire.Names{Theme: room.base.ThemeLabel, Country: room.base.CountryName,
		Authority: func(id repertoire.ID) *repertoire.Authority {
			if a, err := room.base.Store.Authority(ctx, id); err == nil {
				return &a
			}
			return nil
		}}
}

// Settle settles a dispute: mine puts this desk's version in force, as a
// change that can be undone; else what is in force stays.
func (room *Room) Settle(ctx context.Context, number int64, mine bool) error {
	all, err := room.base.Store.Disputes(ctx)
	if err != nil {
		return err
	}
	defer room.Now()
	for _, d := range all {
		if d.Num != number {
			continue
		}
		// What is in force stays; of a record that came back, mine is in force.
		if mine == (d.Kind == store.DisputeRevived) {
			return room.base.Store.Settle(ctx, number, chosen(mine))
		}
		op, ok, err := room.base.Store.Settlement(ctx, d)
		if err != nil {
			return err
		}
		if ok {
			c := room.base.Change(repertoire.CauseEdit, "Choix entre deux postes")
			c.Ops = append(c.Ops, op)
			if _, err := room.base.Apply(ctx, c); err != nil {
				return err
			}
		}
		return room.base.Store.Settle(ctx, number, chosen(mine))
	}
	return repertoire.Missing("Rien de ce numéro n’attend un choix.")
}

func chosen(mine bool) string {
	if mine {
		return "mine"
	}
	return "theirs"
}
