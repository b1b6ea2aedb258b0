package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"repertoire/internal/repertoire"
)

// Problem is something wrong that Check found in the base.
type Problem struct {
	Record  repertoire.ID // "" for the file itself
	Message string        // French sentence
}

// Check looks the whole base over: the file as SQLite sees it, references, and
// for every record whether what lists show is what its body says and whether
// the journal's last word is its body. progress may be nil.
func (s *Store) Check(ctx context.Context, progress func(done, total int, label string)) ([]Problem, error) {
	var out []Problem
	err := s.View(ctx, func(r Reader) error {
		for _, pragma := range []string{"integrity_check(20)", "foreign_key_check"} {
			found, err := r.pragma(ctx, pragma)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		derived, err := r.auditPartnerships(ctx, progress)
		if err != nil {
			return err
		}
		journal, err := r.auditJournal(ctx)
		if err != nil {
			return err
		}
		unwieldy, err := r.auditFields(ctx)
		out = append(append(append(out, derived...), journal...), unwieldy...)
		return err
	})
	if damaged(err) {
		return append(out, Problem{Message: "Le fichier de la base est abîmé : restaurez une sauvegarde."}), nil
	}
	return out, err
}

func (r Reader) pragma(ctx context.Context, pragma string) ([]Problem, error) {
	rows, err := r.q.QueryContext(ctx, "PRAGMA "+pragma)
	if err != nil {
		return nil, err
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	found, err := collect(rows, func(rows *sql.Rows) (string, error) {
		values, into := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		err := rows.Scan(into...)
		var words []string
		for _, v := range values {
			words = append(words, v.String)
		}
		return strings.Join(words, " "), err
	})
	var out []Problem
	for _, line := range found {
		if line != "ok" {
			out = append(out, Problem{Message: "La base n’est pas saine : " + line + "."})
		}
	}
	return out, err
}

// auditPartnerships computes every row again from its body.
func (r Reader) auditPartnerships(ctx context.Context, progress func(done, total int, label string)) ([]Problem, error) {
	authorities, err := r.everyAuthority(ctx)
	if err != nil {
		return nil, err
	}
	find := func(id repertoire.ID) *repertoire.Authority { return authorities[id] }
	links, err := r.everyLink(ctx)
	if err != nil {
		return nil, err
	}
	var total int
	if err := r.q.QueryRowContext(ctx, `SELECT count(*) FROM partnership`).Scan(&total); err != nil {
		return nil, err
	}
	rows, err := r.q.QueryContext(ctx, `SELECT `+rowColumns+`, p.review_due, p.missing, p.completeness, p.num, p.sort_title, p.sort_partner,
		p.created, p.deleted_at IS NOT NULL, p.body FROM partnership p ORDER BY p.num`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Problem
	for done := 1; rows.Next(); done++ {
		var due repertoire.Date
		var missing, completeness int
		var num int64
		var sortTitle, sortPartner []byte
		var created string
		var trashed bool
		var body sql.NullString
		row, err := scanRow(rows, &due, &missing, &completeness, &num, &sortTitle, &sortPartner, &created, &trashed, &body)
		if err != nil {
			return nil, err
		}
		if progress != nil && (done%500 == 0 || done == total) {
			progress(done, total, "Vérification des fiches")
		}
		wrong := func(what string) {
			out = append(out, Problem{row.ID, fmt.Sprintf(
				"La fiche « %s » n’est pas rangée comme son contenu le dit (%s) : enregistrez-la de nouveau.", row.Title, what)})
		}
		if trashed && links[num] != nil {
			wrong("liens d’une fiche à la corbeille")
		}
		if trashed || !body.Valid {
			continue
		}
		var p repertoire.Partnership
		if err := json.Unmarshal([]byte(body.String), &p); err != nil {
			out = append(out, Problem{row.ID, "La fiche « " + row.Title + " » n’est pas lisible : restaurez une version antérieure."})
			continue
		}
		c, f := columnsOf(&p, find), p.Freshness()
		want := Row{ID: p.ID, Version: row.Version, Title: c.title, French: c.french, Partner: c.partner, Country: c.country,
			Departement: c.departement,
			Directory:   c.mainDirectory, Type: p.Type, Status: p.Status, Theme: p.Theme(), FirstYear: p.FirstYear, Verified: p.Verified,
			Fictitious: p.Fictitious, Updated: p.Updated}
		switch {
		case row != want:
			wrong("colonnes")
		case !bytes.Equal(sortTitle, c.sortTitle) || !bytes.Equal(sortPartner, c.sortPartner):
			wrong("clés de tri")
		case created != stamp(p.Created):
			wrong("date de création")
		case due != f.Due || missing != len(f.Missing) || completeness != p.Completeness().Percent:
			wrong("fraîcheur")
		case !reflect.DeepEqual(links[num], c.links()):
			wrong("liens")
		}
	}
	return out, rows.Err()
}

// links writes the links as everyLink reads them.
func (c columns) links() map[string]bool {
	out := map[string]bool{}
	for i, v := range c.directories {
		out[fmt.Sprint("d ", v, " ", i)] = true
	}
	for i, q := range c.parties {
		lead := 0
		if q.Lead {
			lead = 1
		}
		out[fmt.Sprint("p ", q.Authority, " ", i, " ", q.Side, " ", lead)] = true
	}
	for i, v := range c.themes {
		out[fmt.Sprint("t ", v, " ", i)] = true
	}
	for i, v := range c.countries {
		out[fmt.Sprint("c ", v, " ", i)] = true
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (r Reader) everyLink(ctx context.Context) (map[int64]map[string]bool, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT partnership, 'd ' || directory || ' ' || rank FROM partnership_directory
		UNION ALL SELECT partnership, 'p ' || authority || ' ' || rank || ' ' || side || ' ' || lead FROM partnership_party
		UNION ALL SELECT partnership, 't ' || code || ' ' || rank FROM partnership_theme
		UNION ALL SELECT partnership, 'c ' || country || ' ' || rank FROM partnership_country`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]map[string]bool{}
	for rows.Next() {
		var num int64
		var link string
		if err := rows.Scan(&num, &link); err != nil {
			return nil, err
		}
		if out[num] == nil {
			out[num] = map[string]bool{}
		}
		out[num][link] = true
	}
	return out, rows.Err()
}

// everyAuthority reads those of the trash too: a partnership in the trash
// keeps its title.
func (r Reader) everyAuthority(ctx context.Context) (map[repertoire.ID]*repertoire.Authority, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT id, body FROM authority WHERE body IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[repertoire.ID]*repertoire.Authority{}
	for rows.Next() {
		var id repertoire.ID
		var body sql.RawBytes
		if err := rows.Scan(&id, &body); err != nil {
			return nil, err
		}
		a := new(repertoire.Authority)
		if err := json.Unmarshal(body, a); err != nil {
			return nil, unreadable(err)
		}
		out[id] = a
	}
	return out, rows.Err()
}

// auditFields finds living records that hold what no form and no import lets
// in: a base may have been made by hand.
func (r Reader) auditFields(ctx context.Context) ([]Problem, error) {
	var out []Problem
	for _, a := range aggregates {
		rows, err := r.q.QueryContext(ctx, `SELECT id, body FROM `+string(a)+` WHERE deleted_at IS NULL AND body IS NOT NULL`)
		if err != nil {
			return nil, err
		}
		found, err := collect(rows, func(rows *sql.Rows) (p Problem, err error) {
			var body sql.RawBytes
			if err := rows.Scan(&p.Record, &body); err != nil {
				return p, err
			}
			record, err := read(a, json.RawMessage(body), false)
			if err != nil {
				return p, nil //nolint:nilerr // said by those who look at each kind
			}
			if _, why := repertoire.Unwieldy(record); why != "" {
				p.Message = "« " + nameOf(record) + " » : " + why
			}
			return p, nil
		})
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			if p.Message == "" {
				continue
			}
			if a == repertoire.AggPartnership {
				p.Message = "« " + r.titleOf(ctx, a, p.Record, nil) + p.Message[len("« "):]
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// auditJournal compares each record with the last word of the journal.
func (r Reader) auditJournal(ctx context.Context) ([]Problem, error) {
	var out []Problem
	for _, a := range aggregates {
		ids, err := r.ids(ctx, `SELECT t.id FROM `+string(a)+` t
			LEFT JOIN change_op o ON o.num = (SELECT max(num) FROM change_op WHERE record = t.id AND aggregate = ?1)
			WHERE o.num IS NULL OR o.version + 1 <> t.version OR o.erased = 0 AND t.deleted_at IS NULL AND o.after IS NOT t.body
				OR o.erased = 0 AND t.deleted_at IS NOT NULL AND o.after IS NOT NULL`, string(a))
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out = append(out, Problem{id, fmt.Sprintf(
				"Le journal et la fiche %s ne disent pas la même chose : restaurez une sauvegarde, ou enregistrez la fiche de nouveau.",
				id)})
		}
	}
	return out, nil
}
