package edition

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// State is what a répertoire says of its partnerships at one moment, reduced
// to what a book may show.
type State struct {
	Partnerships []repertoire.Partnership
	Authorities  map[repertoire.ID]repertoire.Authority
}

// Public reduces records of the base to what a book may show, in the order of
// the IDs. It is the gate through which everything passes on its way into a
// snapshot; the originals are not changed.
func Public(partnerships []repertoire.Partnership, authorities map[repertoire.ID]repertoire.Authority) State {
	out := State{Authorities: map[repertoire.ID]repertoire.Authority{}}
	for _, p := range partnerships {
		out.Partnerships = append(out.Partnerships, public(p))
		for _, q := range p.Parties {
			if a, ok := authorities[q.Authority]; ok {
				a.Version, a.Notes = 0, ""
				out.Authorities[a.ID] = a
			}
		}
	}
	sort.Slice(out.Partnerships, func(i, j int) bool { return out.Partnerships[i].ID < out.Partnerships[j].ID })
	return out
}

func public(p repertoire.Partnership) repertoire.Partnership {
	var contacts []repertoire.Contact
	for _, c := range p.Contacts {
		if kept, ok := c.Published(); ok {
			contacts = append(contacts, kept)
		}
	}
	p.Contacts = contacts
	p.Conventions = slices.Clone(p.Conventions)
	for i := range p.Conventions {
		p.Conventions[i].Media = "" // the signed text is the desk's
	}
	p.Notes, p.Attachments, p.Confirmations, p.Directories = "", nil, nil, nil
	p.Created, p.Updated, p.Version = time.Time{}, time.Time{}, 0
	return p
}

// Fill puts a state of the records into the snapshot, with the pictures it
// needs and the themes that theme knows.
func (s *Snapshot) Fill(state State, presentations []repertoire.Presentation, theme func(code string) (repertoire.Theme, bool)) {
	s.Directory.Version = 0
	s.Partnerships = state.Partnerships
	if s.Partnerships == nil {
		s.Partnerships = []repertoire.Partnership{}
	}
	s.Authorities = listed(state.Authorities)
	s.Presentations = []repertoire.Presentation{}
	for _, p := range presentations {
		p.Version = 0
		s.Presentations = append(s.Presentations, p)
	}
	sort.Slice(s.Presentations, func(i, j int) bool { return s.Presentations[i].Country < s.Presentations[j].Country })
	s.Themes = []repertoire.Theme{}
	for _, code := range usedThemes(s.Partnerships) {
		if t, ok := theme(code); ok {
			s.Themes = append(s.Themes, t)
		}
	}
	s.Media = s.pictures()
}

func listed(m map[repertoire.ID]repertoire.Authority) []repertoire.Authority {
	out := make([]repertoire.Authority, 0, len(m))
	for _, a := range m {
		out = append(out, a)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// usedThemes lists the codes in use and those above them.
func usedThemes(partnerships []repertoire.Partnership) []string {
	used := map[string]bool{}
	add := func(codes []string) {
		for _, c := range codes {
			for ; c != "" && !used[c]; c = repertoire.ThemeParent(c) {
				used[c] = true
			}
		}
	}
	for _, p := range partnerships {
		add(p.Themes)
		for _, x := range p.Projects {
			add(x.Themes)
		}
	}
	return sorted(used)
}

// pictures lists the SHA-256 of all pictures of the book.
func (s *Snapshot) pictures() []string {
	used := map[string]bool{}
	add := func(list ...repertoire.Picture) {
		for _, x := range list {
			if sum := strings.TrimSpace(x.Media); sum != "" {
				used[sum] = true
			}
		}
	}
	add(s.Directory.Cover)
	add(s.Directory.Logos...)
	for _, x := range s.Directory.Editorial {
		add(x.Portrait)
	}
	for _, p := range s.Partnerships {
		add(p.Pictures...)
	}
	return sorted(used)
}

func sorted(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// Since makes the snapshot tell the news since another edition. Of that one
// only what differs is kept, and of its people nothing: that the contacts of an
// entry changed can be told without their names.
func (s *Snapshot) Since(id repertoire.ID, before *Snapshot) error {
	now := map[repertoire.ID]repertoire.Partnership{}
	for _, p := range s.Partnerships {
		now[p.ID] = p
	}
	out := &Previous{ID: id, Label: before.Label, Data: before.Data, Same: []repertoire.ID{}, Partnerships: []repertoire.Partnership{}}
	used := map[repertoire.ID]repertoire.Authority{}
	authorities := before.State().Authorities
	for _, p := range before.Partnerships {
		current, still := now[p.ID]
		same, err := equal(p, current)
		if err != nil {
			return err
		}
		if same {
			out.Same = append(out.Same, p.ID)
			continue
		}
		if p.Contacts, err = unnamed(p.Contacts, current.Contacts); err != nil {
			return err
		}
		out.Partnerships = append(out.Partnerships, p)
		if !still { // its title is printed
			for _, q := range p.Parties {
				if a, ok := authorities[q.Authority]; ok {
					used[a.ID] = a
				}
			}
		}
	}
	out.Authorities = listed(used)
	s.Previous = out
	return nil
}

// unnamed gives contacts that compare with the current ones as before does,
// without naming anybody the edition does not name.
func unnamed(before, current []repertoire.Contact) ([]repertoire.Contact, error) {
	if same, err := equal(before, current); same || err != nil {
		return current, err
	}
	out := []repertoire.Contact{}
	for _, c := range before {
		out = append(out, repertoire.Contact{ID: c.ID, Side: c.Side, PublishName: true})
	}
	return out, nil
}

func equal(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return string(x) == string(y), err
}

// Before gives the state of the edition before, nil when there is none.
func (s *Snapshot) Before() *State {
	if s.Previous == nil {
		return nil
	}
	out := &State{Authorities: map[repertoire.ID]repertoire.Authority{}}
	same := map[repertoire.ID]bool{}
	for _, id := range s.Previous.Same {
		same[id] = true
	}
	for _, p := range s.Partnerships {
		if same[p.ID] {
			out.Partnerships = append(out.Partnerships, p)
		}
	}
	out.Partnerships = append(out.Partnerships, s.Previous.Partnerships...)
	for _, a := range s.Previous.Authorities {
		out.Authorities[a.ID] = a
	}
	return out
}
