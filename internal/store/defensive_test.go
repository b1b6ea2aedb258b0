package store

import (
	"path/filepath"
	"testing"
)

// What a file or a mistake of ours could ask of SQLite to hurt its own file is
// refused by SQLite itself, on the connections that write and that read.
func TestConnectionsAreDefensive(t *testing.T) {
	db, err := openWriter(filepath.Join(t.TempDir(), "b.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE town (name TEXT)`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`PRAGMA writable_schema = 1`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE sqlite_schema SET sql = 'CREATE TABLE town (name TEXT, mayor TEXT)'`); err == nil {
		t.Error("the schema was rewritten by hand")
	}
	var mode string
	if err := db.QueryRow(`PRAGMA journal_mode = OFF`).Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("the journal can be turned off: %q, %v", mode, err)
	}
}
