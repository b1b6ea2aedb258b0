package campaign

import (
	"slices"
	"time"

	"repertoire/internal/repertoire"
)

// Standing is where a request stands.
type Standing string

// The standings, in the order in which a request goes through them.
const (
	Unreached Standing = "sans-adresse"
	Unwritten Standing = "a-ecrire"
	Silent    Standing = "muette"
	Returned  Standing = "revenue"
	Answered  Standing = "a-relire"
	Partly    Standing = "partielle"
	Done      Standing = "faite"
)

// Standings are the choices with their French names.
var Standings = repertoire.Choices[Standing]{{Value: Unreached, Label: "Sans adresse"}, {Value: Unwritten, Label: "À écrire"},
	{Value: Silent, Label: "Sans réponse"},
	{Value: Returned, Label: "Messages revenus"}, {Value: Answered, Label: "À relire"}, {Value: Partly, Label: "Partielle"},
	{Value: Done, Label: "Faite"}}

// StandingOf tells where a request stands by what came back to it.
func StandingOf(r *Request, replies []*Reply) Standing {
	waiting, reviewed, whole := false, false, false
	for _, x := range replies {
		switch x.State {
		case ToReview:
			waiting = true
		case Reviewed:
			reviewed = true
			whole = whole || !x.Partial() || x.Unchanged
		}
	}
	switch {
	case waiting:
		return Answered
	case reviewed && whole:
		return Done
	case reviewed:
		return Partly
	case len(r.Notes) == 0 && len(r.Recipients) == 0:
		return Unreached
	case len(r.Notes) == 0:
		return Unwritten
	case r.Bounced():
		return Returned
	}
	return Silent
}

// Figures are what the cockpit shows.
type Figures struct {
	Asked     int `json:"asked"`
	Unreached int `json:"unreached"`
	Unwritten int `json:"unwritten"`
	Sent      int `json:"sent"` // written to, drafts counted
	Bounced   int `json:"bounced"`
	Silent    int `json:"silent"`
	Partial   int `json:"partial"`
	ToReview  int `json:"to_review"`
	Done      int `json:"done"`
	// Fresh counts the entries confirmed since the campaign was opened, FreshPercent
	// their share: « si l’on figeait aujourd’hui ».
	Fresh        int `json:"fresh"`
	FreshPercent int `json:"fresh_percent"`
}

// Count adds one request.
func (f *Figures) Count(r *Request, s Standing, fresh bool) {
	f.Asked++
	if len(r.Notes) > 0 {
		f.Sent++
	}
	if fresh {
		f.Fresh++
	}
	f.FreshPercent = f.Fresh * 100 / f.Asked
	switch s {
	case Unreached:
		f.Unreached++
	case Unwritten:
		f.Unwritten++
	case Silent:
		f.Silent++
	case Returned:
		f.Bounced++
	case Answered:
		f.ToReview++
	case Partly:
		f.Partial++
	case Done:
		f.Done++
	}
}

// Expected tells by when all who were written to will have answered, were the
// pace of the last two weeks to last: nil when nobody answers any more, or when
// all have. came are the days of the first answer to each request.
func Expected(came []time.Time, silent int, now time.Time) *time.Time {
	if silent == 0 || len(came) == 0 {
		return nil
	}
	since := now.AddDate(0, 0, -14)
	first := slices.MinFunc(came, time.Time.Compare)
	if first.After(since) {
		since = first
	}
	recent := 0
	for _, at := range came {
		if !at.Before(since) && !at.After(now) {
			recent++
		}
	}
	days := now.Sub(since).Hours() / 24
	if recent == 0 {
		return nil
	}
	pace := float64(recent) / max(days, 1)
	end := now.AddDate(0, 0, min(int(float64(silent)/pace)+1, 3650))
	return &end
}

// ConfirmedSince tells whether every filled essential field was confirmed on a
// day or after it.
func ConfirmedSince(p *repertoire.Partnership, day repertoire.Date) bool {
	f := p.Freshness()
	return f.Confirmed != "" && f.Confirmed >= day
}
