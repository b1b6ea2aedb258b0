package share

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"net"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"repertoire/internal/repertoire"
)

// Base is a shared base on a PostgreSQL server. It is safe for concurrent use.
type Base struct {
	pool     *pgxpool.Pool
	readOnly atomic.Bool
	// home is where the newest connection leads, seen the head as it was last
	// read; see Unanswered.
	home atomic.Pointer[string]
	seen atomic.Pointer[Head]
	// stepwise: the server cannot append a row in one statement.
	stepwise atomic.Bool
	// pooled: connections lead to another server process with each transaction.
	pooled atomic.Bool
}

// Head is the end of the shared journal.
type Head struct {
	Lineage  string
	Name     string
	Last     int64
	Hash     []byte
	Complete bool // the first sharing is over
	Home     string
	Epoch    string // since the server last came back from a backup, "" when it never did
	Accepted string // the epoch in which an officer lets invoices be numbered
}

// dialTimeout is how long a server may take to answer at all.
const dialTimeout = 10 * time.Second

// Address reads the address of a server, "postgres://name@host:5432/base". The
// connection is encrypted and the server's certificate verified, unless the
// host is this machine or the address says otherwise (sslmode=). A password in
// it is returned apart and taken out of the address.
func Address(text string) (address, password string, err error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Path == "" || u.Path == "/" {
		return "", "", &repertoire.Error{Kind: repertoire.Refused, Field: "url",
			Message: "L’adresse de la base partagée s’écrit postgres://nom@serveur:5432/base. Rien n’a été modifié."}
	}
	if u.User != nil {
		password, _ = u.User.Password()
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	if q.Get("password") != "" {
		password = q.Get("password")
		q.Del("password")
	}
	if q.Get("sslmode") == "" && !local(u.Hostname()) && q.Get("host") == "" {
		q.Set("sslmode", "verify-full")
	}
	u.RawQuery = q.Encode()
	return u.String(), password, nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || host == "localhost" || ip != nil && ip.IsLoopback()
}

// Open reaches a server. password is "" to leave it to PGPASSWORD, a pgpass
// file or a certificate. It fails within ten seconds when nobody answers.
func Open(ctx context.Context, address, password string) (*Base, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, explain(err)
	}
	if password != "" {
		config.ConnConfig.Password = password
	}
	config.ConnConfig.ConnectTimeout = dialTimeout
	config.ConnConfig.RuntimeParams["application_name"] = "repertoire"
	config.MaxConns, config.MaxConnIdleTime = 4, time.Minute
	b := &Base{}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	if err := b.connect(ctx, config); errors.Is(err, errPooled) {
		b.pooled.Store(true)
		config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
		return b, explain(b.connect(ctx, config))
	} else if err != nil {
		return nil, explain(err)
	}
	return b, nil
}

// errPooled: a pooler stands before the server that changes connections between
// transactions, and so knows no prepared statements of ours.
var errPooled = errors.New("the server is behind a pooler")

// connect fills the pool with its first connection.
func (b *Base) connect(ctx context.Context, config *pgxpool.Config) (err error) {
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		if !b.pooled.Load() {
			// A pooler shows a number of its own, not that of a server process.
			var pid uint32
			if err := c.QueryRow(ctx, `SELECT pg_backend_pid()`, pgx.QueryExecModeExec).Scan(&pid); err != nil || pid != c.PgConn().PID() {
				return cmp.Or(err, errPooled)
			}
		}
		home, err := homeOf(ctx, c)
		b.home.Store(&home)
		return err
	}
	if b.pool, err = pgxpool.NewWithConfig(context.WithoutCancel(ctx), config); err != nil {
		return err
	}
	if err = b.pool.Ping(ctx); err != nil {
		b.pool.Close()
	}
	return err
}

// Close lets the server go.
func (b *Base) Close() { b.pool.Close() }

// Head reads the end of the journal; NotFound when the server holds no shared
// base of ours.
func (b *Base) Head(ctx context.Context) (Head, error) {
	if err := b.compatible(ctx); err != nil {
		return Head{}, err
	}
	h, err := b.headOf(ctx, b.pool, false)
	return h, explain(err)
}

type rower interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

const (
	readHead = `SELECT lineage, name, last, hash, complete, home, epoch, accepted, (SELECT version FROM repertoire.version) FROM repertoire.head`
	lockHead = readHead + ` FOR UPDATE`
)

// headOf reads the end of the journal, and whether this program may still
// write: a newer schema may have come while it ran.
func (b *Base) headOf(ctx context.Context, q rower, lock bool) (h Head, err error) {
	query := readHead
	if lock {
		query = lockHead
	}
	return b.scanHead(q.QueryRow(ctx, query))
}

func (b *Base) scanHead(row pgx.Row) (h Head, err error) {
	var version int
	err = row.Scan(&h.Lineage, &h.Name, &h.Last, &h.Hash, &h.Complete, &h.Home, &h.Epoch, &h.Accepted, &version)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errNoBase
	}
	if version > len(migrations) {
		b.readOnly.Store(true)
	}
	if err == nil {
		b.seen.Store(&h)
	}
	return h, err
}

// tooOld is what a program says that is older than the shared base.
const tooOld = "La base partagée a été ouverte par un programme plus récent : ce poste lit, mais n’envoie plus rien. " +
	"Vos modifications restent dans ce dossier ; mettez Répertoire à jour."

// ReadOnly is why this program only reads the shared base, "" when it may write.
func (b *Base) ReadOnly() string {
	if b.readOnly.Load() {
		return tooOld
	}
	return ""
}

// origin is the hash before the first row.
func origin(lineage string) []byte {
	sum := sha256.Sum256([]byte("repertoire " + lineage))
	return sum[:]
}
