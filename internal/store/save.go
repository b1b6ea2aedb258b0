package store

import (
	"database/sql"
	"encoding/json"
	"errors"

	"repertoire/internal/repertoire"
)

// save writes the record of an op over what was there.
func (a *applier) save(op repertoire.Op, was current, record any) error {
	w := writing{num: was.num, found: was.found, id: op.ID, version: was.version + 1, body: op.After}
	switch v := record.(type) {
	case *repertoire.Partnership:
		return a.savePartnership(w, v)
	case *repertoire.Authority:
		return a.saveAuthority(w, v)
	case *repertoire.Directory:
		return a.saveDirectory(w, was, v)
	case *repertoire.Presentation:
		return a.put(w, `INSERT INTO presentation(version, deleted_at, country, body, id) VALUES (?,NULL,?,?,?)`,
			`UPDATE presentation SET version = ?, deleted_at = NULL, country = ?, body = ? WHERE id = ?`, v.Country)
	case *repertoire.Theme:
		return a.put(w, `INSERT INTO theme(version, deleted_at, code, body, id) VALUES (?,NULL,?,?,?)`,
			`UPDATE theme SET version = ?, deleted_at = NULL, code = ?, body = ? WHERE id = ?`, v.Code)
	case sold:
		return a.saveSold(w, v)
	}
	return nil
}

// writing is the row about to be written.
type writing struct {
	num     int64 // 0 when not found
	found   bool
	id      repertoire.ID
	version int64
	body    json.RawMessage
}

// put inserts or updates a row whose statement takes version, its own columns,
// body and id, in that order.
func (a *applier) put(w writing, insert, update string, columns ...any) error {
	args := append([]any{w.version}, columns...)
	args = append(args, string(w.body), string(w.id))
	query := insert
	if w.found {
		query = update
	}
	_, err := a.exec(query, args...)
	return err
}

// trash makes a tombstone: the body stays for the trash, the links go.
func (a *applier) trash(op repertoire.Op, was current) error {
	if _, err := a.exec(`UPDATE `+string(op.Aggregate)+` SET version = ?, deleted_at = ? WHERE id = ?`,
		was.version+1, a.at, string(op.ID)); err != nil {
		return err
	}
	if op.Aggregate == repertoire.AggPartnership {
		return a.unlink(was.num)
	}
	record, err := read(op.Aggregate, was.body, false)
	if err != nil {
		return err
	}
	switch v := record.(type) {
	case *repertoire.Authority:
		a.authorities[op.ID] = &knownAuthority{Authority: v, trashed: true}
		a.leaving = append(a.leaving, leaving{repertoire.AggAuthority, string(op.ID), v.Usual()})
	case *repertoire.Directory:
		a.leaving = append(a.leaving, leaving{repertoire.AggDirectory, v.Slug, v.Title})
	}
	return nil
}

func (a *applier) saveAuthority(w writing, v *repertoire.Authority) error {
	a.authorities[w.id] = &knownAuthority{Authority: v}
	if w.found {
		a.renamed = append(a.renamed, w.id)
	}
	return a.put(w,
		`INSERT INTO authority(version, deleted_at, name, sort_name, folded, country, level, insee, siren, departement, region, body, id)
			VALUES (?,NULL,?,?,?,?,?,?,?,?,?,?,?)`,
		`UPDATE authority SET version = ?, deleted_at = NULL, name = ?, sort_name = ?, folded = ?, country = ?, level = ?, insee = ?,
			siren = ?, departement = ?, region = ?, body = ? WHERE id = ?`,
		v.Name, repertoire.SortKey(v.IndexName()), foldedNames(v), v.Country, string(v.Level), v.INSEE, v.SIREN, v.Departement, v.Region)
}

// directory tells whether a living directory has that slug; those of the
// change are written before its partnerships.
func (a *applier) directory(slug string) (bool, error) {
	if there, known := a.directories[slug]; known {
		return there, nil
	}
	var there bool
	err := a.row(`SELECT EXISTS (SELECT 1 FROM directory WHERE slug = ? AND deleted_at IS NULL)`, slug).Scan(&there)
	a.directories[slug] = there
	return there, err
}

func (a *applier) saveDirectory(w writing, was current, v *repertoire.Directory) error {
	if old := was.alive(); old != nil {
		var before repertoire.Directory
		if err := json.Unmarshal(old, &before); err != nil {
			return err
		}
		if before.Slug != v.Slug {
			a.leaving = append(a.leaving, leaving{repertoire.AggDirectory, before.Slug, before.Title})
		}
	}
	return a.put(w, `INSERT INTO directory(version, deleted_at, slug, sort_name, body, id) VALUES (?,NULL,?,?,?,?)`,
		`UPDATE directory SET version = ?, deleted_at = NULL, slug = ?, sort_name = ?, body = ? WHERE id = ?`,
		v.Slug, repertoire.SortKey(v.Short+" "+v.Title))
}

// taken says which unique name is in use already.
func taken(record any, err error) error {
	e := &repertoire.Error{Kind: repertoire.Refused, Err: err,
		Message: "La fiche contredit une règle de la base ; rien n’a été enregistré."}
	switch v := record.(type) {
	case *repertoire.Directory:
		e.Field = "slug"
		e.Message = "Il existe déjà un répertoire « " + v.Slug + " » ; rien n’a été enregistré. Choisissez un autre identifiant."
	case *repertoire.Presentation:
		e.Field = "country"
		e.Message = "Il existe déjà une présentation de ce pays ; rien n’a été enregistré. Modifiez plutôt celle-ci."
	case *repertoire.Theme:
		e.Field = "code"
		e.Message = "Le code « " + v.Code + " » désigne déjà une thématique ; rien n’a été enregistré. Choisissez un autre code."
	}
	return e
}

// knownAuthority is an authority as this transaction sees it.
type knownAuthority struct {
	*repertoire.Authority
	trashed bool
}

// authority finds one, nil when the base has none.
func (a *applier) authority(id repertoire.ID) (*knownAuthority, error) {
	if k, ok := a.authorities[id]; ok {
		return k, nil
	}
	var body sql.NullString
	var trashed bool
	err := a.row(`SELECT body, deleted_at IS NOT NULL FROM authority WHERE id = ?`, string(id)).Scan(&body, &trashed)
	if errors.Is(err, sql.ErrNoRows) {
		a.authorities[id] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	k := &knownAuthority{Authority: &repertoire.Authority{ID: id}, trashed: trashed}
	if body.Valid {
		if err := json.Unmarshal([]byte(body.String), k.Authority); err != nil {
			return nil, err
		}
	}
	a.authorities[id] = k
	return k, nil
}
