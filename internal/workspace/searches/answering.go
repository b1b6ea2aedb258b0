package searches

import (
	"context"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// Answering lists all that answers a question, and the répertoire most of it
// belongs to.
func (room *Room) Answering(ctx context.Context, q Query) (ids []repertoire.ID, most string, err error) {
	q.Facets, q.Snippets, q.Typing, q.Offset, q.Limit = false, false, false, 0, 1
	count, err := room.Search(ctx, q)
	if err != nil {
		return nil, "", err
	}
	if count.Total == 0 {
		return nil, "",
			repertoire.Refuse("Aucun partenariat ne répond à cette recherche : le recueil n’a pas été fait. Élargissez la recherche.")
	}
	q.Limit = count.Total
	found, err := room.Search(ctx, q)
	if err != nil {
		return nil, "", err
	}
	times := map[string]int{}
	for _, h := range found.Hits {
		ids = append(ids, h.ID)
		times[h.Directory]++
		if n, best := times[h.Directory], times[most]; n > best || n == best && h.Directory < most {
			most = h.Directory
		}
	}
	return ids, most, nil
}

// Criteria says in words what was asked: "eau, pays : Madagascar".
func (room *Room) Criteria(q Query) string {
	var parts, free []string
	for _, word := range strings.Fields(q.Text) {
		key, value, ok := strings.Cut(word, ":")
		switch {
		case !ok || key == "" || value == "":
			free = append(free, word)
		case repertoire.Fold(key) == "pays":
			parts = append(parts, "pays : "+room.base.CountryName(strings.ToUpper(value)))
		default:
			parts = append(parts, key+" : "+value)
		}
	}
	if free != nil {
		parts = append([]string{"« " + strings.Join(free, " ") + " »"}, parts...)
	}
	add := func(label string, values []string, name func(string) string) {
		if len(values) > 0 {
			parts = append(parts, label+" : "+base.List(values, name))
		}
	}
	add("thématique", q.Themes, room.base.ThemeLabel)
	add("pays", q.Countries, room.base.CountryName)
	add("statut", q.Statuses, func(v string) string { return repertoire.Statuses.Label(repertoire.Status(v)) })
	add("type", q.Types, func(v string) string { return repertoire.Types.Label(repertoire.Type(v)) })
	return strings.Join(parts, " ; ")
}
