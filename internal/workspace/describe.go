package workspace

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// Line is one labelled value, as people read it.
type Line struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Value string `json:"value"`
}

// names resolves what records only point to.
type names struct {
	authority func(repertoire.ID) *repertoire.Authority
	theme     func(code string) string
	country   func(iso string) string
}

// describe lists the filled fields of p, in the order of the form.
func (n names) describe(p *repertoire.Partnership) []Line {
	var out []Line
	add := func(field, value string) {
		if value != "" {
			out = append(out, Line{field, repertoire.FieldLabel(field), value})
		}
	}
	add("parties", n.parties(p.Parties))
	add("directories", strings.Join(p.Directories, ", "))
	add("type", repertoire.Types.Label(p.Type))
	add("formality", repertoire.Formalities.Label(p.Formality))
	add("status", repertoire.Statuses.Label(p.Status))
	if p.FirstYear != 0 {
		add("first_year", strconv.Itoa(p.FirstYear))
	}
	add("start", p.Start.Field())
	add("end", p.End.Field())
	add("themes", n.themes(p.Themes))
	add("objectives", p.Objectives)
	add("context", p.Context)
	add("history", p.History)
	add("description", p.Description)
	add("conventions", list(p.Conventions, func(c repertoire.Convention) string { return join(", ", c.Title, c.Signed.Field()) }))
	add("projects", list(p.Projects, n.project))
	add("exchanges", list(p.Exchanges, func(x repertoire.Exchange) string { return join(", ", x.Date.Field(), x.Title) }))
	add("actors", list(p.Actors, func(a repertoire.Actor) string { return join(", ", a.Name, a.Role) }))
	add("contacts", list(p.Contacts, func(c repertoire.Contact) string { return join(", ", c.Name, c.Role, c.Email, c.Phone) }))
	add("links", list(p.Links, func(l repertoire.Link) string { return join(" : ", l.Label, l.URL) }))
	add("pictures", list(p.Pictures, func(x repertoire.Picture) string { return join(", ", x.Caption, x.Credit) }))
	add("attachments", list(p.Attachments, func(a repertoire.Attachment) string { return a.Name }))
	add("verified", p.Verified.Field())
	add("source", p.Source)
	if p.Fictitious {
		add("fictitious", "oui")
	}
	add("notes", p.Notes)
	return out
}

func (n names) parties(ps []repertoire.Party) string {
	return list(ps, func(q repertoire.Party) string {
		a := n.authority(q.Authority)
		if a == nil {
			return string(q.Authority)
		}
		where := n.country(a.Country)
		if a.French() {
			where = a.Departement
		}
		s := a.Usual()
		if where != "" && where != s {
			s += " (" + where + ")"
		}
		return s
	})
}

func (n names) themes(codes []string) string {
	return list(codes, func(c string) string { return n.theme(c) })
}

func (n names) project(p repertoire.Project) string {
	years := p.Start.Field()
	if e := p.End.Field(); e != "" {
		years += "–" + e
	}
	return join(", ", p.Title, years, p.Budget.French())
}

// value writes one raw JSON field for a person; what it cannot read it shows
// as it is.
func (n names) value(field string, raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	switch field {
	case "parties":
		return decoded(raw, n.parties)
	case "themes":
		return decoded(raw, n.themes)
	case "country":
		return decoded(raw, n.country)
	case "type":
		return decoded(raw, repertoire.Types.Label)
	case "formality":
		return decoded(raw, repertoire.Formalities.Label)
	case "status":
		return decoded(raw, repertoire.Statuses.Label)
	case "level":
		return decoded(raw, repertoire.Levels.Label)
	case "start", "end", "verified":
		return decoded(raw, repertoire.Date.Field)
	case "projects":
		return decoded(raw, func(ps []repertoire.Project) string { return list(ps, n.project) })
	}
	var any any
	if json.Unmarshal(raw, &any) != nil {
		return string(raw)
	}
	return plain(any)
}

func decoded[T any](raw json.RawMessage, show func(T) string) string {
	var v T
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	return show(v)
}

// plain writes any JSON value as text: lists on one line, objects by their
// values in the order of their keys.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return "oui"
		}
		return "non"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		return list(v, plain)
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if k == "id" {
				continue
			}
			if s := plain(v[k]); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}

func list[T any](items []T, show func(T) string) string {
	parts := make([]string, 0, len(items))
	for _, x := range items {
		if s := show(x); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ; ")
}

func join(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
