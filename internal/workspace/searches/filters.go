package searches

import (
	"strings"

	"repertoire/internal/repertoire"
)

// ReadFilters puts into q what a person typed as filters: a theme by code or
// label, read as "thème:" reads it in the query, a country by code or name, a status by word. An unknown one is refused
// with what exists.
func (room *Room) ReadFilters(q *Query, theme, country, status string) error {
	if theme != "" {
		labels := map[string]string{}
		for _, t := range room.base.Reference.Themes() {
			labels[t.Code] = t.Label
		}
		values := room.base.Index.Index.ThemeValues(theme, labels)
		if len(values) == 0 {
			return repertoire.Refuse("La thématique « %s » est inconnue : donnez son code (3.1.1) ou son intitulé (Eau et assainissement).",
				theme)
		}
		q.Themes = append(q.Themes, values...)
	}
	if country != "" {
		c, ok := room.base.Reference.FindCountry(country)
		if !ok {
			return repertoire.Refuse("Le pays « %s » est inconnu : donnez son code (MG) ou son nom français (Madagascar).", country)
		}
		q.Countries = append(q.Countries, c.ISO2)
	}
	if status != "" {
		s, ok := repertoire.Statuses.Parse(status)
		if !ok {
			return repertoire.Refuse("Le statut « %s » est inconnu : choisissez parmi %s.", status,
				strings.Join(repertoire.Statuses.Labels(), ", "))
		}
		q.Statuses = append(q.Statuses, string(s))
	}
	return nil
}
