package store

import (
	"context"
	"database/sql"

	"repertoire/internal/repertoire"
)

// Located is an authority with what a map needs of it.
type Located struct {
	ID                  repertoire.ID
	Name, Country       string
	Placed              bool // it has a position
	Latitude, Longitude float64
}

// Party is one authority's part in a living partnership; lines of one
// partnership come together, the French side first, leads first.
type Party struct {
	Partnership, Authority repertoire.ID
	French                 bool
}

// Located lists the authorities that living partnerships name.
func (r Reader) Located(ctx context.Context) ([]Located, error) {
	rows, err := r.q.QueryContext(ctx,
		`SELECT a.id, a.name, a.country, json_extract(a.body, '$.latitude'), json_extract(a.body, '$.longitude')
		FROM authority a WHERE a.id IN (SELECT authority FROM partnership_party)`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (x Located, err error) {
		var lat, lon sql.NullFloat64
		err = rows.Scan(&x.ID, &x.Name, &x.Country, &lat, &lon)
		x.Placed = lat.Valid && lon.Valid
		x.Latitude, x.Longitude = lat.Float64, lon.Float64
		return x, err
	})
	return out, explain(err)
}

// EachParty hands over the parties of all living partnerships.
func (r Reader) EachParty(ctx context.Context, fn func(Party)) error {
	rows, err := r.q.QueryContext(ctx,
		`SELECT p.id, l.authority, l.side = ? FROM partnership_party l JOIN partnership p ON p.num = l.partnership
		ORDER BY l.partnership, l.side = ? DESC, l.lead DESC, l.rank`, string(repertoire.SideFrench), string(repertoire.SideFrench))
	if err != nil {
		return explain(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var x Party
		if err := rows.Scan(&x.Partnership, &x.Authority, &x.French); err != nil {
			return explain(err)
		}
		fn(x)
	}
	return explain(rows.Err())
}
