package workspace

import (
	"context"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// AuthoritySuggestion is one line of the picker.
type AuthoritySuggestion struct {
	Authority repertoire.Authority `json:"authority"`
	// Where tells homonyms apart: "Nord" in France, "Sénégal" abroad.
	Where string `json:"where"`
	// Known tells that the authority is in the base already; otherwise it
	// comes from the reference list and is adopted when chosen.
	Known bool `json:"known"`
}

// Authority reads one authority.
func (w *Workspace) Authority(ctx context.Context, id repertoire.ID) (repertoire.Authority, error) {
	return w.store.Authority(ctx, id)
}

// Authorities reads authorities by ID, leaving out those that are not there.
func (w *Workspace) Authorities(ctx context.Context, ids []repertoire.ID) (map[repertoire.ID]repertoire.Authority, error) {
	return w.store.Authorities(ctx, ids)
}

// SaveAuthority writes an authority; an empty ID creates it.
func (w *Workspace) SaveAuthority(ctx context.Context, a repertoire.Authority) (repertoire.Authority, error) {
	for _, f := range a.Validate(w.known(ctx, nil)) {
		if f.Severity == repertoire.SeverityRefuse {
			return a, &repertoire.Error{Kind: repertoire.Refused, Field: f.Field, Message: f.Message + " Rien n’a été enregistré."}
		}
	}
	c := w.change(repertoire.CauseEdit, "Collectivité : "+a.Name)
	if a.ID == "" {
		a.ID = repertoire.NewID()
	}
	if err := put(&c, &a, a.Version); err != nil {
		return a, err
	}
	if _, err := w.apply(ctx, c); err != nil {
		return a, err
	}
	return w.store.Authority(ctx, a.ID)
}

// AdoptAuthority puts a suggested authority in the base, unless it is there.
func (w *Workspace) AdoptAuthority(ctx context.Context, s AuthoritySuggestion) (repertoire.Authority, error) {
	if a, err := w.store.Authority(ctx, s.Authority.ID); err == nil {
		return a, nil
	}
	s.Authority.Version = 0
	return w.SaveAuthority(ctx, s.Authority)
}

// SuggestAuthorities completes what is typed in the picker: authorities of the
// base first, then the reference list. country is an ISO code, "" for any.
func (w *Workspace) SuggestAuthorities(ctx context.Context, text, country string, limit int) ([]AuthoritySuggestion, error) {
	found, err := w.store.FindAuthorities(ctx, text, country, limit)
	if err != nil {
		return nil, err
	}
	var out []AuthoritySuggestion
	seen := map[repertoire.ID]bool{}
	add := func(a repertoire.Authority, known bool) {
		if len(out) < limit && !seen[a.ID] {
			seen[a.ID] = true
			out = append(out, AuthoritySuggestion{Authority: a, Where: w.where(&a), Known: known})
		}
	}
	for _, a := range found {
		add(a, true)
	}
	// Who may be meant, in any form: "CD 94", "Châlons-sur-Marne", "Évry (91)".
	meant, err := w.meant(ctx, text, country)
	if err != nil {
		return nil, err
	}
	for _, c := range meant {
		add(c.Authority, c.Known)
	}
	if country == "" || country == "FR" {
		for _, s := range w.tables.SuggestFrench(text, limit) {
			add(s.Authority, false)
		}
	}
	if country != "FR" {
		for _, p := range w.tables.SuggestPlace(country, text, limit) {
			add(p.Authority(), false)
		}
	}
	return out, nil
}

// meant gives the authorities that the resolution proposes for what is typed;
// names that only differ by a letter or begin so are left to the suggestions.
func (w *Workspace) meant(ctx context.Context, text string, countries ...string) ([]reference.Candidate, error) {
	resolver := reference.NewResolver(w.tables, nil)
	var out []reference.Candidate
	for _, country := range countries {
		if country == "" {
			country = "FR"
		}
		for _, c := range resolver.Resolve(reference.Mention{Name: text, Country: country}).Candidates {
			if c.Confidence < 0.6 {
				continue
			}
			own, err := w.store.Authority(ctx, c.Authority.ID)
			switch {
			case err == nil:
				c.Authority, c.Known = own, true
			case repertoire.KindOf(err) != repertoire.NotFound:
				return nil, err
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// where tells an authority from its homonyms.
func (w *Workspace) where(a *repertoire.Authority) string {
	if a.French() {
		return a.Departement
	}
	if c, ok := w.tables.Country(a.Country); ok {
		return join(", ", a.Region, c.Name)
	}
	return a.Country
}
