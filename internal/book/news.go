package book

import (
	"encoding/json"
	"sort"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Changes is what separates two states of a répertoire.
type Changes struct {
	New     []repertoire.ID
	Ended   []repertoire.ID // ended, or no longer in the répertoire
	Changed []Changed
}

// Changed is an entry whose fields differ.
type Changed struct {
	ID     repertoire.ID
	Fields []repertoire.FieldChange
}

// Compare tells what changed from one list of partnerships to the next, in the
// order of the IDs. What is for the desk alone (notes, contacts that may not be
// published, attachments) does not count.
func Compare(before, after []repertoire.Partnership) (Changes, error) {
	old := map[repertoire.ID]repertoire.Partnership{}
	for _, p := range before {
		old[p.ID] = p
	}
	now := map[repertoire.ID]bool{}
	var out Changes
	for _, p := range after {
		now[p.ID] = true
		was, had := old[p.ID]
		switch {
		case !had:
			out.New = append(out.New, p.ID)
		case p.Status == repertoire.StatusEnded && was.Status != repertoire.StatusEnded:
			out.Ended = append(out.Ended, p.ID)
		default:
			fields, err := comparePublic(was, p)
			if err != nil {
				return Changes{}, err
			}
			if len(fields) > 0 {
				out.Changed = append(out.Changed, Changed{p.ID, fields})
			}
		}
	}
	for _, p := range before {
		if !now[p.ID] {
			out.Ended = append(out.Ended, p.ID)
		}
	}
	sort.Slice(out.New, func(i, j int) bool { return out.New[i] < out.New[j] })
	sort.Slice(out.Ended, func(i, j int) bool { return out.Ended[i] < out.Ended[j] })
	sort.Slice(out.Changed, func(i, j int) bool { return out.Changed[i].ID < out.Changed[j].ID })
	return out, nil
}

func comparePublic(a, b repertoire.Partnership) ([]repertoire.FieldChange, error) {
	x, err := json.Marshal(public(a))
	if err != nil {
		return nil, err
	}
	y, err := json.Marshal(public(b))
	if err != nil {
		return nil, err
	}
	return repertoire.Compare(x, y)
}

// public is the partnership as a book may show it.
func public(p repertoire.Partnership) repertoire.Partnership {
	var contacts []repertoire.Contact
	for _, x := range p.Contacts {
		if kept, ok := x.Published(); ok {
			contacts = append(contacts, kept)
		}
	}
	p.Contacts, p.Notes, p.Attachments, p.Confirmations, p.Directories = contacts, "", nil, nil, nil
	p.Created, p.Updated, p.Version = repertoire.Partnership{}.Created, repertoire.Partnership{}.Updated, 0
	return p
}

// news tells what is new since the edition before.
func (c *composer) news(p plan) ([]layout.Section, string) {
	if c.in.Previous == nil {
		if oneLine(p.text) == "" {
			return nil, "pas d’édition précédente"
		}
		return []layout.Section{c.section(p, layout.BodyMatter)}, ""
	}
	prev := *c.in.Previous
	ch, err := Compare(prev.Partnerships, c.in.Partnerships)
	if err != nil {
		c.notice(NoticeSection, sectionOrigin(p), "La comparaison avec l’édition précédente a échoué : la partie est laissée de côté.")
		return nil, "comparaison impossible"
	}
	s := c.section(p, layout.BodyMatter)
	since := "l’édition précédente"
	if l := oneLine(prev.Label); l != "" {
		since = "l’édition " + ofThing(lower(strings.TrimPrefix(l, "Édition ")))
	}
	if len(ch.New)+len(ch.Ended)+len(ch.Changed) == 0 {
		s.Blocks = append(s.Blocks, layout.Para("Rien n’a changé depuis "+since+"."))
		return []layout.Section{s}, ""
	}
	s.Blocks = append(s.Blocks, layout.Paragraph{Style: "lead", Text: layout.Plain(newsLead(ch, since))})
	s.Blocks = append(s.Blocks, c.newsList("Nouveaux partenariats", c.linesOf(ch.New, nil))...)
	s.Blocks = append(s.Blocks, c.newsList("Partenariats terminés ou retirés", c.linesOf(ch.Ended, prev.titles()))...)
	s.Blocks = append(s.Blocks, c.newsList("Fiches modifiées", c.changedLines(ch.Changed))...)
	return []layout.Section{s}, ""
}

func newsLead(ch Changes, since string) string {
	var parts []string
	if n := len(ch.New); n > 0 {
		parts = append(parts, count(n, "partenariat nouveau", "partenariats nouveaux"))
	}
	if n := len(ch.Ended); n > 0 {
		parts = append(parts, count(n, "partenariat terminé ou retiré", "partenariats terminés ou retirés"))
	}
	if n := len(ch.Changed); n > 0 {
		parts = append(parts, count(n, "fiche modifiée", "fiches modifiées"))
	}
	return "Depuis " + since + " : " + and(parts) + "."
}

// titles names the entries of an earlier edition that are no longer there.
func (e Edition) titles() map[repertoire.ID]string {
	out := map[repertoire.ID]string{}
	for _, p := range e.Partnerships {
		out[p.ID] = p.DisplayTitle(func(id repertoire.ID) *repertoire.Authority {
			if a, ok := e.Authorities[id]; ok {
				return &a
			}
			return nil
		})
	}
	return out
}

func (c *composer) newsList(title string, items [][]layout.Inline) []layout.Block {
	if len(items) == 0 {
		return nil
	}
	l := layout.List{}
	for _, x := range items {
		l.Items = append(l.Items, []layout.Block{layout.Paragraph{Style: "list", Text: x}})
	}
	return []layout.Block{layout.Heading{Level: 2, Text: layout.Plain(title)}, l}
}

func (c *composer) linesOf(ids []repertoire.ID, gone map[repertoire.ID]string) [][]layout.Inline {
	want := map[repertoire.ID]bool{}
	for _, id := range ids {
		want[id] = true
	}
	var out [][]layout.Inline
	for _, e := range c.entries {
		if want[e.p.ID] {
			out = append(out, pageLine(e))
			delete(want, e.p.ID)
		}
	}
	var rest []string
	for id := range want {
		if t := oneLine(gone[id]); t != "" {
			rest = append(rest, t)
		}
	}
	sort.Slice(rest, func(i, j int) bool {
		return repertoire.Less(rest[i], rest[j]) || !repertoire.Less(rest[j], rest[i]) && rest[i] < rest[j]
	})
	for _, t := range rest {
		out = append(out, layout.Plain(t))
	}
	return out
}

// pageLine names an entry with its page.
func pageLine(e *entry) []layout.Inline {
	return []layout.Inline{layout.Text{Text: e.title, Anchor: e.anchor, NoHyphen: true}, layout.Text{Text: ", p.\u00a0"},
		layout.PageRef{Anchor: e.anchor}}
}

func (c *composer) changedLines(list []Changed) [][]layout.Inline {
	fields := map[repertoire.ID][]repertoire.FieldChange{}
	for _, x := range list {
		fields[x.ID] = x.Fields
	}
	var out [][]layout.Inline
	for _, e := range c.entries {
		f, ok := fields[e.p.ID]
		if !ok {
			continue
		}
		var names []string
		for _, x := range f {
			names = append(names, lower(repertoire.FieldLabel(x.Name)))
		}
		out = append(out, append(pageLine(e), layout.Text{Text: " (" + and(names) + ")", Color: "muted"}))
	}
	return out
}
