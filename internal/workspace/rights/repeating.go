package rights

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// marks makes what recognises a person again without naming them: one key an
// erasure, so that two of them cannot be told to be of the same person.
func marks(asked string, p *repertoire.Person) (*repertoire.Marks, *repertoire.Marks, error) {
	key := make([]byte, 16)
	if _, err := rand.Read(key); err != nil {
		return nil, nil, err
	}
	who, err := repertoire.NewPerson(asked)
	if err != nil {
		return nil, nil, err
	}
	first, all := who.Marks(key), p.Marks(key)
	return &first, &all, nil
}

// written notes an erasure beside the base, then does it; the note goes when
// nothing was done.
func (room *Room) written(note store.ErasureNote, erase func() (store.ErasureReport, error)) (store.ErasureReport, error) {
	if err := room.base.Store.NoteErasure(note); err != nil {
		return store.ErasureReport{}, err
	}
	r, err := erase()
	if err != nil && r.Seq == 0 {
		err = errors.Join(err, room.base.Store.ForgetErasure(note.ID))
	}
	return r, err
}

// noted is written, with the index made again.
func (room *Room) noted(ctx context.Context, note store.ErasureNote,
	erase func(context.Context) (store.ErasureReport, error)) (report store.ErasureReport, err error) {
	err = room.base.EraseAndForget(ctx, func(ctx context.Context) (err error) {
		report, err = room.written(note, func() (store.ErasureReport, error) { return erase(ctx) })
		return err
	})
	return report, err
}

// Repeat does again the erasures that were noted in the folder and that the
// base, put back from an older backup or begun before a crash, knows nothing
// of. It gives how many there were.
func (room *Room) Repeat(ctx context.Context) (int, error) {
	if room.base.ReadOnly() {
		return 0, nil
	}
	notes, err := room.base.Store.ErasuresToRepeat(ctx)
	if err != nil || len(notes) == 0 {
		return 0, err
	}
	err = room.base.EraseAndForget(ctx, func(ctx context.Context) error {
		for _, note := range notes {
			if err := room.repeat(ctx, note); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, base.Stopped(err)
	}
	return len(notes), nil
}

// Repeated is the sentence that tells of erasures done again.
func Repeated(n int) string {
	if n == 1 {
		return "Un effacement fait depuis la sauvegarde a été refait sur la base remise en place."
	}
	return strconv.Itoa(n) + " effacements faits depuis la sauvegarde ont été refaits sur la base remise en place."
}

func (room *Room) repeat(ctx context.Context, note store.ErasureNote) (err error) {
	note.Again = true
	switch {
	case note.Asked != nil:
		var words store.Words
		var found bool
		if words, found, err = room.recognised(ctx, note); err == nil && found {
			_, err = room.base.Store.EraseWords(ctx, words, note.Erasure)
		}
	case len(note.Records) > 0:
		for _, x := range note.Records {
			c := room.base.Change(repertoire.CauseEdit, "Mise à la corbeille d’une fiche effacée, revenue avec la sauvegarde")
			c.Ops = append(c.Ops, store.Delete(x.Aggregate, x.ID, store.AnyVersion))
			_, _ = room.base.Store.Apply(ctx, c) // there already, or not at all
			_, err = room.base.Store.Purge(ctx, x.Aggregate, x.ID, note.Erasure)
		}
	default:
		_, err = room.base.Store.EraseWords(ctx, expired(note), note.Erasure)
	}
	if err != nil && repertoire.KindOf(err) != repertoire.NotFound {
		return err
	}
	return room.base.Store.SettleErasure(ctx, note.Erasure)
}

// recognised finds in the base who bears the marks of an erasure.
func (room *Room) recognised(ctx context.Context, note store.ErasureNote) (words store.Words, found bool, err error) {
	asked, p := new(repertoire.Person), new(repertoire.Person)
	see := func(b store.Body) error {
		store.Declared(b.Aggregate).Strings(b.JSON, func(s repertoire.StringAt) string {
			if s.Field.Named() {
				for _, name := range note.Asked.Find(s.Value) {
					asked.Add(name)
					p.Add(name)
					found = true
				}
				for _, name := range note.Known.Find(s.Value) {
					p.Add(name)
					found = true
				}
			}
			return s.Value
		})
		return ctx.Err()
	}
	if err := room.base.Store.EachBody(ctx, see); err != nil {
		return words, false, base.Stopped(err)
	}
	if err := room.base.Store.EachVersion(ctx, see); err != nil {
		return words, false, base.Stopped(err)
	}
	words, err = room.learn(ctx, asked, p)
	return words, found, err
}
