package store

import (
	"context"
	"database/sql"

	"repertoire/internal/repertoire"
)

// The facets. Level, region and département are those of the French parties.
const (
	FacetTheme       = "theme"
	FacetCountry     = "country"
	FacetStatus      = "status"
	FacetType        = "type"
	FacetDirectory   = "directory"
	FacetLevel       = "level"
	FacetRegion      = "region"
	FacetDepartement = "departement"
)

// FacetCount is how many living partnerships have a value.
type FacetCount struct {
	Value string
	Count int
}

// Facets counts, for each facet, the partnerships that answer q by value,
// most frequent first. A facet's own filter is left out of its count, so that
// a second value can be ticked; each ancestor of a theme is counted too, each
// partnership once.
func (r Reader) Facets(ctx context.Context, q BrowseQuery) (map[string][]FacetCount, error) {
	french := func(column string) string {
		return `SELECT a.` + column + ` v, l.partnership n FROM partnership_party l JOIN authority a ON a.id = l.authority WHERE l.side = '` + string(repertoire.SideFrench) + `'`
	}
	pairs := map[string]string{
		FacetTheme: `SELECT code v, partnership n FROM partnership_theme
			UNION SELECT substr(code, 1, instr(code, '.') - 1), partnership FROM partnership_theme WHERE code LIKE '%.%'
			UNION SELECT substr(code, 1, instr(code, '.') + instr(substr(code, instr(code, '.') + 1), '.') - 1), partnership
				FROM partnership_theme WHERE code LIKE '%.%.%'`,
		FacetCountry:     `SELECT country v, partnership n FROM partnership_country`,
		FacetStatus:      `SELECT status v, num n FROM partnership WHERE deleted_at IS NULL`,
		FacetType:        `SELECT type v, num n FROM partnership WHERE deleted_at IS NULL`,
		FacetDirectory:   `SELECT directory v, partnership n FROM partnership_directory`,
		FacetLevel:       french("level"),
		FacetRegion:      french("region"),
		FacetDepartement: french("departement"),
	}
	out := make(map[string][]FacetCount, len(pairs))
	for facet, pair := range pairs {
		where, args := q.where(facet)
		rows, err := r.q.QueryContext(ctx, `SELECT v, count(DISTINCT n) c FROM (`+pair+`) JOIN partnership p ON p.num = n
			WHERE v <> '' AND `+where+` GROUP BY v ORDER BY c DESC, v`, args...)
		if err != nil {
			return nil, explain(err)
		}
		counts, err := collect(rows, func(rows *sql.Rows) (f FacetCount, err error) {
			err = rows.Scan(&f.Value, &f.Count)
			return f, err
		})
		if err != nil {
			return nil, explain(err)
		}
		out[facet] = counts
	}
	return out, nil
}
