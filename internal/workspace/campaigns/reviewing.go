package campaigns

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Sheet is a reply laid out for its review.
type Sheet struct {
	Reply       campaign.Reply
	Campaign    string
	Title       string
	Partnership repertoire.Partnership // as it is now
	Differences []campaign.Difference
	// Others are the other replies to the same request.
	Others []campaign.Reply
	// Contradicts names the replies that answer something otherwise.
	Contradicts []string
	// Gone tells that the partnership is no longer in the base.
	Gone bool
}

// Replies lists what was collected, those of a state only when one is given.
func (room *Room) Replies(ctx context.Context, ref string, states ...campaign.ReplyState) ([]campaign.Reply, error) {
	c, err := room.Get(ctx, ref)
	if err != nil {
		return nil, err
	}
	list, err := room.base.Store.Replies(ctx, c.ID)
	if err != nil || len(states) == 0 {
		return list, err
	}
	return slices.DeleteFunc(list, func(r campaign.Reply) bool { return !slices.Contains(states, r.State) }), nil
}

// Review lays a reply out in three columns.
func (room *Room) Review(ctx context.Context, id repertoire.ID) (Sheet, error) {
	r, err := room.base.Store.Reply(ctx, id)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Reply: r}
	c, err := room.Get(ctx, string(r.Campaign))
	if err != nil {
		return s, err
	}
	s.Campaign = c.Name
	if r.Questionnaire == "" {
		return s, nil
	}
	q, err := room.base.Store.Questionnaire(ctx, r.Questionnaire)
	if err != nil {
		return s, err
	}
	s.Title = q.Title
	now, err := room.base.Store.Partnership(ctx, r.Partnership)
	if err != nil {
		if repertoire.KindOf(err) != repertoire.NotFound {
			return s, err
		}
		s.Gone = true
		return s, nil
	}
	s.Partnership = now
	names, err := room.names(ctx)
	if err != nil {
		return s, err
	}
	s.Differences = room.words().Differences(&q, &r, &now, names)
	return s, room.beside(ctx, &s, names)
}

// beside looks at the other replies to the same request: those that answer
// something otherwise are named on it.
func (room *Room) beside(ctx context.Context, s *Sheet, names repertoire.Names) error {
	all, err := room.base.Store.Replies(ctx, s.Reply.Campaign)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Request != s.Reply.Request || other.ID == s.Reply.ID || other.State == campaign.Broken || other.State == campaign.Double {
			continue
		}
		s.Others = append(s.Others, other)
		if !other.Legible || !s.Reply.Legible {
			continue
		}
		q, err := room.base.Store.Questionnaire(ctx, other.Questionnaire)
		if err != nil {
			return err
		}
		theirs := room.words().Differences(&q, &other, &s.Partnership, names)
		if len(theirs) == 0 && !other.Unchanged {
			continue // it answers nothing
		}
		found := false
		for i := range s.Differences {
			d := &s.Differences[i]
			at := slices.IndexFunc(theirs, func(x campaign.Difference) bool { return x.Path == d.Path })
			switch {
			case strings.Contains(d.Path, "+"): // each brings its own
			case at < 0 && other.Questionnaire == s.Reply.Questionnaire:
				d.Against = append(d.Against, fmt.Sprintf("« %s » laisse : %s", other.File, orNothing(d.Sent)))
				found = true
			case at >= 0 && theirs[at].Answered != d.Answered:
				d.Against = append(d.Against, fmt.Sprintf("« %s » : %s", other.File, orNothing(theirs[at].Answered)))
				found = true
			}
		}
		if found {
			s.Contradicts = append(s.Contradicts, other.File)
		}
	}
	return nil
}

func orNothing(s string) string {
	if s == "" {
		return "rien"
	}
	return s
}

// Decision is what the officer decides on a reply.
type Decision struct {
	Verdicts []campaign.Verdict
	// All accepts or refuses what no verdict names; "" leaves it as it is in
	// the entry, as a refusal does. Conflicts and contradictions are never
	// accepted by All: they want a verdict of their own.
	All campaign.Judgment
	// Aside puts the reply away without taking anything.
	Aside bool
}

// Decided is what a review came to.
type Decided struct {
	Reply     repertoire.ID `json:"reply"`
	Title     string        `json:"title"`
	Change    repertoire.ID `json:"change,omitempty"` // to be undone as one
	Accepted  int           `json:"accepted"`
	Refused   int           `json:"refused"`
	Confirmed int           `json:"confirmed"`
	// Left are the labels of what All did not dare to take.
	Left []string `json:"left"`
}

// Decide writes a review: what was accepted goes into the entry with where it
// comes from, in one change with the reply.
func (room *Room) Decide(ctx context.Context, id repertoire.ID, in Decision) (Decided, error) {
	s, err := room.Review(ctx, id)
	if err != nil {
		return Decided{}, err
	}
	out := Decided{Reply: id, Title: s.Title, Left: []string{}}
	r := s.Reply
	switch {
	case r.State == campaign.Reviewed:
		return out, repertoire.Refuse("Cette réponse a été relue le %s : annulez ce changement pour la relire. Rien n’a été modifié.",
			repertoire.DateOf(r.Reviewed).Field())
	case s.Gone && !in.Aside:
		return out, repertoire.Refuse(
			"La fiche « %s » n’est plus dans la base : restaurez-la de la corbeille, ou mettez la réponse de côté. Rien n’a été modifié.",
			s.Title)
	case r.State == campaign.Broken && !in.Aside:
		return out, repertoire.Refuse("Cette réponse n’a pas pu être lue : %s", r.Reason)
	}
	if err := known(s.Differences, in.Verdicts); err != nil {
		return out, err
	}
	r.Verdicts = out.verdicts(s, in)
	c := room.change("Réponse relue : " + cmp.Or(s.Title, r.File))
	r.State, r.Reviewed, r.Reviewer = campaign.Reviewed, c.At, room.base.Author()
	if !in.Aside && r.Legible {
		if err := room.accept(ctx, &c, s, &r, &out); err != nil {
			return out, err
		}
	}
	if err := base.Put(&c, &r, r.Version); err != nil {
		return out, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return out, err
	}
	out.Change = c.ID
	return out, nil
}

// known refuses a verdict on nothing.
func known(list []campaign.Difference, verdicts []campaign.Verdict) error {
	for _, v := range verdicts {
		if !slices.ContainsFunc(list, func(d campaign.Difference) bool { return d.Path == v.Path }) {
			return repertoire.Refuse("Il n’y a pas de différence « %s » dans cette réponse. Rien n’a été modifié.", v.Path)
		}
	}
	return nil
}

// verdicts gives each difference its judgment.
func (out *Decided) verdicts(s Sheet, in Decision) []campaign.Verdict {
	var list []campaign.Verdict
	for _, d := range s.Differences {
		if i := slices.IndexFunc(in.Verdicts, func(v campaign.Verdict) bool { return v.Path == d.Path }); i >= 0 {
			list = append(list, in.Verdicts[i])
			continue
		}
		v := campaign.Verdict{Path: d.Path, Choice: campaign.Refuse}
		if in.All == campaign.Accept && !in.Aside {
			if d.Conflict || len(d.Against) > 0 {
				out.Left = append(out.Left, d.Label)
			} else {
				v.Choice = campaign.Accept
			}
		}
		list = append(list, v)
	}
	return list
}

// accept puts what was accepted into the change.
func (room *Room) accept(ctx context.Context, c *repertoire.Change, s Sheet, r *campaign.Reply, out *Decided) error {
	q, err := room.base.Store.Questionnaire(ctx, r.Questionnaire)
	if err != nil {
		return err
	}
	done, err := room.words().Accepted(&q, r, &s.Partnership)
	if err != nil {
		return err
	}
	out.Accepted, out.Refused, out.Confirmed = done.Accepted, done.Refused, done.Confirmed
	next := done.Partnership
	if done.Accepted == 0 && done.Confirmed == 0 {
		return nil
	}
	repertoire.CleanRecord(&next)
	findings, err := room.records.Validate(ctx, next)
	if err != nil {
		return err
	}
	before, err := room.records.Validate(ctx, s.Partnership)
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.Severity == repertoire.SeverityRefuse && !slices.Contains(before, f) {
			return &repertoire.Error{Kind: repertoire.Refused, Field: f.Field,
				Message: f.Message + " Rien n’a été modifié : corrigez cette réponse dans la relecture, ou refusez-la."}
		}
	}
	next.Updated = c.At
	if err := base.Put(c, &next, s.Partnership.Version); err != nil {
		return err
	}
	r.Change = c.ID
	return nil
}
