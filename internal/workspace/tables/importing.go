package tables

import (
	"context"
	"path/filepath"
	"slices"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Import takes the rows of a CSV or XLSX file into a répertoire, as one change.
// Without Partial a single broken row keeps everything out.
func (room *Room) Import(ctx context.Context, file string, opt ImportOptions, progress base.Progress) (report ImportReport, err error) {
	defer func() { err = base.Stopped(err) }()
	report = ImportReport{Rejected: []Rejection{}}
	c := room.base.Change(repertoire.CauseImport, "Import de "+filepath.Base(file))
	aside := importing{spool: room.base.Store.Spool(),
		confirmed: repertoire.Confirmation{At: c.At, By: c.Author, Source: "import " + filepath.Base(file)}}
	defer aside.spool.Close()
	take, settle := aside.beside()
	plan, known, err := room.planImport(ctx, file, opt, c, take, progress)
	if failed := settle(); err == nil {
		err = failed
	}
	if err != nil {
		return report, err
	}
	report.fill(plan)
	report.asked(room, plan)
	if opt.Items {
		if report.Items, err = importItems(plan, known); err != nil {
			return report, err
		}
	}
	if opt.DryRun || len(plan.Rejected) > 0 && !opt.Partial {
		return report, nil
	}
	if err := aside.planned(plan); err != nil {
		return report, err
	}
	if err := ctx.Err(); err != nil || aside.spool.Count == 0 {
		return report, err
	}
	progress.Tell(0, 0, "Enregistrement")
	if _, err := room.base.ApplyLarge(ctx, aside.spool.Large(c)); err != nil {
		return report, err
	}
	report.Change = c.ID
	// What a word means is remembered once somebody's rows were taken by it.
	return report, room.RememberWords(ctx, opt.Recipe.Words)
}

// planImport compares the rows of a file with the base; nothing is written.
func (room *Room) planImport(ctx context.Context, file string, opt ImportOptions, c repertoire.Change, take func(exchange.Update) error,
	progress base.Progress) (exchange.Plan, *exchange.Known, error) {
	directory, err := room.base.NeedDirectory(ctx, opt.Directory)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	known, err := room.base.Resolver(ctx)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	country := only(directory.Countries)
	columned, err := readAs(file, opt, known, directory.Countries)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	existing, err := room.existing(ctx)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	decisions := make(map[int]exchange.Decision, len(opt.Decisions))
	for row, d := range opt.Decisions {
		decisions[row] = exchange.Decision(d)
	}
	if opt.Items || opt.DryRun {
		take = nil // the records are shown, or only counted
	}
	plan, err := exchange.NewPlanOver(ctx, columned.Table, columned.Mapping, known, existing, exchange.Options{
		Directory: opt.Directory, Country: country, Countries: directory.Countries, Author: room.base.Author(), At: c.At,
		Group: opt.Group || columned.Group, Decisions: decisions, Words: room.wordsFor(opt.Recipe), Who: answers(opt), Proof: opt.Proof,
		Refused:   opt.Refused,
		CountOnly: opt.DryRun && !opt.Items, Take: take, Progress: progress.Tell})
	plan.Reasons = columned.Proposal.Reasons
	return plan, known, err
}

// readAs reads a file and gives its columns their fields.
func readAs(file string, opt ImportOptions, known exchange.Resolver, countries []string) (exchange.Columned, error) {
	read := opt.Recipe.ReadOptions()
	if opt.Sheet != "" {
		read.Sheet = opt.Sheet
	}
	read.Edits = opt.Edits
	table, err := exchange.ReadFile(file, read)
	if err != nil {
		return exchange.Columned{}, err
	}
	recipe := opt.Recipe
	if opt.Mapping != nil {
		recipe.Columns = opt.Mapping
	}
	return recipe.Understand(table, known, countries, opt.Mapping != nil)
}

// only gives the country that rows without one belong to: that of a
// répertoire of one country.
func only(countries []string) string {
	if len(countries) == 1 {
		return countries[0]
	}
	return ""
}

func (r *ImportReport) fill(plan exchange.Plan) {
	r.Rows, r.Added, r.Updated, r.Unchanged = plan.Rows, plan.Additions, plan.Updates, plan.Unchanged
	r.Left, r.Grouped, r.Twins = len(plan.Left), plan.Grouped, plan.Twins
	if len(plan.Rejected) > 0 { // handed over, not copied: there may be half a million
		r.Rejected = plan.Rejected
	}
	r.Warnings = append(r.Warnings, plan.Warnings...)
	r.Unmapped, r.Unknown, r.Reasons, r.More = plan.Unmapped, plan.Unknown, plan.Reasons, plan.More
	r.Consents = plan.Consents
	r.Columns = map[string]string{}
	for heading, field := range plan.Columns {
		r.Columns[heading] = string(field)
	}
}

// importing sets what an import will write aside on the disk; every field that a
// row filled or changed is confirmed by the file.
type importing struct {
	spool     *store.Spool
	confirmed repertoire.Confirmation
}

// beside sets records aside on another processor while the next ones are made;
// settle returns when all are, and says why one could not be.
func (x *importing) beside() (take func(exchange.Update) error, settle func() error) {
	queue, done := make(chan exchange.Update, 64), make(chan error, 1)
	go func() {
		var failed error
		for u := range queue {
			if failed == nil {
				failed = x.take(u)
			}
		}
		done <- failed
	}()
	return func(u exchange.Update) error { queue <- u; return nil },
		func() error { close(queue); return <-done }
}

func (x *importing) take(u exchange.Update) error {
	before := &u.Before
	if u.Before.ID == "" {
		before = nil
	} else {
		// Twins are dropped from a project's lists: the record it changes keeps its own.
		u.After.Projects = slices.Clone(u.After.Projects)
	}
	u.After.ConfirmChanges(before, x.confirmed)
	return x.put(&u.After, u.Before.Version)
}

func (x *importing) put(record any, version int64) error {
	op, err := base.Op(record, version)
	if err != nil {
		return err
	}
	return x.spool.Add(op)
}

// planned sets aside what the plan holds.
func (x *importing) planned(plan exchange.Plan) error {
	for _, a := range plan.Authorities {
		if err := x.put(&a, a.Version); err != nil {
			return err
		}
	}
	for _, added := range plan.Added {
		if err := x.take(exchange.Update{Row: added.Row, After: added.Partnership}); err != nil {
			return err
		}
	}
	for _, u := range plan.Updated {
		if err := x.take(u); err != nil {
			return err
		}
	}
	return nil
}

// heldPartnerships is up to how many records of the base an import compares
// with in memory; of more it reads each as it meets it.
const heldPartnerships = 5000

// existing are the records that an import compares with.
func (room *Room) existing(ctx context.Context) (exchange.Existing, error) {
	ids, err := room.base.Store.BrowseIDs(ctx, store.BrowseQuery{})
	if err != nil {
		return exchange.Existing{}, err
	}
	out := exchange.Existing{Each: base.EachOf(ctx, room.base.Store.Reader, ids)}
	if len(ids) > heldPartnerships {
		out.Read = func(id repertoire.ID) (repertoire.Partnership, error) { return room.base.Store.Partnership(ctx, id) }
	}
	return out, nil
}

// ImportOptions steers an import.
type ImportOptions struct {
	Directory string
	Mapping   map[string]string // file heading -> field; nil guesses
	DryRun    bool
	Partial   bool // keep the good rows when some are broken
	Author    string
	Sheet     string           // of an XLSX file, "" for the first with anything in it
	Group     bool             // rows of the same authorities and type are one partnership
	Decisions map[int]Decision // by row, where the import's own choice is not wanted
	Items     bool             // report row by row too
	// Recipe is what was decided of this kind of file; what the fields above
	// say comes first.
	Recipe exchange.Recipe
	// Refused are the fields (JSON names) that a row may not change; Edits the
	// cells that a person corrected, by row and column.
	Refused map[int][]string
	Edits   map[int]map[int]string
	// Who says which authority a name of the file is, by the key of its question.
	Who map[string]repertoire.ID
	// Proof says how the people of a JSON file that does not prove it agreed to
	// be published.
	Proof string
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	Rows      int               `json:"rows"`
	Added     int               `json:"added"`
	Updated   int               `json:"updated"`
	Unchanged int               `json:"unchanged"`
	Rejected  []Rejection       `json:"rejected"`
	Change    repertoire.ID     `json:"change,omitempty"`   // the one undoable step, "" when nothing was written
	Columns   map[string]string `json:"columns,omitempty"`  // heading -> field as understood
	Unmapped  []string          `json:"unmapped,omitempty"` // headings that were not taken
	Warnings  []Rejection       `json:"warnings,omitempty"` // remarks on rows that were taken
	Left      int               `json:"left,omitempty"`     // rows left out on demand
	Grouped   int               `json:"grouped,omitempty"`  // rows put together with an earlier one
	Twins     int               `json:"twins,omitempty"`    // rows refused because an earlier one speaks of the same partnership
	Items     []ImportItem      `json:"items,omitempty"`    // every row, when asked for
	// Unknown are the words that no list has, with their number of rows.
	Unknown []exchange.Unknown `json:"unknown,omitempty"`
	// Reasons say what was seen of the file that its headings do not say.
	Reasons   []string          `json:"reasons,omitempty"`
	More      int               `json:"more,omitempty"`      // remarks beyond those listed
	Consents  exchange.Consents `json:"consents"`            // people of a JSON file who agreed to be published
	Questions []WhoQuestion     `json:"questions,omitempty"` // authorities to be settled
	Notes     []WhoNote         `json:"notes,omitempty"`     // authorities recognised without a question
}

// Rejection is a row that was not taken, counted as a spreadsheet does (the
// headings are row 1).
type Rejection = exchange.Rejection
