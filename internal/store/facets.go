package store

import (
	"context"
	"database/sql"
	"strings"
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
	out := map[string][]FacetCount{}
	// Facets with the same conditions share one set of partnerships.
	type group struct {
		args  []any
		parts []string
	}
	groups := map[string]*group{}
	for facet, pairs := range facetPairs() {
		where, args := q.where(facet)
		g := groups[where]
		if g == nil {
			g = &group{args: args}
			groups[where] = g
		}
		among := ` WHERE n IN m AND v <> ''`
		if where == allLiving {
			among = ` WHERE v <> ''` // links exist for living partnerships only
		}
		g.parts = append(g.parts, `SELECT '`+facet+`', v, count(*) FROM (`+pairs+`)`+among+` GROUP BY v`)
		out[facet] = []FacetCount{}
	}
	for where, g := range groups {
		rows, err := r.q.QueryContext(ctx, `WITH m AS MATERIALIZED (SELECT p.num FROM partnership p WHERE `+where+`) `+
			strings.Join(g.parts, ` UNION ALL `)+` ORDER BY 3 DESC, 2`, g.args...)
		if err != nil {
			return nil, explain(err)
		}
		_, err = collect(rows, func(rows *sql.Rows) (struct{}, error) {
			var facet string
			var f FacetCount
			err := rows.Scan(&facet, &f.Value, &f.Count)
			out[facet] = append(out[facet], f)
			return struct{}{}, err
		})
		if err != nil {
			return nil, explain(err)
		}
	}
	return out, nil
}

// facetPairs give each facet's values v with the partnerships n that have
// them, no pair twice.
func facetPairs() map[string]string {
	return map[string]string{
		FacetTheme: `SELECT code v, partnership n FROM partnership_theme
		UNION SELECT substr(code, 1, instr(code, '.') - 1), partnership FROM partnership_theme WHERE code LIKE '%.%'
		UNION SELECT substr(code, 1, instr(code, '.') + instr(substr(code, instr(code, '.') + 1), '.') - 1), partnership
			FROM partnership_theme WHERE code LIKE '%.%.%'`,
		FacetCountry:     `SELECT country v, partnership n FROM partnership_country`,
		FacetStatus:      `SELECT status v, num n FROM partnership WHERE deleted_at IS NULL`,
		FacetType:        `SELECT type v, num n FROM partnership WHERE deleted_at IS NULL`,
		FacetDirectory:   `SELECT directory v, partnership n FROM partnership_directory`,
		FacetLevel:       `SELECT DISTINCT a.level v, l.partnership n FROM partnership_party l JOIN authority a ON a.id = l.authority WHERE l.side = 'france'`,
		FacetRegion:      `SELECT DISTINCT a.region v, l.partnership n FROM partnership_party l JOIN authority a ON a.id = l.authority WHERE l.side = 'france'`,
		FacetDepartement: `SELECT DISTINCT a.departement v, l.partnership n FROM partnership_party l JOIN authority a ON a.id = l.authority WHERE l.side = 'france'`,
	}
}
