package workspace

import (
	"context"
	"path/filepath"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
)

// Import takes the rows of a CSV or XLSX file into a répertoire, as one change.
// Without Partial a single broken row keeps everything out.
func (w *Workspace) Import(ctx context.Context, file string, opt ImportOptions, progress Progress) (report ImportReport, err error) {
	defer func() { err = stopped(err) }()
	report = ImportReport{Rejected: []Rejection{}}
	c := w.change(repertoire.CauseImport, "Import de "+filepath.Base(file))
	plan, known, err := w.planImport(ctx, file, opt, c, progress)
	if err != nil {
		return report, err
	}
	report.fill(plan)
	report.asked(w, plan)
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
	progress.tell(0, 0, "Enregistrement")
	if _, err := w.apply(ctx, c); err != nil {
		return report, err
	}
	report.Change = c.ID
	// What a word means is remembered once somebody's rows were taken by it.
	return report, w.RememberWords(ctx, opt.Recipe.Words)
}

// planImport compares the rows of a file with the base; nothing is written.
func (w *Workspace) planImport(ctx context.Context, file string, opt ImportOptions, c repertoire.Change, progress Progress) (exchange.Plan, *exchange.Known, error) {
	directory, err := w.needDirectory(ctx, opt.Directory)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	known, err := w.resolver(ctx)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	country := only(directory.Countries)
	columned, err := readAs(file, opt, known, country)
	if err != nil {
		return exchange.Plan{}, nil, err
	}
	var existing []repertoire.Partnership
	if err := w.store.EachPartnership(ctx, func(p repertoire.Partnership) error {
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
		Directory: opt.Directory, Country: country, Countries: directory.Countries, Author: w.author, At: c.At,
		Group: opt.Group || columned.Group, Decisions: decisions, Words: w.wordsFor(opt.Recipe), Who: answers(opt), Proof: opt.Proof, Refused: opt.Refused,
		CountOnly: opt.DryRun && !opt.Items, Progress: progress.tell})
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
		if err := put(c, &a, a.Version); err != nil {
			return err
		}
	}
	for _, x := range plan.Added {
		x.Partnership.ConfirmChanges(nil, confirmed)
		if err := put(c, &x.Partnership, 0); err != nil {
			return err
		}
	}
	for _, x := range plan.Updated {
		x.After.ConfirmChanges(&x.Before, confirmed)
		if err := put(c, &x.After, x.Before.Version); err != nil {
			return err
		}
	}
	return nil
}
