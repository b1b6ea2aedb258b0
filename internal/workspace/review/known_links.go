package review

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// KnownLink is a partnership that a public list knows.
type KnownLink struct {
	Key     string `json:"key"`
	French  string `json:"french"`
	Foreign string `json:"foreign"`
	Country string `json:"country"`
	Source  string `json:"source"`
	// Partnership is the one of the base that is this link, "" when it has none.
	Partnership repertoire.ID `json:"partnership,omitempty"`
	Aside       bool          `json:"aside,omitempty"` // put aside for good
	Successor   bool          `json:"successor,omitempty"`

	link reference.Twinning
}

// KnownLinks is what a public list knows of a répertoire's countries.
type KnownLinks struct {
	Directory string      `json:"directory"`
	Country   string      `json:"country,omitempty"` // its name, when the répertoire has one country
	Source    string      `json:"source"`
	Known     int         `json:"known"`   // links that were not put aside
	Present   int         `json:"present"` // those of them that the base has
	Missing   []KnownLink `json:"missing"`
	Aside     []KnownLink `json:"aside"`
	Doubtful  []string    `json:"doubtful,omitempty"` // of a list given by file: what could not be told
}

// Share is how much of what is known the répertoire has, in percent; 100 when
// nothing is known.
func (k KnownLinks) Share() int {
	if k.Known == 0 {
		return 100
	}
	return 100 * k.Present / k.Known
}

// KnownLinks compares a répertoire with the links that the reference knows, or
// with those of a newer list of the same columns.
func (room *Room) KnownLinks(ctx context.Context, slug, list string) (out KnownLinks, err error) {
	defer func() { err = base.Stopped(err) }()
	d, err := room.base.NeedDirectory(ctx, slug)
	if err != nil {
		return out, err
	}
	out = KnownLinks{Directory: d.Slug, Source: reference.TwinningSource, Missing: []KnownLink{}, Aside: []KnownLink{}}
	if len(d.Countries) == 1 {
		out.Country = room.base.CountryName(d.Countries[0])
	}
	links := room.base.Reference.Twinnings(d.Countries...)
	if list != "" {
		raw, err := os.ReadFile(list)
		if err != nil {
			return out, &repertoire.Error{Kind: repertoire.NotFound, File: list, Err: err,
				Message: fmt.Sprintf("La liste « %s » ne peut pas être lue ; rien n’a été changé.", list)}
		}
		all, doubtful, err := room.base.Reference.ReadTwinnings(ctx, string(raw))
		if err != nil {
			return out, err
		}
		if len(all) == 0 {
			return out, repertoire.Refuse(
				"« %s » ne contient aucun lien lisible : une ligne donne, entre des tabulations, la commune, sa latitude, sa longitude, le partenaire, son pays, sa latitude et sa longitude.", list)
		}
		out.Source, out.Doubtful = "liste « "+filepath.Base(list)+" »", doubtful // printed: not the officer's folders
		links = slices.DeleteFunc(all, func(l reference.Twinning) bool { return !slices.Contains(d.Countries, l.Country) })
	}
	have, err := room.linked(ctx)
	if err != nil {
		return out, err
	}
	for _, l := range links {
		french, foreign, ok := room.base.Reference.Sides(l)
		if !ok {
			continue
		}
		x := KnownLink{Key: l.Key(), French: reference.Label(&french), Foreign: foreign.Name, Country: l.Country, Source: out.Source,
			Successor: l.Successor, link: l, Partnership: have.find(&french, &foreign, l.Label)}
		switch {
		case x.Partnership != "":
			out.Known++
			out.Present++
		case slices.Contains(d.Aside, x.Key):
			x.Aside = true
			out.Aside = append(out.Aside, x)
		default:
			out.Known++
			out.Missing = append(out.Missing, x)
		}
	}
	sort.SliceStable(out.Missing, func(i, j int) bool { return repertoire.Less(out.Missing[i].French, out.Missing[j].French) })
	return out, nil
}

// links finds the partnerships of a base by the authorities they join.
type links struct {
	byFrench map[string][]joined // INSEE code
}

type joined struct {
	id      repertoire.ID
	foreign repertoire.Authority
}

func (room *Room) linked(ctx context.Context) (*links, error) {
	authorities, err := room.base.Store.Authorities(ctx, nil)
	if err != nil {
		return nil, err
	}
	l := &links{byFrench: map[string][]joined{}}
	err = room.base.Store.EachJoined(ctx, func(j store.Joined) error {
		if a := authorities[j.French]; a.INSEE != "" {
			key := string(a.Level) + ":" + a.INSEE
			l.byFrench[key] = append(l.byFrench[key], joined{j.Partnership, authorities[j.Foreign]})
		}
		return ctx.Err()
	})
	return l, err
}

// find gives the partnership that joins two authorities: the foreign one is
// told by its identifier, its place or any of its names.
func (l *links) find(french, foreign *repertoire.Authority, label string) repertoire.ID {
	for _, j := range l.byFrench[string(french.Level)+":"+french.INSEE] {
		a := j.foreign
		if a.ID == foreign.ID {
			return j.id
		}
		if a.Country != foreign.Country {
			continue
		}
		names := append([]string{foreign.Name, label}, foreign.OtherNames...)
		for _, name := range append([]string{a.Name}, a.OtherNames...) {
			if slices.ContainsFunc(names, func(n string) bool { return reference.Key(n) == reference.Key(name) }) {
				if km, placed := reference.Kilometres(&a, foreign); !placed || km <= apartBy {
					return j.id
				}
			}
		}
	}
	return ""
}

// KnownAdded says what was started from the known links.
type KnownAdded struct {
	Added  int           `json:"added"`
	Change repertoire.ID `json:"change,omitempty"`
}

// AddKnownLinks starts the partnerships of some known links (their keys, all
// missing ones when nil), as one change. They are marked as coming from the
// list and stay to be verified.
func (room *Room) AddKnownLinks(ctx context.Context, slug, list string, keys []string) (done KnownAdded, err error) {
	defer func() { err = base.Stopped(err) }()
	known, err := room.KnownLinks(ctx, slug, list)
	if err != nil {
		return done, err
	}
	have, err := room.base.Store.Authorities(ctx, nil)
	if err != nil {
		return done, err
	}
	mine := make([]repertoire.Authority, 0, len(have))
	for _, a := range have {
		mine = append(mine, a)
	}
	resolver := reference.NewResolver(room.base.Reference, mine)
	c := room.base.Change(repertoire.CauseImport, fmt.Sprintf("Liens connus ailleurs, répertoire « %s »", slug))
	made := map[repertoire.ID]bool{}
	need := func(a repertoire.Authority) (repertoire.ID, error) {
		if own := resolver.Own(&a); own != nil {
			return own.ID, nil
		}
		if made[a.ID] {
			return a.ID, nil
		}
		made[a.ID] = true
		return a.ID, base.Put(&c, &a, 0)
	}
	for _, x := range known.Missing {
		if keys != nil && !slices.Contains(keys, x.Key) {
			continue
		}
		french, foreign, _ := room.base.Reference.Sides(x.link)
		f, err := need(french)
		if err != nil {
			return done, err
		}
		z, err := need(foreign)
		if err != nil {
			return done, err
		}
		p := repertoire.Partnership{ID: repertoire.NewID(), Directories: []string{slug}, Type: repertoire.TypeTwinning, Created: c.At,
			Updated: c.At,
			Parties: []repertoire.Party{{Authority: f, Side: repertoire.SideFrench, Lead: true},
				{Authority: z, Side: repertoire.SideForeign, Lead: true}},
			Source: known.Source + ", à vérifier"}
		if err := base.Put(&c, &p, 0); err != nil {
			return done, err
		}
		done.Added++
	}
	if done.Added == 0 {
		return done, nil
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return KnownAdded{}, err
	}
	done.Change = c.ID
	return done, nil
}

// SetKnownAside puts known links aside for good, or takes them back; it is a
// change like any other.
func (room *Room) SetKnownAside(ctx context.Context, slug string, keys []string, aside bool) error {
	d, err := room.base.NeedDirectory(ctx, slug)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if !strings.Contains(key, "~") {
			return repertoire.Refuse("« %s » n’est pas la clé d’un lien connu : prenez celles que donne la liste. Rien n’a été changé.",
				key)
		}
		d.Aside = slices.DeleteFunc(d.Aside, func(k string) bool { return k == key })
		if aside {
			d.Aside = append(d.Aside, key)
		}
	}
	slices.Sort(d.Aside)
	_, err = room.records.SaveDirectory(ctx, d)
	return err
}
