package partnerships

import (
	"bytes"
	"encoding/json"
	"slices"

	"repertoire/internal/repertoire"
)

// keeping says which version of a field stays.
type keeping int

const (
	keepMine keeping = iota
	keepTheirs
	keepBoth // what either added, for lists
)

// disputed is a field in which two versions differ, and what is proposed: what
// one side alone changed stays; of a list, what both did.
type disputed struct {
	name               string
	base, mine, theirs json.RawMessage
	advice             keeping
	list               bool
	clash              bool // both changed it
}

// dispute compares two versions with the one both began from.
func dispute(base, mine, theirs repertoire.Partnership) ([]disputed, error) {
	b, err := fieldsOf(base)
	if err != nil {
		return nil, err
	}
	m, err := json.Marshal(mine)
	if err != nil {
		return nil, err
	}
	t, err := json.Marshal(theirs)
	if err != nil {
		return nil, err
	}
	changes, err := repertoire.Compare(m, t)
	if err != nil {
		return nil, err
	}
	var out []disputed
	for _, c := range changes {
		d := disputed{name: c.Name, base: b[c.Name], mine: c.Before, theirs: c.After}
		d.list = isList(d.mine) || isList(d.theirs)
		switch {
		case bytes.Equal(d.base, d.mine):
			d.advice = keepTheirs
		case bytes.Equal(d.base, d.theirs):
			d.advice = keepMine
		default:
			d.clash = true
			if d.list {
				d.advice = keepBoth
			}
		}
		out = append(out, d)
	}
	return out, nil
}

func fieldsOf(p repertoire.Partnership) (map[string]json.RawMessage, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	fields := map[string]json.RawMessage{}
	return fields, json.Unmarshal(raw, &fields)
}

func isList(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '[' }

// settled makes one record of two by what was chosen of each field.
func settled(theirs repertoire.Partnership, list []disputed, chosen map[string]keeping) (repertoire.Partnership, error) {
	fields, err := fieldsOf(theirs)
	if err != nil {
		return theirs, err
	}
	for _, d := range list {
		switch chosen[d.name] {
		case keepMine:
			delete(fields, d.name)
			if d.mine != nil {
				fields[d.name] = d.mine
			}
		case keepBoth:
			if fields[d.name], err = joined(d); err != nil {
				return theirs, err
			}
		}
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return theirs, err
	}
	var p repertoire.Partnership
	return p, json.Unmarshal(raw, &p)
}

// joined lists what stays when both have a say: what one side added or changed
// is there, what one side took away is not unless the other changed it. An
// element that both changed stays twice: nothing typed is lost.
func joined(d disputed) (json.RawMessage, error) {
	var base, mine, theirs []json.RawMessage
	for _, x := range []struct {
		raw json.RawMessage
		in  *[]json.RawMessage
	}{{d.base, &base}, {d.mine, &mine}, {d.theirs, &theirs}} {
		if isList(x.raw) {
			if err := json.Unmarshal(x.raw, x.in); err != nil {
				return nil, err
			}
		}
	}
	// Their list gives the order, what only I have comes after.
	out := []json.RawMessage{}
	for _, t := range theirs {
		m, inMine := same(mine, t)
		b, inBase := same(base, t)
		switch {
		case inMine && bytes.Equal(m, t):
			out = append(out, t)
		case inMine && bytes.Equal(m, b):
			out = append(out, t)
		case inMine && bytes.Equal(t, b) || inMine && d.name == "parties":
			out = append(out, m)
		case inMine:
			out = append(out, m, renamed(t))
		case !inBase || !bytes.Equal(t, b): // I did not have it, or took away what they changed
			out = append(out, t)
		}
	}
	for _, m := range mine {
		if _, inTheirs := same(theirs, m); inTheirs {
			continue
		}
		if b, inBase := same(base, m); !inBase || !bytes.Equal(m, b) {
			out = append(out, m)
		}
	}
	return json.Marshal(out)
}

// same finds an element in another version of its list: by its identifier, by
// the authority it names, by its file; else it must be equal.
func same(list []json.RawMessage, x json.RawMessage) (json.RawMessage, bool) {
	key := keyOf(x)
	if i := slices.IndexFunc(list, func(y json.RawMessage) bool { return bytes.Equal(keyOf(y), key) }); i >= 0 {
		return list[i], true
	}
	return nil, false
}

func keyOf(x json.RawMessage) []byte {
	var named struct{ ID, Side, Authority, Media, Title string }
	if json.Unmarshal(x, &named) != nil {
		return x
	}
	switch {
	case named.ID != "":
		return []byte("id " + named.ID)
	case named.Authority != "":
		return []byte("authority " + named.Side + " " + named.Authority)
	case named.Media != "" && named.Title == "":
		return []byte("media " + named.Media)
	case named.Title != "":
		return []byte("title " + named.Title)
	}
	return x
}

// renamed gives an element that stands beside another version of itself an
// identifier of its own.
func renamed(x json.RawMessage) json.RawMessage {
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(x, &fields) != nil || fields["id"] == nil {
		return x
	}
	id, err := json.Marshal(repertoire.NewID())
	if err != nil {
		return x
	}
	fields["id"] = id
	out, err := json.Marshal(fields)
	if err != nil {
		return x
	}
	return out
}
