package sharing

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
)

// self is this desk as others see it.
func (d *Desk) self(l *store.Link) share.Desk {
	return share.Desk{ID: l.Desk, Name: l.DeskName, Author: d.Author, Program: d.Program, Last: l.Head}
}

// introduce makes a desk known to the server before it sends anything, with the
// numbers of documents that it has given so far.
func (d *Desk) introduce(ctx context.Context) error {
	l, err := d.link(ctx)
	if err != nil || l.Introduced {
		return err
	}
	if _, err := d.Base.Head(ctx); err != nil || d.Base.ReadOnly() != "" {
		return err
	}
	return d.answer(ctx, false)
}

// meet answers a server that came back from a backup, as soon as it is seen.
func (d *Desk) meet(ctx context.Context, l *store.Link, forked bool) error {
	if d.Base.ReadOnly() != "" || !d.Base.Unanswered(l.Epoch) && forked == l.Forked {
		return nil
	}
	return d.answer(ctx, forked)
}

// answer tells the server what numbers and desks this one knows of.
func (d *Desk) answer(ctx context.Context, forked bool) error {
	l, err := d.link(ctx)
	if err != nil {
		return err
	}
	a := share.Answer{Lineage: l.Lineage, Desk: d.self(l), Epoch: l.Epoch, Forked: forked && !l.Forked}
	known, err := d.Store.KnownNumbers(ctx)
	if err != nil {
		return err
	}
	for _, n := range known {
		a.Numbers = append(a.Numbers, share.Number{Series: n.Series, Year: n.Year, Count: n.Count})
	}
	raw, err := d.Store.SharedPeers(ctx)
	if err != nil {
		return err
	}
	if raw != "" && json.Unmarshal([]byte(raw), &a.Peers) != nil {
		a.Peers = nil // another program's: the server's own list serves
	}
	epoch, err := d.Base.Answer(ctx, a)
	if err != nil {
		return err
	}
	return d.Store.NoteAnswered(ctx, epoch, forked)
}

// peers lists who shares the base, and keeps the list.
func (d *Desk) peers(ctx context.Context) ([]share.Desk, error) {
	all, err := d.Base.Desks(ctx)
	if err != nil {
		return nil, err
	}
	kept := make([]share.Desk, 0, len(all))
	for _, p := range all {
		kept = append(kept, share.Desk{ID: p.ID, Name: p.Name, Author: p.Author, Program: p.Program})
	}
	slices.SortFunc(kept, func(a, b share.Desk) int { return strings.Compare(string(a.ID), string(b.ID)) })
	raw, err := json.Marshal(kept)
	if err != nil {
		return all, repertoire.Fault(err, "La liste des postes ne peut pas être gardée.")
	}
	if was, err := d.Store.SharedPeers(ctx); err != nil || was == string(raw) {
		return all, err
	}
	return all, d.Store.NoteSharedPeers(ctx, string(raw))
}

// AcceptRestored lets invoices be numbered although desks have not answered a
// server that came back from a backup; the officer takes it on himself.
func (room *Room) AcceptRestored(ctx context.Context) error {
	return room.with(ctx, func(common *share.Base) error {
		if err := common.AcceptRestored(ctx, room.base.Author()); err != nil {
			return err
		}
		return room.beside(ctx, common)
	})
}

// MarkRestored says that the server came back from a backup in a way that it
// cannot see by itself.
func (room *Room) MarkRestored(ctx context.Context) error {
	return room.with(ctx, func(common *share.Base) error {
		if err := common.MarkRestored(ctx); err != nil {
			return err
		}
		if _, err := room.desk(common, nil).Sync(ctx); err != nil {
			return err
		}
		return room.beside(ctx, common)
	})
}

// Restored asks the server which desks it waits for.
func (room *Room) Restored(ctx context.Context) (out Restoration, err error) {
	err = room.with(ctx, func(common *share.Base) error {
		if _, err := room.desk(common, nil).Sync(ctx); err != nil {
			return err
		}
		out, err = common.Restoration(ctx)
		return err
	})
	return out, err
}

// RestorationLine says in a sentence how far a server that came back from a
// backup has heard from its desks.
func RestorationLine(r Restoration) string {
	switch {
	case r.Epoch == "":
		return "Le serveur n’a pas été restauré : les factures se numérotent."
	case r.AcceptedBy != "" && len(r.Missing) > 0:
		return "Le serveur revient d’une sauvegarde. " + r.AcceptedBy + " a choisi de facturer sans attendre " + share.Names(r.Missing) +
			" : si un numéro avait servi là-bas, il serait trouvé et dit."
	case len(r.Missing) > 0:
		return "Le serveur revient d’une sauvegarde : il peut avoir oublié des numéros. Aucune facture n’est numérotée avant que répondent " +
			share.Names(r.Missing) + ". Ouvrez Répertoire sur ces postes, reliés au serveur."
	}
	return "Le serveur est revenu d’une sauvegarde ; tous les postes ont dit les numéros qu’ils connaissent : les factures se numérotent."
}
