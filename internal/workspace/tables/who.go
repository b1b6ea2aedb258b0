package tables

import (
	"context"
	"maps"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// WhoCandidate is an authority that a typed name may mean.
type WhoCandidate struct {
	ID         repertoire.ID    `json:"id"`
	Name       string           `json:"name"`
	Label      string           `json:"label"` // told from its namesakes
	Country    string           `json:"country"`
	Level      repertoire.Level `json:"level"`
	INSEE      string           `json:"insee,omitempty"`
	SIREN      string           `json:"siren,omitempty"`
	Where      string           `json:"where,omitempty"`
	Population int              `json:"population,omitempty"`
	Known      bool             `json:"known,omitempty"` // already in this workspace
	Confidence float64          `json:"confidence"`
	Why        []string         `json:"why"`
}

// WhoQuestion is a name of a file that somebody must settle; its rows are
// taken as they are written meanwhile.
type WhoQuestion struct {
	Key        string            `json:"key"`
	Name       string            `json:"name"`
	Country    string            `json:"country"`
	Answer     reference.Verdict `json:"answer"` // confirm or unknown
	Several    bool              `json:"several,omitempty"`
	Authority  repertoire.ID     `json:"authority"` // the one made for it
	Row        int               `json:"row"`
	Rows       int               `json:"rows"`
	Sentence   string            `json:"sentence"`
	Candidates []WhoCandidate    `json:"candidates"`
}

// WhoNote gathers the names that were recognised without a question, for one
// kind of reason.
type WhoNote struct {
	Kind     exchange.NoteKind `json:"kind"`
	Count    int               `json:"count"` // names
	Rows     int               `json:"rows"`
	Sentence string            `json:"sentence"`
	Items    []WhoNoteItem     `json:"items"`
}

// WhoNoteItem is one name and what it was taken for.
type WhoNoteItem struct {
	Name string `json:"name"`
	For  string `json:"for"`
	Why  string `json:"why"`
	Row  int    `json:"row"`
	Rows int    `json:"rows"`
}

func whoCandidate(w *Room, c reference.Candidate) WhoCandidate {
	a := &c.Authority
	out := WhoCandidate{ID: a.ID, Name: a.Name, Label: reference.Label(a), Country: a.Country, Level: a.Level, INSEE: a.INSEE,
		SIREN: a.SIREN,
		Where: w.base.Where(a), Population: a.Population, Known: c.Known, Confidence: c.Confidence}
	for _, r := range c.Reasons {
		out.Why = append(out.Why, r.String())
	}
	return out
}

// asked puts the plan's questions and notes in the report.
func (r *ImportReport) asked(w *Room, plan exchange.Plan) {
	for _, q := range plan.Questions {
		x := WhoQuestion{Key: q.Key, Name: q.Name, Country: q.Country, Answer: q.Verdict, Several: q.Several, Authority: q.Authority,
			Row: q.Row, Rows: q.Rows, Sentence: q.String(), Candidates: []WhoCandidate{}}
		for _, c := range q.Candidates {
			x.Candidates = append(x.Candidates, whoCandidate(w, c))
		}
		r.Questions = append(r.Questions, x)
	}
	for _, n := range plan.Notes {
		x := WhoNote{Kind: n.Kind, Count: len(n.Items), Rows: n.Rows, Sentence: n.String()}
		for _, i := range n.Items {
			x.Items = append(x.Items, WhoNoteItem(i))
		}
		r.Notes = append(r.Notes, x)
	}
}

// Who tells which authority a mention may mean, from the workspace and the
// reference.
func (room *Room) Who(ctx context.Context, m reference.Mention) (reference.Verdict, []WhoCandidate, error) {
	known, err := room.base.Resolver(ctx)
	if err != nil {
		return reference.Unknown, nil, err
	}
	a := known.Who(m)
	out := make([]WhoCandidate, 0, len(a.Candidates))
	for _, c := range a.Candidates {
		out = append(out, whoCandidate(room, c))
	}
	return a.Verdict, out, nil
}

// answers gives those of the recipe, then those given for this import.
func answers(opt ImportOptions) map[string]repertoire.ID {
	out := maps.Clone(opt.Recipe.Who)
	if out == nil {
		out = map[string]repertoire.ID{}
	}
	maps.Copy(out, opt.Who)
	return out
}
