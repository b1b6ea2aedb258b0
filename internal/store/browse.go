package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// Sort names an order of rows.
type Sort string

// The orders; "" is by title. Titles and partners sort in French order with
// the article behind; ties are broken by title, then by age in the base.
const (
	SortTitle    Sort = "title"
	SortPartner  Sort = "partner"
	SortYear     Sort = "year"
	SortVerified Sort = "verified"
	SortUpdated  Sort = "updated"
	SortType     Sort = "type"
	SortStatus   Sort = "status"
	SortTheme    Sort = "theme" // the code of the first theme; none comes last, both ways
)

// BrowseQuery asks for rows. Each filter is a set of which one must hold; an
// empty one does not filter.
type BrowseQuery struct {
	Directory string
	Countries []string // ISO codes of foreign parties
	Types     []string
	Statuses  []string
	Themes    []string // codes of the partnership, or codes above them
	// Only restricts to these partnerships when not nil, for instance to what
	// a search has found.
	Only          []repertoire.ID
	Sort          Sort
	Descending    bool
	Offset, Limit int // Limit 0 is no limit
}

// Row is one partnership as lists show it, in the base and outside: its JSON
// names are those of the command line.
type Row struct {
	ID          repertoire.ID     `json:"id"`
	Version     int64             `json:"-"`
	Title       string            `json:"title"`
	French      string            `json:"french"`                // "Lille", several joined by commas
	Partner     string            `json:"partner"`               // "Saint-Louis"
	Country     string            `json:"country"`               // ISO code of the first foreign party
	Departement string            `json:"departement,omitempty"` // of the first French party
	Directory   string            `json:"directory"`             // slug of the main directory
	Type        repertoire.Type   `json:"type"`
	Status      repertoire.Status `json:"status"`
	Theme       string            `json:"theme"` // code of the first theme
	FirstYear   int               `json:"first_year,omitempty"`
	Verified    repertoire.Date   `json:"verified,omitempty"`
	Fictitious  bool              `json:"fictitious,omitempty"`
	Updated     time.Time         `json:"-"`
}

const rowColumns = `p.id, p.version, p.title, p.french, p.partner, p.country, p.departement, p.directory, p.type, p.status,
	p.theme, p.first_year, p.verified, p.fictitious, p.updated`

func scanRow(rows *sql.Rows, more ...any) (r Row, err error) {
	var updated string
	err = rows.Scan(append([]any{&r.ID, &r.Version, &r.Title, &r.French, &r.Partner, &r.Country, &r.Departement, &r.Directory, &r.Type,
		&r.Status,
		&r.Theme, &r.FirstYear, &r.Verified, &r.Fictitious, &updated}, more...)...)
	r.Updated = parseStamp(updated)
	return r, err
}

// Browse lists living partnerships and says how many answer in all.
func (r Reader) Browse(ctx context.Context, q BrowseQuery) (rows []Row, total int, err error) {
	where, args := q.where("")
	if err := r.q.QueryRowContext(ctx, `SELECT count(*) FROM partnership p WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, explain(err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	found, err := r.q.QueryContext(ctx, `SELECT `+rowColumns+` FROM partnership p WHERE `+where+` ORDER BY `+q.order()+` LIMIT ? OFFSET ?`,
		append(args, limit, q.Offset)...)
	if err != nil {
		return nil, 0, explain(err)
	}
	rows, err = collect(found, func(rows *sql.Rows) (Row, error) { return scanRow(rows) })
	return rows, total, explain(err)
}

// BrowseIDs lists the IDs that Browse would, all of them, in the same order:
// for selections and for moving to the next entry.
func (r Reader) BrowseIDs(ctx context.Context, q BrowseQuery) ([]repertoire.ID, error) {
	where, args := q.where("")
	return r.ids(ctx, `SELECT p.id FROM partnership p WHERE `+where+` ORDER BY `+q.order(), args...)
}

// Rows lists living partnerships in the order of ids, leaving out those that
// are not there.
func (r Reader) Rows(ctx context.Context, ids []repertoire.ID) ([]Row, error) {
	found, err := r.q.QueryContext(ctx, `SELECT `+rowColumns+` FROM json_each(?) j JOIN partnership p ON p.id = j.value
		WHERE p.deleted_at IS NULL ORDER BY j.key`, list(ids))
	if err != nil {
		return nil, explain(err)
	}
	rows, err := collect(found, func(rows *sql.Rows) (Row, error) { return scanRow(rows) })
	return rows, explain(err)
}

// order writes the ORDER BY; the stored keys carry the French order.
func (q BrowseQuery) order() string {
	way := ""
	if q.Descending {
		way = " DESC"
	}
	var keys []string
	switch q.Sort {
	case SortPartner:
		keys = []string{"p.sort_partner", "p.num"}
	case SortYear:
		keys = []string{"p.first_year", "p.sort_title", "p.num"}
	case SortVerified:
		keys = []string{"p.verified", "p.sort_title", "p.num"}
	case SortUpdated:
		keys = []string{"p.updated", "p.num"}
	case SortType:
		keys = []string{"p.type", "p.sort_title", "p.num"}
	case SortStatus:
		keys = []string{"p.status", "p.sort_title", "p.num"}
	case SortTheme:
		return "p.theme = '', " + strings.Join([]string{"p.theme", "p.sort_title", "p.num"}, way+", ") + way
	default:
		keys = []string{"p.sort_title", "p.num"}
	}
	return strings.Join(keys, way+", ") + way
}

// allLiving is the condition of a query without filters.
const allLiving = "p.deleted_at IS NULL"

// where writes the conditions, leaving out the facet named except, and their
// arguments.
func (q BrowseQuery) where(except string) (string, []any) {
	conditions := []string{allLiving}
	var args []any
	add := func(condition string, values ...any) {
		conditions = append(conditions, condition)
		args = append(args, values...)
	}
	if q.Directory != "" && except != FacetDirectory {
		add(`EXISTS (SELECT 1 FROM partnership_directory l WHERE l.directory = ? AND l.partnership = p.num)`, q.Directory)
	}
	if len(q.Countries) > 0 && except != FacetCountry {
		add(`EXISTS (SELECT 1 FROM partnership_country l WHERE l.partnership = p.num AND l.country IN (SELECT value FROM json_each(?)))`,
			list(q.Countries))
	}
	if len(q.Types) > 0 && except != FacetType {
		add(`p.type IN (SELECT value FROM json_each(?))`, list(q.Types))
	}
	if len(q.Statuses) > 0 && except != FacetStatus {
		add(`p.status IN (SELECT value FROM json_each(?))`, list(q.Statuses))
	}
	if len(q.Themes) > 0 && except != FacetTheme {
		var any []string
		var values []interface{}
		for _, code := range q.Themes {
			// "/" is the character after ".": the range holds every code below.
			any = append(any, `l.code = ? OR l.code >= ? AND l.code < ?`)
			values = append(values, code, code+".", code+"/")
		}
		add(`EXISTS (SELECT 1 FROM partnership_theme l WHERE l.partnership = p.num AND (`+strings.Join(any, " OR ")+`))`, values...)
	}
	if q.Only != nil {
		add(`p.id IN (SELECT value FROM json_each(?))`, list(q.Only))
	}
	return strings.Join(conditions, " AND "), args
}
