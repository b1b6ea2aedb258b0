package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/whole"
)

// ledger are the aggregates that a restoration never takes back: what was
// ordered, sold, paid, invoiced, taken out of the stock and asked in a campaign
// did happen. Replies are not among them: what they brought is taken back, and
// they are to be read again.
var ledger = []repertoire.Aggregate{repertoire.AggSales, repertoire.AggBuyer, repertoire.AggOrder, repertoire.AggInvoice,
	repertoire.AggStock,
	repertoire.AggCampaign, repertoire.AggRequest, repertoire.AggQuestionnaire}

// present is what can be read of the base that is about to be replaced.
type present struct {
	found   bool // there is a file
	sound   bool // SQLite finds nothing wrong with it
	records map[repertoire.ID]salvaged
	// numbers are the last numbers found, rows and meta together.
	numbers map[series]Registered
	// certain tells that these are all: the invoices or their journal were
	// read whole, with what meta says beside.
	certain bool
	doubt   string          // the year in doubt that meta names, "" none
	said    map[string]bool // series an officer has spoken for
	lastSeq int64
	changes map[int64]repertoire.ID // the last changes, to know the same history by
	lost    int                     // rows that are there and cannot be read
	mails   []Mail                  // the queue of messages
	// mailsWhole tells that the queue was read to its end.
	mailsWhole bool
}

// salvaged is one record as it could be read.
type salvaged struct {
	aggregate repertoire.Aggregate
	id        repertoire.ID
	version   int64
	trashed   bool
	body      json.RawMessage
}

// readPresent reads the ledger of a sound base; of a damaged one every record
// that its tables or its journal still give, the newest version of each.
func (s *Store) readPresent(ctx context.Context) (*present, error) {
	p := &present{records: map[repertoire.ID]salvaged{}, numbers: map[series]Registered{}, said: map[string]bool{},
		changes: map[int64]repertoire.ID{}}
	if absent(s.base()) {
		return p, nil
	}
	p.found = true
	// A copy is read: what is damaged must not change, and a journal left by a
	// crash is part of the base.
	tmp, err := os.MkdirTemp(s.dir, ".lecture-")
	if err != nil {
		return p, err
	}
	defer os.RemoveAll(tmp)
	for _, suffix := range []string{"", "-wal"} {
		if !absent(s.base() + suffix) {
			if err := copyFile(s.base()+suffix, filepath.Join(tmp, File+suffix)); err != nil {
				return p, err
			}
		}
	}
	db, err := openReaders(filepath.Join(tmp, File), url.Values{"_query_only": {"0"}})
	if err != nil {
		return p, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	app, _, err := identity(ctx, db)
	if err != nil || app != applicationID {
		return p, ctx.Err() // not even its head can be read
	}
	found, err := quickCheck(ctx, db)
	p.sound = err == nil && found == "" && foreignObjects(ctx, db) == ""
	wanted := ledger
	if !p.sound {
		wanted = aggregates[:]
	}
	whole := map[string]bool{}
	for _, a := range wanted {
		whole[string(a)] = p.table(ctx, db, a) && (p.sound || tableSound(ctx, db, string(a)))
	}
	if !p.sound {
		whole["change_op"] = p.journal(ctx, db) && tableSound(ctx, db, "change_op")
	}
	if whole["change_op"] {
		p.lost = 0 // the journal has every version of what a table lost
	}
	p.readMeta(ctx, db)
	p.readNumbers(ctx, db)
	p.readMails(ctx, db)
	p.certain = (whole[string(repertoire.AggInvoice)] || whole["change_op"]) && (whole[string(repertoire.AggOrder)] || whole["change_op"])
	return p, ctx.Err()
}

// tableSound asks SQLite about one table and its indexes.
func tableSound(ctx context.Context, db *sql.DB, table string) bool {
	var line string
	return db.QueryRowContext(ctx, `PRAGMA integrity_check('`+table+`')`).Scan(&line) == nil && line == "ok"
}

// table reads the rows of an aggregate; false when some could not be read.
func (p *present) table(ctx context.Context, db *sql.DB, a repertoire.Aggregate) bool {
	return p.around(ctx, db, string(a), "num", `SELECT num, id, version, deleted_at IS NOT NULL, body FROM `+string(a),
		func(rows *sql.Rows) (int64, error) {
			x := salvaged{aggregate: a}
			var num int64
			var body sql.NullString
			err := rows.Scan(&num, &x.id, &x.version, &x.trashed, &body)
			if err == nil && body.Valid {
				x.body = json.RawMessage(body.String)
				p.take(x)
			}
			return num, err
		})
}

// journal reads the newest version of every record that the journal gives.
func (p *present) journal(ctx context.Context, db *sql.DB) bool {
	return p.around(ctx, db, "change_op", "num",
		`SELECT num, aggregate, record, version, coalesce(after, before), after IS NULL, erased FROM change_op`,
		func(rows *sql.Rows) (int64, error) {
			var x salvaged
			var num int64
			var body sql.NullString
			var erased bool
			err := rows.Scan(&num, &x.aggregate, &x.id, &x.version, &body, &x.trashed, &erased)
			if x.version++; err == nil && body.Valid && !erased && rankOf(x.aggregate) >= 0 {
				x.body = json.RawMessage(body.String)
				p.take(x)
			}
			return num, err
		})
}

// take keeps the newest version of a record that is one.
func (p *present) take(x salvaged) {
	if was, ok := p.records[x.id]; ok && was.version >= x.version {
		return
	}
	record, err := read(x.aggregate, x.body, false)
	if err != nil || idOf(record) != x.id {
		return
	}
	p.records[x.id] = x
}

// around reads a table in the order of its keys and goes around what cannot be
// read; false when something could not.
func (p *present) around(ctx context.Context, db *sql.DB, table, key, query string, scan func(*sql.Rows) (int64, error)) bool {
	var lowest, highest sql.NullInt64
	if err := db.QueryRowContext(ctx, `SELECT min(`+key+`), max(`+key+`) FROM `+table).Scan(&lowest, &highest); err != nil {
		// The ends of the table are in the pages that are lost: look further than it can reach.
		lowest, highest = sql.NullInt64{Int64: 1, Valid: true}, sql.NullInt64{Int64: 1 << 22, Valid: true}
	}
	if !highest.Valid {
		return true
	}
	misses := 0
	var part func(from, to int64) bool
	part = func(from, to int64) bool {
		if from > to {
			return true
		}
		last := from - 1
		rows, err := db.QueryContext(ctx, query+` WHERE `+key+` BETWEEN ? AND ? ORDER BY `+key, from, to)
		if err == nil {
			err = each(rows, func(rows *sql.Rows) error {
				at, err := scan(rows)
				if err == nil {
					last = at
				}
				return err
			})
		}
		if err == nil {
			return true
		}
		// A table whose every page is lost is not asked for each of its rows.
		if misses++; ctx.Err() != nil || misses > 20000 {
			return false
		}
		if last+1 >= to {
			p.lost++
			return false
		}
		middle := last + 1 + (to-last-1)/2
		part(last+1, middle)
		part(middle+1, to)
		return false
	}
	return part(lowest.Int64, highest.Int64)
}

func (p *present) readMeta(ctx context.Context, db *sql.DB) {
	rows, err := db.QueryContext(ctx, `SELECT key, value FROM meta`)
	if err != nil {
		return
	}
	_ = each(rows, func(rows *sql.Rows) error { // what was read is kept
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return err
		}
		switch {
		case key == unknownKey:
			p.doubt = value
		case strings.HasPrefix(key, "said:"):
			p.said[key] = true
		case strings.HasPrefix(key, "last:"):
			part := strings.Split(key, ":")
			n, day, _ := strings.Cut(value, " ")
			count, err := strconv.Atoi(n)
			if year, e := strconv.Atoi(part[len(part)-1]); err == nil && e == nil && len(part) == 3 {
				p.number(series{part[1], year}, count, repertoire.Date(day))
			}
		}
		return nil
	})
}

func (p *present) number(k series, count int, date repertoire.Date) {
	was := p.numbers[k]
	p.numbers[k] = Registered{Series: k.name, Year: k.year, Count: max(was.Count, count), Date: max(was.Date, date)}
}

// readNumbers reads the last numbers: from the index, which may be readable
// where the rows are not, and from the records.
func (p *present) readNumbers(ctx context.Context, db *sql.DB) {
	for _, query := range []string{`SELECT series, year, count FROM invoice`, `SELECT '` + orderSeries + `', year, count FROM book_order`} {
		rows, err := db.QueryContext(ctx, query)
		if err != nil {
			continue
		}
		_ = each(rows, func(rows *sql.Rows) error { // what was read is kept
			var k series
			var count int
			err := rows.Scan(&k.name, &k.year, &count)
			if err == nil && k.year > 0 && count < 1000000 {
				p.number(k, count, "")
			}
			return err
		})
	}
	for _, x := range p.records {
		if v, _ := read(x.aggregate, x.body, false); v != nil {
			if line, ok := numberOf(v); ok {
				p.number(series{line.Series, line.Year}, line.Count, line.Date)
			}
		}
	}
	var last sql.NullInt64
	if db.QueryRowContext(ctx, `SELECT max(seq) FROM change`).Scan(&last) == nil {
		p.lastSeq = last.Int64
	}
	rows, err := db.QueryContext(ctx, `SELECT seq, id FROM change`)
	if err != nil {
		return
	}
	_ = each(rows, func(rows *sql.Rows) error {
		var seq int64
		var id repertoire.ID
		err := rows.Scan(&seq, &id)
		if err == nil {
			p.changes[seq] = id
		}
		return err
	})
}

// Salvage makes a new, clean base out of the rows that can still be read of
// the present one, table by table, journal included, and puts it in its place;
// the present one is kept aside. It needs no backup. It serves when a base
// holds what this program did not put there, too: only rows come along.
func Salvage(ctx context.Context, dir string, options Options, progress func(done, total int, label string)) (SalvageReport, error) {
	s := &Store{dir: dir, options: options}
	var report SalvageReport
	if absent(s.base()) {
		return report, s.notAWorkspace()
	}
	s.options.Share = false
	if err := s.hold(ctx); err != nil {
		return report, err
	}
	defer func() { _ = s.lock.Release() }()
	if err := s.finishRestore(); err != nil {
		return report, err
	}
	p, err := s.readPresent(ctx)
	if err != nil {
		return report, explain(err)
	}
	if len(p.changes) == 0 && len(p.records) == 0 {
		return report, repertoire.Damage(s.base(), errors.New("nothing readable"),
			"Rien de cette base ne peut être lu : elle n’a pas été touchée. Restaurez une sauvegarde.")
	}
	if err := s.stageRows(ctx, p, &report, progress); err != nil {
		return report, explain(err)
	}
	report.Aside, err = s.swap()
	return report, err
}

// SalvageReport says what a salvage brought over.
type SalvageReport struct {
	Aside   string         `json:"aside"`
	Rows    map[string]int `json:"rows"` // by table
	Lost    int            `json:"lost"` // rows that could not be read or no longer fit
	Unknown bool           `json:"numbers_unknown"`
}

func (s *Store) stageRows(ctx context.Context, p *present, report *SalvageReport, progress func(done, total int, label string)) error {
	tmp := s.base() + ".tmp"
	if err := removeIfThere(tmp); err != nil {
		return err
	}
	defer os.Remove(tmp)
	if err := s.cleanRows(ctx, tmp, report, progress); err != nil {
		return err
	}
	db, err := openWriter(tmp)
	if err != nil {
		return err
	}
	var plan RestorePlan
	err = s.carry(ctx, db, p, &plan)
	report.Lost += plan.Lost
	if err == nil {
		err = carryMails(ctx, db, p, &plan)
	}
	var tx *sql.Tx
	if err == nil {
		tx, err = db.BeginTx(ctx, nil)
	}
	if err == nil {
		report.Unknown, err = s.settleNumbers(ctx, tx, p)
	}
	if err == nil {
		err = newLineage(ctx, tx)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err == nil {
		_, err = db.ExecContext(ctx, `PRAGMA journal_mode = DELETE`)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := soundCopy(ctx, tmp, 0); err != nil {
		return err
	}
	if err := os.Rename(tmp, s.base()+restored); err != nil {
		return err
	}
	return whole.SyncFolder(s.dir)
}

// cleanRows copies rows, table by table, into an empty base of this program.
func (s *Store) cleanRows(ctx context.Context, file string, report *SalvageReport,
	progress func(done, total int, label string)) (err error) {
	from, err := openReaders(s.base(), url.Values{"mode": {"ro"}})
	if err != nil {
		return err
	}
	defer from.Close()
	if err := createPrivate(file); err != nil {
		return err
	}
	to, err := openWriter(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := migrate(ctx, to, 0); err != nil {
		return err
	}
	tables, err := tableColumns(ctx, to)
	if err != nil {
		return err
	}
	conn, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA foreign_keys = 0; BEGIN IMMEDIATE; DELETE FROM meta`); err != nil {
		return err
	}
	report.Rows = map[string]int{}
	for i, t := range tables {
		if progress != nil {
			progress(i, len(tables), "Sauvetage de la table "+t.name)
		}
		n, lost, err := copyRows(ctx, from, conn, t)
		if err != nil {
			return errors.Join(err, rollback(conn))
		}
		report.Rows[t.name], report.Lost = n, report.Lost+lost
	}
	// Rows that point to lost ones would make the base unsound.
	for range 3 {
		if err := dropDangling(ctx, conn, report); err != nil {
			return errors.Join(err, rollback(conn))
		}
	}
	_, err = conn.ExecContext(ctx, `COMMIT; PRAGMA foreign_keys = 1`)
	return err
}

func rollback(conn *sql.Conn) error {
	_, err := conn.ExecContext(context.Background(), `ROLLBACK`)
	return err
}

type tableShape struct {
	name    string
	columns []string
	key     string // integer primary key, "" for a table without rows' numbers
}

// tableColumns lists the tables of a clean base in the order they were made.
func tableColumns(ctx context.Context, db *sql.DB) ([]tableShape, error) {
	rows, err := db.QueryContext(ctx, `SELECT t.name, c.name, c.pk, c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.rowid, c.cid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []tableShape
	for rows.Next() {
		var table, column, kind string
		var pk int
		if err := rows.Scan(&table, &column, &pk, &kind); err != nil {
			return nil, err
		}
		if len(out) == 0 || out[len(out)-1].name != table {
			out = append(out, tableShape{name: table})
		}
		t := &out[len(out)-1]
		t.columns = append(t.columns, column)
		if pk == 1 && kind == "INTEGER" {
			t.key = column
		}
	}
	return out, rows.Err()
}

// copyRows copies what can be read of a table. Columns that the old base has
// not get their defaults.
func copyRows(ctx context.Context, from *sql.DB, to *sql.Conn, t tableShape) (copied, lost int, err error) {
	there, err := from.QueryContext(ctx, `SELECT name FROM pragma_table_info(?)`, t.name)
	if err != nil {
		return 0, 1, nil
	}
	old, err := collect(there, func(rows *sql.Rows) (n string, err error) { err = rows.Scan(&n); return n, err })
	columns := slices.DeleteFunc(slices.Clone(t.columns), func(c string) bool { return !slices.Contains(old, c) })
	if err != nil || len(columns) == 0 {
		return 0, 0, nil //nolint:nilerr // a table that is not there has no rows
	}
	if t.key != "" { // first, so that rows are found again by it
		columns = append([]string{t.key}, slices.DeleteFunc(columns, func(c string) bool { return c == t.key })...)
	}
	names := `"` + strings.Join(columns, `", "`) + `"`
	values := "(?" + strings.Repeat(", ?", len(columns)-1) + ")"
	insert, err := to.PrepareContext(ctx, `INSERT OR IGNORE INTO "`+t.name+`" (`+names+`) VALUES `+values) //nolint:sqlclosecheck // closed below
	if err != nil {
		return 0, 0, err
	}
	defer insert.Close() // row, which uses it, does not outlive this function
	row := func(rows *sql.Rows) (int64, error) {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return 0, err
		}
		if _, e := insert.ExecContext(ctx, values...); e != nil {
			lost++ // it breaks a rule of the clean base: it is no row of ours
		} else {
			copied++
		}
		n, _ := values[0].(int64)
		return n, nil
	}
	if t.key == "" {
		rows, e := from.QueryContext(ctx, `SELECT `+names+` FROM "`+t.name+`"`)
		if e != nil {
			return 0, 1, ctx.Err()
		}
		if each(rows, func(rows *sql.Rows) error { _, err := row(rows); return err }) != nil {
			lost++
		}
		return copied, lost, ctx.Err()
	}
	var p present
	p.around(ctx, from, `"`+t.name+`"`, `"`+t.key+`"`, `SELECT `+names+` FROM "`+t.name+`"`, row)
	return copied, lost + p.lost, ctx.Err()
}

// dropDangling removes the rows that point to rows which were lost.
func dropDangling(ctx context.Context, conn *sql.Conn, report *SalvageReport) error {
	rows, err := conn.QueryContext(ctx, `PRAGMA foreign_key_check`)
	if err != nil {
		return err
	}
	type dangling struct {
		table string
		row   sql.NullInt64
	}
	found, err := collect(rows, func(rows *sql.Rows) (x dangling, err error) {
		var parent sql.NullString
		var key sql.NullInt64
		err = rows.Scan(&x.table, &x.row, &parent, &key)
		return x, err
	})
	if err != nil {
		return err
	}
	for _, x := range found {
		if !x.row.Valid {
			continue // of a table without row numbers: links, written again below
		}
		if x.table == string(repertoire.AggInvoice) {
			continue // its order is made again from it
		}
		if _, err := conn.ExecContext(ctx, `DELETE FROM "`+x.table+`" WHERE rowid = ?`, x.row.Int64); err != nil {
			return fmt.Errorf("row %d of %s: %w", x.row.Int64, x.table, err)
		}
		report.Lost++
	}
	for _, link := range []string{
		`DELETE FROM partnership_directory WHERE partnership NOT IN (SELECT num FROM partnership)`,
		`DELETE FROM partnership_party WHERE partnership NOT IN (SELECT num FROM partnership) OR authority NOT IN (SELECT id FROM authority)`,
		`DELETE FROM partnership_theme WHERE partnership NOT IN (SELECT num FROM partnership)`,
		`DELETE FROM partnership_country WHERE partnership NOT IN (SELECT num FROM partnership)`,
	} {
		if _, err := conn.ExecContext(ctx, link); err != nil {
			return err
		}
	}
	return nil
}
