// Package store keeps the truth of a workspace in one SQLite file: aggregates
// come in as repertoire.Change values, are applied whole or not at all with
// their journal, and go out as values of the domain, as rows to browse, as
// history, as undo plans and as verified backups.
//
// Once Apply has returned, the change is on the disk: a crash, a full disk or a
// torn file never takes back what was acknowledged, and a stale save never
// overwrites. The package knows no French analysis, no book and no window.
package store
