package campaign

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// inner reads the lists within elements, which stand in a block of their own:
// the funders of projects. was are the elements sent, kept those that came back.
func (a *answering) inner(f *repertoire.Field, was []any, kept []row) {
	for _, g := range Asked(f.Of) {
		if g.Kind != repertoire.FieldGroup {
			continue
		}
		block := f.Name + "." + g.Name
		fresh := a.rows(block)
		sent := 0
		for i := range was {
			sent += len(a.rows(f.Name + "." + strconv.Itoa(i) + "." + g.Name))
		}
		if len(fresh)+sent == 0 {
			a.missing(block)
			continue
		}
		used := map[string]bool{}
		for _, k := range kept {
			if k.at == "+" {
				continue
			}
			i, _ := strconv.Atoi(k.at)
			a.innerSent(f, g, was[i], k, used, fresh)
		}
		a.innerNew(f, g, kept, used, fresh)
	}
}

// innerSent reads the inner rows of an element that was sent with them.
func (a *answering) innerSent(f, g *repertoire.Field, was any, k row, used map[string]bool, fresh []string) {
	block := f.Name + "." + g.Name
	g.Clear(k.element)
	origin := f.Name + "." + k.at + "." + g.Name
	a.reply.Origins[origin] = []string{}
	for j, element := range g.Elements(was) {
		key := origin + "." + strconv.Itoa(j)
		if !a.has(key) {
			key = ""
			for _, at := range fresh {
				candidate := block + "." + at
				if !used[at] && a.parentIs(candidate, k) && a.alike(g, element, candidate) {
					used[at], key = true, candidate
					break
				}
			}
		}
		if key == "" || a.emptied(g, key) {
			continue
		}
		x := g.Of.Copied(element)
		a.fields(g.Of, element, x, key)
		g.Append(k.element, x)
		a.reply.Origins[origin] = append(a.reply.Origins[origin], strconv.Itoa(j))
	}
}

func (a *answering) innerNew(f, g *repertoire.Field, kept []row, used map[string]bool, fresh []string) {
	block := f.Name + "." + g.Name
	for _, at := range fresh {
		key := block + "." + at
		if used[at] || a.emptied(g, key) {
			continue
		}
		i := slices.IndexFunc(kept, func(k row) bool { return a.parentIs(key, k) })
		if i < 0 {
			a.problem(key, g.Of.Label, a.summary(g, key),
				fmt.Sprintf("Cette ligne ne dit pas de quel %s il s’agit.", strings.ToLower(f.Of.Label)))
			continue
		}
		x := g.Of.Blank()
		a.fields(g.Of, nil, x, key)
		g.Append(kept[i].element, x)
		origin := f.Name + "." + kept[i].at + "." + g.Name
		if kept[i].at != "+" {
			a.reply.Origins[origin] = append(a.reply.Origins[origin], "+")
		}
	}
}

// parentIs tells whether a new inner row was put to that element, by the number
// before its name or by its name.
func (a *answering) parentIs(key string, k row) bool {
	said := strings.TrimSpace(a.in[key+"."+KeyParent])
	if said == "" {
		return false
	}
	name := said
	if n, rest, ok := strings.Cut(said, ". "); ok {
		if i, err := strconv.Atoi(n); err == nil {
			if k.at == strconv.Itoa(i-1) {
				return true
			}
			name = rest
		}
	}
	title := a.in[k.key+".title"]
	return title != "" && repertoire.Fold(tidy(title)) == repertoire.Fold(tidy(name))
}

// ParentCell is how an inner row names the element it belongs to.
func ParentCell(i int, name string) string {
	return strconv.Itoa(i+1) + ". " + strings.Join(strings.Fields(name), " ")
}

func (a *answering) has(prefix string) bool {
	for key := range a.in {
		if strings.HasPrefix(key, prefix+".") {
			return true
		}
	}
	return false
}

func (a *answering) alike(g *repertoire.Field, element any, key string) bool {
	for _, x := range Asked(g.Of) {
		if x.Has(repertoire.Naming) && !Same(a.Cell(x, element, 0), a.in[key+"."+x.Name]) {
			return false
		}
	}
	return true
}

// summary writes what a row says, for a sentence about it.
func (a *answering) summary(g *repertoire.Field, key string) string {
	var out []string
	for _, x := range Asked(g.Of) {
		if s := strings.TrimSpace(a.in[key+"."+x.Name]); s != "" && x.Kind != repertoire.FieldFlag {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}
