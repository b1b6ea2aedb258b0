package workspace

import (
	"context"
	"strings"

	"repertoire/internal/repertoire"
)

// ReadFilters puts into q what a person typed as filters: a theme by code or
// label, read as "thème:" reads it in the query, a country by code or name, a status by word. An unknown one is refused
// with what exists.
func (w *Workspace) ReadFilters(q *Query, theme, country, status string) error {
	if theme != "" {
		labels := map[string]string{}
		for _, t := range w.tables.Themes() {
			labels[t.Code] = t.Label
		}
		values := w.index.index.ThemeValues(theme, labels)
		if len(values) == 0 {
			return repertoire.Refuse("La thématique « %s » est inconnue : donnez son code (3.1.1) ou son intitulé (Eau et assainissement).", theme)
		}
		q.Themes = append(q.Themes, values...)
	}
	if country != "" {
		c, ok := w.tables.FindCountry(country)
		if !ok {
			return repertoire.Refuse("Le pays « %s » est inconnu : donnez son code (MG) ou son nom français (Madagascar).", country)
		}
		q.Countries = append(q.Countries, c.ISO2)
	}
	if status != "" {
		s, ok := repertoire.Statuses.Parse(status)
		if !ok {
			return repertoire.Refuse("Le statut « %s » est inconnu : choisissez parmi %s.", status, strings.Join(repertoire.Statuses.Labels(), ", "))
		}
		q.Statuses = append(q.Statuses, string(s))
	}
	return nil
}

// needDirectory refuses a slug that names nothing, with those that exist.
func (w *Workspace) needDirectory(ctx context.Context, slug string) (repertoire.Directory, error) {
	d, err := w.store.Directory(ctx, slug)
	if err == nil || repertoire.KindOf(err) != repertoire.NotFound {
		return d, err
	}
	list, err := w.store.Directories(ctx)
	if err != nil {
		return d, err
	}
	slugs := make([]string, len(list))
	for i, x := range list {
		slugs[i] = x.Slug
	}
	if len(slugs) == 0 {
		return d, repertoire.Missing("Le répertoire « %s » n’existe pas : ce dossier de travail n’en a aucun.", slug)
	}
	return d, repertoire.Missing("Le répertoire « %s » n’existe pas. Ceux de ce dossier : %s.", slug, strings.Join(slugs, ", "))
}
