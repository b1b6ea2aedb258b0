package books

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// GateReport is all that stands between a draft and the printer, in one list.
type GateReport struct {
	// OK is false when a line must be mended before the press.
	OK        bool           `json:"ok"`
	Directory string         `json:"directory"`
	Pages     int            `json:"pages"`
	Entries   int            `json:"entries"`
	Kinds     map[string]int `json:"kinds"` // lines by kind
	Lines     []GateLine     `json:"lines"`
}

// GateLine is one thing to look at; Entry and Field open the form there, an
// empty Entry being the répertoire itself.
type GateLine struct {
	Kind     string        `json:"kind"`
	Severity string        `json:"severity"` // "refuse" or "warn"
	Page     int           `json:"page"`     // 1-based, 0 not placed
	Entry    repertoire.ID `json:"entry"`
	Title    string        `json:"title"`
	Field    string        `json:"field"`
	Message  string        `json:"message"`
}

// The kinds of lines that are not a warning's own.
const (
	GateOverflow   = "overflow"
	GateIndex      = "index"
	GateValidation = "validation"
)

// Gate makes a répertoire's book for the printer, in memory, and lists all that
// somebody should look at before the press: what the typesetter, the book, the
// examination of the file and the rules of the records say.
func (room *Room) Gate(ctx context.Context, slug string, progress base.Progress) (out GateReport, err error) {
	defer func() { err = base.Stopped(err) }()
	out = GateReport{OK: true, Directory: slug, Kinds: map[string]int{}, Lines: []GateLine{}}
	in, err := room.BookInput(ctx, slug)
	if err != nil {
		return out, err
	}
	report := BuildReport{Timings: map[string]float64{}}
	clock := Stopwatch{At: time.Now(), Timings: report.Timings}
	pages, err := room.set(ctx, Job{Compose: book.Compose, Read: func(context.Context) (book.Input, error) { return in, nil }}, nil,
		&report,
		&clock, progress)
	if err != nil {
		return out, err
	}
	opt := BuildOptions{Variant: Print}
	wish, err := opt.Press(progress)
	if err != nil {
		return out, err
	}
	if _, err := Finish(ctx, pages, opt, wish, &report, &clock); err != nil {
		return out, err
	}
	out.Pages, out.Entries = report.Pages, report.Entries
	for _, x := range report.Warnings {
		out.add(gateLine(x))
	}
	known := room.base.Known(ctx, in.Authorities)
	for i := range in.Partnerships {
		p := &in.Partnerships[i]
		page := 0
		if on := pages.Entries[string(p.ID)]; len(on) > 0 {
			page = on[0] + 1
		}
		// The book counts two years from its data; the printer's day is today.
		if p.Stale(room.base.Now()) {
			out.add(GateLine{Kind: string(book.NoticeStale), Severity: string(repertoire.SeverityWarn), Page: page, Entry: p.ID,
				Title: p.DisplayTitle(known.Authority), Field: "verified", Message: "La fiche n’a pas été vérifiée depuis deux ans."})
		}
		for _, f := range p.Validate(known) {
			out.add(GateLine{Kind: GateValidation, Severity: string(f.Severity), Page: page, Entry: p.ID,
				Title: p.DisplayTitle(known.Authority), Field: f.Field, Message: f.Message})
		}
	}
	slices.SortStableFunc(out.Lines, func(a, b GateLine) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Entry, b.Entry))
	})
	return out, nil
}

// gateLine says how grave a warning of the book is for the printer.
func gateLine(x BuildWarning) GateLine {
	l := GateLine{Kind: x.Kind, Severity: string(repertoire.SeverityWarn), Page: x.Page, Entry: repertoire.ID(x.Entry), Title: x.Title,
		Field: x.Field, Message: x.Message}
	grave := x.Refused
	switch x.Kind {
	case string(layout.WarnOverfull), string(layout.WarnCut):
		l.Kind, grave = GateOverflow, true
	case string(layout.WarnAnchor):
		l.Kind, grave = GateIndex, true
	case string(layout.WarnMissingGlyph):
		grave = true
	case string(book.NoticeContact):
		// Somebody who is only left out is no fault; named in a text, they are.
		grave = !strings.HasPrefix(x.Field, "contacts")
	}
	if grave {
		l.Severity = string(repertoire.SeverityRefuse)
	}
	return l
}

// add takes a line in, unless the same thing is said of that field already.
func (r *GateReport) add(l GateLine) {
	for _, x := range r.Lines {
		if x.Entry == l.Entry && x.Field == l.Field && l.Entry != "" && l.Field != "" &&
			(x.Message == l.Message || sameFault(x.Kind, l.Kind)) {
			return
		}
	}
	r.Lines = append(r.Lines, l)
	r.Kinds[l.Kind]++
	r.OK = r.OK && l.Severity != string(repertoire.SeverityRefuse)
}

// sameFault tells whether a rule of the records repeats what the book says of
// the very field.
func sameFault(there, added string) bool {
	theme, stale := string(book.NoticeTheme), string(book.NoticeStale)
	return there == stale && (added == stale || added == GateValidation) || there == theme && added == GateValidation
}
