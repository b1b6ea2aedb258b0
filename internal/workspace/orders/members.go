package orders

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Member is somebody that an edition is free for.
type Member struct {
	// Ref names the member: the ID of its buyer, or of its authority when it has
	// not bought yet.
	Ref   repertoire.ID `json:"ref"`
	Name  string        `json:"name"`
	Email string        `json:"email,omitempty"`
	// Order is the number of the order by which it has the edition, "" when it has
	// not.
	Order string `json:"order,omitempty"`
}

// Mailing is what sending an edition to members came to.
type Mailing struct {
	Edition order.Edition `json:"edition"`
	Folder  string        `json:"folder"`
	Served  []Member      `json:"served"`  // now
	Already []Member      `json:"already"` // before
	// NoAddress are those of Served that have no e-mail address: their copy is
	// made, and no draft.
	NoAddress []Member `json:"no_address"`
	Failed    []Missed `json:"failed"`
}

// Missed is a member whose copy was not made, and why.
type Missed struct {
	Member
	Why string `json:"why"`
}

// Members lists the members of today by name, with the order by which each has
// the digital copy of an edition.
func (room *Room) Members(ctx context.Context, edition string) ([]Member, error) {
	e, err := room.shelf.frozen(ctx, edition)
	if err != nil {
		return nil, err
	}
	buyers, err := room.base.Store.Buyers(ctx, "")
	if err != nil {
		return nil, err
	}
	authorities, err := room.base.Store.MemberAuthorities(ctx)
	if err != nil {
		return nil, err
	}
	have, err := room.base.Store.Served(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	out := []Member{}
	known := map[repertoire.ID]bool{}
	for _, b := range buyers {
		known[b.Authority] = true
		if b.MemberOn(room.today()) {
			out = append(out, Member{Ref: b.ID, Name: b.Name, Email: b.Email, Order: have[b.ID]})
		}
	}
	for _, a := range authorities {
		if !known[a.ID] {
			out = append(out, Member{Ref: a.ID, Name: a.Usual(), Email: a.Email})
		}
	}
	slices.SortFunc(out, func(x, y Member) int {
		return slices.Compare(repertoire.SortKey(x.Name), repertoire.SortKey(y.Name))
	})
	return out, nil
}

// SendToMembers makes for each member (all, or those of choice by Ref) an order
// of the edition's free digital copy, the copy that bears its name and the draft
// of the message it goes with. Each member is one order whose ID the edition and
// the member give: work taken up again after a stop, a kill or by another window
// makes each copy once. What fails for one does not stop the others.
func (room *Room) SendToMembers(ctx context.Context, edition string, choice []repertoire.ID, progress base.Progress) (m Mailing,
	err error) {
	defer func() { err = base.Stopped(err) }()
	if m.Edition, err = room.shelf.frozen(ctx, edition); err != nil {
		return m, err
	}
	m.Served, m.Already, m.NoAddress, m.Failed = []Member{}, []Member{}, []Member{}, []Missed{}
	m.Folder = filepath.Join(room.base.Dir(), store.OrdersFolder, fileName("envoi-"+m.Edition.Directory+"-"+m.Edition.Label))
	members, err := room.Members(ctx, edition)
	if err != nil {
		return m, err
	}
	if choice != nil {
		members = slices.DeleteFunc(members, func(x Member) bool { return !slices.Contains(choice, x.Ref) })
	}
	if len(members) == 0 {
		return m, repertoire.Refuse(
			"Aucun adhérent n’est à servir : notez d’abord les adhérents, sur leur fiche de collectivité ou d’acheteur. Rien n’a été écrit.")
	}
	for i, x := range members {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		progress.Tell(i, len(members), x.Name)
		if x.Order != "" {
			m.Already = append(m.Already, x)
			continue
		}
		number, err := room.sendTo(ctx, m, x)
		switch {
		case ctx.Err() != nil:
			return m, ctx.Err()
		case err != nil:
			m.Failed = append(m.Failed, Missed{x, err.Error()})
			continue
		}
		x.Order = number
		m.Served = append(m.Served, x)
		if x.Email == "" {
			m.NoAddress = append(m.NoAddress, x)
		}
	}
	progress.Tell(len(members), len(members), m.Edition.Name())
	return m, nil
}

// sendTo serves one member, and gives the number of its order.
func (room *Room) sendTo(ctx context.Context, m Mailing, x Member) (string, error) {
	o, err := room.freeOrder(ctx, m.Edition, x)
	if err != nil {
		return "", err
	}
	if o.Delivered == "" {
		done, err := room.Fulfil(ctx, string(o.ID), FulfilOptions{Folder: m.Folder}, nil)
		if err != nil {
			return "", err
		}
		o = done.Order
	}
	return o.Number(), nil
}

// freeOrder finds the order of a member's free copy, or takes it. One that was
// cancelled or undone since leaves its place to another.
func (room *Room) freeOrder(ctx context.Context, e order.Edition, x Member) (order.Order, error) {
	for again := 0; ; again++ {
		key := "envoi:" + string(e.ID) + ":" + string(x.Ref)
		if again > 0 {
			key += ":" + strconv.Itoa(again)
		}
		id := repertoire.DeriveID(key)
		number, gone, err := room.base.Store.OrderPlace(ctx, id)
		if err != nil {
			return order.Order{}, err
		}
		if gone {
			continue
		}
		if number == "" {
			return room.takeFree(ctx, e, x, id)
		}
		if o, err := room.base.Store.Order(ctx, id); err != nil || o.State() != order.Cancelled {
			return o, err
		}
	}
}

// takeFree takes the order of a member's free copy.
func (room *Room) takeFree(ctx context.Context, e order.Edition, x Member, id repertoire.ID) (order.Order, error) {
	free := order.Cents(0)
	o, known, err := room.compose(ctx, OrderDraft{Buyer: string(x.Ref),
		Items: []OrderItem{{Edition: string(e.ID), Format: order.Digital, Quantity: 1, Price: &free}}})
	if err != nil {
		return o, err
	}
	o.ID, o.Member, o.Lines[0].Why = id, true, "gratuite pour les adhérents"
	c := room.base.Change(repertoire.CauseEdit, "Copie gratuite de "+o.Buyer.Name)
	o.Steps = []order.Step{{State: order.Received, At: c.At.UTC(), By: room.base.Author()}}
	if !known {
		if o.Buyer.Version == 0 {
			o.Buyer.ID = repertoire.DeriveID("acheteur:" + string(x.Ref))
		}
		if err := base.Put(&c, &o.Buyer, o.Buyer.Version); err != nil {
			return o, err
		}
	}
	return room.save(ctx, &c, &o)
}
