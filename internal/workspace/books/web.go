package books

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"repertoire/assets"
	"repertoire/internal/book"
	"repertoire/internal/layout"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/web"
	"repertoire/internal/workspace/base"
)

// produceWeb makes the folder of pages that is consulted.
func (room *Room) produceWeb(ctx context.Context, j Job, opt BuildOptions, progress base.Progress) (report BuildReport, err error) {
	report = BuildReport{Warnings: []BuildWarning{}, Timings: map[string]float64{}}
	clock := Stopwatch{At: time.Now(), Timings: report.Timings}
	if _, err := opt.Press(progress); err != nil {
		return report, err
	}
	if strings.TrimSpace(opt.Output) == "" {
		return report, repertoire.Refuse("Un site s’écrit dans un dossier : dites lequel. Rien n’a été écrit.")
	}
	if opt.Address != "" && book.Address(opt.Address, false) == "" {
		return report,
			repertoire.Refuse(
				"« %s » n’est pas une adresse de site : écrivez-la en entier, par exemple https://repertoire.exemple.org/japon/. Rien n’a été écrit.", opt.Address)
	}
	progress.Tell(0, 0, "Lecture des fiches")
	in, err := j.Read(ctx)
	if err != nil {
		return report, err
	}
	clock.lap("read")
	site := web.Input{Book: in, Edition: string(j.Frozen), Program: room.version, Address: opt.Address, Font: assets.Font,
		Licences: assets.Licences()}
	if opt.Recipient != "" {
		site.Recipient = pdf.RecipientWords(opt.Recipient)
	}
	if j.Past {
		if site.Gone, err = room.past(in, j.Frozen); err != nil {
			return report, err
		}
	}
	if site.Pages, err = room.countPages(ctx, in, j, progress); err != nil {
		return report, err
	}
	if !opt.NoSheets {
		if site.Sheet, err = sheets(in, opt.Recipient); err != nil {
			return report, err
		}
	}
	made, err := web.Write(ctx, site, opt.Output, web.Progress(progress))
	if err != nil {
		return report, err
	}
	clock.lap("web")
	report.Web, report.SHA256, report.Entries, report.Pages, report.Preflight.OK = &made, made.SHA256, made.Entries, made.Pages, true
	for _, x := range made.Notices {
		report.Warnings = append(report.Warnings, BuildWarning{Kind: string(x.Kind), Entry: x.Origin.Entry, Title: x.Origin.Title,
			Field: x.Origin.Field, Message: x.Message})
	}
	return report, nil
}

// past lists the entries that frozen editions of the same répertoire had and
// this one has not: those before the given one, all when it is "".
func (room *Room) past(in book.Input, frozen repertoire.ID) ([]web.Gone, error) {
	items, err := room.Folder().List()
	if err != nil {
		return nil, err
	}
	now := map[repertoire.ID]bool{}
	for _, p := range in.Partnerships {
		now[p.ID] = true
	}
	gone := map[repertoire.ID]web.Gone{}
	for _, x := range items {
		if x.ID == frozen {
			break
		}
		if x.Snapshot == nil || x.Snapshot.Directory.Slug != in.Directory.Slug {
			continue
		}
		state := x.Snapshot.State()
		for _, p := range state.Partnerships {
			if !now[p.ID] {
				gone[p.ID] = web.Gone{Partnership: p, Authorities: state.Authorities, Edition: x.Snapshot.Label}
			}
		}
	}
	var out []web.Gone
	for _, g := range gone {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b web.Gone) int {
		return strings.Compare(string(a.Partnership.ID), string(b.Partnership.ID))
	})
	return out, nil
}

// countPages lays the book out when one of its own texts says how many pages it
// has; 0 when none does.
func (room *Room) countPages(ctx context.Context, in book.Input, j Job, progress base.Progress) (int, error) {
	text, err := json.Marshal(in.Directory)
	if err != nil || !strings.Contains(string(text), "{pages}") {
		return 0, nil //nolint:nilerr // what cannot be written holds no such text
	}
	doc, _, err := j.Compose(ctx, in)
	if err != nil {
		return 0, err
	}
	pages, err := room.Lay(ctx, doc, in.Design, progress)
	if err != nil {
		return 0, err
	}
	return len(pages.Pages), nil
}

// sheets makes the PDF of one entry after the other, in the design of the book.
func sheets(in book.Input, recipient string) (func(context.Context, repertoire.ID) ([]byte, error), error) {
	setter, err := layout.New(base.Fonts{}, in.Design)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, id repertoire.ID) ([]byte, error) {
		doc, _, err := book.Sheet(in, id)
		if err != nil {
			return nil, err
		}
		pages, err := setter.Lay(ctx, doc, nil)
		if err != nil {
			return nil, err
		}
		data, _, err := pdf.Write(ctx, pages, pdf.Options{Variant: pdf.Variant(Digital), Recipient: recipient})
		return data, err
	}, nil
}
