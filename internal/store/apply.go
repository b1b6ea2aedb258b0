package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Applied says what a change came to.
type Applied struct {
	// Seq is the change's number in the journal, 0 when nothing differed from
	// the base: no journal row is written for a change that changes nothing.
	Seq int64
	// Change is what the journal holds: times in UTC milliseconds, ops that
	// changed nothing left out, Version and Before filled from the base. A
	// record's version is now its op's Version + 1.
	Change repertoire.Change
	// Repeated tells that this very change had been applied already, for
	// instance by a caller that did not live to see the answer.
	Repeated bool
	// Retitled are partnerships that are not in Change but whose title changed,
	// because an authority did.
	Retitled []repertoire.ID
}

// Apply writes the change and its journal in one transaction. It returns once
// the change is on the disk, or with nothing written: a *Conflict when an op's
// version is not the base's, a *repertoire.Error otherwise.
func (s *Store) Apply(ctx context.Context, change repertoire.Change) (Applied, error) {
	return s.commit(ctx, change, (*applier).run)
}

// commit runs one change in its transaction.
func (s *Store) commit(ctx context.Context, change repertoire.Change, run func(*applier) (Applied, error)) (Applied, error) {
	if s.writer == nil {
		return Applied{}, s.refuseWriting()
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return Applied{}, explain(err)
	}
	defer tx.Rollback()
	a := newApplier(ctx, tx, change)
	applied, err := run(a)
	if stopped := ctx.Err(); err != nil && stopped != nil {
		return applied, stopped // the transaction ended with ctx, and says something else of it
	}
	if err != nil || applied.Seq == 0 || applied.Repeated {
		return applied, explain(err)
	}
	if err := tx.Commit(); err != nil {
		return Applied{}, explain(err)
	}
	s.noteLast(applied.Seq)
	if len(a.numbered) > 0 {
		s.register(ctx, a.numbered)
	}
	return applied, nil
}

// applier carries one change through its transaction.
type applier struct {
	// ctx is asked between two records; a single statement is not interrupted:
	// to be able to, the driver starts a goroutine for each.
	ctx         context.Context
	whole       context.Context
	tx          *sql.Tx
	prepared    map[string]*sql.Stmt
	uses        map[string]int // of statements that are not prepared
	change      repertoire.Change
	at          string
	authorities map[repertoire.ID]*knownAuthority
	directories map[string]bool        // slugs looked up
	written     map[repertoire.ID]bool // records that the change did write
	renamed     []repertoire.ID        // authorities whose names may have changed
	leaving     []leaving
	stock       map[repertoire.ID]order.Edition // editions whose copies moved
	numbered    []Registered                    // documents that were given a number
	// carrying brings records of another base over as they are there: their
	// rules were kept where they were made.
	carrying bool
	// gathered are the rows of links and of the journal that a large change
	// writes lot by lot; nil when each is written at once.
	gathered map[string]*waitingRows
	// received: the change comes from the shared journal, whose rules were
	// applied where it was made; bodies are taken to the letter.
	received bool
	// lastShared gives, in a rehearsal, the last number of a series as the server
	// of a shared base has it.
	lastShared func(series string, year int) (int, error)
}

// leaving is a directory or an authority that must no longer be used when the
// change ends.
type leaving struct {
	aggregate repertoire.Aggregate
	key       string // slug or ID
	name      string
}

func newApplier(ctx context.Context, tx *sql.Tx, change repertoire.Change) *applier {
	change.At = moment(change.At)
	return &applier{ctx: ctx, whole: context.WithoutCancel(ctx), tx: tx, prepared: map[string]*sql.Stmt{}, uses: map[string]int{},
		change: change, at: stamp(change.At),
		authorities: map[repertoire.ID]*knownAuthority{}, directories: map[string]bool{}, written: map[repertoire.ID]bool{},
		stock: map[repertoire.ID]order.Edition{}}
}

func (a *applier) stmt(query string) (*sql.Stmt, error) {
	if s := a.prepared[query]; s != nil {
		return s, nil
	}
	s, err := a.tx.PrepareContext(a.whole, query)
	if err == nil {
		a.prepared[query] = s // closed with the transaction
	}
	return s, err
}

// seldom is how often a change runs a statement before it prepares it for itself;
// until then the one that the connection keeps serves.
const seldom = 8

// often tells whether a statement is worth preparing.
func (a *applier) often(query string) bool {
	if a.prepared[query] != nil {
		return true
	}
	a.uses[query]++
	return a.uses[query] > seldom
}

func (a *applier) exec(query string, args ...any) (sql.Result, error) {
	if !a.often(query) {
		return a.tx.ExecContext(a.whole, query, args...)
	}
	s, err := a.stmt(query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	return s.ExecContext(a.whole, args...)
}

func (a *applier) row(query string, args ...any) *sql.Row {
	if !a.often(query) {
		return a.tx.QueryRowContext(a.whole, query, args...)
	}
	s, err := a.stmt(query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return a.tx.QueryRowContext(a.whole, query, args...) // reports the same error on Scan
	}
	return s.QueryRowContext(a.whole, args...)
}

func (a *applier) rows(query string, args ...any) (*sql.Rows, error) {
	if !a.often(query) {
		return a.tx.QueryContext(a.whole, query, args...)
	}
	s, err := a.stmt(query) //nolint:sqlclosecheck // closed with the transaction
	if err != nil {
		return nil, err
	}
	return s.QueryContext(a.whole, args...)
}

func (a *applier) run() (Applied, error) {
	if err := a.acceptable(); err != nil {
		return Applied{}, err
	}
	if done, found, err := a.repeated(); err != nil || found {
		return done, err
	}
	ops, err := a.writeOps()
	if err != nil {
		return Applied{}, err
	}
	out := a.change
	out.Ops = ops
	if len(ops) == 0 {
		return Applied{Change: out}, nil
	}
	seq, err := a.journal(ops)
	if err != nil {
		return Applied{}, err
	}
	return a.conclude(seq, out)
}

// conclude checks what can only be told once all of the change is written.
func (a *applier) conclude(seq int64, out repertoire.Change) (Applied, error) {
	retitled, err := a.retitle()
	if err != nil {
		return Applied{}, err
	}
	if err := a.checkLeaving(); err != nil {
		return Applied{}, err
	}
	if a.carrying {
		return Applied{Seq: seq, Change: out, Retitled: retitled}, nil
	}
	if err := a.checkStock(); err != nil {
		return Applied{}, err
	}
	return Applied{Seq: seq, Change: out, Retitled: retitled}, nil
}

// acceptable refuses what would be a fault of the program.
func (a *applier) acceptable() error {
	c := a.change
	if c.ID == "" || c.At.IsZero() || c.Cause == "" {
		return repertoire.Fault(errors.New("change without ID, time or cause"), "La modification est incomplète ; rien n’a été enregistré.")
	}
	seen := make(map[repertoire.ID]bool, len(c.Ops))
	for _, op := range c.Ops {
		if err := a.known(op, seen); err != nil {
			return err
		}
	}
	return nil
}

// known refuses an op on what is no record, or on one of those seen.
func (a *applier) known(op repertoire.Op, seen map[repertoire.ID]bool) error {
	if rankOf(op.Aggregate) < 0 || op.ID == "" {
		return repertoire.Fault(fmt.Errorf("op on %q %q", op.Aggregate, op.ID),
			"La modification porte sur un objet inconnu ; rien n’a été enregistré.")
	}
	if seen[op.ID] {
		return repertoire.Fault(fmt.Errorf("%s %s twice in change %s", op.Aggregate, op.ID, a.change.ID),
			"La même fiche figure deux fois dans la modification ; rien n’a été enregistré.")
	}
	seen[op.ID] = true
	return nil
}

// seqOf finds a change that was applied before.
func (a *applier) seqOf(change repertoire.ID) (seq int64, found bool, err error) {
	err = a.row(`SELECT seq FROM change WHERE id = ?`, string(change)).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return seq, err == nil, err
}

func (a *applier) repeated() (Applied, bool, error) {
	seq, found, err := a.seqOf(a.change.ID)
	if err != nil || !found {
		return Applied{}, false, err
	}
	c, err := (Reader{q: a.tx}).changeAt(a.ctx, seq)
	return Applied{Seq: seq, Change: c, Repeated: true}, true, err
}

// writeOps writes the records in the order of aggregates and returns the ops
// that changed something, in the caller's order.
func (a *applier) writeOps() ([]repertoire.Op, error) {
	order := make([]int, len(a.change.Ops))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		return rankOf(a.change.Ops[order[i]].Aggregate) < rankOf(a.change.Ops[order[j]].Aggregate)
	})
	done := make([]*repertoire.Op, len(order))
	for _, i := range order {
		if err := a.ctx.Err(); err != nil {
			return nil, err
		}
		op, changed, err := a.write(incoming{Op: a.change.Ops[i]})
		if err != nil {
			return nil, err
		}
		if changed {
			done[i] = &op
		}
	}
	ops := make([]repertoire.Op, 0, len(done))
	for _, op := range done {
		if op != nil {
			ops = append(ops, *op)
		}
	}
	return ops, nil
}

// current is a record as the base holds it now.
type current struct {
	found   bool
	num     int64
	version int64
	trashed bool
	body    json.RawMessage // nil when not found or purged
}

// alive gives the body of a record that is not in the trash.
func (c current) alive() json.RawMessage {
	if !c.found || c.trashed {
		return nil
	}
	return c.body
}

func (a *applier) read(g repertoire.Aggregate, id repertoire.ID) (current, error) {
	var c current
	var body sql.NullString
	err := a.row(`SELECT num, version, deleted_at IS NOT NULL, body FROM `+string(g)+` WHERE id = ?`, string(id)).
		Scan(&c.num, &c.version, &c.trashed, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return current{}, nil
	}
	if err != nil {
		return current{}, err
	}
	c.found = true
	if body.Valid {
		c.body = json.RawMessage(body.String)
	}
	return c, nil
}

// write carries one op out; false means that the base said the same already.
func (a *applier) write(in incoming) (repertoire.Op, bool, error) {
	op := in.Op
	var was current
	var err error
	if !in.absent {
		if was, err = a.read(op.Aggregate, op.ID); err != nil {
			return op, false, err
		}
	}
	var record any
	if op.After != nil {
		if record, op.After, err = a.prepare(in, was); err != nil {
			return op, false, err
		}
		if string(op.After) == string(was.alive()) {
			return op, false, nil
		}
	} else if was.alive() == nil {
		return op, false, nil
	} else if a.received {
		// judged where it was made
	} else if err := a.prepareSold(op, was, nil); err != nil {
		return op, false, err
	}
	if err := a.checkVersion(op, was); err != nil {
		return op, false, err
	}
	op.Version, op.Before = was.version, was.alive()
	a.written[op.ID] = true
	if record == nil {
		return op, true, a.trash(op, was)
	}
	if err := a.save(op, was, record); err != nil {
		if violates(err) {
			err = taken(record, err)
		}
		return op, false, err
	}
	return op, true, nil
}

// prepare makes the canonical body to save.
func (a *applier) prepare(in incoming, was current) (any, json.RawMessage, error) {
	op, record := in.Op, in.record
	if in.body != nil && was.body == nil {
		return in.asNew, in.body, nil
	}
	if record == nil {
		var err error
		if record, err = a.understand(op); err != nil {
			return nil, nil, err
		}
	}
	if v, ok := record.(sold); ok && !a.received {
		if err := a.prepareSold(op, was, v); err != nil {
			return nil, nil, err
		}
	}
	p, ok := record.(*repertoire.Partnership)
	if a.received {
		return record, op.After, nil
	}
	if !ok {
		body, err := Encode(record)
		return record, body, err
	}
	if err := a.dates(p, was); err != nil {
		return nil, nil, err
	}
	body, err := Encode(p)
	return p, body, err
}

// understand reads the record of an op; it looks at the op alone.
func (a *applier) understand(op repertoire.Op) (any, error) {
	record, err := parse(op.Aggregate, op.After)
	if err == nil && idOf(record) != op.ID {
		err = fmt.Errorf("op on %s holds %s", op.ID, idOf(record))
	}
	if err != nil {
		return nil, repertoire.Fault(err, "La fiche à enregistrer n’est pas lisible ; rien n’a été enregistré.")
	}
	return record, a.bounded(record)
}

// bounded refuses what no field may hold, whoever writes: an import and a merge
// as well as a form.
func (a *applier) bounded(record any) error {
	if a.carrying || a.received {
		return nil // it is in a base already
	}
	if field, why := repertoire.Unwieldy(record); why != "" {
		return &repertoire.Error{Kind: repertoire.Refused, Field: field, Message: why + " Rien n’a été enregistré."}
	}
	buyer := ""
	switch v := record.(type) {
	case *order.Buyer:
		buyer = v.Name
	case *order.Order:
		buyer = v.Buyer.Name
	case *order.Settings:
		buyer = v.Seller.Name
	case *repertoire.Authority:
		buyer = v.Name
	}
	if repertoire.Directional(buyer) {
		return &repertoire.Error{Kind: repertoire.Refused, Field: "name",
			Message: "Le nom contient un signe invisible qui change le sens de lecture : sur une facture il ne se lirait pas comme il est écrit. Tapez-le de nouveau. Rien n’a été enregistré."}
	}
	return nil
}

// dates gives a partnership its dates of writing, which are the store's word:
// the first creation stays, and nothing changed leaves the last writing as it was.
func (a *applier) dates(p *repertoire.Partnership, was current) error {
	var old repertoire.Partnership
	if was.body != nil {
		if err := json.Unmarshal(was.body, &old); err != nil {
			return repertoire.Fault(err, "La fiche enregistrée n’est pas lisible ; rien n’a été modifié.")
		}
	}
	if !old.Created.IsZero() {
		p.Created = old.Created
	} else if p.Created.IsZero() {
		p.Created = a.change.At
	}
	if was.body == nil && a.change.Cause == repertoire.CauseImport && !p.Updated.IsZero() && p.Updated.Before(a.change.At) {
		return nil // a whole record of another base keeps the date at which it was written there
	}
	if a.change.Cause == repertoire.CauseUndo && !p.Updated.IsZero() && p.Updated.Before(old.Updated) {
		return nil // nothing was written since what is taken back: the record is as it was, its date too
	}
	p.Updated = a.change.At
	if was.alive() == nil {
		return nil
	}
	same := *p
	same.Updated = old.Updated
	if body, err := Encode(&same); err == nil && string(body) == string(was.body) {
		p.Updated = old.Updated
	}
	return nil
}

// checkVersion refuses a save made on another version than the base's. A new
// record (0) may take the place of one in the trash: records derived from
// reference data come back under the same ID.
func (a *applier) checkVersion(op repertoire.Op, was current) error {
	switch {
	case op.Version == AnyVersion, op.Version == was.version:
		return nil
	case op.Version == 0 && was.trashed:
		return nil
	case !was.found:
		return repertoire.Missing("La fiche à modifier n’existe pas dans ce dossier ; rien n’a été enregistré.")
	}
	return a.conflict(op, was)
}

// journal writes the change and its ops, and gives the sequence number.
func (a *applier) journal(ops []repertoire.Op) (int64, error) {
	seq, err := a.journalHead(len(ops))
	if err != nil {
		return 0, err
	}
	for i, op := range ops {
		if err := a.journalOp(seq, i, op); err != nil {
			return 0, err
		}
	}
	return seq, nil
}

func (a *applier) journalHead(ops int) (int64, error) {
	c := a.change
	res, err := a.exec(`INSERT INTO change(id, author, at, cause, label, undoes, ops) VALUES (?,?,?,?,?,?,?)`,
		string(c.ID), c.Author, a.at, string(c.Cause), c.Label, string(c.Undoes), ops)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func (a *applier) journalOp(seq int64, rank int, op repertoire.Op) error {
	return a.insert(`INSERT INTO change_op(seq, rank, aggregate, record, version, before, after)`,
		seq, rank, string(op.Aggregate), string(op.ID), op.Version, text(op.Before), text(op.After))
}

// checkLeaving refuses to leave partnerships pointing to nothing.
func (a *applier) checkLeaving() error {
	for _, l := range a.leaving {
		query := `SELECT count(*) FROM partnership_party WHERE authority = ?`
		if l.aggregate == repertoire.AggDirectory {
			query = `SELECT count(*) FROM partnership_directory WHERE directory = ?1
				AND NOT EXISTS (SELECT 1 FROM directory WHERE slug = ?1 AND deleted_at IS NULL)`
		}
		var n int
		if err := a.row(query, l.key).Scan(&n); err != nil {
			return err
		}
		switch {
		case n == 0:
		case l.aggregate == repertoire.AggDirectory:
			return repertoire.Refuse("Le répertoire « %s » contient encore %s : rien n’a été supprimé. Rangez-les d’abord ailleurs.",
				l.name, count(n, "partenariat"))
		default:
			return repertoire.Refuse("%s figure encore dans %s : rien n’a été supprimé. Retirez-la d’abord de ces fiches.", l.name,
				count(n, "partenariat"))
		}
	}
	return nil
}
