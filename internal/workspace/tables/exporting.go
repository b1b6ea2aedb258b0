package tables

import (
	"bytes"
	"context"

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
	progress.Tell(0, 3, "Lecture des fiches")
	var records []repertoire.Partnership
	var authorities map[repertoire.ID]repertoire.Authority
	if slug != "" {
		records, authorities, err = room.directoryRecords(ctx, slug)
	} else {
		err = room.base.Store.View(ctx, func(reader store.Reader) error {
			records, authorities, err = base.RecordsOf(ctx, reader, store.BrowseQuery{})
			return err
		})
	}
	if err != nil {
		return r, err
	}
	progress.Tell(1, 3, "Écriture des fiches")
	var b bytes.Buffer
	names := exchange.Names{Authority: base.Finder(authorities), Theme: room.base.ThemeLabel, Country: room.base.CountryName}
	remarks, err := exchange.Write(&stopping{ctx, &b}, f, records, names)
	if err != nil {
		return r, err
	}
	for _, x := range remarks {
		r.Warnings = append(r.Warnings, x)
	}
	r.Partnerships = len(records)
	progress.Tell(2, 3, "Enregistrement du fichier")
	if err := ctx.Err(); err != nil {
		return r, err
	}
	return r, base.WriteWhole(file, b.Bytes())
}

// stopping is a writer that stops when the work is cancelled.
type stopping struct {
	ctx context.Context
	to  *bytes.Buffer
}

func (s *stopping) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.to.Write(p)
}

// directoryRecords reads the partnerships of a répertoire and their authorities.
func (room *Room) directoryRecords(ctx context.Context, slug string) (records []repertoire.Partnership, authorities map[repertoire.ID]repertoire.Authority, err error) {
	if _, err := room.base.NeedDirectory(ctx, slug); err != nil {
		return nil, nil, err
	}
	err = room.base.Store.View(ctx, func(r store.Reader) error {
		records, authorities, err = base.RecordsOf(ctx, r, base.BrowseDirectory(slug))
		return err
	})
	return records, authorities, err
}
