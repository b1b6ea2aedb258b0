package campaigns

import (
	"context"
	"slices"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Opening is what a campaign is opened with.
type Opening struct {
	Name     string
	Scope    campaign.Scope
	Sides    []repertoire.Side // none: the French side
	Role     campaign.Role
	Deadline repertoire.Date
	Sender   campaign.Sender
	Wordings []campaign.Wording
	// From is the campaign of another year whose scope, texts, sender and
	// choices serve where these are empty.
	From string
	// DryRun shows who would be asked and writes nothing.
	DryRun bool
}

// Opened is what opening came to.
type Opened struct {
	Campaign campaign.Campaign `json:"-"`
	ID       repertoire.ID     `json:"id,omitempty"`
	Name     string            `json:"name"`
	// Asked are the partnerships, Recipients the addresses that will be written to.
	Asked      int `json:"asked"`
	Recipients int `json:"recipients"`
	// Unreachable are the partnerships of which a side has no address: to be
	// completed first.
	Unreachable []Unreachable `json:"unreachable"`
}

// Unreachable is a partnership with nobody to write to on a side.
type Unreachable struct {
	ID    repertoire.ID   `json:"id"`
	Title string          `json:"title"`
	Side  repertoire.Side `json:"side"`
	Why   string          `json:"why"`
}

// Open opens a campaign: who is asked is settled, nothing is sent.
func (room *Room) Open(ctx context.Context, in Opening) (Opened, error) {
	c := campaign.Campaign{ID: repertoire.NewID(), Name: in.Name, Scope: in.Scope, Asks: campaign.Asks{Sides: in.Sides, Role: in.Role},
		Sender: in.Sender,
		Opened: repertoire.DateOf(room.base.Now()), Deadline: in.Deadline, Wordings: in.Wordings, Key: campaign.NewKey()}
	if in.From != "" {
		if err := room.inherit(ctx, &c, in.From); err != nil {
			return Opened{}, err
		}
	}
	if len(c.Asks.Sides) == 0 {
		c.Asks.Sides = []repertoire.Side{repertoire.SideFrench}
	}
	if c.Sender.Name == "" {
		c.Sender.Name = room.base.Author()
	}
	if err := c.Check(); err != nil {
		return Opened{}, err
	}
	ids, label, err := room.resolve(ctx, c.Scope)
	if err != nil {
		return Opened{}, err
	}
	if c.Scope.Label == "" {
		c.Scope.Label = label
	}
	if err := room.unique(ctx, &c); err != nil {
		return Opened{}, err
	}
	who, err := room.people(ctx, ids)
	if err != nil {
		return Opened{}, err
	}
	if len(who.order) == 0 {
		return Opened{}, repertoire.Refuse("Il n’y a aucun partenariat dans « %s » : la campagne n’a pas été ouverte.", c.Scope.Label)
	}
	out := Opened{Campaign: c, ID: c.ID, Name: c.Name, Asked: len(who.order), Unreachable: []Unreachable{}}
	x := room.change("Ouverture de la campagne « " + c.Name + " »")
	if err := base.Put(&x, &c, 0); err != nil {
		return out, err
	}
	for _, id := range who.order {
		p := who.partnerships[id]
		r := campaign.Request{ID: repertoire.NewID(), Campaign: c.ID, Partnership: id}
		var without []Unreachable
		r.Recipients, without = who.recipients(c.Asks, p)
		out.Recipients += len(r.Recipients)
		out.Unreachable = append(out.Unreachable, without...)
		if err := base.Put(&x, &r, 0); err != nil {
			return out, err
		}
	}
	if in.DryRun {
		out.ID = ""
		return out, nil
	}
	_, err = room.base.Apply(ctx, x)
	return out, err
}

// inherit starts a campaign from another year's.
func (room *Room) inherit(ctx context.Context, c *campaign.Campaign, from string) error {
	old, err := room.Get(ctx, from)
	if err != nil {
		return err
	}
	c.Previous = old.ID
	if c.Scope == (campaign.Scope{}) {
		c.Scope = old.Scope
	}
	if len(c.Asks.Sides) == 0 {
		c.Asks = old.Asks
	}
	if c.Sender.Email == "" {
		c.Sender = old.Sender
	}
	if len(c.Wordings) == 0 {
		c.Wordings = old.Wordings
	}
	return nil
}

func (room *Room) unique(ctx context.Context, c *campaign.Campaign) error {
	list, err := room.base.Store.Campaigns(ctx)
	if err != nil {
		return err
	}
	for _, x := range list {
		if repertoire.Fold(x.Name) == repertoire.Fold(c.Name) {
			return &repertoire.Error{Kind: repertoire.Refused, Field: "name",
				Message: "Une campagne s’appelle déjà « " + x.Name +
					" » : donnez à celle-ci un autre nom, avec l’année par exemple. Rien n’a été enregistré."}
		}
	}
	return nil
}

// recipients chooses who is written to on each side: the people of the role
// asked for, else whoever has an address, else the lead authority itself. Nobody
// who objected is written to, whichever entry they objected in.
func (p people) recipients(asks campaign.Asks, x *repertoire.Partnership) (out []campaign.Recipient, without []Unreachable) {
	for _, side := range asks.Sides {
		language := p.language(x, side)
		var wanted, others []campaign.Recipient
		for _, c := range x.Contacts {
			if c.Side != side || !address(c.Email) || c.Objected || p.objected(c.Email) {
				continue
			}
			r := campaign.Recipient{Contact: c.ID, Side: side, Name: c.Name, Email: strings.TrimSpace(c.Email), Language: language}
			if asks.Role == "" || c.Elected == (asks.Role == campaign.RoleElected) {
				wanted = append(wanted, r)
			} else {
				others = append(others, r)
			}
		}
		if wanted == nil {
			wanted = others
		}
		if wanted == nil {
			for _, id := range x.PartiesOn(side) {
				if a := p.authority(id); a != nil && address(a.Email) {
					wanted = append(wanted, campaign.Recipient{Side: side, Email: strings.TrimSpace(a.Email), Language: language})
					break
				}
			}
		}
		if wanted == nil {
			without = append(without, Unreachable{x.ID, p.title(x), side, unreachable(side)})
		}
		for _, r := range wanted {
			if !slices.ContainsFunc(out, func(o campaign.Recipient) bool { return strings.EqualFold(o.Email, r.Email) }) {
				out = append(out, r)
			}
		}
	}
	return out, without
}

// complete looks again for somebody to write to where there is nobody, or where
// all that was written came back; it gives how many were found.
func (p people) complete(asks campaign.Asks, r *campaign.Request) int {
	x := p.partnerships[r.Partnership]
	if x == nil || len(r.Recipients) > 0 && !r.Bounced() {
		return 0
	}
	list, _ := p.recipients(asks, x)
	before := len(r.Recipients)
	for _, y := range list {
		if !slices.ContainsFunc(r.Recipients, func(o campaign.Recipient) bool { return strings.EqualFold(o.Email, y.Email) }) {
			r.Recipients = append(r.Recipients, y)
		}
	}
	return len(r.Recipients) - before
}

func unreachable(side repertoire.Side) string {
	if side == repertoire.SideFrench {
		return "Aucune adresse électronique du côté français : complétez un interlocuteur ou la collectivité."
	}
	return "Aucune adresse électronique chez le partenaire : complétez un interlocuteur ou la collectivité."
}

// address tells whether mail can be sent there.
func address(s string) bool {
	local, domain, ok := strings.Cut(strings.TrimSpace(s), "@")
	return ok && local != "" && strings.Contains(domain, ".") && !strings.ContainsAny(s, " \t\n<>,;\"")
}

func (p people) language(x *repertoire.Partnership, side repertoire.Side) string {
	if side == repertoire.SideFrench {
		return "fr"
	}
	for _, id := range x.PartiesOn(side) {
		if a := p.authority(id); a != nil {
			return campaign.LanguageOf(a.Country)
		}
	}
	return "fr"
}

// Refresh looks again for the recipients of partnerships that had none, once
// they were completed.
func (room *Room) Refresh(ctx context.Context, ref string) (found int, err error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return 0, err
	}
	requests, who, err := room.asked(ctx, c.ID)
	if err != nil {
		return 0, err
	}
	x := room.change("Destinataires de la campagne « " + c.Name + " »")
	for i := range requests {
		r := &requests[i]
		n := who.complete(c.Asks, r)
		if n == 0 {
			continue
		}
		found += n
		if err := base.Put(&x, r, r.Version); err != nil {
			return 0, err
		}
	}
	if found == 0 {
		return 0, nil
	}
	_, err = room.base.Apply(ctx, x)
	return found, err
}
