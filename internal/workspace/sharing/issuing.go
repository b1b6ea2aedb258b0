package sharing

import (
	"context"
	"errors"
	"strconv"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// tries is how often an invoice is made again when others were faster.
const tries = 20

// issue gives the documents of a change their numbers: the change goes to the
// server first, which numbers it under the lock of its journal, and comes in
// here as a row like any other. Nothing is written here before.
func (room *Room) issue(ctx context.Context, c repertoire.Change) (applied store.Applied, taken bool, err error) {
	l, err := room.base.Store.Link(ctx)
	if err != nil || l == nil {
		return applied, false, err
	}
	room.exchanging.Lock()
	defer room.exchanging.Unlock()
	common, err := share.Open(ctx, l.URL, room.password(l.URL))
	if err != nil {
		return applied, true, unissued(err)
	}
	defer common.Close()
	applied, err = room.desk(common, nil).issue(ctx, c)
	room.Now()
	return applied, true, unissued(err)
}

// issue has the server number the documents of a change; others may be faster,
// and a server that came back from a backup is answered first.
func (d *Desk) issue(ctx context.Context, c repertoire.Change) (store.Applied, error) {
	for range tries {
		applied, err := d.tryIssue(ctx, c)
		if errors.Is(err, share.ErrUnanswered) {
			if err := d.answer(ctx, false); err != nil {
				return applied, err
			}
			continue
		}
		if !errors.Is(err, share.ErrBehind) {
			return applied, err
		}
	}
	return store.Applied{}, repertoire.Refuse(
		"D’autres postes écrivent sans arrêt dans la base partagée : la facture n’est pas émise, aucun numéro n’est pris. Recommencez dans un instant.")
}

// unissued says of an unreachable server what becomes of the invoice.
func unissued(err error) error {
	if !share.Unreachable(err) {
		return err
	}
	return &repertoire.Error{Kind: repertoire.Refused, Err: err,
		Message: "Le serveur de la base partagée ne répond pas, et c’est lui qui donne les numéros de facture, pour qu’aucun ne serve deux fois. " +
			"La commande reste prête dans ce dossier : facturez-la quand la liaison sera revenue. " +
			"Si la coupure est survenue à l’instant, la facture est peut-être émise : elle apparaîtra alors d’elle-même."}
}

// shareCounters tells the server the last numbers this desk knows of, those on
// paper that an officer has told included, so that no desk gives them again.
func (d *Desk) shareCounters(ctx context.Context, year int) error {
	for y := year - 1; y <= year; y++ {
		known, err := d.Store.LastNumbers(ctx, y)
		if err != nil {
			return err
		}
		for _, last := range known {
			key := "counter " + last.Series + " " + strconv.Itoa(y)
			if last.Count == 0 || d.stamps[key].size >= int64(last.Count) {
				continue
			}
			if err := d.Base.RaiseCounter(ctx, last.Series, y, last.Count); err != nil {
				return err
			}
			if d.stamps != nil {
				d.stamps[key] = stamp{size: int64(last.Count)}
			}
		}
	}
	return nil
}

func (d *Desk) tryIssue(ctx context.Context, c repertoire.Change) (store.Applied, error) {
	out, err := d.Sync(ctx)
	switch {
	case err != nil:
		return store.Applied{}, err
	case out.Guarded != nil:
		return store.Applied{}, repertoire.Refuse("Une suppression de nombreuses fiches attend d’abord votre accord (« Partage ») : " +
			"la facture n’est pas émise, aucun numéro n’est pris.")
	case d.Base.ReadOnly() != "":
		return store.Applied{}, repertoire.Refuse("%s", d.Base.ReadOnly())
	}
	l, err := d.link(ctx)
	if err != nil {
		return store.Applied{}, err
	}
	hash, err := d.Store.Followed(ctx, l.Head)
	if err != nil {
		return store.Applied{}, err
	}
	row, err := d.Base.Push(ctx, share.Push{Lineage: l.Lineage, Desk: l.Desk, Change: c, Head: l.Head, Hash: hash,
		Compose: func(last func(string, int) (int, error)) ([]repertoire.Op, error) {
			made, waiting, err := d.Store.Rehearse(ctx, c, last)
			if err == nil && waiting {
				err = share.ErrBehind // saved meanwhile: it goes first
			}
			return made.Ops, err
		}})
	if err != nil {
		return store.Applied{}, err
	}
	got, err := d.take(ctx, []repertoire.Shared{row})
	if err != nil || len(got.Applied) == 0 {
		return store.Applied{}, err
	}
	if d.Told != nil {
		d.Told(got.Applied[0])
	}
	return got.Applied[0], nil
}
