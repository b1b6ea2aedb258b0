package share

import (
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
	// Poolers that change connections between transactions know no prepared
	// statements of ours.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.MaxConns, config.MaxConnIdleTime = 4, time.Minute
	b := &Base{}
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		home, err := homeOf(ctx, c)
		b.home.Store(&home)
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, explain(err)
	}
	b.pool = pool
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, explain(err)
	}
	return b, nil
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

// headOf reads the end of the journal, and whether this program may still
// write: a newer schema may have come while it ran.
func (b *Base) headOf(ctx context.Context, q rower, lock bool) (h Head, err error) {
	query := `SELECT lineage, name, last, hash, complete, home, epoch, accepted, (SELECT version FROM repertoire.version) FROM repertoire.head`
	if lock {
		query += ` FOR UPDATE`
	}
	var version int
	err = q.QueryRow(ctx, query).Scan(&h.Lineage, &h.Name, &h.Last, &h.Hash, &h.Complete, &h.Home, &h.Epoch, &h.Accepted, &version)
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
