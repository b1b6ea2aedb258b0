package campaigns

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Status is the cockpit of a campaign.
type Status struct {
	Campaign campaign.Campaign `json:"-"`
	ID       repertoire.ID     `json:"id"`
	Name     string            `json:"name"`
	Scope    string            `json:"scope"`
	Opened   repertoire.Date   `json:"opened"`
	Deadline repertoire.Date   `json:"deadline"`
	Closed   repertoire.Date   `json:"closed,omitempty"`
	campaign.Figures
	// Doubtful are messages that were leaving when the program was cut: whether
	// the server took them is not known.
	Doubtful int `json:"doubtful"`
	Failed   int `json:"failed"`
	// Broken counts the files that could not be taken, Replies all others.
	Broken  int `json:"broken"`
	Replies int `json:"replies"`
	// Expected is the day on which all will have answered at the present pace.
	Expected  repertoire.Date `json:"expected,omitempty"`
	ByCountry []Part          `json:"by_country"`
	ByRegion  []Part          `json:"by_region"`
	ByTheme   []Part          `json:"by_theme"`
	Lines     []Line          `json:"lines"`
}

// Part is the cockpit of a part of the campaign.
type Part struct {
	Value string `json:"value"`
	Label string `json:"label"`
	campaign.Figures
}

// Line is one request in the cockpit's list.
type Line struct {
	Request     repertoire.ID     `json:"request"`
	Partnership repertoire.ID     `json:"partnership"`
	Title       string            `json:"title"`
	Country     string            `json:"country"`
	Region      string            `json:"region"`
	Themes      []string          `json:"themes"` // top ones
	Standing    campaign.Standing `json:"standing"`
	Addresses   []string          `json:"addresses"`
	Last        campaign.Occasion `json:"last,omitempty"`
	LastAt      time.Time         `json:"last_at,omitzero"`
	Replies     []repertoire.ID   `json:"replies"` // to review, else reviewed
	Bounces     []string          `json:"bounces,omitempty"`
	Fresh       bool              `json:"fresh"`
}

// Status counts where a campaign stands.
func (room *Room) Status(ctx context.Context, ref string) (Status, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return Status{}, err
	}
	out := Status{Campaign: c, ID: c.ID, Name: c.Name, Scope: c.Scope.Label, Opened: c.Opened, Deadline: c.Deadline, Closed: c.Closed,
		Lines: []Line{}}
	requests, who, err := room.asked(ctx, c.ID)
	if err != nil {
		return out, err
	}
	replies, err := room.base.Store.Replies(ctx, c.ID)
	if err != nil {
		return out, err
	}
	byRequest := map[repertoire.ID][]*campaign.Reply{}
	var came []time.Time
	for i := range replies {
		r := &replies[i]
		switch {
		case r.State == campaign.Broken:
			out.Broken++
		case r.Request != "":
			if len(byRequest[r.Request]) == 0 {
				came = append(came, r.Received)
			}
			byRequest[r.Request] = append(byRequest[r.Request], r)
			out.Replies++
		}
	}
	t := tally{room: room, who: who, country: map[string]*Part{}, region: map[string]*Part{}, theme: map[string]*Part{}}
	for i := range requests {
		out.Lines = append(out.Lines, t.line(&out, &requests[i], byRequest[requests[i].ID]))
	}
	out.ByCountry, out.ByRegion, out.ByTheme = parts(t.country), parts(t.region), parts(t.theme)
	if end := campaign.Expected(came, out.Silent, room.base.Now()); end != nil && c.Open() {
		out.Expected = repertoire.DateOf(*end)
	}
	mails, err := room.base.Store.Mails(ctx, c.ID)
	for _, m := range mails {
		switch m.State {
		case store.MailLeaving:
			out.Doubtful++
		case store.MailFailed:
			out.Failed++
		}
	}
	return out, err
}

type tally struct {
	room                   *Room
	who                    people
	country, region, theme map[string]*Part
}

func (t *tally) line(out *Status, r *campaign.Request, replies []*campaign.Reply) Line {
	l := Line{Request: r.ID, Partnership: r.Partnership, Standing: campaign.StandingOf(r, replies), Addresses: []string{},
		Themes: []string{}, Replies: []repertoire.ID{}, Last: r.Last()}
	for _, x := range r.Recipients {
		l.Addresses = append(l.Addresses, x.Email)
	}
	for _, b := range r.Bounces {
		l.Bounces = append(l.Bounces, b.Address+" : "+b.Reason)
	}
	if n := len(r.Notes); n > 0 {
		l.LastAt = r.Notes[n-1].At
	}
	for _, x := range replies {
		if x.State == campaign.ToReview || x.State == campaign.Reviewed {
			l.Replies = append(l.Replies, x.ID)
		}
	}
	p := t.who.partnerships[r.Partnership]
	if p == nil {
		l.Title = "(fiche à la corbeille)"
		out.Count(r, l.Standing, false)
		return l
	}
	l.Title, l.Fresh = t.who.title(p), campaign.ConfirmedSince(p, out.Opened)
	out.Count(r, l.Standing, l.Fresh)
	for _, id := range p.PartiesOn(repertoire.SideForeign)[:min(1, len(p.PartiesOn(repertoire.SideForeign)))] {
		if a := t.who.authority(id); a != nil {
			l.Country = a.Country
			add(t.country, a.Country, t.room.base.CountryName(a.Country), r, l)
		}
	}
	for _, id := range p.PartiesOn(repertoire.SideFrench)[:min(1, len(p.PartiesOn(repertoire.SideFrench)))] {
		if a := t.who.authority(id); a != nil && a.Region != "" {
			l.Region = a.Region
			add(t.region, a.Region, a.Region, r, l)
		}
	}
	seen := map[string]bool{}
	for _, code := range p.Themes {
		top, _, _ := strings.Cut(code, ".")
		if !seen[top] {
			seen[top] = true
			l.Themes = append(l.Themes, top)
			add(t.theme, top, t.room.base.ThemeLabel(top), r, l)
		}
	}
	return l
}

func add(into map[string]*Part, value, label string, r *campaign.Request, l Line) {
	if into[value] == nil {
		into[value] = &Part{Value: value, Label: label}
	}
	into[value].Count(r, l.Standing, l.Fresh)
}

func parts(of map[string]*Part) []Part {
	out := []Part{}
	for _, p := range of {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b Part) int {
		return cmp.Or(b.Asked-a.Asked, strings.Compare(repertoire.Fold(a.Label), repertoire.Fold(b.Label)))
	})
	return out
}
