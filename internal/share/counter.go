package share

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"repertoire/internal/repertoire"
)

// counterOf reads the last number of a series, 0 when none was given.
func counterOf(ctx context.Context, tx pgx.Tx) func(series string, year int) (int, error) {
	return func(series string, year int) (last int, err error) {
		err = tx.QueryRow(ctx, `SELECT last FROM repertoire.counter WHERE series = $1 AND year = $2`, series, year).Scan(&last)
		if errors.Is(err, pgx.ErrNoRows) {
			err = nil
		}
		return last, err
	}
}

// RaiseCounter makes count the least that counts as the last number of a series:
// what a desk knows of documents that are in no journal.
func (b *Base) RaiseCounter(ctx context.Context, series string, year, count int) error {
	_, err := b.pool.Exec(ctx, raiseCounter, series, year, count)
	return explain(err)
}

const raiseCounter = `INSERT INTO repertoire.counter(series, year, last) VALUES ($1,$2,$3)
	ON CONFLICT (series, year) DO UPDATE SET last = greatest(repertoire.counter.last, excluded.last)`

// queueCounters moves the counters of the series whose documents the row holds:
// those just numbered, and those a desk brings that had them already.
func queueCounters(batch *pgx.Batch, row repertoire.Shared) error {
	for _, op := range row.Change.Ops {
		if op.Aggregate != repertoire.AggInvoice || op.After == nil {
			continue
		}
		var document struct {
			Series string `json:"series"`
			Year   int    `json:"year"`
			Count  int    `json:"count"`
		}
		if err := json.Unmarshal(op.After, &document); err != nil {
			return damaged(err)
		}
		batch.Queue(raiseCounter, document.Series, document.Year, document.Count)
	}
	return nil
}
