package sharing

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/share"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Status says where a workspace stands with its shared base, without asking the
// server.
type Status struct {
	Address  string `json:"address"` // without a password
	Desk     string `json:"desk"`
	Followed int64  `json:"followed"` // the last number of the shared journal taken in
	Waiting  int    `json:"waiting"`  // changes that wait to be sent
	Disputes int    `json:"disputes"` // what waits for a choice
	// Doubles tells of numbers that two documents bear, a sentence each.
	Doubles []string `json:"doubles,omitempty"`
	// Sending is how many records of a first sharing are there, of Total; both 0
	// once it is over.
	Sending int `json:"sending,omitempty"`
	Total   int `json:"total,omitempty"`
}

// Access is how a server is reached. The password goes to the system's keyring
// when it is to be remembered, and nowhere else.
type Access struct {
	Address  string // "postgres://name@host:5432/base"
	Password string // "" to leave it to the keyring, PGPASSWORD, a pgpass file or a certificate
	Remember bool
}

// WrongPassword tells whether the server refused the name or the password: it
// may be asked for.
func WrongPassword(err error) bool { return share.WrongPassword(err) }

// Unreachable tells whether an error is only that the server does not answer.
func Unreachable(err error) bool { return share.Unreachable(err) }

// deskName is what other desks call this one.
func deskName(author string) string {
	host, err := os.Hostname()
	if err != nil {
		return author
	}
	return author + " (" + host + ")"
}

// Begin makes a shared base at an empty PostgreSQL address and puts the whole
// workspace in it. Stopped, it goes on where it was with Resume.
func (room *Room) Begin(ctx context.Context, a Access, progress base.Progress) (Outcome, error) {
	return room.begin(ctx, a, true, progress)
}

// Join fills an empty workspace from a shared base and follows it.
func (room *Room) Join(ctx context.Context, a Access, progress base.Progress) (Outcome, error) {
	return room.begin(ctx, a, false, progress)
}

func (room *Room) begin(ctx context.Context, a Access, first bool, progress base.Progress) (Outcome, error) {
	room.exchanging.Lock()
	defer room.exchanging.Unlock()
	address, common, err := room.reach(ctx, a)
	if err != nil {
		return Outcome{}, base.Stopped(err)
	}
	defer common.Close()
	var h share.Head
	if first {
		if err := room.linkable(ctx, true); err != nil {
			return Outcome{}, err
		}
		h, err = common.Create(ctx, filepath.Base(room.base.Dir()))
	} else {
		h, err = common.Head(ctx)
	}
	if err == nil && !first && !h.Complete {
		err = repertoire.Refuse(
			"La première mise en commun de cette base n’est pas finie : rien n’a été rejoint. Attendez que le premier poste l’ait terminée.")
	}
	if err != nil {
		return Outcome{}, base.Stopped(err)
	}
	link := store.Link{URL: address, Lineage: h.Lineage, Desk: repertoire.NewID(), DeskName: deskName(room.base.Author()),
		Joined: room.base.Now()}
	if err := room.base.Store.BeginSharing(ctx, link, first); err != nil {
		return Outcome{}, err
	}
	kept := room.keep(address, a.Password, a.Remember)
	out, err := room.long(ctx, common, progress)
	if err == nil {
		err = kept
	}
	room.Now()
	return out, err
}

// linkable refuses before anything is made on the server what BeginSharing would.
func (room *Room) linkable(ctx context.Context, send bool) error {
	l, err := room.base.Store.Link(ctx)
	if err == nil && l != nil {
		err = repertoire.Refuse("Ce dossier est déjà partagé : rien n’a été modifié. Quittez d’abord le partage.")
	}
	return err
}

// reach opens a server by an access; a password in the address is taken apart.
func (room *Room) reach(ctx context.Context, a Access) (address string, common *share.Base, err error) {
	address, password, err := share.Address(a.Address)
	if err != nil {
		return "", nil, err
	}
	switch {
	case a.Password != "":
		password = a.Password
	case password == "":
		password = room.password(address)
	}
	common, err = share.Open(ctx, address, password)
	if err == nil && password != "" {
		err = room.keep(address, password, false)
	}
	return address, common, err
}

// long is a first exchange, which a person may stop: it is then held until it
// is asked for.
func (room *Room) long(ctx context.Context, common *share.Base, progress base.Progress) (Outcome, error) {
	d := room.desk(common, progress)
	out, err := d.Sync(ctx)
	if err == nil && out.Guarded == nil {
		err = d.shareFolder(ctx)
	}
	if errors.Is(err, context.Canceled) {
		if e := room.base.Store.Hold(context.WithoutCancel(ctx), true); e != nil {
			return out, e
		}
		return out, &repertoire.Error{Kind: repertoire.Refused, Err: err,
			Message: "L’échange est arrêté : ce qui est passé reste, rien n’est perdu. « Reprendre » continue là où il s’est arrêté."}
	}
	return out, err
}

// Resume goes on with a first exchange that was stopped.
func (room *Room) Resume(ctx context.Context, progress base.Progress) (out Outcome, err error) {
	if err := room.base.Store.Hold(ctx, false); err != nil {
		return out, err
	}
	err = room.with(ctx, func(common *share.Base) error {
		if out, err = room.long(ctx, common, progress); err != nil {
			return err
		}
		return room.beside(ctx, common)
	})
	return out, err
}

// with runs do on the shared base of this workspace, alone.
func (room *Room) with(ctx context.Context, do func(*share.Base) error) error {
	l, err := room.base.Store.Link(ctx)
	if err != nil {
		return err
	}
	if l == nil {
		return repertoire.Refuse("Ce dossier n’est pas partagé : rien n’a été échangé. Partagez-le d’abord, ou rejoignez une base.")
	}
	room.exchanging.Lock()
	defer room.exchanging.Unlock()
	_, common, err := room.reach(ctx, Access{Address: l.URL})
	if err != nil {
		return err
	}
	defer common.Close()
	defer room.Now()
	return do(common)
}

// Enter gives the password of the server again, and another address of it if
// address is not "".
func (room *Room) Enter(ctx context.Context, a Access) error {
	l, err := room.base.Store.Link(ctx)
	if err != nil || l == nil {
		return err
	}
	if a.Address == "" {
		a.Address = l.URL
	}
	address, common, err := room.reach(ctx, a)
	if err != nil {
		return err
	}
	defer common.Close()
	h, err := common.Head(ctx)
	if err == nil && h.Lineage != l.Lineage {
		err = share.ErrOther
	}
	if err == nil && address != l.URL {
		err = room.base.Store.Readdress(ctx, address)
	}
	if err == nil {
		err = room.keep(address, a.Password, a.Remember)
	}
	room.Now()
	return err
}

// Sync sends what waits and takes in what other desks wrote.
func (room *Room) Sync(ctx context.Context, progress base.Progress) (out Outcome, err error) {
	err = room.with(ctx, func(common *share.Base) error {
		d := room.desk(common, progress)
		if out, err = d.Sync(ctx); err != nil || out.Guarded != nil {
			return err
		}
		if err := d.shareFolder(ctx); err != nil {
			return err
		}
		return room.beside(ctx, common)
	})
	return out, err
}

// GiveBack gives a server restored from an older backup what it lost.
func (room *Room) GiveBack(ctx context.Context, progress base.Progress) (out Outcome, err error) {
	err = room.with(ctx, func(common *share.Base) error {
		out, err = room.desk(common, progress).GiveBack(ctx)
		return err
	})
	return out, err
}

// Compare compares every record with the server's. It is meant for a desk on
// which nothing waits.
func (room *Room) Compare(ctx context.Context) (same int, different []Difference, err error) {
	err = room.with(ctx, func(common *share.Base) error {
		same, different, err = room.desk(common, nil).Compare(ctx)
		return err
	})
	return same, different, err
}

// Accept lets in another desk's deletion of many records.
func (room *Room) Accept(ctx context.Context, number int64) error {
	err := room.base.Store.Accept(ctx, number)
	room.Now()
	return err
}

// TakeBack undoes another desk's deletion of many records, here and everywhere:
// it is let in and undone at once, as a change that all see.
func (room *Room) TakeBack(ctx context.Context, number int64) error {
	return room.with(ctx, func(common *share.Base) error {
		d := room.desk(common, nil)
		out, err := d.Sync(ctx)
		if err != nil {
			return err
		}
		if out.Guarded == nil || out.Guarded.Number != number {
			return repertoire.Missing("Cette suppression n’attend plus d’accord : rien n’a été changé.")
		}
		if err := room.base.Store.Accept(ctx, number); err != nil {
			return err
		}
		deleted := out.Guarded.Change
		if _, err := d.Sync(ctx); err != nil {
			return err
		}
		plan, err := room.base.Store.PlanUndo(ctx, deleted.ID)
		if err != nil {
			return err
		}
		c, err := plan.Change(room.base.Author(), room.base.Now(), store.Skip)
		if err != nil {
			return err
		}
		if _, err := room.base.Apply(ctx, c); err != nil {
			return err
		}
		_, err = d.Sync(ctx)
		return err
	})
}

// farewell is how long a server is waited for when a desk leaves.
const farewell = 5 * time.Second

// Leave makes the workspace its own again; every record stays. The server is
// told when it answers.
func (room *Room) Leave(ctx context.Context) error {
	l, err := room.base.Store.Link(ctx)
	if err != nil || l == nil {
		return err
	}
	room.exchanging.Lock()
	defer room.exchanging.Unlock()
	brief, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	if _, common, err := room.reach(brief, Access{Address: l.URL}); err == nil {
		_ = room.desk(common, nil).answer(brief, false) // the numbers it knows stay known
		_ = common.Forget(brief, l.Desk)                // it falls silent all the same
		if l.Sending != nil {
			_ = common.Discard(brief, l.Lineage) // an administrator may have to
		}
		common.Close()
	}
	if err := room.base.Store.EndSharing(ctx); err != nil {
		return err
	}
	clear(room.underway)
	err = room.forgetPassword(l.URL)
	room.Now()
	return err
}

// Status says where the workspace stands, without asking the server.
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
	if err != nil {
		return s, err
	}
	twice, err := room.base.Store.DoubleNumbers(ctx)
	for _, x := range twice {
		s.Doubles = append(s.Doubles, x.Message)
	}
	return s, err
}
