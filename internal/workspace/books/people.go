package books

import (
	"context"
	"strings"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// NamedReport says who is named in which frozen edition, so that an erasure
// knows the copies that still name a person.
type NamedReport struct {
	People []NamedPerson `json:"people"`
	// Unreadable are editions of which nothing can be said.
	Unreadable []EditionSummary `json:"unreadable"`
}

// NamedPerson is a person in one place of one edition.
type NamedPerson struct {
	Edition     repertoire.ID `json:"edition"`
	Label       string        `json:"label"`
	Directory   string        `json:"directory"`
	State       string        `json:"state"`
	Name        string        `json:"name"`
	As          string        `json:"as"` // interlocuteur, editorial, presidence, direction, texte
	Contact     repertoire.ID `json:"contact,omitempty"`
	Partnership repertoire.ID `json:"partnership,omitempty"`
	Title       string        `json:"title,omitempty"` // of the entry, or of the other record that does
	Field       string        `json:"field,omitempty"` // French name, of a text
}

// asMention is a name found in the texts of an entry.
const asMention = "texte"

// Named lists who the frozen editions name; with a name, those whose name holds
// it, and the entries whose texts do.
func (room *Room) Named(ctx context.Context, name string) (NamedReport, error) {
	out := NamedReport{People: []NamedPerson{}, Unreadable: []EditionSummary{}}
	items, err := room.Folder().List()
	if err != nil {
		return out, err
	}
	want := repertoire.Fold(strings.TrimSpace(name))
	for _, x := range items {
		if err := ctx.Err(); err != nil {
			return out, base.Stopped(err)
		}
		s := x.Snapshot
		if s == nil {
			out.Unreadable = append(out.Unreadable, editionSummary(x))
			continue
		}
		at := NamedPerson{Edition: x.ID, Label: s.Label, Directory: s.Directory.Slug, State: string(x.Register.Stage())}
		for _, p := range s.People() {
			if strings.Contains(repertoire.Fold(p.Name), want) {
				n := at
				n.Name, n.As, n.Contact, n.Partnership, n.Title = p.Name, string(p.Capacity), p.Contact, p.Partnership, p.Title
				out.People = append(out.People, n)
			}
		}
		for _, m := range s.Mentions(name) {
			n := at
			n.Name, n.As, n.Partnership, n.Title = strings.TrimSpace(name), asMention, m.ID, m.Title
			n.Field = m.Label
			out.People = append(out.People, n)
		}
	}
	return out, nil
}

// CapacityLabel names what somebody is named as.
func CapacityLabel(as string) string {
	if as == asMention {
		return "Cité dans un texte"
	}
	return edition.Capacities.Label(edition.Capacity(as))
}

// StateLabel names the state of an edition.
func StateLabel(state string) string { return edition.Stages.Label(edition.Stage(state)) }
