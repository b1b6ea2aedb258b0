package review

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/history"
)

// Take says which value of a field stays in a merge.
type Take string

// The choices: of the record kept, of the other, or of both for lists.
const (
	TakeKept  Take = "kept"
	TakeOther Take = "other"
	TakeBoth  Take = "both"
)

// FieldPair is a field of two records, as people read it.
type FieldPair struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	A      string `json:"a"`
	B      string `json:"b"`
	List   bool   `json:"list"`   // both may stay
	Advice Take   `json:"advice"` // what loses nothing
}

// CompareRecords lists the fields in which two records differ; the first is
// meant to be kept.
func (room *Room) CompareRecords(ctx context.Context, g repertoire.Aggregate, a, b repertoire.ID) ([]FieldPair, error) {
	x, err := room.mergeable(ctx, g, a)
	if err != nil {
		return nil, err
	}
	y, err := room.mergeable(ctx, g, b)
	if err != nil {
		return nil, err
	}
	changed, err := repertoire.Compare(x.body, y.body)
	if err != nil {
		return nil, repertoire.Fault(err, "Ces fiches ne peuvent pas être comparées.")
	}
	n, err := room.history.Names(ctx)
	if err != nil {
		return nil, err
	}
	n = n.In(g)
	var out []FieldPair
	for _, f := range changed {
		if f.Name == "distinct" {
			continue
		}
		p := FieldPair{Name: f.Name, Label: n.Label(f.Name), A: n.Value(f.Name, f.Before), B: n.Value(f.Name, f.After),
			List: isList(f.Before) && isList(f.After), Advice: TakeKept}
		switch {
		case empty(f.Before):
			p.Advice = TakeOther
		case p.List:
			p.Advice = TakeBoth
		}
		out = append(out, p)
	}
	return out, nil
}

func empty(raw json.RawMessage) bool {
	switch string(raw) {
	case "", "null", `""`, "0", "[]", "{}", "false":
		return true
	}
	return false
}

func isList(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '[' }

// merging is a record about to be merged.
type merging struct {
	version int64
	title   string
	body    json.RawMessage
}

func (room *Room) mergeable(ctx context.Context, g repertoire.Aggregate, id repertoire.ID) (m merging, err error) {
	switch g {
	case repertoire.AggPartnership:
		p, err := room.base.Store.Partnership(ctx, id)
		if err != nil {
			return m, err
		}
		m.version = p.Version
		if m.title, err = room.base.Title(ctx, p); err != nil {
			return m, err
		}
		m.body, err = json.Marshal(p)
		return m, err
	case repertoire.AggAuthority:
		a, err := room.base.Store.Authority(ctx, id)
		if err != nil {
			return m, err
		}
		m.version, m.title = a.Version, a.Name
		m.body, err = json.Marshal(a)
		return m, err
	}
	return m, repertoire.Refuse("Seuls des partenariats et des collectivités se fusionnent ; rien n’a été changé.")
}

// Merging asks for a merge: what Take does not name stays as in the kept record.
type Merging struct {
	Aggregate repertoire.Aggregate
	Keep      repertoire.ID
	Drop      repertoire.ID // goes to the trash
	Take      map[string]Take
}

// Merge makes one record of two, as one change: the other goes to the trash and
// what referred to it refers to the one that stays.
func (room *Room) Merge(ctx context.Context, m Merging) (history.Item, error) {
	if m.Keep == m.Drop {
		return history.Item{}, repertoire.Refuse("Une fiche ne se fusionne pas avec elle-même ; rien n’a été changé.")
	}
	keep, err := room.mergeable(ctx, m.Aggregate, m.Keep)
	if err != nil {
		return history.Item{}, err
	}
	drop, err := room.mergeable(ctx, m.Aggregate, m.Drop)
	if err != nil {
		return history.Item{}, err
	}
	body, err := mergedBody(keep.body, drop.body, m)
	if err != nil {
		return history.Item{}, repertoire.Fault(err, "Ces fiches ne peuvent pas être fusionnées ; rien n’a été changé.")
	}
	c := room.base.Change(repertoire.CauseMerge, fmt.Sprintf("Fusion de %s avec %s", drop.title, keep.title))
	if m.Aggregate == repertoire.AggPartnership {
		err = room.mergePartnership(ctx, &c, m, keep, body)
	} else {
		err = room.mergeAuthority(ctx, &c, m, keep, body)
	}
	if err != nil {
		return history.Item{}, err
	}
	c.Ops = append(c.Ops, store.Delete(m.Aggregate, m.Drop, drop.version))
	if _, err := room.base.Apply(ctx, c); err != nil {
		return history.Item{}, err
	}
	return history.Item{ChangeInfo: store.ChangeInfo{ID: c.ID, At: c.At, Author: c.Author, Cause: c.Cause, Label: c.Label,
		Records: len(c.Ops)}, Fields: []history.FieldChange{}}, nil
}

// mergedBody gives the kept record with the fields taken from the other.
func mergedBody(keep, drop json.RawMessage, m Merging) (json.RawMessage, error) {
	var a, b map[string]json.RawMessage
	if err := json.Unmarshal(keep, &a); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(drop, &b); err != nil {
		return nil, err
	}
	for name, take := range m.Take {
		if name == "id" || name == "version" {
			continue
		}
		switch {
		case take == TakeBoth && isList(a[name]) && isList(b[name]):
			both, err := united(a[name], b[name])
			if err != nil {
				return nil, err
			}
			a[name] = both
		case take == TakeOther || take == TakeBoth && empty(a[name]):
			if b[name] == nil {
				delete(a, name)
			} else {
				a[name] = b[name]
			}
		}
	}
	return json.Marshal(a)
}

// united lists what is in one list or the other, each once.
func united(a, b json.RawMessage) (json.RawMessage, error) {
	var all, more []json.RawMessage
	if err := json.Unmarshal(a, &all); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &more); err != nil {
		return nil, err
	}
	for _, x := range more {
		if !slices.ContainsFunc(all, func(y json.RawMessage) bool { return bytes.Equal(x, y) }) {
			all = append(all, x)
		}
	}
	return json.Marshal(all)
}

// relist puts the record that stays where lists filled by hand hold the other.
func (room *Room) relist(ctx context.Context, c *repertoire.Change, m Merging) error {
	lists, err := room.base.Store.SavedLists(ctx)
	if err != nil {
		return err
	}
	for _, l := range lists {
		added, aside := slices.Contains(l.Added, m.Drop), slices.Contains(l.Aside, m.Drop)
		if !added && !aside {
			continue
		}
		l.Added, l.Aside = repertoire.Without(l.Added, m.Drop), repertoire.Without(l.Aside, m.Drop)
		if added && !slices.Contains(l.Added, m.Keep) {
			l.Added = append(l.Added, m.Keep)
		}
		if err := base.Put(c, &l, l.Version); err != nil {
			return err
		}
	}
	return nil
}

func (room *Room) mergePartnership(ctx context.Context, c *repertoire.Change, m Merging, keep merging, body json.RawMessage) error {
	var p, before repertoire.Partnership
	if err := json.Unmarshal(body, &p); err != nil {
		return repertoire.Fault(err, "Ces fiches ne peuvent pas être fusionnées ; rien n’a été changé.")
	}
	if err := json.Unmarshal(keep.body, &before); err != nil {
		return repertoire.Fault(err, "Ces fiches ne peuvent pas être fusionnées ; rien n’a été changé.")
	}
	p.Distinct = repertoire.Without(p.Distinct, m.Drop)
	p.Parties = onceEach(p.Parties)
	p.Updated = c.At
	p.ConfirmChanges(&before, repertoire.Confirmation{At: c.At, By: room.base.Author(), Source: "fusion"})
	authorities, err := room.base.PartiesOf(ctx, p)
	if err != nil {
		return err
	}
	for _, f := range p.Validate(room.base.Known(ctx, authorities)) {
		if f.Severity == repertoire.SeverityRefuse {
			return &repertoire.Error{Kind: repertoire.Refused, Field: f.Field,
				Message: f.Message + " Choisissez une autre valeur ; rien n’a été changé."}
		}
	}
	if err := base.Put(c, &p, keep.version); err != nil {
		return err
	}
	if err := room.relist(ctx, c, m); err != nil {
		return err
	}
	// What a répertoire decided for the page of the one holds for the other.
	directories, err := room.base.Store.Directories(ctx)
	if err != nil {
		return err
	}
	for _, x := range directories {
		d, err := room.base.Store.Directory(ctx, x.Slug)
		if err != nil {
			return err
		}
		if o, ok := d.Overrides[m.Drop]; ok {
			delete(d.Overrides, m.Drop)
			if _, own := d.Overrides[m.Keep]; !own {
				d.Overrides[m.Keep] = o
			}
			if err := base.Put(c, &d, d.Version); err != nil {
				return err
			}
		}
	}
	return nil
}

func (room *Room) mergeAuthority(ctx context.Context, c *repertoire.Change, m Merging, keep merging, body json.RawMessage) error {
	var a repertoire.Authority
	if err := json.Unmarshal(body, &a); err != nil {
		return repertoire.Fault(err, "Ces collectivités ne peuvent pas être fusionnées ; rien n’a été changé.")
	}
	a.Distinct = repertoire.Without(a.Distinct, m.Drop)
	// What the other was called still finds it.
	dropped, err := room.base.Store.Authority(ctx, m.Drop)
	if err != nil {
		return err
	}
	for _, name := range append([]string{dropped.Name}, dropped.OtherNames...) {
		same := func(n string) bool { return strings.EqualFold(n, name) }
		if !same(a.Name) && !slices.ContainsFunc(a.OtherNames, same) {
			a.OtherNames = append(a.OtherNames, name)
		}
	}
	if err := base.Put(c, &a, keep.version); err != nil {
		return err
	}
	ids, err := room.base.Store.PartnershipsOf(ctx, []repertoire.ID{m.Drop})
	if err != nil {
		return err
	}
	records, err := room.base.Store.Partnerships(ctx, ids)
	if err != nil {
		return err
	}
	for i := range records {
		p := &records[i]
		for j := range p.Parties {
			if p.Parties[j].Authority == m.Drop {
				p.Parties[j].Authority = m.Keep
			}
		}
		if p.Parties = onceEach(p.Parties); onBothSides(p.Parties, m.Keep) {
			return repertoire.Refuse(
				"Un partenariat lie ces deux collectivités : une fois fusionnées, il la lierait à elle-même. Corrigez d’abord ce partenariat ; rien n’a été changé.")
		}
		for j := range p.Contacts {
			if p.Contacts[j].Authority == m.Drop {
				p.Contacts[j].Authority = m.Keep
			}
		}
		if err := base.Put(c, p, p.Version); err != nil {
			return err
		}
	}
	buyers, err := room.base.Store.Buyers(ctx, "")
	if err != nil {
		return err
	}
	for _, b := range slices.DeleteFunc(buyers, func(b order.Buyer) bool { return b.Authority != m.Drop }) {
		b.Authority = m.Keep
		if err := base.Put(c, &b, b.Version); err != nil {
			return err
		}
	}
	return nil
}

// onceEach keeps the first part of each authority on each side.
func onceEach(parties []repertoire.Party) []repertoire.Party {
	var out []repertoire.Party
	for _, q := range parties {
		if i := slices.IndexFunc(out, func(x repertoire.Party) bool { return x.Authority == q.Authority && x.Side == q.Side }); i >= 0 {
			out[i].Lead = out[i].Lead || q.Lead
			continue
		}
		out = append(out, q)
	}
	return out
}

// onBothSides tells whether an authority would be its own partner.
func onBothSides(parties []repertoire.Party, id repertoire.ID) bool {
	sides := map[repertoire.Side]bool{}
	for _, q := range parties {
		if q.Authority == id {
			sides[q.Side] = true
		}
	}
	return len(sides) > 1
}

// NotDuplicates remembers, as a change, that two records are different.
func (room *Room) NotDuplicates(ctx context.Context, g repertoire.Aggregate, a, b repertoire.ID) error {
	x, err := room.mergeable(ctx, g, a)
	if err != nil {
		return err
	}
	y, err := room.mergeable(ctx, g, b)
	if err != nil {
		return err
	}
	c := room.base.Change(repertoire.CauseEdit, fmt.Sprintf("%s et %s ne sont pas des doublons", x.title, y.title))
	if g == repertoire.AggAuthority {
		r, err := room.base.Store.Authority(ctx, a)
		if err != nil {
			return err
		}
		r.Distinct = append(repertoire.Without(r.Distinct, b), b)
		err = base.Put(&c, &r, r.Version)
		if err != nil {
			return err
		}
	} else {
		r, err := room.base.Store.Partnership(ctx, a)
		if err != nil {
			return err
		}
		r.Distinct = append(repertoire.Without(r.Distinct, b), b)
		if err := base.Put(&c, &r, r.Version); err != nil {
			return err
		}
	}
	_, err = room.base.Apply(ctx, c)
	return err
}
