package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
)

// createPrivate makes an empty file that nobody else reads, for SQLite to fill:
// its journal takes the mode of the base.
func createPrivate(file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, private)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(private), f.Close())
}

var spaces = regexp.MustCompile(`\s+`)

// shape is a schema as SQLite keeps it: every object with its words.
func shape(ctx context.Context, q queryer) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		out[name] = strings.TrimSpace(spaces.ReplaceAllString(text, " "))
	}
	return out, rows.Err()
}

// foreignObjects compares the schema of a base with that of the migrations at
// its version, to the letter: "" when they are the same, else what is not. A
// trigger or a view that is not ours would run with our hands.
func foreignObjects(ctx context.Context, db *sql.DB) string {
	_, version, err := identity(ctx, db)
	if err != nil || version < 1 || version > SchemaVersion() {
		return ""
	}
	want, err := ourShape(ctx, version)
	if err != nil {
		return err.Error()
	}
	got, err := shape(ctx, db)
	if err != nil {
		return err.Error()
	}
	var found []string
	for name, text := range got {
		if ours, ok := want[name]; ours != text && !strings.HasPrefix(name, "table sqlite_stat") {
			if !ok {
				name += " (n’est pas de Répertoire)"
			} else {
				name += " (a été changé)"
			}
			found = append(found, name)
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			found = append(found, name+" (manque)")
		}
	}
	slices.Sort(found)
	return strings.Join(found, ", ")
}

// ourShape is the schema that the migrations make, as far as a version.
func ourShape(ctx context.Context, version int) (map[string]string, error) {
	db, err := openDB("file::memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for i, m := range migrations()[:version] {
		m.fill = nil
		if err := step(ctx, db, i+1, m); err != nil {
			return nil, err
		}
	}
	return shape(ctx, db)
}
