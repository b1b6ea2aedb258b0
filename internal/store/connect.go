package store

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"
)

// driver is SQLite with its guards up: what a file carries (views, triggers)
// does not reach functions with effects, nobody edits the schema under it, and
// a page that is not what its place says is an error, not a guess.
const driver = "sqlite3-guarded"

// guard registers the driver, once. A schema that is not ours is refused besides.
var guard = sync.OnceValue(func() error {
	if err := defend(); err != nil {
		return err
	}
	sql.Register(driver, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(`PRAGMA trusted_schema = 0; PRAGMA writable_schema = 0; PRAGMA cell_size_check = 1`, nil)
		return err
	}})
	return nil
})

// openDB opens a base through the guarded driver.
func openDB(name string) (*sql.DB, error) {
	if err := guard(); err != nil {
		return nil, err
	}
	return sql.Open(driver, name)
}

// dsn writes the URI of a base; options are those of go-sqlite3.
func dsn(file string, options url.Values) (string, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	path := filepath.ToSlash(abs)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… becomes file:///C:/…
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}
	return u.String(), nil
}

// statementsKept is how many statements a connection keeps prepared: a save made
// anew would prepare some twenty, which takes longer than they do.
const statementsKept = "64"

// openWriter opens the one writing connection. The driver's default in WAL is
// synchronous NORMAL, which may lose the last commits on a power cut: FULL. Write
// transactions take the lock at once, for one that reads first would get BUSY.
func openWriter(file string) (*sql.DB, error) {
	name, err := dsn(file, url.Values{
		"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_foreign_keys": {"1"}, "_txlock": {"immediate"},
		"_busy_timeout": {"5000"}, "_secure_delete": {"1"}, "_cache_size": {"-32768"}, "_stmt_cache_size": {statementsKept},
	})
	if err != nil {
		return nil, err
	}
	db, err := openDB(name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// openReaders opens connections that cannot write; options add to theirs.
func openReaders(file string, options url.Values) (*sql.DB, error) {
	all := url.Values{"_busy_timeout": {"5000"}, "_query_only": {"1"}, "_cache_size": {"-16384"}, "_stmt_cache_size": {statementsKept}}
	for k, v := range options {
		all[k] = v
	}
	name, err := dsn(file, all)
	if err != nil {
		return nil, err
	}
	db, err := openDB(name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	return db, nil
}

// identity reads what a file says it is.
func identity(ctx context.Context, db *sql.DB) (application, version int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return 0, 0, err
	}
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return application, version, err
}

// quickCheck gives "" when SQLite finds the file sound, else what it found.
func quickCheck(ctx context.Context, db *sql.DB) (string, error) {
	rows, err := db.QueryContext(ctx, "PRAGMA quick_check(5)")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return "", err
		}
		if line != "ok" {
			found = append(found, line)
		}
	}
	return strings.Join(found, "; "), rows.Err()
}
