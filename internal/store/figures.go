package store

import (
	"context"
	"database/sql"
	"sort"
	"strings"

	"repertoire/internal/repertoire"
)

// Holding is something that an entry holds or lacks, for the figures.
type Holding string

// The holdings, each told by one condition of SQL.
const (
	HoldsTheme      Holding = "theme"
	HoldsObjectives Holding = "objectives"
	HoldsContact    Holding = "contact" // one who may be printed, with an e-mail or a phone
	HoldsConvention Holding = "convention"
	HoldsProject    Holding = "project"
	HoldsPlaces     Holding = "places" // a position on both sides
)

// holdings give the condition of each. The words follow Contact.Published: no
// e-mail or phone leaves without the name, and an objection wins.
func holdings() map[Holding]string {
	placed := func(side repertoire.Side) string {
		// Sets that depend on no entry are made once.
		return `p.num IN (SELECT l.partnership FROM partnership_party l WHERE l.side = '` + string(side) +
			`' AND l.authority IN (SELECT a.id FROM authority a
			WHERE json_extract(a.body, '$.latitude') IS NOT NULL AND json_extract(a.body, '$.longitude') IS NOT NULL))`
	}
	// Bodies are canonical JSON without blanks, and a quote within a text has a
	// backslash: a key with the beginning of its value stands nowhere else. It
	// takes a quarter of the time of reading 100,000 bodies as JSON.
	has := func(text string) string { return `instr(p.body, '` + text + `') > 0` }
	return map[Holding]string{
		HoldsTheme:      `p.theme <> ''`,
		HoldsObjectives: has(`"objectives":"`),
		HoldsContact: has(`"publish_name":true`) +
			` AND EXISTS (SELECT 1 FROM json_each(p.body, '$.contacts') c WHERE c.value ->> '$.publish_name' AND NOT coalesce(c.value ->> '$.objected', 0)
			AND (c.value ->> '$.publish_email' AND coalesce(c.value ->> '$.email', '') <> '' OR c.value ->> '$.publish_phone' AND coalesce(c.value ->> '$.phone', '') <> ''))`,
		HoldsConvention: `(` + has(`"formality":"`+string(repertoire.FormalityConvention)+`"`) + ` OR ` + has(`"conventions":[{`) + `)`,
		HoldsProject:    has(`"projects":[{`),
		HoldsPlaces:     `(` + placed(repertoire.SideFrench) + ` AND ` + placed(repertoire.SideForeign) + `)`,
	}
}

// Holdings counts the living partnerships of a répertoire ("" all), and how
// many have each holding.
func (r Reader) Holdings(ctx context.Context, directory string) (total int, held map[Holding]int, err error) {
	where, args := BrowseQuery{Directory: directory}.where("")
	var names []string
	conditions := holdings()
	for h := range conditions {
		names = append(names, string(h))
	}
	sort.Strings(names)
	columns, counts := []string{"count(*)"}, make([]int, len(names)+1)
	into := []any{&counts[0]}
	for i, n := range names {
		columns = append(columns, `count(*) FILTER (WHERE `+conditions[Holding(n)]+`)`)
		into = append(into, &counts[i+1])
	}
	row := r.q.QueryRowContext(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM partnership p WHERE `+where, args...)
	if err := row.Scan(into...); err != nil {
		return 0, nil, explain(err)
	}
	held = make(map[Holding]int, len(names))
	for i, n := range names {
		held[Holding(n)] = counts[i+1]
	}
	return counts[0], held, nil
}

// Lacking lists the living partnerships of a répertoire ("" all) without h, in
// the order of titles.
func (r Reader) Lacking(ctx context.Context, directory string, h Holding, limit int) ([]Row, error) {
	condition, ok := holdings()[h]
	if !ok {
		return nil, repertoire.Refuse("« %s » n’est pas une rubrique dont la complétude se compte.", h)
	}
	where, args := BrowseQuery{Directory: directory}.where("")
	found, err := r.q.QueryContext(ctx, `SELECT `+rowColumns+` FROM partnership p WHERE `+where+` AND NOT (`+condition+
		`) ORDER BY p.sort_title, p.num LIMIT ?`,
		append(args, limit)...)
	if err != nil {
		return nil, explain(err)
	}
	rows, err := collect(found, func(rows *sql.Rows) (Row, error) { return scanRow(rows) })
	return rows, explain(err)
}

// Sides counts the authorities of living partnerships of a répertoire ("" all)
// on both sides.
func (r Reader) Sides(ctx context.Context, directory string) (french, foreign int, err error) {
	from, args := `partnership_party l`, []any{string(repertoire.SideFrench), string(repertoire.SideForeign)}
	if directory != "" {
		from += ` JOIN partnership_directory d ON d.partnership = l.partnership AND d.directory = ?`
		args = append(args, directory)
	}
	err = r.q.QueryRowContext(ctx,
		`SELECT count(DISTINCT CASE WHEN l.side = ? THEN l.authority END), count(DISTINCT CASE WHEN l.side = ? THEN l.authority END) FROM `+
			from,
		args...).Scan(&french, &foreign)
	return french, foreign, explain(err)
}
