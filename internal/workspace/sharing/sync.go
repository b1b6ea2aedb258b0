package sharing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"os"
	"sync"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// Desk is one workspace and its shared base.
type Desk struct {
	Store *store.Store
	Base  *share.Base
	// Writing, when set, is held while a row comes in and is indexed, as it is
	// for a change made here: the index follows the journal's order.
	Writing sync.Locker
	// Received puts what came in from a change on into the index, under Writing;
	// Told tells of each change once it is there. Both may be nil.
	Received func(ctx context.Context, seq int64)
	Told     func(store.Applied)
	// Progress tells how far a long exchange is; may be nil.
	Progress func(done, total int, label string)
	// Dir is the folder whose editions and recipes are shared too.
	Dir string
	// Author and Program are what other desks are told of this one.
	Author, Program string
	// underway are the changes sent before what others wrote came in here.
	underway store.Underway
	stamps   stamps
	// sent hears of each change that the server has; may be nil.
	sent func(repertoire.ID)
}

// Outcome says what one exchange did.
type Outcome struct {
	Sent     int `json:"sent"`
	Received int `json:"received"`
	Disputed int `json:"disputed"` // what now waits for a choice, of this exchange
	// Guarded is a mass deletion of another desk that waits to be let in.
	Guarded *repertoire.Shared `json:"-"`
}

// batchOfFirstSharing is how many records one row of a first sharing holds.
const batchOfFirstSharing = 500

// Sync sends what waits and takes in what others wrote, until both sides have
// the same. What was done before an error stays done.
func (d *Desk) Sync(ctx context.Context) (Outcome, error) {
	var out Outcome
	if err := d.introduce(ctx); err != nil {
		return out, err
	}
	if err := d.sendFirst(ctx); err != nil {
		return out, err
	}
	for {
		if err := d.pull(ctx, &out); err != nil || out.Guarded != nil {
			return out, err
		}
		if behind, err := d.send(ctx, &out); err != nil || !behind && len(d.underway) == 0 {
			return out, err
		}
	}
}

// send sends what waits as far as that needs nothing of other desks; behind tells
// that their rows must come in before the rest goes out.
func (d *Desk) send(ctx context.Context, out *Outcome) (behind bool, err error) {
	for d.Base.ReadOnly() == "" {
		next, err := d.push(ctx, out)
		if errors.Is(err, share.ErrBehind) {
			return true, nil
		}
		if err != nil || !next {
			return false, err
		}
	}
	return false, nil
}

// sendFirst sends the records of a first sharing, going on where it stopped.
func (d *Desk) sendFirst(ctx context.Context) error {
	for {
		l, err := d.link(ctx)
		if err != nil || l.Sending == nil {
			return err
		}
		change, mark, done, err := d.Store.Baseline(ctx, batchOfFirstSharing)
		if err != nil {
			return err
		}
		if done && l.Head == 0 {
			// An empty workspace shares nothing yet but opens the base to others.
			change.Ops = []repertoire.Op{}
		}
		if done && l.Head > 0 {
			if err := d.Base.Complete(ctx, l.Lineage); err != nil {
				return err
			}
			return d.Store.NoteBaseline(ctx, mark, repertoire.Shared{}, true)
		}
		if err := d.sendFiles(ctx, filesOf(change)); err != nil {
			return err
		}
		hash, err := d.Store.Followed(ctx, l.Head)
		if err != nil {
			return err
		}
		row, err := d.Base.Push(ctx, share.Push{Lineage: l.Lineage, Desk: l.Desk, Change: change, Head: l.Head, Hash: hash, Last: done})
		if err != nil {
			return err
		}
		if err := d.Store.NoteBaseline(ctx, mark, row, done); err != nil || done {
			return err
		}
		if d.Progress != nil {
			d.Progress(mark.Sent, mark.Total, "Mise en commun des fiches")
		}
	}
}

func (d *Desk) link(ctx context.Context) (*store.Link, error) {
	l, err := d.Store.Link(ctx)
	if err == nil && l == nil {
		err = repertoire.Refuse("Ce dossier n’est pas partagé.")
	}
	return l, err
}

// pull takes in all that the server has and the desk has not.
func (d *Desk) pull(ctx context.Context, out *Outcome) error {
	for {
		l, err := d.link(ctx)
		if err != nil {
			return err
		}
		hash, err := d.Store.Followed(ctx, l.Head)
		if err != nil {
			return err
		}
		rows, last, err := d.Base.Pull(ctx, l.Lineage, l.Head, hash)
		if err == nil || errors.Is(err, share.ErrForked) {
			// What lies beyond the end, the server has forgotten.
			maps.DeleteFunc(d.underway, func(_ repertoire.ID, n int64) bool { return err != nil || n > last || n <= l.Head })
		}
		if err := d.meet(ctx, l, errors.Is(err, share.ErrForked)); err != nil {
			return err
		}
		if err != nil || len(rows) == 0 {
			return err
		}
		for batch := range together(rows) {
			if err := d.receive(ctx, batch, out); err != nil || out.Guarded != nil {
				return err
			}
			if left := last - l.Head; d.Progress != nil && left > longPull {
				d.Progress(int(batch[len(batch)-1].Number), int(last), "Reprise des fiches")
			}
			// What was saved here meanwhile waits for nobody.
			if _, err := d.send(ctx, out); err != nil {
				return err
			}
		}
		if rows[len(rows)-1].Number == last {
			return nil
		}
	}
}

// longPull is how many rows make a pull long enough to show how far it is.
const longPull = 20

// opsTogether bounds what comes in with one transaction: a save made here waits
// for it.
const opsTogether = 40

// together cuts rows into what comes in at once.
func together(rows []repertoire.Shared) iter.Seq[[]repertoire.Shared] {
	return func(yield func([]repertoire.Shared) bool) {
		for len(rows) > 0 {
			n, ops := 1, len(rows[0].Change.Ops)
			if rows[0].Each != nil {
				ops = opsTogether + 1
			}
			for n < len(rows) && rows[n].Each == nil && ops+len(rows[n].Change.Ops) <= opsTogether {
				ops += len(rows[n].Change.Ops)
				n++
			}
			if !yield(rows[:n]) {
				return
			}
			rows = rows[n:]
		}
	}
}

// receive takes in rows that follow each other.
func (d *Desk) receive(ctx context.Context, rows []repertoire.Shared, out *Outcome) error {
	got, err := d.take(ctx, rows)
	for _, a := range got.Applied {
		out.Received++
		if d.Told != nil {
			d.Told(a)
		}
	}
	out.Disputed += got.Disputed
	out.Guarded = got.Guarded
	if err != nil {
		return err
	}
	return d.fetchFiles(ctx, got.Media)
}

func (d *Desk) take(ctx context.Context, rows []repertoire.Shared) (store.Received, error) {
	if d.Writing != nil {
		d.Writing.Lock()
		defer d.Writing.Unlock()
	}
	got, err := d.Store.Receive(ctx, rows)
	maps.DeleteFunc(d.underway, func(_ repertoire.ID, n int64) bool { return n <= got.Head })
	if d.Received != nil && len(got.Applied) > 0 {
		d.Received(ctx, got.Applied[0].Seq)
	}
	return got, err
}

// push sends the oldest change that waits; sent is false when none does.
func (d *Desk) push(ctx context.Context, out *Outcome) (sent bool, err error) {
	next, err := d.Store.Outgoing(ctx, d.underway)
	if err != nil || next == nil {
		return false, err
	}
	if next.Behind {
		return false, share.ErrBehind
	}
	l, err := d.link(ctx)
	if err != nil {
		return false, err
	}
	if err := d.sendFiles(ctx, next.Media); err != nil {
		return false, err
	}
	hash, err := d.Store.Followed(ctx, l.Head)
	if err != nil {
		return false, err
	}
	var freed []string
	row, err := d.Base.Push(ctx, share.Push{Lineage: l.Lineage, Desk: l.Desk, Change: next.Change,
		Head: l.Head, Hash: hash, Depends: next.Depends, Strict: next.Strict,
		Cleared: func(body json.RawMessage) { freed = append(freed, store.Sums(body)...) }})
	if err == nil {
		err = d.sendFiles(ctx, next.Media) // a purge may have come between
	}
	if err == nil {
		err = d.purge(ctx, freed)
	}
	if err != nil {
		return false, err
	}
	out.Sent++
	if d.sent != nil {
		d.sent(next.Change.ID)
	}
	if row.There || row.Number != l.Head+1 {
		if d.underway == nil {
			d.underway = store.Underway{}
		}
		d.underway[next.Change.ID] = row.Number
		return true, nil // the next pull brings it as it is there, after those between
	}
	return true, d.receive(ctx, []repertoire.Shared{row}, out)
}

// sendFiles puts the files that the server lacks.
func (d *Desk) sendFiles(ctx context.Context, sums []string) error {
	missing, err := d.Base.Missing(ctx, sums)
	if err != nil {
		return err
	}
	for _, sum := range missing {
		f, err := d.Store.Media().Open(sum)
		if err != nil {
			continue // what merely looks like a file's name, or a file this desk lacks too
		}
		err = d.Base.PutFile(ctx, sum, f)
		_ = f.Close() // only read
		if err != nil {
			return err
		}
	}
	return nil
}

// fetchFiles takes in the files that received records speak of. One that the
// server does not have is left: the check of the workspace names it.
func (d *Desk) fetchFiles(ctx context.Context, sums []string) error {
	for _, sum := range sums {
		f, err := os.CreateTemp("", "repertoire-*")
		if err != nil {
			return err
		}
		found, err := d.Base.File(ctx, sum, f)
		if err == nil && found {
			if _, err = f.Seek(0, 0); err == nil {
				_, err = d.Store.Media().Put(f)
			}
		}
		_ = f.Close()
		_ = os.Remove(f.Name()) // a temporary file
		if err != nil {
			return err
		}
	}
	return nil
}

// filesOf lists what looks like a file's name in a change's bodies.
func filesOf(c repertoire.Change) []string {
	var out []string
	for _, op := range c.Ops {
		out = append(out, store.Sums(op.After)...)
	}
	return out
}

// GiveBack is for a server that was restored from an older backup: the desk
// goes back to the last row both know, and sends again what the server lost.
// Each desk may do so, in any order: a change given back twice is known again.
func (d *Desk) GiveBack(ctx context.Context) (Outcome, error) {
	l, err := d.link(ctx)
	if err != nil {
		return Outcome{}, err
	}
	common, err := d.Base.Common(ctx, l.Head, func(n int64) ([]byte, error) { return d.Store.Followed(ctx, n) })
	if err != nil {
		return Outcome{}, err
	}
	if err := d.Store.Rewind(ctx, common); err != nil {
		return Outcome{}, err
	}
	clear(d.underway)
	return d.Sync(ctx)
}

// Difference is a record that is not the same at the desk and on the server.
type Difference struct {
	Record repertoire.ID `json:"record"`
	Here   bool          `json:"here"`  // it is alive here
	There  bool          `json:"there"` // it is alive on the server
}

// Compare holds every record's hash at the desk against the server's. It is
// for a desk on which nothing waits.
func (d *Desk) Compare(ctx context.Context) (same int, different []Difference, err error) {
	here := map[repertoire.ID][]byte{}
	if err := d.Store.EachBody(ctx, func(b store.Body) error {
		if !b.Trashed {
			here[b.ID] = share.BodyHash(b.JSON)
		}
		return nil
	}); err != nil {
		return 0, nil, err
	}
	err = d.Base.Hashes(ctx, func(id repertoire.ID, hash []byte) error {
		mine := here[id]
		delete(here, id)
		if bytes.Equal(mine, hash) {
			same++
		} else {
			different = append(different, Difference{Record: id, Here: mine != nil, There: hash != nil})
		}
		return nil
	})
	for id := range here {
		different = append(different, Difference{Record: id, Here: true})
	}
	return same, different, err
}
