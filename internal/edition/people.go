package edition

import (
	"strings"

	"repertoire/internal/repertoire"
)

// Capacity says as what somebody is named in a book.
type Capacity string

// The capacities.
const (
	AsContact   Capacity = "interlocuteur"
	AsAuthor    Capacity = "editorial"
	AsPresident Capacity = "presidence"
	AsDirector  Capacity = "direction"
	AsQuoted    Capacity = "citation"
)

// Capacities are the choices with their French names.
var Capacities = repertoire.Choices[Capacity]{{Value: AsContact, Label: "Interlocuteur"},
	{Value: AsQuoted, Label: "Citation"},
	{Value: AsAuthor, Label: "Signature d’un éditorial"},
	{Value: AsPresident, Label: "Présidence de groupe-pays"}, {Value: AsDirector, Label: "Direction de la publication"}}

// Person is somebody an edition names. Contact, Partnership and Title are those
// of an AsContact, the last two of an AsQuoted.
type Person struct {
	Name        string
	Capacity    Capacity
	Contact     repertoire.ID
	Partnership repertoire.ID
	Title       string // of the entry
}

// People lists who is named in the edition's own fields. Texts may name others:
// see Mentions.
func (s *Snapshot) People() []Person {
	var out []Person
	add := func(name string, as Capacity) {
		if strings.TrimSpace(name) != "" {
			out = append(out, Person{Name: name, Capacity: as})
		}
	}
	for _, e := range s.Directory.Editorial {
		add(e.Author, AsAuthor)
	}
	for _, g := range s.Directory.Groups {
		add(g.President, AsPresident)
	}
	add(s.Directory.Imprint.Director, AsDirector)
	state := s.State()
	for i := range s.Partnerships {
		p := &s.Partnerships[i]
		for _, c := range p.Contacts {
			out = append(out, Person{Name: c.Name, Capacity: AsContact, Contact: c.ID, Partnership: p.ID,
				Title: p.DisplayTitle(state.Authority)})
		}
		for _, q := range p.Quotes {
			if strings.TrimSpace(q.Author) != "" {
				out = append(out, Person{Name: q.Author, Capacity: AsQuoted, Partnership: p.ID, Title: p.DisplayTitle(state.Authority)})
			}
		}
	}
	return out
}

// Mention is a text of the edition that names somebody. ID and Title are of the
// entry, the authority, the country's presentation or the répertoire.
type Mention struct {
	Named
	Aggregate repertoire.Aggregate
	Path      string // "projects.0.results"
	Label     string // of the field: "Projets"
}

// Mentions lists every text that names who is meant, as it is printed, whatever
// case, accents and Markdown: an erasure must also know of these. People's own
// fields are not told twice, and a record's field is told once.
func (s *Snapshot) Mentions(name string) []Mention {
	named := naming(name)
	if named == nil {
		return nil
	}
	var out []Mention
	earlier := false
	look := func(d *repertoire.Declaration, record any, of Named) {
		last := ""
		d.Texts(record, func(t repertoire.TextAt) {
			if !t.Field.Named() || !earlier && isPerson(d, t) || t.Top.Name == last || !named(*t.Text) {
				return
			}
			last = t.Top.Name
			out = append(out, Mention{of, repertoire.Aggregate(d.Name), t.Path, t.Top.Label})
		})
	}
	look(repertoire.DeclaredDirectory, &s.Directory, Named{s.Directory.ID, s.Directory.Title})
	for i := range s.Presentations {
		look(repertoire.DeclaredPresentation, &s.Presentations[i], Named{s.Presentations[i].ID, s.Presentations[i].Country})
	}
	find := s.State().Authority
	records := func(partnerships []repertoire.Partnership, authorities []repertoire.Authority) {
		for i := range partnerships {
			look(repertoire.DeclaredPartnership, &partnerships[i], Named{partnerships[i].ID, partnerships[i].DisplayTitle(find)})
		}
		for i := range authorities {
			look(repertoire.DeclaredAuthority, &authorities[i], Named{authorities[i].ID, authorities[i].Usual()})
		}
	}
	records(s.Partnerships, s.Authorities)
	for i := range s.Themes {
		look(repertoire.DeclaredTheme, &s.Themes[i], Named{repertoire.ThemeID(s.Themes[i].Code), s.Themes[i].Label})
	}
	if s.Previous != nil {
		earlier = true // People are those of the edition itself
		records(s.Previous.Partnerships, s.Previous.Authorities)
	}
	return out
}

// naming recognises a full name, an address or a number; of less than that, any
// text that holds it.
func naming(name string) func(string) bool {
	part := repertoire.AsPrinted(name)
	if part == "" {
		return nil
	}
	p, err := repertoire.NewPerson(name)
	return func(s string) bool { return err == nil && p.In(s) || strings.Contains(repertoire.AsPrinted(s), part) }
}

// isPerson tells whether a text is a person's own name, which People lists.
func isPerson(d *repertoire.Declaration, t repertoire.TextAt) bool {
	switch d.Name + " " + t.Top.Name + " " + t.Field.Name {
	case "partnership contacts name", "partnership quotes author", "directory editorial author", "directory groups president",
		"directory imprint director":
		return true
	}
	return false
}
