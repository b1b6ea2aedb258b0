package workspace

import (
	"context"
	"fmt"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
)

// Build composes a répertoire's book and writes its PDF. The file is replaced
// by a whole one or not at all.
func (w *Workspace) Build(ctx context.Context, opt BuildOptions, progress Progress) (report BuildReport, err error) {
	defer func() { err = stopped(err) }()
	report = BuildReport{Warnings: []BuildWarning{}, Timings: map[string]float64{}}
	clock := stopwatch{at: time.Now(), timings: report.Timings}
	if opt.Variant == "" {
		opt.Variant = Digital
	}
	wish, err := opt.press(progress)
	if err != nil {
		return report, err
	}
	progress(0, 0, "Lecture des fiches")
	in, err := w.bookInput(ctx, opt.Directory)
	if err != nil {
		return report, err
	}
	if opt.Label != "" {
		in.Label = opt.Label
	}
	clock.lap("read")
	progress(0, 0, "Composition du livre")
	doc, made, err := book.Compose(ctx, in)
	if err != nil {
		return report, err
	}
	clock.lap("compose")
	pages, err := w.lay(ctx, doc, in.Design, progress)
	if err != nil {
		return report, err
	}
	clock.lap("layout")
	report.fill(pages, made)
	files, err := finish(ctx, pages, opt, wish, &report, &clock)
	if err != nil {
		return report, err
	}
	for _, f := range files {
		if f.path == "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return report, err
		}
		if err := writeWhole(f.path, f.bytes); err != nil {
			return report, err
		}
		clock.lap("write")
	}
	return report, nil
}

// stopwatch notes how long each stage took, in milliseconds.
type stopwatch struct {
	at      time.Time
	timings map[string]float64
}

func (s *stopwatch) lap(stage string) {
	now := time.Now()
	s.timings[stage] += float64(now.Sub(s.at).Microseconds()) / 1000
	s.at = now
}

// bookInput reads, in one state of the base, all that a répertoire's book is
// made from.
func (w *Workspace) bookInput(ctx context.Context, slug string) (book.Input, error) {
	directory, err := w.needDirectory(ctx, slug)
	if err != nil {
		return book.Input{}, err
	}
	in := book.Input{Directory: directory, Presentations: map[string]repertoire.Presentation{}, Reference: w.bookReference()}
	if in.Design, err = layout.LoadDesign(directory.Design, directory.Format); err != nil {
		return in, err
	}
	if in.Partnerships, in.Authorities, err = w.directoryRecords(ctx, slug); err != nil {
		return in, err
	}
	for _, iso := range directory.Countries {
		p, err := w.store.Presentation(ctx, iso)
		switch repertoire.KindOf(err) {
		case repertoire.NotFound:
		default:
			if err != nil {
				return in, err
			}
			in.Presentations[iso] = p
		}
	}
	in.Media = w.store.Media()
	in.Date = newest(directory, in.Partnerships)
	// A book that nobody has labelled does not pass for the last edition.
	in.Label = "édition de travail du " + in.Date.French()
	return in, nil
}

// newest gives the day of the last change of the records: the date of a draft
// must come from what it holds, so that the same base gives the same bytes.
func newest(d repertoire.Directory, records []repertoire.Partnership) repertoire.Date {
	var at time.Time
	for _, p := range records {
		if p.Updated.After(at) {
			at = p.Updated
		}
	}
	if at.IsZero() {
		return "2000-01-01"
	}
	return repertoire.DateOf(at.UTC())
}

// directoryRecords reads the partnerships of a répertoire and their authorities.
func (w *Workspace) directoryRecords(ctx context.Context, slug string) ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority, error) {
	if _, err := w.needDirectory(ctx, slug); err != nil {
		return nil, nil, err
	}
	rows, _, err := w.store.Browse(ctx, browseDirectory(slug))
	if err != nil {
		return nil, nil, err
	}
	ids := make([]repertoire.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	records, err := w.store.Partnerships(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	var parties []repertoire.ID
	for _, p := range records {
		for _, q := range p.Parties {
			parties = append(parties, q.Authority)
		}
	}
	if parties == nil {
		parties = []repertoire.ID{}
	}
	authorities, err := w.store.Authorities(ctx, parties)
	return records, authorities, err
}

// lay sets a document in type.
func (w *Workspace) lay(ctx context.Context, doc layout.Document, design layout.Design, progress Progress) (*layout.Pages, error) {
	setter, err := w.setter(design)
	if err != nil {
		return nil, err
	}
	pages, err := setter.Lay(ctx, doc, progress)
	return pages, err
}

// stopped says in French that a person cancelled.
func stopped(err error) error {
	if err == nil {
		return nil
	}
	if isCancelled(err) {
		return &repertoire.Error{Kind: repertoire.Refused, Err: err, Message: "Le travail a été arrêté à votre demande ; aucun fichier n’a été changé."}
	}
	return err
}

func (r *BuildReport) fill(pages *layout.Pages, made book.Report) {
	r.Pages, r.Words, r.Entries = len(pages.Pages), pages.Words, made.Entries
	for _, x := range pages.Warnings {
		if x.Kind == layout.WarnOverfull {
			r.Overfull++
		}
		r.Warnings = append(r.Warnings, BuildWarning{Kind: string(x.Kind), Page: x.Page + 1, Entry: x.Origin.Entry, Title: x.Origin.Title, Field: x.Origin.Field, Message: x.Message})
	}
	for _, x := range made.Notices {
		page := 0
		if on := pages.Entries[x.Origin.Entry]; len(on) > 0 {
			page = on[0] + 1
		}
		r.Warnings = append(r.Warnings, BuildWarning{Kind: string(x.Kind), Page: page, Entry: x.Origin.Entry, Title: x.Origin.Title, Field: x.Origin.Field, Message: x.Message})
	}
}

// Preflight examines a PDF before it goes to press or to readers.
func Preflight(ctx context.Context, file string) (pdf.Report, error) {
	bytes, err := readFile(file)
	if err != nil {
		return pdf.Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return pdf.Report{}, stopped(err)
	}
	r, err := pdf.Preflight(bytes)
	if err != nil {
		return r, &repertoire.Error{Kind: repertoire.KindOf(err), File: file, Err: err, Message: fmt.Sprintf("« %s » : %s", file, err)}
	}
	return r, nil
}
