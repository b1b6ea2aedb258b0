package reference

import (
	"strings"

	"repertoire/internal/repertoire"
)

// named maps a name without its article to the rows that bear it now, and to
// those that absorbed a commune of that name.
type named struct{ now, former map[string][]int32 }

func (f *france) name() named {
	n := named{make(map[string][]int32, len(f.rows)), make(map[string][]int32, 3000)}
	for i, key := range f.keys() {
		bare := bareKey(key.name)
		n.now[bare] = append(n.now[bare], int32(i))
		for _, former := range key.former {
			bare := bareKey(former)
			n.former[bare] = append(n.former[bare], int32(i))
		}
	}
	return n
}

// FrenchNamed returns the authorities that bear this very name, whatever its
// accents, hyphens, article or St for Saint; when none does now, those that
// absorbed a commune of that name. Namesakes come together: Saint-Denis gives
// those of every département.
func (t *Tables) FrenchNamed(name string) []repertoire.Authority {
	f, _ := t.france()
	key := bareKey(Key(name))
	if key == "" {
		return nil
	}
	list := f.names().now[key]
	if len(list) == 0 {
		list = f.names().former[key]
	}
	out := make([]repertoire.Authority, 0, len(list))
	for _, i := range list {
		out = append(out, f.rows[i].authority())
	}
	return out
}

// PlacesNamed returns the places of a country that bear this very name; when
// none does, those that have it as another spelling or in native script.
func (t *Tables) PlacesNamed(country, name string) []Place {
	typed := Key(name)
	if typed == "" {
		return nil
	}
	var own, other []Place
	list := t.Places(country)
	seen := map[int32]bool{}
	refs := t.abroad(country).names[compact(typed)]
	for _, ref := range refs {
		if ref.use == useOfficial && Key(ref.text) == typed {
			own, seen[ref.row] = append(own, list[ref.row]), true
		}
	}
	for _, ref := range refs {
		if !seen[ref.row] && Key(ref.text) == typed {
			other, seen[ref.row] = append(other, list[ref.row]), true
		}
	}
	if len(own) > 0 {
		return own
	}
	return other
}

// PlacesAnywhere returns the places of any country whose usual name this is;
// when none is, those that have it, spelled so, among their other names.
func (t *Tables) PlacesAnywhere(name string) []Place {
	typed := Key(name)
	if typed == "" {
		return nil
	}
	all, _ := t.places()
	var out []Place
	for _, title := range all.titles() {
		if title.key == typed {
			out = append(out, all.of(title.country)[title.index])
		}
	}
	if name = strings.TrimSpace(strings.ReplaceAll(name, "'", "’")); len(out) > 0 || len(name) < 2 {
		return out
	}
	seen := map[string]bool{}
	for at := strings.Index(all.text, name); at >= 0; {
		line := all.text[strings.LastIndexByte(all.text[:at], '\n')+1:]
		if country := line[:2]; !seen[country] && line[2] == '\t' {
			seen[country] = true
			out = append(out, t.PlacesNamed(country, name)...)
		}
		next := strings.Index(all.text[at+len(name):], name)
		if next < 0 || len(seen) > 12 {
			break
		}
		at += len(name) + next
	}
	return out
}
