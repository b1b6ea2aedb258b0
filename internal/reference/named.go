package reference

import "repertoire/internal/repertoire"

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
	for _, p := range t.Places(country) {
		switch {
		case Key(p.Name) == typed:
			own = append(own, p)
		case Key(p.Native) == typed || hasKey(p.Others, typed):
			other = append(other, p)
		}
	}
	if len(own) > 0 {
		return own
	}
	return other
}

func hasKey(names []string, key string) bool {
	for _, n := range names {
		if Key(n) == key {
			return true
		}
	}
	return false
}
