package workspace

import (
	"context"
	"regexp"
	"strings"

	"repertoire/internal/repertoire"
)

// slugForm is what commands can name without quotes.
var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// AddDirectory creates a répertoire. countries are ISO codes or French names;
// an empty title is made from them: "Répertoire des partenariats de
// coopération décentralisée franco-malgaches".
func (w *Workspace) AddDirectory(ctx context.Context, slug, title string, countries []string) (repertoire.Directory, error) {
	d := repertoire.Directory{Slug: slug, Title: strings.TrimSpace(title)}
	if !slugForm.MatchString(slug) {
		return d, repertoire.Refuse("« %s » ne peut pas nommer un répertoire : des lettres sans accent, des chiffres et des traits d’union, par exemple « cote-d-ivoire ». Rien n’a été créé.", slug)
	}
	if _, err := w.store.Directory(ctx, slug); err == nil {
		return d, repertoire.Refuse("Le répertoire « %s » existe déjà ; il n’a pas été changé.", slug)
	}
	var francos, names []string
	for _, text := range countries {
		c, ok := w.tables.FindCountry(text)
		if !ok {
			return d, repertoire.Refuse("Le pays « %s » est inconnu : donnez son code (MG) ou son nom français (Madagascar). Rien n’a été créé.", text)
		}
		d.Countries = append(d.Countries, c.ISO2)
		names = append(names, c.Name)
		if f := c.Franco(false, true); f != "" {
			francos = append(francos, f)
		}
	}
	if len(d.Countries) == 0 {
		return d, repertoire.Refuse("Un répertoire a au moins un pays. Rien n’a été créé.")
	}
	d.Short = strings.Join(names, ", ")
	if len(francos) == len(names) {
		d.Short = strings.ToUpper(francos[0][:1]) + strings.Join(francos, ", ")[1:]
	}
	if d.Title == "" {
		d.Title = "Répertoire des partenariats de coopération décentralisée " + strings.ToLower(d.Short[:1]) + d.Short[1:]
		if len(francos) < len(names) {
			d.Title = "Répertoire des partenariats de coopération décentralisée : France – " + d.Short
		}
	}
	return w.SaveDirectory(ctx, d)
}
