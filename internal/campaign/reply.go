package campaign

import (
	"time"

	"repertoire/internal/repertoire"
)

// Reply is one file that came back.
type Reply struct {
	ID repertoire.ID `json:"id"`
	// Campaign is the one it was collected in. Request, Questionnaire and
	// Partnership are empty when it could not be recognised.
	Campaign      repertoire.ID `json:"campaign"`
	Request       repertoire.ID `json:"request,omitempty"`
	Questionnaire repertoire.ID `json:"questionnaire,omitempty"`
	Partnership   repertoire.ID `json:"partnership,omitempty"`
	File          string        `json:"file"`   // as it was called
	SHA256        string        `json:"sha256"` // of its bytes
	// Received is when the message came, or when the file was written.
	Received  time.Time `json:"received"`
	Collected time.Time `json:"collected"`
	From      string    `json:"from,omitempty"` // address of the message
	// Respondent is who filled it in, as they wrote it.
	Respondent string `json:"respondent,omitempty"`
	Function   string `json:"function,omitempty"`
	// Unchanged is « rien n’a changé, je confirme ».
	Unchanged bool `json:"unchanged,omitempty"`
	// Legible tells that the form was read; Answered is then the partnership as
	// sent with the answers put in.
	Legible  bool                   `json:"legible,omitempty"`
	Answered repertoire.Partnership `json:"answered,omitzero"`
	// Origins tells, for each list of Answered, which element of the one sent
	// each element is ("0", "1"…), "+" for new ones.
	Origins map[string][]string `json:"origins,omitempty"`
	// Missing are the fields that the file no longer has.
	Missing  []string      `json:"missing,omitempty"`
	Remarks  string        `json:"remarks,omitempty"`
	Problems []Problem     `json:"problems,omitempty"`
	State    ReplyState    `json:"state"`
	Reason   string        `json:"reason,omitempty"` // French sentence: why it is broken, a double, or to be looked at
	Verdicts []Verdict     `json:"verdicts,omitempty"`
	Reviewed time.Time     `json:"reviewed,omitzero"`
	Reviewer string        `json:"reviewer,omitempty"`
	Change   repertoire.ID `json:"change,omitempty"` // that wrote what was accepted
	Version  int64         `json:"-"`
}

// Record gives what the store keeps a reply as.
func (r *Reply) Record() (repertoire.Aggregate, repertoire.ID, string) {
	return repertoire.AggReply, r.ID, "Réponse « " + r.File + " »"
}

// Problem is an answer that could not be read as what it stands for: it is kept
// in its own words, and nothing is put in its place.
type Problem struct {
	Path    string `json:"path"`
	Label   string `json:"label"`
	Text    string `json:"text"`
	Message string `json:"message"`
}

// ReplyState is how far a reply got.
type ReplyState string

// The states.
const (
	ToReview ReplyState = "a-relire"
	Reviewed ReplyState = "relue"
	Double   ReplyState = "doublon"
	Broken   ReplyState = "ecartee"
)

// ReplyStates are the choices with their French names.
var ReplyStates = repertoire.Choices[ReplyState]{{Value: ToReview, Label: "À relire"}, {Value: Reviewed, Label: "Relue"},
	{Value: Double, Label: "Doublon"}, {Value: Broken, Label: "Écartée"}}

// Partial tells whether the file lacks fields that were asked.
func (r *Reply) Partial() bool { return len(r.Missing) > 0 }

// Verdict is what the officer decided on one difference.
type Verdict struct {
	Path   string   `json:"path"`
	Choice Judgment `json:"choice"`
	// Text is the officer's own wording, in the form of a cell, when it is Edited.
	Text string `json:"text,omitempty"`
}

// Judgment is accepted, refused or edited.
type Judgment string

// The judgments.
const (
	Accept Judgment = "accepte"
	Refuse Judgment = "refuse"
	Edit   Judgment = "corrige"
)

// Judgments are the choices with their French names.
var Judgments = repertoire.Choices[Judgment]{{Value: Accept, Label: "Accepté"}, {Value: Refuse, Label: "Refusé"},
	{Value: Edit, Label: "Corrigé"}}

// Source is what confirmations name: « réponse de Mme Faye (Ville de Dakar) du 3 mars 2027 ».
func (r *Reply) Source() string {
	who := r.Respondent
	if who != "" && r.Function != "" {
		who += " (" + r.Function + ")"
	}
	if who == "" {
		who = r.From
	}
	day := repertoire.DateOf(r.Received).French()
	if who == "" {
		return "réponse du " + day
	}
	return "réponse de " + who + " du " + day
}
