package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// orderSeries is what order numbers begin with.
const orderSeries = "C"

// unknownKey marks, in meta, a base restored where nothing told which numbers
// had been given since: its value is the last year that is in doubt.
const unknownKey = "unknown"

func lastKey(k series) string { return fmt.Sprintf("last:%s:%d", k.name, k.year) }
func saidKey(k series) string { return fmt.Sprintf("said:%s:%d", k.name, k.year) }

// LastNumber is the last number given in a series and year.
type LastNumber struct {
	Series string          `json:"series"`
	Year   int             `json:"year"`
	Count  int             `json:"count"`
	Number string          `json:"number"` // "" when none was given
	Date   repertoire.Date `json:"date,omitempty"`
	// Known is false when nothing tells whether it is the last: no other number
	// is given before an officer has said it.
	Known bool `json:"known"`
}

type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// floor reads what is known of the last number beside the rows themselves.
func floor(ctx context.Context, q rower, k series) (count int, date repertoire.Date, err error) {
	value, err := metaValue(ctx, q, lastKey(k))
	if err != nil || value == "" {
		return 0, "", err
	}
	n, day, _ := strings.Cut(value, " ")
	count, err = strconv.Atoi(n)
	return count, repertoire.Date(day), err
}

// inDoubt tells whether the last number of a series cannot be known.
func inDoubt(ctx context.Context, q rower, k series) (bool, error) {
	year, err := metaValue(ctx, q, unknownKey)
	if err != nil || year == "" {
		return false, err
	}
	if n, err := strconv.Atoi(year); err != nil || k.year > n {
		return false, err
	}
	said, err := metaValue(ctx, q, saidKey(k))
	return said == "", err
}

func metaValue(ctx context.Context, q rower, key string) (string, error) {
	var value string
	err := q.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func setMeta(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value`, key,
		value)
	return err
}

// raise makes count the least that counts as the last number.
func raise(ctx context.Context, tx *sql.Tx, k series, count int, date repertoire.Date) error {
	was, day, err := floor(ctx, tx, k)
	if err != nil || was >= count {
		return err
	}
	return setMeta(ctx, tx, lastKey(k), fmt.Sprintf("%d %s", count, max(day, date)))
}

// lastGiven is the last number of a series, from the rows and from beside them.
func lastGiven(ctx context.Context, q rower, k series) (LastNumber, error) {
	query := `SELECT coalesce(max(count), 0), coalesce(max(date), '') FROM invoice WHERE series = ? AND year = ?`
	args := []any{k.name, k.year}
	if k.name == orderSeries {
		query, args = `SELECT coalesce(max(count), 0), '' FROM book_order WHERE year = ?`, []any{k.year}
	}
	out := LastNumber{Series: k.name, Year: k.year}
	if err := q.QueryRowContext(ctx, query, args...).Scan(&out.Count, &out.Date); err != nil {
		return out, err
	}
	count, date, err := floor(ctx, q, k)
	if err != nil {
		return out, err
	}
	out.Count, out.Date = max(out.Count, count), max(out.Date, date)
	if out.Count > 0 {
		out.Number = order.Number(k.name, k.year, out.Count)
	}
	doubt, err := inDoubt(ctx, q, k)
	out.Known = !doubt
	return out, err
}

// refuseUnknown is the refusal of a number that cannot be known.
func refuseUnknown(k series, what string) error {
	return &repertoire.Error{Kind: repertoire.Refused, Field: "number",
		Message: fmt.Sprintf(
			"Cette base vient d’une sauvegarde, et rien ne dit quels numéros ont été donnés depuis : %s n’est pas numérotée, "+
				"pour qu’aucun numéro ne serve deux fois. Donnez d’abord le dernier numéro %s%d émis (repertoirectl order numbers --last %s).",
			what, k.name, k.year, order.Number(k.name, k.year, 12))}
}

// number gives the next number of a series.
func (a *applier) number(k series, what string) (next int, last LastNumber, err error) {
	last, err = lastGiven(a.ctx, a.tx, k)
	if err == nil && !last.Known && !a.carrying {
		err = refuseUnknown(k, what)
	}
	return last.Count + 1, last, err
}

// LastNumbers lists the last number of each series of a year.
func (r Reader) LastNumbers(ctx context.Context, year int) ([]LastNumber, error) {
	settings, err := r.SalesSettings(ctx)
	if err != nil {
		return nil, err
	}
	var out []LastNumber
	for _, name := range []string{settings.InvoiceSeries, settings.CreditSeries, orderSeries} {
		last, err := lastGiven(ctx, r.q, series{name, year})
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, last)
	}
	return out, nil
}

// KnownNumbers lists the last number of every series of documents that this base
// knows of, in all years.
func (r Reader) KnownNumbers(ctx context.Context) ([]LastNumber, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT series, year, max(count) FROM (SELECT series, year, count FROM invoice UNION ALL
		SELECT substr(key, 6, length(key) - 10), CAST(substr(key, -4) AS INTEGER), CAST(value AS INTEGER) FROM meta
		WHERE key LIKE 'last:%:____') GROUP BY series, year ORDER BY series, year`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (x LastNumber, err error) {
		err = rows.Scan(&x.Series, &x.Year, &x.Count)
		x.Number = order.Number(x.Series, x.Year, x.Count)
		return x, err
	})
	return out, explain(err)
}

// GiveLast notes the last number of a series as an officer knows it, from the
// documents on paper; 0 says that none was given. It is never lowered.
func (s *Store) GiveLast(ctx context.Context, name string, year, count int, by string) (LastNumber, error) {
	if s.writer == nil {
		return LastNumber{}, s.refuseWriting()
	}
	k := series{name, year}
	if count < 0 || count > 999999 || year < 2000 || year > 2999 {
		return LastNumber{},
			repertoire.Refuse("Ce numéro n’est pas possible : rien n’a été noté. Donnez-le comme il est écrit sur le document (%s).",
				order.Number(name, 2026, 12))
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return LastNumber{}, explain(err)
	}
	defer tx.Rollback()
	last, err := lastGiven(ctx, tx, k)
	if err != nil {
		return last, explain(err)
	}
	if count < last.Count {
		return last, repertoire.Refuse("%s est déjà émis : le dernier numéro ne peut pas être plus petit. Rien n’a été noté.", last.Number)
	}
	if err := errors.Join(raise(ctx, tx, k, count, ""), setMeta(ctx, tx, saidKey(k), stamp(s.options.now()))); err != nil {
		return last, explain(err)
	}
	if err := tx.Commit(); err != nil {
		return last, explain(err)
	}
	s.register(ctx, []Registered{{Kind: registeredLast, Series: name, Year: year, Count: count, Number: order.Number(name, year, count),
		At: s.options.now(), Record: repertoire.NewID()}})
	last, err = lastGiven(ctx, s.writer, k)
	return last, explain(err)
}

// ParseNumber reads a number as documents bear it: "F2026-0012".
func ParseNumber(text string) (name string, year, count int, err error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	head, tail, ok := strings.Cut(text, "-")
	at := len(head) - 4
	if ok && at > 0 {
		year, err = strconv.Atoi(head[at:])
		if err == nil {
			count, err = strconv.Atoi(tail)
		}
	}
	if !ok || at <= 0 || err != nil || count < 0 {
		return "", 0, 0, repertoire.Refuse("« %s » n’est pas un numéro : écrivez-le comme sur le document (F2026-0012). Rien n’a été noté.",
			text)
	}
	return head[:at], year, count, nil
}

// register writes down what was numbered, once it is in the base for good. It
// runs under the base's write lock, which keeps two programs apart. What cannot
// be written now is written the next time: the base is asked what is missing.
func (s *Store) register(ctx context.Context, lines []Registered) {
	s.registering.Lock()
	defer s.registering.Unlock()
	ctx = context.WithoutCancel(ctx) // the number is given: it is written down
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		s.registerBehind = true
		return
	}
	defer tx.Rollback()
	r, err := s.registerSeen.orRead(s.dir, s.registerBehind)
	if err == nil && s.registerBehind {
		lines, err = missingLines(ctx, tx, r, s.options.now())
	}
	if err == nil {
		err = r.append(lines...)
	}
	s.registerBehind, s.registerSeen = err != nil, r.seen(err)
}

// registered makes the lines of the documents of a base.
func registered(ctx context.Context, q queryer, now time.Time) ([]Registered, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, kind, series, year, count, date, body FROM invoice UNION ALL
		SELECT id, '`+registeredOrder+`', '`+orderSeries+`', year, count, date, NULL FROM book_order ORDER BY 6, 4, 3, 5`)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (x Registered, err error) {
		var body sql.RawBytes
		err = rows.Scan(&x.Record, &x.Kind, &x.Series, &x.Year, &x.Count, &x.Date, &body)
		x.Number, x.At = order.Number(x.Series, x.Year, x.Count), now
		if body != nil {
			x.Sum = sumOf(body)
		}
		return x, err
	})
}

// missingLines lists the documents of the base that the register has not.
func missingLines(ctx context.Context, q queryer, r *register, now time.Time) ([]Registered, error) {
	all, err := registered(ctx, q, now)
	has := r.has()
	return slices.DeleteFunc(all, func(x Registered) bool { return has[x.Record] }), err
}

// reconcile brings base and register together when the base is opened: what
// the one has and the other has not is written in the other.
func (s *Store) reconcile(ctx context.Context) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	r, err := readRegister(s.dir)
	if err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: r.file, Err: err,
			Message: "Le registre des documents émis (" + registerFile +
				") ne peut pas être lu : vérifiez vos droits. Le dossier n’a pas été ouvert."}
	}
	if r.rest > 0 && !r.torn() {
		aside, err := s.keepAside("registre", r.file)
		if err != nil {
			return explain(err)
		}
		s.warnings = append(s.warnings, "Le registre des documents émis ("+registerFile+
			") est abîmé ou a été modifié : il est refait d’après la base, l’original est gardé dans « "+filepath.Base(aside)+" ».")
	}
	var ahead []string
	for k, x := range r.last() {
		known, err := lastGiven(ctx, tx, k)
		if err != nil {
			return err
		}
		if x.Count <= known.Count {
			continue
		}
		ahead = append(ahead, x.Number)
		if err := raise(ctx, tx, k, x.Count, x.Date); err != nil {
			return err
		}
	}
	lines, err := missingLines(ctx, tx, r, s.options.now())
	if err != nil {
		return err
	}
	if len(ahead) > 0 {
		slices.Sort(ahead)
		s.warnings = append(s.warnings, "D’après le registre, la base n’a plus tous les documents émis, jusqu’à "+strings.Join(ahead, ", ")+
			" : leurs numéros ne seront pas donnés de nouveau. Cherchez-les dans les sauvegardes et dans le dossier commandes.")
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	if err := r.append(lines...); err != nil {
		s.registerBehind = true // a full disk: it is written with the next document
	}
	return nil
}
