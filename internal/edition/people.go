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
)

// Capacities are the choices with their French names.
var Capacities = repertoire.Choices[Capacity]{{Value: AsContact, Label: "Interlocuteur"}, {Value: AsAuthor, Label: "Signature d’un éditorial"},
	{Value: AsPresident, Label: "Présidence de groupe-pays"}, {Value: AsDirector, Label: "Direction de la publication"}}

// Person is somebody an edition names. Contact, Partnership and Title are those
// of an AsContact alone.
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
			out = append(out, Person{Name: c.Name, Capacity: AsContact, Contact: c.ID, Partnership: p.ID, Title: p.DisplayTitle(state.Authority)})
		}
	}
	return out
}

// Mentions lists the entries whose texts hold name, whatever case and accents:
// an erasure must also know of these.
func (s *Snapshot) Mentions(name string) []Named {
	want := repertoire.Fold(strings.TrimSpace(name))
	if want == "" {
		return nil
	}
	state := s.State()
	var out []Named
	for i := range s.Partnerships {
		p := s.Partnerships[i]
		title := p.DisplayTitle(state.Authority)
		p.Contacts = nil
		if holds(p, want) {
			out = append(out, Named{p.ID, title})
		}
	}
	return out
}

// holds tells whether any text of the partnership holds a folded name.
func holds(p repertoire.Partnership, want string) bool {
	texts := []string{p.Title, p.Context, p.History, p.Objectives, p.Description, p.Source}
	for _, x := range p.Projects {
		texts = append(texts, x.Title, x.Description, x.Results, x.Difficulties, x.Operator, x.Beneficiaries)
	}
	for _, x := range p.Exchanges {
		texts = append(texts, x.Title, x.Description)
	}
	for _, x := range p.Actors {
		texts = append(texts, x.Name, x.Role)
	}
	for _, x := range p.Pictures {
		texts = append(texts, x.Caption, x.Credit)
	}
	for _, t := range texts {
		if strings.Contains(repertoire.Fold(t), want) {
			return true
		}
	}
	return false
}
