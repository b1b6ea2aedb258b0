package share

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Role is what an account may do with the shared base.
type Role string

// The roles, from none to all.
const (
	Nobody  Role = ""
	Reader  Role = "lecture"
	Officer Role = "agent"
	Admin   Role = "administration"
)

// Person is an account of the server that may use the shared base.
type Person struct {
	Login string `json:"login"`
	Role  Role   `json:"role"`
	You   bool   `json:"you,omitempty"`
}

// You gives the account this desk came in with and what it may do. Rights are
// asked rather than roles: on rented servers they are often granted by hand.
func (b *Base) You(ctx context.Context) (Person, error) {
	p := Person{You: true}
	var reads, writes, governs bool
	err := b.pool.QueryRow(ctx, `SELECT session_user, has_table_privilege('repertoire.journal', 'SELECT'),
		has_column_privilege('repertoire.journal', 'ops', 'INSERT'), has_table_privilege('repertoire.journal', 'DELETE')`).
		Scan(&p.Login, &reads, &writes, &governs)
	switch {
	case governs:
		p.Role = Admin
	case writes:
		p.Role = Officer
	case reads:
		p.Role = Reader
	}
	return p, explain(err)
}

// People lists the accounts that hold one of the three roles, and your own.
func (b *Base) People(ctx context.Context) ([]Person, error) {
	you, err := b.You(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := b.pool.Query(ctx, `SELECT m.rolname, max(CASE r.rolname WHEN $1 THEN 1 WHEN $2 THEN 2 WHEN $3 THEN 3 END)
		FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
		WHERE r.rolname IN ($1, $2, $3) AND m.rolcanlogin GROUP BY m.rolname ORDER BY m.rolname`, RoleReader, RoleOfficer, RoleAdmin)
	if err != nil {
		return nil, explain(err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Person, err error) {
		var rank int
		err = row.Scan(&p.Login, &rank)
		p.Role = []Role{Nobody, Reader, Officer, Admin}[rank]
		return p, err
	})
	if err != nil {
		return nil, explain(err)
	}
	out := []Person{you}
	for _, p := range all {
		if !strings.EqualFold(p.Login, you.Login) {
			out = append(out, p)
		}
	}
	return out, nil
}
