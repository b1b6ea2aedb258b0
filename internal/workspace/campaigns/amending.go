package campaigns

import (
	"context"
	"slices"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Amendment is what changes of a campaign that is open. What is nil stays.
type Amendment struct {
	Deadline *repertoire.Date
	Sender   *campaign.Sender
	// Wordings replace the texts of their language and occasion; one that says
	// what the program says gives the place back to the program's.
	Wordings []campaign.Wording
}

// Amend changes the deadline, the sender or the texts of a campaign: of what is
// written from now on; what was sent stays as it was sent.
func (room *Room) Amend(ctx context.Context, ref string, in Amendment) (campaign.Campaign, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return c, err
	}
	if err := still(&c); err != nil {
		return c, err
	}
	if in.Deadline != nil {
		c.Deadline = *in.Deadline
	}
	if in.Sender != nil {
		c.Sender = *in.Sender
	}
	c.Wordings = slices.Clone(c.Wordings)
	for _, w := range in.Wordings {
		if err := w.Check(); err != nil {
			return c, err
		}
		c.Wordings = slices.DeleteFunc(c.Wordings, w.For)
		if !slices.Contains(campaign.Standard, w) {
			c.Wordings = append(c.Wordings, w)
		}
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	x := room.change("Réglages de la campagne « " + c.Name + " »")
	if err := base.Put(&x, &c, c.Version); err != nil {
		return c, err
	}
	_, err = room.base.Apply(ctx, x)
	return c, err
}

// Addressee is somebody who is written to, with what messages say of them.
type Addressee struct {
	campaign.Recipient
	Partnership repertoire.ID
	Title       string
	Merge       campaign.Merge
}

// Addressees lists who a campaign writes to, in the order of its requests:
// what previews are made of.
func (room *Room) Addressees(ctx context.Context, ref string) (campaign.Campaign, []Addressee, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return c, nil, err
	}
	requests, who, err := room.asked(ctx, c.ID)
	if err != nil {
		return c, nil, err
	}
	b := &batch{campaign: c, who: who}
	out := []Addressee{}
	for i := range requests {
		r := &requests[i]
		p := who.partnerships[r.Partnership]
		if p == nil {
			continue
		}
		for _, x := range r.Recipients {
			out = append(out, Addressee{Recipient: x, Partnership: p.ID, Title: who.title(p),
				Merge: b.merge(&letter{request: r, recipient: x, partnership: p})})
		}
	}
	return c, out, nil
}

// asked reads the requests of a campaign with what they are about.
func (room *Room) asked(ctx context.Context, id repertoire.ID) ([]campaign.Request, people, error) {
	requests, err := room.base.Store.Requests(ctx, id)
	if err != nil {
		return nil, people{}, err
	}
	ids := make([]repertoire.ID, len(requests))
	for i := range requests {
		ids[i] = requests[i].Partnership
	}
	who, err := room.people(ctx, ids)
	return requests, who, err
}
