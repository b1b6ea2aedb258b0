package exchange

import (
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// refusals applies the rules of the domain to a record about to be taken. What
// they refuse of a value leaves that value as it was and is said; what they
// refuse of the partnership itself is why the row is not taken.
func (w *writer) refusals(before *repertoire.Partnership) []Rejection {
	for range 4 {
		var out []Rejection
		again := false
		for _, f := range w.record.Validate(repertoire.Known{Authority: w.resolver.authority}) {
			if f.Severity != repertoire.SeverityRefuse {
				continue
			}
			name, _, _ := strings.Cut(f.Field, ".")
			if name == "parties" || name == "directories" || !w.touched[name] && !w.putBackDates(name, before) {
				out = append(out, Rejection{Reason: f.Message, Kind: KindOther})
				continue
			}
			w.say(KindOther, "%s %s", f.Message, "La valeur du fichier n’est pas reprise.")
			w.putBack(name, before)
			again = true
			break
		}
		if !again {
			return out
		}
	}
	return nil
}

// putBackDates tells whether a finding on one date is mended by putting back
// the other that the row brought.
func (w *writer) putBackDates(name string, before *repertoire.Partnership) bool {
	if name != "end" && name != "first_year" {
		return false
	}
	for _, other := range []string{"start", "first_year", "end"} {
		if w.touched[other] {
			w.putBack(other, before)
			return true
		}
	}
	return false
}

// putBack gives a field the content it had before.
func (w *writer) putBack(name string, before *repertoire.Partnership) {
	d := repertoire.Partnership{}
	if before != nil {
		d = *before
	}
	delete(w.touched, name)
	copyField(w.record, &d, name)
}

// restore puts back the fields that a person does not want changed by this row.
func (w *writer) restore(before *repertoire.Partnership) {
	if !w.old {
		return
	}
	for _, name := range w.opt.Refused[w.row.Number] {
		if w.touched[name] {
			w.putBack(name, before)
			if c, ok := before.Confirmations[name]; ok {
				w.record.Confirmations[name] = c
			} else {
				delete(w.record.Confirmations, name)
			}
		}
	}
	w.changed = w.changed && len(w.touched) > 0
}

// copyField copies one field by its JSON name.
func copyField(to, from *repertoire.Partnership, name string) {
	switch name {
	case "title":
		to.Title = from.Title
	case "type":
		to.Type = from.Type
	case "formality":
		to.Formality = from.Formality
	case "status":
		to.Status = from.Status
	case "first_year":
		to.FirstYear = from.FirstYear
	case "start":
		to.Start = from.Start
	case "end":
		to.End = from.End
	case "verified":
		to.Verified = from.Verified
	case "conventions":
		to.Conventions = slices.Clone(from.Conventions)
	case "context":
		to.Context = from.Context
	case "history":
		to.History = from.History
	case "objectives":
		to.Objectives = from.Objectives
	case "description":
		to.Description = from.Description
	case "themes":
		to.Themes = slices.Clone(from.Themes)
	case "projects":
		to.Projects = slices.Clone(from.Projects)
	case "actors":
		to.Actors = slices.Clone(from.Actors)
	case "contacts":
		to.Contacts = slices.Clone(from.Contacts)
	case "links":
		to.Links = slices.Clone(from.Links)
	case "parties":
		to.Parties = slices.Clone(from.Parties)
	case "directories":
		to.Directories = slices.Clone(from.Directories)
	case "country_group":
		to.CountryGroup = from.CountryGroup
	case "fictitious":
		to.Fictitious = from.Fictitious
	case "source":
		to.Source = from.Source
	case "external":
		to.External = slices.Clone(from.External)
	case "notes":
		to.Notes = from.Notes
	}
}
