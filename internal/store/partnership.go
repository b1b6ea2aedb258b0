package store

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// columns are what lists show, sort and filter by: computed from the record
// and the names of its authorities, kept beside the body.
type columns struct {
	title, french, partner string
	sortTitle, sortPartner []byte
	country, departement   string
	countries, directories []string
	themes                 []string
	parties                []repertoire.Party
	mainDirectory          string
}

// columnsOf computes them; find gives nil for an unknown authority.
func columnsOf(p *repertoire.Partnership, find func(repertoire.ID) *repertoire.Authority) columns {
	c := columns{title: p.DisplayTitle(find), directories: distinct(p.Directories), themes: distinct(p.Themes)}
	var frenchKey, partnerKey []string
	var french, partner []string
	for _, id := range p.PartiesOn(repertoire.SideFrench) {
		if a := find(id); a != nil {
			french, frenchKey = append(french, a.Usual()), append(frenchKey, a.IndexName())
			if len(french) == 1 {
				c.departement = a.Departement
			}
		}
	}
	for _, id := range p.PartiesOn(repertoire.SideForeign) {
		if a := find(id); a != nil {
			partner, partnerKey = append(partner, a.Usual()), append(partnerKey, a.IndexName())
			c.countries = append(c.countries, a.Country)
		}
	}
	c.french, c.partner = strings.Join(french, ", "), strings.Join(partner, ", ")
	c.countries = distinct(c.countries)
	if len(c.countries) > 0 {
		c.country = c.countries[0]
	}
	if len(c.directories) > 0 {
		c.mainDirectory = c.directories[0]
	}
	left, right := strings.Join(frenchKey, ", "), strings.Join(partnerKey, ", ")
	c.sortTitle = repertoire.SortKey(left + " – " + right)
	if p.Title != "" {
		c.sortTitle = repertoire.SortKey(p.Title)
	}
	c.sortPartner = repertoire.SortKey(right + " – " + left)
	seen := map[repertoire.ID]bool{}
	for _, q := range p.Parties {
		if !seen[q.Authority] {
			seen[q.Authority] = true
			c.parties = append(c.parties, q)
		}
	}
	return c
}

// distinct drops empty and repeated values.
func distinct(values []string) []string {
	var out []string
	seen := make(map[string]bool, len(values))
	for _, v := range values {
		if v != "" && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// shown are the columns of a partnership that follow from its record and its
// authorities, in the order of insertPartnership.
var shown = [...]string{"title", "french", "partner", "sort_title", "sort_partner", "country", "departement", "directory", "type", "status",
	"theme", "first_year", "verified", "fictitious", "created", "updated", "review_due", "missing", "completeness"}

const (
	insertPartnership = `INSERT INTO partnership(version, deleted_at, title, french, partner, sort_title, sort_partner, country, departement,
		directory, type, status, theme, first_year, verified, fictitious, created, updated, review_due, missing, completeness, body, id)
		VALUES (?,NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	retitlePartnership = `UPDATE partnership SET title = ?, french = ?, partner = ?, sort_title = ?, sort_partner = ?, country = ?, departement = ? WHERE num = ?`
)

func (a *applier) savePartnership(w writing, p *repertoire.Partnership) error {
	find, err := a.partiesOf(p)
	if err != nil {
		return err
	}
	c, f := columnsOf(p, find), p.Freshness()
	values := []any{c.title, c.french, c.partner, c.sortTitle, c.sortPartner, c.country, c.departement, c.mainDirectory,
		string(p.Type), string(p.Status), p.Theme(), int64(p.FirstYear), string(p.Verified), oneIf(p.Fictitious),
		stamp(p.Created), stamp(p.Updated), string(f.Due), int64(len(f.Missing)), int64(p.Completeness().Percent)}
	if !w.found {
		args := append(append([]any{w.version}, values...), string(w.body), string(w.id))
		res, err := a.exec(insertPartnership, args...)
		if err != nil {
			return err
		}
		if w.num, err = res.LastInsertId(); err != nil {
			return err
		}
		return a.link(w.num, c)
	}
	if err := a.update(w, values); err != nil {
		return err
	}
	return a.relink(w.num, c)
}

func oneIf(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// update writes what differs: each index of a column that is named in an update
// is written anew, whether the column changes or not.
func (a *applier) update(w writing, values []any) error {
	there := make([]any, len(shown))
	into := make([]any, len(shown)+1)
	for i := range there {
		into[i] = &there[i]
	}
	var trashed bool
	into[len(shown)] = &trashed
	if err := a.row(readShown, w.num).Scan(into...); err != nil {
		return err
	}
	query, args := "UPDATE partnership SET version = ?, body = ?", []any{w.version, string(w.body)}
	if trashed {
		query += ", deleted_at = NULL"
	}
	for i, v := range values {
		if !sameValue(there[i], v) {
			query, args = query+", "+shown[i]+" = ?", append(args, v)
		}
	}
	_, err := a.exec(query+" WHERE num = ?", append(args, w.num)...)
	return err
}

var readShown = `SELECT ` + strings.Join(shown[:], ", ") + `, deleted_at IS NOT NULL FROM partnership WHERE num = ?`

func sameValue(there, here any) bool {
	if b, ok := here.([]byte); ok {
		was, ok := there.([]byte)
		return ok && bytes.Equal(was, b)
	}
	return there == here
}

// partiesOf finds the authorities of p, and refuses authorities and
// directories that are not there.
func (a *applier) partiesOf(p *repertoire.Partnership) (func(repertoire.ID) *repertoire.Authority, error) {
	for _, slug := range p.Directories {
		there, err := a.directory(slug)
		if err != nil {
			return nil, err
		}
		if !there && a.received {
			if err := a.reclaimDirectory(slug); err != nil {
				return nil, err
			}
		} else if !there {
			e := repertoire.Refuse(
				"Il n’y a pas de répertoire « %s » dans ce dossier : rien n’a été enregistré. Créez-le d’abord, ou choisissez-en un autre.",
				slug)
			e.Field = "directories"
			return nil, e
		}
	}
	for _, q := range p.Parties {
		k, err := a.authority(q.Authority)
		if err == nil && a.received && k != nil && k.trashed {
			if err = a.reclaim("authority", q.Authority); err == nil {
				k, err = a.authority(q.Authority)
			}
		}
		if err != nil {
			return nil, err
		}
		switch {
		case k == nil:
			e := repertoire.Refuse(
				"Une collectivité du partenariat n’existe pas dans ce dossier : rien n’a été enregistré. Choisissez-la de nouveau.")
			e.Field = "parties"
			return nil, e
		case k.trashed:
			e := repertoire.Refuse(
				"%s est à la corbeille : rien n’a été enregistré. Restaurez d’abord cette collectivité, ou choisissez-en une autre.",
				nameOf(k.Authority))
			e.Field = "parties"
			return nil, e
		}
	}
	return a.find, nil
}

// find gives the authorities that authority has loaded.
func (a *applier) find(id repertoire.ID) *repertoire.Authority {
	if k := a.authorities[id]; k != nil {
		return k.Authority
	}
	return nil
}

func (a *applier) link(num int64, c columns) error {
	for i, slug := range c.directories {
		if err := a.insert(`INSERT INTO partnership_directory(directory, partnership, rank)`, slug, num, i); err != nil {
			return err
		}
	}
	for i, q := range c.parties {
		if err := a.insert(`INSERT INTO partnership_party(authority, partnership, side, lead, rank)`,
			string(q.Authority), num, string(q.Side), q.Lead, i); err != nil {
			return err
		}
	}
	for i, code := range c.themes {
		if err := a.insert(`INSERT INTO partnership_theme(code, partnership, rank)`, code, num, i); err != nil {
			return err
		}
	}
	return a.linkCountries(num, c)
}

func (a *applier) linkCountries(num int64, c columns) error {
	for i, iso := range c.countries {
		if err := a.insert(`INSERT INTO partnership_country(country, partnership, rank)`, iso, num, i); err != nil {
			return err
		}
	}
	return nil
}

// relink brings the links of a partnership in line, most often by looking only.
func (a *applier) relink(num int64, c columns) error {
	rows, err := a.rows(readLinks, num)
	if err != nil {
		return err
	}
	there, err := collect(rows, func(r *sql.Rows) (l link, err error) {
		err = r.Scan(&l.kind, &l.to, &l.side, &l.lead, &l.rank)
		return l, err
	})
	if err != nil {
		return err
	}
	// Sorted here: SQLite would make a sorter for each table.
	slices.SortFunc(there, func(a, b link) int { return cmp.Or(strings.Compare(a.kind, b.kind), a.rank-b.rank) })
	if slices.Equal(there, c.rows()) {
		return nil
	}
	if err := a.unlink(num); err != nil {
		return err
	}
	return a.link(num, c)
}

// link is one row of a table of links.
type link struct {
	kind, to, side string
	lead           bool
	rank           int
}

const readLinks = `SELECT 'c', country, '', 0, rank FROM partnership_country WHERE partnership = ?1
	UNION ALL SELECT 'd', directory, '', 0, rank FROM partnership_directory WHERE partnership = ?1
	UNION ALL SELECT 'p', authority, side, lead, rank FROM partnership_party WHERE partnership = ?1
	UNION ALL SELECT 't', code, '', 0, rank FROM partnership_theme WHERE partnership = ?1`

// rows are those of the tables of links, in the order of relink.
func (c columns) rows() []link {
	var all []link
	add := func(kind string, values []string) {
		for i, v := range values {
			all = append(all, link{kind: kind, to: v, rank: i})
		}
	}
	add("c", c.countries)
	add("d", c.directories)
	for i, q := range c.parties {
		all = append(all, link{"p", string(q.Authority), string(q.Side), q.Lead, i})
	}
	add("t", c.themes)
	return all
}

func (a *applier) unlink(num int64) error {
	for _, query := range [...]string{
		`DELETE FROM partnership_directory WHERE partnership = ?`, `DELETE FROM partnership_party WHERE partnership = ?`,
		`DELETE FROM partnership_theme WHERE partnership = ?`, `DELETE FROM partnership_country WHERE partnership = ?`,
	} {
		if _, err := a.exec(query, num); err != nil {
			return err
		}
	}
	return nil
}

// retitle refreshes the columns of partnerships whose authorities this change
// saved, and returns those that are not themselves in the change.
func (a *applier) retitle() ([]repertoire.ID, error) {
	type stale struct {
		num int64
		id  repertoire.ID
	}
	var ids []repertoire.ID
	seen := map[int64]bool{}
	for _, authority := range a.renamed {
		if err := a.ctx.Err(); err != nil {
			return nil, err
		}
		rows, err := a.rows(
			`SELECT p.num, p.id FROM partnership_party q JOIN partnership p ON p.num = q.partnership WHERE q.authority = ? ORDER BY p.num`,
			string(authority))
		if err != nil {
			return nil, err
		}
		found, err := collect(rows, func(r *sql.Rows) (x stale, err error) {
			err = r.Scan(&x.num, &x.id)
			return x, err
		})
		if err != nil {
			return nil, err
		}
		for _, x := range found {
			if seen[x.num] || a.written[x.id] { // those of the change were written with the new names
				continue
			}
			seen[x.num] = true
			if err := a.retitleOne(x.num); err != nil {
				return nil, err
			}
			ids = append(ids, x.id)
		}
	}
	return ids, nil
}

func (a *applier) retitleOne(num int64) error {
	var body string
	if err := a.row(`SELECT body FROM partnership WHERE num = ?`, num).Scan(&body); err != nil {
		return err
	}
	var p repertoire.Partnership
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		return err
	}
	a.holdFew()
	for _, q := range p.Parties {
		if _, err := a.authority(q.Authority); err != nil {
			return err
		}
	}
	c := columnsOf(&p, a.find)
	if _, err := a.exec(retitlePartnership, c.title, c.french, c.partner, c.sortTitle, c.sortPartner, c.country, c.departement,
		num); err != nil {
		return err
	}
	if _, err := a.exec(`DELETE FROM partnership_country WHERE partnership = ?`, num); err != nil {
		return err
	}
	return a.linkCountries(num, c)
}

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) ([]T, error) {
	defer rows.Close()
	var out []T
	for rows.Next() {
		x, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// each goes through rows until one cannot be read, and closes them.
func each(rows *sql.Rows, row func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
