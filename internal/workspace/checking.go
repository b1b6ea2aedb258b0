package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// Check looks the whole workspace over: the base, the index, the pictures, and
// what the rules say of each record.
func (w *Workspace) Check(ctx context.Context) (CheckReport, error) {
	report := CheckReport{OK: true, Database: "ok", Index: "ok", Media: "ok", Beside: "ok", Findings: []Finding{}}
	problems, err := w.store.Check(ctx, nil)
	if err != nil {
		return report, err
	}
	report.Database = report.problems(problems)
	if problems, err = w.store.VerifyMedia(ctx); err != nil {
		return report, err
	}
	report.Media = report.problems(problems)
	if problems, err = w.audit(ctx); err != nil {
		return report, stopped(err)
	}
	report.Beside = report.problems(problems)
	if report.Index, err = w.index.verify(ctx); err != nil {
		return report, err
	}
	report.OK = report.OK && report.Index == "ok"
	authorities, err := w.store.Authorities(ctx, nil)
	if err != nil {
		return report, err
	}
	known := w.known(ctx, authorities)
	seen := map[string]string{}
	err = w.store.EachPartnership(ctx, func(p repertoire.Partnership) error {
		key, title := pairKey(&p), p.DisplayTitle(known.Authority)
		if twin, ok := seen[key]; ok {
			report.Findings = append(report.Findings, Finding{Severity: string(repertoire.SeverityWarn), Entry: p.ID, Title: title, Field: "parties",
				Message: "La fiche fait peut-être double emploi avec " + twin + " : mêmes collectivités, même type."})
		}
		seen[key] = string(p.ID)
		for _, f := range p.Validate(known) {
			report.Findings = append(report.Findings, Finding{Severity: string(f.Severity), Entry: p.ID,
				Title: title, Field: f.Field, Message: f.Message})
			report.OK = report.OK && f.Severity != repertoire.SeverityRefuse
		}
		return ctx.Err()
	})
	return report, stopped(err)
}

// pairKey is the same for two entries that join the same authorities in the
// same way.
func pairKey(p *repertoire.Partnership) string {
	ids := []string{string(p.Type)}
	for _, q := range p.Parties {
		ids = append(ids, string(q.Authority))
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// problems adds what is wrong to the findings and sums it up.
func (r *CheckReport) problems(list []store.Problem) string {
	if len(list) == 0 {
		return "ok"
	}
	r.OK = false
	for _, p := range list {
		r.Findings = append(r.Findings, Finding{Severity: string(repertoire.SeverityRefuse), Entry: p.Record, Message: p.Message})
	}
	if len(list) == 1 {
		return list[0].Message
	}
	return fmt.Sprintf("%d problèmes", len(list))
}

// BackupReport names a verified backup.
type BackupReport struct {
	File   string `json:"file"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Backup copies the base to file ("" a dated one in backups/), reads the copy
// back and checks it.
func (w *Workspace) Backup(ctx context.Context, file string, progress Progress) (BackupReport, error) {
	b, err := w.store.Backup(ctx, file, store.ReasonManual, progress.tell)
	if err != nil {
		return BackupReport{}, stopped(err)
	}
	return BackupReport{File: b.File, Size: b.Size, SHA256: b.SHA256}, nil
}

// readFile reads a file that a person named.
func readFile(file string) ([]byte, error) {
	if err := repertoire.RefuseIrregular(file); err != nil {
		return nil, err
	}
	bytes, err := os.ReadFile(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err, Message: "Le fichier « " + file + " » n’existe pas."}
	case err != nil:
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err, Message: "Le fichier « " + file + " » ne peut pas être lu. Vérifiez vos droits."}
	}
	return bytes, nil
}

func isCancelled(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
