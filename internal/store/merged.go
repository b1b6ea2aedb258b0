package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"repertoire/internal/repertoire"
)

// reparted gives the body of a partnership that comes back from the trash, with
// the authorities that were merged into others since replaced by these: a merge
// could not reach what lay there, and must not be undone in passing.
func (r Reader) reparted(ctx context.Context, a repertoire.Aggregate, body json.RawMessage) (json.RawMessage, error) {
	if a != repertoire.AggPartnership || body == nil {
		return body, nil
	}
	var p repertoire.Partnership
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, unreadable(err)
	}
	now, moved := map[repertoire.ID]repertoire.ID{}, false
	follow := func(id repertoire.ID) (repertoire.ID, error) {
		if to, known := now[id]; known || id == "" {
			return cmp.Or(to, id), nil
		}
		to, err := r.mergedInto(ctx, id)
		now[id] = to
		moved = moved || to != id
		return to, err
	}
	for i := range p.Parties {
		var err error
		if p.Parties[i].Authority, err = follow(p.Parties[i].Authority); err != nil {
			return nil, err
		}
	}
	for i := range p.Contacts {
		var err error
		if p.Contacts[i].Authority, err = follow(p.Contacts[i].Authority); err != nil {
			return nil, err
		}
	}
	if !moved {
		return body, nil
	}
	var parties []repertoire.Party
	for _, q := range p.Parties {
		i := slices.IndexFunc(parties, func(x repertoire.Party) bool { return x.Authority == q.Authority })
		switch {
		case i < 0:
			parties = append(parties, q)
		case parties[i].Side != q.Side:
			return body, nil // it would be its own partner: the two come back as they were
		default:
			parties[i].Lead = parties[i].Lead || q.Lead
		}
	}
	p.Parties = parties
	return Encode(&p)
}

// mergedInto follows the merges that an authority went through: itself when it
// is alive, or was deleted for another reason.
func (r Reader) mergedInto(ctx context.Context, id repertoire.ID) (repertoire.ID, error) {
	for range 20 { // no chain of merges is longer; a circle would have no end
		var to repertoire.ID
		err := r.q.QueryRowContext(ctx, `SELECT k.record FROM authority t
				JOIN change_op o ON o.seq = (SELECT max(seq) FROM change_op WHERE record = t.id AND aggregate = 'authority') AND o.record = t.id
				JOIN change c ON c.seq = o.seq AND c.cause = 'merge'
				JOIN change_op k ON k.seq = o.seq AND k.aggregate = 'authority' AND k.after IS NOT NULL
			WHERE t.id = ? AND t.deleted_at IS NOT NULL AND o.after IS NULL`, string(id)).Scan(&to)
		if errors.Is(err, sql.ErrNoRows) {
			return id, nil
		}
		if err != nil {
			return id, err
		}
		id = to
	}
	return id, nil
}
