package workspace

import (
	"context"
	"fmt"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Build composes a répertoire's book and writes its PDF. The file is replaced
// by a whole one or not at all.
func (w *Workspace) Build(ctx context.Context, opt BuildOptions, progress Progress) (BuildReport, error) {
	return w.produce(ctx, job{compose: book.Compose, read: func(ctx context.Context) (book.Input, error) {
		in, err := w.labelledInput(ctx, opt.Directory, opt.Label)
		if err == nil {
			err = opt.dress(&in)
		}
		return in, err
	}}, opt, progress)
}

// dress puts a book in the design and the format asked for, its own where
// nothing is.
func (o BuildOptions) dress(in *book.Input) (err error) {
	if o.Design == "" && o.Format == "" {
		return nil
	}
	design, format := o.Design, o.Format
	if design == "" {
		design = in.Design.Name
	}
	if format == "" {
		format = in.Design.Format
	}
	in.Design, err = layout.LoadDesign(design, format)
	return err
}

// job is a book to make: what it is made from, and how.
type job struct {
	read    func(context.Context) (book.Input, error)
	compose func(context.Context, book.Input) (layout.Document, book.Report, error)
	// seen hears of the pages before they are finished; nil for nobody.
	seen func(*layout.Pages)
}

// produce makes a book and writes its files.
func (w *Workspace) produce(ctx context.Context, j job, opt BuildOptions, progress Progress) (report BuildReport, err error) {
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
	pages, err := w.set(ctx, j, &report, &clock, progress)
	if err != nil {
		return report, err
	}
	if j.seen != nil {
		j.seen(pages)
	}
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

// set reads, composes and lays out a book.
func (w *Workspace) set(ctx context.Context, j job, report *BuildReport, clock *stopwatch, progress Progress) (*layout.Pages, error) {
	progress.tell(0, 0, "Lecture des fiches")
	in, err := j.read(ctx)
	if err != nil {
		return nil, err
	}
	clock.lap("read")
	progress.tell(0, 0, "Composition du livre")
	doc, made, err := j.compose(ctx, in)
	if err != nil {
		return nil, err
	}
	clock.lap("compose")
	pages, err := w.lay(ctx, doc, in.Design, progress)
	if err != nil {
		return nil, err
	}
	clock.lap("layout")
	report.fill(pages, made)
	return pages, nil
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

// bookInput reads what the working edition of a répertoire is made from.
func (w *Workspace) bookInput(ctx context.Context, slug string) (book.Input, error) {
	return w.labelledInput(ctx, slug, "")
}

// labelledInput reads, in one state of the base, all that a répertoire's book
// is made from. A book that nobody has labelled does not pass for the last
// edition.
func (w *Workspace) labelledInput(ctx context.Context, slug, label string) (book.Input, error) {
	now, err := w.readBook(ctx, slug)
	if err != nil {
		return book.Input{}, err
	}
	in := book.Input{Directory: now.directory, Presentations: now.presentations, Partnerships: now.partnerships, Authorities: now.authorities,
		Reference: w.bookReference(), Media: w.store.Media(), Date: now.date(), Label: label}
	if in.Label == "" {
		in.Label = "édition de travail du " + in.Date.French()
	}
	if in.Design, err = layout.LoadDesign(now.directory.Design, now.directory.Format); err != nil {
		return in, err
	}
	in.Previous, err = w.previousEdition(slug, label)
	return in, err
}

// bookRecords is one state of the records that a book is made from.
type bookRecords struct {
	directory     repertoire.Directory
	presentations map[string]repertoire.Presentation
	partnerships  []repertoire.Partnership
	authorities   map[repertoire.ID]repertoire.Authority
}

// date is the day of the newest of the data.
func (b *bookRecords) date() repertoire.Date { return newest(b.partnerships) }

// readBook reads a répertoire's records, all at one moment.
func (w *Workspace) readBook(ctx context.Context, slug string) (out bookRecords, err error) {
	if _, err := w.needDirectory(ctx, slug); err != nil {
		return out, err
	}
	err = w.store.View(ctx, func(r store.Reader) error {
		if out.directory, err = r.Directory(ctx, slug); err != nil {
			return err
		}
		if out.partnerships, out.authorities, err = recordsOf(ctx, r, browseDirectory(slug)); err != nil {
			return err
		}
		out.presentations, err = presentationsOf(ctx, r, out.directory.Countries)
		return err
	})
	return out, err
}

// presentationsOf reads the presentations of those countries that have one.
func presentationsOf(ctx context.Context, r store.Reader, countries []string) (map[string]repertoire.Presentation, error) {
	out := map[string]repertoire.Presentation{}
	for _, iso := range countries {
		p, err := r.Presentation(ctx, iso)
		if repertoire.KindOf(err) == repertoire.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[iso] = p
	}
	return out, nil
}

// newest gives the day of the last change of the records: the date of a draft
// must come from what it holds, so that the same base gives the same bytes.
func newest(records []repertoire.Partnership) repertoire.Date {
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
func (w *Workspace) directoryRecords(ctx context.Context, slug string) (records []repertoire.Partnership, authorities map[repertoire.ID]repertoire.Authority, err error) {
	if _, err := w.needDirectory(ctx, slug); err != nil {
		return nil, nil, err
	}
	err = w.store.View(ctx, func(r store.Reader) error {
		records, authorities, err = recordsOf(ctx, r, browseDirectory(slug))
		return err
	})
	return records, authorities, err
}

// recordsOf reads the partnerships that answer and their authorities.
func recordsOf(ctx context.Context, r store.Reader, q store.BrowseQuery) ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority, error) {
	ids, err := r.BrowseIDs(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	return withParties(ctx, r, ids)
}

// withParties reads partnerships and their authorities.
func withParties(ctx context.Context, r store.Reader, ids []repertoire.ID) ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority, error) {
	records, err := r.Partnerships(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	parties := []repertoire.ID{} // nil would read them all
	for _, p := range records {
		for _, q := range p.Parties {
			parties = append(parties, q.Authority)
		}
	}
	authorities, err := r.Authorities(ctx, parties)
	return records, authorities, err
}

// lay sets a document in type.
func (w *Workspace) lay(ctx context.Context, doc layout.Document, design layout.Design, progress Progress) (*layout.Pages, error) {
	setter, err := w.setter(design)
	if err != nil {
		return nil, err
	}
	pages, err := setter.Lay(ctx, doc, progress.tell)
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
	for _, x := range append(made.Notices, made.PageClaims(len(pages.Pages))...) {
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
