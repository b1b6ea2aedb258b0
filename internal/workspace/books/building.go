package books

import (
	"context"
	"fmt"
	"sync"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/thrift"
	"repertoire/internal/workspace/base"
)

// Build composes a répertoire's book and writes its PDF. The file is replaced
// by a whole one or not at all.
func (room *Room) Build(ctx context.Context, opt BuildOptions, progress base.Progress) (BuildReport, error) {
	return room.Produce(ctx, Job{Past: true, Compose: book.Compose, Read: func(ctx context.Context) (book.Input, error) {
		in, err := room.labelledInput(ctx, opt.Directory, opt.Label)
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

// Job is a book to make: what it is made from, and how.
type Job struct {
	Read    func(context.Context) (book.Input, error)
	Compose func(context.Context, book.Input) (layout.Document, book.Report, error)
	// Seen hears of the pages before they are finished; nil for nobody.
	Seen func(*layout.Pages)

	Frozen repertoire.ID // the frozen edition it is made from, "" for none
	Past   bool          // it is the next edition of a répertoire, whose old addresses answer
}

// Produce makes a book and writes its files.
func (room *Room) Produce(ctx context.Context, j Job, opt BuildOptions, progress base.Progress) (report BuildReport, err error) {
	defer func() { err = base.Stopped(err) }()
	hold := thrift.Begin(thriftyGC)
	defer hold.End()
	if opt.Variant == Web {
		return room.produceWeb(ctx, j, opt, progress)
	}
	report = BuildReport{Warnings: []BuildWarning{}, Timings: map[string]float64{}}
	clock := Stopwatch{At: time.Now(), Timings: report.Timings}
	if opt.Variant == "" {
		opt.Variant = Digital
	}
	wish, err := opt.Press(progress)
	if err != nil {
		return report, err
	}
	pages, err := room.set(ctx, j, hold, &report, &clock, progress)
	if err != nil {
		return report, err
	}
	if j.Seen != nil {
		j.Seen(pages)
	}
	files, err := Finish(ctx, pages, opt, wish, &report, &clock)
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
		if err := base.WriteWhole(f.path, f.Bytes); err != nil {
			return report, err
		}
		clock.lap("write")
	}
	return report, nil
}

// A book is large for a few seconds.
const (
	// thriftyGC is how much of what is held may lie about unused meanwhile, in percent.
	thriftyGC = 30
	// A book of few words is made in bookLeast; each character of its entries asks
	// for bookEach more. Beyond the two, measured on books of 200 and of 380 pages,
	// the collector works harder.
	bookLeast, bookEach = 24 << 20, 128
)

// set reads, composes and lays out a book; hold is that of the work it is part
// of, or nil.
func (room *Room) set(ctx context.Context, j Job, hold *thrift.Hold, report *BuildReport, clock *Stopwatch,
	progress base.Progress) (*layout.Pages, error) {
	progress.Tell(0, 0, "Lecture des fiches")
	in, err := j.Read(ctx)
	if err != nil {
		return nil, err
	}
	clock.lap("read")
	progress.Tell(0, 0, "Composition du livre")
	taken := thrift.Taken()
	setter := room.ready(in.Design)
	doc, made, err := j.Compose(ctx, in)
	if err != nil {
		return nil, err
	}
	clock.lap("compose")
	if made.Pictures == 0 {
		hold.Limit(taken + bookLeast + int64(made.Characters)*bookEach) // a photograph takes what it takes
	}
	s, err := setter()
	if err != nil {
		return nil, err
	}
	pages, err := s.Lay(ctx, doc, progress.Tell)
	if err != nil {
		return nil, err
	}
	clock.lap("layout")
	report.Fill(pages, made)
	return pages, nil
}

// Stopwatch notes how long each stage took, in milliseconds.
type Stopwatch struct {
	At      time.Time
	Timings map[string]float64
}

func (s *Stopwatch) lap(stage string) {
	now := time.Now()
	s.Timings[stage] += float64(now.Sub(s.At).Microseconds()) / 1000
	s.At = now
}

// BookInput reads what the working edition of a répertoire is made from.
func (room *Room) BookInput(ctx context.Context, slug string) (book.Input, error) {
	return room.labelledInput(ctx, slug, "")
}

// labelledInput reads, in one state of the base, all that a répertoire's book
// is made from. A book that nobody has labelled does not pass for the last
// edition.
func (room *Room) labelledInput(ctx context.Context, slug, label string) (book.Input, error) {
	now, err := room.readBook(ctx, slug)
	if err != nil {
		return book.Input{}, err
	}
	in := book.Input{Directory: now.directory, Presentations: now.presentations, Partnerships: now.partnerships,
		Authorities: now.authorities,
		Reference:   room.bookReference(), Media: room.base.Store.Media(), Date: now.date(), Label: label}
	if in.Label == "" {
		in.Label = "édition de travail du " + in.Date.French()
	}
	if in.Design, err = layout.LoadDesign(now.directory.Design, now.directory.Format); err != nil {
		return in, err
	}
	in.Previous, err = room.previousEdition(slug, label)
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
func (room *Room) readBook(ctx context.Context, slug string) (out bookRecords, err error) {
	if _, err := room.base.NeedDirectory(ctx, slug); err != nil {
		return out, err
	}
	err = room.base.Store.View(ctx, func(r store.Reader) error {
		if out.directory, err = r.Directory(ctx, slug); err != nil {
			return err
		}
		if out.partnerships, out.authorities, err = base.RecordsOf(ctx, r, base.BrowseDirectory(slug)); err != nil {
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

// ready has fonts read and hyphenation learnt while a book is composed.
func (room *Room) ready(design layout.Design) func() (*layout.Setter, error) {
	get := sync.OnceValues(func() (*layout.Setter, error) { return room.base.Setter(design, layout.Once()) })
	go func() { _, _ = get() }()
	return get
}

// Lay sets a document in type.
func (room *Room) Lay(ctx context.Context, doc layout.Document, design layout.Design, progress base.Progress) (*layout.Pages, error) {
	setter, err := room.base.Setter(design, layout.Once())
	if err != nil {
		return nil, err
	}
	pages, err := setter.Lay(ctx, doc, progress.Tell)
	return pages, err
}

// Preflight examines a PDF before it goes to press or to readers.
func Preflight(ctx context.Context, file string) (pdf.Report, error) {
	bytes, err := base.ReadFile(file)
	if err != nil {
		return pdf.Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return pdf.Report{}, base.Stopped(err)
	}
	r, err := pdf.Preflight(bytes)
	if err != nil {
		return r, &repertoire.Error{Kind: repertoire.KindOf(err), File: file, Err: err, Message: fmt.Sprintf("« %s » : %s", file, err)}
	}
	return r, nil
}
