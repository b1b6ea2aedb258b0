package records

import (
	"context"
	"slices"
	"strings"

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
	// Why says for what reasons it answers what was typed; Doubt that it is
	// one of those that may be meant, so that nobody takes it unawares.
	Why   string `json:"why,omitempty"`
	Doubt bool   `json:"doubt,omitempty"`
	// Written is the spelling typed, when it is another name of the authority:
	// it is the name that one that is adopted keeps.
	Written string `json:"written,omitempty"`
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
	return room.SaveAuthority(ctx, s.Adopted())
}

// Adopted is the authority as a base begins to have it: under the spelling that
// was typed, the reference's among its other names.
func (s AuthoritySuggestion) Adopted() repertoire.Authority {
	a := s.Authority
	a.Version = 0
	if s.Written != "" && s.Written != a.Name {
		others := slices.DeleteFunc(slices.Clone(a.OtherNames), func(n string) bool { return n == s.Written })
		a.OtherNames = append([]string{a.Name}, others...)
		a.Name, a.Article = s.Written, -1
	}
	return a
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
	doubtBeginnings(out, meant, text)
	for _, c := range meant {
		n := len(out)
		if add(c.Authority, c.Known); len(out) > n {
			out[n].tell(c, text)
		}
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

// doubtBeginnings says of the base's own authorities whose name only begins as
// what is typed that they are not all that it may mean: Nogent-sur-Seine is
// here, and Nogent is another.
func doubtBeginnings(have []AuthoritySuggestion, meant []meaning, typed string) {
	if len(meant) == 0 {
		return
	}
	for i := range have {
		a := &have[i].Authority
		names := append([]string{a.Name, a.NativeName}, a.OtherNames...)
		if !slices.ContainsFunc(names, func(n string) bool { return n != "" && reference.Key(n) == reference.Key(typed) }) &&
			!slices.ContainsFunc(meant, func(c meaning) bool { return c.Authority.ID == a.ID }) {
			have[i].Doubt, have[i].Why = true, reference.Reason{Kind: reference.ReasonPartOfName}.String()
		}
	}
}

// meaning is a candidate of a resolution that is sure or not.
type meaning struct {
	reference.Candidate
	sure bool
}

// tell says of a suggestion why it answers what is typed. One that the base
// has was called so by somebody: it is no guess.
func (s *AuthoritySuggestion) tell(c meaning, typed string) {
	if c.Known {
		return
	}
	s.Doubt = !c.sure
	if !c.Has(reference.ReasonName) || s.Doubt {
		s.Why = c.Why()
	}
	if c.Has(reference.ReasonOtherName) && !c.Authority.French() {
		s.Written = strings.Join(strings.Fields(typed), " ")
	}
}

// meant gives the authorities that the resolution proposes for what is typed;
// names that only differ by a letter or begin so are left to the suggestions.
func (room *Room) meant(ctx context.Context, text string, countries ...string) ([]meaning, error) {
	resolver := reference.NewResolver(room.base.Reference, nil)
	var out []meaning
	for _, country := range countries {
		if country == "" {
			country = "FR"
		}
		answer := resolver.Resolve(reference.Mention{Name: text, Country: country})
		for i, c := range answer.Candidates {
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
			out = append(out, meaning{c, answer.Verdict == reference.Sure && i == 0})
		}
	}
	return out, nil
}
