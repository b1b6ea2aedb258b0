package share

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"repertoire/internal/repertoire"
)

// A server that comes back from an older backup does not know it, and gives
// numbers that it gave before. What gives it away: it lives elsewhere than the
// base says (see homeOf), or a desk has followed a journal that it has not.
// Either begins an epoch. Every desk answers an epoch, at its first contact and
// before anything else, with the last numbers that it knows and the desks that
// it knows of; the counters are raised by them. See numberable.

// homeOf names the place where a base lives: loaded again from a dump it has
// other numbers in the catalogue, brought back to a moment another timeline. A
// machine set back to an earlier state of its disk shows neither: for that, the
// administrator says it (MarkRestored).
func homeOf(ctx context.Context, q interface {
	rower
	Begin(ctx context.Context) (pgx.Tx, error)
}) (string, error) {
	var home string
	err := q.QueryRow(ctx, `SELECT d.oid::text || '/' || coalesce(to_regclass('repertoire.head')::oid::text, '')
		FROM pg_database d WHERE datname = current_database()`).Scan(&home)
	if err != nil {
		return "", err
	}
	// Not every engine that speaks PostgreSQL's language has these.
	for _, query := range [...]string{`SELECT system_identifier::text FROM pg_control_system()`,
		`SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`} {
		var part string
		err := pgx.BeginFunc(ctx, q, func(tx pgx.Tx) error { return tx.QueryRow(ctx, query).Scan(&part) })
		var pg *pgconn.PgError
		if err != nil && !errors.As(err, &pg) {
			return "", err
		}
		home += "/" + part
	}
	return home, nil
}

// Number is the last number of a series that somebody knows of.
type Number struct {
	Series string
	Year   int
	Count  int
}

// Answer is what a desk tells a server that may have forgotten.
type Answer struct {
	Lineage string
	Desk    Desk
	// Epoch is the last that the desk has answered.
	Epoch string
	// Forked: the desk followed rows that the server has not, and no epoch that
	// it has answered explains it.
	Forked  bool
	Numbers []Number
	Peers   []Desk // the other desks it knows of
}

// Unanswered tells whether a desk that has answered an epoch must answer
// another, as the head was last seen.
func (b *Base) Unanswered(epoch string) bool {
	h, home := b.seen.Load(), b.home.Load()
	return h != nil && (h.Epoch != epoch || home != nil && *home != h.Home)
}

// newEpoch is sorted by the server's clock.
const newEpoch = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISSUS') || '-' || left(md5(random()::text), 8)`

// Answer raises the server's counters to what the desk knows and puts the desk
// on the list of those that have answered; it gives the epoch answered. A desk
// that may only read knows of no number that no other knows: nothing is written.
func (b *Base) Answer(ctx context.Context, a Answer) (epoch string, err error) {
	err = pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		epoch, err = b.answer(ctx, tx, a)
		return err
	})
	if refused(err) {
		return b.seenEpoch(), nil
	}
	if err == nil {
		_, err = b.headOf(ctx, b.pool, false)
	}
	return epoch, explain(err)
}

func (b *Base) seenEpoch() string {
	if h := b.seen.Load(); h != nil {
		return h.Epoch
	}
	return ""
}

func (b *Base) answer(ctx context.Context, tx pgx.Tx, a Answer) (string, error) {
	h, err := b.headOf(ctx, tx, true)
	if err != nil {
		return "", err
	}
	if b.readOnly.Load() {
		return "", repertoire.Refuse(tooOld)
	}
	if h.Lineage != a.Lineage {
		return "", ErrOther
	}
	home, err := homeOf(ctx, tx)
	if err != nil {
		return "", err
	}
	b.home.Store(&home)
	moved := h.Home != "" && h.Home != home
	if moved || h.Epoch < a.Epoch || a.Forked && h.Epoch == a.Epoch {
		if err := tx.QueryRow(ctx, `UPDATE repertoire.head SET epoch = `+newEpoch+` RETURNING epoch`).Scan(&h.Epoch); err != nil {
			return "", err
		}
	}
	batch := &pgx.Batch{}
	if h.Home != home {
		batch.Queue(`UPDATE repertoire.head SET home = $1`, home)
	}
	for _, n := range a.Numbers {
		if n.Count > 0 {
			batch.Queue(raiseCounter, n.Series, n.Year, n.Count)
		}
	}
	for _, d := range a.Peers {
		batch.Queue(`INSERT INTO repertoire.desk(id, name, author, program, last) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
			string(d.ID), d.Name, d.Author, d.Program, d.Last)
	}
	// Another desk may have put this one on the list, under its own account.
	batch.Queue(`DELETE FROM repertoire.desk WHERE id = $1 AND login <> session_user`, string(a.Desk.ID))
	queueAnnouncement(batch, a.Desk)
	batch.Queue(`UPDATE repertoire.desk SET answered = $2 WHERE id = $1`, string(a.Desk.ID), h.Epoch)
	return h.Epoch, tx.SendBatch(ctx, batch).Close()
}

// unanswering lists the desks that have not answered the epoch. Those that only
// read number nothing; one whose account is gone may have.
const unanswering = `SELECT d.id, d.name, d.author, d.login, d.program, d.last, d.seen FROM repertoire.desk d
	LEFT JOIN pg_roles r ON r.rolname = d.login
	WHERE d.answered <> (SELECT epoch FROM repertoire.head)
	AND (r.oid IS NULL OR has_column_privilege(r.oid, 'repertoire.journal', 'ops', 'INSERT')) ORDER BY d.name, d.id`

func scanDesk(row pgx.CollectableRow) (d Desk, err error) {
	err = row.Scan(&d.ID, &d.Name, &d.Author, &d.Login, &d.Program, &d.Last, &d.Seen)
	return d, err
}

// ErrUnanswered: the server came back from a backup, and this desk has not told
// it yet what it knows.
var ErrUnanswered = errors.New("the server was restored")

// numberable refuses to number a document as long as the server may have
// forgotten numbers that a desk knows of.
func (b *Base) numberable(ctx context.Context, tx pgx.Tx, h Head, desk repertoire.ID) error {
	home, err := homeOf(ctx, tx)
	if err != nil {
		return err
	}
	var answered string
	err = tx.QueryRow(ctx, `SELECT answered FROM repertoire.desk WHERE id = $1`, string(desk)).Scan(&answered)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && (home != h.Home || answered != h.Epoch) {
		return ErrUnanswered
	}
	if err != nil || h.Epoch == h.Accepted {
		return err
	}
	missing, err := b.missing(ctx, tx)
	if err != nil || len(missing) == 0 {
		return err
	}
	return repertoire.Refuse("La base partagée revient d’une sauvegarde : elle peut avoir oublié des numéros déjà donnés. Aucun numéro n’est pris, "+
		"et la commande reste prête, tant que chaque poste n’a pas dit ceux qu’il connaît. Il manque %s : ouvrez Répertoire sur ces postes, "+
		"reliés au serveur. Si c’est impossible, « Facturer sans les attendre » (vue Partage, ou share restored --accept).",
		Names(missing))
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func (b *Base) missing(ctx context.Context, q querier) ([]Desk, error) {
	rows, err := q.Query(ctx, unanswering)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanDesk)
}

// Names lists desks in a sentence, with when each was last heard.
func Names(desks []Desk) string {
	var names []string
	for _, d := range desks {
		names = append(names, "« "+d.Name+" » (vu le "+d.Seen.Local().Format("02/01/2006")+")")
	}
	return strings.Join(names, ", ")
}

// Restoration says how far a server that came back from a backup has heard from
// its desks.
type Restoration struct {
	Epoch      string `json:"epoch"`                 // "" when it never did
	Missing    []Desk `json:"missing"`               // the desks that have not answered
	AcceptedBy string `json:"accepted_by,omitempty"` // who lets invoices be numbered all the same
}

// Waiting tells whether invoices wait for desks.
func (r Restoration) Waiting() bool { return len(r.Missing) > 0 && r.AcceptedBy == "" }

// Restoration reads it.
func (b *Base) Restoration(ctx context.Context) (Restoration, error) {
	h, err := b.headOf(ctx, b.pool, false)
	out := Restoration{Epoch: h.Epoch, Missing: []Desk{}}
	if err != nil || h.Epoch == "" {
		return out, explain(err)
	}
	if out.Missing, err = b.missing(ctx, b.pool); err == nil && h.Accepted == h.Epoch {
		err = b.pool.QueryRow(ctx, `SELECT accepted_by FROM repertoire.head`).Scan(&out.AcceptedBy)
	}
	return out, explain(err)
}

// AcceptRestored lets invoices be numbered although desks have not answered; by
// takes it on himself.
func (b *Base) AcceptRestored(ctx context.Context, by string) error {
	_, err := b.pool.Exec(ctx, `UPDATE repertoire.head SET accepted = epoch, accepted_by = $1`, by)
	return explain(err)
}

// MarkRestored says that the server came back from a backup in a way that it
// cannot see, as when the disk of its machine was set back.
func (b *Base) MarkRestored(ctx context.Context) error {
	_, err := b.pool.Exec(ctx, `UPDATE repertoire.head SET epoch = `+newEpoch)
	return explain(err)
}
