package workspace

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
	"repertoire/internal/store"
)

// Import takes the rows of a CSV or XLSX file into a répertoire, as one change.
// Without Partial a single broken row keeps everything out.
func (w *Workspace) Import(ctx context.Context, file string, opt ImportOptions, progress Progress) (report ImportReport, err error) {
	defer func() { err = stopped(err) }()
	report = ImportReport{Rejected: []Rejection{}}
	directory, err := w.needDirectory(ctx, opt.Directory)
	if err != nil {
		return report, err
	}
	table, err := exchange.ReadFile(file)
	if err != nil {
		return report, err
	}
	mapping := exchange.Guess(table.Headings)
	if opt.Mapping != nil {
		if mapping, err = exchange.MappingFrom(opt.Mapping, table.Headings); err != nil {
			return report, err
		}
	}
	var existing []repertoire.Partnership
	if err := w.store.EachPartnership(ctx, func(p repertoire.Partnership) error {
		existing = append(existing, p)
		return nil
	}); err != nil {
		return report, err
	}
	resolver, err := w.resolver(ctx)
	if err != nil {
		return report, err
	}
	c := w.change(repertoire.CauseImport, "Import de "+filepath.Base(file))
	plan, err := exchange.NewPlan(ctx, table, mapping, resolver, existing, exchange.Options{
		Directory: opt.Directory, Country: only(directory.Countries), Countries: directory.Countries, Author: w.author, At: c.At, Progress: progress})
	if err != nil {
		return report, err
	}
	report.fill(plan)
	if opt.DryRun || len(plan.Rejected) > 0 && !opt.Partial {
		return report, nil
	}
	if err := planned(&c, plan, file); err != nil {
		return report, err
	}
	if len(c.Ops) == 0 {
		return report, nil
	}
	progress(0, 0, "Enregistrement")
	if _, err := w.apply(ctx, c); err != nil {
		return report, err
	}
	report.Change = c.ID
	return report, nil
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
	r.Rows, r.Added, r.Updated, r.Unchanged = plan.Rows, len(plan.Added), len(plan.Updated), plan.Unchanged
	for _, x := range plan.Rejected {
		r.Rejected = append(r.Rejected, Rejection(x))
	}
	for _, x := range plan.Warnings {
		r.Warnings = append(r.Warnings, Rejection(x))
	}
	r.Unmapped = plan.Unmapped
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
		if err := x.Partnership.ConfirmChanges(nil, confirmed); err != nil {
			return err
		}
		if err := put(c, &x.Partnership, 0); err != nil {
			return err
		}
	}
	for _, x := range plan.Updated {
		if err := x.After.ConfirmChanges(&x.Before, confirmed); err != nil {
			return err
		}
		if err := put(c, &x.After, x.Before.Version); err != nil {
			return err
		}
	}
	return nil
}

// Export writes a répertoire as csv, xlsx or json. The file is replaced by a
// whole one or not at all.
func (w *Workspace) Export(ctx context.Context, slug, format, file string) (int, error) {
	f, err := exchange.ParseFormat(format)
	if err != nil {
		return 0, err
	}
	records, authorities, err := w.directoryRecords(ctx, slug)
	if err != nil {
		return 0, err
	}
	var b strings.Builder
	names := exchange.Names{Authority: finder(authorities), Theme: w.ThemeLabel, Country: w.CountryName}
	if err := exchange.Write(&b, f, records, names); err != nil {
		return 0, err
	}
	return len(records), writeWhole(file, []byte(b.String()))
}

// writeWhole replaces file by data or leaves it as it was.
func writeWhole(file string, data []byte) error {
	if err := renameio.WriteFile(file, data, 0o644); err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: fmt.Sprintf("Le fichier « %s » ne peut pas être écrit ; s’il existait déjà, il est resté comme il était. Vérifiez que le dossier existe, que le fichier n’est pas ouvert ailleurs et qu’il reste de la place.", file)}
	}
	return nil
}

// Generated says what a trial added.
type Generated struct {
	Partnerships int           `json:"partnerships"`
	Change       repertoire.ID `json:"change"`
}

// Generate adds n fictitious partnerships to a répertoire, marked as such, as
// one change; the same seed gives the same records.
func (w *Workspace) Generate(ctx context.Context, n int, seed uint64, slug string, progress Progress) (Generated, error) {
	directory, err := w.needDirectory(ctx, slug)
	if err != nil {
		return Generated{}, err
	}
	c := w.change(repertoire.CauseGenerate, fmt.Sprintf("%d partenariats fictifs", n))
	have, err := w.store.Authorities(ctx, nil)
	if err != nil {
		return Generated{}, err
	}
	french, foreign := w.sides(have, directory)
	g, err := sample.NewGenerator(seed, directory, french, foreign, sample.UsualTexts(slug))
	if err != nil {
		return Generated{}, err
	}
	if err := w.invent(ctx, &c, g, n, have, progress); err != nil {
		return Generated{}, err
	}
	progress(0, 0, "Enregistrement")
	if _, err := w.apply(ctx, c); err != nil {
		return Generated{}, err
	}
	return Generated{Partnerships: n, Change: c.ID}, nil
}

// sides parts the authorities that generated partnerships may use: French
// ones, of the base or else the best known of the reference list, and foreign
// ones of the répertoire's countries.
func (w *Workspace) sides(have map[repertoire.ID]repertoire.Authority, d repertoire.Directory) (french, foreign []repertoire.Authority) {
	for _, id := range slices.Sorted(maps.Keys(have)) {
		switch a := have[id]; {
		case a.Fictitious:
		case slices.Contains(d.Countries, a.Country):
			foreign = append(foreign, a)
		}
	}
	for _, a := range w.tables.FrenchAuthorities() {
		if a.Population >= inventedAbove {
			french = append(french, a)
		}
	}
	return french, foreign
}

// inventedAbove keeps trials to authorities of some size, as in real
// répertoires.
const inventedAbove = 10_000

// invent draws n records into c, with the authorities they need.
func (w *Workspace) invent(ctx context.Context, c *repertoire.Change, g *sample.Generator, n int, have map[repertoire.ID]repertoire.Authority, progress Progress) error {
	written := map[repertoire.ID]bool{}
	need := func(a repertoire.Authority) error {
		if _, ok := have[a.ID]; ok || written[a.ID] {
			return nil
		}
		written[a.ID] = true
		return put(c, &a, 0)
	}
	for i := range n {
		if i%500 == 0 {
			if err := ctx.Err(); err != nil {
				return stopped(err)
			}
			progress(i, n, "Invention des fiches")
		}
		x := g.Record(i)
		for _, a := range x.Authorities {
			if err := need(a); err != nil {
				return err
			}
		}
		for _, q := range x.Partnership.Parties {
			if a, ok := w.tables.FrenchByID(q.Authority); ok {
				if err := need(a); err != nil {
					return err
				}
			}
		}
		x.Partnership.Created, x.Partnership.Updated = c.At, c.At
		if err := put(c, &x.Partnership, store.AnyVersion); err != nil {
			return err
		}
	}
	return nil
}
