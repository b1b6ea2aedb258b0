package exchange

import (
	"sort"
	"strings"
	"sync"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// Known is the Resolver of a workspace: what is in its base, then what the
// reference tables hold. It serves one import, from one goroutine.
type Known struct {
	tables *reference.Tables
	byID   map[repertoire.ID]*repertoire.Authority
	// french and foreign hold the base by folded name; foreign by country.
	french    map[string][]*repertoire.Authority
	foreign   map[string]map[string][]*repertoire.Authority
	byCode    map[string]*repertoire.Authority // "insee:commune:59350", "siren:215903501"
	inCountry map[string][]repertoire.Authority

	directories map[string]string
	themes      map[string]string // label or code -> code, filled as asked
	labels      map[string]string

	who         func() *reference.Resolver        // made when first asked
	frenchTable map[string][]repertoire.Authority // the reference by name, made when first asked
	placeTables map[string]map[string][]*reference.Place
}

// Base is what of a workspace an import needs.
type Base struct {
	Authorities []repertoire.Authority
	Directories []repertoire.Directory
	Themes      []repertoire.Theme // nil for those of the reference
}

// NewKnown indexes a base. It keeps Authorities, which must not be changed
// while it is used.
func NewKnown(tables *reference.Tables, base Base) *Known {
	k := &Known{tables: tables, byID: map[repertoire.ID]*repertoire.Authority{}, french: map[string][]*repertoire.Authority{},
		foreign: map[string]map[string][]*repertoire.Authority{}, byCode: map[string]*repertoire.Authority{},
		inCountry:   map[string][]repertoire.Authority{},
		directories: map[string]string{}, themes: map[string]string{}, labels: map[string]string{},
		placeTables: map[string]map[string][]*reference.Place{}}
	k.who = sync.OnceValue(func() *reference.Resolver { return reference.NewResolver(tables, base.Authorities) })
	for i := range base.Authorities {
		k.addAuthority(&base.Authorities[i])
	}
	for _, d := range base.Directories {
		for _, name := range []string{d.Slug, d.Title, d.Short} {
			k.directories[reference.Key(name)] = d.Slug
		}
	}
	themes := base.Themes
	if themes == nil {
		themes = tables.Themes()
	}
	for _, t := range themes {
		k.labels[t.Code] = t.Label
		k.themes[reference.Key(t.Code)] = t.Code
	}
	for _, t := range themes {
		if key := reference.Key(t.Label); k.themes[key] == "" {
			k.themes[key] = t.Code
		}
	}
	return k
}

func (k *Known) addAuthority(a *repertoire.Authority) {
	k.byID[a.ID] = a
	if a.INSEE != "" {
		k.byCode["insee:"+string(a.Level)+":"+a.INSEE] = a
	}
	if a.SIREN != "" {
		k.byCode["siren:"+a.SIREN] = a
	}
	names := k.french
	if !a.French() {
		k.inCountry[a.Country] = append(k.inCountry[a.Country], *a)
		if names = k.foreign[a.Country]; names == nil {
			names = map[string][]*repertoire.Authority{}
			k.foreign[a.Country] = names
		}
	}
	seen := map[string]bool{"": true}
	for _, name := range append([]string{a.Name, a.NativeName}, a.OtherNames...) {
		if key := reference.Key(name); !seen[key] {
			seen[key] = true
			names[key] = append(names[key], a)
		}
	}
}

// Authority gives an authority of the base.
func (k *Known) Authority(id repertoire.ID) *repertoire.Authority { return k.byID[id] }

// Who tells which authority is meant.
func (k *Known) Who(m reference.Mention) reference.Answer { return k.who().Resolve(m) }

// WhichCountry tells which country a text names.
func (k *Known) WhichCountry(text string, likely ...string) reference.CountryAnswer {
	a := k.tables.ResolveCountry(text, likely...)
	if _, sure := a.Certain(); !sure {
		if iso := countriesAbroad()[foldHeading(text)]; iso != "" {
			return k.tables.ResolveCountry(iso, likely...)
		}
	}
	return a
}

// French answers by code from the base then the reference; by name from both.
func (k *Known) French(q FrenchQuery) []repertoire.Authority {
	switch {
	case q.INSEE != "":
		return k.frenchByINSEE(q)
	case q.SIREN != "":
		if a := k.byCode["siren:"+q.SIREN]; a != nil {
			return []repertoire.Authority{*a}
		}
		if a, ok := k.tables.BySIREN(q.SIREN); ok {
			return []repertoire.Authority{k.mine(a)}
		}
		return nil
	}
	key := reference.Key(q.Name)
	var out []repertoire.Authority
	seen := map[repertoire.ID]bool{}
	add := func(a repertoire.Authority) {
		if !seen[a.ID] && (q.Level == "" || a.Level == q.Level) {
			seen[a.ID] = true
			out = append(out, a)
		}
	}
	for _, a := range k.french[key] {
		add(*a)
	}
	for _, a := range k.frenchNames()[key] {
		add(k.mine(a))
	}
	return preferUsual(out, key)
}

func (k *Known) frenchByINSEE(q FrenchQuery) []repertoire.Authority {
	levels := []repertoire.Level{q.Level}
	if q.Level == "" {
		levels = []repertoire.Level{repertoire.LevelCommune, repertoire.LevelDepartement, repertoire.LevelRegion, repertoire.LevelMetropole,
			repertoire.LevelOther}
	}
	for _, level := range levels {
		if a := k.byCode["insee:"+string(level)+":"+q.INSEE]; a != nil {
			return []repertoire.Authority{*a}
		}
		if a, ok := k.tables.ByINSEE(level, q.INSEE); ok {
			return []repertoire.Authority{k.mine(a)}
		}
	}
	return nil
}

// mine gives the base's own version of a reference authority, when it has one.
func (k *Known) mine(a repertoire.Authority) repertoire.Authority {
	if own := k.byID[a.ID]; own != nil {
		return *own
	}
	return a
}

func (k *Known) frenchNames() map[string][]repertoire.Authority {
	if k.frenchTable == nil {
		k.frenchTable = map[string][]repertoire.Authority{}
		for _, a := range k.tables.FrenchAuthorities() {
			for _, name := range append([]string{a.Name}, a.OtherNames...) {
				key := reference.Key(name)
				k.frenchTable[key] = append(k.frenchTable[key], a)
			}
		}
	}
	return k.frenchTable
}

// preferUsual leaves out those that only once bore the name, when others bear
// it now.
func preferUsual(list []repertoire.Authority, key string) []repertoire.Authority {
	var own []repertoire.Authority
	for _, a := range list {
		if reference.Key(a.Name) == key {
			own = append(own, a)
		}
	}
	if len(own) == 0 {
		return list
	}
	return own
}

// Foreign answers from the base; when it has nothing, from the places of the
// country: those of that very name, else those that also bear it.
func (k *Known) Foreign(country, name string) []repertoire.Authority {
	key := reference.Key(name)
	var out []repertoire.Authority
	for _, a := range k.foreign[country][key] {
		out = append(out, *a)
	}
	if len(out) > 0 {
		return preferUsual(out, key)
	}
	for _, p := range k.places(country)[key] {
		out = append(out, k.mine(p.Authority()))
	}
	return out
}

// places indexes a country by name; for each name towns come before divisions
// and populous ones first, as the reference lists them.
func (k *Known) places(country string) map[string][]*reference.Place {
	if t, ok := k.placeTables[country]; ok {
		return t
	}
	t := map[string][]*reference.Place{}
	k.placeTables[country] = t
	list := k.tables.Places(country)
	others := map[string][]*reference.Place{}
	for i := range list {
		p := &list[i]
		key := reference.Key(p.Name)
		t[key] = append(t[key], p)
		if native := reference.Key(p.Native); native != key && native != "" {
			others[native] = append(others[native], p)
		}
		for _, name := range p.Others {
			if o := reference.Key(name); o != key && o != "" {
				others[o] = append(others[o], p)
			}
		}
	}
	for key, found := range others {
		if len(t[key]) == 0 {
			t[key] = found
		}
	}
	for _, found := range t {
		sort.SliceStable(found, func(i, j int) bool {
			if found[i].IsDivision != found[j].IsDivision {
				return !found[i].IsDivision
			}
			return found[i].Population > found[j].Population
		})
	}
	return t
}

// ForeignIn lists the base's authorities of a country.
func (k *Known) ForeignIn(country string) []repertoire.Authority { return k.inCountry[country] }

// Country reads a name in any usual form, or a code.
func (k *Known) Country(text string) (string, bool) {
	c, ok := k.WhichCountry(text).Certain()
	return c.ISO2, ok
}

// CountryName gives the French name.
func (k *Known) CountryName(iso string) string { return k.tables.CountryName(iso) }

// Theme reads a code or a label; a piece of a label will do when it means one
// theme only.
func (k *Known) Theme(text string) (string, bool) {
	key := reference.Key(text)
	code, asked := k.themes[key]
	if !asked {
		if t, ok := k.tables.FindTheme(text); ok && k.labels[t.Code] != "" {
			code = t.Code
		}
		k.themes[key] = code
	}
	return code, code != ""
}

// ThemeLabel gives the label of a code.
func (k *Known) ThemeLabel(code string) string { return k.labels[code] }

// Directory reads a slug, a title, a short name, or a title without its first
// words ("franco-malgaches").
func (k *Known) Directory(text string) (string, bool) {
	key := reference.Key(text)
	if slug, ok := k.directories[key]; ok {
		return slug, true
	}
	found := ""
	for title, slug := range k.directories {
		if key != "" && strings.HasSuffix(title, " "+key) {
			if found != "" && found != slug {
				return "", false
			}
			found = slug
		}
	}
	return found, found != ""
}

// Names gives what an export needs.
func (k *Known) Names() Names {
	return Names{Authority: k.Authority, Theme: k.ThemeLabel, Country: k.CountryName}
}
