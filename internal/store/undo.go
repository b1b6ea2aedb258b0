package store

import (
	"context"
	"encoding/json"
	"iter"
	"sort"
	"time"

	"repertoire/internal/repertoire"
)

// UndoPlan says what taking one change back would write, whatever was written
// after it, and where later changes stand in the way.
type UndoPlan struct {
	Of ChangeInfo
	// Redo tells that Of is itself an undo: taking it back does again what it undid.
	Redo bool
	// Origin is the label of the change at the root of undos and redos.
	Origin string
	// Conflicts are what later changes touched as well. Left alone (the
	// default) they keep their present content; see Change.
	Conflicts []FieldConflict

	records []undoPlace
	store   *Store
}

// undoPlace is one record of a plan. A change may be large: what it wrote is
// read again, record by record, when it is taken back.
type undoPlace struct {
	aggregate repertoire.Aggregate
	id        repertoire.ID
	version   int64
	blocked   bool // partnerships use it by now
	conflicts []FieldConflict
	// neededBy: not of the change, but in the trash, and needed by these of it.
	neededBy []repertoire.ID
}

// FieldConflict is one field, or one whole record when Field is "", that a
// later change touched as well.
type FieldConflict struct {
	Aggregate repertoire.Aggregate
	ID        repertoire.ID
	Title     string // of the record
	Field     string // JSON name, "" for the whole record
	Label     string // French name of the field
	// Wanted is what the undo would put back, Current what is there; raw JSON,
	// nil where absent.
	Wanted, Current json.RawMessage
	// By is the latest change that stands in the way.
	By ChangeInfo
	// Blocked says that overwriting is not offered, and Reason why, in French.
	Blocked bool
	Reason  string
}

// Overwrite and Skip answer every conflict alike, for UndoPlan.Change.
func Overwrite(FieldConflict) bool { return true }

// Skip leaves every conflicting field as it is.
func Skip(FieldConflict) bool { return false }

// Large makes the change to apply. overwrite says of each conflict that is not
// Blocked whether the undo wins. When there is nothing left to take back,
// applying it writes nothing.
func (p UndoPlan) Large(ctx context.Context, author string, at time.Time, overwrite func(FieldConflict) bool) Large {
	return Large{
		Change: repertoire.Change{ID: repertoire.NewID(), Author: author, At: at, Cause: repertoire.CauseUndo, Label: p.Label(),
			Undoes: p.Of.ID},
		Operations: func(r Reader) iter.Seq2[repertoire.Op, error] {
			return func(yield func(repertoire.Op, error) bool) {
				back, err := r.takeBack(ctx, p, overwrite)
				for _, place := range p.records {
					var op repertoire.Op
					ok := false
					if err == nil {
						op, ok, err = back.op(ctx, place)
					}
					if (ok || err != nil) && (!yield(op, err) || err != nil) {
						return
					}
				}
			}
		},
	}
}

// Change is Large with its operations held, for changes known to be small.
func (p UndoPlan) Change(author string, at time.Time, overwrite func(FieldConflict) bool) (repertoire.Change, error) {
	l := p.Large(context.Background(), author, at, overwrite)
	err := p.store.View(context.Background(), func(r Reader) error {
		for op, err := range l.Operations(r) {
			if err != nil {
				return err
			}
			l.Ops = append(l.Ops, op)
		}
		return nil
	})
	return l.Change, err
}

// takingBack makes the operations of an undo, one record after the other.
type takingBack struct {
	r         Reader
	of        ChangeInfo
	erased    map[repertoire.ID]bool
	places    map[repertoire.ID]*undoPlace // those that others may be needed by
	overwrite func(FieldConflict) bool
}

func (r Reader) takeBack(ctx context.Context, p UndoPlan, overwrite func(FieldConflict) bool) (takingBack, error) {
	t := takingBack{r: r, of: p.Of, overwrite: overwrite, places: map[repertoire.ID]*undoPlace{}}
	for _, place := range p.records {
		for _, id := range place.neededBy {
			t.places[id] = nil
		}
	}
	for i, place := range p.records {
		if _, wanted := t.places[place.id]; wanted {
			t.places[place.id] = &p.records[i]
		}
	}
	var err error
	t.erased, err = r.erasedIn(ctx, p.Of.Seq)
	return t, err
}

// op writes what the undo does to one record; false when nothing.
func (t takingBack) op(ctx context.Context, place undoPlace) (repertoire.Op, bool, error) {
	if place.blocked {
		return repertoire.Op{}, false, nil
	}
	if place.neededBy != nil {
		return t.needed(ctx, place)
	}
	op, err := t.r.opOf(ctx, t.of.Seq, place.id)
	if err != nil {
		return op, false, err
	}
	u, err := t.r.undoRecord(ctx, t.of, op, t.erased[op.ID])
	if err != nil {
		return op, false, err
	}
	op, ok, err := u.op(t.overwrite)
	op.Version = place.version // what the plan was shown for
	return op, ok, err
}

// needed brings a record back from the trash when one that needs it comes back.
func (t takingBack) needed(ctx context.Context, place undoPlace) (repertoire.Op, bool, error) {
	for _, id := range place.neededBy {
		user := t.places[id]
		if user == nil {
			continue
		}
		_, writes, err := t.op(ctx, *user)
		if err != nil {
			return repertoire.Op{}, false, err
		}
		if writes {
			return t.r.bringOp(ctx, place)
		}
	}
	return repertoire.Op{}, false, nil
}

// bringOp restores a record from the trash as it lies there.
func (r Reader) bringOp(ctx context.Context, place undoPlace) (repertoire.Op, bool, error) {
	was, err := r.current(ctx, place.aggregate, place.id)
	if err != nil {
		return repertoire.Op{}, false, err
	}
	body, err := r.reparted(ctx, place.aggregate, was.body)
	return repertoire.Op{Aggregate: place.aggregate, ID: place.id, Version: place.version, After: body}, body != nil, err
}

// Label is what the undo is called in menus and in the journal.
func (p UndoPlan) Label() string {
	if p.Redo {
		return "Rétablissement : " + p.Origin
	}
	return "Annulation : " + p.Origin
}

// PlanUndo prepares to take back any change of the journal, alone. Nothing is
// written: apply UndoPlan.Large. A change already taken back is refused.
func (s *Store) PlanUndo(ctx context.Context, change repertoire.ID) (UndoPlan, error) {
	var plan UndoPlan
	err := s.View(ctx, func(r Reader) error {
		var err error
		plan, err = r.planUndo(ctx, change)
		return err
	})
	plan.store = s
	return plan, err
}

func (r Reader) planUndo(ctx context.Context, id repertoire.ID) (UndoPlan, error) {
	of, err := r.info(ctx, id)
	if err != nil {
		return UndoPlan{}, err
	}
	if by, err := r.undoneBy(ctx, id); err != nil || by != "" {
		if err == nil {
			err = repertoire.Refuse("Cette modification est déjà annulée : rien n’a été changé. Pour la refaire, annulez son annulation.")
		}
		return UndoPlan{}, err
	}
	if of.Cause == repertoire.CauseErase {
		return UndoPlan{}, repertoire.Refuse("Un effacement de données personnelles ne s’annule pas : rien n’a été changé.")
	}
	plan := UndoPlan{Of: of}
	if plan.Origin, plan.Redo, err = r.origin(ctx, of); err != nil {
		return UndoPlan{}, err
	}
	p := planning{r: r, UndoPlan: &plan, going: map[repertoire.ID]bool{}}
	if p.erased, err = r.erasedIn(ctx, of.Seq); err != nil {
		return UndoPlan{}, err
	}
	if p.bringing, err = r.bring(ctx, of.Seq); err != nil {
		return UndoPlan{}, err
	}
	if err := r.eachOp(ctx, of.Seq, func(op repertoire.Op) error { return p.add(ctx, op) }); err != nil {
		return UndoPlan{}, explain(err)
	}
	if err := p.keepUsed(ctx); err != nil {
		return UndoPlan{}, err
	}
	plan.records = append(plan.records, p.bringing.more...)
	for _, u := range plan.records {
		plan.Conflicts = append(plan.Conflicts, u.conflicts...)
	}
	sort.SliceStable(plan.records, func(i, j int) bool { return rankOf(plan.records[i].aggregate) < rankOf(plan.records[j].aggregate) })
	return plan, nil
}

// planning looks at the records of a change one after the other.
type planning struct {
	*UndoPlan
	r      Reader
	erased map[repertoire.ID]bool
	// going are the partnerships that leave with the change, leaving what others
	// point to and that leaves: the place of each by its key.
	going    map[repertoire.ID]bool
	leaving  []leavingKey
	bringing *bringing
	values   int // bytes of values that the conflicts hold
}

type leavingKey struct {
	key   string
	place int
}

// heldValues bounds the values that the conflicts of a plan hold for a person
// to compare: beyond that many bytes nobody does.
const heldValues = 16 << 20

func (p *planning) add(ctx context.Context, op repertoire.Op) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := lasting(op); err != nil {
		return err
	}
	u, err := p.r.undoRecord(ctx, p.Of, op, p.erased[op.ID])
	if err != nil {
		return err
	}
	switch {
	case !u.remove:
	case u.aggregate == repertoire.AggPartnership:
		p.going[u.id] = len(u.conflicts) == 0
	default:
		key, err := u.key()
		if err != nil {
			return err
		}
		p.leaving = append(p.leaving, leavingKey{key, len(p.records)})
	}
	if err := p.bringing.forUndo(ctx, u); err != nil {
		return err
	}
	for i := range u.conflicts {
		c := &u.conflicts[i]
		if p.values += len(c.Wanted) + len(c.Current); p.values > heldValues {
			c.Wanted, c.Current = nil, nil
		}
	}
	p.records = append(p.records, undoPlace{aggregate: u.aggregate, id: u.id, version: u.was.version, conflicts: u.conflicts})
	return nil
}

// undoRecord is one record of the change to take back, compared in three ways.
type undoRecord struct {
	aggregate repertoire.Aggregate
	id        repertoire.ID
	was       current
	// remove, restore and edit are what the undo is for this record; all false:
	// nothing to do.
	remove, restore, edit bool
	base                  json.RawMessage            // body that edits are made on, or that is restored
	fields                map[string]json.RawMessage // fields to put back without asking
	confirmations         json.RawMessage            // those that go with the fields
	conflicts             []FieldConflict
}

func (r Reader) undoRecord(ctx context.Context, of ChangeInfo, op repertoire.Op, erased bool) (undoRecord, error) {
	u := undoRecord{aggregate: op.Aggregate, id: op.ID, fields: map[string]json.RawMessage{}}
	was, err := r.current(ctx, op.Aggregate, op.ID)
	if err != nil {
		return u, err
	}
	u.was = was
	now := was.alive()
	switch {
	case erased || was.found && was.body == nil:
		return u, u.block(r, ctx, of, "Les données de cette fiche ont été effacées à la demande de la personne : elles ne reviennent pas.")
	case op.Before == nil && now == nil:
		return u, nil
	case op.Before == nil:
		u.remove = true
		if same, err := sameContent(op.After, now); err != nil || same {
			return u, err
		}
		return u, u.whole(r, ctx, of, nil, now, "La fiche a été modifiée depuis sa création.")
	case op.After == nil:
		u.restore = now == nil
		u.base, err = r.reparted(ctx, op.Aggregate, op.Before)
		return u, err
	case now == nil:
		u.edit, u.base = true, was.body
		if err := u.compare(r, ctx, of, op, was.body); err != nil {
			return u, err
		}
		if len(u.fields) == 0 && len(u.conflicts) == 0 {
			u.edit = false
			return u, nil
		}
		u.edit, u.restore = true, true
		u.conflicts = nil
		return u, u.whole(r, ctx, of, op.Before, nil, "La fiche a été mise à la corbeille depuis.")
	}
	u.edit, u.base = true, now
	return u, u.compare(r, ctx, of, op, now)
}

// compare sorts the fields that the change touched: still as the change left
// them, they go back; touched since, they are conflicts.
func (u *undoRecord) compare(r Reader, ctx context.Context, of ChangeInfo, op repertoire.Op, now json.RawMessage) error {
	before, err := fieldsOf(op.Before)
	if err != nil {
		return err
	}
	after, err := fieldsOf(op.After)
	if err != nil {
		return err
	}
	present, err := fieldsOf(now)
	if err != nil {
		return err
	}
	for _, name := range names(before, after) {
		b, a, x := string(before[name]), string(after[name]), string(present[name])
		switch {
		case bookkeeping(name) || a == b || x == b:
		case x == a:
			u.fields[name] = before[name]
		default:
			// Of a list, elements that nobody touched since go back alone.
			merged, clash, err := mergedField(op.Aggregate, name, after[name], before[name], present[name])
			if err != nil {
				return err
			}
			if !clash {
				u.fields[name] = merged
				continue
			}
			by, err := r.lastTouch(ctx, u.id, of.Seq, name)
			if err != nil {
				return err
			}
			u.conflicts = append(u.conflicts, FieldConflict{Aggregate: u.aggregate, ID: u.id, Title: r.titleOf(ctx, u.aggregate, u.id, now),
				Field: name, Label: Declared(u.aggregate).LabelOf(name), Wanted: before[name], Current: present[name], By: by})
		}
	}
	if len(u.fields) > 0 && len(u.conflicts) == 0 && before["updated"] != nil && string(present["updated"]) == string(after["updated"]) {
		u.fields["updated"] = before["updated"] // nothing was written since: the record is as it was, its date too
	}
	u.confirmations, err = confirmationsBack(before["confirmations"], after["confirmations"], present["confirmations"])
	return err
}

// confirmationsBack takes back the confirmations that the change gave and
// nobody renewed since: content and its freshness go back together.
func confirmationsBack(before, after, now json.RawMessage) (json.RawMessage, error) {
	b, err := confirmationsOf(before)
	if err != nil {
		return nil, err
	}
	a, err := confirmationsOf(after)
	if err != nil {
		return nil, err
	}
	x, err := confirmationsOf(now)
	if err != nil {
		return nil, err
	}
	moved := map[string]bool{}
	for field := range b {
		moved[field] = b[field] != a[field]
	}
	for field := range a {
		moved[field] = b[field] != a[field]
	}
	for field, yes := range moved {
		if !yes || x[field] != a[field] {
			continue
		}
		if old, had := b[field]; had {
			x[field] = old
		} else {
			delete(x, field)
		}
	}
	if len(x) == 0 {
		return nil, nil
	}
	return json.Marshal(x)
}

// op writes what the undo does to this record; false when nothing.
func (u undoRecord) op(overwrite func(FieldConflict) bool) (repertoire.Op, bool, error) {
	op := repertoire.Op{Aggregate: u.aggregate, ID: u.id, Version: u.was.version}
	for _, c := range u.conflicts {
		if c.Field == "" && (c.Blocked || !overwrite(c)) {
			return op, false, nil
		}
	}
	switch {
	case u.remove:
		return op, true, nil
	case u.restore && !u.edit:
		op.After = u.base
		return op, true, nil
	case !u.edit:
		return op, false, nil
	}
	fields, err := fieldsOf(u.base)
	if err != nil {
		return op, false, err
	}
	for name, value := range u.fields {
		setField(fields, name, value)
	}
	setField(fields, "confirmations", u.confirmations)
	for _, c := range u.conflicts {
		if c.Field != "" && !c.Blocked && overwrite(c) {
			setField(fields, c.Field, c.Wanted)
		}
	}
	op.After, err = json.Marshal(fields)
	return op, true, err
}

// whole adds a conflict about the record itself.
func (u *undoRecord) whole(r Reader, ctx context.Context, of ChangeInfo, wanted, now json.RawMessage, reason string) error {
	by, err := r.lastTouch(ctx, u.id, of.Seq, "")
	if err != nil {
		return err
	}
	shown := now
	if shown == nil {
		shown = u.was.body
	}
	u.conflicts = append(u.conflicts, FieldConflict{Aggregate: u.aggregate, ID: u.id, Title: r.titleOf(ctx, u.aggregate, u.id, shown),
		Label: "Fiche entière", Wanted: wanted, Current: now, By: by, Reason: reason})
	return nil
}

func (u *undoRecord) block(r Reader, ctx context.Context, of ChangeInfo, reason string) error {
	if err := u.whole(r, ctx, of, nil, nil, reason); err != nil {
		return err
	}
	u.conflicts[len(u.conflicts)-1].Blocked = true
	return nil
}
