package campaigns

import (
	"context"
	"strings"
	"time"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Progress tells how far a long work is.
type Progress func(done, total int, label string)

// Room is where campaigns are worked. Its fields are what it needs of the
// workspace; all are set.
type Room struct {
	Store  *store.Store
	Dir    string
	Author string
	Now    func() time.Time
	Themes []repertoire.Theme
	// Apply writes a change: on the disk, in the index, told to listeners.
	Apply func(context.Context, repertoire.Change) (store.Applied, error)
	// Resolve lists the partnerships of a scope and names it.
	Resolve func(context.Context, campaign.Scope) ([]repertoire.ID, string, error)
	// Validate lists what is wrong with a partnership.
	Validate func(context.Context, repertoire.Partnership) ([]repertoire.Finding, error)
	Names    func(context.Context) (repertoire.Names, error)
	// Country gives a country's French name.
	Country func(iso string) string
	// Password and SetPassword reach the keyring of the system.
	Password    func(host, user string) (string, error)
	SetPassword func(host, user, password string) error
}

func (m *Room) words() campaign.Words {
	return campaign.Words{Themes: m.Themes, Today: repertoire.DateOf(m.Now())}
}

func (m *Room) change(label string) repertoire.Change {
	return repertoire.Change{ID: repertoire.NewID(), Author: m.Author, At: m.Now(), Cause: repertoire.CauseQuestionnaire, Label: label}
}

func put(c *repertoire.Change, record any, version int64) error {
	repertoire.CleanRecord(record)
	op, err := store.Put(record, version)
	if err == nil {
		c.Ops = append(c.Ops, op)
	}
	return err
}

// List lists the campaigns, the newest first.
func (m *Room) List(ctx context.Context) ([]campaign.Campaign, error) { return m.Store.Campaigns(ctx) }

// Get finds a campaign by its identifier, its name or the beginning of either;
// "" is the one that is open.
func (m *Room) Get(ctx context.Context, ref string) (campaign.Campaign, error) {
	list, err := m.Store.Campaigns(ctx)
	if err != nil {
		return campaign.Campaign{}, err
	}
	ref = strings.TrimSpace(ref)
	want := repertoire.Fold(ref)
	var found []campaign.Campaign
	for _, c := range list {
		switch {
		case ref == "" && c.Open(), ref != "" && strings.HasPrefix(string(c.ID), ref), ref != "" && strings.HasPrefix(repertoire.Fold(c.Name), want):
			found = append(found, c)
		}
		if ref != "" && (string(c.ID) == ref || repertoire.Fold(c.Name) == want) {
			return c, nil
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		var names []string
		for _, c := range found {
			names = append(names, "« "+c.Name+" »")
		}
		return campaign.Campaign{}, repertoire.Refuse("Plusieurs campagnes conviennent : %s. Précisez laquelle.", strings.Join(names, ", "))
	case ref == "":
		return campaign.Campaign{}, repertoire.Missing("Aucune campagne n’est ouverte dans ce dossier : ouvrez-en une (« campaign open »), ou nommez celle que vous voulez.")
	}
	return campaign.Campaign{}, repertoire.Missing("Aucune campagne ne s’appelle « %s » dans ce dossier.", ref)
}

// still refuses to write for a campaign that is closed.
func still(c *campaign.Campaign) error {
	if c.Open() {
		return nil
	}
	return repertoire.Refuse("La campagne « %s » est close depuis le %s : plus rien n’est envoyé. Les réponses qui arrivent encore se relèvent et se relisent.", c.Name, c.Closed.Field())
}

// Close ends a campaign: nothing is sent any more.
func (m *Room) Close(ctx context.Context, ref string) (campaign.Campaign, error) {
	c, err := m.Get(ctx, ref)
	if err != nil {
		return c, err
	}
	if err := still(&c); err != nil {
		return c, err
	}
	c.Closed = repertoire.DateOf(m.Now())
	x := m.change("Clôture de la campagne « " + c.Name + " »")
	if err := put(&x, &c, c.Version); err != nil {
		return c, err
	}
	_, err = m.Apply(ctx, x)
	return c, err
}

// Reopen takes a closing back.
func (m *Room) Reopen(ctx context.Context, ref string) (campaign.Campaign, error) {
	c, err := m.Get(ctx, ref)
	if err != nil || c.Open() {
		return c, err
	}
	c.Closed = ""
	x := m.change("Réouverture de la campagne « " + c.Name + " »")
	if err := put(&x, &c, c.Version); err != nil {
		return c, err
	}
	_, err = m.Apply(ctx, x)
	return c, err
}

// people are partnerships with the authorities of their parties.
type people struct {
	partnerships map[repertoire.ID]*repertoire.Partnership
	order        []repertoire.ID
	authorities  map[repertoire.ID]repertoire.Authority
}

func (m *Room) people(ctx context.Context, ids []repertoire.ID) (people, error) {
	out := people{partnerships: map[repertoire.ID]*repertoire.Partnership{}}
	err := m.Store.View(ctx, func(r store.Reader) error {
		list, err := r.Partnerships(ctx, ids)
		if err != nil {
			return err
		}
		var parties []repertoire.ID
		for i := range list {
			out.partnerships[list[i].ID] = &list[i]
			for _, q := range list[i].Parties {
				parties = append(parties, q.Authority)
			}
		}
		for _, id := range ids {
			if out.partnerships[id] != nil {
				out.order = append(out.order, id)
			}
		}
		out.authorities, err = r.Authorities(ctx, parties)
		return err
	})
	return out, err
}

func (p people) authority(id repertoire.ID) *repertoire.Authority {
	if a, ok := p.authorities[id]; ok {
		return &a
	}
	return nil
}

func (p people) title(x *repertoire.Partnership) string { return x.DisplayTitle(p.authority) }

// side names the authorities of one side, leads first.
func (p people) side(x *repertoire.Partnership, side repertoire.Side) string {
	var out []string
	for _, id := range x.PartiesOn(side) {
		if a := p.authority(id); a != nil {
			out = append(out, a.Usual())
		}
	}
	return strings.Join(out, ", ")
}
