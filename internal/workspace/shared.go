package workspace

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
	"repertoire/internal/workspace/sharing"
)

// ShareStatus says where a workspace stands with its shared base.
type ShareStatus struct {
	Address  string `json:"address"` // without a password
	Desk     string `json:"desk"`
	Followed int64  `json:"followed"` // the last number of the shared journal taken in
	Waiting  int    `json:"waiting"`  // changes that wait to be sent
	Disputes int    `json:"disputes"` // what waits for a choice
	// Sending is how many records of a first sharing are there, of Total; both 0
	// once it is over.
	Sending int `json:"sending,omitempty"`
	Total   int `json:"total,omitempty"`
}

// ShareDispute is something written differently at two desks.
type ShareDispute struct {
	Number int64  `json:"number"`
	Title  string `json:"title"`
	Field  string `json:"field,omitempty"` // French name, "" for the whole record
	Kind   string `json:"kind"`
	Theirs string `json:"theirs,omitempty"` // in force
	Mine   string `json:"mine,omitempty"`   // offered
	By     string `json:"by"`
}

// deskName is what other desks call this one.
func deskName(author string) string {
	host, err := os.Hostname()
	if err != nil {
		return author
	}
	return author + " (" + host + ")"
}

// ShareInit makes a shared base at an empty PostgreSQL address and puts the
// whole workspace in it; a stopped first sharing goes on with ShareSync.
func (w *Workspace) ShareInit(ctx context.Context, url string, progress Progress) (sharing.Outcome, error) {
	return w.beginSharing(ctx, url, true, progress)
}

// ShareJoin fills an empty workspace from a shared base and follows it.
func (w *Workspace) ShareJoin(ctx context.Context, url string, progress Progress) (sharing.Outcome, error) {
	return w.beginSharing(ctx, url, false, progress)
}

func (w *Workspace) beginSharing(ctx context.Context, url string, first bool, progress Progress) (sharing.Outcome, error) {
	address, password, err := share.Address(url)
	if err != nil {
		return sharing.Outcome{}, err
	}
	base, err := share.Open(ctx, address, password)
	if err != nil {
		return sharing.Outcome{}, err
	}
	defer base.Close()
	var h share.Head
	if first {
		h, err = base.Create(ctx, filepath.Base(w.dir))
	} else {
		h, err = base.Head(ctx)
	}
	if err == nil && !first && !h.Complete {
		err = repertoire.Refuse("La première mise en commun de cette base n’est pas finie : rien n’a été rejoint. Attendez que le premier poste l’ait terminée.")
	}
	if err != nil {
		return sharing.Outcome{}, err
	}
	link := store.Link{URL: address, Lineage: h.Lineage, Desk: repertoire.NewID(), DeskName: deskName(w.author), Joined: w.now()}
	if err := w.store.BeginSharing(ctx, link, first); err != nil {
		return sharing.Outcome{}, err
	}
	return w.desk(base, progress).Sync(ctx)
}

// desk is this workspace before its shared base: what comes in is indexed and
// told of like any change.
func (w *Workspace) desk(base *share.Base, progress Progress) *sharing.Desk {
	return &sharing.Desk{Store: w.store, Base: base, Progress: progress, Received: func(ctx context.Context, a store.Applied) {
		w.writing.Lock()
		w.index.follow(context.WithoutCancel(ctx), a.Seq)
		w.writing.Unlock()
		w.publish(a.Change)
	}}
}

// withShared runs do on the shared base of this workspace. password is "" to
// leave it to PGPASSWORD, a pgpass file or a certificate.
func (w *Workspace) withShared(ctx context.Context, password string, progress Progress, do func(*sharing.Desk) error) error {
	l, err := w.store.Link(ctx)
	if err != nil {
		return err
	}
	if l == nil {
		return repertoire.Refuse("Ce dossier n’est pas partagé. « share init » le partage, « share join » rejoint une base.")
	}
	base, err := share.Open(ctx, l.URL, password)
	if err != nil {
		return err
	}
	defer base.Close()
	return do(w.desk(base, progress))
}

// ShareSync sends what waits and takes in what other desks wrote.
func (w *Workspace) ShareSync(ctx context.Context, password string, progress Progress) (out sharing.Outcome, err error) {
	err = w.withShared(ctx, password, progress, func(d *sharing.Desk) error {
		out, err = d.Sync(ctx)
		return err
	})
	return out, err
}

// ShareGiveBack gives a server restored from an older backup what it lost.
func (w *Workspace) ShareGiveBack(ctx context.Context, password string, progress Progress) (out sharing.Outcome, err error) {
	err = w.withShared(ctx, password, progress, func(d *sharing.Desk) error {
		out, err = d.GiveBack(ctx)
		return err
	})
	return out, err
}

// ShareCheck compares every record with the server's. It is meant for a desk
// on which nothing waits.
func (w *Workspace) ShareCheck(ctx context.Context, password string) (same int, different []sharing.Difference, err error) {
	err = w.withShared(ctx, password, nil, func(d *sharing.Desk) error {
		same, different, err = d.Compare(ctx)
		return err
	})
	return same, different, err
}

// ShareAccept lets in another desk's deletion of many records.
func (w *Workspace) ShareAccept(ctx context.Context, number int64) error {
	return w.store.Accept(ctx, number)
}

// ShareLeave makes the workspace its own again; every record stays.
func (w *Workspace) ShareLeave(ctx context.Context) error { return w.store.EndSharing(ctx) }

// ShareStatus says where the workspace stands, without asking the server.
func (w *Workspace) ShareStatus(ctx context.Context) (ShareStatus, error) {
	l, err := w.store.Link(ctx)
	if err != nil {
		return ShareStatus{}, err
	}
	if l == nil {
		return ShareStatus{}, repertoire.Refuse("Ce dossier n’est pas partagé.")
	}
	s := ShareStatus{Address: l.URL, Desk: l.DeskName, Followed: l.Head}
	if l.Sending != nil {
		s.Sending, s.Total = l.Sending.Sent, l.Sending.Total
	}
	if s.Waiting, err = w.store.Waiting(ctx); err != nil {
		return s, err
	}
	disputes, err := w.store.Disputes(ctx)
	s.Disputes = len(disputes)
	return s, err
}

// ShareDisputes lists what two desks wrote differently, in words.
func (w *Workspace) ShareDisputes(ctx context.Context) ([]ShareDispute, error) {
	all, err := w.store.Disputes(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]ShareDispute, 0, len(all))
	for _, d := range all {
		x := ShareDispute{Number: d.Num, Kind: string(d.Kind), By: d.By, Title: w.store.TitleOf(ctx, d.Aggregate, d.Record, d.Mine)}
		if d.Field != "" {
			x.Field = repertoire.FieldLabel(d.Field)
			x.Mine, x.Theirs = strings.Trim(string(d.Mine), `"`), strings.Trim(string(d.Theirs), `"`)
		}
		out = append(out, x)
	}
	return out, nil
}

// ShareSettle settles a dispute: mine puts this desk's version in force, as a
// change that can be undone; else theirs stays.
func (w *Workspace) ShareSettle(ctx context.Context, number int64, mine bool) error {
	all, err := w.store.Disputes(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Num != number {
			continue
		}
		if !mine {
			return w.store.Settle(ctx, number, "theirs")
		}
		op, ok, err := w.store.Settlement(ctx, d)
		if err != nil {
			return err
		}
		if ok {
			c := w.change(repertoire.CauseEdit, "Choix entre deux postes")
			c.Ops = append(c.Ops, op)
			if _, err := w.apply(ctx, c); err != nil {
				return err
			}
		}
		return w.store.Settle(ctx, number, "mine")
	}
	return repertoire.Missing("Rien de ce numéro n’attend un choix.")
}
