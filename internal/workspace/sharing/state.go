package sharing

import (
	"time"

	"repertoire/internal/share"
)

// What the window shows of others.
type (
	Presence = share.Presence
	Peer     = share.Desk
	Person   = share.Person
	Arrival  = share.Arrival
	Role     = share.Role

	Restoration = share.Restoration
)

// What an account may do.
const (
	Reader  = share.Reader
	Officer = share.Officer
	Admin   = share.Admin
)

// Phase says how a shared workspace stands with its server.
type Phase string

// The phases.
const (
	Alone      Phase = ""           // the workspace is not shared
	Joining    Phase = "liaison"    // nothing was heard of the server yet
	Held       Phase = "pause"      // a person stopped the first exchange
	UpToDate   Phase = "a-jour"     // all is sent and taken in
	Exchanging Phase = "echange"    // an exchange is under way
	Offline    Phase = "hors-ligne" // the server does not answer; work goes on
	Barred     Phase = "refus"      // it refuses this account, or the line is not safe
	Guarded    Phase = "garde"      // a mass deletion waits for a person
	Forked     Phase = "divergence" // the server was restored from an older backup
	Outdated   Phase = "lecture"    // a newer program writes there: this one only reads
)

// State is all that the window shows of the sharing.
type State struct {
	Phase    Phase  `json:"phase"`
	Sentence string `json:"sentence,omitempty"` // what is wrong and what stays, "" when nothing is
	// Since is when the phase began.
	Since time.Time `json:"since"`
	Status
	Done, Left int        `json:"-"` // of a long exchange under way
	You        Person     `json:"you"`
	People     []Person   `json:"people,omitempty"`
	Peers      []Peer     `json:"peers,omitempty"` // every desk, this one included
	Present    []Presence `json:"present,omitempty"`
	Arrivals   []Arrival  `json:"arrivals,omitempty"` // of other desks, since yesterday
	Guard      *Deletion  `json:"guard,omitempty"`
	// Restoration says which desks a server that came back from a backup waits for.
	Restoration Restoration `json:"restoration"`
}

// Deletion is another desk's deletion of many records that waits to be let in.
type Deletion struct {
	Number  int64     `json:"number"`
	Label   string    `json:"label"`
	Author  string    `json:"author"`
	At      time.Time `json:"at"`
	Records int       `json:"records"`
	Titles  []string  `json:"titles"` // of the first of them
}
