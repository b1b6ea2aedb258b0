package store

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"

	"repertoire/internal/repertoire"
)

// applicationID marks our files ("REPT"): a base of another program is never touched.
const applicationID = 0x52455054

//go:embed schema/*.sql
var schema embed.FS

// migration brings a base from version n-1 to n: its SQL, then what SQL cannot compute.
type migration struct {
	file string
	fill func(context.Context, *sql.Tx) error
}

// migrations are applied in order; their number is the schema's version. A
// released one is never edited.
func migrations() []migration {
	return []migration{
		{file: "0001_base.sql", fill: newLineage},
		{file: "0002_review.sql", fill: fillReview},
		{file: "0003_orders.sql"},
		{file: "0004_lists.sql"},
		{file: "0005_numbering.sql"},
		{file: "0006_share.sql"},
		{file: "0007_campaign.sql"},
		{file: "0008_ledger.sql"},
		{file: "0009_late.sql"},
	}
}

// SchemaVersion is the version this program writes and the newest it reads.
func SchemaVersion() int { return len(migrations()) }

// migrate brings the base from its version to the newest, one transaction a step.
func migrate(ctx context.Context, db *sql.DB, from int) error {
	for i, m := range migrations() {
		if i < from {
			continue
		}
		if err := step(ctx, db, i+1, m); err != nil {
			return fmt.Errorf("migration %s: %w", m.file, err)
		}
	}
	return nil
}

func step(ctx context.Context, db *sql.DB, version int, m migration) error {
	text, err := schema.ReadFile("schema/" + m.file)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	if m.fill != nil {
		if err := m.fill(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID,
		version)); err != nil {
		return err
	}
	return tx.Commit()
}

// newLineage names this line of history. A restored backup starts another: its
// sequence numbers may be given again to other changes, so an index of the old
// line must not be taken for current.
func newLineage(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO meta(key, value) VALUES ('lineage', ?)
		ON CONFLICT(key) DO UPDATE SET value = excluded.value`, string(repertoire.NewID()))
	return err
}

// fillReview computes the columns of migration 2 for the records there are, a
// thousand at a time.
func fillReview(ctx context.Context, tx *sql.Tx) error {
	type record struct {
		num  int64
		body sql.NullString
	}
	last := int64(0)
	for {
		rows, err := tx.QueryContext(ctx, `SELECT num, body FROM partnership WHERE num > ? ORDER BY num LIMIT 1000`, last)
		if err != nil {
			return err
		}
		batch, err := collect(rows, func(rows *sql.Rows) (x record, err error) { err = rows.Scan(&x.num, &x.body); return x, err })
		if err != nil || len(batch) == 0 {
			return err
		}
		last = batch[len(batch)-1].num
		for _, x := range batch {
			if !x.body.Valid {
				continue
			}
			var p repertoire.Partnership
			if err := json.Unmarshal([]byte(x.body.String), &p); err != nil {
				return unreadable(err)
			}
			f := p.Freshness()
			if _, err := tx.ExecContext(ctx, `UPDATE partnership SET review_due = ?, missing = ?, completeness = ? WHERE num = ?`,
				string(f.Due), len(f.Missing), p.Completeness().Percent, x.num); err != nil {
				return err
			}
		}
	}
}
