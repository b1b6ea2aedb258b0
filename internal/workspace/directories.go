package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// AddDirectory creates a répertoire. countries are ISO codes or French names;
// an empty title is made from them: "Répertoire des partenariats de
// coopération décentralisée franco-malgaches".
func (w *Workspace) AddDirectory(ctx context.Context, slug, title string, countries []string) (repertoire.Directory, error) {
	d := repertoire.Directory{Slug: slug, Title: strings.TrimSpace(title)}
	if !repertoire.ValidSlug(slug) {
		return d, repertoire.Refuse("« %s » ne peut pas nommer un répertoire : des lettres sans accent, des chiffres et des traits d’union, par exemple « cote-d-ivoire ». Rien n’a été créé.", slug)
	}
	if _, err := w.store.Directory(ctx, slug); err == nil {
		return d, repertoire.Refuse("Le répertoire « %s » existe déjà ; il n’a pas été changé.", slug)
	}
	for _, text := range countries {
		c, ok := w.tables.FindCountry(text)
		if !ok {
			return d, repertoire.Refuse("Le pays « %s » est inconnu : donnez son code (MG) ou son nom français (Madagascar). Rien n’a été créé.", text)
		}
		d.Countries = append(d.Countries, c.ISO2)
	}
	if len(d.Countries) == 0 {
		return d, repertoire.Refuse("Un répertoire a au moins un pays. Rien n’a été créé.")
	}
	named := w.NameDirectory(d.Countries)
	d.Short = named.Short
	if d.Title == "" {
		d.Title = named.Title
	}
	return w.SaveDirectory(ctx, d)
}

// NameDirectory proposes the title, the short name and the slug of a
// répertoire of these countries (ISO codes).
func (w *Workspace) NameDirectory(countries []string) repertoire.Directory {
	d := repertoire.Directory{Countries: countries}
	var francos, names []string
	for _, iso := range countries {
		c, ok := w.tables.Country(iso)
		if !ok {
			continue
		}
		names = append(names, c.Name)
		if f := c.Franco(false, true); f != "" {
			francos = append(francos, f)
		}
	}
	if len(names) == 0 {
		return d
	}
	d.Short = strings.Join(names, ", ")
	if len(francos) == len(names) {
		d.Short = strings.ToUpper(francos[0][:1]) + strings.Join(francos, ", ")[1:]
	}
	d.Title = "Répertoire des partenariats de coopération décentralisée " + strings.ToLower(d.Short[:1]) + d.Short[1:]
	if len(francos) < len(names) {
		d.Title = "Répertoire des partenariats de coopération décentralisée : France – " + d.Short
	}
	d.Slug = repertoire.Slug(strings.Join(names, " "))
	return d
}

// SaveBook writes a répertoire and the presentations of its countries as one
// change; what does not differ from the base is left alone. It returns both as
// they were saved.
func (w *Workspace) SaveBook(ctx context.Context, d repertoire.Directory, countries []repertoire.Presentation) (repertoire.Directory, []repertoire.Presentation, error) {
	known := repertoire.Known{Country: func(iso string) bool { _, ok := w.tables.Country(iso); return ok }}
	for _, f := range d.Validate(known) {
		if f.Severity == repertoire.SeverityRefuse {
			return d, countries, &repertoire.Error{Kind: repertoire.Refused, Field: f.Field, Message: f.Message + " Rien n’a été enregistré."}
		}
	}
	if d.Short == "" {
		d.Short = d.Title
	}
	c := w.change(repertoire.CauseEdit, "Répertoire « "+d.Title+" »")
	var before repertoire.Directory
	if d.ID == "" {
		d.ID = repertoire.NewID()
		c.Label = "Création du répertoire « " + d.Title + " »"
	} else if old, err := w.store.Directory(ctx, d.Slug); err == nil && old.ID == d.ID {
		before = old
	}
	if !alike(before, d) {
		if err := put(&c, &d, d.Version); err != nil {
			return d, countries, err
		}
	}
	for _, p := range countries {
		p.ID = repertoire.PresentationID(p.Country)
		old, err := w.store.Presentation(ctx, p.Country)
		if err != nil && repertoire.KindOf(err) != repertoire.NotFound {
			return d, countries, err
		}
		if p.Version == 0 && err != nil && alike(p, repertoire.Presentation{ID: p.ID, Country: p.Country}) || err == nil && alike(old, p) {
			continue
		}
		if err := put(&c, &p, p.Version); err != nil {
			return d, countries, err
		}
	}
	if len(c.Ops) > 0 {
		if _, err := w.apply(ctx, c); err != nil {
			return d, countries, err
		}
	}
	saved, err := w.store.Directory(ctx, d.Slug)
	if err != nil {
		return d, countries, err
	}
	read, err := w.PresentationsOf(ctx, saved.Countries)
	return saved, read, err
}

// alike compares two records as they are written.
func alike(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// PresentationsOf reads the presentations of countries (ISO codes), an empty
// one for a country that has none yet.
func (w *Workspace) PresentationsOf(ctx context.Context, countries []string) ([]repertoire.Presentation, error) {
	out := make([]repertoire.Presentation, 0, len(countries))
	for _, iso := range countries {
		p, err := w.store.Presentation(ctx, iso)
		if repertoire.KindOf(err) == repertoire.NotFound && err != nil {
			p, err = repertoire.Presentation{ID: repertoire.PresentationID(iso), Country: iso}, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// DeleteDirectory puts an empty répertoire in the trash; one that still holds
// partnerships is refused.
func (w *Workspace) DeleteDirectory(ctx context.Context, slug string) error {
	d, err := w.needDirectory(ctx, slug)
	if err != nil {
		return err
	}
	c := w.change(repertoire.CauseEdit, "Suppression du répertoire « "+d.Title+" »")
	c.Ops = append(c.Ops, store.Delete(repertoire.AggDirectory, d.ID, d.Version))
	_, err = w.apply(ctx, c)
	return err
}

// SuggestCountries lists the countries whose French name, or another of theirs,
// has a word that begins with the text, as ISO code and French name.
func (w *Workspace) SuggestCountries(text string, limit int) []repertoire.Choice[string] {
	want := repertoire.Fold(strings.TrimSpace(text))
	var first, rest []repertoire.Choice[string]
	for _, c := range w.tables.Countries() {
		x := repertoire.Choice[string]{Value: c.ISO2, Label: c.Name}
		switch {
		case strings.HasPrefix(repertoire.Fold(c.Name), want) || strings.EqualFold(c.ISO2, want):
			first = append(first, x)
		case slices.ContainsFunc(append([]string{c.Name, c.English}, c.Others...), func(name string) bool {
			folded := repertoire.Fold(name)
			return strings.HasPrefix(folded, want) || strings.Contains(folded, " "+want) || strings.Contains(folded, "-"+want)
		}):
			rest = append(rest, x)
		}
	}
	all := append(first, rest...)
	return all[:min(limit, len(all))]
}
