package workspace

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"repertoire/internal/exchange"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
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
func (w *Workspace) Export(ctx context.Context, slug, format, file string, progress Progress) (r ExportReport, err error) {
	defer func() { err = stopped(err) }()
	r.File = file
	f, err := exchange.ParseFormat(format)
	if err != nil {
		return r, err
	}
	progress.tell(0, 3, "Lecture des fiches")
	var records []repertoire.Partnership
	var authorities map[repertoire.ID]repertoire.Authority
	if slug != "" {
		records, authorities, err = w.directoryRecords(ctx, slug)
	} else {
		err = w.store.View(ctx, func(reader store.Reader) error {
			records, authorities, err = recordsOf(ctx, reader, store.BrowseQuery{})
			return err
		})
	}
	if err != nil {
		return r, err
	}
	progress.tell(1, 3, "Écriture des fiches")
	var b bytes.Buffer
	names := exchange.Names{Authority: finder(authorities), Theme: w.ThemeLabel, Country: w.CountryName}
	remarks, err := exchange.Write(&stopping{ctx, &b}, f, records, names)
	if err != nil {
		return r, err
	}
	for _, x := range remarks {
		r.Warnings = append(r.Warnings, x)
	}
	r.Partnerships = len(records)
	progress.tell(2, 3, "Enregistrement du fichier")
	if err := ctx.Err(); err != nil {
		return r, err
	}
	return r, writeWhole(file, b.Bytes())
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
