package partnerships

import (
	"slices"

	"repertoire/internal/repertoire"
)

// createAuthority opens the editor on a new authority: the official lists hold
// no syndicats, and abroad they end where our sources do.
func (f *Form) createAuthority(name string, side repertoire.Side) {
	if f.draft == nil {
		return
	}
	a := repertoire.Authority{Name: name, Article: -1, Country: "FR", Level: repertoire.LevelSyndicat}
	if side == repertoire.SideForeign {
		a.Country, a.Level = f.usualCountry(), repertoire.LevelCommune
	}
	x := newAuthorityEditor(f, f.door, a)
	x.side = side
	x.show(0)
}

// usualCountry guesses the partner's country from the répertoire, "" when it
// has several.
func (f *Form) usualCountry() string {
	if list := f.likelyCountries(); len(list) == 1 {
		return list[0]
	}
	return ""
}

// likelyCountries are those of the partners the entry has, then of the
// répertoires it is in.
func (f *Form) likelyCountries() []string {
	var out []string
	add := func(iso string) {
		if iso != "" && iso != "FR" && !slices.Contains(out, iso) {
			out = append(out, iso)
		}
	}
	for _, id := range f.draft.now.PartiesOn(repertoire.SideForeign) {
		add(f.authorities[id].Country)
	}
	if len(out) > 0 {
		return out
	}
	for _, d := range f.directories {
		if slices.Contains(f.draft.now.Directories, d.Slug) {
			for _, iso := range d.Countries {
				add(iso)
			}
		}
	}
	return out
}
