package tables

import (
	"context"
	"io"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// ExportReport says what an export wrote.
type ExportReport struct {
	File         string      `json:"file"`
	Partnerships int         `json:"partnerships"`
	Warnings     []Rejection `json:"warnings,omitempty"` // cells a spreadsheet could not hold whole
}

// Export writes a répertoire, or everything when slug is "", as csv, xlsx or
// json. Contacts that may not be published are left out. The file is replaced
// by a whole one or not at all.
func (room *Room) Export(ctx context.Context, slug, format, file string, progress base.Progress) (r ExportReport, err error) {
	defer func() { err = base.Stopped(err) }()
	r.File = file
	f, err := exchange.ParseFormat(format)
	if err != nil {
		return r, err
	}
	query := store.BrowseQuery{}
	if slug != "" {
		if _, err := room.base.NeedDirectory(ctx, slug); err != nil {
			return r, err
		}
		query = base.BrowseDirectory(slug)
	}
	err = room.base.Store.View(ctx, func(reader store.Reader) error {
		ids, err := reader.BrowseIDs(ctx, query)
		if err != nil {
			return err
		}
		r.Partnerships = len(ids)
		parties := base.Parties{Reader: reader}
		records := parties.Failing(base.EachOf(ctx, reader, ids))
		names := exchange.Names{Authority: parties.Find(ctx), Theme: room.base.ThemeLabel, Country: room.base.CountryName}
		return base.WriteWholeFrom(file, func(to io.Writer) error {
			remarks, err := exchange.WriteEach(to, f, told(records, len(ids), progress), names)
			r.Warnings = append(r.Warnings, remarks...)
			return err
		})
	})
	return r, err
}

// told shows how far the records have been gone through; some formats do so
// several times.
func told(records exchange.Records, n int, progress base.Progress) exchange.Records {
	return func(yield func(*repertoire.Partnership, error) bool) {
		i := 0
		for p, err := range records {
			if i%200 == 0 {
				progress.Tell(i, n, "Écriture des fiches")
			}
			i++
			if !yield(p, err) {
				return
			}
		}
	}
}
