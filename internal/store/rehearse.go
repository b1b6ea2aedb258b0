package store

import (
	"context"

	"repertoire/internal/repertoire"
)

// Rehearse makes of a change what Apply would have journalled, and writes
// nothing: documents are numbered after those of the shared base, whose last
// number in a series lastShared gives. waiting tells that something here is not
// in the shared base yet: the change would be made on a state that others have
// not.
func (s *Store) Rehearse(ctx context.Context, change repertoire.Change, lastShared func(series string, year int) (int, error)) (
	out repertoire.Change, waiting bool, err error) {
	if s.writer == nil {
		return out, false, s.refuseWriting()
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return out, false, explain(err)
	}
	defer tx.Rollback()
	n, err := (Reader{q: tx}).Waiting(ctx)
	if err != nil || n > 0 {
		return out, n > 0, explain(err)
	}
	a := newApplier(ctx, tx, change)
	if err := a.unmoved(); err != nil {
		return out, false, explain(err)
	}
	a.lastShared = lastShared
	applied, err := a.run()
	return applied.Change, false, explain(err)
}

// unmoved refuses a change whose records another desk has written meanwhile: an
// invoice is made of what the officer has seen.
func (a *applier) unmoved() error {
	for _, op := range a.change.Ops {
		was, err := a.read(op.Aggregate, op.ID)
		if err != nil {
			return err
		}
		if op.Version != AnyVersion && op.Version != was.version {
			return &repertoire.Error{Kind: repertoire.Conflicting,
				Message: "La commande vient de changer, par un autre poste ou en entrant dans la base partagée : " +
					"aucun numéro n’est pris. Relisez-la, puis recommencez."}
		}
	}
	return nil
}
