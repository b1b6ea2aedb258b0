package exchange

import (
	"context"
	"errors"
	"slices"
	"time"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/thrift"
)

// Resolver tells what the workspace and the reference data know. Texts come as
// typed, trimmed; case and accents are the resolver's work. Answers must not
// change while a plan is made.
type Resolver interface {
	// Authority gives an authority of the base, nil when there is none.
	Authority(repertoire.ID) *repertoire.Authority
	// French lists the French authorities that answer the query, those of
	// the base first, the same ID once. An INSEE code or a SIREN alone
	// decides; else the name does (usual name, native or other names), and
	// Departement and Level are left to the caller.
	French(FrenchQuery) []repertoire.Authority
	// Foreign lists the authorities of a country (ISO code) that bear the
	// name, likely ones first.
	Foreign(country, name string) []repertoire.Authority
	// ForeignIn lists the authorities of a country that are in the base.
	ForeignIn(country string) []repertoire.Authority
	// Who tells which authority is meant, and WhichCountry which country, from
	// the base and the reference. Who may be asked by two goroutines at once.
	Who(reference.Mention) reference.Answer
	WhichCountry(text string, likely ...string) reference.CountryAnswer
	// Country reads a country's name or ISO code.
	Country(text string) (iso string, ok bool)
	// CountryName gives the French name of an ISO code.
	CountryName(iso string) string
	// Theme reads a theme's code or label.
	Theme(text string) (code string, ok bool)
	// ThemeLabel gives the label of a code.
	ThemeLabel(code string) string
	// Directory reads a répertoire's slug, title or short name.
	Directory(text string) (slug string, ok bool)
}

// FrenchQuery asks for French authorities: by INSEE code, else by SIREN, else
// by name.
type FrenchQuery struct {
	INSEE string
	SIREN string
	Name  string
	// Level tells apart the codes and names that levels share ("59" the
	// département, "Paris" the commune); "" for any.
	Level repertoire.Level
}

// Options says where and for whom rows are taken in.
type Options struct {
	Directory string    // slug of the répertoire rows are put in
	Country   string    // ISO code for rows without a country; "" for none
	Countries []string  // ISO codes of the répertoire; rows of others get a remark; nil for any
	Author    string    // for the record's provenance
	At        time.Time // the same moment for the whole import
	// Group takes rows of the same authorities and type for one partnership: a
	// file with a row a project (Atlas).
	Group bool
	// Words says what words of the file stand for.
	Words Words
	// Who says which authority a name of the file is: see WhoKey.
	Who map[string]repertoire.ID
	// Proof says how the people of a JSON file agreed to be published, when the
	// file itself does not prove it.
	Proof string
	// Decisions says what to do with rows, by their number, where the plan's
	// own choice is not wanted.
	Decisions map[int]Decision
	// Refused are the fields (JSON names) that a row may not change, by its
	// number: a person prefers what the base has.
	Refused map[int][]string
	// CountOnly keeps no record in the plan: what a trial of a big file asks.
	CountOnly bool
	// NewID makes the IDs of new records; nil for repertoire.NewID.
	NewID func() repertoire.ID
	// Take, when set, is handed each partnership to be written in place of the
	// plan, which holds none: a big file's are set aside on the disk. Before is
	// the zero record for a new one.
	Take     func(Update) error
	Progress func(done, total int, label string) // may be nil
}

// Decision is what a person wants done with a row.
type Decision string

// The decisions; "" leaves it to the plan: a known partnership is updated,
// another one is added.
const (
	DecideNew   Decision = "new"   // a new partnership, whatever the base has
	DecideLeave Decision = "leave" // the row is left out
)

// Plan is what an import would do. Nothing is written yet.
type Plan struct {
	Rows int // rows with something in them, headings left out
	// Additions, Updates and Unchanged count the partnerships.
	Additions, Updates, Unchanged int
	// Added and Updated are ready to be written; Authorities are those that
	// must be written with them. Same are the unchanged ones. All are empty
	// when the plan only counts.
	Added       []Addition
	Updated     []Update
	Authorities []repertoire.Authority
	Same        []Update    // Before and After are alike
	Left        []int       // rows that a person left out
	Grouped     int         // rows put together with an earlier one
	Twins       int         // rows refused because an earlier one speaks of the same partnership
	Rejected    []Rejection // sorted by row
	Warnings    []Rejection // remarks on rows that are taken, and on the file
	More        int         // remarks beyond those listed
	Unknown     []Unknown   // words of no list
	Consents    Consents    // what a JSON file says of people who agreed
	Questions   []Question  // authorities that somebody must settle
	Notes       []Note      // what was taken without a question, by kind
	Columns     Mapping     // heading -> field as understood
	Unmapped    []string    // headings that are not taken
	Reasons     []string    // what was seen that the headings do not say
}

// manyRows is from how many rows on memory is held short.
const manyRows = 50_000

// maxRemarks bounds the remarks of one plan: nobody reads more.
const maxRemarks = 20_000

// Addition is a new partnership.
type Addition struct {
	Row         int
	Partnership repertoire.Partnership
}

// Update is a partnership that a row changes; Before has the version the plan
// was made against.
type Update struct {
	Row           int
	Before, After repertoire.Partnership
}

// NewPlan compares the rows of a table with the base. existing are all live
// partnerships of the base, of every répertoire. An error means that the table
// as a whole cannot be taken; rows that cannot are in Plan.Rejected. The
// mapping is not asked for a JSON export.
func NewPlan(ctx context.Context, t Table, m Mapping, r Resolver, existing []repertoire.Partnership, opt Options) (Plan, error) {
	return NewPlanOver(ctx, t, m, r, Existing{Each: held(existing)}, opt)
}

// Existing are the live partnerships of a base, of every répertoire.
type Existing struct {
	Each Records
	// Read gives one of them; nil when they may all be held.
	Read func(repertoire.ID) (repertoire.Partnership, error)
}

// NewPlanOver is NewPlan for a base whose records are not in memory together.
func NewPlanOver(ctx context.Context, t Table, m Mapping, r Resolver, existing Existing, opt Options) (Plan, error) {
	var at map[Field][]int
	if t.Document == nil {
		var err error
		if at, err = m.lookup(t.Headings); err != nil {
			return Plan{}, err
		}
	}
	if opt.NewID == nil {
		opt.NewID = repertoire.NewID
	}
	if opt.Progress == nil {
		opt.Progress = func(int, int, string) {}
	}
	known, err := newBase(existing)
	if err != nil {
		return Plan{}, err
	}
	p := planner{table: t, at: at, opt: opt, resolver: newResolving(r, opt), base: known, words: map[unknownKey]*Unknown{},
		orders: map[Field]*dayOrder{}, firstRow: map[repertoire.ID]int{}, told: map[string]bool{}, abroad: map[string]*strangers{},
		pairs: map[string]*parties{}, kinds: map[repertoire.Type]*saying{}, doubles: map[int]string{},
		plan: Plan{Rows: t.Count, Columns: m, Rejected: append([]Rejection{}, t.Broken...),
			Warnings: append([]Rejection(nil), t.Remarks...)}}
	for i, h := range t.Headings {
		cut := slices.ContainsFunc(t.virtual, func(v virtual) bool { return v.from == i })
		if f := m[h]; h != "" && !cut && (f == "" || f == FieldIgnored) {
			p.plan.Unmapped = append(p.plan.Unmapped, h)
		}
	}
	if t.Count > manyRows {
		// What a row leaves behind is gone at once: so big a file must not take
		// twice its room while it is compared.
		hold := thrift.Begin(30)
		hold.Limit(max(230<<20, thrift.Live()+128<<20))
		defer hold.End()
	}
	p.unfold()
	run := p.run
	if t.Document != nil {
		p.plan.Rows, run = len(t.Document.Partnerships), p.runDocument
	}
	if err := errors.Join(run(ctx), p.failed); err != nil {
		return Plan{}, err
	}
	return p.plan, nil
}
