package repertoire

import (
	"encoding/json"
	"time"
)

// Aggregate names a kind of record that is saved whole, with a version.
type Aggregate string

// The aggregates of the base.
const (
	AggPartnership  Aggregate = "partnership"
	AggAuthority    Aggregate = "authority"
	AggDirectory    Aggregate = "directory"
	AggPresentation Aggregate = "presentation"
	AggTheme        Aggregate = "theme"
	// Those of orders; their types are in internal/order.
	AggSales   Aggregate = "sales"
	AggBuyer   Aggregate = "buyer"
	AggOrder   Aggregate = "book_order" // "order" is a word of SQL
	AggInvoice Aggregate = "invoice"
	AggStock   Aggregate = "stock_movement"
	// AggList is a search kept under a name.
	AggList Aggregate = "saved_list"
	// Those of the yearly round of questions; their types are in internal/campaign.
	AggCampaign      Aggregate = "campaign"
	AggRequest       Aggregate = "campaign_request"
	AggQuestionnaire Aggregate = "questionnaire"
	AggReply         Aggregate = "campaign_reply"
)

// Cause says why a change was made.
type Cause string

// The causes, as stored in the journal.
const (
	CauseEdit          Cause = "edit"
	CauseImport        Cause = "import"
	CauseQuestionnaire Cause = "questionnaire"
	CauseMerge         Cause = "merge"
	CauseRestore       Cause = "restore"
	CauseUndo          Cause = "undo"
	CauseGenerate      Cause = "generate"
	CauseSample        Cause = "sample"
	CauseErase         Cause = "erase" // personal data erased: cannot be undone
	CauseShare         Cause = "share" // records put in common, or brought in line with other desks
)

// Change is the one way data are written: a batch of operations applied whole
// or not at all, kept in the journal, undone as one. IDs and times come from
// the program, never from the database.
type Change struct {
	ID     ID        `json:"id"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Cause  Cause     `json:"cause"`
	Label  string    `json:"label"` // French, for the undo menu: "Import de partenariats.csv"
	// Undoes is the change this one takes back, "" for others.
	Undoes ID   `json:"undoes,omitempty"`
	Ops    []Op `json:"ops"`
}

// Op replaces one aggregate. Before and After are its whole JSON, canonical
// (see encoding/json field order), without its version. A nil Before creates,
// a nil After deletes (a tombstone: the trash keeps it).
type Op struct {
	Aggregate Aggregate       `json:"aggregate"`
	ID        ID              `json:"id"`
	Version   int64           `json:"version"` // version Before had; 0 when created
	Before    json.RawMessage `json:"before,omitempty"`
	After     json.RawMessage `json:"after,omitempty"`
}
