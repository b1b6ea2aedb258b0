package workspace

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/sample"
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

// writeWhole replaces file by data or leaves it as it was. A link is followed,
// and what is no plain file (a pipe, a device) is written into: putting a file
// in its place would destroy it.
func writeWhole(file string, data []byte) error {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().IsRegular() {
		return pdf.Save(file, data)
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.Write(data)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: fmt.Sprintf("« %s » n’a pas pu être écrit. Choisissez un fichier ordinaire, dans un dossier où vous avez le droit d’écrire.", file)}
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
	made, err := w.invent(ctx, &c, g, n, have, progress)
	if err != nil {
		return Generated{}, err
	}
	if made == 0 {
		return Generated{}, repertoire.Refuse("Les %d partenariats de la graine %d sont déjà dans le dossier : rien n’a été ajouté. Donnez une autre graine.", n, seed)
	}
	progress(0, 0, "Enregistrement")
	if _, err := w.apply(ctx, c); err != nil {
		return Generated{}, err
	}
	return Generated{Partnerships: made, Change: c.ID}, nil
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

// invent draws n records into c, with the authorities they need; those of the
// base stay as they are. It gives the number of new ones.
func (w *Workspace) invent(ctx context.Context, c *repertoire.Change, g *sample.Generator, n int, have map[repertoire.ID]repertoire.Authority, progress Progress) (int, error) {
	there, err := w.generated(ctx, g, n)
	if err != nil {
		return 0, err
	}
	written := map[repertoire.ID]bool{}
	need := func(a repertoire.Authority) error {
		if _, ok := have[a.ID]; ok || written[a.ID] {
			return nil
		}
		written[a.ID] = true
		return put(c, &a, 0)
	}
	made := 0
	for i := range n {
		if i%500 == 0 {
			if err := ctx.Err(); err != nil {
				return 0, stopped(err)
			}
			progress(i, n, "Invention des fiches")
		}
		x := g.Record(i)
		if there[x.Partnership.ID] {
			continue
		}
		made++
		for _, a := range x.Authorities {
			if err := need(a); err != nil {
				return 0, err
			}
		}
		for _, q := range x.Partnership.Parties {
			if a, ok := w.tables.FrenchByID(q.Authority); ok {
				if err := need(a); err != nil {
					return 0, err
				}
			}
		}
		x.Partnership.Created, x.Partnership.Updated = c.At, c.At
		if err := put(c, &x.Partnership, 0); err != nil {
			return 0, err
		}
	}
	return made, nil
}

// generated tells which of the first n records the base has already.
func (w *Workspace) generated(ctx context.Context, g *sample.Generator, n int) (map[repertoire.ID]bool, error) {
	ids := make([]repertoire.ID, n)
	for i := range ids {
		ids[i] = g.Record(i).Partnership.ID
	}
	rows, err := w.store.Rows(ctx, ids)
	there := make(map[repertoire.ID]bool, len(rows))
	for _, r := range rows {
		there[r.ID] = true
	}
	return there, err
}
