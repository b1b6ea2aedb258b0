package safety

import (
	"context"
	"fmt"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// Check looks the whole workspace over: the base, the index, the pictures, and
// what the rules say of each record.
func (room *Room) Check(ctx context.Context) (CheckReport, error) {
	report := CheckReport{OK: true, Database: "ok", Index: "ok", Media: "ok", Beside: "ok", Findings: []Finding{}}
	problems, err := room.base.Store.Check(ctx, nil)
	if err != nil {
		return report, err
	}
	report.Database = report.problems(problems)
	if problems, err = room.base.Store.VerifyMedia(ctx); err != nil {
		return report, err
	}
	report.Media = report.problems(problems)
	if problems, err = room.audit(ctx); err != nil {
		return report, base.Stopped(err)
	}
	report.Beside = report.problems(problems)
	if report.Index, err = room.base.Index.Verify(ctx); err != nil {
		return report, err
	}
	report.OK = report.OK && report.Index == "ok"
	twice, err := room.base.Store.DoubleNumbers(ctx)
	if err != nil {
		return report, err
	}
	for _, x := range twice {
		report.Findings = append(report.Findings, Finding{Severity: string(repertoire.SeverityWarn), Entry: x.Documents[0],
			Message: x.Message})
	}
	authorities, err := room.base.Store.Authorities(ctx, nil)
	if err != nil {
		return report, err
	}
	known := room.base.Known(ctx, authorities)
	seen := map[string]string{}
	err = room.base.Store.EachPartnership(ctx, func(p repertoire.Partnership) error {
		key, title := base.PairKey(&p), p.DisplayTitle(known.Authority)
		if twin, ok := seen[key]; ok {
			report.Findings = append(report.Findings, Finding{Severity: string(repertoire.SeverityWarn), Entry: p.ID, Title: title,
				Field:   "parties",
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
	return report, base.Stopped(err)
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
func (room *Room) Backup(ctx context.Context, file string, progress base.Progress) (BackupReport, error) {
	b, err := room.base.Store.Backup(ctx, file, store.ReasonManual, progress.Tell)
	if err != nil {
		return BackupReport{}, base.Stopped(err)
	}
	return BackupReport{File: b.File, Size: b.Size, SHA256: b.SHA256}, nil
}

// CheckReport is the health of a workspace.
type CheckReport struct {
	OK       bool      `json:"ok"`
	Database string    `json:"database"` // "ok" or what is wrong
	Index    string    `json:"index"`
	Media    string    `json:"media"`
	Beside   string    `json:"beside"` // editions, files delivered, register, backups
	Findings []Finding `json:"findings"`
}

// Finding is something to look at in a record or a file.
type Finding struct {
	Severity string        `json:"severity"` // "refuse" or "warn"
	Entry    repertoire.ID `json:"entry,omitempty"`
	Title    string        `json:"title,omitempty"`
	Field    string        `json:"field,omitempty"`
	Message  string        `json:"message"`
}
