package exchange

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// base indexes the existing partnerships.
type base struct {
	// records are whole, or where read is set only what tells them apart.
	records []repertoire.Partnership
	read    func(repertoire.ID) (repertoire.Partnership, error)
	last    int // the record that was read last, -1 none
	lastOne repertoire.Partnership
	byID    map[repertoire.ID]int
	// byPair finds the records of a set of authorities; byCouple those where
	// two authorities meet, whoever else takes part.
	byPair, byCouple map[string][]int
	byNumber         map[string][]int // those that bear a number of another house
}

func newBase(existing Existing) (*base, error) {
	b := &base{read: existing.Read, last: -1, byID: map[repertoire.ID]int{},
		byPair: map[string][]int{}, byCouple: map[string][]int{}, byNumber: map[string][]int{}}
	for p, err := range existing.Each {
		if err != nil {
			return nil, err
		}
		b.add(p)
	}
	return b, nil
}

func (b *base) add(p *repertoire.Partnership) {
	i := len(b.records)
	if b.read == nil {
		b.records = append(b.records, *p)
	} else {
		b.records = append(b.records, repertoire.Partnership{ID: p.ID, Type: p.Type, Title: p.Title, External: p.External})
	}
	b.byID[p.ID] = i
	for _, e := range p.External {
		b.byNumber[strings.ToLower(e.ID)] = append(b.byNumber[strings.ToLower(e.ID)], i)
	}
	french, foreign := p.PartiesOn(repertoire.SideFrench), p.PartiesOn(repertoire.SideForeign)
	b.byPair[pairKey(french, foreign)] = append(b.byPair[pairKey(french, foreign)], i)
	if len(french)+len(foreign) <= 2 {
		return
	}
	for _, a := range french {
		for _, z := range foreign {
			k := pairKey([]repertoire.ID{a}, []repertoire.ID{z})
			b.byCouple[k] = append(b.byCouple[k], i)
		}
	}
}

// whole reads a record as the base has it.
func (b *base) whole(i int) (repertoire.Partnership, error) {
	if b.read == nil {
		return b.records[i], nil
	}
	if b.last != i {
		one, err := b.read(b.records[i].ID)
		if err != nil {
			return repertoire.Partnership{}, err
		}
		b.last, b.lastOne = i, one
	}
	return b.lastOne, nil
}

// pairKey names a set of authorities whatever their order.
func pairKey(french, foreign []repertoire.ID) string {
	if len(french) == 1 && len(foreign) == 1 {
		return string(french[0]) + "~" + string(foreign[0])
	}
	var b strings.Builder
	for i, ids := range [][]repertoire.ID{french, foreign} {
		if i > 0 {
			b.WriteByte('~')
		}
		ids = slices.Clone(ids)
		slices.Sort(ids)
		for j, id := range slices.Compact(ids) {
			if j > 0 {
				b.WriteByte('+')
			}
			b.WriteString(string(id))
		}
	}
	return b.String()
}

// match gives each row the record it speaks of. Rows with an ID or the same
// type as a record come first, so that the order of rows does not decide which
// of two partnerships of one pair they mean.
func (p *planner) match(list []candidate, heads []int) {
	claimed := map[int]int{} // record -> index of the row that has it
	claim := func(i, record int) {
		c := &list[i]
		if by, taken := claimed[record]; taken {
			c.target, c.twin = record, by+1
			return
		}
		c.target = record
		claimed[record] = i
	}
	for _, i := range heads {
		c := &list[i]
		if c.byID && !c.left {
			claim(i, c.target)
		}
	}
	open := func(c *candidate) bool { return !c.byID && !c.left && len(c.reasons) == 0 }
	for _, i := range heads {
		c := &list[i]
		if !open(c) || c.wanted {
			continue
		}
		for _, record := range p.meeting(c) {
			if _, taken := claimed[record]; !taken && p.base.records[record].Type == c.kind && p.sameTitle(c, record) {
				claim(i, record)
				break
			}
		}
	}
	added := map[[16]byte]int{} // new pairs of this file, by their digest: there may be half a million
	newIDs := map[string]int{}
	for _, i := range heads {
		c := &list[i]
		if !c.byID && !c.left && !c.wanted && c.id != "" {
			if first, twice := newIDs[c.id]; twice {
				c.twin = first + 1
				continue
			}
			newIDs[c.id] = i
		}
		if !open(c) || c.target >= 0 || c.wanted {
			continue
		}
		found := p.meeting(c)
		free := slices.DeleteFunc(slices.Clone(found), func(record int) bool { _, taken := claimed[record]; return taken })
		switch {
		case len(free) == 1:
			claim(i, free[0])
		case len(free) > 1:
			c.refuse(Rejection{Kind: KindTwin, Reason: fmt.Sprintf(
				"%d partenariats du dossier lient déjà ces collectivités : ajoutez la colonne « Identifiant » pour dire lequel.",
				len(free))})
		case len(found) > 0 && slices.ContainsFunc(found, func(record int) bool {
			return c.kind == "" || p.base.records[record].Type == c.kind || p.base.records[record].Type == ""
		}):
			claim(i, found[0])
		default:
			sum := sha256.Sum256([]byte(c.parties.key() + "~" + string(c.kind) + "~" + c.title))
			key := [16]byte(sum[:])
			if first, twice := added[key]; twice {
				c.twin = first + 1
				continue
			}
			added[key] = i
		}
	}
}

// meeting lists the records of exactly these authorities, else, for a row that
// names one on each side, those where both take part.
func (p *planner) meeting(c *candidate) []int {
	key := c.parties.key()
	if found := p.base.byPair[key]; len(found) > 0 {
		return found
	}
	return p.base.byCouple[key]
}

// kind reads the row's type without complaint; "" when it says none.
func (p *planner) kind(row TableRow) repertoire.Type {
	v := p.text(row, FieldType)
	if meant, ok := p.opt.Words.find(FieldType, oneLine(v)); ok {
		v = meant
	}
	t, _ := parseType(v)
	return t
}

func (p *planner) sameTitle(c *candidate, record int) bool {
	return c.title == "" || c.title == repertoire.Fold(oneLine(p.base.records[record].Title))
}
