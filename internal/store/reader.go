package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sort"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// queryer is a pool of readers or one read transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Reader reads the base. A Store reads the newest state at each call; View
// gives a Reader on which all calls see one same state.
type Reader struct{ q queryer }

// View runs read on one state of the base, whatever is written meanwhile: an
// edition, an export or a backup must not mix two moments.
func (s *Store) View(ctx context.Context, read func(Reader) error) error {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	return explain(read(Reader{q: tx}))
}

// Partnership reads a living partnership; NotFound when it is not there or in
// the trash.
func (r Reader) Partnership(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	var p repertoire.Partnership
	v, err := r.one(ctx, repertoire.AggPartnership, id, &p)
	if err != nil {
		return repertoire.Partnership{}, missing(err, "Ce partenariat n’existe pas dans ce dossier, ou il est à la corbeille.")
	}
	p.Version = v
	return p, nil
}

// Partnerships reads living partnerships in the order of ids, leaving out
// those that are not there.
func (r Reader) Partnerships(ctx context.Context, ids []repertoire.ID) ([]repertoire.Partnership, error) {
	all, err := many(ctx, r, repertoire.AggPartnership, ids, func(p *repertoire.Partnership, v int64) { p.Version = v })
	if err != nil {
		return nil, err
	}
	out := make([]repertoire.Partnership, 0, len(ids))
	for _, id := range ids {
		if p, ok := all[id]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

// Authority reads a living authority.
func (r Reader) Authority(ctx context.Context, id repertoire.ID) (repertoire.Authority, error) {
	var a repertoire.Authority
	v, err := r.one(ctx, repertoire.AggAuthority, id, &a)
	if err != nil {
		return repertoire.Authority{}, missing(err, "Cette collectivité n’existe pas dans ce dossier, ou elle est à la corbeille.")
	}
	a.Version = v
	return a, nil
}

// Authorities reads living authorities by ID, leaving out those that are not
// there; nil ids reads them all.
func (r Reader) Authorities(ctx context.Context, ids []repertoire.ID) (map[repertoire.ID]repertoire.Authority, error) {
	return many(ctx, r, repertoire.AggAuthority, ids, func(a *repertoire.Authority, v int64) { a.Version = v })
}

// AuthoritiesWithCode finds living authorities by INSEE code or SIREN.
func (r Reader) AuthoritiesWithCode(ctx context.Context, code string) ([]repertoire.Authority, error) {
	return authorities(ctx, r,
		`SELECT version, body FROM authority WHERE deleted_at IS NULL AND (insee = ?1 AND insee <> '' OR siren = ?1 AND siren <> '') ORDER BY num`, code)
}

// FindAuthorities finds living authorities one of whose names has a word that
// begins with text, whatever case and accents; in country when not "". Those
// whose usual name begins so come first, then in French order.
func (r Reader) FindAuthorities(ctx context.Context, text, country string, limit int) ([]repertoire.Authority, error) {
	folded := strings.Join(strings.Fields(separate(repertoire.Fold(text))), " ")
	like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(folded)
	return authorities(ctx, r, `SELECT version, body FROM authority
		WHERE deleted_at IS NULL AND (?2 = '' OR country = ?2) AND ' ' || folded LIKE '% ' || ?1 || '%' ESCAPE '\'
		ORDER BY folded NOT LIKE ?1 || '%' ESCAPE '\', sort_name LIMIT ?3`, like, country, limit)
}

// foldedNames is the column FindAuthorities looks in.
func foldedNames(a *repertoire.Authority) string {
	all := append([]string{a.Name, a.NativeName}, a.OtherNames...)
	for i, n := range all {
		all[i] = strings.Join(strings.Fields(separate(repertoire.Fold(n))), " ")
	}
	return strings.Join(distinct(all), " \n ")
}

// separate makes words of what hyphens and apostrophes join: "d'Arc" is found by "arc".
func separate(s string) string { return strings.NewReplacer("-", " ", "'", " ").Replace(s) }

func authorities(ctx context.Context, r Reader, query string, args ...any) ([]repertoire.Authority, error) {
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (a repertoire.Authority, err error) {
		var version int64
		err = scanBody(rows, &version, &a)
		a.Version = version
		return a, err
	})
	return out, explain(err)
}

// Directory reads a living directory by its slug.
func (r Reader) Directory(ctx context.Context, slug string) (repertoire.Directory, error) {
	var d repertoire.Directory
	err := scanBody(r.q.QueryRowContext(ctx, `SELECT version, body FROM directory WHERE slug = ? AND deleted_at IS NULL`, slug), &d.Version,
		&d)
	if errors.Is(err, sql.ErrNoRows) {
		return repertoire.Directory{}, repertoire.Missing("Il n’y a pas de répertoire « %s » dans ce dossier.", slug)
	}
	return d, explain(err)
}

// DirectoryCount is a directory with the number of its living partnerships.
type DirectoryCount struct {
	repertoire.Directory
	Partnerships int
}

// Directories lists the living directories in the French order of their short
// titles.
func (r Reader) Directories(ctx context.Context) ([]DirectoryCount, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT version, body, (SELECT count(*) FROM partnership_directory l WHERE l.directory = d.slug)
		FROM directory d WHERE deleted_at IS NULL ORDER BY sort_name, num`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (d DirectoryCount, err error) {
		var version int64
		var body sql.RawBytes
		if err = rows.Scan(&version, &body, &d.Partnerships); err != nil {
			return d, err
		}
		err = json.Unmarshal(body, &d.Directory)
		d.Version = version
		return d, err
	})
	return out, explain(err)
}

// Presentation reads the presentation of a country (ISO code).
func (r Reader) Presentation(ctx context.Context, country string) (repertoire.Presentation, error) {
	var p repertoire.Presentation
	var version int64
	err := scanBody(r.q.QueryRowContext(ctx, `SELECT version, body FROM presentation WHERE country = ? AND deleted_at IS NULL`, country),
		&version, &p)
	if errors.Is(err, sql.ErrNoRows) {
		return repertoire.Presentation{}, repertoire.Missing("Il n’y a pas encore de présentation de ce pays (%s) dans ce dossier.",
			country)
	}
	p.Version = version
	return p, explain(err)
}

// VersionedTheme is a theme with the version to save it at.
type VersionedTheme struct {
	repertoire.Theme
	Version int64
}

// Themes lists the living themes in the order of their codes: 2, 2.1, 10.
func (r Reader) Themes(ctx context.Context) ([]VersionedTheme, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT version, body FROM theme WHERE deleted_at IS NULL`)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (t VersionedTheme, err error) {
		err = scanBody(rows, &t.Version, &t.Theme)
		return t, err
	})
	sort.Slice(out, func(i, j int) bool { return codeLess(out[i].Code, out[j].Code) })
	return out, explain(err)
}

// codeLess orders theme codes number by number.
func codeLess(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			m, errM := strconv.Atoi(x[i])
			n, errN := strconv.Atoi(y[i])
			if errM != nil || errN != nil {
				return x[i] < y[i]
			}
			return m < n
		}
	}
	return len(x) < len(y)
}

// PartnershipsOf lists the living partnerships in which any of the
// authorities takes part.
func (r Reader) PartnershipsOf(ctx context.Context, authorities []repertoire.ID) ([]repertoire.ID, error) {
	return r.ids(ctx, `SELECT DISTINCT p.id FROM partnership_party q JOIN partnership p ON p.num = q.partnership
		WHERE q.authority IN (SELECT value FROM json_each(?)) ORDER BY p.num`, list(authorities))
}

func (r Reader) ids(ctx context.Context, query string, args ...any) ([]repertoire.ID, error) {
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	out, err := collect(rows, func(rows *sql.Rows) (id repertoire.ID, err error) { err = rows.Scan(&id); return id, err })
	return out, explain(err)
}

// one reads a living record into v and gives its version.
func (r Reader) one(ctx context.Context, a repertoire.Aggregate, id repertoire.ID, v any) (int64, error) {
	var version int64
	err := scanBody(r.q.QueryRowContext(ctx, `SELECT version, body FROM `+string(a)+` WHERE id = ? AND deleted_at IS NULL`, string(id)),
		&version, v)
	return version, err
}

// many reads living records by ID; nil ids reads all.
func many[T any](ctx context.Context, r Reader, a repertoire.Aggregate, ids []repertoire.ID, set func(*T, int64)) (map[repertoire.ID]T,
	error) {
	query := `SELECT version, body, id FROM ` + string(a) + ` WHERE deleted_at IS NULL`
	var args []any
	if ids != nil {
		query, args = query+` AND id IN (SELECT value FROM json_each(?))`, []any{list(ids)}
	}
	rows, err := r.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	out := make(map[repertoire.ID]T, len(ids))
	for rows.Next() {
		var v T
		var version int64
		var body sql.RawBytes
		var id repertoire.ID
		if err := rows.Scan(&version, &body, &id); err != nil {
			return nil, explain(err)
		}
		if err := json.Unmarshal(body, &v); err != nil {
			return nil, unreadable(err)
		}
		set(&v, version)
		out[id] = v
	}
	return out, explain(rows.Err())
}

// scanBody reads the columns version and body of a row.
func scanBody(row interface{ Scan(...any) error }, version *int64, v any) error {
	var body []byte
	var n int64
	if err := row.Scan(&n, &body); err != nil {
		return err
	}
	if err := json.Unmarshal(body, v); err != nil {
		return unreadable(err)
	}
	*version = n
	return nil
}

func missing(err error, sentence string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return repertoire.Missing("%s", sentence)
	}
	return explain(err)
}

func unreadable(err error) error {
	return &repertoire.Error{Kind: repertoire.Damaged, Err: err,
		Message: "Une fiche de la base n’est pas lisible : rien n’a été modifié. Vérifiez le dossier, puis restaurez une sauvegarde."}
}

// list writes values as the JSON array that json_each takes apart: any number
// of them in one parameter.
func list[T ~string](values []T) string {
	if values == nil {
		values = []T{}
	}
	raw, _ := json.Marshal(values) // strings always encode
	return string(raw)
}
