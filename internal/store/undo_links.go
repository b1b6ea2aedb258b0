package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"repertoire/internal/repertoire"
)

// keepUsed blocks the removal of authorities and directories that partnerships
// outside the undone change use by now.
func (p *planning) keepUsed(ctx context.Context) error {
	if len(p.leaving) == 0 {
		return nil
	}
	keys := make([]string, len(p.leaving))
	for i, l := range p.leaving {
		keys[i] = l.key
	}
	users, err := p.r.users(ctx, keys, p.going)
	if err != nil {
		return err
	}
	for _, l := range p.leaving {
		n := users[l.key]
		if n == 0 {
			continue
		}
		place := &p.records[l.place]
		was, err := p.r.current(ctx, place.aggregate, place.id)
		if err != nil {
			return err
		}
		u := undoRecord{aggregate: place.aggregate, id: place.id, was: was}
		if err := u.block(p.r, ctx, p.Of, "La fiche sert depuis à "+count(n, "partenariat")+" : elle reste dans le dossier."); err != nil {
			return err
		}
		place.blocked, place.conflicts = true, u.conflicts
	}
	return nil
}

// key is what partnerships point to this record with; "" for records that
// nothing points to.
func (u undoRecord) key() (string, error) {
	switch u.aggregate {
	case repertoire.AggAuthority:
		return string(u.id), nil
	case repertoire.AggDirectory:
		var d repertoire.Directory
		if err := json.Unmarshal(u.was.body, &d); err != nil {
			return "", unreadable(err)
		}
		return d.Slug, nil
	}
	return "", nil
}

// users counts the living partnerships that point to each key, but for those
// that are going.
func (r Reader) users(ctx context.Context, keys []string, going map[repertoire.ID]bool) (map[string]int, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT l.authority, p.id FROM partnership_party l JOIN partnership p ON p.num = l.partnership
			WHERE l.authority IN (SELECT value FROM json_each(?1))
		UNION ALL SELECT l.directory, p.id FROM partnership_directory l JOIN partnership p ON p.num = l.partnership
			WHERE l.directory IN (SELECT value FROM json_each(?1))`, list(keys))
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var key string
		var id repertoire.ID
		if err := rows.Scan(&key, &id); err != nil {
			return nil, explain(err)
		}
		if !going[id] {
			out[key]++
		}
	}
	return out, explain(rows.Err())
}

// bringing finds the authorities and directories that a partnership needs to
// come back and that were put in the trash since: it could not be saved
// without them.
type bringing struct {
	r     Reader
	there map[repertoire.ID]bool // looked at, or of the change itself
	at    map[repertoire.ID]int  // places in more
	slugs map[string][]repertoire.ID
	more  []undoPlace
}

// bring begins with the records of a change, which are looked at on their own.
func (r Reader) bring(ctx context.Context, seq int64) (*bringing, error) {
	b := &bringing{r: r, there: map[repertoire.ID]bool{}, at: map[repertoire.ID]int{}, slugs: map[string][]repertoire.ID{}}
	ids, err := r.ids(ctx, `SELECT record FROM change_op WHERE seq = ?`, seq)
	for _, id := range ids {
		b.there[id] = true
	}
	return b, err
}

func (b *bringing) forUndo(ctx context.Context, u undoRecord) error {
	authorities, slugs, err := u.needs()
	if err != nil {
		return err
	}
	for _, id := range authorities {
		if err := b.add(ctx, repertoire.AggAuthority, id, u.id); err != nil {
			return err
		}
	}
	for _, slug := range slugs {
		ids, known := b.slugs[slug]
		if !known {
			// One alive is enough; of several in the trash the last deleted comes back.
			ids, err = b.r.ids(ctx,
				`SELECT id FROM directory WHERE slug = ?1 AND NOT EXISTS (SELECT 1 FROM directory WHERE slug = ?1 AND deleted_at IS NULL)
				ORDER BY deleted_at DESC, num DESC LIMIT 1`, slug)
			if err != nil {
				return err
			}
			b.slugs[slug] = ids
		}
		for _, id := range ids {
			if err := b.add(ctx, repertoire.AggDirectory, id, u.id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bringing) add(ctx context.Context, a repertoire.Aggregate, id, user repertoire.ID) error {
	if i, again := b.at[id]; again {
		b.more[i].neededBy = append(b.more[i].neededBy, user)
		return nil
	}
	if b.there[id] {
		return nil
	}
	b.there[id] = true
	was, err := b.r.current(ctx, a, id)
	if err == nil && was.trashed && was.body != nil {
		b.at[id] = len(b.more)
		b.more = append(b.more, undoPlace{aggregate: a, id: id, version: was.version, neededBy: []repertoire.ID{user}})
	}
	return err
}

// needs lists what a partnership that the undo writes points to.
func (u undoRecord) needs() (authorities []repertoire.ID, slugs []string, err error) {
	if u.aggregate != repertoire.AggPartnership || u.remove {
		return nil, nil, nil
	}
	fields := map[string]json.RawMessage{}
	if u.restore {
		if fields, err = fieldsOf(u.base); err != nil {
			return nil, nil, err
		}
	}
	for name, value := range u.fields {
		fields[name] = value
	}
	for _, c := range u.conflicts {
		if c.Field != "" && c.Wanted != nil {
			fields[c.Field] = c.Wanted // should the officer want it
		}
	}
	var parties []repertoire.Party
	if v := fields["parties"]; v != nil {
		if err := json.Unmarshal(v, &parties); err != nil {
			return nil, nil, unreadable(err)
		}
	}
	for _, q := range parties {
		authorities = append(authorities, q.Authority)
	}
	if v := fields["directories"]; v != nil {
		if err := json.Unmarshal(v, &slugs); err != nil {
			return nil, nil, unreadable(err)
		}
	}
	return authorities, slugs, nil
}

// UndoStack gives the change that "Annuler" would take back and the one that
// "Rétablir" would do again, nil when there is none. Undo walks back over
// changes in force; redo is offered until something new is written.
func (r Reader) UndoStack(ctx context.Context) (undo, redo *ChangeInfo, err error) {
	rows, err := r.q.QueryContext(ctx, `SELECT seq FROM change ORDER BY seq DESC`)
	if err != nil {
		return nil, nil, explain(err)
	}
	seqs, err := collect(rows, func(rows *sql.Rows) (n int64, err error) { err = rows.Scan(&n); return n, err })
	if err != nil {
		return nil, nil, explain(err)
	}
	fresh := true // nothing new was written after the undos seen so far
	for _, seq := range seqs {
		c, err := scanInfo(r.q.QueryRowContext(ctx, `SELECT `+changeColumns+` FROM change c WHERE seq = ?`, seq))
		if err != nil {
			return nil, nil, explain(err)
		}
		if c.Cause != repertoire.CauseUndo {
			fresh = false
		}
		if c.Cause == repertoire.CauseErase {
			continue
		}
		if c.Undone, err = r.undone(ctx, c.ID); err != nil {
			return nil, nil, err
		}
		if c.Undone {
			continue
		}
		if c.Cause != repertoire.CauseUndo {
			return &c, redo, nil
		}
		_, undoes, err := r.origin(ctx, c)
		if err != nil {
			return nil, nil, err
		}
		if fresh && redo == nil && undoes {
			redo = &c
		}
	}
	return nil, redo, nil
}

// origin follows undos down to the change they began with: its label, and
// whether c takes it back (so that taking c back does it again).
func (r Reader) origin(ctx context.Context, c ChangeInfo) (label string, undoes bool, err error) {
	for c.Cause == repertoire.CauseUndo && c.Undoes != "" {
		of, err := r.info(ctx, c.Undoes)
		if err != nil {
			return "", false, err
		}
		c, undoes = of, !undoes
	}
	return c.Label, undoes, nil
}

// erasedIn lists the records of a change whose bodies were erased from the journal.
func (r Reader) erasedIn(ctx context.Context, seq int64) (map[repertoire.ID]bool, error) {
	ids, err := r.ids(ctx, `SELECT record FROM change_op WHERE seq = ? AND erased <> 0`, seq)
	out := make(map[repertoire.ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
