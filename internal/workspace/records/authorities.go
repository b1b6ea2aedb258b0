package records

import (
	"context"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
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
func (room *Room) Authority(ctx context.Context, id repertoire.ID) (repertoire.Authority, error) {
	return room.base.Store.Authority(ctx, id)
}

// Authorities reads authorities by ID, leaving out those that are not there.
func (room *Room) Authorities(ctx context.Context, ids []repertoire.ID) (map[repertoire.ID]repertoire.Authority, error) {
	return room.base.Store.Authorities(ctx, ids)
}

// SaveAuthority writes an authority; an empty ID creates it.
func (room *Room) SaveAuthority(ctx context.Context, a repertoire.Authority) (repertoire.Authority, error) {
	for _, f := range a.Validate(room.base.Known(ctx, nil)) {
		if f.Severity == repertoire.SeverityRefuse {
			return a, &repertoire.Error{Kind: repertoire.Refused, Field: f.Field, Message: f.Message + " Rien n’a été enregistré."}
		}
	}
	c := room.base.Change(repertoire.CauseEdit, "Collectivité : "+a.Name)
	if a.ID == "" {
		a.ID = repertoire.NewID()
	}
	if err := base.Put(&c, &a, a.Version); err != nil {
		return a, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return a, err
	}
	return room.base.Store.Authority(ctx, a.ID)
}

// AdoptAuthority puts a suggested authority in the base, unless it is there.
func (room *Room) AdoptAuthority(ctx context.Context, s AuthoritySuggestion) (repertoire.Authority, error) {
	if a, err := room.base.Store.Authority(ctx, s.Authority.ID); err == nil {
		return a, nil
	}
	s.Authority.Version = 0
	return room.SaveAuthority(ctx, s.Authority)
}

// SuggestAuthorities completes what is typed in the picker: authorities of the
// base first, then the reference list. country is an ISO code, "" for any.
func (room *Room) SuggestAuthorities(ctx context.Context, text, country string, limit int) ([]AuthoritySuggestion, error) {
	found, err := room.base.Store.FindAuthorities(ctx, text, country, limit)
	if err != nil {
		return nil, err
	}
	var out []AuthoritySuggestion
	seen := map[repertoire.ID]bool{}
	add := func(a repertoire.Authority, known bool) {
		if len(out) < limit && !seen[a.ID] {
			seen[a.ID] = true
			out = append(out, AuthoritySuggestion{Authority: a, Where: room.base.Where(&a), Known: known})
		}
	}
	for _, a := range found {
		add(a, true)
	}
	// Who may be meant, in any form: "CD 94", "Châlons-sur-Marne", "Évry (91)".
	meant, err := room.meant(ctx, text, country)
	if err != nil {
		return nil, err
	}
	for _, c := range meant {
		add(c.Authority, c.Known)
	}
	if country == "" || country == "FR" {
		for _, s := range room.base.Reference.SuggestFrench(text, limit) {
			add(s.Authority, false)
		}
	}
	if country != "FR" {
		for _, p := range room.base.Reference.SuggestPlace(country, text, limit) {
			add(p.Authority(), false)
		}
	}
	return out, nil
}

// meant gives the authorities that the resolution proposes for what is typed;
// names that only differ by a letter or begin so are left to the suggestions.
func (room *Room) meant(ctx context.Context, text string, countries ...string) ([]reference.Candidate, error) {
	resolver := reference.NewResolver(room.base.Reference, nil)
	var out []reference.Candidate
	for _, country := range countries {
		if country == "" {
			country = "FR"
		}
		for _, c := range resolver.Resolve(reference.Mention{Name: text, Country: country}).Candidates {
			if c.Confidence < 0.6 {
				continue
			}
			own, err := room.base.Store.Authority(ctx, c.Authority.ID)
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
