package book

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// entry is a partnership made ready to be set: its authorities found, its
// contacts reduced to what may be printed.
type entry struct {
	p       repertoire.Partnership
	anchor  string
	title   string
	french  []repertoire.Authority // leads first
	foreign []repertoire.Authority
	country string             // ISO code of the chapter it stands in, "" unknown
	also    []string           // ISO codes of its other countries
	density repertoire.Density // never auto once chosen, see density.go
}

// origin names a field of the entry.
func (e *entry) origin(field string) layout.Origin {
	return layout.Origin{Entry: string(e.p.ID), Title: e.title, Field: field}
}

// frozen keeps of the partnerships what a book may show. It is the one gate
// through which contacts pass: what is not publishable is gone after it.
func (c *composer) frozen() {
	seen := map[repertoire.ID]bool{}
	for _, p := range c.in.Partnerships {
		if seen[p.ID] {
			c.notice(NoticeDuplicate, layout.Origin{Entry: string(p.ID)},
				"La fiche %s est donnée deux fois : elle n’est imprimée qu’une fois.", p.ID)
			continue
		}
		seen[p.ID] = true
		c.entries = append(c.entries, c.entryOf(p))
	}
	c.order()
	c.findTwins()
}

func (c *composer) entryOf(p repertoire.Partnership) *entry {
	hidden := map[string]string{}
	var contacts []repertoire.Contact
	for i, person := range p.Contacts {
		kept, ok := person.Published()
		if ok {
			contacts = append(contacts, kept)
			continue
		}
		hidden[fmt.Sprintf("contacts.%d", i)] = person.Name
	}
	all := p.Contacts
	p.Contacts = contacts
	// What is for the desk alone is not carried further either.
	p.Notes, p.Confirmations, p.Attachments = "", nil, nil
	e := &entry{p: p, anchor: "fiche-" + string(p.ID)}
	e.french = c.side(e, repertoire.SideFrench)
	e.foreign = c.side(e, repertoire.SideForeign)
	e.title = c.titleOf(e)
	c.placeInCountries(e)
	for _, x := range contacts {
		c.report.Named = append(c.report.Named, Named{Contact: x.ID, Name: x.Name, Partnership: p.ID, Title: e.title})
	}
	c.check(e)
	for _, field := range sortedKeys(hidden) {
		c.notice(NoticeContact, e.origin(field), "Un interlocuteur de la fiche n’est pas publiable : il n’est pas imprimé.")
	}
	c.checkTexts(e, all)
	return e
}

// side finds the authorities of one side, leads first.
func (c *composer) side(e *entry, s repertoire.Side) []repertoire.Authority {
	var out []repertoire.Authority
	for _, id := range e.p.PartiesOn(s) {
		a, ok := c.in.Authorities[id]
		if !ok {
			c.notice(NoticeParty, e.origin("parties"),
				"Une collectivité de la fiche est introuvable dans la base : la fiche est imprimée sans elle.")
			continue
		}
		a.Notes = ""
		a.Name = oneLine(a.Name)
		// A code is not the name of a region: overseas land without one had its own.
		if _, err := strconv.Atoi(strings.TrimSpace(a.Region)); err == nil {
			a.Region = ""
		}
		if a.Name == "" {
			a.Name = "Collectivité sans nom"
		}
		out = append(out, a)
	}
	return out
}

func (c *composer) titleOf(e *entry) string {
	if t := oneLine(e.p.Title); t != "" {
		return strings.ReplaceAll(t, "'", "’")
	}
	names := func(side []repertoire.Authority) string {
		if len(side) == 0 {
			return "?"
		}
		out := make([]string, len(side))
		for i := range side {
			out[i] = side[i].Usual()
		}
		return strings.Join(out, ", ")
	}
	return names(e.french) + " – " + names(e.foreign)
}

// order sorts the entries as the book shows them: by country when there are
// several, then by French authority, or by partner when the directory says so.
func (c *composer) order() {
	keys := make(map[*entry][]byte, len(c.entries))
	for _, e := range c.entries {
		french, foreign := "", ""
		if len(e.french) > 0 {
			french = e.french[0].IndexName()
		}
		if len(e.foreign) > 0 {
			foreign = e.foreign[0].IndexName()
		}
		first, second := french, foreign
		if c.in.Directory.ByPartner {
			first, second = foreign, french
		}
		var key []byte
		if c.manyCountries() {
			key = append(append(key, repertoire.SortKey(c.country(e.country).Name)...), 0, 0)
		}
		key = append(append(key, repertoire.SortKey(first)...), 0, 0)
		key = append(append(key, repertoire.SortKey(second)...), 0, 0)
		keys[e] = append(append(key, repertoire.SortKey(e.title)...), e.p.ID...)
	}
	sort.SliceStable(c.entries, func(i, j int) bool { return bytes.Compare(keys[c.entries[i]], keys[c.entries[j]]) < 0 })
}

// manyCountries tells whether the book has country chapters.
func (c *composer) manyCountries() bool { return len(c.countries) > 1 }

// placeInCountries puts the entry in the chapter of its first partner that
// belongs to the book: a triangular partnership of a Senegalese and a
// Mauritanian authority does not make Mauritania a chapter of the Senegalese
// book.
func (c *composer) placeInCountries(e *entry) {
	seen := map[string]bool{}
	for _, a := range e.foreign {
		if !seen[a.Country] {
			seen[a.Country] = true
			e.also = append(e.also, a.Country)
		}
	}
	for i, iso := range e.also {
		if slices.Contains(c.countries, iso) {
			e.country = iso
			e.also = slices.Delete(e.also, i, i+1)
			return
		}
	}
	if len(e.also) > 0 {
		e.country, e.also = e.also[0], e.also[1:]
	}
}

// listCountries gives the countries of the book in French order: those of the
// directory, and those of entries that have no party in any of them.
func (c *composer) listCountries() []string {
	seen := map[string]bool{}
	var out []string
	add := func(iso string) {
		if iso != "" && iso != "FR" && !seen[iso] {
			seen[iso] = true
			out = append(out, iso)
		}
	}
	own := c.in.Directory.Countries
	for _, iso := range own {
		add(iso)
	}
	for _, p := range c.in.Partnerships {
		var abroad []string
		inside := false
		for _, q := range p.Parties {
			if q.Side == repertoire.SideForeign {
				iso := c.in.Authorities[q.Authority].Country
				abroad = append(abroad, iso)
				inside = inside || slices.Contains(own, iso)
			}
		}
		if inside {
			continue
		}
		for _, iso := range abroad {
			add(iso)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return repertoire.Less(c.country(out[i]).Name, c.country(out[j]).Name) })
	return out
}

// findTwins notices entries that join the same authorities.
func (c *composer) findTwins() {
	seen := map[string]*entry{}
	for _, e := range c.entries {
		if len(e.french) == 0 || len(e.foreign) == 0 {
			continue
		}
		var ids []string
		for _, q := range e.p.Parties {
			ids = append(ids, string(q.Authority))
		}
		sort.Strings(ids)
		key := strings.Join(ids, " ")
		if first := seen[key]; first != nil {
			c.notice(NoticeDuplicate, e.origin("parties"), "Deux fiches unissent les mêmes collectivités : « %s » et « %s ».", first.title,
				e.title)
			continue
		}
		seen[key] = e
	}
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
