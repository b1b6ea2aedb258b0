package records

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// AddDirectory creates a répertoire. countries are ISO codes or French names;
// an empty title is made from them: "Répertoire des partenariats de
// coopération décentralisée franco-malgaches".
func (room *Room) AddDirectory(ctx context.Context, slug, title string, countries []string) (repertoire.Directory, error) {
	d := repertoire.Directory{Slug: slug, Title: strings.TrimSpace(title)}
	if !repertoire.ValidSlug(slug) {
		return d, repertoire.Refuse(
			"« %s » ne peut pas nommer un répertoire : des lettres sans accent, des chiffres et des traits d’union, par exemple « cote-d-ivoire ». Rien n’a été créé.", slug)
	}
	if _, err := room.base.Store.Directory(ctx, slug); err == nil {
		return d, repertoire.Refuse("Le répertoire « %s » existe déjà ; il n’a pas été changé.", slug)
	}
	for _, text := range countries {
		c, ok := room.base.Reference.FindCountry(text)
		if !ok {
			return d, repertoire.Refuse(
				"Le pays « %s » est inconnu : donnez son code (MG) ou son nom français (Madagascar). Rien n’a été créé.", text)
		}
		d.Countries = append(d.Countries, c.ISO2)
	}
	if len(d.Countries) == 0 {
		return d, repertoire.Refuse("Un répertoire a au moins un pays. Rien n’a été créé.")
	}
	named := room.NameDirectory(d.Countries)
	d.Short = named.Short
	if d.Title == "" {
		d.Title = named.Title
	}
	return room.SaveDirectory(ctx, d)
}

// NameDirectory proposes the title, the short name and the slug of a
// répertoire of these countries (ISO codes).
func (room *Room) NameDirectory(countries []string) repertoire.Directory {
	d := repertoire.Directory{Countries: countries}
	var francos, names []string
	for _, iso := range countries {
		c, ok := room.base.Reference.Country(iso)
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
func (room *Room) SaveBook(ctx context.Context, d repertoire.Directory, countries []repertoire.Presentation) (repertoire.Directory,
	[]repertoire.Presentation, error) {
	known := repertoire.Known{Country: func(iso string) bool { _, ok := room.base.Reference.Country(iso); return ok }}
	for _, f := range d.Validate(known) {
		if f.Severity == repertoire.SeverityRefuse {
			return d, countries, &repertoire.Error{Kind: repertoire.Refused, Field: f.Field,
				Message: f.Message + " Rien n’a été enregistré."}
		}
	}
	if d.Short == "" {
		d.Short = d.Title
	}
	c := room.base.Change(repertoire.CauseEdit, "Répertoire « "+d.Title+" »")
	var before repertoire.Directory
	if d.ID == "" {
		d.ID = repertoire.NewID()
		c.Label = "Création du répertoire « " + d.Title + " »"
	} else if old, err := room.base.Store.Directory(ctx, d.Slug); err == nil && old.ID == d.ID {
		before = old
	}
	if !alike(before, d) {
		if err := base.Put(&c, &d, d.Version); err != nil {
			return d, countries, err
		}
	}
	for _, p := range countries {
		p.ID = repertoire.PresentationID(p.Country)
		old, err := room.base.Store.Presentation(ctx, p.Country)
		if err != nil && repertoire.KindOf(err) != repertoire.NotFound {
			return d, countries, err
		}
		if p.Version == 0 && err != nil && alike(p, repertoire.Presentation{ID: p.ID, Country: p.Country}) || err == nil && alike(old, p) {
			continue
		}
		if err := base.Put(&c, &p, p.Version); err != nil {
			return d, countries, err
		}
	}
	if len(c.Ops) > 0 {
		if _, err := room.base.Apply(ctx, c); err != nil {
			return d, countries, err
		}
	}
	saved, err := room.base.Store.Directory(ctx, d.Slug)
	if err != nil {
		return d, countries, err
	}
	read, err := room.PresentationsOf(ctx, saved.Countries)
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
func (room *Room) PresentationsOf(ctx context.Context, countries []string) ([]repertoire.Presentation, error) {
	out := make([]repertoire.Presentation, 0, len(countries))
	for _, iso := range countries {
		p, err := room.base.Store.Presentation(ctx, iso)
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
func (room *Room) DeleteDirectory(ctx context.Context, slug string) error {
	d, err := room.base.NeedDirectory(ctx, slug)
	if err != nil {
		return err
	}
	c := room.base.Change(repertoire.CauseEdit, "Suppression du répertoire « "+d.Title+" »")
	c.Ops = append(c.Ops, store.Delete(repertoire.AggDirectory, d.ID, d.Version))
	_, err = room.base.Apply(ctx, c)
	return err
}

// SuggestCountries lists the countries whose French name, or another of theirs,
// has a word that begins with the text, as ISO code and French name.
func (room *Room) SuggestCountries(text string, limit int) []repertoire.Choice[string] {
	want := repertoire.Fold(strings.TrimSpace(text))
	var first, rest []repertoire.Choice[string]
	for _, c := range room.base.Reference.Countries() {
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

// Directories lists the répertoires with their number of partnerships.
func (room *Room) Directories(ctx context.Context) ([]DirectorySummary, error) {
	list, err := room.base.Store.Directories(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]DirectorySummary, len(list))
	for i, d := range list {
		out[i] = DirectorySummary{Slug: d.Slug, Title: d.Title, Short: d.Short, Countries: d.Countries, Partnerships: d.Partnerships}
	}
	return out, nil
}

// Directory reads a répertoire; an unknown slug is refused with those that exist.
func (room *Room) Directory(ctx context.Context, slug string) (repertoire.Directory, error) {
	return room.base.NeedDirectory(ctx, slug)
}

// SaveDirectory writes a répertoire; an empty ID creates it.
func (room *Room) SaveDirectory(ctx context.Context, d repertoire.Directory) (repertoire.Directory, error) {
	if d.Slug == "" || d.Title == "" {
		return d, repertoire.Refuse("Un répertoire a un identifiant et un titre. Rien n’a été enregistré.")
	}
	c := room.base.Change(repertoire.CauseEdit, "Répertoire « "+d.Title+" »")
	if d.ID == "" {
		d.ID = repertoire.NewID()
	}
	if err := base.Put(&c, &d, d.Version); err != nil {
		return d, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return d, err
	}
	return room.base.Store.Directory(ctx, d.Slug)
}

// Presentation reads what books say of a country (ISO code).
func (room *Room) Presentation(ctx context.Context, country string) (repertoire.Presentation, error) {
	return room.base.Store.Presentation(ctx, country)
}

// SavePresentation writes what books say of a country.
func (room *Room) SavePresentation(ctx context.Context, p repertoire.Presentation) (repertoire.Presentation, error) {
	country, ok := room.base.Reference.Country(p.Country)
	if !ok {
		return p, repertoire.Refuse("Le pays « %s » est inconnu. Rien n’a été enregistré.", p.Country)
	}
	c := room.base.Change(repertoire.CauseEdit, fmt.Sprintf("Présentation de pays (%s)", country.Name))
	p.ID = repertoire.PresentationID(p.Country)
	if err := base.Put(&c, &p, p.Version); err != nil {
		return p, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return p, err
	}
	return room.base.Store.Presentation(ctx, p.Country)
}

// DirectorySummary is one line of the sidebar and of "directories".
type DirectorySummary struct {
	Slug         string   `json:"slug"`
	Title        string   `json:"title"`
	Short        string   `json:"short"`
	Countries    []string `json:"countries"`
	Partnerships int      `json:"partnerships"`
}
