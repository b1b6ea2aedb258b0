package sharing

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// ShareStatus says where a workspace stands with its shared base.
type Status struct {
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
type Dispute struct {
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
func (room *Room) Begin(ctx context.Context, url string, progress base.Progress) (Outcome, error) {
	return room.beginSharing(ctx, url, true, progress)
}

// ShareJoin fills an empty workspace from a shared base and follows it.
func (room *Room) Join(ctx context.Context, url string, progress base.Progress) (Outcome, error) {
	return room.beginSharing(ctx, url, false, progress)
}

func (room *Room) beginSharing(ctx context.Context, url string, first bool, progress base.Progress) (Outcome, error) {
	address, password, err := share.Address(url)
	if err != nil {
		return Outcome{}, err
	}
	common, err := share.Open(ctx, address, password)
	if err != nil {
		return Outcome{}, err
	}
	defer common.Close()
	var h share.Head
	if first {
		h, err = common.Create(ctx, filepath.Base(room.base.Dir()))
	} else {
		h, err = common.Head(ctx)
	}
	if err == nil && !first && !h.Complete {
		err = repertoire.Refuse(
			"La première mise en commun de cette base n’est pas finie : rien n’a été rejoint. Attendez que le premier poste l’ait terminée.")
	}
	if err != nil {
		return Outcome{}, err
	}
	link := store.Link{URL: address, Lineage: h.Lineage, Desk: repertoire.NewID(), DeskName: deskName(room.base.Author()),
		Joined: room.base.Now()}
	if err := room.base.Store.BeginSharing(ctx, link, first); err != nil {
		return Outcome{}, err
	}
	return room.desk(common, progress).Sync(ctx)
}

// desk is this workspace before its shared base: what comes in is indexed and
// told of like any change.
func (room *Room) desk(common *share.Base, progress base.Progress) *Desk {
	return &Desk{Store: room.base.Store, Base: common, Progress: progress, Received: func(ctx context.Context, a store.Applied) {
		room.base.Writing.Lock()
		room.base.Index.Follow(context.WithoutCancel(ctx), a.Seq)
		room.base.Writing.Unlock()
		room.base.Publish(a.Change)
	}}
}

// withShared runs do on the shared base of this workspace. password is "" to
// leave it to PGPASSWORD, a pgpass file or a certificate.
func (room *Room) withShared(ctx context.Context, password string, progress base.Progress, do func(*Desk) error) error {
	l, err := room.base.Store.Link(ctx)
	if err != nil {
		return err
	}
	if l == nil {
		return repertoire.Refuse("Ce dossier n’est pas partagé. « share init » le partage, « share join » rejoint une base.")
	}
	common, err := share.Open(ctx, l.URL, password)
	if err != nil {
		return err
	}
	defer common.Close()
	return do(room.desk(common, progress))
}

// ShareSync sends what waits and takes in what other desks wrote.
func (room *Room) Sync(ctx context.Context, password string, progress base.Progress) (out Outcome, err error) {
	err = room.withShared(ctx, password, progress, func(d *Desk) error {
		out, err = d.Sync(ctx)
		return err
	})
	return out, err
}

// ShareGiveBack gives a server restored from an older backup what it lost.
func (room *Room) GiveBack(ctx context.Context, password string, progress base.Progress) (out Outcome, err error) {
	err = room.withShared(ctx, password, progress, func(d *Desk) error {
		out, err = d.GiveBack(ctx)
		return err
	})
	return out, err
}

// ShareCheck compares every record with the server's. It is meant for a desk
// on which nothing waits.
func (room *Room) Compare(ctx context.Context, password string) (same int, different []Difference, err error) {
	err = room.withShared(ctx, password, nil, func(d *Desk) error {
		same, different, err = d.Compare(ctx)
		return err
	})
	return same, different, err
}

// ShareAccept lets in another desk's deletion of many records.
func (room *Room) Accept(ctx context.Context, number int64) error {
	return room.base.Store.Accept(ctx, number)
}

// ShareLeave makes the workspace its own again; every record stays.
func (room *Room) Leave(ctx context.Context) error { return room.base.Store.EndSharing(ctx) }

// ShareStatus says where the workspace stands, without asking the server.
func (room *Room) Status(ctx context.Context) (Status, error) {
	l, err := room.base.Store.Link(ctx)
	if err != nil {
		return Status{}, err
	}
	if l == nil {
		return Status{}, repertoire.Refuse("Ce dossier n’est pas partagé.")
	}
	s := Status{Address: l.URL, Desk: l.DeskName, Followed: l.Head}
	if l.Sending != nil {
		s.Sending, s.Total = l.Sending.Sent, l.Sending.Total
	}
	if s.Waiting, err = room.base.Store.Waiting(ctx); err != nil {
		return s, err
	}
	disputes, err := room.base.Store.Disputes(ctx)
	s.Disputes = len(disputes)
	return s, err
}

// ShareDisputes lists what two desks wrote differently, in words.
func (room *Room) Disputes(ctx context.Context) ([]Dispute, error) {
	all, err := room.base.Store.Disputes(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Dispute, 0, len(all))
	for _, d := range all {
		x := Dispute{Number: d.Num, Kind: string(d.Kind), By: d.By, Title: room.base.Store.TitleOf(ctx, d.Aggregate, d.Record, d.Mine)}
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
func (room *Room) Settle(ctx context.Context, number int64, mine bool) error {
	all, err := room.base.Store.Disputes(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Num != number {
			continue
		}
		if !mine {
			return room.base.Store.Settle(ctx, number, "theirs")
		}
		op, ok, err := room.base.Store.Settlement(ctx, d)
		if err != nil {
			return err
		}
		if ok {
			c := room.base.Change(repertoire.CauseEdit, "Choix entre deux postes")
			c.Ops = append(c.Ops, op)
			if _, err := room.base.Apply(ctx, c); err != nil {
				return err
			}
		}
		return room.base.Store.Settle(ctx, number, "mine")
	}
	return repertoire.Missing("Rien de ce numéro n’attend un choix.")
}
