package campaigns

import (
	"context"
	"slices"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/campaign/form"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
	"repertoire/internal/workspace/searches"
)

// Room is where the campaigns of an open workspace are worked.
type Room struct {
	base     *base.Base
	history  *history.Room
	searches *searches.Room
	records  *records.Room
	press    *form.Press
}

// New furnishes the room.
func New(b *base.Base, h *history.Room, s *searches.Room, r *records.Room) *Room {
	return &Room{base: b, history: h, searches: s, records: r, press: form.NewPress(base.Fonts{})}
}

func (room *Room) words() campaign.Words {
	return campaign.Words{Themes: room.base.Themes(), Today: repertoire.DateOf(room.base.Now())}
}

func (room *Room) change(label string) repertoire.Change {
	return room.base.Change(repertoire.CauseQuestionnaire, label)
}

// resolve lists the partnerships of a scope, and names it.
func (room *Room) resolve(ctx context.Context, s campaign.Scope) ([]repertoire.ID, string, error) {
	q := searches.Query{Directory: s.Directory, Text: s.Text, Sort: searches.SortTitle}
	label := s.Text
	switch {
	case s.List != "":
		lists, err := room.searches.SavedLists(ctx)
		if err != nil {
			return nil, "", err
		}
		i := slices.IndexFunc(lists, func(l searches.SavedList) bool {
			return l.ID == s.List || repertoire.Fold(l.Name) == repertoire.Fold(string(s.List))
		})
		if i < 0 {
			return nil, "", repertoire.Missing("Aucune liste ne s’appelle « %s » dans ce dossier : la campagne n’a pas été ouverte.",
				s.List)
		}
		q, label = lists[i].Query(), "liste « "+lists[i].Name+" »"
		if s.Text != "" {
			q.Text, label = strings.TrimSpace(q.Text+" "+s.Text), label+" : "+s.Text
		}
		q.Sort = searches.SortTitle
	case s.Directory != "":
		d, err := room.base.NeedDirectory(ctx, s.Directory)
		if err != nil {
			return nil, "", err
		}
		if label = d.Short; s.Text != "" {
			label += " : " + s.Text
		}
	case s.Text == "":
		return nil, "",
			repertoire.Refuse("Dites ce qui est interrogé : un répertoire, une liste ou une recherche. La campagne n’a pas été ouverte.")
	}
	ids, err := room.searches.Results(ctx, q)
	return ids, label, err
}

// names turns what records refer to into words; each authority is read once.
func (room *Room) names(ctx context.Context) (repertoire.Names, error) {
	seen := map[repertoire.ID]*repertoire.Authority{}
	return repertoire.Names{Theme: room.base.ThemeLabel, Country: room.base.CountryName,
		Authority: func(id repertoire.ID) *repertoire.Authority {
			if a, ok := seen[id]; ok {
				return a
			}
			var found *repertoire.Authority
			if a, err := room.base.Store.Authority(ctx, id); err == nil {
				found = &a
			}
			seen[id] = found
			return found
		}}, nil
}

// List lists the campaigns, the newest first.
func (room *Room) List(ctx context.Context) ([]campaign.Campaign, error) {
	return room.base.Store.Campaigns(ctx)
}

// Get finds a campaign by its identifier, its name or the beginning of either;
// "" is the one that is open.
func (room *Room) Get(ctx context.Context, ref string) (campaign.Campaign, error) {
	list, err := room.base.Store.Campaigns(ctx)
	if err != nil {
		return campaign.Campaign{}, err
	}
	ref = strings.TrimSpace(ref)
	want := repertoire.Fold(ref)
	var found []campaign.Campaign
	for _, c := range list {
		switch {
		case ref == "" && c.Open(), ref != "" && strings.HasPrefix(string(c.ID), ref),
			ref != "" && strings.HasPrefix(repertoire.Fold(c.Name), want):
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
		return campaign.Campaign{}, repertoire.Missing(
			"Aucune campagne n’est ouverte dans ce dossier : ouvrez-en une (« campaign open »), ou nommez celle que vous voulez.")
	}
	return campaign.Campaign{}, repertoire.Missing("Aucune campagne ne s’appelle « %s » dans ce dossier.", ref)
}

// still refuses to write for a campaign that is closed.
func still(c *campaign.Campaign) error {
	if c.Open() {
		return nil
	}
	return repertoire.Refuse(
		"La campagne « %s » est close depuis le %s : plus rien n’est envoyé. Les réponses qui arrivent encore se relèvent et se relisent.",
		c.Name, c.Closed.Field())
}

// Close ends a campaign: nothing is sent any more.
func (room *Room) Close(ctx context.Context, ref string) (campaign.Campaign, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return c, err
	}
	if err := still(&c); err != nil {
		return c, err
	}
	c.Closed = repertoire.DateOf(room.base.Now())
	x := room.change("Clôture de la campagne « " + c.Name + " »")
	if err := base.Put(&x, &c, c.Version); err != nil {
		return c, err
	}
	_, err = room.base.Apply(ctx, x)
	return c, err
}

// Reopen takes a closing back.
func (room *Room) Reopen(ctx context.Context, ref string) (campaign.Campaign, error) {
	c, err := room.Get(ctx, ref)
	if err != nil || c.Open() {
		return c, err
	}
	c.Closed = ""
	x := room.change("Réouverture de la campagne « " + c.Name + " »")
	if err := base.Put(&x, &c, c.Version); err != nil {
		return c, err
	}
	_, err = room.base.Apply(ctx, x)
	return c, err
}

// people are partnerships with the authorities of their parties.
type people struct {
	partnerships map[repertoire.ID]*repertoire.Partnership
	order        []repertoire.ID
	authorities  map[repertoire.ID]repertoire.Authority
	objections   map[string]bool // addresses of those who objected, in small letters
}

// objected tells whether who has that address wants no letter.
func (p people) objected(email string) bool {
	return p.objections[strings.ToLower(strings.TrimSpace(email))]
}

func (room *Room) people(ctx context.Context, ids []repertoire.ID) (people, error) {
	out := people{partnerships: map[repertoire.ID]*repertoire.Partnership{}, objections: map[string]bool{}}
	objected, err := room.base.Store.ObjectedEmails(ctx)
	if err != nil {
		return out, err
	}
	for _, e := range objected {
		out.objections[strings.ToLower(strings.TrimSpace(e))] = true
	}
	err = room.base.Store.View(ctx, func(r store.Reader) error {
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
