package tables

import (
	"context"
	"path/filepath"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Import takes the rows of a CSV or XLSX file into a répertoire, as one change.
// Without Partial a single broken row keeps everything out.
func (room *Room) Import(ctx context.Context, file string, opt ImportOptions, progress base.Progress) (report ImportReport, err error) {
	defer func() { err = base.Stopped(err) }()
	report = ImportReport{Rejected: []Rejection{}}
	c := room.base.Change(repertoire.CauseImport, "Import de "+filepath.Base(file))
	plan, known, err := room.planImport(ctx, file, opt, c, progress)
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
	if err := planned(&c, plan, file); err != nil {
		return report, err
	}
	if err := ctx.Err(); err != nil || len(c.Ops) == 0 {
		return report, err
	}
	progress.Tell(0, 0, "Enregistrement")
	if _, err := room.base.Apply(ctx, c); err != nil {
		return report, err
	}
	report.Change = c.ID
	// What a word means is remembered once somebody's rows were taken by it.
	return report, room.RememberWords(ctx, opt.Recipe.Words)
}

// planImport compares the rows of a file with the base; nothing is written.
func (room *Room) planImport(ctx context.Context, file string, opt ImportOptions, c repertoire.Change, progress base.Progress) (exchange.Plan, *exchange.Known, error) {
	directory, err := room.base.NeedDirectory(ctx, opt.Directory)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	known, err := room.base.Resolver(ctx)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	country := only(directory.Countries)
	columned, err := readAs(file, opt, known, country)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	var existing []repertoire.Partnership
	if err := room.base.Store.EachPartnership(ctx, func(p repertoire.Partnership) error {
		existing = append(existing, p)
		return nil
	}); err != nil {
		return exchange.Plan{}, nil, err
	}
	decisions := make(map[int]exchange.Decision, len(opt.Decisions))
	for row, d := range opt.Decisions {
		decisions[row] = exchange.Decision(d)
	}
	plan, err := exchange.NewPlan(ctx, columned.Table, columned.Mapping, known, existing, exchange.Options{
		Directory: opt.Directory, Country: country, Countries: directory.Countries, Author: room.base.Author(), At: c.At,
		Group: opt.Group || columned.Group, Decisions: decisions, Words: room.wordsFor(opt.Recipe), Who: answers(opt), Proof: opt.Proof, Refused: opt.Refused,
		CountOnly: opt.DryRun && !opt.Items, Progress: progress.Tell})
	plan.Reasons = columned.Proposal.Reasons
	return plan, known, err
}

// readAs reads a file and gives its columns their fields.
func readAs(file string, opt ImportOptions, known exchange.Resolver, country string) (exchange.Columned, error) {
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
	return recipe.Understand(table, known, country, opt.Mapping != nil)
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
	for _, x := range plan.Rejected {
		r.Rejected = append(r.Rejected, x)
	}
	for _, x := range plan.Warnings {
		r.Warnings = append(r.Warnings, x)
	}
	r.Unmapped, r.Unknown, r.Reasons, r.More = plan.Unmapped, plan.Unknown, plan.Reasons, plan.More
	r.Consents = plan.Consents
	r.Columns = map[string]string{}
	for heading, field := range plan.Columns {
		r.Columns[heading] = string(field)
	}
}

// planned puts the plan's records in one change; every field that a row filled
// or changed is confirmed by the file.
func planned(c *repertoire.Change, plan exchange.Plan, file string) error {
	confirmed := repertoire.Confirmation{At: c.At, By: c.Author, Source: "import " + filepath.Base(file)}
	for _, a := range plan.Authorities {
		if err := base.Put(c, &a, a.Version); err != nil {
			return err
		}
	}
	for _, x := range plan.Added {
		x.Partnership.ConfirmChanges(nil, confirmed)
		if err := base.Put(c, &x.Partnership, 0); err != nil {
			return err
		}
	}
	for _, x := range plan.Updated {
		x.After.ConfirmChanges(&x.Before, confirmed)
		if err := base.Put(c, &x.After, x.Before.Version); err != nil {
			return err
		}
	}
	return nil
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
