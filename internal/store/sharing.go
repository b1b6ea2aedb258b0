package store

import (
	"context"

	"repertoire/internal/repertoire"
)

// PartnershipsWith counts the living partnerships an authority takes part in.
func (r Reader) PartnershipsWith(ctx context.Context, id repertoire.ID) (n int, err error) {
	err = r.q.QueryRowContext(ctx, `SELECT count(DISTINCT p.num) FROM partnership_party q JOIN partnership p ON p.num = q.partnership
		WHERE q.authority = ? AND p.deleted_at IS NULL`, id).Scan(&n)
	return n, explain(err)
}
