package share

import (
	"context"
	"embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"repertoire/internal/repertoire"
)

//go:embed schema/*.sql
var schema embed.FS

// migrations bring a shared base from one version to the next. A released one
// is never edited.
var migrations = []string{"0001_base.sql", "0002_desks.sql", "0003_restored.sql"}

// Create makes a shared base on a server that has none, under a fresh lineage.
// The three roles are made when the account may make roles; else an
// administrator grants by hand, as the guide says.
func (b *Base) Create(ctx context.Context, name string) (Head, error) {
	if _, err := b.Head(ctx); err == nil {
		return Head{},
			repertoire.Refuse(
				"Ce serveur contient déjà une base partagée : rien n’a été modifié. Rejoignez-la, ou donnez une autre base dans l’adresse.")
	} else if !errors.Is(err, errNoBase) {
		return Head{}, err
	}
	lineage := string(repertoire.NewID())
	err := pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `CREATE SCHEMA repertoire`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `CREATE TABLE repertoire.version (version int NOT NULL)`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO repertoire.version VALUES (0)`); err != nil {
			return err
		}
		if err := migrate(ctx, tx, 0); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO repertoire.head(lineage, name, last, strict, hash, complete) VALUES ($1,$2,0,0,$3,false)`,
			lineage, name, origin(lineage))
		return err
	})
	if err != nil {
		return Head{}, explain(err)
	}
	if err := b.grantRoles(ctx); err != nil {
		return Head{}, explain(err)
	}
	return b.Head(ctx)
}

// Discard takes away a base whose first sharing was given up: nobody can have
// joined it.
func (b *Base) Discard(ctx context.Context, lineage string) error {
	h, err := b.Head(ctx)
	if err != nil {
		return err
	}
	if h.Complete || h.Lineage != lineage {
		return repertoire.Refuse("D’autres postes peuvent avoir rejoint cette base partagée : elle est restée sur le serveur.")
	}
	_, err = b.pool.Exec(ctx, `DROP SCHEMA repertoire CASCADE`)
	return explain(err)
}

func migrate(ctx context.Context, tx pgx.Tx, from int) error {
	for i, file := range migrations {
		if i < from {
			continue
		}
		text, err := schema.ReadFile("schema/" + file)
		if err != nil {
			return err
		}
		if _, err := tx.Conn().PgConn().Exec(ctx, string(text)).ReadAll(); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	_, err := tx.Exec(ctx, `UPDATE repertoire.version SET version = $1`, len(migrations))
	return err
}

// The roles that an administrator grants to people's logins.
const (
	RoleReader  = "repertoire_reader"
	RoleOfficer = "repertoire_officer"
	RoleAdmin   = "repertoire_admin"
)

// grants are what each role may do. An officer appends to the journal but
// neither chooses the login a row is signed with nor deletes rows; clearing
// bodies after an erasure is an update of two columns.
var grants = []string{
	`GRANT USAGE ON SCHEMA repertoire TO ` + RoleReader + `, ` + RoleOfficer,
	`GRANT SELECT ON ALL TABLES IN SCHEMA repertoire TO ` + RoleReader + `, ` + RoleOfficer,
	`GRANT INSERT (number, change, desk, author, at, cause, label, undoes, ops, ops_hash, hash) ON repertoire.journal TO ` + RoleOfficer,
	`GRANT UPDATE (ops, erased) ON repertoire.journal TO ` + RoleOfficer,
	`GRANT UPDATE (last, strict, hash, complete, home, epoch, accepted, accepted_by) ON repertoire.head TO ` + RoleOfficer,
	`GRANT INSERT, UPDATE ON repertoire.record TO ` + RoleOfficer,
	`GRANT INSERT ON repertoire.touch TO ` + RoleOfficer,
	`GRANT INSERT, DELETE ON repertoire.blob, repertoire.piece TO ` + RoleOfficer,
	`GRANT INSERT, UPDATE ON repertoire.counter, repertoire.file TO ` + RoleOfficer,
	// Whoever reads is at a desk too.
	`GRANT INSERT (id, name, author, program, last, answered), UPDATE (name, author, program, last, seen, answered), DELETE ON repertoire.desk TO ` +
		RoleReader + `, ` + RoleOfficer,
	`GRANT INSERT, UPDATE, DELETE ON repertoire.presence TO ` + RoleReader + `, ` + RoleOfficer,
	`GRANT ALL ON SCHEMA repertoire TO ` + RoleAdmin,
	`GRANT ALL ON ALL TABLES IN SCHEMA repertoire TO ` + RoleAdmin,
}

func (b *Base) grantRoles(ctx context.Context) error {
	for _, role := range []string{RoleReader, RoleOfficer, RoleAdmin} {
		var there bool
		if err := b.pool.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)`, role).Scan(&there); err != nil {
			return err
		}
		if there {
			continue
		}
		if _, err := b.pool.Exec(ctx, `CREATE ROLE `+role); err != nil {
			if refused(err) {
				return nil // the administrator's work
			}
			return err
		}
	}
	for _, grant := range grants {
		if _, err := b.pool.Exec(ctx, grant); err != nil {
			return err
		}
	}
	return nil
}

func refused(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "42501"
}

// compatible brings an older shared schema up to date. A newer one makes this
// program read only: see headOf.
func (b *Base) compatible(ctx context.Context) error {
	var version int
	err := b.pool.QueryRow(ctx, `SELECT version FROM repertoire.version`).Scan(&version)
	if err != nil {
		return explain(err)
	}
	if version >= len(migrations) {
		return nil
	}
	err = pgx.BeginFunc(ctx, b.pool, func(tx pgx.Tx) error {
		// Two programs may start at once: the second finds the work done.
		if err := tx.QueryRow(ctx, `SELECT version FROM repertoire.version FOR UPDATE`).Scan(&version); err != nil ||
			version >= len(migrations) {
			return err
		}
		return migrate(ctx, tx, version)
	})
	if refused(err) {
		return repertoire.Refuse("La base partagée est d’une version plus ancienne que ce programme, et votre compte ne peut pas la mettre " +
			"à niveau : vos modifications restent dans ce dossier. L’administrateur ouvre d’abord le dossier une fois avec ce programme.")
	}
	if err == nil {
		err = b.grantRoles(ctx)
	}
	return explain(err)
}
